// What is where, what moved, what is needed: from a figure to its entries, and from a need to a draft.
import assert from 'node:assert/strict';
import { Api } from '../api.mjs';
import { story } from '../support.mjs';

const as = async (open, user) => {
  const page = await open({ user });
  page.tolerate(/sessions\/refresh/);
  return page;
};

// Proves: S4-9.9
story('current stock has sums, and whoever orders parts sees who has one without its cost', async ({ open }) => {
  const keeper = await as(open, 'hz01-kg6');
  await keeper.goto('/stock/balances');
  await keeper.locator('.list-sums', { hasText: '可用' }).waitFor();
  assert.match(await keeper.locator('.list-sums').innerText(), /金额\s*¥/);
  await keeper.accessible();
  await keeper.sizes('balances');

  // nothing is looked for before a part is named
  await keeper.goto('/stock/availability');
  await keeper.getByText('要找哪个配件？').waitFor();
  assert.equal(await keeper.locator('tbody tr').count(), 0);
  await keeper.locator('#who-has').fill('星澜 X9');
  await keeper.getByRole('button', { name: '查询', exact: true }).click();
  await keeper.getByText('本网点').first().waitFor();
  assert.doesNotMatch(await keeper.locator('main').innerText(), /¥/);
  await keeper.accessible();
  await keeper.sizes('availability');
  await keeper.getByRole('link', { name: '向该网点申请' }).first().click();
  await keeper.waitForURL(/\/stock\/requisitions\/new\?supplier_id=/);
});

// Proves: S4-11.5
story('a figure of the turnover opens its entries, which add up and lead to their documents', async ({ open, server }) => {
  const office = await as(open, 'zb01');
  await office.goto('/stock/turnover');
  // on the first of a month nothing has moved in it yet
  const monthAgo = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
  await office.getByLabel('从', { exact: true }).fill(monthAgo);
  await office.getByLabel('从', { exact: true }).press('Tab');
  const row = office.locator('tbody tr', { has: office.locator('td[data-label="发出"] button', { hasText: '工程师领料单' }) }).first();
  await row.waitFor();
  await office.accessible();
  await office.sizes('turnover');
  /** Quantity and fen of each cell of a column. */
  const amounts = async (rows, column) => {
    const cells = await rows.locator(`td[data-label="${column}"]`).all();
    return Promise.all(cells.map(async (cell) => {
      const numbers = (await cell.locator('.stack.end').first().locator('.number').allTextContents()).slice(0, 2);
      return numbers.map((text) => Math.round(Number(text.replace(/[¥,\s]/g, '')) * 1000));
    }));
  };
  const sum = (all) => all.reduce(([a, b], [c = 0, d = 0]) => [a + c, b + d], [0, 0]);
  const figure = async (column) => (await amounts(row, column))[0];
  const [opening, incoming, outgoing, closing] = [await figure('期初'), await figure('收入'), await figure('发出'), await figure('期末')];

  // the whole account, with the keyboard: from the opening, entry by entry, to the closing
  const sheet = office.getByRole('dialog');
  await row.locator('.row-link').press('Enter');
  const lines = sheet.locator('tbody tr');
  await lines.first().waitFor();
  await office.accessible();
  await office.sizes('turnover-entries');
  const showAll = sheet.getByRole('button', { name: '全部显示' });
  if (await showAll.count()) await showAll.click();
  await sheet.locator('td strong', { hasText: '期末' }).waitFor();
  assert.deepEqual(sum(await amounts(lines, '收入')), incoming, 'what came in');
  assert.deepEqual(sum(await amounts(lines, '发出')), outgoing, 'what went out');
  const balances = await amounts(lines, '结存');
  assert.deepEqual([balances.at(0), balances.at(-1)], [opening, closing]);
  const moved = lines.filter({ hasNot: office.locator('td strong') });
  const [came, went] = [await amounts(moved, '收入'), await amounts(moved, '发出')];
  for (const [index] of came.entries()) {
    const [before, after] = [balances[index], balances[index + 1]];
    const change = sum([came[index], went[index].map((part) => -part)]);
    assert.deepEqual(after, sum([before, change]), `the balance after entry ${index + 1}`);
  }
  await sheet.getByRole('button', { name: '关闭' }).click();
  await sheet.waitFor({ state: 'hidden' });

  // one figure of one kind: only its entries, each with a document of that kind behind it
  const kind = row.locator('td[data-label="发出"] button', { hasText: '工程师领料单' });
  const wanted = Number((await kind.locator('.number').innerText()).replace(/,/g, '')) * 1000;
  await kind.click();
  await lines.first().waitFor();
  assert.equal(sum(await amounts(lines, '发出'))[0], wanted);
  const kinds = await lines.locator('td[data-label="单号"] .faint').allTextContents();
  assert.deepEqual(new Set(kinds), new Set(['工程师领料单']));
  const links = lines.locator('td[data-label="单号"] a');
  assert.equal(await links.count(), kinds.length);
  const documents = await links.evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.textContent]));
  const api = await Api.signIn(server.url, 'zb01');
  for (const [href, number] of new Map(documents)) {
    const [, id] = href.match(/^\/stock\/documents\/([0-9a-f-]{36})$/);
    assert.equal((await api.call('getStockDoc', { id })).number, number);
  }
  await links.first().click();
  await office.waitForURL(/\/stock\/documents\//);
  await office.getByRole('heading', { level: 1, name: documents[0][1] }).waitFor();
});

// Proves: S4-11.6
story('stock analysis says what is missing and writes the draft', async ({ open, server }) => {
  // a part that a station uses is all gone there, and another warehouse has more of it than it needs
  const api = await Api.signIn(server.url, 'zb01');
  const { items } = await api.call('getStockAnalysis', { query: { product_kind: 'part' } });
  const spare = (need) => items.some((other) => other.product_id === need.product_id && other.org_id !== need.org_id && Number(other.surplus) > 1);
  const used = items.find((need) => Number(need.forecast) > 0 && Number(need.available) > 0 && spare(need));
  assert.ok(used, 'the demo company uses a part of which there is more elsewhere');
  const lines = [{ product_id: used.product_id, quantity: used.available }];
  const doc = await api.call('createStockDoc', { body: { kind: 'stock_out', reason: 'other', warehouse_id: used.warehouse_id, lines } });
  await api.call('postStockDoc', { id: doc.id, version: doc.version });

  const office = await as(open, 'zb01');
  await office.goto('/stock/analysis');
  await office.getByRole('heading', { name: '各仓需求' }).waitFor();
  const draft = office.getByRole('button', { name: '生成草稿' }).first();
  await draft.waitFor();
  await office.accessible();
  await office.sizes('analysis');
  await draft.click();
  await office.waitForURL(/\/stock\/transfers\/[0-9a-f-]{36}$/);
  await office.getByText('按库存分析补货').first().waitFor();

  await office.goto('/stock/age');
  await office.locator('.chart canvas').first().waitFor();
  await office.locator('tbody tr').first().waitFor();
  await office.accessible();
  await office.sizes('age');
});

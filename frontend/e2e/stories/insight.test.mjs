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

  await keeper.goto('/stock/availability');
  await keeper.locator('#who-has').fill('星澜 X9');
  await keeper.getByText('要找哪个配件？').waitFor();
  assert.equal(await keeper.locator('tbody tr').count(), 0);
  await keeper.getByRole('button', { name: '查询', exact: true }).click();
  await keeper.getByText('本网点').first().waitFor();
  assert.doesNotMatch(await keeper.locator('main').innerText(), /¥/);
  await keeper.accessible();
  await keeper.sizes('availability');
  await keeper.getByRole('link', { name: '向该网点申请' }).first().click();
  await keeper.waitForURL(/\/stock\/requisitions\/new\?supplier_id=/);
});

// Proves: S4-11.5
story('a figure of the turnover leads to its entries', async ({ open }) => {
  const office = await as(open, 'zb01');
  await office.goto('/stock/turnover');
  const kind = office.locator('td a', { hasText: '工程师领料单' }).first();
  await kind.waitFor();
  await office.accessible();
  await office.sizes('turnover');
  await kind.click();
  await office.waitForURL(/\/stock\/moves\?.*document_kind=engineer_issue/);
  await office.locator('tbody tr').first().waitFor();
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

// A station plans its parts from what it used; headquarters consolidates, approves, lets the parts be sent and orders the rest.
import assert from 'node:assert/strict';
import { Api } from '../api.mjs';
import { act, pick, state, story } from '../support.mjs';

// Proves: S1e-4.3.3
story('a station plans, headquarters consolidates and supplies, and the plan says how far it is', async ({ open, server }) => {
  const office = await Api.signIn(server.url, 'zb01');
  const part = await office.first('listProducts', { q: '星澜 X9 屏' });
  const store = await office.first('listWarehouses', { kind: 'good' }, (one) => one.code === 'HQ-G');
  const move = async (body) => {
    const made = await office.call('createStockDoc', { body });
    await office.call('postStockDoc', { id: made.id, version: made.version });
  };
  const lines = (quantity, cost) => [{ product_id: part.id, quantity, unit_cost: cost }];
  await move({ kind: 'stock_in', reason: 'purchase', warehouse_id: store.id, lines: lines('300', '10.00') });
  // the station uses a lot of the part, and has what it had before
  const bench = await Api.signIn(server.url, 'hz01-gc3');
  const clerk = await Api.signIn(server.url, 'hz01-kg6');
  const shelf = await clerk.first('listWarehouses', { kind: 'good' }, (one) => one.is_active);
  await move({ kind: 'stock_in', reason: 'purchase', warehouse_id: shelf.id, lines: lines('900', '10.00') });
  await move({ kind: 'engineer_issue', warehouse_id: shelf.id, engineer_id: bench.me.user_id, lines: lines('900') });
  // the demo company has plans of this month, and an urgent one for the days after today
  const next = new Date();
  next.setUTCMonth(next.getUTCMonth() + 2, 1);
  const month = next.toISOString().slice(0, 7);

  // the station: a draft, filled from the analysis, with one part more
  const keeper = await open({ user: 'hz01-kg6' });
  keeper.tolerate(/sessions\/refresh/);
  await keeper.goto('/stock/parts-plans/new');
  await keeper.locator('#f-month').fill(month);
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.waitForURL(/\/stock\/parts-plans\/[0-9a-f-]{36}$/);
  const plan = new URL(keeper.url()).pathname;
  await keeper.getByRole('button', { name: '按库存分析建议' }).click();
  await keeper.getByText(/目标 \d/).first().waitFor();
  await keeper.sizes('plan-draft');
  await keeper.accessible();
  await keeper.goto(`${plan}/edit`);
  await keeper.locator('#f-lines-0-product_id').waitFor();
  const filled = () => [...document.querySelectorAll('[id^=f-lines-][id$=-product_id]')].every((box) => box.value);
  await keeper.waitForFunction(filled);
  const boxes = keeper.locator('[id^=f-lines-][id$=-product_id]');
  const want = async (part, quantity) => {
    const names = await boxes.evaluateAll((all) => all.map((box) => box.value));
    let at = names.findIndex((name) => name.includes(part));
    if (at < 0) {
      at = names.length;
      await keeper.getByRole('button', { name: '添加' }).first().click();
      await pick(keeper, `#f-lines-${at}-product_id`, part);
    }
    await keeper.locator(`#f-lines-${at}-quantity`).fill(quantity);
  };
  await want('星澜 X9 屏', '7');
  // more than headquarters has
  await want('星澜 X9 后盖', '5000');
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.waitForURL(/\/stock\/parts-plans\/[0-9a-f-]{36}$/);
  await keeper.getByRole('button', { name: '提交', exact: true }).click();
  await state(keeper, '待汇总');

  // headquarters: everything of the month, drill down, five of seven
  const desk = await open({ user: 'zb01' });
  desk.tolerate(/sessions\/refresh/);
  await desk.goto('/stock/plan-consolidation');
  await desk.getByRole('button', { name: /^批准 \(/ }).waitFor();
  await desk.sizes('plan-consolidation-now');
  await desk.locator('input[type=month]').fill(month);
  await desk.locator('input[type=month]').blur();
  await desk.getByRole('button', { name: /^星澜 X9 屏.*\(1\)/ }).first().click();
  await desk.getByRole('link', { name: /^JH/ }).first().waitFor();
  await desk.sizes('plan-consolidation');
  await desk.accessible();
  const decide = desk.getByRole('button', { name: /^批准 \(/ });
  await decide.click();
  const dialog = desk.getByRole('dialog');
  const row = dialog.locator('.form-row').filter({ hasText: '星澜 X9 屏' }).last();
  await row.locator('input[id$=-quantity]').fill('5');
  await desk.sizes('plan-decide');
  await dialog.getByRole('button', { name: /^批准 \(/ }).click();
  await dialog.waitFor({ state: 'hidden' });

  // what is there is sent
  await desk.getByRole('button', { name: /^生成申请单 \(/ }).click();
  await dialog.getByRole('button', { name: /^生成申请单 \(/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  await desk.getByRole('button', { name: /^生成申请单 \(/ }).waitFor({ state: 'hidden' });

  // and the rest is ordered
  await desk.getByRole('button', { name: /^起草采购订单 \(/ }).click();
  const supplier = await office.first('listCustomers', { role: 'supplier' });
  await pick(desk, 'dialog #f-party_id', supplier.name);
  await pick(desk, 'dialog #f-warehouse_id', 'HQ-G');
  const prices = dialog.locator('input[id$=-unit_price]');
  for (let line = 0; line < (await prices.count()); line += 1) {
    if (!(await prices.nth(line).inputValue())) await prices.nth(line).fill('88');
  }
  await desk.accessible();
  await desk.sizes('plan-order');
  await dialog.getByRole('button', { name: /^起草采购订单 \(/ }).click();
  await desk.waitForURL(/\/trade\/purchase-orders\/[0-9a-f-]{36}$/);
  await state(desk, '草稿');

  // headquarters sends one piece of the part, the station signs, and the plan says so
  await desk.goto(plan);
  await state(desk, '已批准');
  await desk.getByRole('link', { name: /^SQ/ }).first().click();
  await state(desk, '已批准');
  const asked = new URL(desk.url()).pathname.split('/').at(-1);
  const requisition = await office.call('getRequisition', { id: asked });
  const wanted = requisition.lines.find((line) => line.product_id === part.id);
  assert.equal(wanted.approved, '5');
  const sent = await office.call('createTransfer', {
    body: { warehouse_id: store.id, to_org_id: requisition.org_id, requisition_id: asked, lines: [{ product_id: part.id, quantity: '2', requisition_line_id: wanted.id }] },
  });
  const shipped = await office.call('shipTransfer', { id: sent.id, version: sent.version });
  await keeper.goto(`/stock/transfers/${shipped.id}`);
  await act(keeper, '签收');
  await keeper.goto(plan);
  const line = keeper.locator('tbody tr').filter({ hasText: '星澜 X9 屏' }).first();
  const cell = (label) => line.locator(`td[data-label="${label}"]`);
  await cell('已收').getByText('2').waitFor();
  for (const [label, quantity] of [['批准', '5'], ['已申请', '5'], ['已发', '2'], ['未到', '3']]) {
    assert.equal((await cell(label).innerText()).trim(), quantity, label);
  }
  await keeper.getByRole('link', { name: /^DB/ }).first().waitFor();
  await keeper.sizes('plan-supplied');
  await keeper.accessible();
});

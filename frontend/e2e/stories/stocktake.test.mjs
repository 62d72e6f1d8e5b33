// A warehouse is counted on a phone, blind; one part is missing, somebody else approves, the difference is in the books.
import assert from 'node:assert/strict';
import { act, pick, state, story } from '../support.mjs';

/** Scans a code: a scanner types it and presses Enter. */
async function scan(page, code, quantity) {
  await page.locator('#count-code').fill(code);
  if (quantity !== undefined) await page.locator('#count-quantity').fill(quantity);
  await page.locator('#count-code').press('Enter');
  await page.waitForFunction(() => document.querySelector('#count-code').value === '');
}

// Proves: S4-9.6B, S1e-4.3.2
story('a warehouse is counted on a phone and the missing part is approved by somebody else', async ({ open }) => {
  const keeper = await open({ user: 'hz01-kg6', size: 'phone' });
  keeper.tolerate(/sessions\/refresh/, /422/);
  await keeper.goto('/stock/stocktakes/new');
  await pick(keeper, '#f-warehouse_id', '坏件库');
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.waitForURL(/\/stock\/stocktakes\/[0-9a-f-]{36}$/);
  const stocktake = new URL(keeper.url()).pathname;
  await state(keeper, '盘点中');
  assert.equal(await keeper.getByText('快照数').count(), 0, 'what the books expect is hidden');
  await keeper.getByRole('link', { name: '盘点计数' }).click();
  await keeper.waitForURL(/\/count$/);

  // the first of the list is tapped, then scanned once more: the two add up
  const listed = keeper.locator('.pick-line');
  await listed.first().waitFor();
  await listed.first().click();
  const code = await keeper.locator('#count-code').inputValue();
  await keeper.getByRole('button', { name: '计数', exact: true }).click();
  await keeper.waitForFunction(() => document.querySelector('#count-code').value === '');
  await scan(keeper, code);
  assert.match(await keeper.locator('.counted').innerText(), /2/);
  await keeper.accessible();
  await keeper.sizes('stocktake-count');

  // an unknown code says so; a count is taken back
  await keeper.locator('#count-code').fill('NO-SUCH-CODE');
  await keeper.locator('#count-code').press('Enter');
  await keeper.getByText('没有编码或序列号为').waitFor();
  await keeper.getByRole('button', { name: '撤回此次计数' }).first().click();
  await keeper.waitForFunction(() => document.querySelectorAll('[aria-label="撤回此次计数"]').length === 1);

  // the rest is not there; what differs is counted again and stays as it is
  await keeper.goto(stocktake);
  const accept = (dialog) => dialog.getByRole('checkbox').first().check();
  await act(keeper, '完成盘点', accept);
  await state(keeper, '复盘中');
  await act(keeper, '完成盘点', accept);
  await state(keeper, '待审批');
  await keeper.getByText('快照数').first().waitFor();
  await keeper.sizes('stocktake-counted');

  const money = await open({ user: 'cw01' });
  money.tolerate(/sessions\/refresh/);
  await money.goto(stocktake);
  await act(money, '审批过账');
  await state(money, '已过账');
  await money.accessible();
  await money.locator('section', { has: money.getByRole('heading', { name: '库存单据' }) }).getByRole('link').first().click();
  await money.getByText('盘盈盘亏单').first().waitFor();
});

// Proves: S4-9.3
story('a part that turns out bad moves into the warehouse for bad parts', async ({ open }) => {
  const keeper = await open({ user: 'hz01-kg6' });
  keeper.tolerate(/sessions\/refresh/);
  await keeper.goto('/stock/documents/new');
  await keeper.locator('#f-kind').selectOption('warehouse_move');
  await pick(keeper, '#f-warehouse_id', '良品库');
  await pick(keeper, '#f-to_warehouse_id', '坏件库');
  await keeper.locator('#f-remark').fill('拆包发现进水');
  await pick(keeper, '#f-lines-0-product_id', '星澜 X9 屏');
  await keeper.locator('#f-lines-0-to_condition').selectOption('bad');
  await keeper.sizes('warehouse-move-form');
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.waitForURL(/\/stock\/documents\/[0-9a-f-]{36}$/);
  await act(keeper, '过账');
  await state(keeper, '已过账');
  await keeper.getByText('品质变更').first().waitFor();
  await keeper.sizes('warehouse-move');
});

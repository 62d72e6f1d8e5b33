// The storekeeper who writes a document and posts it is one person: one press does both.
import assert from 'node:assert/strict';
import { pick, state, story } from '../support.mjs';

story('a storekeeper writes and posts in one go, and nothing is left of what is refused', async ({ open }) => {
  const keeper = await open({ user: 'hz01-kg6', path: '/stock/documents/new' });
  keeper.tolerate(/sessions\/refresh/, /status of 409/);
  await keeper.locator('#f-kind').selectOption('stock_out');
  await pick(keeper, '#f-warehouse_id', '良品库');
  await pick(keeper, '#f-lines-0-product_id', '星澜 X9', /屏/);
  const quantity = keeper.locator('#f-lines-0-quantity');
  await quantity.fill('99999');
  await keeper.locator('#f-post').check();
  await keeper.accessible();
  await keeper.sizes('stock-document-form');

  // more than is there: neither saved nor posted, and what was typed stays
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.locator('.notice.danger, .error').first().waitFor();
  assert.equal(await quantity.inputValue(), '99999');
  assert.match(keeper.url(), /\/stock\/documents\/new/);

  await quantity.fill('1');
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.waitForURL(/\/stock\/documents\/[0-9a-f-]{36}$/);
  await state(keeper, '已过账');

  // where the photo comes first there is nothing to tick
  await keeper.goto('/stock/documents/new?kind=destruction');
  await keeper.locator('#f-witness_id').waitFor();
  assert.equal(await keeper.locator('#f-post').count(), 0);
});

// A distributor hands in faulty accessories, gets some back, and the factory exchanges the rest.
import assert from 'node:assert/strict';
import { pick, state, story } from '../support.mjs';

/** Presses an action that asks once more, and agrees. */
async function agree(page, action) {
  await page.getByRole('button', { name: action, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

// Proves: S4-3.1, S4-3.2, S4-3.3, S4-3.4, S4-3.5
story('accessories are handed in, returned in part, and exchanged at the factory', async ({ open }) => {
  const keeper = await open({ user: 'hz01-kg6' });
  keeper.tolerate(/sessions\/refresh/, /status of 4\d\d/);
  let shown = false;
  const swap = async (way, party, warehouse, quantity, more) => {
    await keeper.goto('/stock/swaps/new');
    await keeper.locator('#f-way').selectOption(way);
    await pick(keeper, '#f-party_id', party);
    await pick(keeper, '#f-warehouse_id', warehouse);
    await pick(keeper, '#f-lines-0-product_id', '星澜 X9 电池');
    await keeper.locator('#f-lines-0-quantity').fill(quantity);
    await more?.();
    if (!shown) await keeper.sizes('swap-form');
    await keeper.getByRole('button', { name: '保存' }).click();
    await keeper.waitForURL(/\/stock\/swaps\/[0-9a-f-]{36}$/);
    await agree(keeper, '过账').catch(() => {});
    if (!shown) {
      await state(keeper, '已过账');
      await keeper.accessible();
      await keeper.sizes('swap');
    }
    shown = true;
  };
  await swap('accept', '绍兴恒通', '坏件库', '5');
  await swap('send', '星澜科技', '坏件库', '4');
  await state(keeper, '已过账');
  await swap('back', '星澜科技', '良品库', '3');
  await state(keeper, '已过账');
  await swap('return', '绍兴恒通', '良品库', '2');
  await state(keeper, '已过账');

  // what is still owed, and by whom
  await keeper.goto('/stock/swap-balances');
  await keeper.getByText('绍兴恒通').first().waitFor();
  await keeper.accessible();
  await keeper.sizes('swap-balances');
  assert.match(await keeper.locator('tbody tr', { hasText: '绍兴恒通' }).first().innerText(), /3/);
  await keeper.goto('/stock/swap-entries');
  await keeper.locator('tbody tr').nth(3).waitFor();
  await keeper.sizes('swap-entries');
});

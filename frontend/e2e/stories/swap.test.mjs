// A distributor hands in faulty accessories, gets some back, and the factory exchanges the rest.
import assert from 'node:assert/strict';
import { Api } from '../api.mjs';
import { pick, state, story } from '../support.mjs';

/** Presses an action that asks once more, and agrees. */
async function agree(page, action) {
  await page.getByRole('button', { name: action, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

// Proves: S4-3.1, S4-3.2, S4-3.3, S4-3.4, S4-3.5
story('accessories are handed in, returned in part, and exchanged at the factory', async ({ open, server }) => {
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
  // what is owed before: to the distributor, by the factory
  const api = await Api.signIn(server.url, 'hz01-kg6');
  const part = await api.first('listProducts', { q: '星澜 X9 电池' });
  const open_of = async (name) => {
    const { items } = await api.call('listSwapBalances', { query: { product_id: part.id, include_settled: true, limit: 200 } });
    return items.filter((row) => row.party_name.includes(name)).reduce((sum, row) => sum + Number(row.open), 0);
  };
  const before = { dealer: await open_of('绍兴恒通'), factory: await open_of('星澜科技') };
  await swap('accept', '绍兴恒通', '坏件库', '5', () => keeper.locator('#f-lines-0-fault').fill('不充电'));
  await keeper.getByText('不充电').first().waitFor();
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
  assert.equal((await open_of('绍兴恒通')) - before.dealer, 3, 'five were handed in, two went back');
  assert.equal((await open_of('星澜科技')) - before.factory, 1, 'the factory came one short');
  await keeper.goto('/stock/swap-entries');
  await keeper.locator('tbody tr').nth(3).waitFor();
  await keeper.sizes('swap-entries');
});

// Proves: S4-3.2, S4-3.3
story('pieces with a serial are swapped by name: nobody gets what another one handed in', async ({ open, server }) => {
  const stamp = Date.now().toString(36).toUpperCase();
  const [old, fresh, made] = ['ALT', 'NEU', 'WERK'].map((word) => `${word}-${stamp}`);
  const api = await Api.signIn(server.url, 'hz01-kg6');
  const { items: products } = await api.call('listProducts', { query: { limit: 200, is_active: true } });
  const part = products.find((one) => one.is_serial_tracked && one.kind !== 'unit');
  const store = await api.first('listWarehouses', { kind: 'good' }, (one) => one.is_active);
  const came = await api.call('createStockDoc', {
    body: { kind: 'stock_in', warehouse_id: store.id, lines: [{ product_id: part.id, serial: fresh, quantity: '1', unit_cost: '90.00' }] },
  });
  await api.call('postStockDoc', { id: came.id, version: came.version });

  const keeper = await open({ user: 'hz01-kg6' });
  keeper.tolerate(/sessions\/refresh/, /status of 4\d\d/);
  const write = async (way, party, warehouse, serial, more) => {
    await keeper.goto('/stock/swaps/new');
    await keeper.locator('#f-way').selectOption(way);
    await pick(keeper, '#f-party_id', party);
    await pick(keeper, '#f-warehouse_id', warehouse);
    await pick(keeper, '#f-lines-0-product_id', part.code, part.name);
    await keeper.locator('#f-lines-0-serial').fill(serial);
    await more?.();
    await keeper.getByRole('button', { name: '保存' }).click();
  };
  const post = async () => {
    await keeper.waitForURL(/\/stock\/swaps\/[0-9a-f-]{36}$/);
    await agree(keeper, '过账');
    await state(keeper, '已过账');
  };
  await write('accept', '绍兴恒通', '坏件库', old);
  await post();

  // another piece goes out for it: the form asks which one it stands for
  await write('return', '绍兴恒通', '良品库', fresh, () => keeper.locator('#f-lines-0-is_replaced').check());
  await keeper.locator('#f-lines-0-for_serial[aria-invalid=true]').waitFor();
  await keeper.sizes('swap-serial-form');
  await keeper.locator('#f-lines-0-for_serial').fill(old);
  await keeper.getByRole('button', { name: '保存' }).click();
  await post();
  await keeper.getByText(old).first().waitFor();
  await keeper.accessible();
  await keeper.sizes('swap-serial');

  // the old one goes to the factory, which sends a third one for it
  await write('send', '星澜科技', '坏件库', old);
  await post();
  await write('back', '星澜科技', '良品库', made, () => keeper.locator('#f-lines-0-for_serial').fill(old));
  await post();
  await keeper.goto(`/stock/swap-entries?q=${old}`);
  await keeper.locator('tbody tr').nth(1).waitFor();
  await keeper.getByText(old).first().waitFor();
});

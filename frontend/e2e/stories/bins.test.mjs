// Where a part lies: the storekeeper says so, and whoever looks at the stock sees it.
import { pick, story } from '../support.mjs';

// Proves: S1j-2.6b
story('a storekeeper gives a part its bin, moves it, and finds it on the stock', async ({ open }) => {
  const keeper = await open({ user: 'hz01-kg6' });
  keeper.tolerate(/sessions\/refresh/, /status of 4(09|22)/);
  await keeper.goto('/stock/bins');
  await keeper.locator('tbody tr').nth(3).waitFor();
  await keeper.accessible();
  await keeper.sizes('bins');

  // a part that has its bin there gets no second one
  const code = (await keeper.locator('tbody tr').first().locator('td .code').nth(1).innerText()).trim();
  await keeper.goto('/stock/bins/new');
  await pick(keeper, '#f-warehouse_id', 'G');
  await pick(keeper, '#f-product_id', code);
  await keeper.locator('#f-code').fill('Z-99-01');
  await keeper.accessible();
  await keeper.sizes('bin-form');
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.getByText('已被使用').waitFor();

  // so the one that it has is changed
  await keeper.goto('/stock/bins');
  await keeper.locator('tbody tr a').first().click();
  await keeper.waitForURL(/\/stock\/bins\/[0-9a-f-]{36}\/edit$/);
  await keeper.waitForFunction(() => document.querySelector('#f-code')?.value.length > 0);
  await keeper.locator('#f-code').fill('Z-99-01');
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.waitForURL(/\/stock\/bins$/);
  await keeper.getByText('Z-99-01').first().waitFor();

  await keeper.goto(`/stock/balances?q=${encodeURIComponent(code)}`);
  await keeper.getByText('Z-99-01').first().waitFor();
  await keeper.sizes('stock-with-bins');
});

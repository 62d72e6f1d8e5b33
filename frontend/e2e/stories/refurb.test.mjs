// An old phone is refurbished: applied for, approved, worked on, graded by somebody else, and worth what went into it.
import assert from 'node:assert/strict';
import { pick, state, story } from '../support.mjs';
import { Api, imei } from '../api.mjs';

/** Presses an action, fills its dialog in, and sends it. */
async function act(page, action, fill) {
  await page.getByRole('button', { name: action, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  if (await dialog.waitFor({ timeout: 1500 }).then(() => true, () => false)) {
    await fill?.(dialog);
    await dialog.getByRole('button', { name: action, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
}

// Proves: S1d-7, S1d-8, S4-9.7r
story('an old phone is refurbished and is worth what went into it', async ({ open, server }) => {
  const serial = imei();
  const api = await Api.signIn(server.url, 'hz01-kg6');
  const model = await api.first('listProducts', { q: '星澜 X9', kind: 'unit' });
  const store = await api.first('listWarehouses', { kind: 'bad' }, (one) => one.is_active);
  const came = await api.call('createStockDoc', {
    body: { kind: 'stock_in', warehouse_id: store.id, lines: [{ product_id: model.id, serial, quantity: '1', unit_cost: '300.00', condition: 'bad' }] },
  });
  await api.call('postStockDoc', { id: came.id, version: came.version });

  const keeper = await open({ user: 'hz01-kg6' });
  keeper.tolerate(/sessions\/refresh/);
  await keeper.goto('/stock/refurbs/new');
  await pick(keeper, '#f-warehouse_id', '坏件库');
  await keeper.locator('#f-estimate').fill('150');
  await keeper.locator('#f-reason').fill('以旧换新收回，外壳磨损');
  await pick(keeper, '#f-lines-0-product_id', '星澜 X9');
  await keeper.locator('#f-lines-0-serial').fill(serial);
  await keeper.sizes('refurb-form');
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.waitForURL(/\/stock\/refurbs\/[0-9a-f-]{36}$/);
  const refurb = new URL(keeper.url()).pathname;
  await act(keeper, '提交');
  await state(keeper, '待审批');

  const office = await open({ user: 'zb01' });
  office.tolerate(/sessions\/refresh/);
  await office.goto(refurb);
  await act(office, '批准');
  await state(office, '已批准');

  await keeper.goto(refurb);
  await act(keeper, '领机开工');
  await state(keeper, '翻新中');
  await act(keeper, '领料', async () => {
    await keeper.locator('#f-line_id').selectOption({ index: 1 });
    await pick(keeper, '#f-product_id', '星澜 X9 屏');
    await pick(keeper, '#f-warehouse_id', '良品库');
  });
  await act(keeper, '登记工时', async (dialog) => {
    await keeper.locator('#f-line_id').selectOption({ index: 1 });
    await dialog.locator('#f-amount').fill('60');
  });
  await keeper.accessible();
  await keeper.sizes('refurb-working');

  const inspector = await open({ user: 'hz01-zj5' });
  inspector.tolerate(/sessions\/refresh/);
  await inspector.goto(refurb);
  await act(inspector, '质检定级', (dialog) => dialog.locator('#f-lines-0-grade').selectOption('a'));
  await state(inspector, '已完成');
  await inspector.getByText('A 级').first().waitFor();
  await inspector.accessible();

  await office.goto(refurb);
  await office.getByText('¥300.00').first().waitFor();
  await office.sizes('refurb-finished');
  await office.goto('/stock/refurbs');
  await office.locator('tbody tr').first().waitFor();
  await office.sizes('refurbs');
});

// Proves: S1d-7
story('refurbished phones are sold over the counter and to a dealer, and their warranty starts again', async ({ open, server }) => {
  const [bought, ordered] = [imei(), imei()];
  const api = await Api.signIn(server.url, 'hz01-kg6');
  const model = await api.first('listProducts', { q: '星澜 X9', kind: 'unit' });
  const store = await api.first('listWarehouses', { kind: 'refurb' }, (one) => one.is_active);
  const line = (serial) => ({ product_id: model.id, serial, quantity: '1', unit_cost: '380.00', condition: 'refurb' });
  const came = await api.call('createStockDoc', { body: { kind: 'stock_in', warehouse_id: store.id, lines: [line(bought), line(ordered)] } });
  await api.call('postStockDoc', { id: came.id, version: came.version });
  const reader = await Api.signIn(server.url, 'zb01');
  const unit = async (serial) => {
    const { items } = await reader.call('listUnits', { query: { q: serial } });
    return items.length ? reader.call('getUnit', { id: items[0].id }) : null;
  };
  assert.equal(await unit(bought), null, 'nobody knew the piece as a unit of a customer');

  // over the counter: the serial is scanned, the price of refurbished goods is entered or that of the list
  const desk = await open({ user: 'hz01-qt2' });
  desk.tolerate(/sessions\/refresh/, /422/);
  await desk.goto('/trade/counter');
  await desk.locator('#scan').waitFor();
  await desk.locator('#warehouse').selectOption(store.id);
  await desk.locator('#scan').fill(bought);
  await desk.locator('#scan').press('Enter');
  await desk.locator('.till-lines').getByText(bought).waitFor();
  await desk.locator('.till-lines input[id^=price-]').fill('1180');
  await pick(desk, '#customer', '1');
  await desk.locator('#tendered').fill('1200');
  await desk.sizes('refurb-counter');
  await desk.keyboard.press('F9');
  await desk.locator('#given-back').waitFor();
  const sold = await unit(bought);
  assert.equal(sold.warranty.verdict, 'covered');
  assert.equal(sold.resold_on, sold.warranty.starts_on);

  // to a dealer: staff write the order at the price that was agreed, somebody else accepts it, the serial is packed
  const office = await open({ user: 'zb01' });
  office.tolerate(/sessions\/refresh/, /status of 4(09|22)/);
  await office.goto('/trade/sales-orders/new');
  await pick(office, '#f-party_id', '绍兴恒通');
  await pick(office, '#f-warehouse_id', 'HZ01-R');
  await pick(office, '#f-lines-0-product_id', model.name);
  await office.locator('#f-lines-0-condition').selectOption('refurb');
  await office.locator('#f-lines-0-unit_price').fill('960');
  await office.sizes('refurb-order-form');
  await office.getByRole('button', { name: '保存' }).click();
  await office.waitForURL(/\/trade\/sales-orders\/[0-9a-f-]{36}$/);
  const order = new URL(office.url()).pathname;
  await office.getByRole('button', { name: '提交', exact: true }).click();
  await state(office, '已提交');
  const books = await open({ user: 'cw01' });
  books.tolerate(/sessions\/refresh/, /status of 4(09|22)/);
  await books.goto(order);
  await act(books, '接受', (dialog) => dialog.locator('#f-credit_reason').fill('翻新机，先款后货'));
  await state(books, '已接受');
  await office.goto(order);
  await act(office, '发货', (dialog) => dialog.locator('#f-lines-0-serials').fill(ordered));
  await state(office, '已发货');
  await office.sizes('refurb-order');
  const sent = await unit(ordered);
  assert.equal(sent.warranty.verdict, 'covered');
  assert.ok(sent.resold_on, 'the warranty starts with the sale');

  // the page of the unit says so
  await office.goto(`/master/units/${sent.id}`);
  await office.getByText(ordered).first().waitFor();
  await office.getByText('保内').first().waitFor();
  await office.accessible();
  await office.sizes('refurb-unit');
});

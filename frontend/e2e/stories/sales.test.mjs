// The counter: a sale with the keyboard alone, in two ways of payment, printed; a piece of it comes back; the manager takes a
// sale back.
import assert from 'node:assert/strict';
import { Api } from '../api.mjs';
import { act, pick, state, story } from '../support.mjs';

const yuan = (text) => Number(text.replace(/[^0-9.-]/g, ''));

/** A part without serials of which the station has plenty. */
async function plenty(url) {
  const keeper = await Api.signIn(url, 'hz01-kg6');
  const { items: stock } = await keeper.call('listStock', { query: { limit: 200, condition: 'good', owner: 'company' } });
  const { items: products } = await keeper.call('listProducts', { query: { limit: 200 } });
  for (const row of stock.filter((r) => Number(r.available) >= 3 && r.place.kind === 'warehouse')) {
    const product = products.find((p) => p.id === row.product_id && !p.is_serial_tracked);
    if (product) return product;
  }
  throw new Error('the station has nothing to sell');
}

// Proves: S4-7.1, S4-7.2
story('a sale with the keyboard alone, paid in two ways, and a piece of it comes back', async ({ open, server }) => {
  const part = await plenty(server.url);
  const price = Number(part.retail_price);
  const desk = await open({ user: 'hz01-qt2' });
  desk.tolerate(/sessions\/refresh/, /422/);
  await desk.goto('/trade/counter');
  await desk.locator('#scan').waitFor();
  await desk.getByText('清单为空').waitFor();
  assert.equal(await desk.evaluate(() => document.activeElement.id), 'scan', 'the scanner can begin at once');

  // nothing by that name; then the code twice: two pieces on one line
  await desk.keyboard.type('NO-SUCH-CODE');
  await desk.keyboard.press('Enter');
  await desk.getByText('没有找到“NO-SUCH-CODE”').waitFor();
  await desk.keyboard.press('Control+A');
  for (const _ of [1, 2]) {
    await desk.keyboard.type(part.code);
    await desk.keyboard.press('Enter');
    await desk.waitForFunction(() => document.querySelector('#scan').value === '');
  }
  await desk.waitForFunction((due) => Number(document.querySelector('#due').innerText.replace(/[^0-9.]/g, '')) === due, price * 2);
  assert.equal(await desk.locator('.till-lines tbody tr').count(), 1);
  await pick(desk, '#customer', '1');
  await desk.getByText(/现有积分/).waitFor();

  // part of it by WeChat, the rest in cash, change to give back
  await desk.getByRole('button', { name: '再加一种付款' }).click();
  await desk.locator('.till-way').nth(1).locator('input').fill('1.00');
  await desk.keyboard.press('F4');
  await desk.keyboard.type(String(price * 2 + 9));
  await desk.waitForFunction(() => document.querySelector('#change')?.innerText.includes('10.00'));
  await desk.accessible();
  await desk.sizes('counter');
  await desk.keyboard.press('F9');
  await desk.locator('#given-back').waitFor();
  assert.equal(yuan(await desk.locator('#given-back').innerText()), 10);
  await desk.sizes('counter-sold');

  await desk.getByRole('link', { name: '打印小票' }).click();
  await desk.waitForURL(/\/print\/retail_sale\//);
  await desk.frameLocator('iframe').getByText('销售小票').waitFor();
  const id = new URL(desk.url()).pathname.split('/').pop();

  // one of the two comes back
  await desk.goto(`/trade/retail-sales/${id}`);
  await state(desk, '已过账');
  await desk.accessible();
  await desk.sizes('retail-sale');
  await desk.getByRole('link', { name: '退货', exact: true }).click();
  await desk.locator('#back-0').fill('1');
  await desk.waitForFunction((half) => Number(document.querySelector('#refund').innerText.replace(/[^0-9.]/g, '')) === half, price);
  await desk.locator('#why').fill('型号不符');
  await desk.accessible();
  await desk.sizes('retail-return-form');
  await desk.getByRole('button', { name: '确认退货并退款' }).click();
  await desk.waitForURL(/\/trade\/retail-returns\/[0-9a-f-]{36}$/);
  await state(desk, '已过账');
  await desk.sizes('retail-return');
  const back = new URL(desk.url()).pathname;

  // the manager takes back the return, then the sale: everything is as before
  const boss = await open({ user: 'hz01-zz1' });
  boss.tolerate(/sessions\/refresh/);
  const reason = (dialog) => dialog.locator('textarea').fill('录错');
  for (const path of [back, `/trade/retail-sales/${id}`]) {
    await boss.goto(path);
    await act(boss, '冲销', reason);
    await state(boss, '已冲销');
  }
  await boss.goto('/trade/retail-sales');
  await boss.getByText('红字冲销').first().waitFor();
  await boss.accessible();
  await boss.sizes('retail-sales');
});

story('the rules of retail are set by the accountant and show who set them', async ({ open }) => {
  const books = await open({ user: 'cw01' });
  books.tolerate(/sessions\/refresh/);
  await books.goto('/trade/retail-policy');
  await books.getByRole('button', { name: '修改规则' }).click();
  const dialog = books.getByRole('dialog');
  await dialog.locator('input').first().fill('120');
  await dialog.getByRole('button', { name: '修改规则' }).click();
  await books.getByText('规则已保存').waitFor();
  await books.getByText('120').first().waitFor();
  await books.accessible();
  await books.sizes('retail-policy');
});

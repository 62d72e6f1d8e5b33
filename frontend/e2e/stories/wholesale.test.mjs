// A dealer orders with its own login, the company accepts it within the credit and ships it, the dealer confirms, and one piece
// comes back. A price that lies ahead is set and removed.
import assert from 'node:assert/strict';
import { Api } from '../api.mjs';
import { act, pick, state, story } from '../support.mjs';

/** A part without serials of which the central store has plenty. */
async function plenty(url) {
  const office = await Api.signIn(url, 'zb01');
  const { items: stores } = await office.call('listWarehouses', { query: { q: 'HQ-G' } });
  const query = { limit: 200, condition: 'good', owner: 'company', warehouse_id: stores[0].id };
  const { items: stock } = await office.call('listStock', { query });
  const { items: products } = await office.call('listProducts', { query: { limit: 200, is_active: true } });
  for (const row of stock.filter((r) => Number(r.available) >= 6)) {
    const product = products.find((p) => p.id === row.product_id && !p.is_serial_tracked);
    if (product) return product;
  }
  throw new Error('the central store has nothing to sell');
}

// Proves: S4-6.1, S4-6.2, S1h-3, S1h-4
story('a dealer orders for itself, the company accepts and ships, the dealer confirms, a piece comes back', async ({ open, server }) => {
  const as = async (user) => {
    const page = await open({ user });
    page.tolerate(/sessions\/refresh/, /status of 4(09|22)/);
    return page;
  };
  const part = await plenty(server.url);

  // the dealer sees its own orders, and is asked for neither customer nor warehouse
  const dealer = await as('jx01');
  await dealer.goto('/trade/sales-orders');
  await dealer.getByText('经销商下单').first().waitFor();
  await dealer.sizes('dealer-orders');
  await dealer.goto('/trade/sales-orders/new');
  await dealer.locator('#f-customer_ref').fill('PO-E2E-1');
  assert.equal(await dealer.locator('#f-party_id').count(), 0);
  assert.equal(await dealer.locator('#f-warehouse_id').count(), 0);
  await pick(dealer, '#f-lines-0-product_id', part.name);
  await dealer.locator('#f-lines-0-quantity').fill('2');
  await dealer.accessible();
  await dealer.sizes('dealer-order-form');
  await dealer.getByRole('button', { name: '保存' }).click();
  await dealer.waitForURL(/\/trade\/sales-orders\/[0-9a-f-]{36}$/);
  const ordered = new URL(dealer.url()).pathname;
  await dealer.getByRole('button', { name: '提交', exact: true }).click();
  await state(dealer, '已提交');
  assert.equal(await dealer.getByRole('button', { name: '接受', exact: true }).count(), 0, 'a dealer does not accept');
  await dealer.accessible();

  // accepted from a warehouse, which reserves it
  const books = await as('cw01');
  await books.goto('/trade/sales-orders?state=uploaded');
  await books.getByText('PO-E2E-1').first().waitFor();
  await books.sizes('sales-orders');
  await books.goto(ordered);
  await books.getByText('可用额度').first().waitFor();
  await act(books, '接受', (dialog) => pick(books, 'dialog #f-warehouse_id', 'HQ-G'));
  await state(books, '已接受');
  await books.sizes('sales-order');

  // one piece, then the rest
  const office = await as('zb01');
  await office.goto(ordered);
  await act(office, '发货', async (dialog) => {
    await dialog.locator('#f-courier').fill('顺丰速运');
    await dialog.locator('#f-lines-0-quantity').fill('1');
    await office.sizes('sales-ship');
  });
  await state(office, '部分发货');
  await act(office, '发货', (dialog) => dialog.locator('#f-tracking_no').fill('SF-E2E-2'));
  await state(office, '已发货');
  await office.accessible();

  // the dealer confirms what arrived
  await dealer.goto(ordered);
  await dealer.getByText('SF-E2E-2').first().waitFor();
  await dealer.getByRole('button', { name: '确认收货', exact: true }).click();
  await state(dealer, '已签收');
  await dealer.sizes('dealer-order');

  // the dealer asks to send one piece back, never more than left; the office approves, the store counts it
  const shipments = dealer.locator('section', { has: dealer.getByRole('heading', { name: '销售发货单' }) });
  await shipments.locator('tbody tr').last().getByRole('link').click();
  await dealer.waitForURL(/\/trade\/sales-shipments\/[0-9a-f-]{36}$/);
  await state(dealer, '已发货');
  await dealer.sizes('sales-shipment');
  await dealer.getByRole('link', { name: '申请退货', exact: true }).click();
  await dealer.waitForFunction(() => document.querySelector('#f-lines-0-quantity')?.value === '0');
  await dealer.locator('#f-remark').fill('型号不符');
  await dealer.locator('#f-lines-0-quantity').fill('2');
  await dealer.getByRole('button', { name: '保存' }).click();
  await dealer.getByText('超过可退数量 1', { exact: true }).waitFor();
  await dealer.sizes('sales-return-form');
  await dealer.locator('#f-lines-0-quantity').fill('1');
  await dealer.getByRole('button', { name: '保存' }).click();
  await dealer.waitForURL(/\/trade\/sales-returns\/[0-9a-f-]{36}$/);
  await state(dealer, '待审核');
  const asked = new URL(dealer.url()).pathname;
  await office.goto(asked);
  await office.getByRole('button', { name: '批准', exact: true }).click();
  await state(office, '待收货');
  await act(office, '退货收货', async (dialog) => {
    await dialog.locator('#f-credit_no').fill('31300777');
    await office.sizes('sales-return-receive');
  });
  await state(office, '已退货');
  await office.accessible();
  await office.sizes('sales-return');
});

story('a price is set from a day on and shows in the price list', async ({ open, server }) => {
  const part = await plenty(server.url);
  const books = await open({ user: 'cw01' });
  books.tolerate(/sessions\/refresh/, /status of 4(09|22)/);
  await books.goto('/trade/prices/new');
  await pick(books, '#f-product_id', part.name);
  await books.locator('#f-unit_price').fill('88.00');
  await books.locator('#f-remark').fill('季度调价');
  await books.accessible();
  await books.sizes('price-form');
  await books.getByRole('button', { name: '保存' }).click();
  await books.waitForURL(/\/trade\/prices$/);
  await books.getByText('季度调价').first().waitFor();
  await books.sizes('prices');
});

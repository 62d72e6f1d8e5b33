// Somebody orders from a supplier, somebody else approves it, the goods come in two parts, one part is taken back, the rest is
// invoiced and paid, and one piece goes back to the supplier.
import assert from 'node:assert/strict';
import { Api } from '../api.mjs';
import { act, pick, state, story } from '../support.mjs';

// Proves: S4-5.1, S4-5.2
story('parts are ordered, approved by somebody else and received in two parts', async ({ open, server }) => {
  const as = async (user) => {
    const page = await open({ user });
    page.tolerate(/sessions\/refresh/);
    return page;
  };

  // a supplier is a party with that role
  const keeper = await as('hz01-kg6');
  await keeper.goto('/master/customers/new');
  await keeper.locator('#f-name').fill('钱塘电子元件有限公司');
  await keeper.locator('#f-phone').fill('13577001122');
  await keeper.locator('#f-roles').click();
  await keeper.getByLabel('客户', { exact: true }).uncheck();
  await keeper.getByLabel('供应商', { exact: true }).check();
  await keeper.keyboard.press('Escape');
  await keeper.locator('#f-tax_no').fill('91330100MA27QX11XA');
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.waitForURL(/\/master\/customers\/[0-9a-f-]{36}$/);
  await keeper.sizes('party');

  // the order
  await keeper.goto('/trade/purchase-orders/new');
  await pick(keeper, '#f-party_id', '钱塘电子');
  await pick(keeper, '#f-warehouse_id', 'HZ01-G');
  await pick(keeper, '#f-lines-0-product_id', '星澜 X9 屏');
  await keeper.locator('#f-lines-0-quantity').fill('6');
  await keeper.locator('#f-lines-0-unit_price').fill('113.00');
  await keeper.accessible();
  await keeper.sizes('purchase-order-form');
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.waitForURL(/\/trade\/purchase-orders\/[0-9a-f-]{36}$/);
  const ordered = new URL(keeper.url()).pathname;
  await keeper.getByText('¥678.00').first().waitFor();
  await keeper.getByRole('button', { name: '提交', exact: true }).click();
  await state(keeper, '待审批');
  assert.equal(await keeper.getByRole('button', { name: '批准', exact: true }).count(), 0, 'the writer does not approve');

  const books = await as('cw01');
  await books.goto(ordered);
  await act(books, '批准');
  await state(books, '已下达');

  // four of six come; seven would be refused at the field
  keeper.tolerate(/status of 422/);
  await keeper.goto(ordered);
  await state(keeper, '已下达');
  await keeper.getByRole('button', { name: '收货', exact: true }).click();
  const dialog = keeper.getByRole('dialog');
  await dialog.locator('#f-lines-0-quantity').fill('7');
  await dialog.getByRole('button', { name: '收货', exact: true }).click();
  await dialog.getByText('超出未到货数量 6', { exact: true }).waitFor();
  await keeper.sizes('purchase-receive');
  await dialog.locator('#f-lines-0-quantity').fill('4');
  await dialog.locator('#f-reference').fill('SH-0815');
  await dialog.getByRole('button', { name: '收货', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await state(keeper, '部分到货');
  await act(keeper, '收货');
  await state(keeper, '全部到货');
  await keeper.accessible();
  await keeper.sizes('purchase-order');

  // the second delivery is taken back, and the order waits for it again
  const receipts = keeper.locator('section', { has: keeper.getByRole('heading', { name: '采购收货单' }) });
  assert.equal(await receipts.locator('tbody tr').count(), 2);
  await receipts.locator('tbody tr').last().getByRole('link').click();
  await keeper.waitForURL(/\/trade\/goods-receipts\//);
  await state(keeper, '已过账');
  await keeper.getByText('¥200.00').first().waitFor();
  await keeper.sizes('goods-receipt');
  await books.goto(new URL(keeper.url()).pathname);
  await act(books, '冲销', (dialog) => dialog.getByRole('textbox').fill('点错数量'));
  await state(books, '已冲销');
  await books.goto(ordered);
  await state(books, '部分到货');
  await books.goto('/trade/purchase-orders?state=placed,partly_received');
  await books.getByText('钱塘电子元件有限公司').first().waitFor();
  await books.sizes('purchase-orders');

  // the invoice charges more than was ordered for what has come; the difference is shown before anything is paid
  await books.goto(ordered);
  await books.getByRole('link', { name: '登记供应商发票' }).click();
  await books.waitForFunction(() => document.querySelector('#f-lines-0-quantity')?.value === '4');
  await books.locator('#f-invoice_no').fill('31309001');
  await books.locator('#f-lines-0-unit_price').fill('124.30');
  await books.accessible();
  await books.sizes('supplier-invoice-form');
  await books.getByRole('button', { name: '保存' }).click();
  await books.waitForURL(/\/trade\/supplier-invoices\/[0-9a-f-]{36}$/);
  await state(books, '已过账');
  await books.getByText('¥497.20').first().waitFor();
  await books.getByText('¥40.00').first().waitFor();
  await books.sizes('supplier-invoice');
  const invoice = new URL(books.url()).pathname;

  // it is owed, paid in full, and nothing is owed any more
  await books.goto('/finance/payables');
  const owed = books.locator('tr', { hasText: '钱塘电子元件有限公司' });
  await owed.getByText('¥497.20').first().waitFor();
  await books.sizes('payables');
  await owed.getByRole('link', { name: '付款', exact: true }).click();
  await pick(books, '#f-bank_account_id', 'HZ01-bank');
  await books.getByRole('button', { name: '全额' }).click();
  await books.sizes('payment-form');
  await books.getByRole('button', { name: '保存' }).click();
  await books.waitForURL(/\/finance\/payments\/[0-9a-f-]{36}$/);
  await books.getByText('肆佰玖拾柒元贰角').first().waitFor();
  await books.accessible();
  await books.sizes('payment');
  assert.equal(await books.getByRole('button', { name: '冲销', exact: true }).count(), 0, 'who paid does not take it back');
  await books.goto(invoice);
  await books.getByText('¥0.00').first().waitFor();

  // one of the four goes back: the writer does not approve it, and nothing of it moves before it leaves
  await keeper.goto(ordered);
  await state(keeper, '部分到货');
  await keeper.locator('section', { has: keeper.getByRole('heading', { name: '采购收货单' }) }).locator('tbody tr').first().getByRole('link').click();
  await keeper.waitForURL(/\/trade\/goods-receipts\//);
  await keeper.getByRole('link', { name: '退货', exact: true }).click();
  await keeper.waitForFunction(() => document.querySelector('#f-lines-0-quantity')?.value === '0');
  await keeper.locator('#f-reason').fill('屏幕亮点');
  await keeper.locator('#f-lines-0-quantity').fill('5');
  await keeper.accessible();
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.getByText('超过可退数量 4', { exact: true }).waitFor();
  await keeper.sizes('purchase-return-form');
  await keeper.locator('#f-lines-0-quantity').fill('1');
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.waitForURL(/\/trade\/purchase-returns\/[0-9a-f-]{36}$/);
  const back = new URL(keeper.url()).pathname;
  await keeper.getByRole('button', { name: '提交', exact: true }).click();
  await state(keeper, '待审批');
  assert.equal(await keeper.getByRole('button', { name: '批准', exact: true }).count(), 0, 'the writer does not approve');
  await books.goto(back);
  await act(books, '批准');
  await state(books, '待出库');
  await keeper.goto(back);
  await act(keeper, '退货出库', (dialog) => dialog.locator('#f-credit_no').fill('HZ-0099'));
  await state(keeper, '已退货');
  // the invoice was paid: the supplier owes the price of the piece
  await keeper.getByText('¥124.30').first().waitFor();
  await keeper.accessible();
  await keeper.sizes('purchase-return');

  // stock, payable and the accrual are right: three pieces came and stayed, nothing is owed, nothing is awaited
  const { items: moves } = await (await Api.signIn(server.url, 'cw01')).call('listPurchaseReturns', { query: { q: 'HZ-0099' } });
  assert.deepEqual(moves.map((row) => [row.state, row.total_quantity, row.accrued.amount, row.credit.amount]), [['posted', '1', '0.00', '124.30']]);
  await books.goto('/finance/payables');
  await books.locator('main').waitFor();
  assert.equal(await books.locator('tr', { hasText: '钱塘电子元件有限公司' }).count(), 0);
  await books.goto(back);
  await act(books, '冲销', (dialog) => dialog.getByRole('textbox').fill('供应商拒收'));
  await state(books, '已冲销');
  await books.goto('/trade/purchase-returns');
  await books.getByText('屏幕亮点').first().waitFor();
  await books.sizes('purchase-returns');

  // money goes out before there is anything to pay; a payment of nothing is refused where it was typed
  books.tolerate(/status of 422/);
  await books.goto('/finance/payments/new');
  await pick(books, '#f-party_id', '钱塘电子元件有限公司');
  await pick(books, '#f-bank_account_id', 'HZ01-bank');
  await books.getByRole('button', { name: '保存' }).click();
  await books.getByText('请填写付款金额').first().waitFor();
  await books.locator('#f-advance').fill('50.00');
  await books.accessible();
  await books.sizes('payment-advance-form');
  await books.getByRole('button', { name: '保存' }).click();
  await books.waitForURL(/\/finance\/payments\/[0-9a-f-]{36}$/);
  await books.getByText('伍拾元整').first().waitFor();
  await books.goto('/finance/payables');
  await books.locator('tr', { hasText: '钱塘电子元件有限公司' }).getByText('¥50.00').first().waitFor();
  await books.goto('/finance/payments/new');
  await pick(books, '#f-party_id', '钱塘电子元件有限公司');
  await books.getByText('可抵扣').first().waitFor();
  await books.sizes('payment-credits');
});

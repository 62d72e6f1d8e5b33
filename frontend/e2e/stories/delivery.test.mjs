// A station asks for parts, headquarters sends them, one piece is missing, and nothing is lost on the way.
import assert from 'node:assert/strict';
import { act, pick, state, story } from '../support.mjs';

// Proves: S4-8.1, S4-8.2, S1e-4.3.4
story('a station asks for parts, headquarters sends them, and a missing piece is accounted for', async ({ open }) => {
  const as = async (user) => {
    const page = await open({ user });
    page.tolerate(/sessions\/refresh/);
    return page;
  };

  // the station asks
  const keeper = await as('hz01-kg6');
  await keeper.goto('/stock/requisitions/new');
  await pick(keeper, '#f-supplier_id', '总部');
  await keeper.locator('#f-purpose').fill('月度补货');
  await pick(keeper, '#f-lines-0-product_id', '星澜 X9 屏');
  await keeper.locator('#f-lines-0-quantity').fill('4');
  await keeper.accessible();
  await keeper.getByRole('button', { name: '保存' }).click();
  await keeper.waitForURL(/\/stock\/requisitions\/[0-9a-f-]{36}$/);
  const asked = new URL(keeper.url()).pathname;
  await keeper.getByRole('button', { name: '提交', exact: true }).click();
  await state(keeper, '待审批');

  // headquarters approves three of four and sends them
  const office = await as('zb01');
  await office.goto(asked);
  await act(office, '批准', (dialog) => dialog.locator('#f-lines-0-quantity').fill('3'));
  await state(office, '已批准');
  await office.getByText('部分批准').first().waitFor();
  await office.sizes('requisition');
  await office.getByRole('link', { name: '调拨发货' }).click();
  await office.waitForFunction(() => document.querySelector('#f-lines-0-quantity')?.value === '3');
  await pick(office, '#f-warehouse_id', 'HQ-G');
  await office.locator('#f-courier').fill('顺丰速运');
  await office.getByRole('button', { name: '保存' }).click();
  await office.waitForURL(/\/stock\/transfers\/[0-9a-f-]{36}$/);
  const sent = new URL(office.url()).pathname;
  await act(office, '发货');
  await state(office, '在途');

  // the station counts: two came, one did not
  await keeper.goto(sent);
  await state(keeper, '在途');
  await act(keeper, '签收', (dialog) => dialog.locator('#f-lines-0-received').fill('2'));
  await state(keeper, '有差异');
  await keeper.accessible();
  await keeper.sizes('transfer-different');

  // headquarters finds that it was lost
  await office.goto(sent);
  await act(office, '处理差异', async (dialog) => {
    await dialog.getByRole('button', { name: '添加处理' }).click();
    await dialog.locator('#f-lines-0-line_id').selectOption({ index: 1 });
    await dialog.getByLabel('确认损失').or(dialog.locator('#f-lines-0-resolution')).first().waitFor();
    const lost = dialog.getByLabel('确认损失');
    if (await lost.count()) await lost.check();
    else await dialog.locator('#f-lines-0-resolution').selectOption('lost');
  });
  await state(office, '已签收');
  const postings = office.locator('section', { has: office.getByRole('heading', { name: '库存单据' }) });
  assert.equal(await postings.locator('tbody tr').count(), 3, 'shipment, receipt and loss are stock documents');
  await postings.locator('tbody tr').last().getByRole('link').click();
  await office.getByText('盘点盈亏').first().waitFor();
  await keeper.goto(asked);
  await state(keeper, '已满足');
});

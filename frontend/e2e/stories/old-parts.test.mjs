// A part replaced in warranty is owed to headquarters: the station sends it back, headquarters looks at it and keeps back what
// the rules say.
import assert from 'node:assert/strict';
import { crew, ticketIn } from '../tickets.mjs';
import { Api } from '../api.mjs';
import { act, state, story } from '../support.mjs';

// Proves: S1e-4.3.7
story('old parts are owed, sent back, looked at, and what was falsely declared is kept back', async ({ open, server }) => {
  const people = await crew(server.url);
  const keeper = await Api.signIn(server.url, 'hz01-kg6');
  const ticket = await ticketIn('repairing', people, { warranty: '保内' });
  const store = await keeper.first('listWarehouses', { kind: 'good' }, (one) => one.is_active);
  const part = await keeper.first('listProducts', { q: '星澜 X9 屏' });
  const came = await keeper.call('createStockDoc', {
    body: { kind: 'stock_in', warehouse_id: store.id, lines: [{ product_id: part.id, quantity: '2', unit_cost: '10.00' }] },
  });
  await keeper.call('postStockDoc', { id: came.id, version: came.version });
  const { bench } = people;
  const planned = await bench.step('addTicketParts', ticket.id, { lines: [{ product_id: part.id, quantity: '1', warehouse_id: store.id }] });
  const lines = [{ line_id: planned.parts[0].id, quantity: '1' }];
  await bench.step('issueTicketParts', ticket.id, { lines });
  await bench.step('useTicketParts', ticket.id, { lines });
  await bench.step('finishTicket', ticket.id);

  // the store finds it among what is owed, ticks it and gets a draft
  const page = await open({ user: 'hz01-kg6' });
  page.tolerate(/sessions\/refresh/);
  await page.goto('/stock/owed-parts?is_overdue=true&sort=due_on');
  await page.getByText('逾期').first().waitFor();
  await page.sizes('owed-parts');
  await page.accessible();
  await page.goto(`/stock/owed-parts?state=open&q=${ticket.number}`);
  await page.getByRole('link', { name: /^QJ/ }).first().waitFor();
  await page.locator('tbody input[type=checkbox]').first().check();
  await page.getByRole('button', { name: '生成返还单' }).click();
  await page.waitForURL(/\/stock\/part-returns\/[0-9a-f-]{36}$/);
  const back = new URL(page.url()).pathname;
  await state(page, '草稿');
  await page.getByRole('link', { name: '编辑', exact: true }).click();
  await page.waitForURL(/\/edit$/);
  await page.locator('#f-courier').fill('顺丰速运');
  await page.locator('#f-tracking_number').fill('SF1440012345678');
  await page.sizes('part-return-form');
  await page.getByRole('button', { name: '保存' }).click();
  await page.waitForURL(/\/stock\/part-returns\/[0-9a-f-]{36}$/);
  await act(page, '发出');
  await state(page, '返还途中');

  // headquarters finds a good part that was declared bad
  const office = await open({ user: 'zb01' });
  office.tolerate(/sessions\/refresh/);
  await office.goto(back);
  await state(office, '返还途中');
  await act(office, '收货核对', async (dialog) => {
    await dialog.getByRole('radio', { name: '好坏虚报' }).check({ force: true });
    await office.sizes('part-return-examine');
  });
  await state(office, '已核对');
  await office.getByText('好坏虚报').first().waitFor();
  await office.sizes('part-return');
  await office.accessible();
  const price = Number(part.warranty_price);
  const seen = await keeper.call('getPartReturn', { id: back.split('/').at(-1) });
  assert.equal(seen.deduction.amount, (price * 3).toFixed(2), 'three times its price');
  await office.getByRole('link', { name: /^QJ/ }).first().click();
  await state(office, '好坏虚报');
  await office.sizes('owed-part');

  // taken back: it is on its way again
  await office.goto(back);
  await office.getByRole('button', { name: '撤销核对', exact: true }).click();
  const why = office.getByRole('dialog');
  await why.locator('textarea').first().fill('看错了');
  await why.getByRole('button', { name: '撤销核对', exact: true }).click();
  await state(office, '返还途中');
  await office.goto('/stock/part-return-policy');
  await office.getByText('坏件返还期限').first().waitFor();
  await office.accessible();
  await office.sizes('part-return-policy');
});

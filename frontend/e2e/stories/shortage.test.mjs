// A repair waits for a part; the part arrives, is reserved for it, and the repair goes on by itself.
import assert from 'node:assert/strict';
import { crew, ticketIn } from '../tickets.mjs';
import { Api } from '../api.mjs';
import { state, story, until } from '../support.mjs';

// Proves: S4-9.10, S4-1.1s2
story('a repair that waits for a part goes on when the part arrives', async ({ open, server }) => {
  const people = await crew(server.url);
  const keeper = await Api.signIn(server.url, 'hz01-kg6');
  const ticket = await ticketIn('repairing', people);
  const part = await keeper.first('listProducts', { q: '星澜 X9 屏' });
  const store = await keeper.first('listWarehouses', { kind: 'good' }, (one) => one.is_active);
  // more than any store has
  const waits = await people.bench.step('addTicketParts', ticket.id, { lines: [{ product_id: part.id, quantity: '900' }] });
  assert.equal(waits.state, 'awaiting_parts');

  const bench = await open({ user: 'hz01-gc3' });
  bench.tolerate(/sessions\/refresh/);
  await bench.goto(`/service/tickets/${ticket.id}`);
  await state(bench, '待料');
  await bench.locator('#parts').getByRole('link', { name: '缺料单' }).click();
  await bench.waitForURL(/\/stock\/shortages\/[0-9a-f-]{36}$/);
  const shortage = new URL(bench.url()).pathname;
  await state(bench, '待料');
  await bench.sizes('shortage');
  await bench.accessible();

  // the store asks for it with one click: part, quantity and station are there already
  const clerk = await open({ user: 'hz01-kg6' });
  clerk.tolerate(/sessions\/refresh/);
  await clerk.goto('/stock/shortages?state=waiting');
  await clerk.getByRole('link', { name: /^QL/ }).first().waitFor();
  await clerk.sizes('shortages');
  await clerk.goto(shortage);
  await clerk.getByRole('link', { name: '申请调拨' }).click();
  await clerk.waitForURL(/\/stock\/requisitions\/new/);
  await clerk.waitForFunction(() => Number(document.querySelector('#f-lines-0-quantity')?.value) > 1);
  await clerk.sizes('shortage-requisition');

  // it arrives
  const draft = await keeper.call('createStockDoc', {
    body: { kind: 'stock_in', warehouse_id: store.id, lines: [{ product_id: part.id, quantity: '900', unit_cost: '10.00' }] },
  });
  await keeper.call('postStockDoc', { id: draft.id, version: draft.version });
  const id = shortage.split('/').at(-1);
  await until('the part is allocated', async () => (await keeper.call('getShortage', { id })).state === 'allocated');
  const after = await people.bench.call('getTicket', { id: ticket.id });
  assert.equal(after.state, 'repairing');

  await bench.goto(shortage);
  await state(bench, '已分配');
  await bench.goto(`/service/tickets/${ticket.id}`);
  await state(bench, '维修中');
  await bench.getByRole('button', { name: /通知/ }).first().click();
  await bench.getByText('缺料已到齐').first().waitFor();
});

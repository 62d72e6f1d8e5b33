// The same main job as in main-job.test.mjs, by a plain program over the documented API: seven people, one ticket, both ledgers.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Api, fen, imei } from '../api.mjs';
import { png } from '../files.mjs';
import { story } from '../support.mjs';

/** Takes a unit in; answers the ticket and the request, for a retry. */
async function intake(desk, serial) {
  const named = (kind, words) => desk.first('listDictionaryEntries', { kind, q: words });
  const [fault, charger, outside] = await Promise.all([named('fault', '屏'), named('accessory', '充电器'), named('warranty_state', '保外')]);
  const product = await desk.first('listProducts', { q: '星澜 X9', kind: 'unit' });
  const body = {
    priority: 'normal',
    channel: 'counter',
    accept: true,
    serial,
    product_id: product.id,
    warranty_state_id: outside.id,
    fault_ids: [fault.id],
    fault_text: '摔落后屏幕碎裂，触摸失灵',
    new_customer: { name: '林小满', kind: 'person', phone: `139${serial.slice(-8)}` },
    accessories: [{ accessory_id: charger.id, quantity: '1', condition: 'good' }],
    appearance: '左上角磕碰',
  };
  const key = randomUUID();
  return { key, body, product, first: await desk.send('createTicket', { body, key }) };
}

// Proves: S4-1.1, S4-1.1A, S1d-2.1, S1d-3.2
story('a program takes a unit from reception to audit over the documented API, and the books tie', async ({ server, t }) => {
  const as = (login) => Api.signIn(server.url, login);
  const serial = imei();

  // reception; the network fails, the program asks again with the same key
  const desk = await as('hz01-qt2');
  const { key, body, first } = await intake(desk, serial);
  assert.equal(first.status, 201, JSON.stringify(first.body));
  const { id, number } = first.body;
  assert.match(number, /^RE\d+$/);
  assert.equal(first.body.state, 'pending_diagnosis');
  const again = await desk.send('createTicket', { body, key });
  assert.equal(again.status, 201);
  assert.equal(again.headers.get('idempotent-replayed'), 'true');
  assert.deepEqual(again.body, first.body, 'a retry gets the first answer');
  const other = await desk.send('createTicket', { body: { ...body, appearance: '别的' }, key });
  assert.equal(other.status, 422, 'the same key with another body is refused');
  const found = await desk.call('listTickets', { query: { q: serial } });
  assert.equal(found.items.length, 1, 'one ticket, however often it was sent');

  // an engineer of the station repairs it with a part from the store
  const bench = await as('hz01-gc3');
  await desk.step('assignTicket', id, { engineer_id: bench.me.user_id });
  const method = await bench.first('listDictionaryEntries', { kind: 'repair_method', q: '更换屏幕' });
  const { faults } = await bench.call('getTicket', { id });
  await bench.step('diagnoseTicket', id, {
    fault_ids: faults.map((fault) => fault.fault_id),
    findings: '屏幕总成损坏，主板正常',
    methods: [{ method_id: method.id }],
  });
  const { items } = await bench.call('listStock', { query: { q: '屏', limit: '200', condition: 'good', org_id: first.body.org_id } });
  const stocked = items.find((row) => Number(row.available) >= 1 && row.product_name.startsWith('星澜') && row.place.kind === 'warehouse');
  assert.ok(stocked, 'the store holds a screen');
  let ticket = await bench.step('addTicketParts', id, { lines: [{ product_id: stocked.product_id, quantity: '1' }] });
  const line = ticket.parts[0];
  const moves = { lines: [{ line_id: line.id, quantity: '1' }] };
  const issueKey = randomUUID();
  const issued = await bench.send('issueTicketParts', { id, version: ticket.version, body: moves, key: issueKey });
  assert.equal(issued.status, 200, JSON.stringify(issued.body));
  const reissued = await bench.send('issueTicketParts', { id, version: ticket.version, body: moves, key: issueKey });
  assert.equal(reissued.headers.get('idempotent-replayed'), 'true', 'stock leaves the shelf once');
  assert.equal(reissued.body.parts[0].issued, '1');
  const stale = await bench.send('useTicketParts', { id, version: ticket.version, body: { lines: [{ line_id: line.id, quantity: '1' }] } });
  assert.equal(stale.status, 412, 'a stale version is refused');
  await bench.step('useTicketParts', id, { lines: [{ line_id: line.id, quantity: '1' }] });
  ticket = await bench.step('finishTicket', id, {});
  assert.equal(ticket.state, 'pending_qc');

  // nobody inspects the own work, and a door that is shut says so
  const own = await bench.send('passTicket', { id, version: ticket.version, body: {} });
  assert.ok([403, 409].includes(own.status), `${own.status} ${JSON.stringify(own.body)}`);
  const inspector = await as('hz01-zj5');
  ticket = await inspector.step('passTicket', id, {});

  // the cashier settles and takes the money in two ways
  const till = await as('cw01');
  ticket = await till.step('settleTicket', id, {});
  const due = fen(ticket.charges.customer_due);
  assert.ok(due > 1000, 'out of warranty: the customer pays');
  const payments = [
    { method: 'cash', amount: { amount: '10.00', currency: 'CNY' } },
    { method: 'wechat', amount: { amount: ((due - 1000) / 100).toFixed(2), currency: 'CNY' } },
  ];
  const collectKey = randomUUID();
  const paid = await till.send('collectTicket', { id, version: ticket.version, body: { payments }, key: collectKey });
  assert.equal(paid.status, 200, JSON.stringify(paid.body));
  const repaid = await till.send('collectTicket', { id, version: ticket.version, body: { payments }, key: collectKey });
  assert.equal(repaid.headers.get('idempotent-replayed'), 'true');
  assert.equal(fen(repaid.body.received), due, 'the money was taken once');
  assert.equal(fen(repaid.body.open), 0);

  // pickup with a signature, callback, audit
  const query = { subject_kind: 'ticket', subject_id: id, purpose: 'signature', file_name: 'signature.png' };
  const signature = await desk.call('uploadAttachment', { query, body: png(), type: 'application/octet-stream' });
  const held = (await desk.call('getTicket', { id })).accessories.map((accessory) => accessory.id);
  await desk.step('pickUpTicket', id, { signature_id: signature.id, returned_accessory_ids: held, on_credit: false });
  await (await as('kf01')).step('callBackTicket', id, { outcome: 'satisfied', score: 5 });
  const office = await as('zb01');
  ticket = await office.step('auditTicket', id, {});
  assert.equal(ticket.state, 'audited');

  // both ledgers, and every rule of the books
  const kinds = ticket.documents.map((document) => document.kind);
  for (const kind of ['engineer_issue', 'repair_consumption', 'settlement', 'receipt']) assert.ok(kinds.includes(kind), `${kind} in ${kinds}`);
  assert.equal(kinds.filter((kind) => kind === 'receipt').length, 1, 'one receipt');
  const entries = (await office.call('listLedgerEntries', { query: { origin_id: id, limit: '200' } })).items;
  assert.ok(entries.length >= 4, 'issue, consumption, settlement and receipt are in the books');
  for (const row of entries) {
    const { lines } = await office.call('getLedgerEntry', { id: row.id });
    const side = (name) => lines.reduce((sum, posting) => sum + fen(posting[name]), 0);
    assert.equal(side('debit'), side('credit'), `${row.number} balances to the fen`);
    assert.equal(row.origin_number, number, `${row.number} names its ticket`);
  }
  const books = await (await as('gl01')).call('checkInvariants');
  assert.ok(books.is_clean, JSON.stringify(books.checks.filter((check) => check.violations.length)));
  assert.ok(books.checks.length >= 10 && books.checks.some((check) => check.checked > 0), 'the rules looked at something');
  t.diagnostic(`${number}: ${entries.length} entries, ${books.checks.length} rules of the books hold`);
});

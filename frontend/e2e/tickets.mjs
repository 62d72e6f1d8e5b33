// Tickets in any stage, made over the API, for stories that begin in the middle of the job.
import assert from 'node:assert/strict';
import { Api, imei } from './api.mjs';

const STAGES = ['pending_diagnosis', 'assigned', 'repairing', 'pending_qc', 'pending_pickup', 'settled'];

/** The people of the Hangzhou station who move a ticket on. */
export async function crew(url) {
  const [desk, bench, inspector, till] = await Promise.all(['hz01-qt2', 'hz01-gc3', 'hz01-zj5', 'cw01'].map((login) => Api.signIn(url, login)));
  return { desk, bench, inspector, till };
}

/** A repair, which the customer pays unless the warranty says otherwise, moved on until it stands in `stage`. Answers the ticket. */
export async function ticketIn(stage, { desk, bench, inspector, till }, { warranty = '保外' } = {}) {
  assert.ok(STAGES.includes(stage), stage);
  const named = (kind, words) => desk.first('listDictionaryEntries', { kind, q: words });
  const [fault, cover, method] = await Promise.all([named('fault', '屏'), named('warranty_state', warranty), named('repair_method', '更换屏幕')]);
  const product = await desk.first('listProducts', { q: '星澜 X9', kind: 'unit' });
  const serial = imei();
  let ticket = await desk.call('createTicket', {
    body: {
      priority: 'normal', channel: 'counter', accept: true, serial, product_id: product.id, warranty_state_id: cover.id,
      fault_ids: [fault.id], new_customer: { name: '周到', kind: 'person', phone: `136${serial.slice(-8)}` },
    },
  });
  const { id } = ticket;
  const steps = {
    assigned: () => desk.step('assignTicket', id, { engineer_id: bench.me.user_id }),
    repairing: () => bench.step('diagnoseTicket', id, { fault_ids: [fault.id], findings: '屏幕总成损坏', methods: [{ method_id: method.id }] }),
    pending_qc: () => bench.step('finishTicket', id),
    pending_pickup: () => inspector.step('passTicket', id),
    settled: () => till.step('settleTicket', id),
  };
  for (const name of STAGES.slice(1, STAGES.indexOf(stage) + 1)) ticket = await steps[name]();
  return ticket;
}

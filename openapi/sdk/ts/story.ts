// The main job over the TypeScript client, whose types come from openapi.json (openapi-typescript) and whose calls from openapi-fetch.
// Environment: STORY_URL, STORY_PASSWORD, STORY_WORKBOOK (customers to import), STORY_CUSTOMER (one of them), STORY_PHOTO, STORY_SERIAL.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import createClient from 'openapi-fetch';
import type { components, paths } from './schema';

type Ticket = components['schemas']['Ticket'];
type DictionaryKind = components['schemas']['DictionaryKind'];

const env = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};
const baseUrl = env('STORY_URL');

/** The body of a success; anything else is thrown with the problem in it. */
function ok<T>(reply: { data?: T; error?: unknown; response: Response }): T {
  if (reply.data === undefined) throw new Error(`${reply.response.url}: ${reply.response.status} ${JSON.stringify(reply.error)}`);
  return reply.data;
}

/** Signs a person in: a client with the token, and who it is. */
async function signIn(login: string) {
  const anonymous = createClient<paths>({ baseUrl });
  const session = ok(await anonymous.POST('/api/v1/identity/sessions', { body: { login, password: env('STORY_PASSWORD') } }));
  const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${session.access_token}`, 'Accept-Language': 'en' } });
  return { api, me: session.me };
}
type Person = Awaited<ReturnType<typeof signIn>>;

const etag = (ticket: Ticket) => `"${ticket.version}"`;
const headers = (ticket: Ticket) => ({ 'If-Match': etag(ticket), 'Idempotency-Key': randomUUID() });
const named = async ({ api }: Person, kind: DictionaryKind, q: string) => {
  const page = ok(await api.GET('/api/v1/master/dictionaries', { params: { query: { kind, q } } }));
  assert.ok(page.items[0], `a dictionary entry ${kind} ${q}`);
  return page.items[0].id;
};

/** A file as the body: the document says bytes, which TypeScript writes as a string. */
const file = (path: string) => ({
  body: path,
  bodySerializer: () => new Blob([readFileSync(path)]),
  headers: { 'Content-Type': 'application/octet-stream' },
});

/** Imports a workbook: first only checked, then for good. Answers the imported customer. */
async function importCustomers(clerk: Person) {
  for (const is_dry_run of [true, false]) {
    const query = { dataset: 'customer', is_dry_run, file_name: 'customers.xlsx' } as const;
    let operation = ok(await clerk.api.POST('/api/v1/master/imports', { params: { query }, ...file(env('STORY_WORKBOOK')) }));
    for (let asked = 0; !['done', 'failed', 'cancelled'].includes(operation.state); asked += 1) {
      assert.ok(asked < 300, 'the import ends');
      await new Promise((resume) => setTimeout(resume, 200));
      operation = ok(await clerk.api.GET('/api/v1/system/operations/{id}', { params: { path: { id: operation.id } } }));
    }
    assert.equal(operation.state, 'done', operation.error ?? '');
    const report = JSON.parse(operation.result ?? '{}') as { rows: number; imported: number };
    assert.deepEqual([report.rows, report.imported], [2, is_dry_run ? 0 : 2], 'a dry run records nothing');
  }
  const found = ok(await clerk.api.GET('/api/v1/master/customers', { params: { query: { q: env('STORY_CUSTOMER') } } }));
  assert.equal(found.items.length, 1);
  return found.items[0]!.id;
}

/** Takes a unit in; the same request again is the same ticket, another one under the same key is refused. */
async function intake(desk: Person, customer_id: string) {
  const [fault, warranty] = await Promise.all([named(desk, 'fault', '屏'), named(desk, 'warranty_state', '保外')]);
  const products = ok(await desk.api.GET('/api/v1/master/products', { params: { query: { q: '星澜 X9', kind: 'unit' } } }));
  const body: components['schemas']['IntakeDraft'] = {
    priority: 'normal', channel: 'counter', accept: true, customer_id, serial: env('STORY_SERIAL'),
    product_id: products.items[0]!.id, warranty_state_id: warranty, fault_ids: [fault], fault_text: 'screen broken',
  };
  const header = { 'Idempotency-Key': randomUUID() };
  const first = await desk.api.POST('/api/v1/service/tickets', { params: { header }, body });
  const ticket = ok(first);
  const again = await desk.api.POST('/api/v1/service/tickets', { params: { header }, body });
  assert.equal(again.response.headers.get('Idempotent-Replayed'), 'true');
  assert.deepEqual(ok(again), ticket, 'a retry gets the first answer');
  const other = await desk.api.POST('/api/v1/service/tickets', { params: { header }, body: { ...body, appearance: 'scratched' } });
  assert.deepEqual([other.response.status, other.error?.code], [422, 'idempotency_mismatch']);
  return { ticket, fault };
}

/** Reads a list to its end; answers how many rows it had. */
async function pageThrough({ api }: Person) {
  const seen = new Set<string>();
  let pages = 0;
  let total = 0;
  for (let cursor: string | undefined; ;) {
    const query = { limit: 7, kind: 'unit', include_total: true, ...(cursor === undefined ? {} : { cursor }) };
    const page = ok(await api.GET('/api/v1/master/products', { params: { query } }));
    page.items.forEach((row) => seen.add(row.id));
    pages += 1;
    total = page.total?.count ?? 0;
    if (!page.has_more || page.next_cursor === null) break;
    cursor = page.next_cursor;
  }
  assert.ok(pages > 1, 'more than one page');
  assert.equal(seen.size, total, 'every row once');
  return seen.size;
}

const [desk, bench, inspector, till, care, office, clerk] = await Promise.all(
  ['hz01-qt2', 'hz01-gc3', 'hz01-zj5', 'cw01', 'kf01', 'zb01', 'hz01-kg6'].map(signIn) as [
    Promise<Person>, Promise<Person>, Promise<Person>, Promise<Person>, Promise<Person>, Promise<Person>, Promise<Person>],
);
const customer = await importCustomers(clerk);
let { ticket, fault } = await intake(desk, customer);
const path = { id: ticket.id };
const tickets = '/api/v1/service/tickets/{id}' as const;

// a photo, and what the server made of it
const query = { subject_kind: 'ticket', subject_id: ticket.id, purpose: 'appearance', file_name: 'front.png' };
const photo = ok(await desk.api.POST('/api/v1/system/attachments', { params: { query }, ...file(env('STORY_PHOTO')) }));
const small = ok(await desk.api.GET('/api/v1/system/attachments/{id}/thumbnail', { params: { path: { id: photo.id } }, parseAs: 'arrayBuffer' }));
assert.deepEqual([...new Uint8Array(small).slice(0, 3)], [0xff, 0xd8, 0xff], 'a JPEG');

// conflicts: a step that is not due, a version that is not the present one
const early = await till.api.POST(`${tickets}/settle`, { params: { path, header: headers(ticket) }, body: {} });
assert.deepEqual([early.response.status, early.error?.code], [409, 'state_conflict']);
const before = ticket;
ticket = ok(await desk.api.POST(`${tickets}/assign`, { params: { path, header: headers(ticket) }, body: { engineer_id: bench.me.user_id } }));
const method_id = await named(bench, 'repair_method', '更换屏幕');
const body = { fault_ids: [fault], findings: 'screen assembly broken', methods: [{ method_id }] };
const stale = await bench.api.POST(`${tickets}/diagnose`, { params: { path, header: headers(before) }, body });
assert.deepEqual([stale.response.status, stale.error?.code], [412, 'stale']);

// on to the end
ticket = ok(await bench.api.POST(`${tickets}/diagnose`, { params: { path, header: headers(ticket) }, body }));
ticket = ok(await bench.api.POST(`${tickets}/finish`, { params: { path, header: headers(ticket) }, body: {} }));
ticket = ok(await inspector.api.POST(`${tickets}/pass-qc`, { params: { path, header: headers(ticket) }, body: {} }));
ticket = ok(await till.api.POST(`${tickets}/settle`, { params: { path, header: headers(ticket) }, body: {} }));
const { customer_due } = ticket.charges;
assert.ok(Number(customer_due.amount) > 0, 'out of warranty: the customer pays');
const collected: components['schemas']['CollectDraft'] = { payments: [{ method: 'cash', amount: customer_due }] };
const paying = { params: { path, header: headers(ticket) }, body: collected };
ticket = ok(await till.api.POST(`${tickets}/collect`, paying));
const repaid = await till.api.POST(`${tickets}/collect`, paying);
assert.equal(repaid.response.headers.get('Idempotent-Replayed'), 'true', 'the money is taken once');
const sign = { subject_kind: 'ticket', subject_id: ticket.id, purpose: 'signature', file_name: 'signature.png' };
const signature = ok(await desk.api.POST('/api/v1/system/attachments', { params: { query: sign }, ...file(env('STORY_PHOTO')) }));
ticket = ok(await desk.api.GET(tickets, { params: { path } }));
ticket = ok(await desk.api.POST(`${tickets}/pick-up`, { params: { path, header: headers(ticket) }, body: { signature_id: signature.id, returned_accessory_ids: [] } }));
ticket = ok(await care.api.POST(`${tickets}/call-back`, { params: { path, header: headers(ticket) }, body: { outcome: 'satisfied', score: 5 } }));
ticket = ok(await office.api.POST(`${tickets}/audit`, { params: { path, header: headers(ticket) }, body: {} }));
assert.equal(ticket.state, 'audited');

console.log(`TypeScript: ${ticket.number} from intake to audit, ${customer_due.amount} ${customer_due.currency} collected, ${await pageThrough(desk)} products read page by page`);

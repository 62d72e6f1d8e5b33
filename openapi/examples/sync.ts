// Copies what changed into another system: every ticket that changed since the last time, page by page, oldest change first. What is
// printed at the end is where the next run begins. AFTERCARE_SINCE=2026-11-01T00:00:00.000Z node dist/sync.js
import createClient from 'openapi-fetch';
import type { components, paths } from './schema';

const { AFTERCARE_URL, AFTERCARE_LOGIN, AFTERCARE_PASSWORD, AFTERCARE_SINCE } = process.env;
const api = createClient<paths>({ baseUrl: AFTERCARE_URL ?? 'http://127.0.0.1:8080', headers: { 'Accept-Language': 'en' } });

const session = await api.POST('/api/v1/identity/sessions', {
  body: { login: AFTERCARE_LOGIN ?? 'hz01-qt2', password: AFTERCARE_PASSWORD ?? 'demo-2026' },
});
if (!session.data) throw new Error(session.error.detail);
const headers = { Authorization: `Bearer ${session.data.access_token}` };

/** Every ticket that changed at or after an instant. */
async function* changed(since: string): AsyncGenerator<components['schemas']['TicketRow']> {
  for (let cursor: string | undefined; ;) {
    const query = { 'updated_at[gte]': since, sort: 'updated_at', limit: 200, ...(cursor === undefined ? {} : { cursor }) };
    const page = await api.GET('/api/v1/service/tickets', { params: { query }, headers });
    if (!page.data) {
      // 429 and 503 say when to come back; anything else is a mistake of ours
      const wait = page.response.headers.get('Retry-After');
      if (!page.error.retryable || wait === null) throw new Error(`${page.error.code}: ${page.error.detail}`);
      await new Promise((resume) => setTimeout(resume, Number(wait) * 1000));
      continue;
    }
    yield* page.data.items;
    if (page.data.next_cursor === null) return;
    cursor = page.data.next_cursor;
  }
}

let count = 0;
let next = AFTERCARE_SINCE ?? '1970-01-01T00:00:00.000Z';
for await (const ticket of changed(next)) {
  // Here the row goes into the other system. It may come twice (`at or after`), so that system writes by id.
  count += 1;
  next = ticket.updated_at;
}
console.log(`${count} tickets; go on at ${next}`);

import assert from 'node:assert/strict';
import { story, until } from '../support.mjs';

story('the page comes up without a fault, small and from one binary', async ({ open, server }) => {
  const page = await open();
  // the first visit asks for a session that nobody has begun yet: Chromium logs the 401
  page.tolerate(/sessions\/refresh/);
  await until('the application has drawn something', () => page.evaluate(() => document.body.innerText.trim().length > 0));
  assert.equal(await page.evaluate(() => document.documentElement.dataset.boot ?? 'fine'), 'fine');
  assert.equal(await page.title() !== '', true);

  const html = await (await fetch(server.url)).text();
  const names = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  assert.ok(names.some((name) => name.endsWith('.wasm')), 'the page names its module');
  for (const name of names) {
    const reply = await fetch(server.url + name, { headers: { 'accept-encoding': 'br' } });
    assert.equal(reply.status, 200, name);
    assert.equal(reply.headers.get('content-encoding'), 'br', `${name} is sent compressed`);
    assert.match(reply.headers.get('cache-control') ?? '', /immutable/, `${name} may be kept for ever`);
  }
});

story('a page of the application answers on its own address, an unknown asset does not', async ({ server }) => {
  const page = await fetch(`${server.url}/service/tickets`, { headers: { accept: 'text/html' } });
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type'), /text\/html/);
  assert.match(page.headers.get('content-security-policy') ?? '', /'wasm-unsafe-eval'/);
  assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /script-src[^;]*'unsafe-inline'/);
  assert.equal((await fetch(`${server.url}/assets/none.js`)).status, 404);
});

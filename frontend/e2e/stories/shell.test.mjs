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

story('a folded group of the menu stays folded until one of its pages is open', async ({ open }) => {
  const page = await open({ user: 'zb01' });
  page.tolerate(/sessions\/refresh/);
  await page.goto('/stock/balances');
  const heading = page.getByRole('button', { name: '库存单据', exact: true });
  const link = page.locator('.side-link', { hasText: '调拨单' }).first();
  await link.waitFor();
  assert.equal(await heading.getAttribute('aria-expanded'), 'true');
  await heading.click();
  await link.waitFor({ state: 'hidden' });
  await page.reload();
  await page.getByRole('button', { name: '库存单据', exact: true }).waitFor();
  assert.equal(await heading.getAttribute('aria-expanded'), 'false');
  await page.sizes('menu-folded');
  await page.goto('/stock/transfers');
  await link.waitFor();
  await page.accessible();
});

story('a report with more rows than fit is drawn a hundred at a time', async ({ open, server }) => {
  const page = await open({ user: 'zb01' });
  page.tolerate(/sessions\/refresh/);
  await page.goto('/stock/turnover');
  const rows = page.locator('main tbody tr');
  await rows.first().waitFor();
  const more = page.getByRole('button', { name: '再显示 100 行' });
  await more.waitFor();
  assert.equal(await rows.count(), 100, server.url);
  await more.click();
  await until('more rows are drawn', async () => (await rows.count()) > 100);
  await page.getByRole('button', { name: '全部显示' }).click();
  await until('all rows are drawn', async () => (await more.count()) === 0);
  await page.sizes('turnover-all');
});

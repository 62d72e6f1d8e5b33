// How quick the browser application is, in a real Chromium: AFTERCARE_BIN=... node speed.mjs
//
// Starts the server on 10,000 tickets (AFTERCARE_E2E_DATA keeps them for the next time) and measures, each with what it is held to:
//   first page     from the navigation until the login form can be filled in, with nothing in the cache; at once and over 10 Mbit/s
//                  with a processor four times slower
//   home           the same for somebody who is signed in, until the figures stand there
//   route change   from the click on a link until the other page is drawn, and until its data is; every page of the menu, second visit
//   long list      frames a second while 10,000 rows scroll by
// Ends with 1 when something is slower than it is held to. Environment as in support.mjs.
import { launch, openPage } from './browser.mjs';
import { Server, loadDemo } from './server.mjs';

const ROUNDS = 5;
const ROWS = 10_000;
const PATIENCE = 120_000;
process.env.AFTERCARE_DEMO_SCALE ??= 'd10k';

const results = [];
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
function report(what, values, { most, least, unit = 'ms' }) {
  const [low, mid, high] = [Math.min(...values), median(values), Math.max(...values)].map((value) => Math.round(value));
  const kept = most === undefined ? mid >= least : mid <= most;
  results.push(kept);
  console.log(`${kept ? 'kept' : 'MISS'}  ${what.padEnd(58)} ${String(mid).padStart(6)} ${unit} (${low} to ${high}), held to ${most ?? least}`);
}

/** Time since the navigation began, once all of it is there. */
const since = (page, ready) => page.waitForFunction(ready, undefined, { polling: 'raf' }).then(() => page.evaluate(() => performance.now()));
const canLogIn = () => document.querySelector('input[autocomplete="username"]')?.getClientRects().length > 0;
const isDrawn = () => Boolean(document.querySelector('main h1')) && !document.querySelector('main .skeleton, main [aria-busy="true"]');

async function slowly(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const speed = (10 * 1024 * 1024) / 8;
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 20, downloadThroughput: speed, uploadThroughput: speed });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

async function empty(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.clearBrowserCache');
}

await loadDemo();
const server = await Server.start();
const browser = await launch();
try {
  for (const [how, prepare, most] of [['loopback', async () => {}, 1000], ['10 Mbit/s, processor 4 times slower', slowly, 3500]]) {
    const times = { login: [], home: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const context = await browser.newContext({ baseURL: server.url, locale: 'zh-CN' });
      const page = await context.newPage();
      await prepare(page);
      await page.goto('/', { waitUntil: 'commit' });
      times.login.push(await since(page, canLogIn));
      await context.close();
      const home = await openPage(browser, server, { user: 'hz01-zz1' });
      await home.waitForFunction(isDrawn);
      await empty(home);
      await prepare(home);
      await home.reload({ waitUntil: 'commit' });
      times.home.push(await since(home, isDrawn));
      await home.close();
    }
    report(`first page, ${how}`, times.login, { most });
    report(`home, ${how}`, times.home, { most });
  }

  const page = await openPage(browser, server, { user: 'gl01' });
  page.tolerate(/./);
  await page.waitForFunction(isDrawn);
  const links = await page.evaluate(() => [...new Set([...document.querySelectorAll('nav.side a[href^="/"]')].map((link) => link.getAttribute('href')))]);
  const drawn = [];
  const filled = [];
  const slowest = [];
  for (const visit of [1, 2]) {
    for (const href of links) {
      const [first, all] = await page.evaluate(async (to) => {
        const title = () => `${location.pathname} ${document.querySelector('main h1')?.textContent}`;
        const [before, begun] = [title(), performance.now()];
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const until = async (is) => {
          while (!is() && performance.now() - begun < 10_000) await frame();
          return performance.now() - begun;
        };
        [...document.querySelectorAll('nav.side a')].find((link) => link.getAttribute('href') === to).click();
        const seen = await until(() => title() !== before && document.querySelector('main h1'));
        return [seen, await until(() => !document.querySelector('main .skeleton, main [aria-busy="true"]'))];
      }, href);
      if (visit === 1) continue;
      drawn.push(first);
      filled.push(all);
      slowest.push([all, href]);
    }
  }
  report(`route change, page drawn (${links.length} pages)`, drawn, { most: 150 });
  report('route change, data there', filled, { most: 150 });
  console.log(`      slowest: ${slowest.toSorted((a, b) => b[0] - a[0]).slice(0, 3).map(([ms, href]) => `${href} ${Math.round(ms)} ms`).join(', ')}`);

  await page.goto('/service/tickets');
  await page.locator('main tbody tr').first().waitFor();
  const rows = () => page.evaluate(() => document.querySelectorAll('main tbody tr').length);
  const begun = Date.now();
  for (let count = await rows(); count < ROWS && Date.now() - begun < PATIENCE; count = await rows()) {
    const isMore = await page.evaluate(() => {
      const more = document.querySelector('.list-foot button');
      more?.click();
      return Boolean(more);
    });
    if (!isMore) break;
    await page.waitForFunction((seen) => document.querySelectorAll('main tbody tr').length > seen, count, { timeout: PATIENCE });
  }
  const count = await rows();
  console.log(`      ${count} rows after ${Math.round((Date.now() - begun) / 1000)} s${count < ROWS ? `: the list has not shown ${ROWS} by then` : ''}`);
  results.push(count >= ROWS);
  const devtools = await page.context().newCDPSession(page);
  const rates = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.evaluate(() => {
      window.frames_seen = [];
      const note = (now) => {
        window.frames_seen.push(now);
        window.frames_wanted = requestAnimationFrame(note);
      };
      window.frames_wanted = requestAnimationFrame(note);
    });
    await devtools.send('Input.synthesizeScrollGesture', { x: 700, y: 500, yDistance: round % 2 ? 12_000 : -12_000, speed: 4000, gestureSourceType: 'mouse' });
    rates.push(await page.evaluate(() => {
      cancelAnimationFrame(window.frames_wanted);
      const seen = window.frames_seen;
      return ((seen.length - 1) * 1000) / (seen.at(-1) - seen[0]);
    }));
  }
  report(`long list, ${count} rows scroll by`, rates, { least: 50, unit: 'frames a second' });
  await page.close();
} finally {
  await browser.close();
  await server.dispose();
}
process.exitCode = results.every(Boolean) ? 0 : 1;

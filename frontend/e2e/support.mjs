// What every browser story stands on: the real binary with demo data on a free loopback port, and a real Chromium.
//
//   import { story } from '../support.mjs';
//
//   // Proves: S4-1.2
//   story('a receptionist takes in a broken phone', async ({ open }) => {
//     const page = await open({ user: 'R0001' });
//     await page.getByRole('link', { name: '新建工单' }).click();
//     ...
//     await page.sizes('intake');      // screenshots in three sizes
//     await page.accessible();         // axe: no violation
//   });
//
// Each file has its own server and its own copy of the demo data (node runs each file in a process of its own), each `open` its own
// browser context. A story fails when a page logged an error, threw, or got a 5xx, unless it said `page.tolerate(/.../)` before.
//
// Environment
//   AFTERCARE_BIN          the server binary; required unless AFTERCARE_URL is set
//   AFTERCARE_URL          use this running server instead (its data will be changed)
//   AFTERCARE_E2E_DATA     a data folder to copy instead of loading the demo data again (run.mjs sets it)
//   AFTERCARE_E2E_SHOTS    where screenshots go; default frontend/e2e/screenshots
//   AFTERCARE_PASSWORD     password of the demo users; default demo-2026
//   AFTERCARE_CHROMIUM     default /usr/bin/chromium
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { Server } from './server.mjs';

export { Server, until } from './server.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const SHOTS = process.env.AFTERCARE_E2E_SHOTS || join(HERE, 'screenshots');
export const PASSWORD = process.env.AFTERCARE_PASSWORD || 'demo-2026';
export const SIZES = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
};

// --- the browser ---------------------------------------------------------------------------------------------------------------

const launch = () =>
  chromium.launch({
    executablePath: process.env.AFTERCARE_CHROMIUM || '/usr/bin/chromium',
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

/** A Playwright page with the helpers of this harness. */
async function openPage(browser, server, { user, password = PASSWORD, path = '/', locale = 'zh-CN', size = 'desktop', scheme = 'light', ...context } = {}) {
  const ctx = await browser.newContext({
    baseURL: server.url,
    locale,
    timezoneId: 'Asia/Shanghai',
    viewport: SIZES[size],
    colorScheme: scheme,
    reducedMotion: 'reduce',
    hasTouch: size === 'phone',
    ...context,
  });
  ctx.setDefaultTimeout(10_000);
  const page = await ctx.newPage();
  const faults = [];
  const tolerated = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()} (${message.location().url})`));
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('response', (reply) => reply.status() >= 500 && faults.push(`${reply.status()}: ${reply.request().method()} ${reply.url()}`));

  return Object.assign(page, {
    /** From here on, faults that match are part of the story (Chromium logs each 4xx reply as an error). */
    tolerate: (...patterns) => tolerated.push(...patterns),
    faults: () => faults.filter((fault) => !tolerated.some((pattern) => pattern.test(fault))),

    /** Logs in through the login page and waits until it is gone. */
    async login(name, secret = PASSWORD) {
      if (!page.url().startsWith(server.url)) await page.goto('/');
      await page.locator('input[autocomplete="username"]').fill(name);
      await page.locator('input[autocomplete="current-password"]').fill(secret);
      await page.locator('form button[type="submit"]').click();
      await page.locator('input[autocomplete="current-password"]').waitFor({ state: 'detached' });
    },

    /** One screenshot in the present size. */
    async shot(name) {
      mkdirSync(SHOTS, { recursive: true });
      await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: false, animations: 'disabled', caret: 'hide' });
    },

    /** Screenshots in the three sizes, each without a horizontal scroll bar. */
    async sizes(name) {
      const before = page.viewportSize();
      for (const [label, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
        await page.shot(`${name}-${label}`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(overflow <= 0, `${name} at ${viewport.width} px is ${overflow} px too wide`);
      }
      await page.setViewportSize(before);
    },

    /** axe with the WCAG 2.2 AA rules: no violation. */
    async accessible(...except) {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .disableRules(except)
        .analyze();
      const found = violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${v.help}\n    ${node.target.join(' ')}\n    ${node.html.slice(0, 200)}`));
      assert.equal(found.length, 0, `axe found ${found.length} violation(s) on ${page.url()}\n  ${found.join('\n  ')}`);
    },

    async start() {
      await page.goto(path);
      if (user) await page.login(user, password);
      return page;
    },
    close: () => ctx.close(),
  }).start();
}

// --- a story -------------------------------------------------------------------------------------------------------------------

let server;
let browser;
after(async () => {
  await browser?.close();
  await server?.dispose();
});

/** One test. `tell` gets `{ open, server, t }`; `open(options)` gives a logged-in page. */
export function story(title, tell, options = {}) {
  test(title, { timeout: 180_000, ...options }, async (t) => {
    server ??= await Server.start();
    browser ??= await launch();
    const pages = [];
    const open = async (how) => {
      const page = await openPage(browser, server, how);
      pages.push(page);
      return page;
    };
    try {
      await tell({ open, server, t });
      assert.deepEqual(pages.flatMap((page) => page.faults()), [], 'a page reported faults');
    } catch (error) {
      const slug = title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60);
      for (const [index, page] of pages.entries()) {
        await page.shot(`failed-${slug}-${index}`).catch(() => {});
        t.diagnostic(`page ${index}: ${page.url()} ${page.faults().join('; ')}`);
      }
      if (server.child === null || server.log) t.diagnostic(`server log:\n${server.tail(20)}`);
      throw error;
    } finally {
      await Promise.all(pages.map((page) => page.close().catch(() => {})));
    }
  });
}

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
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const HERE = dirname(fileURLToPath(import.meta.url));
const SHOTS = process.env.AFTERCARE_E2E_SHOTS || join(HERE, 'screenshots');
export const PASSWORD = process.env.AFTERCARE_PASSWORD || 'demo-2026';
export const SIZES = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
};

// --- the server ----------------------------------------------------------------------------------------------------------------

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Waits for a fact; the only place that looks at a clock. */
export async function until(what, check, { timeout = 15_000, every = 100 } = {}) {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await check();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`timed out waiting until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

export class Server {
  /** Starts the binary on `data` (a copy of the demo data when left out), or points at AFTERCARE_URL. */
  static async start({ data, env = {}, port } = {}) {
    const server = new Server();
    if (process.env.AFTERCARE_URL && !data) {
      server.url = process.env.AFTERCARE_URL.replace(/\/$/, '');
      return server;
    }
    server.bin = process.env.AFTERCARE_BIN;
    if (!server.bin) throw new Error('AFTERCARE_BIN names no server binary (or set AFTERCARE_URL)');
    server.owned = !data;
    server.data = data ?? mkdtempSync(join(tmpdir(), 'aftercare-e2e-'));
    if (!data && process.env.AFTERCARE_E2E_DATA) cpSync(process.env.AFTERCARE_E2E_DATA, server.data, { recursive: true });
    server.env = { AFTERCARE_DEMO_SCALE: 'small', RUST_LOG: 'warn', ...process.env, ...env };
    server.port = port ?? (await freePort());
    server.url = `http://127.0.0.1:${server.port}`;
    await server.launch();
    return server;
  }

  async launch() {
    this.log = join(this.data, 'server.log');
    const out = openSync(this.log, 'a');
    this.child = spawn(this.bin, ['serve', '--demo', '--data', this.data, '--listen', `127.0.0.1:${this.port}`], {
      env: this.env,
      stdio: ['ignore', out, out],
    });
    this.ended = new Promise((resolve) => {
      this.child.once('exit', (code, signal) => resolve(signal ?? code));
      this.child.once('error', (error) => resolve(error.message));
    });
    let ended = null;
    this.ended.then((how) => (ended = how));
    try {
      await until('the server is ready', async () => {
        if (ended !== null) throw new Error(`the server ended (${ended})`);
        return fetch(`${this.url}/readyz`).then((reply) => reply.ok, () => false);
      }, { timeout: 180_000 });
    } catch (error) {
      error.message += `\n--- end of ${this.log}\n${this.tail()}`;
      await this.stop('SIGKILL');
      throw error;
    }
  }

  tail(lines = 40) {
    return this.log ? readFileSync(this.log, 'utf8').split('\n').slice(-lines).join('\n') : '';
  }

  /** Ends the process that this object started, by its id. Answers its exit code. */
  async stop(signal = 'SIGTERM') {
    if (!this.child) return null;
    this.child.kill(signal);
    const late = setTimeout(() => this.child.kill('SIGKILL'), 15_000);
    const how = await this.ended;
    clearTimeout(late);
    this.child = null;
    return how;
  }

  /** Stops and starts again on the same data and the same port; `SIGKILL` for a crash. */
  async restart(signal = 'SIGTERM') {
    await this.stop(signal);
    await this.launch();
  }

  async dispose() {
    await this.stop();
    if (this.owned) rmSync(this.data, { recursive: true, force: true });
  }
}

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

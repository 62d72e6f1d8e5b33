// A real Chromium and its pages: sizes, signing in, pictures, axe. See support.mjs for the environment it reads.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const HERE = dirname(fileURLToPath(import.meta.url));
const SHOTS = process.env.AFTERCARE_E2E_SHOTS || join(HERE, 'screenshots');
export const PASSWORD = process.env.AFTERCARE_PASSWORD || 'demo-2026';
export const SIZES = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
};

export const launch = () =>
  chromium.launch({
    executablePath: process.env.AFTERCARE_CHROMIUM || '/usr/bin/chromium',
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Waits until the page has drawn nothing new for a while: axe measures where things are, and things that move are nowhere. */
const still = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let timer;
        const until = (ms) => {
          clearTimeout(timer);
          timer = setTimeout(() => {
            observer.disconnect();
            resolve();
          }, ms);
        };
        const observer = new MutationObserver(() => until(150));
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        until(150);
        // what never rests is looked at as it is
        setTimeout(() => {
          observer.disconnect();
          resolve();
        }, 5000);
      }),
  );

/**
 * What axe finds on a page by the rules of WCAG 2.2 AA, one line each. `only`: these rules instead of all; `within`: this part only.
 * axe stays in the page, so that the next look at the same document is quick. What it finds, it has to find twice: a page that was
 * still being laid out when it looked first has no faults of its own.
 */
export async function violations(page, options = {}) {
  const found = await look(page, options);
  return found.length === 0 ? found : look(page, options);
}

async function look(page, { except = [], only, within }) {
  if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(axe.source);
  await still(page);
  // colours in between are nobody's; what turns for ever is not waited for
  await page.evaluate(() => {
    const passing = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    return Promise.all(passing.map((animation) => animation.finished.catch(() => {})));
  });
  const rules = Object.fromEntries(except.map((rule) => [rule, { enabled: false }]));
  const runOnly = only ? { type: 'rule', values: only } : { type: 'tag', values: TAGS };
  const found = await page.evaluate(
    async ([context, options]) => {
      const { violations } = await window.axe.run(context ?? document, options);
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, html, any }) => ({ id, help, target: target.join(' '), html, why: any.map(({ message }) => message).join('; ') })),
      );
    },
    [within, { runOnly, rules, resultTypes: ['violations'] }],
  );
  return found.map(({ id, help, target, html, why }) => `${id}: ${help}\n    ${target}\n    ${html.slice(0, 200)}\n    ${why.slice(0, 300)}`);
}

/** What does not fit into the window: the page itself, or a control that its surroundings cut off and nobody can scroll to. */
export const misfits = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const found = wide > 0 ? [`the page is ${wide} px too wide`] : [];
    const scrolls = (element) => element && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    for (const control of document.querySelectorAll('header button, main button, main a, main input, main select, dialog[open] button')) {
      const { right, width, left } = control.getBoundingClientRect();
      const hidden = width < 2 || right < 0 || getComputedStyle(control).visibility === 'hidden' || control.closest('.skip, .for-reader, thead');
      if (!hidden && (right > innerWidth + 1 || left < -1) && !scrolls(control.parentElement)) found.push(`cut off: ${control.outerHTML.slice(0, 120)}`);
    }
    return found;
  });

/** A Playwright page with the helpers of this harness. */
export async function openPage(browser, server, { user, password = PASSWORD, path = '/', locale = 'zh-CN', size = 'desktop', scheme = 'light', ...context } = {}) {
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
      const found = await violations(page, { except });
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

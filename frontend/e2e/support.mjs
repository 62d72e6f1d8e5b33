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
import { after, test } from 'node:test';
import { launch, openPage } from './browser.mjs';
import { Server } from './server.mjs';

export { PASSWORD, SIZES, misfits, violations } from './browser.mjs';
export { Server, until } from './server.mjs';

// --- what people do --------------------------------------------------------------------------------------------------------------

/** Types into a picker and takes the first of what it offers. */
export async function pick(page, selector, words, offer = words) {
  const box = page.locator(selector);
  await box.click();
  await box.fill(words);
  const options = page.locator(`#${await box.getAttribute('aria-controls')} [role=option]:not([aria-disabled])`);
  await options.filter({ hasText: offer }).first().waitFor();
  await options.filter({ hasText: offer }).first().click();
}

/** Presses an action of the record, fills its dialog in, and sends it. */
export async function act(page, action, fill) {
  const bar = page.locator('.action-bar');
  const anywhere = page.getByRole('button', { name: action, exact: true });
  await bar.or(anywhere).first().waitFor();
  if (await bar.count()) {
    const button = bar.getByRole('button', { name: action, exact: true });
    // what is seldom done with a ticket hides behind a menu
    if (!(await button.isVisible())) await bar.getByRole('button', { name: '更多' }).click();
    await button.or(bar.getByRole('menuitemradio', { name: action, exact: true })).first().click();
  } else {
    await anywhere.first().click();
  }
  const sheet = page.getByRole('dialog');
  await sheet.waitFor();
  await fill?.(sheet);
  await sheet.getByRole('button', { name: action, exact: true }).click();
  await sheet.waitFor({ state: 'hidden' });
}

/** Begins the intake of a phone that nobody here has seen before: its customer, what it is, that the customer pays, and a broken screen. */
export async function beginIntake(page, { serial, name, phone = `139${serial.slice(-8)}` }) {
  const find = async (words) => {
    await page.locator('#find').fill(words);
    await page.locator('#find').press('Enter');
  };
  await find(phone);
  await page.waitForFunction((wanted) => document.querySelector('#f-new_customer-phone')?.value === wanted, phone);
  await find(serial);
  await page.getByText('没有该序列号的档案').waitFor();
  await page.locator('#f-new_customer-name').fill(name);
  await pick(page, '#f-product_id', '星澜 X9');
  await pick(page, '#f-warranty_state_id', '保外');
  await pick(page, '#f-fault_ids', '屏');
}

/** Waits until the record on the page stands in this state. */
export const state = (page, name) => page.locator('.page-title .tag', { hasText: name }).first().waitFor();

// --- a story -------------------------------------------------------------------------------------------------------------------

let server;
let browser;
after(async () => {
  await (await browser)?.close();
  await server?.dispose();
});

/** One test. `tell` gets `{ open, server, t }`; `open(options)` gives a logged-in page. */
export function story(title, tell, options = {}) {
  test(title, { timeout: 180_000, ...options }, async (t) => {
    server ??= await Server.start();
    const pages = [];
    const open = async ({ server: at = server, ...how } = {}) => {
      // a story that never looks needs no browser
      // ... and two pages that open at once share one: a browser that nobody closes would keep the process alive
      browser ??= launch();
      const page = await openPage(await browser, at, how);
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

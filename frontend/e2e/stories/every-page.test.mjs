// Every page of the application, as the sources name them: no fault in the console, nothing that WCAG 2.2 AA forbids in light or
// dark, nothing cut off on a phone, in Chinese and in English. A new page is here without anybody adding it.
import assert from 'node:assert/strict';
import { Api } from '../api.mjs';
import { crew, ticketIn } from '../tickets.mjs';
import { SIZES, misfits, story, violations } from '../support.mjs';
import { PEOPLE, patterns, walk, watch } from '../walk.mjs';

// Where the demo company may have nothing to show.
const MAY_BE_EMPTY = ['/finance/receivables/:id'];

// Rows of a long table are alike: what is wrong with one of the first is wrong with all, and a thousand take axe a minute.
const shorten = (page) =>
  page.evaluate(() => {
    for (const body of document.querySelectorAll('main tbody')) for (const row of [...body.rows].slice(60)) row.style.display = 'none';
  });

async function check(open, locale, left, slow) {
  const found = [];
  const full = locale === 'zh-CN';
  for (const user of PEOPLE) {
    if (left.size === 0) break;
    const page = await open({ user, locale });
    page.tolerate(/sessions\/refresh/, /about:srcdoc/);
    assert.equal(await page.evaluate(() => document.documentElement.lang.slice(0, 2)), locale.slice(0, 2), 'the first visit speaks the language of the browser');
    let within;
    for await (const { name } of walk(page, { left, settled: watch(page) })) {
      const began = Date.now();
      await shorten(page);
      const blame = (faults) => found.push(...faults.map((fault) => `${name} ${locale}: ${fault}`));
      // all rules once; what depends on the colours again in dark, what depends on the words again in English
      if (full) {
        // the frame around the page is the same everywhere: once is enough
        blame(await violations(page, { within }));
        await page.emulateMedia({ colorScheme: 'dark' });
        blame(await violations(page, { within, only: ['color-contrast'] }));
        within = 'main';
        await page.emulateMedia({ colorScheme: 'light' });
      }
      await page.setViewportSize(SIZES.phone);
      blame(await misfits(page));
      await page.setViewportSize(SIZES.desktop);
      if (Date.now() - began > 15_000) slow(`${name} took ${Math.round((Date.now() - began) / 1000)} s`);
    }
    await page.close();
  }
  return [...found, ...[...left].filter((pattern) => !MAY_BE_EMPTY.includes(pattern)).map((pattern) => `${pattern}: nobody sees it`)];
}

// Two walkers at a time, each with half of the pages.
for (const locale of ['zh-CN', 'en-GB']) {
  story(`every page can be read and used by everybody, ${locale}`, async ({ open, server, t }) => {
    // work in the background has a page once somebody has given some to do, even if it is a file that nobody can read
    const clerk = await Api.signIn(server.url, 'hz01-kg6');
    const query = { dataset: 'customer', is_dry_run: 'true', file_name: 'data.xlsx' };
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await clerk.call('startImport', { query, body: Buffer.from('no workbook'), type });
    // and so has what a repair waits for
    const people = await crew(server.url);
    const ticket = await ticketIn('repairing', people);
    const part = await clerk.first('listProducts', { q: '星澜 X9 屏' });
    await people.bench.step('addTicketParts', ticket.id, { lines: [{ product_id: part.id, quantity: '900' }] });
    const all = patterns();
    const halves = [0, 1].map((half) => new Set(all.filter((_, index) => index % 2 === half)));
    const found = (await Promise.all(halves.map((left) => check(open, locale, left, (what) => t.diagnostic(what))))).flat();
    assert.equal(found.length, 0, found.join('\n'));
    t.diagnostic(`${all.length} pages`);
  }, { timeout: 1_500_000 });
}

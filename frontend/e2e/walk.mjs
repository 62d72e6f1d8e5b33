// Every page of the application, found in its sources: a new page is walked over without anybody adding it here.
//
//   for await (const stop of walk(page, { lang: 'zh', wanted: /tickets/ })) { await page.screenshot(...) }
//
// The addresses come from the `Page::new("…")` rows of frontend/src/pages. A parameter is filled from the list that the address
// belongs to. Several logins share the work: each page is visited by the first of PEOPLE who may see it. `look.mjs` makes pictures
// of all of it, the story `every-page` checks it.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'pages');

/** Who walks, in the order in which they are asked. Together they see every page. */
export const PEOPLE = ['zb01', 'gl01', 'cw01', 'hz01-zz1', 'hz01-kg6', 'hz01-qt2', 'hz01-gc3'];

/** The addresses of all pages as the sources declare them, parameters as `:id`. */
export function patterns() {
  const files = readdirSync(SOURCES, { recursive: true }).filter((name) => name.endsWith('.rs'));
  const found = files.flatMap((name) => [...readFileSync(join(SOURCES, name), 'utf8').matchAll(/\bPage::new\(\s*"(\/[^"]*)"/g)].map((match) => match[1]));
  return [...new Set(found)].sort();
}

// Lists whose rows lead elsewhere than below their own address.

const LISTS = { '/print/receipt/:id': '/finance/receipts', '/stock/documents/:id': '/stock/documents', '/finance/receivables/:id': '/finance/receivables' };

// Parameters besides the id.
const FILLED = { '/print/:kind/:id': '/print/receipt/:id', '/system/print-templates/:kind/:paper': '/system/print-templates/ticket/a5' };

// What one pattern hides: a page that looks different for different records or questions.
const VARIANTS = {
  '/service/tickets': ['?state=repairing', '?q=zzzzzz'],
  '/master/dictionaries': ['?q=zzzzzz'],
  '/finance/receipts': ['?q=zzzzzz'],
};

/** In-app navigation: no reload, as a link does it. */
export async function go(page, path) {
  const here = new URL(page.url());
  if (here.pathname + here.search === path) return;
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
  }, path);
}

/** Counts the requests of the page that are on their way. Once per page. */
export function watch(page) {
  let open = 0;
  let last = Date.now();
  const change = (by) => () => {
    open = Math.max(0, open + by);
    last = Date.now();
  };
  page.on('request', change(1));
  page.on('requestfinished', change(-1));
  page.on('requestfailed', change(-1));
  return async (quiet = 120, longest = 30_000) => {
    const end = Date.now() + longest;
    while ((open > 0 || Date.now() - last < quiet) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    await page.waitForFunction(() => !document.querySelector('main .skeleton'), null, { timeout: longest }).catch((error) => {
      throw new Error(`${page.url()} is still being loaded after ${longest / 1000} s`, { cause: error });
    });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  };
}

/** Whether the reader may not see the page that is open. */
export const refused = (page) => page.evaluate(() => Boolean(document.querySelector('main [data-state="forbidden"]') || /没有权限|no permission/i.test(document.querySelector('main .state-title')?.textContent ?? '')));

/** The first record of a list, as its row links to it. */
async function first(page, list, settled, number = 0) {
  await go(page, list);
  await settled();
  return page.evaluate(
    ([prefix, n]) => {
      const links = [...document.querySelectorAll('main a[href]')].map((a) => a.getAttribute('href'));
      const rows = [...new Set(links.filter((href) => href.startsWith(prefix) && /[0-9a-f]{8}-[0-9a-f]{4}-7/.test(href)))];
      const link = rows[n];
      return link ? link.slice(prefix.length).split(/[/?]/)[0] : null;
    },
    [`${list}/`, number],
  );
}

/**
 * The pages that the person signed in on `page` may see, one after the other, each settled. Answers `{ pattern, path, name, ms }`.
 * `left` is a set of patterns that nobody has seen yet; what is seen is taken out of it.
 */
export async function* walk(page, { left, settled }) {
  const ids = new Map();
  for (const pattern of [...left]) {
    const paths = [];
    const shape = FILLED[pattern] ?? pattern;
    if (shape.includes(':id')) {
      const base = shape.slice(0, shape.indexOf('/:id'));
      const list = LISTS[`${base}/:id`] ?? base;
      if (!ids.has(list)) ids.set(list, await first(page, list, settled));
      const id = ids.get(list);
      if (!id) continue;
      paths.push(shape.replace(':id', id));
    } else {
      paths.push(shape, ...(VARIANTS[pattern] ?? []).map((query) => shape + query));
    }
    for (const path of paths) {
      const began = Date.now();
      await go(page, path);
      await settled();
      if (await refused(page)) break;
      left.delete(pattern);
      yield { pattern, path, name: nameOf(pattern, path), ms: Date.now() - began };
    }
  }
}

const nameOf = (pattern, path) => {
  const query = path.includes('?') ? `-${path.split('?')[1].replace(/\W+/g, '-')}` : '';
  return `${pattern === '/' ? 'home' : pattern.slice(1).replace(/:/g, '').replace(/\//g, '-')}${query}`;
};

// node .ci/cost.mjs [--markdown]: what each document costs in lines, over all packages.
//
// A line is one that is not blank. A file that several documents share (texts, migration, tests, stories, a test's company) is
// divided evenly among them. `elsewhere` are the lines of other files that register the document: those that say `DocKind::Name`.
// What all documents share, the kit, the ledgers and demo data, is nobody's. Whoever adds a document adds its row to the table
// below: a kind of document that is in no row, and a path that is gone, end with 1.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const BUDGET = 700;
// Where a document lives: `at` is its path in the contract and the pages, `crate` the folder in its crate when that is another one.
// The rest names what it shares: migrations, texts, tests, stories, more files.
const DOCUMENTS = {
  requisition: { at: 'stock/requisition', migration: ['m0800_'], text: ['delivery'], test: ['stock/transfer'], story: ['delivery'] },
  parts_plan: { at: 'stock/plan', more: ['openapi/src/trade/purchase/plan', 'backend/crates/trade/src/purchase/plan'], migration: ['m0997_'], text: ['parts_plan'], test: ['stock/plan'], story: ['plan'] },
  transfer: { at: 'stock/transfer', kinds: ['TransferOut', 'TransferIn'], migration: ['m0800_'], text: ['delivery'], test: ['stock/transfer'], story: ['delivery'] },
  stocktake: { at: 'stock/stocktake', kinds: ['StockDifference'], migration: ['m0820_', 'm0850_'], text: ['stocktake'], test: ['stock/stocktake'], story: ['stocktake'] },
  revaluation: { at: 'stock/revaluation', kinds: ['ValueChange'], migration: ['m0830_revaluation'], text: ['revaluation'], test: ['stock/revaluation'], story: ['stocktake'] },
  conversion: { at: 'stock/conversion', kinds: ['ConversionPosting'], migration: ['m0840_'], text: ['conversion'], test: ['stock/conversion'], story: ['conversion'] },
  refurb: { at: 'stock/refurb', kinds: ['RefurbPosting'], migration: ['m0880_', 'm0965_'], text: ['refurb'], test: ['stock/refurb', 'refurb_sale'], story: ['refurb'] },
  swap: { at: 'stock/swap', kinds: ['SwapPosting'], migration: ['m0870_', 'm0970_'], text: ['swap'], test: ['stock/swap'], story: ['swap'] },
  shortage: { at: 'service/shortage', pages: 'stock/shortage', migration: ['m0860_'], text: ['shortage'], test: ['ticket/shortage'], story: ['shortage'] },
  owed_part: { at: 'service/owed_part', pages: 'stock/owed_part', crate: 'service/part_return', migration: ['m0890_'], text: ['part_return'], test: ['ticket/part_return'], story: ['old-parts'] },
  part_return: { at: 'service/part_return', pages: 'stock/part_return', crate: 'service/part_return', migration: ['m0890_'], text: ['part_return'], test: ['ticket/part_return'], story: ['old-parts'] },
  purchase_order: { at: 'trade/purchase/order', migration: ['m0910_'], text: ['purchase'], test: ['purchase/order', 'purchase/mod'], story: ['purchase'] },
  goods_receipt: { at: 'trade/purchase/receipt', kinds: ['PurchaseIn'], migration: ['m0910_'], text: ['purchase'], test: ['purchase/order', 'purchase/mod'], story: ['purchase'] },
  supplier_invoice: { at: 'trade/purchase/invoice', migration: ['m0920_'], text: ['payable'], test: ['purchase/invoice', 'purchase/mod'], story: ['purchase'] },
  purchase_return: { at: 'trade/purchase/back', kinds: ['PurchaseOut'], migration: ['m0940_'], text: ['purchase_return'], test: ['purchase/back', 'purchase/mod'], story: ['purchase'] },
  payment: { at: 'finance/payment', migration: ['m0920_', 'm0960_'], text: ['payable'], test: ['purchase/payment', 'purchase/mod'], story: ['purchase'] },
  sales_order: { at: 'trade/wholesale/order', more: ['backend/crates/trade/src/wholesale/entity', 'backend/crates/trade/src/wholesale/import'], migration: ['m0950_'], text: ['wholesale'], test: ['wholesale/order', 'wholesale/dealer', 'wholesale/mod'], story: ['wholesale'] },
  sales_shipment: { at: 'trade/wholesale/shipment', more: ['backend/crates/trade/src/wholesale/entity'], kinds: ['SaleOut'], migration: ['m0950_'], text: ['wholesale'], test: ['wholesale/shipment', 'wholesale/mod'], story: ['wholesale'] },
  sales_return: { at: 'trade/wholesale/back', more: ['backend/crates/trade/src/wholesale/entity'], kinds: ['SaleIn'], migration: ['m0950_'], text: ['wholesale'], test: ['wholesale/shipment', 'wholesale/mod'], story: ['wholesale'] },
  retail_sale: { at: 'trade/retail/sale', crate: 'trade/retail', pages: 'trade/retail', not: ['/back', '/returns', '/member', '/policy'], migration: ['m0930_'], text: ['retail'], test: ['retail'], story: ['sales'] },
  retail_return: { at: 'trade/retail/back', crate: 'trade/retail', pages: 'trade/retail', not: ['/sale', '/counter', '/till', '/member', '/policy'], migration: ['m0930_'], text: ['retail'], test: ['retail'], story: ['sales'] },
  receipt: { at: 'finance/receipt', migration: ['m0640_'], text: ['finance'], test: ['finance'], story: ['main-job'] },
  settlement: { at: 'finance/settlement', migration: ['m0630_'], text: ['finance'], test: ['finance'], story: ['main-job'] },
};
// Kinds that are no document of their own: tickets, which are the application, and the plain documents of the stock ledger.
const OTHERS = ['Ticket', 'Callback', 'OpeningStock', 'StockIn', 'StockOut', 'EngineerIssue', 'EngineerReturn', 'RepairConsumption', 'OldPartIn', 'CustodyIn', 'CustodyOut', 'WarehouseMove', 'Destruction', 'BadPartReturn'];
const COLUMNS = ['contract', 'migration', 'backend', 'pages', 'texts', 'tests', 'stories', 'elsewhere'];

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\0').filter((path) => /\.(rs|mjs)$/.test(path));
const text = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]));
const lines = (path) => text.get(path).split('\n').filter((line) => line.trim()).length;
const camel = (name) => name.split('_').map((word) => word[0].toUpperCase() + word.slice(1)).join('');
const faults = [];

/** The files of a document, by column. */
function owned(name, { at, crate = at, pages = at, not = [], more = [], migration, text: texts, test, story }) {
  const [home, ...rest] = crate.split('/');
  const under = (prefix) => files.filter((path) => (path.startsWith(`${prefix}/`) || path === `${prefix}.rs`) && !not.some((part) => path.slice(prefix.length).startsWith(part)));
  const exactly = (prefix, list, suffix) => list.flatMap((one) => files.filter((path) => path === `${prefix}${one}${suffix}` || (suffix === '*' && path.startsWith(`${prefix}${one}`))));
  const found = {
    contract: under(`openapi/src/${at}`),
    migration: exactly('migrations/src/', migration, '*'),
    backend: [...under(`backend/crates/${home}/src/${rest.join('/')}`), ...more.flatMap(under)],
    pages: under(`frontend/src/pages/${pages}`),
    texts: exactly('frontend/src/text/area/', texts, '.rs'),
    tests: exactly('backend/tests/it/', test, '.rs'),
    stories: exactly('frontend/e2e/stories/', story, '.test.mjs'),
  };
  for (const column of Object.keys(found)) if (!found[column].length) faults.push(`${name}: nothing found for ${column}`);
  return found;
}

const all = Object.entries(DOCUMENTS).map(([name, row]) => ({ name, row, found: owned(name, row) }));
const shares = new Map();
for (const { found } of all) for (const path of Object.values(found).flat()) shares.set(path, (shares.get(path) ?? 0) + 1);
const registered = [...text.get('openapi/src/document.rs').matchAll(/^ {8}(\w+) = "/gm)].map((match) => match[1]);
const known = new Set([...OTHERS, ...all.flatMap(({ name, row }) => [camel(name), ...(row.kinds ?? [])])]);
for (const kind of registered) if (!known.has(kind)) faults.push(`DocKind::${kind} is in no row`);

const counted = all.map(({ name, row, found }) => {
  const cost = Object.fromEntries(Object.entries(found).map(([column, paths]) => [column, paths.reduce((sum, path) => sum + lines(path) / shares.get(path), 0)]));
  const own = new Set(Object.values(found).flat());
  const says = new RegExp(`DocKind::(${[camel(name), ...(row.kinds ?? [])].join('|')})\\b`);
  cost.elsewhere = files.filter((path) => !own.has(path)).reduce((sum, path) => sum + text.get(path).split('\n').filter((line) => says.test(line)).length, 0);
  return { name, cost, total: COLUMNS.reduce((sum, column) => sum + cost[column], 0) };
}).sort((a, b) => a.total - b.total);

const table = [['document', ...COLUMNS, 'total'], ...counted.map(({ name, cost, total }) => [name, ...COLUMNS.map((column) => String(Math.round(cost[column]))), String(Math.round(total))])];
if (process.argv.includes('--markdown')) {
  const [head, ...rows] = table.map((row) => `| ${row.join(' | ')} |`);
  console.log([head, `|${' --- |'.repeat(COLUMNS.length + 2)}`, ...rows].join('\n'));
} else {
  const width = table[0].map((_, at) => Math.max(...table.map((row) => row[at].length)));
  for (const row of table) console.log(row.map((cell, at) => (at ? cell.padStart(width[at]) : cell.padEnd(width[at]))).join('  '));
}
const within = counted.filter(({ total }) => total <= BUDGET).length;
const median = counted[Math.floor(counted.length / 2)].total;
console.log(`\n${counted.length} documents, ${within} within the budget of ${BUDGET} lines; the one in the middle costs ${Math.round(median)}`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length ? 1 : 0;

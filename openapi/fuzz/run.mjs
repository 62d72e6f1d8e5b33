// Sends openapi.json's own requests, valid and invalid, to the real server as four people, and holds every answer against it.
//
//   AFTERCARE_BIN=target/debug/aftercare node run.mjs <schemathesis> <folder for the reports>
//   FUZZ_SEED=7      what is sent follows from it; without it from the document itself, so that one revision repeats itself
//   FUZZ_SECONDS=110 how long: all of it for the administrator, a third of it for each of the others
//   FUZZ_ROLE=gl01   one person only
//
// Each person gets a server and a copy of the demo data of their own, so that none changes what another meets. It ends with the figures:
// operations, requests, server errors (5xx), undocumented answers (status, media type, headers, schema), wrong requests that were accepted.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Server, loadDemo } from '../../frontend/e2e/server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const document = resolve(here, '../openapi.json');
const schemathesis = resolve(process.argv[2]);
const seed = process.env.FUZZ_SEED || String(parseInt(createHash('sha256').update(readFileSync(document)).digest('hex').slice(0, 8), 16));
const seconds = Number(process.env.FUZZ_SECONDS || 110);
const password = process.env.AFTERCARE_PASSWORD || 'demo-2026';

// Two lanes for two processors: the administrator may do everything and has one to himself.
const lanes = [
  [{ login: 'gl01', role: 'administrator', seconds }],
  [
    { login: 'hz01-qt2', role: 'reception', seconds: seconds / 3 },
    { login: 'hz01-gc3', role: 'engineer', seconds: seconds / 3 },
    { login: 'hz01-kg6', role: 'storekeeper', seconds: seconds / 3 },
  ],
].map((lane) => lane.filter(({ login }) => !process.env.FUZZ_ROLE || process.env.FUZZ_ROLE === login));

const SERVER = {
  // a test of answers, not of limits, which have tests of their own
  AFTERCARE_REQUESTS_PER_MINUTE: '100000000',
  AFTERCARE_TRUSTED_PROXIES: '127.0.0.1',
};

// kinds of findings by schemathesis' own names
const UNDOCUMENTED = ['UndefinedStatusCode', 'UndefinedContentType', 'MissingContentType', 'MalformedMediaType', 'JsonSchemaError', 'MalformedJson', 'MissingHeaders', 'UnexpectedHeaders'];

const reports = resolve(process.argv[3]);
rmSync(reports, { recursive: true, force: true });

/** Runs a program to its end; answers its exit code and what it printed. */
function run(command, args, options) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const text = [];
    child.stdout.on('data', (part) => text.push(part));
    child.stderr.on('data', (part) => text.push(part));
    child.once('error', failed);
    child.once('close', (code) => done({ code, text: Buffer.concat(text).toString() }));
  });
}

async function attack({ login, role, seconds: time }) {
  const folder = join(reports, login);
  mkdirSync(folder, { recursive: true });
  const server = await Server.start({ env: SERVER, own: true });
  try {
    const began = Date.now();
    const counts = join(folder, 'counts.json');
    const { code, text } = await run(
      schemathesis,
      [
        '--config-file', join(here, 'schemathesis.toml'), 'run', document, '--url', server.url, '--seed', seed, '--no-color',
        '--max-time', String(Math.max(1, Math.round(time))), '--report', 'json', '--report-dir', folder,
      ],
      { cwd: here, env: { ...process.env, FUZZ_URL: server.url, FUZZ_LOGIN: login, FUZZ_PASSWORD: password, FUZZ_COUNTS: counts, PYTHONDONTWRITEBYTECODE: '1' } },
    );
    writeFileSync(join(folder, 'schemathesis.txt'), text);
    const report = readdirSync(folder).find((name) => name.startsWith('json-'));
    if (!report) throw new Error(`schemathesis left no report as ${login} (${code}):\n${text}`);
    const { operations, failures, errors } = JSON.parse(readFileSync(join(folder, report), 'utf8'));
    const statuses = Object.entries(JSON.parse(readFileSync(counts, 'utf8')));
    const panics = server.tail(100_000).split('\n').filter((line) => /panicked at/.test(line));
    const result = { login, role, code, text, operations, failures, errors, statuses, panics };
    const sent = total(statuses, () => true);
    console.log(`${role} (${login}): ${operations.tested} operations, ${sent} requests in ${Math.round((Date.now() - began) / 1000)} s; ` +
      `${['2', '3', '4', '5'].map((digit) => `${total(statuses, (status) => status[0] === digit)} × ${digit}xx`).join(', ')}`);
    return result;
  } finally {
    await server.dispose();
  }
}

const total = (statuses, fits) =>
  statuses.reduce((sum, [, counts]) => sum + Object.entries(counts).reduce((part, [status, count]) => part + (fits(status) ? count : 0), 0), 0);

await loadDemo();
console.log(`seed ${seed}   (FUZZ_SEED=${seed} .ci/test fuzz sends the same again)`);

const results = (await Promise.all(lanes.map(async (lane) => {
  const done = [];
  for (const person of lane) done.push(await attack(person));
  return done;
}))).flat();

const bad = results.filter(({ code, panics }) => code !== 0 || panics.length > 0);
for (const { login, role, text, panics } of bad) {
  console.log(`\n=== ${role} (${login})\n${text.slice(-12_000)}\n${panics.join('\n')}`);
}
const kinds = results.flatMap(({ failures }) => failures);
const found = (fits) => kinds.filter(({ type }) => fits(type)).reduce((sum, { count }) => sum + count, 0);
const tested = new Set(results.flatMap(({ statuses }) => statuses.map(([label]) => label)));
const succeeded = new Set(results.flatMap(({ statuses }) => statuses.filter(([, counts]) => Object.keys(counts).some((status) => status[0] === '2')).map(([label]) => label)));
const undocumented = found((type) => UNDOCUMENTED.includes(type));
const errors5xx = results.reduce((sum, { statuses }) => sum + total(statuses, (status) => status[0] === '5'), 0);
const other = found((type) => !UNDOCUMENTED.includes(type) && type !== 'ServerError');
const panics = results.reduce((sum, result) => sum + result.panics.length, 0);
console.log(`\nfuzz: ${tested.size} of ${results[0]?.operations.total ?? 0} operations (${succeeded.size} did their work), ${results.reduce((sum, { statuses }) => sum + total(statuses, () => true), 0)} requests, ` +
  `${errors5xx} server errors, ${panics} panics, ${undocumented} undocumented answers, ${other} other findings, seed ${seed}`);
process.exit(bad.length === 0 && errors5xx === 0 && tested.size === results[0]?.operations.total ? 0 : 1);

// Makes the three clients from openapi.json, compiles them, and has each of them do the main job against the real server; then runs the
// examples of ../examples as a reader would. Nothing that is made here is committed.
//
//   AFTERCARE_BIN=target/debug/aftercare SDK_OUT=target/sdk SDK_PYTHON=target/venv/sdk node --test sdk.test.mjs
//
// SDK_PYTHON is a virtual environment with requirements.txt in it: the Python generator, and the wheel that carries OpenAPI Generator's
// jar. That jar also holds Jackson, which the Java client needs, so that no other package is fetched.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { png, xlsx } from '../../frontend/e2e/files.mjs';
import { Server, loadDemo } from '../../frontend/e2e/server.mjs';
import { runHttpFile } from './http-file.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const document = resolve(here, '../openapi.json');
const examples = resolve(here, '../examples');
const out = resolve(process.env.SDK_OUT);
const python = resolve(process.env.SDK_PYTHON, 'bin');
const password = process.env.AFTERCARE_PASSWORD || 'demo-2026';
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NODE_TEST')));

/** Runs a program to its end and answers what it printed; a failure shows it. */
function run(command, args, { cwd = out, env = {} } = {}) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd, env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const parts = [];
    child.stdout.on('data', (part) => parts.push(part));
    child.stderr.on('data', (part) => parts.push(part));
    child.once('error', failed);
    child.once('close', (code) => {
      const text = Buffer.concat(parts).toString();
      if (code === 0) done(text.trim());
      else failed(new Error(`${command} ${args.slice(0, 3).join(' ')} ... ended with ${code}\n${text.slice(-8000)}`));
    });
  });
}

const fresh = (name) => {
  const folder = join(out, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
};
const files = (folder, ending) => readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(ending)).map((name) => join(folder, name));

// --- making the clients ---------------------------------------------------------------------------------------------------------

async function typescript() {
  const folder = fresh('typescript');
  for (const name of ['package.json', 'tsconfig.json', 'story.ts']) copyFileSync(join(here, 'ts', name), join(folder, name));
  files(examples, '.ts').forEach((path) => cpSync(path, join(folder, path.slice(examples.length + 1))));
  symlinkSync(join(here, 'ts', 'node_modules'), join(folder, 'node_modules'));
  await run('node_modules/.bin/openapi-typescript', [document, '-o', 'schema.d.ts'], { cwd: folder });
  await run('node_modules/.bin/tsc', ['-p', '.'], { cwd: folder });
  return folder;
}

async function pythonClient() {
  const folder = fresh('python');
  const text = await run(join(python, 'openapi-python-client'), ['generate', '--path', document, '--output-path', 'client', '--config', join(here, 'python', 'config.yaml')], {
    cwd: folder,
    env: { PATH: `${python}:${process.env.PATH}` },
  });
  assert.doesNotMatch(text, /warning/i, 'nothing of the document is left out of the Python client');
  return join(folder, 'client');
}

async function java() {
  const folder = fresh('java');
  const jar = join((await run(join(python, 'python'), ['-c', 'import openapi_generator_cli as it; print(it.__path__[0])'])), 'openapi-generator.jar');
  const options = 'openApiNullable=false,hideGenerationTimestamp=true,useJakartaEe=true,annotationLibrary=none,documentationProvider=none';
  const parts = 'apis,models,supportingFiles,apiDocs=false,modelDocs=false,apiTests=false,modelTests=false';
  const text = await run('java', ['-jar', jar, 'generate', '-i', document, '-g', 'java', '--library', 'native', '-o', 'client',
    '--invoker-package', 'com.aftercare.sdk', '--api-package', 'com.aftercare.sdk.api', '--model-package', 'com.aftercare.sdk.model',
    '--additional-properties', options, '--global-property', parts], { cwd: folder });
  const warnings = text.split('\n').filter((line) => line.includes('WARN') && !/3\.1 support is still in beta|schema name: null/.test(line));
  assert.deepEqual(warnings, [], 'nothing of the document is left out of the Java client');
  const sources = [...files(join(folder, 'client/src/main'), '.java'), ...files(join(here, 'java'), '.java')];
  writeFileSync(join(folder, 'sources'), sources.join('\n'));
  await run('javac', ['-proc:none', '-nowarn', '-J-XX:TieredStopAtLevel=1', '-encoding', 'UTF-8', '-d', 'classes', '-cp', jar, '@sources'], { cwd: folder });
  return `${join(folder, 'classes')}:${jar}`;
}

// --- telling the stories --------------------------------------------------------------------------------------------------------

let server;
const made = {};

before(async () => {
  mkdirSync(out, { recursive: true });
  await loadDemo();
  server = await Server.start({ env: { AFTERCARE_REQUESTS_PER_MINUTE: '1000000' }, own: true });
  // generators keep the two processors busy by themselves: each starts at once, a failure is that of its own test
  for (const [name, make] of Object.entries({ typescript, python: pythonClient, java })) {
    made[name] = make();
    made[name].catch(() => {});
  }
});
after(() => server?.dispose());

let stories = 0;

/** What a story works with: a serial and a workbook that no other one has. */
function story() {
  stories += 1;
  const number = randomInt(1e7);
  const name = `进口客户${number}`;
  const workbook = join(out, `customers-${number}.xlsx`);
  const phone = (last) => `135${String(number).padStart(7, '0')}${last}`;
  writeFileSync(workbook, xlsx([['客户名称', '手机'], [name, phone(1)], [`另一位${number}`, phone(2)]]));
  const photo = join(out, 'photo.png');
  writeFileSync(photo, png());
  return {
    STORY_URL: server.url, STORY_PASSWORD: password, STORY_WORKBOOK: workbook, STORY_CUSTOMER: name, STORY_PHOTO: photo,
    STORY_SERIAL: `SDK-${number}-${stories}`,
  };
}

test('the TypeScript client is strictly typed and does the main job', async (t) => {
  t.diagnostic(await run('node', ['dist/story.js'], { cwd: await made.typescript, env: story() }));
});

test('the Python client does the main job', async (t) => {
  t.diagnostic(await run(join(python, 'python'), [join(here, 'python', 'story.py')], { env: { ...story(), PYTHONPATH: await made.python, PYTHONDONTWRITEBYTECODE: '1' } }));
});

test('the Java client does the main job', async (t) => {
  t.diagnostic(await run('java', ['-cp', await made.java, 'Story'], { env: story() }));
});

test('three stories later the books tie', async () => {
  const [file] = files(examples, 'books.http');
  const [, , books] = await runHttpFile(file, { host: server.url, password });
  assert.equal(books.body.is_clean, true, JSON.stringify(books.body.checks.filter((check) => check.violations.length)));
});

// --- the examples ----------------------------------------------------------------------------------------------------------------

const example = () => ({ AFTERCARE_URL: server.url, AFTERCARE_LOGIN: 'hz01-qt2', AFTERCARE_PASSWORD: password });

test('every example is run by a test', () => {
  const known = ['README.md', 'books.http', 'intake.http', 'intake.sh', 'sync.ts', 'upsert.py'];
  assert.deepEqual(readdirSync(examples).sort(), known);
});

test('example: intake over curl', async () => {
  const text = await run('bash', [join(examples, 'intake.sh'), story().STORY_PHOTO], { env: example() });
  assert.match(text, /RE\d+/, text);
});

test('example: intake as an HTTP file', async () => {
  const replies = await runHttpFile(join(examples, 'intake.http'), { host: server.url, password });
  assert.deepEqual(replies.map((reply) => reply.status).filter((status) => status >= 400), [], JSON.stringify(replies.map((reply) => reply.body)));
  assert.ok(replies.length >= 5, 'it has requests');
});

test('example: synchronise changed tickets with the TypeScript client', async () => {
  const folder = await made.typescript;
  const env = { ...example(), AFTERCARE_SINCE: '2000-01-01T00:00:00.000Z' };
  assert.match(await run('node', ['dist/sync.js'], { cwd: folder, env }), /^[1-9]\d* tickets/m);
});

test('example: bring customers over with the Python client, twice without a duplicate', async () => {
  const env = { ...example(), AFTERCARE_LOGIN: 'hz01-kg6', PYTHONPATH: await made.python, PYTHONDONTWRITEBYTECODE: '1' };
  const once = await run(join(python, 'python'), [join(examples, 'upsert.py')], { env });
  assert.equal(await run(join(python, 'python'), [join(examples, 'upsert.py')], { env }), once, 'the same records again');
});

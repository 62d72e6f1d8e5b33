// Runs the stories: node run.mjs [part of a file name ...]
// Loads the demo data once and gives each file a copy, so that stories share nothing and still start at once.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Server } from './server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, 'stories');
const wanted = process.argv.slice(2);
const files = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((name) => name.endsWith('.test.mjs') && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
  .sort()
  .map((name) => join(folder, name));
if (files.length === 0) {
  console.error('no story matches');
  process.exit(1);
}

const env = { ...process.env };
let template;
if (!env.AFTERCARE_URL && !env.AFTERCARE_E2E_DATA) {
  template = mkdtempSync(join(tmpdir(), 'aftercare-e2e-demo-'));
  process.once('exit', () => rmSync(template, { recursive: true, force: true }));
  const started = Date.now();
  const server = await Server.start({ data: template });
  await server.stop();
  console.log(`demo data loaded in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  env.AFTERCARE_E2E_DATA = template;
}

const child = spawn(process.execPath, ['--test', '--test-reporter=spec', `--test-concurrency=${env.AFTERCARE_E2E_CONCURRENCY || 1}`, ...files], { env, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));

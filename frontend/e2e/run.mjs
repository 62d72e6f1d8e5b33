// Runs the stories: node run.mjs [part of a file name ...]
// Loads the demo data once and gives each file a copy, so that stories share nothing and still start at once.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDemo } from './server.mjs';

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

await loadDemo();
const { env } = process;
const child = spawn(process.execPath, ['--test', '--test-reporter=spec', `--test-concurrency=${env.AFTERCARE_E2E_CONCURRENCY || 1}`, ...files], { env, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));

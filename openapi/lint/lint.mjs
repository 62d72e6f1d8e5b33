// node lint.mjs <openapi.json>: Redocly `recommended` and Spectral `spectral:oas`; one warning is one too many.
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const document = resolve(process.argv[2]);
const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
const run = (bin, ...args) => {
  const child = spawnSync(join(here, 'node_modules', '.bin', bin), args, { cwd: here, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  const start = child.stdout.search(/[[{]/);
  if (child.error || start < 0) throw new Error(`${bin} said nothing usable\n${child.error ?? ''}${child.stdout}${child.stderr}`);
  return JSON.parse(child.stdout.slice(start, Math.max(child.stdout.lastIndexOf('}'), child.stdout.lastIndexOf(']')) + 1));
};

const redocly = run('redocly', 'lint', document, '--config=redocly.yaml', '--format=json', '--max-problems=1000');
const spectral = run('spectral', 'lint', document, '--ruleset=spectral.yaml', '--format=json', '--quiet', '--fail-severity=hint');
const found = [
  ...redocly.problems.map((p) => `redocly  ${p.severity.padEnd(5)} ${p.ruleId}: ${p.message}  ${p.location?.[0]?.pointer ?? ''}`),
  ...spectral.map((p) => `spectral ${['error', 'warn', 'info', 'hint'][p.severity].padEnd(5)} ${p.code}: ${p.message}  #/${p.path.join('/')}`),
];
found.slice(0, 200).forEach((line) => console.log(line));
console.log(`openapi.json: ${found.length} problem(s)`);
process.exit(found.length === 0 ? 0 : 1);

// Turns what wasm-bindgen left into frontend/dist: names with a hash of the content, index.html, .br and .gz siblings.
//
//   node bundle.mjs release|dev <wasm-bindgen output> <frontend folder>
//
// dist/
//   index.html                                        never cached by the browser
//   assets/{boot,style,echarts}-<hash>.{js,css}       cached for ever
//   assets/app-<hash>/                                the module, its JavaScript and its parts, which name each other: one hash for all
//   everything of frontend/public                     as it is
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

// Bytes of the module, which the first page waits for, and of each part that is loaded later.
const BROTLI_LIMIT = 450_000; // over the wire
const RAW_LIMIT = 1_500_000; // in memory
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.wasm', '.svg', '.json', '.webmanifest', '.txt', '.map']);

const [mode, bindgen, frontend] = process.argv.slice(2);
const release = mode === 'release';
const dist = join(frontend, 'dist');
const next = join(frontend, 'dist.next');
const assets = join(next, 'assets');

const hash = (...parts) => {
  const h = createHash('sha256');
  for (const part of parts) h.update(part);
  return h.digest('hex').slice(0, 12);
};
const files = (folder) =>
  !existsSync(folder) ? [] : readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile()).sort();

/** Writes an asset under its hashed name and answers its URL. */
const asset = (name, content) => {
  const ext = extname(name);
  const hashed = `${basename(name, ext)}-${hash(content)}${ext}`;
  writeFileSync(join(assets, hashed), content);
  return `/assets/${hashed}`;
};

rmSync(next, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });

// static files
if (existsSync(join(frontend, 'public'))) cpSync(join(frontend, 'public'), next, { recursive: true });

// styles: one file, in the order of their names
const styles = files(join(frontend, 'style')).filter((path) => path.endsWith('.css'));
const css = styles.map((path) => `/* ${relative(frontend, path)} */\n${readFileSync(path, 'utf8').trim()}\n`).join('\n');
const style = css ? asset('style.css', css) : null;

// the module, its JavaScript, and the loader: a file of its own, so that the content security policy needs no inline script
const built = files(bindgen);
const folder = `app-${hash(...built.flatMap((path) => [relative(bindgen, path), readFileSync(path)]))}`;
cpSync(bindgen, join(assets, folder), { recursive: true });
const [script, module, linker] = ['app.js', 'app_bg.wasm', '__wasm_split.js'].map((name) => `/assets/${folder}/${name}`);
const boot = asset(
  'boot.js',
  `import init from '.${script.slice('/assets'.length)}';\n` +
    `init({ module_or_path: new URL('.${module.slice('/assets'.length)}', import.meta.url) }).catch((error) => {\n` +
    `  console.error(error);\n` +
    `  document.documentElement.dataset.boot = 'failed';\n` +
    `});\n`,
);

// charts: fetched by the application when the first one appears (frontend/src/ui/chart.rs)
const charts = asset('echarts.js', readFileSync(join(import.meta.dirname, 'node_modules/echarts/dist/echarts.common.min.js')));

// the page
const head = [
  `<meta name="echarts" content="${charts}">`,
  style && `<link rel="stylesheet" href="${style}">`,
  `<link rel="modulepreload" href="${script}">`,
  `<link rel="modulepreload" href="${linker}">`,
  `<link rel="preload" href="${module}" as="fetch" type="application/wasm" crossorigin>`,
  `<script type="module" src="${boot}"></script>`,
].filter(Boolean);
const page = readFileSync(join(frontend, 'index.html'), 'utf8');
if (!page.includes('</head>')) throw new Error('frontend/index.html has no </head>');
if (/<script(?![^>]*\ssrc=)|<[^>]+\son\w+=/i.test(page)) throw new Error('frontend/index.html has an inline script: the content security policy forbids it');
writeFileSync(join(next, 'index.html'), page.replace('</head>', `${head.map((line) => `  ${line}\n`).join('')}</head>`));

// compressed siblings: as tight as possible in a release, quick in development
const wasm = [];
for (const path of files(next)) {
  if (!COMPRESSIBLE.has(extname(path))) continue;
  const content = readFileSync(path);
  const text = extname(path) !== '.wasm';
  const br = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: release ? 11 : 3,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_MODE]: text ? constants.BROTLI_MODE_TEXT : constants.BROTLI_MODE_GENERIC,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  if (!text) wasm.push({ name: basename(path), raw: content.length, brotli: br.length, isModule: path.endsWith(module) });
  writeFileSync(`${path}.br`, br);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: release ? 9 : 3 }));
}

const kb = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
const size = ({ raw, brotli }) => `${kb(raw)} raw, ${kb(brotli)} brotli`;
const sum = (list) => list.reduce((a, b) => ({ raw: a.raw + b.raw, brotli: a.brotli + b.brotli }), { raw: 0, brotli: 0 });
const parts = wasm.filter((file) => !file.isModule).sort((a, b) => b.raw - a.raw);
console.log(`SPA (${mode}): module ${size(wasm.find((file) => file.isModule))} (limit ${kb(RAW_LIMIT)} raw, ${kb(BROTLI_LIMIT)} brotli)`);
console.log(`  ${parts.length} parts ${size(sum(parts))}: ${parts.filter((part) => part.raw > 20_000).map((part) => `${part.name} ${kb(part.raw)}`).join(', ')}`);
for (const file of release ? wasm.filter((file) => file.raw > RAW_LIMIT || file.brotli > BROTLI_LIMIT) : []) {
  console.error(`SPA: ${file.name} is larger than its budget: ${size(file)}`);
  process.exitCode = 1;
}
if (process.exitCode) process.exit();

// in one step, so that a server reading the folder never sees half a build
rmSync(`${dist}.old`, { recursive: true, force: true });
if (existsSync(dist)) renameSync(dist, `${dist}.old`);
renameSync(next, dist);
rmSync(`${dist}.old`, { recursive: true, force: true });

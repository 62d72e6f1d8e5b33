// Pictures of every page, to be looked at: node look.mjs [part of an address ...]
//
// Both languages, light and dark, three sizes; each page also through axe. Writes `screenshots/look/<page>-<lang>-<theme>-<size>.png`,
// a contact sheet per language, theme and size when ImageMagick is there, and a report of what is too wide, what axe found, what the
// console said and how long a page took. Environment as in support.mjs; AFTERCARE_URL looks at a server that runs already.
//   LOOK=zh,en,light,dark,desktop,tablet,phone   only these (default: all);  AXE=0 leaves axe out
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SIZES, launch, misfits, openPage, violations } from './browser.mjs';
import { Server } from './server.mjs';
import { PEOPLE, patterns, walk, watch } from './walk.mjs';

const folder = join(process.env.AFTERCARE_E2E_SHOTS || join(dirname(fileURLToPath(import.meta.url)), 'screenshots'), 'look');
const chosen = (process.env.LOOK ?? '').split(',').filter(Boolean);
const take = (all) => (all.some((one) => chosen.includes(one)) ? all.filter((one) => chosen.includes(one)) : all);
const langs = take(['zh', 'en']);
const themes = take(['light', 'dark']);
const sizes = take(Object.keys(SIZES));
const wanted = process.argv.slice(2);

const server = await Server.start();
const browser = await launch();
mkdirSync(folder, { recursive: true });
const report = [];
const slow = [];
const sheets = new Map();
try {
  for (const lang of langs) {
    const left = new Set(patterns().filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part))));
    for (const user of PEOPLE) {
      if (left.size === 0) break;
      const page = await openPage(browser, server, { user, locale: lang === 'zh' ? 'zh-CN' : 'en-GB' });
      page.tolerate(/sessions\/refresh/);
      await page.evaluate((tag) => localStorage.setItem('aftercare.language', tag), lang === 'zh' ? 'zh-CN' : 'en');
      const settled = watch(page);
      await page.reload();
      await settled();
      for await (const { path, name, ms } of walk(page, { left, settled })) {
        if (ms > 1200) slow.push(`${name} ${lang}: ${ms} ms`);
        for (const theme of themes) {
          await page.emulateMedia({ colorScheme: theme });
          for (const size of sizes) {
            await page.setViewportSize(SIZES[size]);
            await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
            const file = join(folder, `${name}-${lang}-${theme}-${size}.png`);
            await page.screenshot({ path: file, timeout: 30_000, animations: 'disabled', caret: 'hide' });
            const key = `${lang}-${theme}-${size}`;
            sheets.set(key, [...(sheets.get(key) ?? []), file]);
            report.push(...(await misfits(page)).map((found) => `${name} ${key}: ${found}`));
          }
          await page.setViewportSize(SIZES.desktop);
          if (process.env.AXE !== '0') report.push(...(await violations(page)).map((found) => `${name} ${lang} ${theme} (${path}): ${found}`));
        }
      }
      report.push(...page.faults().map((fault) => `${user} ${lang}: ${fault}`));
      await page.close();
    }
    for (const pattern of left) report.push(`${pattern} ${lang}: nobody saw it`);
  }
} finally {
  await browser.close();
  await server.dispose();
}
for (const [key, files] of process.env.SHEETS === '0' ? [] : sheets) {
  try {
    for (let start = 0, part = 1; start < files.length; start += 12, part += 1) {
      const tile = key.endsWith('phone') ? ['-tile', '6x2', '-geometry', '390x844+6+6'] : ['-tile', '3x4', '-geometry', '720x+6+6'];
      execFileSync('montage', [...files.slice(start, start + 12), ...tile, join(folder, `sheet-${key}-${part}.png`)]);
    }
  } catch {
    console.log('no contact sheets: ImageMagick is not there');
    break;
  }
}
console.log([...new Set(report)].join('\n') || 'nothing to report');
if (slow.length) console.log(`slow:\n${slow.join('\n')}`);
console.log(`pictures in ${folder}`);

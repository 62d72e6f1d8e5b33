// node mtimes.mjs <record>: lets cargo see what really changed in a fresh checkout.
//
// Cargo goes by modification times, and a fresh checkout makes every file new. A file whose content is the same as in the last run gets
// the time that it had then; a file that changed keeps its new one, so it can never look older than what was built from another content.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';

const record = process.argv[2];
const root = process.cwd();
const last = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : {};
const known = last.root === root ? last.files : {};
const files = {};
let kept = 0;
for (const path of execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\0').filter(Boolean)) {
  const stat = existsSync(path) ? lstatSync(path) : null;
  if (!stat?.isFile()) continue;
  const sha = createHash('sha256').update(readFileSync(path)).digest('hex');
  let mtime = Math.floor(stat.mtimeMs / 1000);
  if (known[path]?.sha === sha && known[path].mtime <= mtime) {
    mtime = known[path].mtime;
    kept += 1;
  } else {
    mtime = Math.floor(Date.now() / 1000);
  }
  utimesSync(path, mtime, mtime);
  files[path] = { sha, mtime };
}
writeFileSync(record, JSON.stringify({ root, files }));
console.log(`${kept} of ${Object.keys(files).length} files are as they were in the last run`);

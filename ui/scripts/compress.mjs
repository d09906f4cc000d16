// Writes .gz and .br beside every asset that gains by it, and refuses a first load above the budget.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url).pathname;
const budget = 150_000;

const files = readdirSync(dist, { recursive: true })
  .map(String)
  .filter((name) => /\.(js|css|html|svg|json)$/.test(name) && statSync(join(dist, name)).isFile());

const sizes = new Map();
for (const name of files) {
  const bytes = readFileSync(join(dist, name));
  const gz = gzipSync(bytes, { level: 9 });
  const br = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  sizes.set(name, gz.length);
  if (gz.length < bytes.length * 0.95) {
    writeFileSync(join(dist, `${name}.gz`), gz);
    writeFileSync(join(dist, `${name}.br`), br);
  }
}

const page = readFileSync(join(dist, 'index.html'), 'utf8');
if (/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/.test(page)) {
  console.error('index.html has an inline script or style, which the content security policy forbids');
  process.exit(1);
}
const first = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((match) => match[1]);
const sum = first.reduce((total, name) => total + (sizes.get(name) ?? 0), 0);
for (const [name, size] of [...sizes].sort((a, b) => b[1] - a[1]).slice(0, 12)) {
  console.log(`${String(size).padStart(8)} B gzip  ${name}${first.includes(name) ? '  (first load)' : ''}`);
}
console.log(`first load: ${(sum / 1000).toFixed(1)} KB gzip JavaScript of ${budget / 1000} KB`);
if (sum > budget) {
  console.error('the first load is above its budget');
  process.exit(1);
}

/**
 * Writes what the documentation derives from the code: the reference pages, and the picture of the rooms.
 * With `--check` it writes nothing and fails where a page is not current.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatedPages } from './docs-pages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');

function present(path: string): string {
  try {
    return readFileSync(`${root}${path}`, 'utf8');
  } catch {
    return '';
  }
}

const stale = (await generatedPages()).filter(({ path, text }) => present(path) !== text);
for (const { path, text } of stale) {
  if (check) process.stderr.write(`${path} is not current: run npm run docs\n`);
  else writeFileSync(`${root}${path}`, text);
}
process.exit(check && stale.length > 0 ? 1 : 0);

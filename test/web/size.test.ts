import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const LIMIT = 25 * 1024;

test('the script and the sheet are small, whole, and ask for nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'as-it-stood-size-'));
  try {
    const { buildWeb } = (await import(new URL('../../scripts/web.mjs', import.meta.url).href)) as {
      readonly buildWeb: (folder: string) => Promise<void>;
    };
    await buildWeb(folder);
    expect((await readdir(folder)).sort()).toEqual(['icon.svg', 'page.css', 'page.js']);
    const read = async (file: string) => readFile(join(folder, file));
    expect(gzipSync(await read('page.js')).length).toBeLessThanOrEqual(LIMIT);
    expect(gzipSync(await read('page.css')).length).toBeLessThanOrEqual(LIMIT);
    // What the pictures say of their looks is in the sheet; nothing is fetched from it, or from the script.
    expect(String(await read('page.css'))).toContain('.picture .step-3');
    for (const file of ['page.css', 'page.js'])
      expect(String(await read(file))).not.toMatch(/https?:|url\(|@import|eval\(/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { PACKAGE_ROOT } from '../machine/cache.ts';
import type { Made } from './cache.ts';

/** The scripts, styles and pictures of the pages, by file name, and a name for all of them together. */
export interface Assets {
  get(file: string): Made | undefined;
  readonly files: readonly string[];
  readonly version: string;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

const compress = promisify(gzip);

/** Where the build leaves them. */
const BUILT = join(PACKAGE_ROOT, 'dist', 'web');

/** No assets at all. */
export const noAssets: Assets = { get: () => undefined, files: [], version: '0' };

/** The assets in a folder (what the build made unless given), all read at once: nothing that comes with an address ever names a file on the disk. */
export async function readAssets(folder: string = BUILT): Promise<Assets> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => extname(name) in MEDIA_TYPES).sort();
  } catch {
    return noAssets;
  }
  const held = new Map<string, Made>();
  const hash = createHash('sha256');
  for (const name of names) {
    const body = new Uint8Array(await readFile(join(folder, name)));
    hash.update(`${name}\n`).update(body);
    const packed = new Uint8Array(await compress(body));
    held.set(name, {
      body,
      mediaType: MEDIA_TYPES[extname(name)] ?? 'application/octet-stream',
      headers: {},
      ...(packed.byteLength < body.byteLength ? { gzip: packed } : {}),
    });
  }
  return { get: (file) => held.get(file), files: names, version: hash.digest('hex').slice(0, 12) };
}

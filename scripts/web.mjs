// Builds the page's script and sheet into a folder: one file each, since a page needs both at once. Plain JavaScript,
// for the same reason as build.mjs.

import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} folder Where page.js, page.css and icon.svg go. */
export async function buildWeb(folder) {
  mkdirSync(folder, { recursive: true });
  const shared = { absWorkingDir: root, bundle: true, minify: true, logLevel: /** @type {const} */ ('warning') };
  await build({
    ...shared,
    entryPoints: ['src/web/page.ts'],
    outfile: join(folder, 'page.js'),
    format: 'esm',
    platform: 'browser',
    target: ['es2022'],
  });
  // The pictures say how they look beside what they draw; the sheet of the page takes that in.
  const style = await build({
    ...shared,
    entryPoints: ['src/views/pictures/style.ts'],
    format: 'esm',
    write: false,
    minify: false,
  });
  const { PICTURE_CSS } = await import(
    `data:text/javascript;base64,${Buffer.from(style.outputFiles[0].contents).toString('base64')}`
  );
  await build({
    ...shared,
    stdin: { contents: `@import "./page.css";\n${PICTURE_CSS}`, loader: 'css', resolveDir: join(root, 'src/web') },
    outfile: join(folder, 'page.css'),
    target: ['chrome111', 'firefox113', 'safari16.4'],
  });
  copyFileSync(join(root, 'src/web/icon.svg'), join(folder, 'icon.svg'));
}

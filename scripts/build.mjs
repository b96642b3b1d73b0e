// Builds dist/: the compiled source, and the record compiled beside it. Plain JavaScript, because it runs before
// anything can run TypeScript. With --if-possible (npm's `prepare`) a missing compiler is told, not an error:
// an installation without development dependencies must not fail for want of one.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** @param {string} name */
function installed(name) {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** @param {string} what @param {string[]} args */
function run(what, args) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  if (status === 0) return;
  process.stderr.write(`build: ${what} failed\n`);
  process.exit(1);
}

/** Makes `npx stood` in the working copy find the command at once, without asking npm to install it first. */
function linkCommand() {
  const modules = join(root, 'node_modules');
  const folder = join(modules, '.bin');
  const command = join(root, 'dist', 'bin', 'stood.js');
  if (!existsSync(command)) return;
  chmodSync(command, 0o755);
  if (process.platform === 'win32' || !lstatSync(modules, { throwIfNoEntry: false })?.isDirectory()) return;
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, 'stood'), { force: true });
  symlinkSync(relative(folder, command), join(folder, 'stood'));
}

/**
 * The packages that the bundle holds a copy of, each with its licence in full, as their licences ask.
 * @param {string[]} inputs paths of everything in the bundle
 */
function thirdParty(inputs) {
  const folders = new Set(inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? ''));
  folders.delete('');
  const parts = [...folders].sort().map((folder) => {
    const {
      name,
      version,
      license,
      author,
      homepage = '',
    } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((one) => /^(licen[cs]e|copying)/i.test(one));
    const text =
      file === undefined
        ? `It comes without the text of its licence. Author: ${author?.name ?? author ?? 'not named'}.`
        : readFileSync(join(root, folder, file), 'utf8').trim();
    return `${name} ${version} (${license}) ${homepage}\n\n${text}\n`;
  });
  return ['The command in dist/bin holds copies of these packages.\n', ...parts].join(`\n${'='.repeat(80)}\n\n`);
}

const typescript = installed('typescript');
if (!typescript) {
  process.stderr.write(
    'build: TypeScript is not installed; `npm install` with development dependencies, then `npm run build`\n',
  );
  process.exit(process.argv.includes('--if-possible') ? 0 : 1);
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
run('tsc', [join(typescript, 'bin', 'tsc'), '-p', 'tsconfig.build.json']);

// The command is one bundle with a chunk a subcommand. Packages are in it, since finding and reading many small files
// took longer than answering; three stay dependencies, loaded when something needs them.
const esbuild = await import('esbuild');
const { metafile } = await esbuild.build({
  absWorkingDir: root,
  metafile: true,
  entryPoints: { stood: 'src/cli/main.ts' },
  outdir: 'dist/bin',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  external: ['luxon', 'libsql', '@eventstore/db-client'],
  banner: { js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);" },
  logLevel: 'warning',
});

writeFileSync(join(root, 'dist', 'THIRD-PARTY.txt'), thirdParty(Object.keys(metafile.inputs)));

const { buildWeb } = await import('./web.mjs');
await buildWeb(join(root, 'dist', 'web'));

// Opening the record once compiles it and leaves the compiled form beside the build.
const { openRecord } = await import(new URL('../dist/src/machine/index.js', import.meta.url).href);
try {
  await openRecord();
} catch (problem) {
  process.stderr.write(`build: ${problem.message}; \`npx stood check\` lists the problems\n`);
}
linkCommand();

// Builds dist/: the compiled source, and the record compiled beside it. Plain JavaScript, because it runs before
// anything can run TypeScript. With --if-possible (npm's `prepare`) a missing compiler is told, not an error:
// an installation without development dependencies must not fail for want of one.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
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
await esbuild.build({
  absWorkingDir: root,
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

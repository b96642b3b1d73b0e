import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Outcome, projectFiles, ROOT, read, run } from './project.ts';

/** npm as a person at a prompt has it: without what an outer `npm test` tells the programs under it. */
const ENV = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_OPTIONS$|^VITEST/i.test(name)),
);

function npm(cwd: string, ...args: readonly string[]): Promise<Outcome> {
  const windows = process.platform === 'win32';
  return run(windows ? 'cmd.exe' : 'npm', windows ? ['/c', 'npm', ...args] : args, cwd, ENV);
}

/**
 * Puts the packages that the published one needs into a folder, and only those, as copies: npm then finds them there and
 * asks no registry, so this can be tried without a network; and what is missing from `dependencies` is missed.
 */
function provide(folder: string): void {
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  for (const [path, { dev, devOptional }] of Object.entries(lock.packages)) {
    const from = join(ROOT, path);
    if (path === '' || dev || devOptional || !existsSync(from)) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(realpathSync(from), join(folder, path), {
      recursive: true,
      filter: (each) => !each.slice(from.length).includes('node_modules'),
    });
  }
}

describe('the package, packed and installed in an empty folder', () => {
  let folder = '';
  let home = '';
  let packed: { filename: string; files: { path: string }[] };
  let installed: Outcome;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'as-it-stood-package-')));
    const clone = join(folder, 'clone');
    home = join(folder, 'home');
    mkdirSync(home);
    for (const path of projectFiles()) cpSync(join(ROOT, path), join(clone, path), { recursive: true });
    symlinkSync(realpathSync(join(ROOT, 'node_modules')), join(clone, 'node_modules'), 'junction');
    const { code, stdout, stderr } = await npm(clone, 'pack', '--json', '--pack-destination', folder);
    if (code !== 0) throw new Error(stderr);
    [packed] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [typeof packed];
    writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }\n');
    provide(home);
    installed = await npm(home, 'install', '--offline', '--no-audit', '--no-fund', join(folder, packed.filename));
  }, 600_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const command = (...args: readonly string[]): Promise<Outcome> =>
    run(process.execPath, [join(home, 'node_modules', 'as-it-stood', 'dist', 'bin', 'stood.js'), ...args], home, ENV);

  it('holds what it needs and nothing of the workshop', () => {
    const paths = packed.files.map(({ path }) => path);
    for (const needed of [
      'LICENSE',
      'LICENSE-RECORD',
      'NOTICE',
      'README.md',
      'CHANGELOG.md',
      'events/sources.yaml',
      'dist/THIRD-PARTY.txt',
      'dist/bin/stood.js',
      'dist/src/machine/index.d.ts',
    ]) {
      expect(paths).toContain(needed);
    }
    expect(paths.filter((path) => /^(src|test|scripts|projections|docs|node_modules)\//.test(path))).toEqual([]);
  });

  it('names whoever wrote the packages that its command holds copies of', () => {
    const named = readFileSync(join(home, 'node_modules', 'as-it-stood', 'dist', 'THIRD-PARTY.txt'), 'utf8');
    for (const line of [
      /^zod \d.*\(MIT\)/m,
      /^edtf \d.*\(BSD-2-Clause\)/m,
      /^d3-shape \d.*\(ISC\)/m,
      /Copyright 2016-2025 EDTF.js Authors/,
    ])
      expect(named).toMatch(line);
  });

  it('is installed, with its command', async () => {
    expect(installed).toMatchObject({ code: 0 });
    const { code, stdout } = await npm(home, 'exec', '--offline', '--', 'stood', '--version');
    expect(code).toBe(0);
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(stdout).toContain(version);
  });

  it('answers what existed on 1 April 2013', async () => {
    const { code, stdout, stderr } = await command('on', '2013-04-01', '--format', 'json');
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const { at, bodies } = JSON.parse(stdout) as { at: string; bodies: { id: string }[] };
    expect(at).toBe('2013-04-01');
    expect(bodies.length).toBeGreaterThan(200);
  });

  it('checks the record it was shipped with, and finds nothing wrong', async () => {
    const { code, stdout } = await command('check');
    expect({ code, stdout: code === 0 ? '' : stdout }).toEqual({ code: 0, stdout: '' });
  });

  it('is a library too', async () => {
    writeFileSync(
      join(home, 'ask.js'),
      "import { openRecord } from 'as-it-stood';\nconst record = await openRecord();\nprocess.stdout.write(JSON.stringify(record.at('2013-04-01').bodies.length));\n",
    );
    const { code, stdout, stderr } = await run(process.execPath, ['ask.js'], home, ENV);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(Number(stdout)).toBeGreaterThan(200);
  });

  it('has types that a strict project accepts', async () => {
    const sample = /```ts\n([\s\S]*?)```/.exec(read('README.md'))?.[1] ?? '';
    expect(sample).toContain("from 'as-it-stood'");
    writeFileSync(
      join(home, 'sample.ts'),
      `declare const console: { log(...said: unknown[]): void };\n${sample}export {};\n`,
    );
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const { code, stdout } = await run(
      process.execPath,
      [tsc, '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023', 'sample.ts'],
      home,
      ENV,
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });

  it('says the version that the changelog and the citation speak of', () => {
    const { version } = JSON.parse(readFileSync(join(home, 'node_modules', 'as-it-stood', 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(read('CITATION.cff')).toContain(`version: ${version}`);
    expect(read('README.md')).toContain(`version ${version}`);
  });
});

import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LATE_PACKAGES, ROOMS, roomsDiagram } from '../../rooms.mjs';
import { ROOT, read, run } from './project.ts';

interface Dependency {
  readonly resolved: string;
  readonly dynamic: boolean;
  readonly dependencyTypes: readonly string[];
  readonly moduleSystem: string;
}

interface Cruise {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly Dependency[] }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

async function cruise(folder: string): Promise<Cruise> {
  const depcruise = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const { stdout, stderr } = await run(
    process.execPath,
    [depcruise, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'src', 'projections'],
    folder,
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Cruise;
}

/** A file that goes where it may not, and the rule that must say so. */
const PLANTED = [
  ['projections/planted.ts', "import 'node:fs';", 'projections-touches-no-node-module'],
  [
    'projections/planted-too.ts',
    "import { z } from 'zod'; export const planted = z;",
    'projections-imports-only-its-packages',
  ],
  ['projections/planted-far.ts', "import '../src/record/planted.ts';", 'projections-imports-only-its-rooms'],
  ['projections/planted-works.ts', "import '../src/timeline/planted-works.ts';", 'projections-imports-types-only'],
  ['src/timeline/planted-works.ts', "import 'node:crypto';", 'timeline-touches-no-node-module'],
  ['src/timeline/planted.ts', "import '../record/planted.ts';", 'timeline-imports-only-its-rooms'],
  [
    'src/vocabulary/planted.ts',
    "import type { Day } from '../time/day.ts'; export type Planted = Day;",
    'vocabulary-imports-only-its-rooms',
  ],
  ['src/vocabulary/planted-node.ts', "import 'node:path';", 'vocabulary-touches-no-node-module'],
  ['src/time/planted.ts', "import '../vocabulary/kinds.ts';", 'time-imports-only-its-rooms'],
  ['src/record/planted.ts', "import '../timeline/planted.ts';", 'record-imports-only-its-rooms'],
  ['src/machine/planted.ts', "import '@eventstore/db-client';", 'machine-imports-only-its-packages'],
  ['src/exporters/planted.ts', "import '../machine/planted.ts';", 'exporters-imports-types-only'],
  ['src/views/planted.ts', "import 'node:fs';", 'views-touches-no-node-module'],
  ['src/cli/planted.ts', "import '../http/planted.ts';", 'cli-imports-only-its-rooms'],
  ['src/http/planted.ts', "import '../cli/planted.ts';", 'http-imports-only-its-rooms'],
  ['src/web/planted.ts', "import '../http/planted.ts';", 'web-imports-only-its-rooms'],
  ['src/http/planted-date.ts', "import 'luxon';", 'http-imports-only-its-packages'],
  ['src/http/planted-a.ts', "import './planted-b.ts';", 'no-cycles'],
  ['src/http/planted-alone.ts', 'export const alone = true;', 'no-orphans'],
  ['src/http/planted-lost.ts', "import './nowhere.ts';", 'everything-resolves'],
  ['src/http/planted-test.ts', "import '../../test/planted.ts';", 'house-knows-no-workshop'],
  ['src/planted.ts', "import './time/day.ts';", 'every-file-has-a-room'],
  ['src/http/planted-dev.ts', "import 'fast-check';", 'no-development-packages'],
] as const;

/** What some of them need to go to. */
const BESIDE = [
  ['src/http/planted-b.ts', "import './planted-a.ts';"],
  ['test/planted.ts', 'export {};'],
] as const;

describe('the boundaries bite', () => {
  let folder = '';
  let violations: Cruise['summary']['violations'] = [];

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'as-it-stood-boundaries-')));
    for (const path of [
      'src',
      'projections',
      'package.json',
      'tsconfig.json',
      'rooms.mjs',
      '.dependency-cruiser.mjs',
    ]) {
      cpSync(join(ROOT, path), join(folder, path), { recursive: true });
    }
    symlinkSync(realpathSync(join(ROOT, 'node_modules')), join(folder, 'node_modules'), 'junction');
    for (const [path, text] of [...PLANTED, ...BESIDE]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${text}\n`);
    }
    violations = (await cruise(folder)).summary.violations;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(PLANTED)('%s  %s  breaks %s', (path, _, rule) => {
    expect(violations.filter(({ from }) => from === path).map((each) => each.rule.name)).toContain(rule);
  });
});

describe('the house as it stands', () => {
  it('has a picture of its rooms that is the one the rules are made from', () => {
    expect(read('docs/rooms.md')).toContain(roomsDiagram());
    for (const { name, may, mayType } of ROOMS) {
      for (const other of [...may, ...(mayType ?? [])])
        expect(
          ROOMS.map((room) => room.name),
          `${name} may import ${other}`,
        ).toContain(other);
    }
  });

  it('starts without the packages that only reading the record needs', async () => {
    const modules = new Map((await cruise(ROOT)).modules.map(({ source, dependencies }) => [source, dependencies]));
    const ways = new Map([['src/cli/main.ts', 'src/cli/main.ts']]);
    const late: string[] = [];
    for (const [source, way] of ways) {
      for (const { resolved, dynamic, dependencyTypes, moduleSystem } of modules.get(source) ?? []) {
        // A `require` stands inside a function here (luxon, for today): it loads when that is called.
        if (dynamic || moduleSystem === 'cjs' || dependencyTypes.includes('type-only') || ways.has(resolved)) continue;
        ways.set(resolved, `${way} → ${resolved}`);
        if (LATE_PACKAGES.some((name) => resolved.includes(`node_modules/${name}/`))) late.push(`${way} → ${resolved}`);
      }
    }
    expect(late).toEqual([]);
  });
});

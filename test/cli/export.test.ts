import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { EXPORTERS, type LossReport } from '../../src/exporters/index.ts';
import { type Machine, openRecord } from '../../src/machine/index.ts';
import { type Typed, stood as typed } from './stood.ts';

let machine: Machine;
let folder: string;
beforeAll(async () => {
  machine = await openRecord();
  folder = await mkdtemp(join(tmpdir(), 'stood-export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

function stood(...words: readonly string[]): Promise<Typed> {
  return typed(words, { openRecord: async () => machine });
}

const BOARDS = ['--at', '2022-07-01', '--kind', 'ICB'];

describe('stood export', () => {
  it('lists every format, and says where to read what each cannot hold', async () => {
    const { code, out } = await stood('export');
    expect(code).toBe(0);
    const lines = out.split('\n').map((line) => line.trim().split(/ {2,}/));
    for (const { name, summary } of EXPORTERS) expect(lines).toContainEqual([name, summary]);
    expect(out).toContain('docs/exports.md');
  });

  it('writes to standard output, and says on the other channel what it wrote', async () => {
    const { code, out, err } = await stood('export', 'csv', ...BOARDS);
    expect(code).toBe(0);
    expect(out.split('\n', 1)[0]).toMatch(/^at,id,name,kind,ods_code,/);
    expect(out).toContain(
      '2022-07-01,icb/devon,NHS Devon Integrated Care Board,integrated-care-board,QJK,E54000037,certain,2022-07-01',
    );
    expect(err).toContain('Integrated care boards on 1 July 2022: 42 bodies');
  });

  it.each(EXPORTERS.map(({ name, extension }) => [name, extension]))(
    'writes %s whole to a file, with what it lost',
    async (name, extension) => {
      const file = join(folder, `boards-${name}${extension}`);
      const loss = join(folder, `loss-${name}.json`);
      const { code, out, err } = await stood('export', name, ...BOARDS, '-o', file, '--loss', loss);
      expect([code, out]).toEqual([0, '']);
      expect(err).toContain(`in ${file}`);
      const report: LossReport = JSON.parse(await readFile(loss, 'utf8'));
      expect(report.format).toBe(name);
      expect(report.kept + report.losses.length).toBe(report.facts);
      expect(err).toContain(
        report.losses.length === 0 ? 'Nothing was lost.' : `${report.losses.length} of ${report.facts} facts`,
      );
      expect((await readdir(folder)).filter((left) => left.endsWith('.tmp'))).toEqual([]);
    },
  );

  it('takes the words that people type for a format', async () => {
    for (const word of ['CSV', '.csv', 'sheet']) expect((await stood('export', word, ...BOARDS)).out).toMatch(/^at,id/);
    expect((await stood('export', 'bib', ...BOARDS)).out).toMatch(/^@dataset\{as-it-stood,/);
    expect((await stood('export', 'md', ...BOARDS)).out).toMatch(/^# Integrated care boards on 1 July 2022/);
  });

  it('says when nothing was selected, and why', async () => {
    const { code, out, err } = await stood('export', 'csv', '--at', '1975-01-01', '--kind', 'ICB');
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(/0 bodies, 0 events[\s\S]*cover/);
  });

  it.each([
    [['export', 'cvs'], /no format “cvs”[\s\S]*did you mean csv\?[\s\S]*formats: .*markdown/],
    [['export', 'csv', 'json'], /one format at a time/],
    [['export', 'sqlite'], /sqlite is a file of its own and cannot go to standard output[\s\S]*-o england\.sqlite/],
    [['export', 'datapackage'], /datapackage is a folder of files and cannot go to standard output/],
    [['export', 'csv', '--at', '2022-07-01', '--from', '2020-01-01'], /a landscape on a day takes no from/],
    [['export', 'csv', '--at', 'someday'], /someday/],
    [['export', 'csv', '--milestone', 'nonesuch'], /nonesuch/],
  ] as const)('refuses %j as asked wrongly', async (words, says) => {
    const { code, out, err } = await stood(...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(says);
    expect(err).not.toMatch(/^ {4}at /m);
  });
});

describe('a file that cannot be written', () => {
  it.each(['csv', 'sqlite', 'datapackage'])('is told as such when its folder is not there: %s', async (format) => {
    const file = join(folder, 'nowhere', 'boards');
    const { code, err } = await stood('export', format, ...BOARDS, '-o', file);
    expect(code).toBe(2);
    expect(err).toContain(`cannot write ${file}: the folder it should be in does not exist`);
    expect(await readdir(folder)).not.toContain('nowhere');
  });

  it('is told as such when it is a folder, or a folder with something in it', async () => {
    const full = join(folder, 'full');
    await mkdir(full);
    await writeFile(join(full, 'mine.txt'), 'mine');
    for (const [format, why] of [
      ['csv', 'it is a folder'],
      ['sqlite', 'it is a folder'],
      ['datapackage', 'the folder is there already and not empty'],
    ] as const) {
      const { code, err } = await stood('export', format, ...BOARDS, '-o', full);
      expect([format, code]).toEqual([format, 2]);
      expect(err).toContain(`cannot write ${full}: ${why}`);
    }
    expect(await readdir(full)).toEqual(['mine.txt']);
    expect(await readFile(join(full, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it('leaves what was there when the export fails half-way', async () => {
    const here = await mkdtemp(join(folder, 'half-'));
    const file = join(here, 'boards.csv');
    await writeFile(file, 'before');
    const csv = EXPORTERS.find(({ name }) => name === 'csv');
    if (!csv) throw new Error('no csv');
    vi.spyOn(csv, 'write').mockReturnValue({
      is: 'text',
      chunks: (function* () {
        yield 'half';
        throw new Error('the lights went out');
      })(),
    });
    await stood('export', 'csv', ...BOARDS, '-o', file).catch(() => undefined);
    expect(await readdir(here)).toEqual(['boards.csv']);
    expect(await readFile(file, 'utf8')).toBe('before');
  });

  it('leaves nothing half-written when it is killed', async () => {
    const here = await mkdtemp(join(folder, 'killed-'));
    const root = new URL('../..', import.meta.url);
    const file = join(here, 'whole.ndjson');
    const running = promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'src/cli/main.ts', 'export', 'ndjson', '-o', file],
      { cwd: root },
    );
    for (let waited = 0; waited < 40_000 && (await readdir(here)).length === 0; waited += 5)
      await new Promise((resolve) => setTimeout(resolve, 5));
    running.child.kill('SIGKILL');
    await running.catch(() => undefined);
    const left = (await readdir(here)).filter((name) => !name.endsWith('.tmp'));
    if (left.length > 0)
      expect((await readFile(file, 'utf8')).trimEnd().split('\n').at(-1)).toMatch(/^\{"record":"source".*\}$/);
    else expect(left).toEqual([]);
  });
});

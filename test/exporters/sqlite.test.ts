import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlite } from '../../src/exporters/formats/sqlite.ts';
import { type Machine, type Material, openRecord } from '../../src/machine/index.ts';
import { type PlainDatabase, writeDatabase } from '../../src/store/sqlite/database.ts';
import { storyMaterial } from './story.ts';

const LENS = { recordedBy: '2026-11-21' };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stood-sqlite-export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function written(material: Material, name: string): Promise<string> {
  const output = sqlite.write(material);
  if (output.is !== 'database') throw new Error('no database');
  const file = join(folder, name);
  await writeDatabase(file, output.database);
  return file;
}

describe('the views of a database', () => {
  let machine: Machine;
  let db: Database.Database;
  beforeAll(async () => {
    machine = await openRecord();
    db = new Database(await written(machine.material(LENS), 'whole.sqlite'));
  });
  afterAll(() => db.close());

  const DAYS = [
    '2006-09-30',
    '2006-10-01',
    '2013-03-31',
    '2013-04-01',
    '2018-06-01',
    '2021-03-31',
    '2022-06-30',
    '2022-07-01',
    '2026-04-01',
  ];
  it.each(DAYS)('landscape_at says of %s what the record says', (day) => {
    db.prepare('update asked set day = ?').run(day);
    const rows = db.prepare('select id, name, existence, ods_code, gss_code from landscape_at').all() as {
      id: string;
      name: string;
      existence: string;
      ods_code: string | null;
      gss_code: string | null;
    }[];
    const told = machine.at(day, LENS).bodies;
    const key = (id: string, existence: string) => `${existence} ${id}`;
    const covered = told.filter(({ existence }) => existence !== 'expected');
    expect(rows.map(({ id, existence }) => key(id, existence)).sort()).toEqual(
      covered.map(({ id, existence }) => key(id, existence)).sort(),
    );
    const names = new Map(covered.filter(({ existence }) => existence === 'certain').map((body) => [body.id, body]));
    for (const row of rows) {
      const body = names.get(row.id);
      if (!body) continue;
      expect([row.id, row.name]).toEqual([row.id, body.name]);
      expect([row.id, row.ods_code]).toEqual([row.id, body.codes.ods ?? null]);
    }
  });

  it('follows a line of succession both ways', () => {
    const ends = (body: string, sign: string) =>
      db
        .prepare(`select distinct other from succession_lines where body = ? and steps ${sign} 0 order by other`)
        .all(body)
        .map((row) => (row as { other: string }).other);
    for (const id of ['ccg/darlington', 'icb/frimley', 'icb/devon']) {
      const { nodes } = machine.lineage(id, LENS);
      const of = (holds: (depth: number) => boolean) =>
        nodes
          .filter(({ depth }) => holds(depth))
          .map((node) => node.id)
          .sort();
      expect(ends(id, '>').filter((other) => of((depth) => depth > 0).includes(other))).toEqual(
        of((depth) => depth > 0),
      );
      expect(ends(id, '<').filter((other) => of((depth) => depth < 0).includes(other))).toEqual(
        of((depth) => depth < 0),
      );
    }
  });

  it('cites every event in one column, in order', () => {
    const rows = db.prepare('select id, citation from timeline order by position').all() as {
      id: string;
      citation: string | null;
    }[];
    const { events, cited } = machine.material(LENS);
    expect(rows.map(({ id }) => id)).toEqual([...events, ...cited].map(({ id }) => id));
    expect(rows.filter(({ citation }) => !citation)).toEqual([]);
  });

  it('says what every table and column means, and how to begin', () => {
    const tables = (
      db
        .prepare("select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite_%'")
        .all() as {
        name: string;
      }[]
    ).map(({ name }) => name);
    for (const table of tables) {
      const columns = (db.prepare(`select name from pragma_table_info(?)`).all(table) as { name: string }[]).map(
        ({ name }) => name,
      );
      const told = (
        db.prepare('select column_name from dictionary where table_name = ?').all(table) as { column_name: string }[]
      ).map(({ column_name }) => column_name);
      if (table !== 'README' && table !== 'dictionary') expect(told).toContain('');
      if (told.length > 1) expect(columns.filter((column) => !told.includes(column))).toEqual([]);
    }
    const readme = (db.prepare('select text from README order by line').all() as { text: string }[]).map(
      ({ text }) => text,
    );
    const queries = readme.flatMap((line) => line.match(/\b(?:update|select) [^;]+;/g) ?? []);
    expect(queries.length).toBeGreaterThan(3);
    for (const query of queries) expect(() => db.prepare(query.replace('…', 'ccg/darlington'))).not.toThrow();
  });
});

describe('a database file', () => {
  it.runIf(existsSync('/usr/bin/sqlite3'))('opens in the tool that everybody has', async () => {
    const file = await written(await storyMaterial(), 'story.sqlite');
    const ask = (sql: string) => execFileSync('/usr/bin/sqlite3', [file, sql], { encoding: 'utf8' }).trim();
    expect(ask('pragma integrity_check')).toBe('ok');
    expect(ask('pragma foreign_key_check')).toBe('');
    expect(
      ask("update asked set day = '2018-04-01'; select existence from landscape_at where id = 'system/south'"),
    ).toBe('possible');
    expect(ask("select count(*) from succession_lines where body = 'ccg/east-northshire' and steps > 0")).toBe('2');
    expect(ask("select share from shares join successions on id = succession where successor = 'icb/south'")).toBe(
      '0.75',
    );
  });

  const one = (rows: PlainDatabase['tables'][number]['rows'], views: PlainDatabase['views'] = []): PlainDatabase => ({
    tables: [
      {
        name: 'things',
        summary: 'Things',
        columns: [
          { name: 'id', type: 'text', summary: 'Its name', required: true },
          { name: 'of', type: 'text', summary: 'Another', refers: { table: 'things', column: 'id' } },
          { name: 'day', type: 'date', summary: 'A day' },
          { name: 'n', type: 'integer', summary: 'A number' },
        ],
        key: ['id'],
        rows,
      },
    ],
    views,
  });

  it('keeps what breaks other writers', async () => {
    const texts = [
      "it's",
      '"quoted"',
      'two\nlines\r\n',
      'tab\t',
      '\u0001\u001f\u007f',
      '🏥',
      '\u2028',
      '-- ;',
      '=1+1',
      '0012',
      '1e5',
      'null',
    ];
    const file = join(folder, 'hostile.sqlite');
    await writeDatabase(file, one(texts.map((text) => [text, null, null, null])));
    const db = new Database(file, { readonly: true });
    expect(db.prepare('select id from things order by rowid').all()).toEqual(texts.map((id) => ({ id })));
    db.close();
  });

  it.each([
    ['an end that is not there', one([['a', 'nobody', null, null]])],
    ['a day that is none', one([['a', null, 'soon', null]])],
    ['a word for a number', one([['a', null, null, 'many']])],
    [
      'one key twice',
      one([
        ['a', null, null, 1],
        ['a', null, null, 2],
      ]),
    ],
    ['a view that is no SQL', one([['a', null, null, 1]], [{ name: 'v', summary: 'V', sql: 'selec 1' }])],
  ])('is not written at all, and replaces nothing, for %s', async (_, database) => {
    const here = await mkdtemp(join(folder, 'failed-'));
    const file = join(here, 'there.sqlite');
    await writeFile(file, 'what was there before');
    await expect(writeDatabase(file, database)).rejects.toThrow();
    expect(await readdir(here)).toEqual(['there.sqlite']);
    expect(await readFile(file, 'utf8')).toBe('what was there before');
  });

  it('says with the code of the file system that it has no place', async () => {
    await expect(writeDatabase(join(folder, 'no', 'where.sqlite'), one([]))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(writeDatabase(folder, one([]))).rejects.toMatchObject({ code: 'EISDIR' });
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

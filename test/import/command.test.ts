import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { stood } from '../cli/stood.ts';
import { shelf } from '../record/shelf.ts';
import { fileOf, folder, odsRow, RECORD } from './files.ts';

const NEW = odsRow('13T', 'NHS NEWCASTLE GATESHEAD CCG', '20150401');
const OLD = odsRow('00C', 'NHS DARLINGTON CCG', '20130401', '20200331');

test('the draft goes to standard output, the report to standard error', async () => {
  const record = await shelf(RECORD);
  const file = await fileOf(`${OLD}\n${NEW}\n`, 'eccg 2025.csv');
  const { code, out, err } = await stood(['import', 'ods-csv', file, '--record', record]);
  expect(code).toBe(0);
  expect(out.split('\n').slice(0, 6)).toEqual([
    '# yaml-language-server: $schema=./schema.json',
    'milestone: eccg-2025',
    'title: "Imported: eccg 2025.csv"',
    'summary: "Drafted from eccg-2025 for review: not yet checked by a person."',
    'recorded: 2026-11-21',
    'events:',
  ]);
  expect(err).toBe(
    '2 rows: 1 event drafted; 0 bad row, 0 not understood, 0 contradicts the record, 1 already stands.\n',
  );
});

test('with --output the file is written whole, under the slug, day and source that were asked for', async () => {
  const record = await shelf(RECORD);
  const output = join(await folder(), '2015-04-01-newcastle.yaml');
  const file = await fileOf(NEW);
  const typed = [
    'import',
    'ods-csv',
    file,
    '-o',
    output,
    '--milestone',
    'newcastle',
    '--recorded',
    '2026-11-20',
    '--source',
    'a-source',
    '--record',
    record,
  ];
  const { code, out, err } = await stood(typed);
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toContain(`Written to ${output}, for review.`);
  expect(readFileSync(output, 'utf8')).toContain(
    '\n  - { id: newcastle/newcastle-gateshead, type: OrganisationEstablished, effective: { date: 2015-04-01, basis: operational }, data: { organisation: ccg/newcastle-gateshead, name: NHS Newcastle Gateshead CCG, kind: clinical-commissioning-group, codes: { ods: "13T" } }, sources: [{ source: a-source, at: "row 1, 13T" }] }\n',
  );
  expect(readdirSync(dirname(output))).toEqual(['2015-04-01-newcastle.yaml']);
  const again = await stood(typed);
  expect(again.code).toBe(2);
  expect(again.err).toContain('exists already');
});

test('as JSON the report is data, every finding with its line, and nothing is drafted', async () => {
  const record = await shelf(RECORD);
  const file = await fileOf(`${OLD}\nodd\n${NEW}\n`);
  const { code, out } = await stood(['import', 'ods-csv', file, '--record', record, '--format', 'json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    findings: [
      { kind: 'stands', line: 1, message: 'ccg/darlington: same code, same dates' },
      { kind: 'bad row', line: 2, message: '1 column, where this format has 27' },
    ],
    summary: expect.objectContaining({ rows: 3, events: 1, written: false, output: null }),
  });
});

test('progress is for terminals only', async () => {
  const record = await shelf(RECORD);
  const long = Array.from({ length: 12_000 }, (_, i) => odsRow(`Z${i}`, `PLACE ${i}`, '20130401'));
  const file = await fileOf(long.join('\n'));
  const typed = ['import', 'ods-csv', file, '--kind', 'nhs-trust', '--record', record];
  const quiet = await stood(typed);
  expect(quiet.err).not.toContain('%');
  expect((await stood(typed, { isTTY: true })).err).toMatch(/\r\d+ % of \d+ MB/);
});

test.each([
  [['import'], 'no format was named'],
  [['import', 'ods-cvs', 'x.csv'], 'did you mean ods-csv?'],
  [['import', 'ods-csv'], 'no file was named'],
  [['import', 'ods-csv', 'no-such-file.csv'], 'cannot be read'],
  [['import', 'ods-csv', 'test'], 'is not a file'],
  [['import', 'ods-csv', 'package.json', '--recorded', 'yesterday'], '“yesterday” is not a day'],
  [['import', 'ods-csv', 'package.json', '--milestone', 'No Slug'], 'cannot be a slug'],
  [['import', 'ods-csv', 'package.json', '--kind', 'hospital'], 'there is no kind “hospital”'],
  [['import', 'ons-lookup', 'package.json', '--as-at', 'then'], '“then” is not a date'],
] as const)('%j is asked wrongly, and says how', async (typed, says) => {
  const { code, err } = await stood(typed);
  expect(code).toBe(2);
  expect(err).toContain(says);
});

test('100 MB go through 64 MB of memory, and every row is accounted for', async () => {
  const record = await shelf(RECORD);
  const file = join(await folder(), 'long.csv');
  const rows = 50_000;
  const stream = createWriteStream(file);
  const address = 'A LONG ADDRESS '.repeat(140);
  for (let i = 0; i < rows; i++) {
    const code = `Z${String(i).padStart(6, '0')}`;
    const row = odsRow(code, `PLACE ${i}`, i % 1000 === 0 ? '20139999' : '20130401').replace('1 HIGH STREET', address);
    if (!stream.write(`${row}\r\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  expect(stream.bytesWritten).toBeGreaterThan(100 * 1024 * 1024);
  const output = join(dirname(file), 'out.yaml');
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const ran = spawnSync(
    process.execPath,
    [
      '--max-old-space-size=64',
      '--import',
      'tsx',
      main,
      'import',
      'ods-csv',
      file,
      '--kind',
      'nhs-trust',
      '--record',
      record,
      '-o',
      output,
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  expect(ran.stderr).toContain('50,000 rows: 49,950 events drafted; 50 bad row');
  expect(ran.stderr.match(/^line \d+ {2}bad row: /gm)).toHaveLength(50);
  expect(ran.status).toBe(1);
  expect(existsSync(output)).toBe(true);
}, 60_000);

test('a quote that is never closed does not swallow a long file into memory', async () => {
  const record = await shelf(RECORD);
  const file = await fileOf(`${OLD}\n"${'x'.repeat(100)}\n${`${NEW.replaceAll('"', '')}\n`.repeat(150_000)}`);
  const { code, err } = await stood(['import', 'ods-csv', file, '--record', record]);
  expect(code).toBe(1);
  expect(err).toContain('line 2  bad row: a quote is opened here and never closed: nothing from here on was read');
});

import { beforeAll, describe, expect, test } from 'vitest';
import { type Machine, openRecord } from '../../src/machine/index.ts';
import { cut, desk, type } from './world.ts';

const FORMATS = { table: 'txt', json: 'json', csv: 'csv', markdown: 'md' } as const;

describe('stood vintage', () => {
  test.each(Object.entries(FORMATS))(
    'says in %s what days a file is from, and the odd ones out',
    async (format, extension) => {
      const at = await desk();
      const file = await at.put('in.csv', 'Group,n\n01A,1\n"Birch & Beech",2\n15H,3\n01A,4\nAlderr CCG,5\n01G,6\n');
      const { code, out } = await type(at, ['vintage', file, '--column', 'group', '--format', format]);
      expect(code).toBe(1);
      await expect(out).toMatchFileSnapshot(`golden/vintage.${extension}`);
    },
  );

  test('reads a list without a header, and says so', async () => {
    const at = await desk();
    const file = await at.put('in.txt', '01A\n01G\n01B\n');
    const { code, out, err } = await type(at, ['vintage', file]);
    expect(code).toBe(0);
    expect(out).toContain('All 3 values were valid together.');
    expect(out).toContain('1 April 2013 to 31 March 2020 (3 values)');
    expect(err).toContain('the first row names a body: it was taken as data');
  });

  test('reads standard input', async () => {
    const at = await desk();
    const input = (async function* () {
      yield Buffer.from('code\n15H\n');
    })();
    const { out } = await type(at, ['vintage', '-'], { input });
    expect(out).toContain('1 April 2020 to 30 June 2022 (1 value)');
  });

  test.each([
    ['a column that is not there', 'code\n01A\n', ['--column', 'x'], 2, 'there is no column “x”'],
    ['an empty column', 'code,n\n,1\n', ['--column', 'code'], 2, 'column “code” is empty'],
    ['an empty file', '', [], 1, 'the file is empty'],
    ['a binary file', '\u0000', [], 1, 'the file is binary'],
  ] as const)('%s', async (_, content, more, exit, message) => {
    const at = await desk();
    const file = await at.put('in.csv', content);
    const { code, out, err } = await type(at, ['vintage', file, ...more]);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: exit, out: '' });
  });

  test('no file', async () => {
    const at = await desk();
    expect(await type(at, ['vintage'])).toMatchObject({ code: 2, err: expect.stringContaining('no file was named') });
    expect(await type(at, ['vintage', at.path('none.csv')])).toMatchObject({ code: 2 });
  });
});

describe('the shipped record, as it was known on its first day', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await openRecord();
  });
  const known = ['--recorded-by', '2026-11-21'] as const;

  test('a list of the 135 groups with one planted among them', async () => {
    const at = await desk();
    const codes = machine
      .at('2020-06-01', { kind: 'CCG', recordedBy: '2026-11-21' })
      .bodies.map(({ codes: all }) => all.gss);
    const file = await at.put(
      'ccgs.csv',
      ['CCG20CD', ...codes.slice(0, 77), 'E38000047', ...codes.slice(77), ''].join('\n'),
    );
    const { code, out } = await type(at, ['vintage', file, ...known], { machine });
    expect(code).toBe(1);
    await expect(out).toMatchFileSnapshot('golden/record-vintage.txt');
  });

  test('a table of the groups of March 2017 comes to the boards of 2022, sums conserved; Cumbria and Glossop are not guessed', async () => {
    const at = await desk();
    const groups = machine.at('2017-03-31', { kind: 'CCG', recordedBy: '2026-11-21' }).bodies;
    const rows = groups.map(({ name }, n) => `${/,/.test(name) ? `"${name}"` : name},${(n * 7919) % 10_007},${n}.25`);
    const file = await at.put('groups.csv', ['CCG,Patients,Spent', ...rows, ''].join('\r\n'));
    const rekey = [
      'rekey',
      file,
      '--from',
      '2017-03-31',
      '--to',
      '2022-07-01',
      '--to-kind',
      'ICB',
      '--values',
      'Patients,Spent',
      ...known,
    ];
    const files = ['-o', at.path('out.csv'), '--report', at.path('report.json')];

    const plain = await type(at, [...rekey, ...files], { machine });
    expect(plain.code).toBe(1);
    await expect(plain.err).toMatchFileSnapshot('golden/record-report.txt');
    const refused = cut(await at.read('out.exceptions.csv'), 'exception_reason', 'CCG');
    expect(refused).toEqual(
      expect.arrayContaining(['divided NHS Cumbria CCG', 'divided NHS Tameside and Glossop CCG']),
    );

    const shared = await type(at, [...rekey, ...files, '--policy', 'share'], { machine });
    expect(shared.code).toBe(1);
    await expect(shared.err).toMatchFileSnapshot('golden/record-shared.txt');
    const { totals, rows: count, mapped, exceptions } = JSON.parse(await at.read('report.json'));
    expect(totals.map(({ conserved }: { conserved: boolean }) => conserved)).toEqual([true, true]);
    expect(mapped + exceptions).toBe(count);
    expect(
      cut(await at.read('out.csv'), 'CCG', 'target_id', 'share', 'share_note').filter((line) => /Glossop/.test(line)),
    ).toEqual([
      'NHS Tameside and Glossop CCG icb/derby-and-derbyshire 0.1289 ',
      'NHS Tameside and Glossop CCG icb/greater-manchester 0.8711 the rest',
    ]);
    expect(cut(await at.read('out.exceptions.csv'), 'CCG')).toContain('NHS Cumbria CCG');

    const shares = await at.put(
      'shares.csv',
      'from,to,share\nNHS Cumbria CCG,NHS Lancashire and South Cumbria ICB,0.368\n',
    );
    await type(at, [...rekey, ...files, '--policy', 'share', '--shares', shares], { machine });
    expect(
      cut(await at.read('out.csv'), 'CCG', 'target_id', 'share', 'share_note').filter((line) =>
        /Cumbria CCG/.test(line),
      ),
    ).toEqual([
      'NHS Cumbria CCG icb/lancashire-and-south-cumbria 0.368 as told',
      'NHS Cumbria CCG icb/north-east-and-north-cumbria 0.632 the rest',
    ]);
  });

  test('a group of April 2017 has its transfer behind it: Cumbria comes to one board', async () => {
    const at = await desk();
    const file = await at.put('in.csv', 'code\n01H\n');
    const rekey = (day: string) =>
      type(at, ['rekey', file, '--from', day, '--to', '2022-07-01', '--to-kind', 'ICB', ...known], { machine });
    expect((await rekey('2017-03-31')).code).toBe(1);
    const after = await rekey('2017-04-01');
    expect(cut(after.out, 'code', 'target_id')).toEqual(['01H icb/north-east-and-north-cumbria']);
  });
});

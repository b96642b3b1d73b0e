import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decimal, decimalOf, isEqual, plus, ZERO } from '../../src/rekey/decimals.ts';
import { POLICIES } from '../../src/rekey/policies.ts';
import { given } from '../support/given.ts';
import { cut, desk, EVENTS, REKEY, type } from './world.ts';

const TABLE = [
  'Year,Group,Patients,Note',
  '2018,01A,100,first',
  '2018,01B,200,second',
  '2018,01A,5,again',
  '2018,15X,9,no such code',
  '2018,01C,10,divided with shares',
  '2018,01D,20,divided without',
  '2018,01E,30,gone',
  '2018,01G,40,through a merger',
  '',
].join('\n');

describe('a file is brought from one day to another', () => {
  test('each row gets its target, and what does not map is an exception with the reason', async () => {
    const at = await desk();
    const file = await at.put('in.csv', TABLE);
    const { code, out, err } = await type(at, ['rekey', file, ...REKEY, '-o', at.path('out.csv')]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    await expect(await at.read('out.csv')).toMatchFileSnapshot('golden/rekeyed.csv');
    await expect(await at.read('out.exceptions.csv')).toMatchFileSnapshot('golden/rekeyed.exceptions.csv');
    await expect(err).toMatchFileSnapshot('golden/rekeyed.txt');
    expect(await at.files()).toEqual(['in.csv', 'out.csv', 'out.exceptions.csv']);
  });

  test('with nothing left over the exit code is 0, and there is no file of exceptions', async () => {
    const at = await desk();
    const file = await at.put('in.csv', 'code\n01A\n01G\n');
    const { code, err } = await type(at, ['rekey', file, ...REKEY, '-o', at.path('out.csv')]);
    expect(code).toBe(0);
    expect(err).toContain('2 rows came to a target, none did not; written to out.csv.');
    expect(await at.files()).toEqual(['in.csv', 'out.csv']);
  });

  test('to standard output, with a summary of the exceptions on stderr', async () => {
    const at = await desk();
    const file = await at.put('in.csv', 'code\n01A\n01D\n');
    const { code, out, err } = await type(at, ['rekey', file, ...REKEY]);
    expect(code).toBe(1);
    expect(cut(out, 'code', 'target_id', 'relation', 'share')).toEqual(['01A icb/north merged 1']);
    expect(err).toContain('Exceptions are in no file: name one with --exceptions');
    expect(err).toContain('“01D” (1 row): NHS Dogwood CCG: divided between NHS Coast');
  });

  test('from standard input', async () => {
    const at = await desk();
    const input = (async function* () {
      yield Buffer.from('code\n01');
      yield Buffer.from('A\n');
    })();
    const { code, out } = await type(at, ['rekey', '-', ...REKEY], { input });
    expect(code).toBe(0);
    expect(cut(out, 'code', 'target_id')).toEqual(['01A icb/north']);
  });

  test('names as people write them', async () => {
    const at = await desk();
    const file = await at.put(
      'in.csv',
      'ccg;n\nBIRCH & BEECH;1\n"Hazel, Heather & Holly CCG";2\nnhs  alder ccg;3\nFir;4\n',
    );
    const { code, out } = await type(at, ['rekey', file, ...REKEY]);
    expect(code).toBe(0);
    expect(
      out
        .split('\n')
        .slice(1, -1)
        .map((line) =>
          line
            .split(/;(?=\d;)|;/)
            .slice(0, 3)
            .join(' '),
        ),
    ).toEqual([
      'BIRCH & BEECH 1 icb/north',
      '"Hazel, Heather & Holly CCG" 2 icb/south',
      'nhs  alder ccg 3 icb/north',
      'Fir 4 icb/north',
    ]);
  });
});

describe('the policy for a divided body must be asked for', () => {
  const FILE = 'code,n,w\n01C,11,1.5\n01D,20,2\n01A,1,\n';
  const run = async (...more: readonly string[]) => {
    const at = await desk();
    const file = await at.put('in.csv', FILE);
    const report = at.path('report.json');
    const typed = await type(at, [
      'rekey',
      file,
      ...REKEY,
      '--values',
      'n,w',
      '-o',
      at.path('out.csv'),
      '--report',
      report,
      ...more,
    ]);
    const out = cut(await at.read('out.csv'), 'code', 'n', 'w', 'target_id', 'share', 'share_note', 'policy', 'part');
    const left = cut(
      await at.read('out.exceptions.csv').catch(() => ''),
      'exception_value',
      'exception_reason',
      'exception_detail',
    );
    return { ...typed, out, left, report: JSON.parse(await at.read('report.json')) };
  };

  test('report, unless another is named: nothing is guessed', async () => {
    const { out, left, report } = await run();
    expect(out).toEqual(['01A 1  icb/north 1   ']);
    expect(left).toEqual([
      '01C divided NHS Cedar CCG: divided between NHS Coast Integrated Care Board; NHS South, East and West ICB',
      '01D divided NHS Dogwood CCG: divided between NHS Coast Integrated Care Board; NHS North Integrated Care Board',
    ]);
    expect(report.totals).toMatchObject([
      { column: 'n', before: '32', after: '1', exceptions: '31', conserved: true },
      { column: 'w', before: '3.5', after: '0', exceptions: '3.5', conserved: true },
    ]);
  });

  test('largest: where shares are known', async () => {
    const { out, left, report } = await run('--policy', 'largest');
    expect(out).toEqual(['01C 11 1.5 icb/south 0.7  largest ', '01A 1  icb/north 1   ']);
    expect(left).toHaveLength(1);
    expect(report.totals[0]).toMatchObject({ before: '32', after: '12', exceptions: '20', conserved: true });
  });

  test('share: numbers are split, and their sum is what it was', async () => {
    const { out, report, err } = await run('--policy', 'share');
    expect(out).toEqual([
      '01C 3.3 0.45 icb/coast 0.3  share 1 of 2',
      '01C 7.7 1.05 icb/south 0.7  share 2 of 2',
      '01A 1  icb/north 1   ',
    ]);
    expect(report.totals).toMatchObject([
      { before: '32', after: '12', exceptions: '20', conserved: true },
      { before: '3.5', after: '1.5', exceptions: '2', conserved: true },
    ]);
    expect(err).toContain('Sum of “n”: 32 before; 12 after and 20 in the exceptions: conserved.');
  });

  test('share, in whole numbers: the largest remainders get what is left', async () => {
    const { out, report } = await run('--policy', 'share', '--decimals', '0');
    expect(out.slice(0, 2)).toEqual(['01C 3 0.5 icb/coast 0.3  share 1 of 2', '01C 8 1 icb/south 0.7  share 2 of 2']);
    expect(report.totals[0]).toMatchObject({ after: '12', conserved: true });
  });

  test('all: a row for each, flagged, and the sums say that they are not to be added up', async () => {
    const { out, report, err } = await run('--policy', 'all');
    expect(out).toEqual([
      '01C 11 1.5 icb/coast 0.3  all 1 of 2',
      '01C 11 1.5 icb/south 0.7  all 2 of 2',
      '01D 20 2 icb/coast   all 1 of 2',
      '01D 20 2 icb/north   all 2 of 2',
      '01A 1  icb/north 1   ',
    ]);
    expect(report.totals[0]).toMatchObject({ before: '32', after: '63', conserved: false });
    expect(err).toContain('NOT the same, as the policy has it: do not add them up');
  });

  test('shares that the person knows are told in a file', async () => {
    const at = await desk();
    const file = await at.put('in.csv', FILE);
    const shares = await at.put('shares.csv', 'from,to,share\n01D,QN1,0.25\nDogwood,NHS Coast ICB,0.75\n');
    const { code, out } = await type(at, [
      'rekey',
      file,
      ...REKEY,
      '--policy',
      'share',
      '--values',
      'n',
      '--shares',
      shares,
    ]);
    expect(code).toBe(0);
    expect(cut(out, 'code', 'n', 'target_id', 'share', 'share_note')).toEqual(
      expect.arrayContaining(['01D 15 icb/coast 0.75 as told', '01D 5 icb/north 0.25 as told']),
    );
  });

  test('shares are of what was asked for, or not used', async () => {
    const at = await desk();
    const file = await at.put('in.csv', FILE);
    const { err } = await type(at, ['rekey', file, ...REKEY, '--policy', 'largest', '--share-of', 'postcodes']);
    expect(err).toContain('its shares are of population, not of postcodes: ask with --share-of population');
  });

  test('a number that is none cannot be split, and its row is an exception', async () => {
    const at = await desk();
    const file = await at.put('in.csv', 'code,n\n01C,*\n01C,\n01A,*\n');
    const { code, out, err } = await type(at, ['rekey', file, ...REKEY, '--policy', 'share', '--values', 'n']);
    expect(code).toBe(1);
    expect(cut(out, 'code', 'n', 'target_id')).toEqual(['01C  icb/coast', '01C  icb/south', '01A * icb/north']);
    expect(err).toContain('1 row: not a number');
    expect(err).toContain('2 cells without a number');
  });

  test('there is no other', async () => {
    const at = await desk();
    const file = await at.put('in.csv', FILE);
    const { code, err } = await type(at, ['rekey', file, ...REKEY, '--policy', 'shares']);
    expect(code).toBe(2);
    expect(err).toContain('there is no policy “shares”');
    expect(err).toContain('did you mean share?');
    for (const { name, summary } of POLICIES) expect(err).toContain(`${name}: ${summary}`);
  });
});

describe('what was there stays as it was', () => {
  const values = ['01A', '01B', '01C', '01D', '01E', '01G', '01H', 'Alder', 'Birch & Beech', 'Total', '', '01X'];
  const texts = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', ';', '"', '\n', '0'), maxLength: 8 });
  const amounts = fc.oneof(
    fc.integer({ min: -1000, max: 100_000 }).map(String),
    fc.integer({ min: 0, max: 1_000_000 }).map((n) => (n / 1000).toFixed(3)),
    fc.constantFrom('1,234', '', '0', '*', '99999999999999999999.99'),
  );
  const quoted = (text: string, separator: string) =>
    /["\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
  const files = fc.record({
    separator: fc.constantFrom(',', ';', '\t'),
    newline: fc.constantFrom('\n', '\r\n'),
    rows: fc.array(fc.tuple(texts, fc.constantFrom(...values), amounts, amounts), { minLength: 1, maxLength: 30 }),
    policy: fc.constantFrom(...POLICIES.map(({ name }) => name)),
    decimals: fc.option(fc.nat(4)),
  });
  const sum = (cells: readonly (string | undefined)[]) =>
    cells.reduce((total: Decimal, each) => plus(total, decimalOf(each ?? '') ?? ZERO), ZERO);

  test('for random files and policies: rows, cells and order, and every sum', async () => {
    const machine = await given(EVENTS).open();
    await fc.assert(
      fc.asyncProperty(files, async ({ separator, newline, rows, policy, decimals }) => {
        const at = await desk();
        const header = ['text', 'body', 'one', 'two'];
        const body = rows.map((row) => row.map((cell) => quoted(cell, separator)).join(separator));
        const file = await at.put('in.csv', [header.join(separator), ...body, ''].join(newline));
        const words = ['rekey', file, ...REKEY, '--column', 'body', '--values', 'one,two', '--policy', policy];
        const { code, err } = await type(
          at,
          [
            ...words,
            ...(decimals === null ? [] : ['--decimals', String(decimals)]),
            '--separator',
            separator,
            ...['-o', at.path('out.csv'), '--exceptions', at.path('left.csv'), '--report', at.path('report.json')],
          ],
          { machine },
        );
        expect(code, err).toBeLessThan(2);
        const read = async (name: string): Promise<string[][]> =>
          parse(await at.read(name), { delimiter: separator, record_delimiter: newline });
        const [outHeader = [], ...out] = await read('out.csv');
        const [leftHeader = [], ...left] = await read('left.csv');
        expect(outHeader.slice(0, 4)).toEqual(header);
        expect(leftHeader.slice(-4)).toEqual(header);
        const part = outHeader.indexOf('part');
        const isSplit = (row: readonly string[]) => policy === 'share' && row[part] !== '';
        const firsts = out.filter((row) => row[part] === '' || row[part]?.startsWith('1 of'));
        // Each row is in one of the two files, once, as it was, in the order in which it came.
        const numbers = left.map(([row]) => Number(row));
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        const kept = rows.filter((_, n) => !numbers.includes(n + 1));
        expect(firsts.map((row) => (isSplit(row) ? row.slice(0, 2) : row.slice(0, 4)))).toEqual(
          kept.map((row, n) => (isSplit(firsts[n] ?? []) ? row.slice(0, 2) : [...row])),
        );
        expect(left.map((row) => row.slice(-4))).toEqual(numbers.map((n) => [...(rows[n - 1] ?? [])]));
        // What went in is what came out and what was left.
        const report = JSON.parse(await at.read('report.json'));
        for (const [n, column] of [2, 3].entries()) {
          const before = sum(rows.map((row) => row[column]));
          const after = plus(
            sum(out.map((row) => row[column])),
            sum(left.map((row) => row[leftHeader.length - 4 + column])),
          );
          const total = report.totals[n];
          expect(isEqual(decimalOf(total.before) as Decimal, before)).toBe(true);
          expect(isEqual(plus(decimalOf(total.after) as Decimal, decimalOf(total.exceptions) as Decimal), after)).toBe(
            true,
          );
          expect(total.conserved).toBe(isEqual(before, after));
          if (policy !== 'all') expect(total.conserved).toBe(true);
        }
        expect(report.rows).toBe(report.mapped + report.exceptions);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test('byte-order mark, line ends, quotes that need not be, a sep= line and the last line without an end', async () => {
    const at = await desk();
    const file = await at.put('in.csv', '\ufeffsep=;\r\n"code";n\r\n"01A";"1"\r\n01B;2');
    const { code, out, err } = await type(at, ['rekey', file, ...REKEY]);
    expect(code).toBe(0);
    const added = (n: number) => out.split('\r\n')[n]?.split(';').slice(0, 3).join(';');
    expect(out.startsWith('\ufeffsep=;\r\n"code";n;target_id;')).toBe(true);
    expect(added(2)).toBe('"01A";"1";icb/north');
    expect(added(3)).toBe('01B;2;icb/north');
    expect(out.endsWith('certain')).toBe(true);
    expect(err).toContain('2 rows read as UTF-8 with a byte-order mark, parted by semicolons');
  });

  test('Windows-1252 stays Windows-1252', async () => {
    const at = await desk();
    const file = await at.put('in.csv', Buffer.from('code,note\n01A,caf\xe9 \x80\n', 'latin1'));
    const { code, err } = await type(at, ['rekey', file, ...REKEY, '-o', at.path('out.csv')]);
    expect(code).toBe(0);
    expect(err).toContain('read as Windows-1252');
    const { readFile } = await import('node:fs/promises');
    expect((await readFile(at.path('out.csv'))).includes(Buffer.from('01A,caf\xe9 \x80,icb/north', 'latin1'))).toBe(
      true,
    );
  });

  test('UTF-16 is read, and comes out as UTF-8', async () => {
    const at = await desk();
    const file = await at.put('in.csv', Buffer.from('\ufeffcode\tnote\r\n01A\tcafé\r\n', 'utf16le'));
    const { code, out, err } = await type(at, ['rekey', file, ...REKEY]);
    expect(code).toBe(0);
    expect(out).toContain('01A\tcafé\ticb/north');
    expect(err).toContain('read as UTF-16LE, parted by tabs');
  });

  test('equal rows are kept, and told', async () => {
    const at = await desk();
    const file = await at.put('in.csv', 'code,n\n01A,1\n01A,1\n\n01A,1\n');
    const { out, err } = await type(at, ['rekey', file, ...REKEY]);
    expect(cut(out, 'code')).toEqual(['01A', '01A', '01A']);
    expect(err).toContain('2 rows equal to an earlier one: kept.');
    expect(err).toContain('1 blank line left out.');
  });

  test('columns that are there already are not written over: those added get a prefix', async () => {
    const at = await desk();
    const file = await at.put('in.csv', 'code,Share\n01A,1\n');
    const { out, err } = await type(at, ['rekey', file, ...REKEY, '--column', 'code']);
    expect(out.split('\n')[0]).toBe(
      'code,Share,stood_target_id,stood_target_name,stood_target_ods,stood_target_gss,stood_relation,stood_share,stood_share_of,stood_share_note,stood_policy,stood_part,stood_existence',
    );
    expect(err).toContain('begin with stood_');
  });
});

describe('values of other days', () => {
  test('stop it, with what days they are from; nothing is written', async () => {
    const at = await desk();
    const file = await at.put('in.csv', 'code\n01A\n15H\n01B\n');
    const { code, out, err } = await type(at, ['rekey', file, ...REKEY, '-o', at.path('out.csv')]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    await expect(err).toMatchFileSnapshot('golden/mixed.txt');
    expect(await at.files()).toEqual(['in.csv']);
  });

  test('are followed from their own days when that is asked for', async () => {
    const at = await desk();
    const file = await at.put('in.csv', 'code\n01A\n15H\n01F\n99F\nQN1\n');
    const { code, out } = await type(at, ['rekey', file, ...REKEY, '--any-date']);
    expect(code).toBe(0);
    expect(cut(out, 'code', 'target_id', 'relation')).toEqual([
      '01A icb/north merged',
      '15H icb/south merged',
      '01F icb/north merged',
      '99F icb/north merged',
      'QN1 icb/north same',
    ]);
  });

  test('a code on the day before it began, and on the day', async () => {
    const at = await desk();
    const file = await at.put('in.csv', 'code\n99F\n');
    const from = (day: string) => type(at, ['rekey', file, '--from', day, '--to', '2022-07-01']);
    expect((await from('2017-03-31')).code).toBe(1);
    expect((await from('2017-04-01')).code).toBe(0);
    expect((await from('2022-06-30')).code).toBe(0);
    expect((await from('2022-07-01')).code).toBe(1);
  });
});

describe('what cannot be done is said, and leaves nothing behind', () => {
  test.each([
    [
      'no such column',
      'code\n01A\n',
      ['--column', 'cod'],
      2,
      'there is no column “cod”\n  did you mean code?; columns: code',
    ],
    ['two columns of one name', 'code,n,n\n01A,1,2\n', [], 2, 'two columns are called “n”'],
    ['two columns that could be it', 'code,name\n01A,Alder\n', [], 2, '“code” and “name” name bodies equally well'],
    ['no column that could', 'x,y\nfoo,bar\n', [], 2, 'no column holds codes or names of bodies'],
    ['an empty file', '', [], 1, 'the file is empty'],
    ['blank lines only', '\n\n \n', [], 1, 'the file holds no rows'],
    ['a binary file', 'code\n\u0000\u0001\u0002', [], 1, 'the file is binary'],
    ['a workbook', 'PK\u0003\u0004rest', [], 1, 'an Excel workbook'],
    ['a quote never closed', 'code,n\n01A,"1\n01B,2\n', [], 1, 'on line 2 and never closed'],
    ['no header', '01A,1\n01B,2\n', [], 2, 'the first row seems to be data'],
    [
      'a column of numbers that is the column of bodies',
      'code,n\n01A,1\n',
      ['--values', 'code'],
      2,
      'it cannot be a column of numbers too',
    ],
    ['shares without numbers', 'code,n\n01A,1\n', ['--policy', 'share'], 2, 'no column of numbers was named'],
    ['a share that is none', 'code,n\n01A,1\n', ['--shares', 'SHARES'], 2, 'line 2: “much” is no share'],
  ] as const)('%s', async (_, content, more, exit, message) => {
    const at = await desk();
    const file = await at.put('in.csv', content);
    const shares = await at.put('shares.csv', 'from,to,share\n01D,QN1,much\n');
    const words = ['rekey', file, ...REKEY, '-o', at.path('out.csv'), '--report', at.path('r.json'), ...more];
    const { code, out, err } = await type(
      at,
      words.map((word) => (word === 'SHARES' ? shares : word)),
    );
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: exit, out: '' });
    expect(await at.files()).toEqual(['in.csv', 'shares.csv']);
  });

  test.each([
    [['--from', '2018-01-01'], 'the day to bring it to is missing: --to'],
    [['--to', '2018-01-01'], 'the day of the file is missing: --from'],
    [['--from', 'Michaelmas', '--to', '2022-07-01'], 'Michaelmas'],
    [['--from', '1985-01-01', '--to', '2022-07-01'], 'does not cover clinical commissioning groups on 1 January 1985'],
    [['--from', '2018-01-01', '--to', '2031-01-01'], 'does not cover clinical commissioning groups on 1 January 2031'],
    [['--from', '2020-01-01', '--to', '2018-01-01'], '2018-01-01 is before 2020-01-01'],
  ] as const)('%j', async (days, message) => {
    const at = await desk();
    const file = await at.put('in.csv', 'code\n01A\n');
    const { code, err } = await type(at, ['rekey', file, ...days, '-o', at.path('out.csv')]);
    expect(err).toContain(message);
    expect(code).toBe(2);
    expect(await at.files()).toEqual(['in.csv']);
  });

  test('a file that is not there, a folder, and an output that is the file itself', async () => {
    const at = await desk();
    const file = await at.put('in.csv', 'code\n01A\n');
    expect((await type(at, ['rekey', at.path('none.csv'), ...REKEY])).err).toContain('none.csv cannot be read');
    expect((await type(at, ['rekey', at.folder, ...REKEY])).err).toContain('is not a file');
    expect((await type(at, ['rekey', file, ...REKEY, '-o', file])).err).toContain('in.csv is named twice');
    expect((await type(at, ['rekey', file, ...REKEY, '-o', at.folder])).err).toContain('is a folder');
    expect((await type(at, ['rekey', file, ...REKEY, '-o', at.path('no/such.csv')])).err).toContain(
      'there is no such folder',
    );
    expect(await at.files()).toEqual(['in.csv']);
    expect(await at.read('in.csv')).toBe('code\n01A\n');
  });

  test('an interruption leaves nothing behind', async () => {
    const at = await desk();
    const file = await at.put('in.csv', `code,n\n${'01A,1\n'.repeat(400_000)}`);
    const { rekeyFile } = await import('../../src/rekey/run.ts');
    const stop = new AbortController();
    const [policy] = POLICIES;
    if (!policy) throw new Error('there is no policy');
    const running = rekeyFile({
      machine: await given(EVENTS).open(),
      file,
      from: '2018-01-01',
      to: '2022-07-01',
      column: 'code',
      separator: undefined,
      header: true,
      kind: undefined,
      toKind: undefined,
      policy,
      measure: 'population',
      values: [],
      decimals: undefined,
      anyDate: false,
      lens: {},
      output: at.path('out.csv'),
      exceptions: undefined,
      report: at.path('r.json'),
      signal: stop.signal,
      onSize: () => {},
      onOut: () => {},
      onBytes: (bytes) => {
        if (bytes > 1_000_000) stop.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(await at.files()).toEqual(['in.csv']);
  });

  test('a body that was followed by two kinds asks which', async () => {
    const at = await desk();
    const file = await at.put('in.csv', 'code\n01A\n');
    const { established, followed } = await import('../support/given.ts');
    const events = [
      ...EVENTS,
      established('sicbl/alder', '2022-07-01', { name: 'NHS North ICB - 01A', kind: 'sub-icb-location' }),
      followed(['ccg/alder'], ['sicbl/alder'], '2022-07-01', 'replacement'),
    ];
    const coverage = ['clinical-commissioning-group', 'integrated-care-board', 'sub-icb-location'];
    const machine = await given(events, { coverage }).open();
    const days = ['--from', '2018-01-01', '--to', '2022-07-01'];
    const { code, err } = await type(at, ['rekey', file, ...days], { machine });
    expect(code).toBe(2);
    expect(err).toContain('say which you want: --to-kind sub-icb-location or --to-kind integrated-care-board');
    expect((await type(at, ['rekey', file, ...days, '--to-kind', 'ICB'], { machine })).code).toBe(0);
    expect((await type(at, ['rekey', file, ...days, '--to-kind', 'sub-icb-location'], { machine })).code).toBe(0);
  });

  test('rows of another length are exceptions, whole', async () => {
    const at = await desk();
    const file = await at.put('in.csv', 'code,n\n01A,1\n01A\n01A,1,2\n"01A"x,2\n');
    const { code } = await type(at, [
      'rekey',
      file,
      ...REKEY,
      '--exceptions',
      at.path('left.csv'),
      '-o',
      at.path('out.csv'),
    ]);
    expect(code).toBe(1);
    const left = (await at.read('left.csv')).split('\n').slice(1, -1);
    expect(left.map((line) => line.split(',').slice(0, 5).join(' '))).toEqual([
      '2 3 01A bad row 1 cells where the header has 2',
      '3 4 01A bad row 3 cells where the header has 2',
      '4 5  bad row there is text after a closing quote',
    ]);
    expect(left[2]?.endsWith(',"01A"x,2')).toBe(true);
  });

  test('without a header columns go by number', async () => {
    const at = await desk();
    const file = await at.put('in.csv', '1,01A\n2,01B\n');
    const { code, out } = await type(at, ['rekey', file, ...REKEY, '--no-header', '--column', '2']);
    expect(code).toBe(0);
    expect(
      out
        .split('\n')
        .slice(0, 2)
        .map((line) => line.split(',').slice(0, 3).join(' ')),
    ).toEqual(['1 01A icb/north', '2 01B icb/north']);
  });
});

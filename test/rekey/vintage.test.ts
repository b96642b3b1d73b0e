import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Vintage } from '../../src/machine/answers.ts';
import { type Machine, openRecord } from '../../src/machine/index.ts';
import { type Day, FOREVER, isoDay, parseIsoDay } from '../../src/time/day.ts';
import { abolished, established, given, recoded, type Told } from '../support/given.ts';

const CODED = (id: string, from: string, ods: string) => established(id, from, { codes: { ods } });

function told({ ranges, odd, known, values, together }: Vintage): string[] {
  return [
    `${known} of ${values}${together ? ' together' : ''}`,
    ...ranges.map(({ from, until, existence, values: count }) => `${from} to ${until ?? '…'}: ${count} ${existence}`),
    ...odd.map(({ value, why }) => `${value}: ${why}`),
  ];
}

async function vintageOf(events: readonly Told[], ...values: string[]): Promise<string[]> {
  return told((await given(events).open()).vintage(values));
}

describe('the days on which codes were valid together', () => {
  const events = [
    CODED('ccg/a', '2013-04-01', '01A'),
    CODED('ccg/b', '2015-04-01', '01B'),
    CODED('ccg/c', '2019-04-01', '01C'),
    abolished('ccg/a', '2018-04-01'),
    recoded('ccg/b', '2017-04-01', { ods: '01D' }),
    abolished('ccg/b', '2022-07-01'),
  ];

  test('begin with the last to begin and end with the first to end', async () => {
    expect(await vintageOf(events, '01A', '01B')).toEqual(['2 of 2 together', '2015-04-01 to 2017-04-01: 2 certain']);
  });

  test('are those of the code, not only of the body', async () => {
    expect(await vintageOf(events, '01A', '01D')).toEqual(['2 of 2 together', '2017-04-01 to 2018-04-01: 2 certain']);
  });

  test('have no end where none is known', async () => {
    expect(await vintageOf(events, '01C')).toEqual(['1 of 1 together', '2019-04-01 to …: 1 certain']);
  });

  test('are those of most when there are none of all, and the odd ones are told with the reason', async () => {
    expect(await vintageOf(events, '01A', '01B', '01C', 'ccg/b')).toEqual([
      '4 of 4',
      '2015-04-01 to 2017-04-01: 3 certain',
      '01C: the code of a clinical commissioning group from 1 April 2019 on',
    ]);
    expect(await vintageOf(events, '01B', '01D', '01C', 'ccg/b')).toEqual([
      '4 of 4',
      '2019-04-01 to 2022-07-01: 3 certain',
      '01B: the code of a clinical commissioning group until 31 March 2017, which went on without it',
    ]);
  });

  test('do not suffer from a value that means nothing', async () => {
    expect(await vintageOf(events, '01A', 'Total')).toEqual([
      '1 of 2 together',
      '2013-04-01 to 2018-04-01: 1 certain',
      'Total: nothing in the record is called or coded so',
    ]);
  });

  test('are none when nothing is known', async () => {
    expect(await vintageOf(events, 'Total')).toEqual(['0 of 1', 'Total: nothing in the record is called or coded so']);
  });

  test('stretches side by side with different values are told apart', async () => {
    const meeting = [
      CODED('ccg/a', '2013-04-01', '01A'),
      CODED('ccg/b', '2018-04-01', '01B'),
      abolished('ccg/a', '2018-04-01'),
      abolished('ccg/b', '2020-04-01'),
    ];
    expect(await vintageOf(meeting, '01A', '01B')).toEqual([
      '2 of 2',
      '2013-04-01 to 2018-04-01: 1 certain',
      '2018-04-01 to 2020-04-01: 1 certain',
      '01B: the code of a clinical commissioning group from 1 April 2018 on',
    ]);
  });

  test('are possible where the dates are not closer known', async () => {
    expect(await vintageOf([CODED('ccg/a', '2013', '01A'), abolished('ccg/a', '2014')], '01A')).toEqual([
      '1 of 1 together',
      '2013-12-31 to 2014-01-01: 1 certain',
    ]);
    expect(await vintageOf([CODED('ccg/a', '2013', '01A'), abolished('ccg/a', '2013')], '01A')).toEqual([
      '1 of 1 together',
      '2013-01-01 to 2013-12-31: 1 possible',
    ]);
  });

  test('no value at all is asked wrongly', async () => {
    const machine = await given(events).open();
    expect(() => machine.vintage(['', '  '])).toThrow('no value was given');
  });
});

test('for random lives: as counted day by day', async () => {
  const first = parseIsoDay('2013-04-01') as Day;
  const life = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.option(fc.integer({ min: 1, max: 20 })));
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 6 }), async (lives) => {
      const periods = lives.map(
        ([from, length]) => [first + from, length === null ? FOREVER : first + from + length] as const,
      );
      const events = periods.flatMap(([from, to], n) => [
        CODED(`ccg/c${n}`, isoDay(from), `0${n}A`),
        ...(to === FOREVER ? [] : [abolished(`ccg/c${n}`, isoDay(to))]),
      ]);
      const { ranges, odd } = (await given(events).open()).vintage(lives.map((_, n) => `0${n}A`));
      const days = Array.from({ length: 60 }, (_, n) => first + n);
      const alive = (day: Day) => periods.flatMap(([from, to], n) => (from <= day && day < to ? [n] : []));
      const most = Math.max(...days.map((day) => alive(day).length));
      const best = days.filter((day) => alive(day).length === most);
      const inside = days.filter((day) =>
        ranges.some(({ from, until }) => from <= isoDay(day) && (until ?? '9') > isoDay(day)),
      );
      expect(inside).toEqual(best);
      expect(ranges.every(({ values }) => values === most)).toBe(true);
      const day = parseIsoDay(ranges[0]?.from ?? '') as Day;
      expect(odd.map(({ value }) => value)).toEqual(
        lives.flatMap((_, n) => (alive(day).includes(n) ? [] : [`0${n}A`])),
      );
    }),
    { numRuns: 40 },
  );
}, 60_000);

describe('the shipped record', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await openRecord();
  });
  const asKnown = { recordedBy: '2026-11-21' };

  test.each(['ods', 'gss'] as const)(
    'finds April 2020 to March 2021 for the 135 groups by %s code, and the one planted among them',
    (system) => {
      const groups = machine.at('2020-06-01', { kind: 'CCG', ...asKnown }).bodies;
      expect(groups).toHaveLength(135);
      const codes = groups.map(({ codes: all }) => all[system] ?? '');
      expect(told(machine.vintage(codes, asKnown))).toEqual([
        '135 of 135 together',
        '2020-04-01 to 2021-04-01: 135 certain',
      ]);
      expect(told(machine.vintage([...codes.slice(0, 60), '00D', ...codes.slice(60)], asKnown))).toEqual([
        '136 of 136',
        '2020-04-01 to 2021-04-01: 135 certain',
        '00D: the code of a clinical commissioning group until 31 March 2020',
      ]);
    },
  );

  test('and by name, as people write them', () => {
    const names = machine.at('2020-06-01', { kind: 'CCG', ...asKnown }).bodies.map(({ name }) =>
      name
        .replace(/^NHS | CCG$/g, '')
        .replaceAll(' and ', ' & ')
        .toUpperCase(),
    );
    expect(told(machine.vintage(names, asKnown))).toEqual([
      '135 of 135 together',
      '2020-04-01 to 2021-04-01: 135 certain',
    ]);
  });
});

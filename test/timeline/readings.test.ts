import { describe, expect, test } from 'vitest';
import { begins } from '../../src/timeline/change.ts';
import { compareRows, heldAt, jointlyAt, type Row, spellsOf, turningDays } from '../../src/timeline/readings.ts';
import type { Scalar } from '../../src/timeline/types.ts';

/** A row that sets a value on a day, or on one of some days; without rank, its order says which of a day goes first. */
function row(
  days: number | readonly [number, number],
  value: Scalar,
  more: Partial<Row> & { readonly in?: string } = {},
): Row {
  const [earliest, latest] = typeof days === 'number' ? [days, days] : days;
  const { in: order = '5', ...rest } = more;
  return {
    earliest,
    latest,
    value,
    member: undefined,
    event: `e${earliest}${value}`,
    rank: -1,
    order: () => order,
    ...rest,
  };
}

const said = (held: ReturnType<typeof heldAt>) =>
  held.map(({ value, certainty }) => `${value}${certainty === 'certain' ? '' : '?'}`);

describe('which of two changes of one day goes first', () => {
  const sorted = (...rows: Row[]) => [...rows].sort(compareRows).map(({ value }) => value);

  test('the earlier day, whatever the order', () => {
    expect(sorted(row(2, 'b', { in: '1' }), row(1, 'a', { in: '9' }))).toEqual(['a', 'b']);
    expect(sorted(row(2, 'b', { rank: 0 }), row(1, 'a', { rank: 1 }))).toEqual(['a', 'b']);
  });

  test('then the rank, where both have one', () => {
    expect(sorted(row(1, 'b', { rank: 1, in: '1' }), row(1, 'a', { rank: 0, in: '9' }))).toEqual(['a', 'b']);
    expect(sorted(row(1, 'a', { rank: 0, in: '9' }), row(1, 'b', { rank: 1, in: '1' }))).toEqual(['a', 'b']);
  });

  test('else the order, and at last the id', () => {
    expect(sorted(row(1, 'b', { rank: 0, in: '9' }), row(1, 'a', { in: '1' }))).toEqual(['a', 'b']);
    expect(sorted(row(1, 'a', { in: '1' }), row(1, 'b', { rank: 0, in: '9' }))).toEqual(['a', 'b']);
    expect(sorted(row(1, 'b', { in: '9' }), row(1, 'a', { rank: 0, in: '1' }))).toEqual(['a', 'b']);
    expect(sorted(row(1, 'b', { in: '9' }), row(1, 'a', { in: '1' }))).toEqual(['a', 'b']);
    expect(sorted(row(1, 'b', { event: 'y' }), row(1, 'a', { event: 'x' }))).toEqual(['a', 'b']);
    expect(sorted(row(1, 'a', { event: 'x' }), row(1, 'b', { event: 'y' }))).toEqual(['a', 'b']);
    expect(compareRows(row(1, 'a', { event: 'x' }), row(1, 'b', { event: 'x' }))).toBe(0);
  });
});

describe('what may hold on a day', () => {
  const vague = [row([10, 20], 'new'), row(15, 'set')];

  test('nothing before the first change may have come', () => {
    expect(said(heldAt(vague, 9, undefined))).toEqual([]);
    expect(said(heldAt(vague, 10, undefined))).toEqual(['new?']);
  });

  test('a change that surely comes later rules out what may have been set before it', () => {
    expect(said(heldAt(vague, 14, undefined))).toEqual(['new?']);
    expect(said(heldAt(vague, 15, undefined))).toEqual(['set']);
    expect(said(heldAt(vague, 16, undefined))).toEqual(['new?', 'set?']);
    expect(said(heldAt(vague, 20, undefined))).toEqual(['new?', 'set?']);
  });

  test('on one day, the order within it decides', () => {
    const [first, then] = [row([10, 15], 'new', { in: '1' }), row(15, 'set', { in: '9' })];
    expect(said(heldAt([first, then], 15, undefined))).toEqual(['set']);
    const [last, before] = [row([10, 15], 'new', { in: '9' }), row(15, 'set', { in: '1' })];
    expect(said(heldAt([last, before], 15, undefined))).toEqual(['new?', 'set?']);
  });

  test('a value set again is one value, and its boundaries are those of the whole run', () => {
    const again = [row(1, 'a'), row(5, 'a'), row(9, 'b')];
    expect(heldAt(again, 7, undefined)).toEqual([
      {
        value: 'a',
        certainty: 'certain',
        expected: false,
        from: { earliest: 1, latest: 1, event: 'e1a' },
        until: { earliest: 9, latest: 9, event: 'e9b' },
      },
    ]);
    expect(heldAt([row(1, true, { member: 'm' })], 3, undefined)[0]).toMatchObject({ member: 'm' });
    expect(heldAt([row(1, true)], 3, undefined)[0]).not.toHaveProperty('member');
  });

  test('expected is what begins after the day to which things were public', () => {
    const expectedFrom = (publishedBy: number | undefined) => heldAt([row(5, 'a')], 9, publishedBy)[0]?.expected;
    expect([expectedFrom(undefined), expectedFrom(4), expectedFrom(5), expectedFrom(6)]).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });
});

describe('the history of one key', () => {
  const history = (...rows: Row[]) =>
    spellsOf(rows, undefined).map(
      ({ value, certainty, from, until }) =>
        `${value}${certainty === 'certain' ? '' : '?'} ${from.earliest}${until ? `-${until.earliest}` : ''}`,
    );

  test('each run of a value once; what is taken away leaves a gap', () => {
    expect(history(row(1, 'a'), row(3, 'a'), row(5, null), row(7, 'b'))).toEqual(['a 1-5', 'b 7']);
  });

  test('a value overtaken on its own day never was; one that began before was', () => {
    expect(history(row(1, 'a', { in: '1' }), row(1, 'b', { in: '2' }))).toEqual(['b 1']);
    expect(history(row(1, 'a'), row(3, 'a', { in: '1' }), row(3, 'b', { in: '2' }))).toEqual(['a 1-3', 'b 3']);
  });

  test('with an imprecise day, certain is what holds on some day on every reading', () => {
    expect(history(row([10, 20], 'new'), row(30, 'set'))).toEqual(['new 10-30', 'set 30']);
    expect(history(row([10, 20], 'new'), row(15, 'set'))).toEqual(['new? 10-15', 'set 15']);
    expect(history(row(15, 'set'), row([15, 20], 'new', { in: '9' }))).toEqual(['set? 15-15', 'new 15']);
    expect(history(row([10, 20], 'a'), row([10, 20], 'b', { in: '9' }))).toEqual(['a? 10-10', 'b? 10']);
  });

  test('one that comes before another on every reading of one day never was', () => {
    expect(
      history(row([10, 12], 'a', { in: '1' }), row(10, 'b', { in: '0' }), row([10, 11], 'c', { in: '9' })),
    ).toHaveLength(3);
    expect(history(row(10, 'a', { in: '1' }), row(10, 'b', { in: '2' }), row([12, 13], 'c'))).toEqual([
      'b 10-12',
      'c 12',
    ]);
  });
});

test('a doubt is called possible', () => {
  expect(spellsOf([row([10, 20], 'a'), row(15, 'b')], undefined).map(({ certainty }) => certainty)).toEqual([
    'possible',
    'certain',
  ]);
  expect(heldAt([row([10, 20], 'a')], 15, undefined).map(({ certainty }) => certainty)).toEqual(['possible']);
});

describe('the days on which anything may turn', () => {
  test('first, the day after it, and last; each once, in order', () => {
    expect(turningDays([row([30, 40], 'b'), row([10, 20], 'a'), row(10, 'c')])).toEqual([10, 11, 20, 30, 31, 40]);
    expect(turningDays([row(100, 'b'), row(9, 'a'), row([8, 9], 'c')])).toEqual([8, 9, 10, 100, 101]);
  });

  test('where every change is exact, its day alone', () => {
    expect(turningDays([row(100, 'b'), row(9, 'a'), row(9, 'c')])).toEqual([9, 100]);
    expect(turningDays([])).toEqual([]);
  });
});

describe('several keys of one subject together', () => {
  const together = (keys: readonly (readonly Row[])[], at: number) =>
    jointlyAt(keys, at)
      .map((values) => values.join('+'))
      .sort();

  test('one event falls on one day for all it changes', () => {
    const kind = [row(1, 'trust'), row([10, 20], 'foundation', { event: 'made' })];
    const name = [row(1, 'A'), row([10, 20], 'A Foundation', { event: 'made' })];
    expect(together([kind, name], 9)).toEqual(['trust+A']);
    expect(together([kind, name], 10)).toEqual(['foundation+A Foundation', 'trust+A']);
    expect(together([kind, name], 19)).toEqual(['foundation+A Foundation', 'trust+A']);
    expect(together([kind, name], 20)).toEqual(['foundation+A Foundation']);
  });

  test('two events are free of each other', () => {
    const kind = [row(1, 'trust'), row([10, 20], 'foundation', { event: 'made' })];
    const name = [row(1, 'A'), row([10, 20], 'B', { event: 'named' })];
    expect(together([kind, name], 15)).toEqual(['foundation+A', 'foundation+B', 'trust+A', 'trust+B']);
  });

  test('none is a value too, and it waits for all that may give one', () => {
    const exists = [row([10, 20], true, { event: 'made' })];
    const name = [row([10, 20], 'A', { event: 'made' })];
    expect(together([exists, name], 15)).toEqual(['+', 'true+A']);
  });

  test('what has happened by the day, and what has yet to come, bind nothing', () => {
    const done = [row(1, 'old'), row([10, 12], 'new', { event: 'one' })];
    const vague = [row([14, 20], 'late', { event: 'two' })];
    expect(together([done, vague], 15)).toEqual(['new+', 'new+late']);
    expect(together([done, vague], 12)).toEqual(['new+']);
    expect(together([done, vague], 11)).toEqual(['new+', 'old+']);
    expect(together([vague, [row([14, 20], 'other', { event: 'two' })]], 14)).toEqual(['+', 'late+other']);
    expect(together([vague, [row([14, 20], 'other', { event: 'two' })]], 20)).toEqual(['late+other']);
  });

  test('with too many combinations the keys are taken as free of each other', () => {
    const key = (event: string) => [row(1, 'old'), row([10, 20], 'new', { event })];
    const twelve = Array.from({ length: 12 }, () => key('one'));
    expect(jointlyAt(twelve, 15)).toHaveLength(2);
    const thirteen = Array.from({ length: 13 }, () => key('one'));
    expect(jointlyAt(thirteen, 15)).toHaveLength(2 ** 13);
  });
});

test('a beginning is true', () => {
  expect(begins('ccg/a')).toEqual({ subject: 'ccg/a', attribute: 'exists', value: true });
});

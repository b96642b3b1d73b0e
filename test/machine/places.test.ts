import { beforeAll, describe, expect, test } from 'vitest';
import { AskedWrongly, type Machine, openRecord, type Places } from '../../src/machine/index.ts';
import { abolished, established, followed, given, type Told } from '../support/given.ts';

const A = 'icb/a';
const B = 'icb/b';

/** Two boards of 2022, and groups before them that these successions lead to the boards. */
const story = (ids: readonly string[], ...successions: readonly Told[]): readonly Told[] => [
  ...ids.flatMap((id) => [established(id, '2013-04-01'), abolished(id, '2022-07-01')]),
  established(A, '2022-07-01'),
  established(B, '2022-07-01'),
  ...successions,
];

async function linesOn(day: string, events: readonly Told[]): Promise<string[]> {
  const { places } = (await given(events).open()).places(day);
  return places.flatMap(({ place, bodies }) => bodies.map(({ id, line }) => `${place} ${id} ${line}`));
}

describe('which place a body belongs to', () => {
  test('one followed by one board is wholly of its place', async () => {
    const events = story(['ccg/x'], followed(['ccg/x'], [A], '2022-07-01', 'replacement'));
    expect(await linesOn('2022-06-30', events)).toEqual(['icb/a ccg/x whole']);
    expect(await linesOn('2022-07-01', events)).toEqual(['icb/a icb/a whole', 'icb/b icb/b whole']);
    expect(await linesOn('2013-04-01', events)).toEqual(['icb/a ccg/x whole']);
    expect(await linesOn('2013-03-31', events)).toEqual([]);
  });

  test('one that gave a part to another board stays mainly with the one that replaced it', async () => {
    const events = story(
      ['ccg/x'],
      followed(['ccg/x'], [A], '2022-07-01', 'replacement'),
      followed(['ccg/x'], [B], '2022-07-01', 'transfer'),
    );
    expect(await linesOn('2020-01-01', events)).toEqual(['icb/a ccg/x main', 'icb/b ccg/x part']);
  });

  test.each([
    [0.6, 0.4, ['icb/a ccg/x main', 'icb/b ccg/x part']],
    [0.5, 0.5, ['icb/a ccg/x shared', 'icb/b ccg/x shared']],
    [0.49, 0.51, ['icb/a ccg/x part', 'icb/b ccg/x main']],
  ])('divided %d to %d', async (a, b, lines) => {
    const events = story(
      ['ccg/x'],
      followed(['ccg/x'], [A, B], '2022-07-01', 'division', [
        ['ccg/x', A, a],
        ['ccg/x', B, b],
      ]),
    );
    expect(await linesOn('2020-01-01', events)).toEqual(lines);
  });

  test('divided without a share is shared: nobody guesses', async () => {
    const events = story(['ccg/x'], followed(['ccg/x'], [A, B], '2022-07-01', 'division'));
    expect(await linesOn('2020-01-01', events)).toEqual(['icb/a ccg/x shared', 'icb/b ccg/x shared']);
  });

  test('several parts that end in one place are added up', async () => {
    const events = story(
      ['ccg/x', 'ccg/p', 'ccg/q', 'ccg/r'],
      followed(['ccg/x'], ['ccg/p', 'ccg/q', 'ccg/r'], '2018-04-01', 'division', [
        ['ccg/x', 'ccg/p', 0.4],
        ['ccg/x', 'ccg/q', 0.2],
        ['ccg/x', 'ccg/r', 0.4],
      ]),
      followed(['ccg/p', 'ccg/q'], [A], '2022-07-01', 'merger'),
      followed(['ccg/r'], [B], '2022-07-01', 'replacement'),
    );
    expect(await linesOn('2018-03-31', events)).toContain('icb/a ccg/x main');
    expect(await linesOn('2018-03-31', events)).toContain('icb/b ccg/x part');
  });

  test('one that nothing leads on from is in no place, and said so', async () => {
    const machine = await given(story(['ccg/x'])).open();
    const { places, unplaced, bodies, notes } = machine.places('2020-01-01');
    expect(places.flatMap((place) => place.bodies)).toEqual([]);
    expect([bodies, unplaced.map(({ id }) => id)]).toEqual([1, ['ccg/x']]);
    expect(notes).toContain(
      '1 clinical commissioning groups are in no place: the record holds no line from them to it.',
    );
  });

  test('after 2022 a place belongs to the board that its own board led to', async () => {
    const events = [
      ...story([]),
      established('icb/c', '2026-04-01'),
      abolished(A, '2026-04-01'),
      abolished(B, '2026-04-01'),
      followed([A, B], ['icb/c'], '2026-04-01', 'merger'),
    ];
    expect(await linesOn('2026-03-31', events)).toEqual(['icb/a icb/a whole', 'icb/b icb/b whole']);
    expect(await linesOn('2026-04-01', events)).toEqual(['icb/a icb/c whole', 'icb/b icb/c whole']);
  });

  test('successions that lead in a circle end', async () => {
    const events = story(
      ['ccg/x', 'ccg/y'],
      followed(['ccg/x'], ['ccg/y'], '2018-04-01', 'transfer'),
      followed(['ccg/y'], ['ccg/x'], '2018-04-01', 'transfer'),
      followed(['ccg/x'], [A], '2022-07-01', 'replacement'),
    );
    expect(await linesOn('2016-01-01', events)).toContain('icb/a ccg/x whole');
  });

  test('leaders shared by three, and by one of them with a fourth, are two groups', async () => {
    const share = (from: string | readonly string[], to: string): Told => ({
      type: 'RelationshipBegan',
      effective: '2025-10-01',
      data: { relation: 'shares-leadership-with', from, to },
    });
    const events = [
      ...['a', 'b', 'c', 'd'].map((one) => established(`icb/${one}`, '2022-07-01')),
      share(['icb/a', 'icb/b'], 'icb/c'),
      share('icb/a', 'icb/b'),
      share('icb/c', 'icb/d'),
    ];
    const machine = await given(events).open();
    const groups = (day: string) => machine.places(day).clusters.map(({ bodies }) => bodies.map(({ id }) => id));
    expect(groups('2025-09-30')).toEqual([]);
    expect(groups('2025-10-01')).toEqual([
      ['icb/a', 'icb/b', 'icb/c'],
      ['icb/c', 'icb/d'],
    ]);
  });

  test('a month is refused, with a day to name instead', async () => {
    const machine = await given(story([])).open();
    expect(() => machine.places('May 2018')).toThrow(AskedWrongly);
    expect(() => machine.places('no day')).toThrow(AskedWrongly);
  });
});

describe('the shipped record', () => {
  const lens = { recordedBy: '2026-11-21' };
  let record: Machine;
  beforeAll(async () => {
    record = await openRecord();
  });

  /** Places of each body, and bodies of each place, as pairs. */
  const pairs = ({ places }: Places) =>
    places.flatMap(({ place, bodies }) => bodies.map(({ id }) => `${id} ${place}`)).sort();

  test.each([
    '2002-04-01',
    '2005-01-01',
    '2010-01-01',
    '2013-03-31',
    '2013-04-01',
    '2016-06-01',
    '2019-06-20',
    '2022-06-30',
  ])('on %s leads each body where the correspondence table leads it', (day) => {
    const places = record.places(day, lens);
    const { rows } = record.correspondence(day, '2022-07-01', { kind: places.kind ?? '', toKind: 'ICB', ...lens });
    expect(pairs(places)).toEqual(rows.flatMap(({ from, to }) => (from && to ? [`${from.id} ${to.id}`] : [])).sort());
  });

  test('after the first boards it leads each of them where the table leads it', () => {
    const places = record.places('2026-04-01', lens);
    const { rows } = record.correspondence('2022-07-01', '2026-04-01', { kind: 'ICB', ...lens });
    // Four small areas near Chichester changed board in 2023, and went on with it into one that both became.
    expect(pairs(places)).toEqual(
      [...new Set(rows.flatMap(({ from, to }) => (from && to ? [`${to.id} ${from.id}`] : [])))].sort(),
    );
  });

  test('says whose regions are whose: four in 2013, seven since 2019, none of them before 2013', () => {
    const regions = (day: string) => new Set(record.places(day, lens).places.map(({ region }) => region?.id)).size;
    expect(regions('2013-04-01')).toBe(4);
    expect(regions('2019-06-20')).toBe(7);
    expect([...new Set(record.places('2005-01-01', lens).places.map(({ region }) => region))]).toEqual([null]);
  });

  test('knew no places before it was begun', () => {
    const { places, notes } = record.places('2013-04-01', { recordedBy: '2026-11-20' });
    expect(places).toEqual([]);
    expect(notes[0]).toMatch(/nothing to draw on/);
  });

  test('as seen from 2013, draws its groups on the grid of 2022', () => {
    const { places, bodies } = record.places('2013-04-01', { publishedBy: '2014-01-01', ...lens });
    expect([places.length, bodies]).toEqual([42, 211]);
    expect(places.every((place) => place.bodies.length > 0)).toBe(true);
  });
});

describe('generations', () => {
  test('begin where a number changes by a tenth, and not below it', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `ccg/g${n}`);
    const events = [
      ...ids.map((id) => established(id, '2013-04-01')),
      abolished('ccg/g0', '2015-04-01'),
      abolished('ccg/g1', '2016-04-01'),
      followed(['ccg/g0'], ['ccg/g2'], '2015-04-01', 'absorption'),
      followed(['ccg/g1'], ['ccg/g2'], '2016-04-01', 'absorption'),
    ];
    const machine = await given(events).open();
    const { generations, passages } = machine.generations();
    expect(generations.filter(({ kind }) => kind === 'clinical-commissioning-group')).toEqual([
      { kind: 'clinical-commissioning-group', at: '2013-04-01', certain: 20, possible: 20 },
      { kind: 'clinical-commissioning-group', at: '2016-04-01', certain: 18, possible: 18 },
    ]);
    expect(passages.map(({ manner, before, after }) => `${before} ${manner} ${after}`)).toEqual([
      '18 went on 18',
      '2 merged 1',
    ]);
  });
});

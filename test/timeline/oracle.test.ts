import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FOREVER } from '../../src/time/day.ts';
import {
  createTimeline,
  type Entry,
  EXISTS,
  type Moment,
  type Scalar,
  type Timeline,
  timelineFromBytes,
} from '../../src/timeline/index.ts';
import { countOf, membersOf, retiring, statesOf, subjectsOf, valuesOf, visible } from '../support/oracle.ts';

const SUBJECTS = ['ccg/a', 'ccg/b', 'icb/c'];
const VALUES: Scalar[] = ['x', 'y', 2, 1.5, true, null];
const LAST_DAY = 12;

const change = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      subject: fc.constantFrom(...SUBJECTS),
      attribute: fc.constant(EXISTS),
      value: fc.constantFrom<Scalar>(true, null),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      subject: fc.constantFrom(...SUBJECTS),
      attribute: fc.constantFrom('kind', 'region'),
      value: fc.constantFrom(...VALUES),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      subject: fc.constantFrom(...SUBJECTS),
      attribute: fc.constant('partOf'),
      member: fc.constantFrom('region/n', 'region/s', 'ccg/a'),
      value: fc.constantFrom<Scalar>(true, 'host', null),
    }),
  },
);

const entry = fc.record({
  earliest: fc.integer({ min: 0, max: LAST_DAY - 3 }),
  width: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 }) }),
  order: fc.constantFrom('1', '2', '3'),
  publicFrom: fc.integer({ min: -2, max: LAST_DAY }),
  recordedFrom: fc.integer({ min: 100, max: 103 }),
  lasts: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
});

// At most five imprecise events, so that the readings can be enumerated.
const log = fc.array(entry, { maxLength: 10 }).map((drawn) => {
  let imprecise = 0;
  return drawn.map((event, index): Entry => {
    const width = event.width > 0 && ++imprecise > 5 ? 0 : event.width;
    return {
      event: {
        id: `e/${String.fromCodePoint(97 + ((index * 7) % 26))}`,
        earliest: event.earliest,
        latest: event.earliest + width,
        order: event.order,
        publicFrom: event.publicFrom,
        recordedFrom: event.recordedFrom,
        recordedTo: event.lasts === undefined ? FOREVER : event.recordedFrom + event.lasts,
      },
      changes: event.changes,
    };
  });
});

const moment: fc.Arbitrary<Moment> = fc
  .record({
    at: fc.integer({ min: -1, max: LAST_DAY + 1 }),
    publishedBy: fc.option(fc.integer({ min: -2, max: LAST_DAY }), { nil: undefined }),
    recordedBy: fc.option(fc.integer({ min: 99, max: 107 }), { nil: undefined }),
  })
  .map(({ at, publishedBy, recordedBy }) => ({
    at,
    ...(publishedBy !== undefined && { publishedBy }),
    ...(recordedBy !== undefined && { recordedBy }),
  }));

/** Everything the engine says at a moment, in a form that compares. */
function everything(timeline: Timeline, at: Moment): unknown {
  const days = [at.at - 3, at.at, at.at + 2];
  return {
    values: SUBJECTS.map((subject) =>
      ['kind', 'region', EXISTS].map((attribute) => timeline.values(subject, attribute, at)),
    ),
    members: SUBJECTS.map((subject) => timeline.members(subject, 'partOf', at)),
    bearers: ['x', 'y', 'region/n', 'ccg/a'].map((value) =>
      ['kind', 'partOf'].map((attribute) => timeline.bearers(attribute, value, at)),
    ),
    ever: ['x', 'region/s'].map((value) =>
      ['kind', 'partOf'].map((attribute) => timeline.everBearers(attribute, value)),
    ),
    existing: timeline.existing(at),
    attributes: SUBJECTS.map((subject) => timeline.attributes(subject)),
    spells: SUBJECTS.map((subject) => ['kind', 'partOf'].map((attribute) => timeline.spells(subject, attribute, at))),
    days: timeline.changeDays(at),
    count: timeline.count({ kind: 'x' }, at),
    members_count: timeline.count({ partOf: 'region/n' }, at),
    series: timeline.series({ kind: 'y' }, days, at),
    crosstab: timeline.crosstab(['kind', 'region'], at),
  };
}

function against(timeline: Timeline, told: readonly Entry[], at: Moment): void {
  for (const subject of SUBJECTS) {
    for (const attribute of ['kind', 'region', EXISTS]) {
      const got = timeline.values(subject, attribute, at);
      const wanted = valuesOf(told, subject, attribute, at);
      expect(new Map(got.map(({ value, certainty }) => [value, certainty]))).toEqual(wanted);
      expect(got.length).toBe(wanted.size);
    }
    expect(timeline.existence(subject, at)).toBe(valuesOf(told, subject, EXISTS, at).get(true) ?? 'no');
    expect(timeline.existenceHeld(subject, at)?.value).toBe(
      valuesOf(told, subject, EXISTS, at).has(true) ? true : undefined,
    );
    const members = membersOf(told, 'partOf').flatMap((member) =>
      [...valuesOf(told, subject, 'partOf', at, member)].map(([value, certainty]) => ({ member, value, certainty })),
    );
    const got = timeline
      .members(subject, 'partOf', at)
      .map(({ member, value, certainty }) => ({ member, value, certainty }));
    expect(new Set(got.map((one) => JSON.stringify(one)))).toEqual(new Set(members.map((one) => JSON.stringify(one))));
    expect(got.map(({ member }) => member)).toEqual(members.map(({ member }) => member));
    const attributes = told.flatMap((each) =>
      each.changes.filter((one) => one.subject === subject).map((one) => one.attribute),
    );
    expect(timeline.attributes(subject)).toEqual([...new Set(attributes)].sort());
  }
  for (const value of ['x', 'y']) {
    const bearing = (certainty: Map<Scalar, unknown>): boolean => certainty.has(value);
    expect(timeline.bearers('kind', value, at).map(({ subject, held }) => [subject, held.certainty])).toEqual(
      SUBJECTS.filter((subject) => bearing(valuesOf(told, subject, 'kind', at))).map((subject) => [
        subject,
        valuesOf(told, subject, 'kind', at).get(value),
      ]),
    );
    const kindAfter = (each: Entry, subject: string): unknown =>
      each.changes.findLast((one) => one.subject === subject && one.attribute === 'kind')?.value;
    expect(timeline.everBearers('kind', value)).toEqual(
      SUBJECTS.filter((subject) => told.some((each) => kindAfter(each, subject) === value)),
    );
  }
  for (const member of ['region/n', 'ccg/a']) {
    expect(timeline.bearers('partOf', member, at).map(({ subject }) => subject)).toEqual(
      SUBJECTS.filter((subject) => valuesOf(told, subject, 'partOf', at, member).size > 0),
    );
  }
  expect(timeline.existing(at).map(({ subject, held }) => [subject, held.certainty])).toEqual(
    SUBJECTS.filter((subject) => valuesOf(told, subject, EXISTS, at).has(true)).map((subject) => [
      subject,
      valuesOf(told, subject, EXISTS, at).get(true),
    ]),
  );
  const days = [...new Set(visible(told, at).map(({ event }) => event.earliest))].sort((a, b) => a - b);
  expect(timeline.changeDays(at)).toEqual(days);
}

function countsAgainst(timeline: Timeline, told: readonly Entry[], at: Moment): void {
  const selections: Record<string, Scalar>[] = [
    {},
    { kind: 'x' },
    { kind: 'y', region: 'x' },
    { region: 2 },
    { kind: null },
  ];
  for (const selection of selections) {
    const wanted = countOf(told, selection, at);
    const got = timeline.count(selection, at);
    expect(got.certain).toBe(wanted.certain);
    expect(got.possible).toBeGreaterThanOrEqual(wanted.possible);
    expect(got.possible).toBeLessThanOrEqual(wanted.separately);
    const days = [at.at + 2, at.at - 2, at.at, at.at];
    const series = timeline.series(selection, days, at);
    expect(series).toEqual(days.map((day) => ({ at: day, ...timeline.count(selection, { ...at, at: day }) })));
  }
  const cells = new Map<string, number>();
  for (const subject of subjectsOf(told)) {
    const states = statesOf(told, subject, at);
    const seen = states.map((state) =>
      state.get('["exists"]') === true
        ? JSON.stringify([state.get('["kind"]') ?? null, state.get('["region"]') ?? null])
        : 'none',
    );
    if (seen[0] !== 'none' && seen.every((one) => one === seen[0]))
      cells.set(seen[0] as string, (cells.get(seen[0] as string) ?? 0) + 1);
  }
  const table = timeline.crosstab(['kind', 'region'], at);
  const certain = table
    .filter((group) => group.certain > 0)
    .map((group) => [JSON.stringify(group.values), group.certain] as const);
  expect(new Map(certain)).toEqual(cells);
  for (const group of table) {
    const [kind, region] = group.values;
    const counted = timeline.count({ kind: kind ?? null, region: region ?? null }, at);
    expect(group.possible).toBe(counted.possible);
  }
}

describe('the engine says what the log says, folded from the beginning on every reading of its dates', {
  timeout: 60_000,
}, () => {
  test('values, existence, members, bearers and days, on all three clocks', () => {
    fc.assert(
      fc.property(log, moment, (told, at) => against(createTimeline(told), told, at)),
      { numRuns: 150 },
    );
  });

  test('the same with all that is known now, for which there are shorter ways', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: -1, max: LAST_DAY + 1 }), (told, at) => {
        const timeline = createTimeline(told);
        for (const day of [at, at - 2, at + 1]) against(timeline, told, { at: day });
      }),
      { numRuns: 80 },
    );
  });

  test.each([
    ['far in the past', -60_000],
    ['about the last day that narrow columns hold', 32_762],
    ['far in the future', 1_000_000],
  ])('the same %s', (_, days) => {
    const shifted = (day: number): number => (day === FOREVER ? day : day + days);
    fc.assert(
      fc.property(log, moment, fc.boolean(), (told, at, ownRecord) => {
        const recorded = (day: number): number => (ownRecord ? shifted(day) : day);
        const later = told.map(({ event, changes }): Entry => {
          const { earliest, latest, publicFrom, recordedFrom, recordedTo } = event;
          return {
            event: {
              ...event,
              earliest: shifted(earliest),
              latest: shifted(latest),
              publicFrom: shifted(publicFrom),
              recordedFrom: recorded(recordedFrom),
              recordedTo: recorded(recordedTo),
            },
            changes,
          };
        });
        const asked: Moment = {
          at: shifted(at.at),
          ...(at.publishedBy !== undefined && { publishedBy: shifted(at.publishedBy) }),
          ...(at.recordedBy !== undefined && { recordedBy: recorded(at.recordedBy) }),
        };
        against(timelineFromBytes(createTimeline(later).toBytes()), later, asked);
        countsAgainst(createTimeline(later), later, asked);
      }),
      { numRuns: 25 },
    );
  });

  test('counts, series and tables: the certain exactly, the possible as an upper bound', () => {
    fc.assert(
      fc.property(log, moment, (told, at) => countsAgainst(createTimeline(told), told, at)),
      { numRuns: 50 },
    );
  });

  test('asked so often that the history of the counts is kept, it still says the same', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 0, max: LAST_DAY }), (told, day) => {
        const timeline = createTimeline(told);
        const ask = (): unknown => [
          timeline.crosstab(['kind', 'region'], { at: day }),
          timeline.series({ kind: 'x' }, [day, day + 1], {}),
          timeline.series({}, [day], {}),
        ];
        const first = ask();
        for (let again = 0; again < 4; again++) expect(ask()).toEqual(first);
      }),
      { numRuns: 50 },
    );
  });

  test('the order of import never shows, nor whether it came at once or bit by bit with questions between', () => {
    const shuffled = log.chain((told) =>
      fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length }), fc.nat(10)),
    );
    fc.assert(
      fc.property(shuffled, moment, ([told, order, split], at) => {
        const wanted = everything(createTimeline(told), at);
        expect(everything(createTimeline(order), at)).toEqual(wanted);
        const grown = createTimeline(order.slice(0, split));
        for (const each of order.slice(split)) {
          everything(grown, at);
          grown.append([each]);
        }
        expect(everything(grown, at)).toEqual(wanted);
        against(grown, told, at);
        countsAgainst(grown, told, at);
      }),
      { numRuns: 60 },
    );
  });

  test('a timeline put into bytes and read back says the same, and can go on growing', () => {
    fc.assert(
      fc.property(log, fc.nat(10), moment, (told, split, at) => {
        const early = createTimeline(told.slice(0, split));
        const back = timelineFromBytes(early.toBytes());
        expect(everything(back, at)).toEqual(everything(early, at));
        back.append(told.slice(split));
        const again = timelineFromBytes(back.toBytes());
        expect(everything(again, at)).toEqual(everything(createTimeline(told), at));
        expect(again.toBytes()).toEqual(createTimeline(told).toBytes());
      }),
      { numRuns: 50 },
    );
  });

  test('an event that is retired was believed until then, whenever and in whatever order that is learnt', () => {
    const open = log.map((told) =>
      told.map(({ event, changes }) => ({ event: { ...event, recordedTo: FOREVER, recordedFrom: 100 }, changes })),
    );
    const withRetired = open.chain((told) =>
      fc.tuple(
        fc.constant(told),
        fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 100, max: 104 })), { maxLength: 4 }),
        fc.nat(10),
      ),
    );
    fc.assert(
      fc.property(withRetired, moment, ([told, drawn, split], at) => {
        const retired = new Map<string, number>();
        for (const [index, day] of drawn) if (told[index]) retired.set((told[index] as Entry).event.id, day);
        const timeline = createTimeline(told.slice(0, split));
        everything(timeline, at);
        for (const [id, day] of retired) timeline.retire(id, day);
        everything(timeline, at);
        timeline.append(told.slice(split));
        const wanted = retiring(told, retired);
        against(timeline, wanted, at);
        countsAgainst(timeline, wanted, at);
        const back = timelineFromBytes(timeline.toBytes());
        against(back, wanted, at);
      }),
      { numRuns: 50 },
    );
  });
});

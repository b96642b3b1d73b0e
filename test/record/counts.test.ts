import { beforeAll, describe, expect, it, test } from 'vitest';
import { type Machine, openRecord } from '../../src/machine/index.ts';
import { isoDay, parseIsoDay } from '../../src/time/day.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await openRecord();
}, 60_000);

const beside = (day: string, days: number) => isoDay((parseIsoDay(day) ?? Number.NaN) + days);
const counted = (of: string, at: string) => {
  const { certain, possible } = machine.count(of, { at });
  return possible === certain ? certain : [certain, possible];
};

// Kind or status, day, how many on the day before, on it, and on the day after.
const COUNTS: readonly (readonly [of: string, day: string, before: number, on: number, after: number])[] = [
  ['health-authority', '2002-04-01', 95, 0, 0],
  ['strategic-health-authority', '2002-04-01', 0, 28, 28],
  ['strategic-health-authority', '2006-07-01', 28, 10, 10],
  ['strategic-health-authority', '2013-04-01', 10, 0, 0],
  ['primary-care-trust', '2000-10-01', 17, 40, 40],
  ['primary-care-trust', '2001-04-01', 40, 164, 164],
  ['primary-care-trust', '2002-04-01', 164, 303, 303],
  ['primary-care-trust', '2002-10-01', 303, 304, 304],
  ['primary-care-trust', '2003-04-01', 304, 303, 303],
  ['primary-care-trust', '2006-10-01', 303, 152, 152],
  ['primary-care-trust', '2010-04-01', 152, 151, 151],
  ['primary-care-trust', '2013-04-01', 151, 0, 0],
  ['clinical-commissioning-group', '2013-04-01', 0, 211, 211],
  ['clinical-commissioning-group', '2015-04-01', 211, 209, 209],
  ['clinical-commissioning-group', '2017-04-01', 209, 207, 207],
  ['clinical-commissioning-group', '2018-04-01', 207, 195, 195],
  ['clinical-commissioning-group', '2019-04-01', 195, 191, 191],
  ['clinical-commissioning-group', '2020-04-01', 191, 135, 135],
  ['clinical-commissioning-group', '2021-04-01', 135, 106, 106],
  ['clinical-commissioning-group', '2022-07-01', 106, 0, 0],
  ['sustainability-and-transformation-partnership', '2016-03-15', 0, 44, 44],
  ['sustainability-and-transformation-partnership', '2018-04-01', 44, 42, 42],
  ['sustainability-and-transformation-partnership', '2021-04-01', 42, 0, 0],
  ['integrated-care-system', '2017-06-15', 0, 10, 10],
  ['integrated-care-system', '2018-06-01', 14, 14, 14],
  ['integrated-care-system', '2019-06-19', 14, 14, 14],
  ['integrated-care-system', '2020-06-01', 18, 18, 18],
  ['integrated-care-system', '2021-01-01', 29, 29, 29],
  ['integrated-care-system', '2021-04-01', 29, 42, 42],
  ['integrated-care-board', '2022-07-01', 0, 42, 42],
  ['integrated-care-board', '2026-04-01', 42, 36, 36],
  ['sub-icb-location', '2022-07-01', 0, 106, 106],
  ['sub-icb-location', '2023-04-01', 106, 106, 106],
  ['sub-icb-location', '2026-04-01', 106, 106, 106],
  ['nhs-region', '2013-04-01', 0, 4, 4],
  ['nhs-region', '2018-04-01', 4, 5, 5],
  ['nhs-region', '2019-04-01', 5, 7, 7],
  ['area-team', '2013-04-01', 0, 25, 25],
  ['area-team', '2015-04-01', 25, 0, 0],
  ['local-office', '2015-04-01', 0, 13, 13],
  ['local-office', '2016-04-01', 13, 14, 14],
  ['local-office', '2018-04-01', 14, 14, 14],
];

describe('how many there were, the day before, on the day and the day after', () => {
  it.each(COUNTS)('%s, %s: %i, %i, %i', (of, day, before, on, after) => {
    expect([counted(of, beside(day, -1)), counted(of, day), counted(of, beside(day, 1))]).toEqual([before, on, after]);
  });

  it('17 primary care trusts from April 2000, and before that nothing is claimed', () => {
    expect([counted('primary-care-trust', '2000-04-01'), counted('primary-care-trust', '2000-04-02')]).toEqual([
      17, 17,
    ]);
    expect(machine.count('primary-care-trust', { at: '2000-03-31' }).coverage.completeness).toBe('none');
  });

  it('the end of the local offices is possible for as long as it is not known', () => {
    expect(counted('local-office', '2020-03-31')).toBe(14);
    expect(counted('local-office', '2020-04-01')).toEqual([0, 14]);
    expect(counted('local-office', '2022-06-30')).toEqual([0, 14]);
    expect(counted('local-office', '2022-07-01')).toBe(0);
  });
});

test('mergers of groups by year: 3, 3, 18, 6, 74 and 38 links', () => {
  const links = new Map<string, number>();
  for (const { date, fromCount } of mergerLinks()) links.set(date, (links.get(date) ?? 0) + fromCount);
  expect(Object.fromEntries(links)).toEqual({
    '2015-04-01': 3,
    '2017-04-01': 3,
    '2018-04-01': 18,
    '2019-04-01': 6,
    '2020-04-01': 74,
    '2021-04-01': 38,
  });
});

function mergerLinks() {
  const found: { date: string; fromCount: number }[] = [];
  const days = new Set<string>();
  for (const { at } of machine.counts('clinical-commissioning-group', { every: 'change' }).counts) days.add(at);
  for (const day of [...days].filter((each) => each > '2013-04-01' && each < '2022-07-01')) {
    for (const { id } of machine.at(day, { kind: 'clinical-commissioning-group' }).bodies) {
      const { predecessors } = machine.history(id);
      const merged = predecessors.filter(({ date, from }) => date === day && from.startsWith('ccg/'));
      if (merged.length > 0) found.push({ date: day, fromCount: merged.length });
    }
  }
  return found;
}

test('248 codes of groups', () => {
  const codes = new Set<string>();
  for (const year of [2013, 2015, 2017, 2018, 2019, 2020, 2021]) {
    for (const { codes: borne } of machine.at(`${year}-04-01`, { kind: 'CCG' }).bodies) codes.add(borne.ods ?? 'none');
  }
  expect(codes.size).toBe(248);
});

/** First days of periods in which nothing about groups, systems and regions changes. */
function changeDays(): string[] {
  const days = new Set<string>(['2013-04-01', '2016-03-15']);
  const between = machine.timeline({
    from: '2013-04-01',
    to: '2022-07-01',
    kind: ['clinical-commissioning-group', 'system', 'nhs-region', 'local-office', 'area-team'],
  });
  for (const { type, date } of between.events) {
    if (/^(Organisation|Relationship)/.test(type) && parseIsoDay(date) !== undefined) days.add(date);
  }
  return [...days].sort().filter((day) => day >= '2013-04-01' && day < '2022-07-01');
}

test('every group is in exactly one region from 2013, and in exactly one system from 15 March 2016, on every day it existed', () => {
  const wrong: string[] = [];
  const days = changeDays();
  expect(days.length).toBeGreaterThan(10);
  for (const day of days.flatMap((each) => [beside(each, -1), each]).filter((each) => each >= '2013-04-01')) {
    for (const { id, partOf } of machine.at(day, { kind: 'clinical-commissioning-group' }).bodies) {
      const surely = partOf.filter(({ existence }) => existence === 'certain');
      const regions = surely.filter(({ kind }) => kind === 'nhs-region').length;
      const systems = new Set(surely.filter(({ kind }) => kind === 'system').map(({ id: system }) => system));
      if (regions !== 1) wrong.push(`${day} ${id}: ${regions} regions`);
      if (day >= '2016-03-15' && topmost(systems, day) !== 1) wrong.push(`${day} ${id}: ${[...systems].join(' and ')}`);
    }
  }
  expect(wrong).toEqual([]);
}, 60_000);

/** Systems that are not part of another one of them: a group in a part-system is in one system. */
function topmost(systems: ReadonlySet<string>, day: string): number {
  const holding = machine.at(day, { kind: 'system' }).bodies;
  return holding.filter(({ id, partOf }) => systems.has(id) && !partOf.some(({ id: above }) => systems.has(above)))
    .length;
}

const COMMISSIONERS = [
  'health-authority',
  'strategic-health-authority',
  'primary-care-trust',
  'clinical-commissioning-group',
  'integrated-care-board',
  'sub-icb-location',
  'system',
  'nhs-region',
  'area-team',
  'local-office',
];

test('every commissioner and tier that ended has successors', () => {
  const orphans: string[] = [];
  for (const { date, sentence, id } of machine
    .timeline({ kind: COMMISSIONERS })
    .events.filter(({ type }) => type === 'OrganisationAbolished')) {
    const subject = endedBy(id);
    if (subject !== undefined && machine.lineage(subject, { direction: 'forward' }).links.length === 0)
      orphans.push(`${date} ${sentence}`);
  }
  expect(orphans).toEqual([]);
}, 60_000);

const ended = new Map<string, string>();
function endedBy(event: string): string | undefined {
  if (ended.size === 0) {
    for (const kind of COMMISSIONERS) {
      for (const day of machine.counts(kind, { every: 'change' }).counts.map(({ at }) => beside(at, -1))) {
        for (const { id, ends } of machine.at(day, { kind }).bodies) if (ends) ended.set(ends.event, id);
      }
    }
  }
  return ended.get(event);
}

// Sets of bodies whose areas make up England, and the population by which they were counted.
const PARTS = [
  ['clinical-commissioning-group', '2013-04-01', 'ONS mid-2020 estimate', 56_550_138],
  ['clinical-commissioning-group', '2018-04-01', 'ONS mid-2020 estimate', 56_550_138],
  ['clinical-commissioning-group', '2020-06-30', 'ONS mid-2020 estimate', 56_550_138],
  ['clinical-commissioning-group', '2021-04-01', 'ONS mid-2020 estimate', 56_550_138],
  ['integrated-care-board', '2022-07-01', 'ONS mid-2020 estimate', 56_550_138],
  ['integrated-care-board', '2023-04-01', 'Census 2021', 56_489_777],
  ['integrated-care-board', '2026-04-01', 'Census 2021', 56_489_777],
  ['sub-icb-location', '2022-07-01', 'ONS mid-2020 estimate', 56_550_138],
  ['nhs-region', '2022-07-01', 'ONS mid-2020 estimate', 56_550_138],
] as const;

test.each(PARTS)('the people of every %s on %s (%s) add up to the %i of England', async (kind, day, basis, england) => {
  const figures = await populations(basis);
  const missing: string[] = [];
  let sum = 0;
  for (const { id } of machine.at(day, { kind }).bodies) {
    const found =
      figures
        .get(id)
        ?.filter(({ date }) => date <= day)
        .at(-1) ?? figures.get(id)?.[0];
    if (found === undefined) missing.push(id);
    else sum += found.value;
  }
  expect({ missing, sum }).toEqual({ missing: [], sum: england });
});

async function populations(basis: string) {
  const { loadRecord } = await import('../../src/record/load.ts');
  shelf ??= loadRecord(new URL('../../events', import.meta.url).pathname);
  const figures = new Map<string, { date: string; value: number }[]>();
  for (const { type, data, effective } of (await shelf).believed) {
    if (type !== 'FigureReported') continue;
    const figure = data as { of: string; measure: string; value: number; basis?: string };
    if (figure.measure !== 'population' || !figure.basis?.startsWith(basis)) continue;
    figures.set(
      figure.of,
      [...(figures.get(figure.of) ?? []), { date: effective.edtf, value: figure.value }].sort((a, b) =>
        a.date < b.date ? -1 : 1,
      ),
    );
  }
  return figures;
}
let shelf: ReturnType<typeof import('../../src/record/load.ts').loadRecord> | undefined;

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CountSeries, Difference, Landscape } from '../../src/machine/answers.ts';
import { type Machine, openRecord } from '../../src/machine/index.ts';
import { dayFromCivil, isoDay } from '../../src/time/day.ts';
import {
  abolished,
  designated,
  established,
  filesOf,
  folderOf,
  followed,
  ICS,
  joined,
  left,
  renamed,
  statusMade,
  type Told,
} from '../support/given.ts';

// Small worlds: a dozen bodies over forty days, imprecise dates among them. Whatever happens in one, some things must hold.

const FIRST = dayFromCivil(2018, 1, 1);
const DAYS = 40;
const CCGS = ['ccg/a', 'ccg/b', 'ccg/c', 'ccg/d'];
const SYSTEMS = ['system/x', 'system/y'];
const REGION = 'region/r';
const KINDS = ['clinical-commissioning-group', 'system'] as const;
const BODIES = [...CCGS, ...SYSTEMS, REGION];
const iso = (offset: number): string => isoDay(FIRST + offset);

const offset = fc.integer({ min: 0, max: DAYS });
const day = offset.map(iso);
/** Mostly a day, at times a stretch of days. */
const date = fc.oneof(
  { weight: 3, arbitrary: day },
  {
    weight: 1,
    arbitrary: fc.tuple(offset, fc.integer({ min: 1, max: 12 })).map(([at, more]) => `[${iso(at)}..${iso(at + more)}]`),
  },
);
/** When people could read of it: before, on or after. */
const said = fc.option(day, { nil: undefined });

const life = fc
  .tuple(date, fc.option(fc.tuple(date, said), { nil: undefined }), said)
  .map(([from, end, public_]) => (id: string): Told[] => [
    established(id, from, {}, { id: `story/est-${id.replace('/', '-')}`, ...(public_ ? { said: public_ } : {}) }),
    ...(end ? [abolished(id, end[0], end[1] ? { said: end[1] } : {})] : []),
  ]);

const happening: fc.Arbitrary<Told> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...CCGS, ...SYSTEMS), date, fc.constantFrom('Ash', 'Birch', 'Cedar'))
    .map(([id, at, name]) => renamed(id, at, name)),
  fc.tuple(fc.constantFrom(...CCGS), fc.constantFrom(...SYSTEMS), date).map(([id, to, at]) => joined(id, to, at)),
  fc.tuple(fc.constantFrom(...SYSTEMS), date).map(([id, at]) => joined(id, REGION, at)),
  fc.tuple(fc.constantFrom(...CCGS), fc.constantFrom(...SYSTEMS), date).map(([id, to, at]) => left(id, to, at)),
  fc
    .tuple(
      fc.constantFrom(...CCGS),
      fc.subarray(CCGS, { minLength: 1, maxLength: 2 }),
      day,
      fc.constantFrom('merger' as const, 'division' as const, 'transfer' as const, 'replacement' as const),
      fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
    )
    .map(([from, to, at, how, tenths]) =>
      followed(
        [from],
        to,
        at,
        how,
        tenths === undefined || to.length < 2
          ? undefined
          : to.map((id, n) => [from, id, n === 0 ? tenths / 10 : 1 - tenths / 10] as const),
      ),
    ),
);

const world: fc.Arbitrary<Told[]> = fc
  .tuple(fc.tuple(...BODIES.map(() => life)), fc.array(happening, { maxLength: 12 }), fc.subarray(SYSTEMS), date)
  .map(([lives, happenings, holders, at]) => {
    const events = [
      statusMade(iso(0)),
      ...lives.flatMap((make, n) => make(BODIES[n] as string)),
      ...happenings,
      ...holders.map((id) => designated(id, at, 'Wave 1')),
    ];
    return events.map((event, n) => ({ id: `story/${n}`, ...event }));
  });

const COVERAGE = ['clinical-commissioning-group', 'system', 'nhs-region', ICS];
const TODAY = dayFromCivil(2026, 11, 21);

async function open(events: readonly Told[]): Promise<Machine> {
  const folder = await folderOf(filesOf(events, { coverage: COVERAGE }));
  return openRecord({ folder, today: () => TODAY, cache: false });
}

async function holds<T>(
  more: fc.Arbitrary<T>,
  property: (machine: Machine, events: readonly Told[], more: T) => void | Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(world, more, async (events, other) => property(await open(events), events, other)),
    { numRuns: 25 },
  );
}

const ids = ({ bodies }: Landscape): string[] => bodies.map(({ id }) => id).sort();
const moments = fc.tuple(offset, offset).map(([a, b]) => [Math.min(a, b), Math.max(a, b)].map(iso) as [string, string]);

/** A landscape with the differences worked into it. */
function applied(before: Landscape, differences: readonly Difference[]): Map<string, string> {
  const names = new Map(before.bodies.map(({ id, name }) => [id, name]));
  for (const { change, id, after } of differences) {
    if (change === 'ended') names.delete(id);
    if (change === 'appeared' || change === 'renamed') names.set(id, after as string);
  }
  return names;
}

/** Types that set one thing: two of them on one day are put in order by their place in the milestone. */
const DECIDED_BY_SEQUENCE: ReadonlySet<string> = new Set(['OrganisationRenamed', 'OrganisationsReorganised']);

function sameCount({ at: _, ...now }: CountSeries['counts'][number], before?: CountSeries['counts'][number]): boolean {
  const { at: __, ...then } = before ?? { at: '' };
  return JSON.stringify(now) === JSON.stringify(then);
}

function hash(text: string): number {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0)) % 1_000_003;
  return sum;
}

describe('whatever happened', () => {
  test('the difference between two days turns the one into the other', () =>
    holds(moments, (machine, _, [from, to]) => {
      const after = machine.at(to);
      const turned = applied(machine.at(from), machine.between(from, to).differences);
      expect([...turned].sort()).toEqual(after.bodies.map(({ id, name }) => [id, name]).sort());
    }));

  test('a count is the length of a list', () =>
    holds(day, (machine, _, at) => {
      for (const kind of ['clinical-commissioning-group', 'system', 'nhs-region']) {
        for (const partOf of [undefined, REGION, 'system/x']) {
          const { bodies } = machine.at(at, { kind, partOf });
          const { certain, possible } = machine.count(kind, { at, partOf });
          expect(possible).toBe(bodies.length);
          expect(certain).toBe(bodies.filter(({ existence }) => existence === 'certain').length);
        }
      }
    }));

  test('a series is one count after another, from any day, in any place, whatever was reclassified or retitled', () =>
    fc.assert(
      fc.asyncProperty(
        world,
        fc.array(fc.tuple(fc.constantFrom(...CCGS, ...SYSTEMS), fc.constantFrom(...KINDS), date), { maxLength: 3 }),
        fc.option(day, { nil: undefined }),
        fc.integer({ min: 5, max: DAYS + 20 }),
        fc.option(day, { nil: undefined }),
        fc.option(fc.constantFrom(REGION, 'system/x'), { nil: undefined }),
        async (events, reclassified, retitled, covered, publishedBy, partOf) => {
          const more: Told[] = [
            ...reclassified.map(
              ([organisation, kind, effective], n): Told => ({
                id: `story/re-${n}`,
                type: 'OrganisationReclassified',
                effective,
                data: { organisation, kind },
              }),
            ),
            ...(retitled
              ? [
                  {
                    id: 'story/retitled',
                    type: 'StatusRetitled',
                    effective: retitled,
                    data: { status: ICS, title: 'integrated care system', acronym: 'ICS' },
                  } as const,
                ]
              : []),
          ];
          const coverage = [...KINDS, 'nhs-region', ICS].map((of, n) => ({
            of,
            from: iso(n - 1),
            to: iso(covered + n),
          }));
          const folder = await folderOf(filesOf([...events, ...more], { coverage }));
          const machine = await openRecord({ folder, today: () => TODAY, cache: false });
          const lens = { ...(publishedBy === undefined ? {} : { publishedBy }), partOf };
          const span = { from: iso(-2), to: iso(DAYS + 30), ...lens };
          for (const of of [...KINDS, 'nhs-region', ICS]) {
            const byDay = machine.counts(of, { ...span, every: 'day' }).counts;
            for (const { at, certain, possible } of byDay) {
              const one = machine.count(of, { at, ...lens });
              expect([certain, possible], `${of} on ${at}`).toEqual([one.certain, one.possible]);
            }
            const changes = byDay.filter((now, n) => n === 0 || !sameCount(now, byDay[n - 1]));
            expect(machine.counts(of, { ...span, every: 'change' }).counts, of).toEqual(changes);
          }
        },
      ),
      { numRuns: 25 },
    ));

  test('a status is counted once for each system that shows it', () =>
    holds(day, (machine, _, at) => {
      const holding = machine.at(at, { kind: 'system' }).bodies.filter(({ status }) => status.length > 0);
      expect(machine.count('ACS', { at }).possible).toBe(holding.length);
    }));

  test('what lists a body above it is listed below that body', () =>
    holds(day, (machine, _, at) => {
      const { bodies } = machine.at(at);
      for (const id of [...SYSTEMS, REGION]) {
        const below = bodies.filter(({ partOf }) => partOf.some((parent) => parent.id === id)).map((body) => body.id);
        expect(ids(machine.at(at, { partOf: id })), id).toEqual(below.sort());
      }
    }));

  test('nobody knew more than there is to know: far in the future both clocks show everything', () =>
    holds(day, (machine, _, at) => {
      const plain = machine.at(at);
      for (const clock of ['publishedBy', 'recordedBy'] as const) {
        const { bodies, expected } = machine.at(at, { [clock]: '2099-01-01' });
        expect({ bodies, expected }, clock).toEqual({ bodies: plain.bodies, expected: plain.expected });
      }
    }));

  test('the order of events in a file, and of files in a folder, is nobody’s business', () =>
    fc.assert(
      fc.asyncProperty(
        world.filter((events) => events.every(({ type }) => !DECIDED_BY_SEQUENCE.has(type))),
        fc.integer({ min: 1, max: 1000 }),
        day,
        async (events, seed, at) => {
          // Names of files say nothing either: only the milestone within does.
          const shuffled = [...events].sort((a, b) => hash(`${seed}${a.id}`) - hash(`${seed}${b.id}`));
          const answers = [];
          for (const [told, name] of [
            [events, '2000'],
            [shuffled, '1999'],
          ] as const) {
            const files = Object.entries(filesOf(told, { coverage: COVERAGE })).reverse();
            const folder = await folderOf(
              Object.fromEntries(files.map(([file, text]) => [file.replace('2000', name), text])),
            );
            const machine = await openRecord({ folder, today: () => TODAY, cache: false });
            const { edition: _, ...answer } = machine.at(at);
            answers.push(JSON.stringify(answer));
          }
          expect(answers[1]).toBe(answers[0]);
        },
      ),
      { numRuns: 25 },
    ));

  test('shares of one body add up to no more than the whole', () =>
    holds(moments, (machine, _, [from, to]) => {
      const { rows } = machine.correspondence(from, to, { kind: 'CCG' });
      for (const id of CCGS) {
        const own = rows.filter((row) => row.from?.id === id && row.to !== null);
        const shares = own.map(({ share }) => share?.share);
        const known = shares.filter((share) => share !== undefined);
        const sum = known.reduce((total, share) => total + share, 0);
        expect(sum, JSON.stringify(own)).toBeLessThan(1 + 1e-6);
      }
    }));

  test('every body of the earlier day has its row, and every body of the later is a target', () =>
    holds(moments, (machine, _, [from, to]) => {
      const { rows } = machine.correspondence(from, to);
      const [starts, ends] = [new Set(rows.map((row) => row.from?.id)), new Set(rows.map((row) => row.to?.id))];
      expect(ids(machine.at(from)).filter((id) => !starts.has(id))).toEqual([]);
      const alive = ids(machine.at(to));
      expect(rows.flatMap((row) => (row.to && !alive.includes(row.to.id) ? [row.to.id] : []))).toEqual([]);
      const before = new Set(ids(machine.at(from)));
      for (const row of rows.filter(({ relation }) => relation === 'new')) expect(before).not.toContain(row.to?.id);
      expect(alive.filter((id) => before.has(id) && !ends.has(id))).toEqual([]);
    }));

  test('without an event nobody depends on, only what it set is different', () =>
    holds(fc.tuple(fc.constantFrom(...CCGS), day), (machine, _, [id, at]) => {
      const { fell, differences } = machine.without(`story/est-${id.replace('/', '-')}`, { at });
      expect(fell).toEqual([]);
      expect([...new Set(differences.map((one) => one.id))].filter((other) => other !== id)).toEqual([]);
    }));

  test('replayed to its end, a milestone leaves what there is', () =>
    holds(fc.constant(undefined), (machine) => {
      const { after } = machine.replay('story');
      for (const { kind, count } of after.counts) {
        const { certain, possible } = machine.count(kind, { at: after.at });
        expect(count, kind).toEqual({ certain, possible });
      }
    }));

  test('a month lists whoever was there on any of its days', () =>
    holds(fc.constant(undefined), (machine) => {
      const everyDay = new Set<string>();
      for (let n = 0; n < 31; n++) for (const id of ids(machine.at(iso(n)))) everyDay.add(id);
      const { bodies } = machine.at('2018-01');
      expect(bodies.map(({ id }) => id).sort()).toEqual([...everyDay].sort());
      for (const { id, during, existence } of bodies) {
        const on = Array.from({ length: 31 }, (_, n) => machine.at(iso(n)).bodies.find((body) => body.id === id));
        expect(during, id).toBe(on.every((body) => body?.existence === 'certain') ? 'throughout' : 'at some time');
        if (on.some((body) => body?.existence === 'certain')) expect(existence, id).toBe('certain');
      }
    }));

  test('found by its id, its name and its history, a body is the same body', () =>
    holds(fc.constantFrom(...BODIES), (machine, _, id) => {
      const history = machine.history(id);
      expect(machine.find(id).found[0]?.id).toBe(id);
      for (const { value } of history.names) {
        expect(machine.find(value, { limit: 100 }).found.map((one) => one.id)).toContain(id);
      }
    }));
});

describe('however often an area was divided', () => {
  // Three layers of bodies, each divided whole among the next: the shares are then those of a product of matrices.
  const LAYERS = [2, 3, 3];
  const bodyOf = (layer: number, n: number) => `ccg/l${layer}-${n}`;
  const tenths = (width: number) =>
    fc
      .array(fc.integer({ min: 0, max: 5 }), { minLength: width, maxLength: width })
      .filter((parts) => parts.some((part) => part > 0))
      .map((parts) => parts.map((part) => part / parts.reduce((total, one) => total + one, 0)));
  const divisions = fc.tuple(
    ...LAYERS.slice(1).map((width, layer) =>
      fc.array(tenths(width), { minLength: LAYERS[layer] as number, maxLength: LAYERS[layer] as number }),
    ),
  );

  test('shares over several steps are products, and add up to the whole', () =>
    fc.assert(
      fc.asyncProperty(divisions, async (matrices) => {
        const begins = (layer: number) => `${2010 + layer}-04-01`;
        const events = [statusMade()].concat(
          LAYERS.flatMap((width, layer) =>
            Array.from({ length: width }, (_, n) => bodyOf(layer, n)).flatMap((id, n) => {
              const next = matrices[layer]?.[n];
              const targets = next?.flatMap((share, m) => (share > 0 ? [[bodyOf(layer + 1, m), share] as const] : []));
              return [
                established(id, begins(layer)),
                ...(targets
                  ? [
                      abolished(id, begins(layer + 1)),
                      followed(
                        [id],
                        targets.map(([to]) => to),
                        begins(layer + 1),
                        'division',
                        targets.map(([to, share]) => [id, to, share] as const),
                      ),
                    ]
                  : []),
              ];
            }),
          ),
        );
        const { rows } = (await open(events)).correspondence(begins(0), begins(LAYERS.length - 1), { kind: 'CCG' });
        for (let n = 0; n < (LAYERS[0] as number); n++) {
          let expected: readonly number[] = matrices[0]?.[n] ?? [];
          for (const matrix of matrices.slice(1))
            expected = (matrix[0] ?? []).map((_, m) =>
              expected.reduce((total, share, k) => total + share * (matrix[k]?.[m] ?? 0), 0),
            );
          const own = rows.filter((row) => row.from?.id === bodyOf(0, n));
          for (const [m, share] of expected.entries()) {
            const row = own.find(({ to }) => to?.id === bodyOf(LAYERS.length - 1, m));
            expect(row?.share?.share ?? 0, JSON.stringify(own)).toBeCloseTo(share, 5);
          }
          expect(own.reduce((total, row) => total + (row.share?.share ?? 0), 0)).toBeCloseTo(1, 5);
        }
      }),
      { numRuns: 25 },
    ));
});

import { type Day, isoDay } from '../time/day.ts';
import { KINDS, kindNamed } from '../vocabulary/kinds.ts';
import type { Count, Counted, CountSeries, Coverage } from './answers.ts';
import { head, keptFor, knowledge, readAsked, readCounted, readDay, readId, type View } from './context.ts';
import { AskedWrongly } from './errors.ts';
import type { Machine } from './machine.ts';
import { expectedBodies, isDue, isOpen, plansAt } from './plans.ts';
import {
  bodiesAt,
  coverageEnd,
  coverageOf,
  type Designation,
  descendants,
  designation,
  isBeyond,
  nameOf,
  type Sight,
  sightAt,
  standingOf,
} from './reader.ts';
import { steps, tail } from './words.ts';

export type CountedThing = { readonly kind: string } | { readonly status: string };

/** Days in a series at the most: two centuries of months, or thirteen years of days. */
const SERIES_LIMIT = 5000;

/** The slug under which an answer names what was counted. */
export function slugOf(thing: CountedThing): string {
  return 'kind' in thing ? thing.kind : tail(thing.status);
}

/** What it was called at the moment: a kind has one title, a status a dated one. */
export function titleOf(sight: Sight, thing: CountedThing): string {
  return 'kind' in thing ? (kindNamed(thing.kind)?.singular ?? thing.kind) : nameOf(sight, thing.status);
}

/** Designations of a status that hold at the moment, surely or possibly. */
export function designationsOf(sight: Sight, status: string): Designation[] {
  return sight.timeline
    .bearers('status', status, sight.moment)
    .map(({ subject }) => designation(sight, subject))
    .filter((found) => found !== undefined)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

interface Tally extends Counted {
  readonly expected: number;
}

function tally(existences: readonly string[]): Tally {
  const certain = existences.filter((one) => one === 'certain').length;
  const expected = existences.filter((one) => one === 'expected').length;
  return { certain, possible: existences.length - expected, expected };
}

/** How many there are at the moment: surely, at most, and expected beside them. */
export function tallyOf(sight: Sight, thing: CountedThing, inside?: ReadonlySet<string>): Tally {
  if ('status' in thing) {
    return tally(
      designationsOf(sight, thing.status)
        .filter(({ holders }) => inside === undefined || holders.some(({ value }) => inside.has(String(value))))
        .map(({ existence }) => existence),
    );
  }
  const counted = bodiesAt(sight, new Set([thing.kind]))
    .filter(({ id }) => inside === undefined || inside.has(id))
    .map((standing) => standingOf(sight, standing));
  return tally([...counted, ...foreseen(sight, thing.kind, inside)]);
}

/** Bodies of a kind that a plan then due made people expect; only where the asked day lies beyond what was known. */
function foreseen(sight: Sight, kind: string, inside: ReadonlySet<string> | undefined): string[] {
  const ahead =
    (sight.publishedBy !== undefined && sight.publishedBy < sight.at) ||
    sight.at >= (coverageEnd(sight) ?? Number.POSITIVE_INFINITY);
  if (!ahead) return [];
  return plansAt(sight)
    .filter((plan) => isOpen(plan) && isDue(plan, sight))
    .flatMap((plan) => expectedBodies(sight, plan))
    .filter((body) => body.kind === kind && (inside === undefined || body.partOf.some(({ id }) => inside.has(id))))
    .map(({ existence }) => existence);
}

export const count =
  (view: View): Machine['count'] =>
  (of, options = {}) => {
    const thing = readCounted(view, of);
    const asked = readAsked(view.context, options.at ?? 'today');
    if (asked.kind === 'span') {
      throw new AskedWrongly(
        `${asked.text} is a span: a count is of one day`,
        `name a day, or ask for a series: --every month --from ${isoDay(asked.from)} --to ${isoDay(asked.to - 1)}`,
      );
    }
    const sight = sightAt(view, asked.day);
    const inside = options.partOf === undefined ? undefined : insideOf(sight, options.partOf);
    const { certain, possible, expected } = tallyOf(sight, thing, inside);
    const slug = slugOf(thing);
    const coverage = coverageOf(view, slug, sight.at);
    const note = countNote(sight, coverage, expected);
    return {
      at: isoDay(sight.at),
      ...head(view),
      of: slug,
      title: titleOf(sight, thing),
      certain,
      possible,
      expected,
      coverage,
      waves: 'status' in thing ? waves(sight, thing.status, inside) : [],
      ...(note ? { note } : {}),
    } satisfies Count;
  };

function insideOf(sight: Sight, ancestor: string): Set<string> {
  return descendants(sight, readId(sight, ancestor));
}

function countNote(sight: Sight, coverage: Coverage, expected: number): string | undefined {
  const beyond = sight.at >= (coverageEnd(sight) ?? Number.POSITIVE_INFINITY);
  if (coverage.completeness === 'none') {
    return beyond && coverage.to
      ? `Not covered: known up to ${coverage.to} (exclusive). ${expected} expected, as last known or promised.`
      : 'Not covered: the record does not know how many there were.';
  }
  if (coverage.completeness === 'partial') return 'Partly covered: there may have been more.';
  return undefined;
}

function waves(sight: Sight, status: string, inside: ReadonlySet<string> | undefined): Count['waves'] {
  const byWave = new Map<string, string[]>();
  for (const { wave, existence, holders } of designationsOf(sight, status)) {
    if (!wave || (inside !== undefined && !holders.some(({ value }) => inside.has(String(value))))) continue;
    byWave.set(wave, [...(byWave.get(wave) ?? []), existence]);
  }
  return [...byWave]
    .map(([wave, existences]) => {
      const { certain, possible } = tally(existences);
      return { wave, certain, possible };
    })
    .sort((a, b) => (a.wave < b.wave ? -1 : 1));
}

export const counts =
  (view: View): Machine['counts'] =>
  (of, options = {}) => {
    const thing = readCounted(view, of);
    const slug = slugOf(thing);
    const spans = view.context.header.coverage.filter((span) => tail(span.of) === slug || span.of === slug);
    const from =
      options.from === undefined
        ? Math.min(...spans.map((span) => span.from), view.context.today())
        : readDay(view.context, options.from);
    const to =
      options.to === undefined
        ? Math.max(...spans.map((span) => span.to - 1), from)
        : readDay(view.context, options.to, 'last');
    if (to < from)
      throw new AskedWrongly(
        `the series ends (${isoDay(to)}) before it begins (${isoDay(from)})`,
        'swap --from and --to',
      );
    const every = options.every ?? 'year';
    const bounds = { from: isoDay(from), to: isoDay(to) };
    const isWhole = 'kind' in thing && every === 'change' && options.partOf === undefined;
    const kept = isWhole ? keptFor(view)?.series[slug] : undefined;
    const isKept = kept !== undefined && kept.from === bounds.from && kept.to === bounds.to;
    const days = isKept
      ? []
      : every === 'change'
        ? changeDays(view, thing, from, to, options.partOf !== undefined)
        : steps(from, to, every);
    if (days.length > SERIES_LIMIT) {
      throw new AskedWrongly(
        `that is ${days.length} counts, more than ${SERIES_LIMIT}`,
        'ask for a shorter span, or a longer step: --every month',
      );
    }
    return {
      ...head(view),
      of: slug,
      ...bounds,
      every,
      coverage: spans.map((span) => coverageOf(view, slug, span.from)),
      counts: isKept
        ? kept.counts
        : turning(
            every,
            tallies(view, thing, days, options.partOf).map(({ sight, certain, possible }) => ({
              at: isoDay(sight.at),
              title: titleOf(sight, thing),
              covered: coverageOf(view, slug, sight.at).completeness !== 'none',
              certain,
              possible,
            })),
          ),
    } satisfies CountSeries;
  };

/** How many there are on each of these days, in order. */
function tallies(
  view: View,
  thing: CountedThing,
  days: readonly Day[],
  ancestor: string | undefined,
): ({ readonly sight: Sight } & Counted)[] {
  const sights = days.map((day) => sightAt(view, day));
  // What was not yet public, or lies in one place, is for each body to say; all of a kind the engine counts over time.
  if ('kind' in thing && ancestor === undefined && view.publishedBy === undefined) {
    const series = view.timeline.series({ kind: thing.kind }, days, knowledge(view));
    return sights.map((sight, place) => {
      const { certain, possible } = series[place] ?? NONE;
      return isBeyond(sight, thing.kind, sight.at) ? { sight, ...NONE } : { sight, certain, possible };
    });
  }
  return sights.map((sight) => {
    const inside = ancestor === undefined ? undefined : insideOf(sight, ancestor);
    return { sight, ...plain(tallyOf(sight, thing, inside)) };
  });
}

const NONE: Counted = { certain: 0, possible: 0 };

/** A series by change without the days on which, after all, nothing counted has changed. */
function turning(every: CountSeries['every'], counts: CountSeries['counts']): CountSeries['counts'] {
  if (every !== 'change') return counts;
  return counts.filter(({ at: _, ...now }, position) => {
    const { at: __, ...before } = counts[position - 1] ?? { at: '' };
    return JSON.stringify(now) !== JSON.stringify(before);
  });
}

/** The days on which a number, its title or its coverage can have changed: whenever something that it is made of turns. */
function changeDays(view: View, thing: CountedThing, from: Day, to: Day, isWithin: boolean): Day[] {
  const clocks = knowledge(view);
  const turns = (subject: string, attribute: string) => view.timeline.turns(subject, attribute, clocks);
  const chained = new Set<string>();
  // Whether a body lies in a place also turns with what it is part of, however far up.
  const chain = (subject: string): Day[] => {
    if (!isWithin || chained.has(subject)) return [];
    chained.add(subject);
    const above = view.timeline.spells(subject, 'part-of', clocks).flatMap(({ member }) => member ?? []);
    return [...turns(subject, 'part-of'), ...turns(subject, 'exists'), ...above.flatMap(chain)];
  };
  const [attribute, value] = 'kind' in thing ? ['kind' as const, thing.kind] : ['status' as const, thing.status];
  const days = view.timeline.everBearers(attribute, value).flatMap((subject) => {
    const own = [...turns(subject, 'exists'), ...turns(subject, attribute)];
    if ('kind' in thing) return [...own, ...chain(subject)];
    // A designation also turns with its holders, and with their lives.
    const holders = view.timeline.spells(subject, 'holder', clocks).map((held) => String(held.value));
    return [
      ...own,
      ...turns(subject, 'holder'),
      ...holders.flatMap((holder) => [...turns(holder, 'exists'), ...chain(holder)]),
    ];
  });
  const slug = slugOf(thing);
  const spans = view.context.header.coverage.filter((span) => tail(span.of) === slug);
  const others = [...spans.flatMap((span) => [span.from, span.to]), ...('kind' in thing ? [] : turns(value, 'name'))];
  return [...new Set([from, ...others, ...days])].filter((day) => from <= day && day <= to).sort((a, b) => a - b);
}

/** How many of each kind, at two moments, where the two differ or either is not zero. */
export function countsByKind(
  before: Sight,
  after: Sight,
  kinds: ReadonlySet<string> | undefined,
  inside?: { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> },
): { kind: string; before: Counted; after: Counted }[] {
  return KINDS.map((kind) => kind.name as string)
    .filter((kind) => kinds === undefined || kinds.has(kind))
    .map((kind) => ({
      kind,
      before: plain(tallyOf(before, { kind }, inside?.before)),
      after: plain(tallyOf(after, { kind }, inside?.after)),
    }))
    .filter(({ before: b, after: a }) => b.possible > 0 || a.possible > 0);
}

/** A tally without what is only expected. */
export function plain({ certain, possible }: Counted): Counted {
  return { certain, possible };
}

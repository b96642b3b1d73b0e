import { type Day, isoDay } from '../time/day.ts';
import type { Held } from '../timeline/types.ts';
import { KINDS, kindNamed } from '../vocabulary/kinds.ts';
import type { Count, Counted, CountSeries, Coverage } from './answers.ts';
import { head, knowledge, readAsked, readCounted, readDay, readId, type View } from './context.ts';
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
    const days = every === 'change' ? changeDays(view, thing, from, to) : steps(from, to, every);
    if (days.length > SERIES_LIMIT) {
      throw new AskedWrongly(
        `that is ${days.length} counts, more than ${SERIES_LIMIT}`,
        'ask for a shorter span, or a longer step: --every month',
      );
    }
    const ancestor = options.partOf;
    return {
      ...head(view),
      of: slug,
      from: isoDay(from),
      to: isoDay(to),
      every,
      coverage: spans.map((span) => coverageOf(view, slug, span.from)),
      counts: turning(
        every,
        days.map((day) => {
          const sight = sightAt(view, day);
          const { certain, possible } = tallyOf(
            sight,
            thing,
            ancestor === undefined ? undefined : insideOf(sight, ancestor),
          );
          return {
            at: isoDay(day),
            title: titleOf(sight, thing),
            covered: coverageOf(view, slug, day).completeness !== 'none',
            certain,
            possible,
          };
        }),
      ),
    } satisfies CountSeries;
  };

/** A series by change without the days on which, after all, nothing counted has changed. */
function turning(every: CountSeries['every'], counts: CountSeries['counts']): CountSeries['counts'] {
  if (every !== 'change') return counts;
  return counts.filter(({ at: _, ...now }, position) => {
    const { at: __, ...before } = counts[position - 1] ?? { at: '' };
    return JSON.stringify(now) !== JSON.stringify(before);
  });
}

function changeDays(view: View, thing: CountedThing, from: Day, to: Day): Day[] {
  const [attribute, value] = 'kind' in thing ? ['kind', thing.kind] : ['status', thing.status];
  const counted = view.timeline.everBearers(attribute as string, value as string);
  const days = new Set([from]);
  const turns = (subject: string, attribute: string): readonly Held[] => {
    const spells = view.timeline.spells(subject, attribute, knowledge(view));
    // An imprecise change counts twice: when it may have come about, and when it surely has.
    for (const boundary of spells.flatMap((spell) => [spell.from, ...(spell.until ? [spell.until] : [])])) {
      days.add(boundary.earliest);
      days.add(boundary.latest);
    }
    return spells;
  };
  for (const subject of counted) {
    for (const other of 'kind' in thing ? ['exists', 'kind'] : ['exists', 'status']) turns(subject, other);
    if ('status' in thing) for (const { value } of turns(subject, 'holder')) turns(String(value), 'exists');
  }
  return [...days].filter((day) => from <= day && day <= to).sort((a, b) => a - b);
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

import { type Day, isoDay } from '../time/day.ts';
import type { ChangeDay, ChangeDays, DayAnswer, DayStep, SourceRef } from './answers.ts';
import { type Context, head, isVisible, readDay, told, type View } from './context.ts';
import { countsByKind } from './counting.ts';
import { coverageOf, sightAt } from './reader.ts';
import { grouped, sentenceOf } from './replay.ts';
import type { Dated, Dates, StoredEvent } from './stored.ts';

/** They go with a change that other events make: a reform that has only these is told after those that have others. */
const BESIDE = new Set([
  'AreaAssigned',
  'FigureReported',
  'OrganisationRecoded',
  'OrganisationsReorganised',
  'RelationshipBegan',
  'RelationshipEnded',
]);

interface Milestone {
  readonly slug: string;
  readonly title: string;
  /** Positions of its visible events, in order. */
  readonly events: readonly number[];
}

interface Calendar {
  readonly milestones: readonly Milestone[];
  readonly byDay: ReadonlyMap<Day, readonly ChangeDay['milestones'][number][]>;
  readonly days: readonly Day[];
  /** Those of the days on which something surely changed. */
  readonly sure: ReadonlySet<Day>;
  /** Events dated to a period of more than one day. */
  readonly loose: readonly Dated[];
}

const KEPT = 8;
/** These change what the record knows, not the world. */
const OF_THE_RECORD = new Set(['EventCorrected', 'EventWithdrawn']);
const calendars = new WeakMap<Context, Map<string, Calendar>>();

/** Every visible event by milestone and day, none of them read: once for a pair of clocks, since every page of a walk asks for it. */
function calendarOf(view: View): Calendar {
  const known = calendars.get(view.context) ?? new Map<string, Calendar>();
  calendars.set(view.context, known);
  const key = `${view.publishedBy ?? ''} ${view.recordedBy ?? ''}`;
  const found = known.get(key);
  if (found) return found;
  const made = makeCalendar(view);
  if (known.size >= KEPT) known.delete(known.keys().next().value as string);
  known.set(key, made);
  return made;
}

function makeCalendar(view: View): Calendar {
  const { context } = view;
  const { milestones: all, dates } = context.index();
  const counted = new Map<Day, Map<string, Weighed>>();
  const loose: Dated[] = [];
  const sure = new Set<Day>();
  const milestones = all.map(({ slug, title, events }) => {
    const visible = events
      .map((position) => datedAt(dates, context.header.keys, position))
      .filter((one) => isVisible(view, one));
    for (const event of visible) {
      if (OF_THE_RECORD.has(event.type)) continue;
      if (event.latest === event.earliest) sure.add(event.earliest);
      else loose.push(event);
      const day = counted.get(event.earliest) ?? new Map();
      counted.set(event.earliest, day);
      const one = day.get(slug) ?? { milestone: slug, title, events: 0, weight: 0 };
      day.set(slug, { ...one, events: one.events + 1, weight: one.weight + (BESIDE.has(event.type) ? 0 : 1) });
    }
    return { slug, title, events: visible.map(({ position }) => position) };
  });
  return {
    milestones,
    byDay: new Map(
      [...counted].map(([day, each]) => [
        day,
        [...each.values()].sort(mostFirst).map(({ weight: _, ...milestone }) => milestone),
      ]),
    ),
    days: [...counted.keys()].sort((a, b) => a - b),
    sure,
    loose: loose.sort((a, b) => a.latest - a.earliest - (b.latest - b.earliest) || a.earliest - b.earliest),
  };
}

type Weighed = ChangeDay['milestones'][number] & { readonly weight: number };

function mostFirst(a: Weighed, b: Weighed): number {
  return b.weight - a.weight || b.events - a.events || (a.milestone < b.milestone ? -1 : 1);
}

/** The days on which something changed, or may first have changed, in order. */
export function days(view: View): ChangeDays {
  const { byDay, days, sure } = calendarOf(view);
  return {
    ...head(view),
    days: days.map((day) => {
      const milestones = byDay.get(day) ?? [];
      const events = milestones.reduce((sum, one) => sum + one.events, 0);
      return { at: isoDay(day), milestones, events, certain: sure.has(day) };
    }),
  };
}

/** What happened on a day, by reform, with counts before and after. */
export function day(view: View, at: string): DayAnswer {
  const on = readDay(view.context, at);
  const calendar = calendarOf(view);
  const [before, after] = [sightAt(view, on - 1), sightAt(view, on)];
  const previous = calendar.days.findLast((one) => one < on);
  const next = calendar.days.find((one) => one > on);
  const concerned = new Map((calendar.byDay.get(on) ?? []).map(({ milestone }, rank) => [milestone, rank]));
  return {
    at: isoDay(on),
    ...head(view),
    previous: previous === undefined ? null : isoDay(previous),
    next: next === undefined ? null : isoDay(next),
    reforms: calendar.milestones
      .filter(({ slug }) => concerned.has(slug))
      .sort((a, b) => (concerned.get(a.slug) ?? 0) - (concerned.get(b.slug) ?? 0))
      .map(({ slug, title, events }) => ({ milestone: slug, title, steps: stepsOn(view, events, on) }))
      .filter(({ steps }) => steps.length > 0),
    meanwhile: calendar.loose
      .filter(({ earliest, latest }) => earliest <= on && on <= latest)
      .map(({ position }) => told(view.context.eventAt(position))),
    counts: countsByKind(before, after, undefined).map((count) => ({
      ...count,
      coverage: coverageOf(view, count.kind, on),
    })),
  };
}

/** The steps of a milestone on a day, numbered as the replay numbers them: the first is step 1. */
function stepsOn(view: View, events: Milestone['events'], on: Day): DayStep[] {
  return grouped(events.map((position) => view.context.eventAt(position))).flatMap((group, position) => {
    const [first] = group;
    if (!first || OF_THE_RECORD.has(first.type) || first.earliest !== on || first.latest !== on) return [];
    return [
      {
        step: position + 1,
        sentence: sentenceOf(view, group),
        events: group.length,
        event: first.id,
        sources: sourcesOf(group),
      },
    ];
  });
}

/** The sources of several events, each once. */
function sourcesOf(events: readonly StoredEvent[]): SourceRef[] {
  const found = new Map<string, SourceRef>();
  for (const { sources } of events)
    for (const source of sources) if (!found.has(source.source)) found.set(source.source, source);
  return [...found.values()];
}

/** The event at a position, as far as a calendar needs it. */
function datedAt(dates: Dates, keys: readonly string[], position: number): Dated {
  return {
    position,
    id: (keys[position] as string).replace(/~\d+$/, ''),
    type: dates.types[dates.type[position] as number] as string,
    earliest: dates.earliest[position] as Day,
    latest: dates.latest[position] as Day,
    publicDay: dates.publicDay[position] as Day,
    recordedFrom: dates.recordedFrom[position] as Day,
    recordedTo: dates.recordedTo[position] as Day,
  };
}

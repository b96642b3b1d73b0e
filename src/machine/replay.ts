import { didYouMean } from '../record/near.ts';
import { isoDay } from '../time/day.ts';
import type { Timeline } from '../timeline/index.ts';
import { createTimeline } from '../timeline/index.ts';
import { KINDS, kindNamed } from '../vocabulary/kinds.ts';
import type { Counted, MilestoneAnswer, Replay, ReplayStep } from './answers.ts';
import { type Context, head, isVisible, told, type View } from './context.ts';
import { type CountedThing, plain, slugOf, tallyOf, titleOf } from './counting.ts';
import { entryOf } from './entries.ts';
import { AskedWrongly, NotInRecord } from './errors.ts';
import type { Machine } from './machine.ts';
import { type Sight, sightAt } from './reader.ts';
import type { StoredEvent } from './stored.ts';
import { boundaryInWords, edtfOf, listed } from './words.ts';

/** Events alike in type and day, told in one step when there are more of them than this. */
const ALIKE = 3;

/** Every milestone, in order of its first event. */
export function milestones(context: Context): MilestoneAnswer[] {
  return context
    .index()
    .milestones.filter(({ events }) => events.length > 0)
    .map(({ slug, title, summary, themes, events, from, to }) => ({
      milestone: slug,
      title,
      summary,
      themes,
      from: isoDay(from),
      to: isoDay(to),
      events: events.length,
    }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.milestone < b.milestone ? -1 : 1));
}

/** The timeline of every visible event but some; for steps and counterfactuals. */
export function timelineWithout(view: View, left: ReadonlySet<string>): Timeline {
  const entries = [];
  for (let position = 0; position < view.context.eventCount; position++) {
    const event = view.context.eventAt(position);
    if (!left.has(event.id)) entries.push(entryOf(event, view.dates));
  }
  return createTimeline(entries);
}

export const replay =
  (view: View): Machine['replay'] =>
  (slug) => {
    const { context } = view;
    const known = context.index().milestones;
    const milestone = known.find((one) => one.slug === slug);
    if (!milestone) {
      throw new NotInRecord(
        'milestone',
        slug,
        `no milestone is called ${slug}`,
        didYouMean(
          slug,
          known.map((one) => one.slug),
        ) ?? 'stood replay lists them all',
      );
    }
    const events = milestone.events
      .map((position) => context.eventAt(position))
      .filter((event) => isVisible(view, event));
    const [first] = events;
    if (!first)
      throw new AskedWrongly(
        `nothing of ${slug} was known by then`,
        'leave --published-by or --recorded-by out, or give a later day',
      );
    const groups = grouped(events);
    const things = countedIn(view, events);
    const timeline = timelineWithout(view, new Set(events.map(({ id }) => id)));
    const stepView: View = { ...view, timeline };
    const beforeAt = first.earliest - 1;
    const count = (sight: Sight) =>
      things.map((thing) => ({ kind: slugOf(thing), title: titleOf(sight, thing), ...plain(tallyOf(sight, thing)) }));
    const before = { at: isoDay(beforeAt), counts: countsOf(count(sightAt(stepView, beforeAt))) };
    const steps = groups.map((group, position): ReplayStep => {
      const [event] = group as [StoredEvent, ...StoredEvent[]];
      // Other reforms may have moved the counts since the step before: compare on the day of the step.
      const was = count(sightAt(stepView, event.latest));
      timeline.append(group.map((one) => entryOf(one, view.dates)));
      const now = count(sightAt(stepView, event.latest));
      return {
        step: position + 1,
        date: edtfOf(event),
        dateText: boundaryInWords(event),
        sentence: sentenceOf(view, group),
        events: group.map(told),
        counts: now.flatMap((after, n) => {
          const then = was[n];
          if (!then || (then.certain === after.certain && then.possible === after.possible)) return [];
          return [{ kind: after.kind, before: plain(then), after: plain(after) }];
        }),
        changes: group.map(({ sentence }) => sentence),
      };
    });
    const afterAt = Math.max(...events.map(({ latest }) => latest));
    return {
      ...head(view),
      milestone: slug,
      title: milestone.title,
      summary: milestone.summary,
      before,
      steps,
      after: { at: isoDay(afterAt), counts: countsOf(count(sightAt(stepView, afterAt))) },
    } satisfies Replay;
  };

function countsOf(counts: readonly ({ kind: string } & Counted)[]): Replay['before']['counts'] {
  return counts.map(({ kind, certain, possible }) => ({ kind, count: { certain, possible } }));
}

/** The kinds and statuses whose numbers a milestone can change. */
function countedIn(view: View, events: readonly StoredEvent[]): CountedThing[] {
  const kinds = new Set<string>();
  const statuses = new Set<string>();
  for (const { subjects } of events) {
    for (const id of subjects) {
      for (const { value } of view.timeline.spells(id, 'kind', {})) kinds.add(String(value));
      for (const { value } of view.timeline.spells(id, 'status', {})) statuses.add(String(value));
    }
  }
  return [
    ...KINDS.filter(({ name }) => kinds.has(name)).map(({ name }) => ({ kind: name })),
    ...[...statuses].sort().map((status) => ({ status })),
  ];
}

/** Events in their order, alike ones of a day together when there are many: the steps of a reform. */
export function grouped(events: readonly StoredEvent[]): StoredEvent[][] {
  const groups: StoredEvent[][] = [];
  for (const event of events) {
    const group = groups.at(-1);
    const [head] = group ?? [];
    if (group && head && head.type === event.type && head.earliest === event.earliest && head.latest === event.latest)
      group.push(event);
    else groups.push([event]);
  }
  return groups.flatMap((group) => (group.length > ALIKE ? [group] : group.map((event) => [event])));
}

const MANY: Readonly<Record<string, string>> = {
  OrganisationEstablished: 'were established',
  OrganisationAbolished: 'were abolished',
  OrganisationRenamed: 'were renamed',
  OrganisationRecoded: 'got or lost codes',
  OrganisationReclassified: 'became bodies of another kind',
  OrganisationsReorganised: 'successions',
  RelationshipBegan: 'relations began',
  RelationshipEnded: 'relations ended',
  StatusConferred: 'designations were made',
  StatusEnded: 'designations ended',
  FigureReported: 'figures were reported',
  AreaAssigned: 'areas were assigned',
  AreaTransferred: 'parts of areas passed to another body',
};

/** A step in one sentence. */
export function sentenceOf(view: View, group: readonly StoredEvent[]): string {
  const [event] = group;
  if (!event || group.length === 1) return event?.sentence ?? '';
  const manner = MANY[event.type];
  if (event.type.startsWith('Organisation') && event.type !== 'OrganisationsReorganised' && manner) {
    const kinds = new Map<string, number>();
    for (const { subjects } of group) {
      const kind = String(view.timeline.spells(subjects[0] ?? '', 'kind', {})[0]?.value ?? '');
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    const nouns = [...kinds].map(
      ([kind, n]) => `${n} ${(n === 1 ? kindNamed(kind)?.singular : kindNamed(kind)?.plural) ?? 'bodies'}`,
    );
    return `${listed(nouns)} ${manner}.`;
  }
  return manner
    ? `${group.length} ${manner}. The first: ${event.sentence}`
    : `${group.length} events alike (${event.type}). The first: ${event.sentence}`;
}

import { type Day, isoDay, parseIsoDay } from '../time/day.ts';
import { dayInWords } from '../time/words.ts';
import type { Held } from '../timeline/types.ts';
import { KINDS, kindNamed } from '../vocabulary/kinds.ts';
import type { Body, Coverage, Landscape } from './answers.ts';
import { head, knowledge, readAsked, readId, readKinds, type View } from './context.ts';
import type { Lens, Selection } from './machine.ts';
import { expectedBodies, isDue, isOpen, type OpenPlan, planSentence, plansAt } from './plans.ts';
import {
  bodiesAt,
  bodyAt,
  coverageEnd,
  coverageOf,
  descendants,
  exists,
  isBeforeRecord,
  KIND_DOUBT,
  type Sight,
  sightAt,
} from './reader.ts';

/** What existed on a day, or throughout or at some time in a month or a year. */
export function landscape(view: View, at: string, options: Lens & Selection = {}): Landscape {
  const asked = readAsked(view.context, at);
  const selection = {
    kinds: readKinds(options.kind),
    partOf: options.partOf === undefined ? undefined : readId(view, options.partOf),
  };
  if (asked.kind === 'day') return onDay(sightAt(view, asked.day), selection);
  return inSpan(view, asked.from, asked.to, asked.text, selection);
}

interface Chosen {
  readonly kinds: ReadonlySet<string> | undefined;
  readonly partOf: string | undefined;
}

/** Bodies of a selection as they stood on a day, sorted from national to local and by name. */
export function bodiesOn(sight: Sight, { kinds, partOf }: Chosen): Body[] {
  const inside = partOf === undefined ? undefined : descendants(sight, partOf);
  return bodiesAt(sight, kinds)
    .filter(({ id }) => inside === undefined || inside.has(id))
    .map((standing) => bodyAt(sight, standing))
    .sort(inOrder);
}

const KIND_ORDER = new Map(KINDS.map((kind, position) => [kind.name as string, position]));

function inOrder(a: Body, b: Body): number {
  if (a.kind !== b.kind) return (KIND_ORDER.get(a.kind) ?? KINDS.length) - (KIND_ORDER.get(b.kind) ?? KINDS.length);
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function coverageOn(view: View, kinds: ReadonlySet<string> | undefined, at: Day): Coverage[] {
  const wanted = kinds ?? new Set(KINDS.map((kind) => kind.name as string));
  return [...wanted].map((kind) => coverageOf(view, kind, at));
}

function onDay(sight: Sight, chosen: Chosen): Landscape {
  const coverage = coverageOn(sight, chosen.kinds, sight.at);
  const covered = new Set(coverage.filter(({ completeness }) => completeness !== 'none').map(({ of }) => of));
  const plans = plansAt(sight)
    .filter(isOpen)
    .filter((plan) => concerns(plan, chosen.kinds));
  const foreseen = sight.publishedBy !== undefined && sight.publishedBy < sight.at;
  const beyond = sight.at >= (coverageEnd(sight) ?? Number.POSITIVE_INFINITY);
  const due = plans.filter((plan) => isDue(plan, sight));
  const fromPlans = foreseen || beyond ? due.flatMap((plan) => expectedBodies(sight, plan)) : [];
  const inside = chosen.partOf;
  const standing = bodiesOn(sight, chosen).map((body) => endingBy(body, due));
  const promised = fromPlans
    .filter((body) => chosen.kinds === undefined || chosen.kinds.has(body.kind))
    .filter((body) => inside === undefined || body.partOf.some(({ id }) => id === inside));
  const bodies = promised.length === 0 ? standing : [...standing, ...promised].sort(inOrder);
  return {
    at: isoDay(sight.at),
    ...head(sight),
    coverage,
    bodies,
    expected: plans.map(({ answer }) => answer),
    notes: [
      ...coverageNotes(sight, coverage, covered.size === 0),
      ...kindNotes(bodies),
      ...knowledgeNotes(sight),
      ...(chosen.partOf === undefined ? [] : partOfNotes(sight, chosen.partOf, bodies.length)),
      ...(foreseen || beyond ? plans.map((plan) => planSentence(plan)) : []),
    ],
  };
}

/** A body that a plan then due was to end says so. */
function endingBy(body: Body, due: readonly OpenPlan[]): Body {
  const plan = due.find(({ ends }) => ends.includes(`kind/${body.kind}`) || ends.includes(body.id));
  return plan ? { ...body, because: `expected to end by ${plan.answer.expectedText}: ${plan.answer.title}` } : body;
}

function concerns({ expects, ends }: OpenPlan, kinds: ReadonlySet<string> | undefined): boolean {
  if (kinds === undefined) return true;
  return expects.some(({ kind }) => kinds.has(kind)) || ends.some((id) => kinds.has(id.replace(/^kind\//, '')));
}

function coverageNotes(sight: Sight, coverage: readonly Coverage[], nothing: boolean): string[] {
  const end = coverageEnd(sight);
  if (isBeforeRecord(sight)) return ['Not covered: the record had not been begun by then.'];
  if (nothing) {
    if (end !== undefined && sight.at >= end) {
      return [
        `Not covered: the record knows the world up to ${dayInWords(end - 1)}. What it last knew is shown as expected to continue, with what was promised.`,
      ];
    }
    const firsts = coverage
      .map(({ from }) => from)
      .filter((from) => from !== null)
      .sort();
    return [
      firsts[0]
        ? `Not covered: the record begins on ${dayInWords(parseIsoDay(firsts[0]) as Day)}${coverage.length === 1 ? '' : ' at the earliest'}. That is not to say that nothing existed.`
        : 'Not covered: the record does not say from when it knows these bodies. That is not to say that none existed.',
    ];
  }
  const partial = coverage.filter(({ completeness }) => completeness === 'partial');
  return partial.length === 0
    ? []
    : [`Partly covered, so some may be missing: ${partial.map(({ of }) => kindNamed(of)?.plural ?? of).join(', ')}.`];
}

function kindNotes(bodies: readonly Body[]): string[] {
  const doubtful = bodies.filter(({ because }) => because?.startsWith(KIND_DOUBT)).length;
  if (doubtful === 0) return [];
  return [
    `The kind of ${doubtful} ${doubtful === 1 ? 'body' : 'bodies'} on this day is not certain: each is listed once, under the kind it was first.`,
  ];
}

/** What the clocks of knowledge leave out. */
export function knowledgeNotes(sight: Sight): string[] {
  const notes: string[] = [];
  if (sight.publishedBy !== undefined) {
    notes.push(
      `As seen from ${dayInWords(sight.publishedBy)}: only what had been made public by then${sight.publishedBy < sight.at ? '; what nothing public by then had ended is shown as continuing' : ''}.`,
    );
  }
  if (sight.recordedBy !== undefined) {
    notes.push(`As this record knew it on ${dayInWords(sight.recordedBy)}.`);
    const { begun } = sight.context.header;
    if (begun !== null && sight.recordedBy < begun) {
      notes.push(`The record was begun on ${dayInWords(begun)}: it knew nothing then.`);
    }
  }
  if (sight.dates === 'operational')
    notes.push('Beginnings follow the registers (operational dates) where they differ from the law.');
  return notes;
}

function partOfNotes(sight: Sight, id: string, found: number): string[] {
  if (exists(sight, id))
    return found === 0 ? [`Nothing of the kind asked for is recorded as part of ${id} on that day.`] : [];
  return [`${id} did not exist on ${dayInWords(sight.at)}, so nothing was part of it.`];
}

/** A body that is only possible as last seen, as it stood on the last day of the span on which it surely did. */
function surely(view: View, body: Body, spells: readonly Held[], from: Day, to: Day): Body | undefined {
  if (body.existence !== 'possible') return undefined;
  for (const { from: began, until } of spells.toReversed()) {
    const day = Math.min(to, until?.earliest ?? to) - 1;
    if (day < Math.max(from, began.latest)) continue;
    const found = bodiesOn(sightAt(view, day), { kinds: new Set([body.kind]), partOf: undefined }).find(
      ({ id }) => id === body.id,
    );
    if (found?.existence === 'certain') return found;
  }
  return undefined;
}

function inSpan(view: View, from: Day, to: Day, text: string, chosen: Chosen): Landscape {
  const last = sightAt(view, to - 1);
  const days = [from, ...view.timeline.changeDays(knowledge(view)).filter((day) => from < day && day < to)];
  const latest = new Map<string, Body>();
  const seen = new Map<string, number>();
  for (const day of days) {
    for (const body of bodiesOn(sightAt(view, day), chosen)) {
      latest.set(body.id, body);
      seen.set(body.id, (seen.get(body.id) ?? 0) + 1);
    }
  }
  const bodies = [...latest.values()].map((body): Body => {
    const spells = view.timeline.spells(body.id, 'exists', knowledge(view));
    const throughout =
      seen.get(body.id) === days.length &&
      spells.some((spell) => spell.from.latest <= from && (!spell.until || spell.until.earliest >= to));
    return { ...(surely(view, body, spells, from, to) ?? body), during: throughout ? 'throughout' : 'at some time' };
  });
  const coverage = coverageOn(view, chosen.kinds, to - 1);
  const always = bodies.filter(({ during }) => during === 'throughout').length;
  return {
    at: text,
    ...head(view),
    coverage,
    bodies: bodies.sort(inOrder),
    expected: plansAt(last)
      .filter(isOpen)
      .filter((plan) => concerns(plan, chosen.kinds))
      .map(({ answer }) => answer),
    notes: [
      `${text} is a span, from ${dayInWords(from)} to ${dayInWords(to - 1)}: ${always} bodies existed throughout it, ${bodies.length - always} at some time in it. Each is shown as it last stood within it.`,
      ...coverageNotes(
        last,
        coverage,
        coverage.every(({ completeness }) => completeness === 'none'),
      ),
      ...knowledgeNotes(last),
    ],
  };
}

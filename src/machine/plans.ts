import { FOREVER } from '../time/day.ts';
import { kindNamed } from '../vocabulary/kinds.ts';
import type { Body, PlanAnswer } from './answers.ts';
import { knowledge } from './context.ts';
import {
  bodyRef,
  boundaryRef,
  coverageEnd,
  designation,
  nameOf,
  partOf,
  read,
  type Sight,
  sightAt,
  textOf,
} from './reader.ts';
import type { Promised } from './stored.ts';
import { boundaryInWords, edtfOf } from './words.ts';

interface Expects {
  readonly kind: string;
  readonly count?: number;
  readonly each?: string;
  readonly bodies?: readonly string[];
}

/** A plan as it stood at the moment: what was promised, for when, and what had come of it. */
export interface OpenPlan {
  readonly answer: PlanAnswer;
  readonly promised: Promised | undefined;
  readonly expects: readonly Expects[];
  readonly ends: readonly string[];
}

const seen = new WeakMap<Sight, readonly OpenPlan[]>();

/** Every plan announced by the moment, in the order of the day promised; worked out once for each sight. */
export function plansAt(sight: Sight): readonly OpenPlan[] {
  const known = seen.get(sight) ?? announcedBy(sight);
  seen.set(sight, known);
  return known;
}

function announcedBy(sight: Sight): OpenPlan[] {
  return sight.timeline
    .everBearers('state', 'open')
    .map((id) => planAt(sight, id))
    .filter((plan) => plan !== undefined)
    .sort(
      (a, b) =>
        (a.promised?.earliest ?? FOREVER) - (b.promised?.earliest ?? FOREVER) ||
        (a.answer.plan < b.answer.plan ? -1 : 1),
    );
}

function planAt(sight: Sight, id: string): OpenPlan | undefined {
  const state = read(sight, id, 'state');
  const expected = read(sight, id, 'expected');
  if (!state || !expected) return undefined;
  const announced = sight.timeline.spells(id, 'state', knowledge(sight)).find(({ value }) => value === 'open') ?? state;
  // The last revision of the day; one that changed only the promise is read off the promise.
  const promise = read(sight, id, 'promise') ?? expected;
  const latest = promise.from.earliest > expected.from.earliest ? promise : expected;
  const revised = latest.from.event === announced.from.event ? undefined : latest;
  const promised = sight.context.event(expected.from.event).promised;
  const open = state.value === 'open' || state.value === 'revised';
  // Whether a promise was kept, nobody can know who looks from before its day; nor can we after what is covered.
  const known = Math.min(sight.at, sight.publishedBy ?? FOREVER, coverageEnd(sight) ?? FOREVER);
  const missed = open && promised !== undefined && promised.latest < known;
  const expects = read(sight, id, 'expects')?.value;
  const list = typeof expects === 'string' ? (JSON.parse(expects) as Expects[]) : [];
  const data = sight.context.event(announced.from.event).data as { readonly ends?: readonly string[] };
  return {
    promised,
    expects: list,
    ends: data.ends ?? [],
    answer: {
      plan: id,
      title: nameOf(sight, id),
      promise: textOf(sight, id, 'promise') ?? '',
      expected: String(expected.value),
      expectedText: promised ? boundaryInWords(promised) : String(expected.value),
      state: missed ? 'missed' : (String(state.value) as PlanAnswer['state']),
      announced: boundaryRef(sight, announced.from),
      ...(revised ? { revised: boundaryRef(sight, revised.from) } : {}),
      ...(open ? {} : { resolved: boundaryRef(sight, state.from) }),
      kinds: list.map(({ kind }) => kind),
    },
  };
}

/** True while a plan is neither met nor abandoned. */
export function isOpen({ answer }: OpenPlan): boolean {
  return answer.state === 'open' || answer.state === 'revised' || answer.state === 'missed';
}

/** True when the day promised has come by the moment. */
export function isDue({ promised }: OpenPlan, sight: Sight): boolean {
  return promised !== undefined && promised.earliest <= sight.at;
}

/**
 * The bodies that a plan makes one expect, as it was seen from `publishedBy`: one for each holder of a status where the
 * plan says so, under a description, since nobody had given them a name.
 */
export function expectedBodies(sight: Sight, plan: OpenPlan): Body[] {
  const from = sight.publishedBy === undefined ? sight : sightAt(sight, Math.min(sight.at, sight.publishedBy));
  return plan.expects.flatMap(({ kind, each, bodies }) => {
    const singular = kindNamed(kind)?.singular ?? kind;
    const made = (slug: string, name: string, partOfIds: Body['partOf']): Body => ({
      id: `${plan.answer.plan}/${slug}`,
      name,
      kind,
      codes: {},
      existence: 'expected',
      from: plan.promised ? edtfOf(plan.promised) : plan.answer.expected,
      until: null,
      partOf: partOfIds,
      status: [],
      began: plan.answer.revised ?? plan.answer.announced,
      because: `promised by ${plan.answer.title}`,
    });
    if (bodies) return bodies.map((name) => made(name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), name, []));
    if (!each) return [];
    return from.timeline
      .bearers('status', each, from.moment)
      .map(({ subject }) => designation(from, subject))
      .filter((found) => found !== undefined)
      .map((found) => {
        const system = String(found.holders[0]?.value);
        const reference = bodyRef(from, system);
        return made(system.slice(system.indexOf('/') + 1), `${singular} for ${reference.name}`, [
          { ...reference, existence: 'certain' as const },
          ...partOf(from, system),
        ]);
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}

/** A plan's promise in one sentence for the notes of an answer. */
export function planSentence({ answer }: OpenPlan): string {
  const moved = answer.revised ? ` (moved on ${answer.revised.date})` : '';
  if (answer.state === 'missed')
    return `${answer.title}: promised for ${answer.expectedText}${moved}; the record does not show it met.`;
  return `${answer.title}: expected ${answer.expectedText}${moved}. ${answer.promise}`;
}

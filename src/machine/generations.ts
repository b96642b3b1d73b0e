import { type Day, parseIsoDay } from '../time/day.ts';
import { KINDS } from '../vocabulary/kinds.ts';
import type { Generation, Generations, Passage } from './answers.ts';
import { head, keptFor, type View } from './context.ts';
import { fates } from './correspondence.ts';
import { counts } from './counting.ts';
import { knowledgeNotes } from './landscape.ts';
import type { Machine } from './machine.ts';
import { kindOf, sightAt } from './reader.ts';
import type { Kept } from './stored.ts';

/** A new generation begins when the number of a kind has changed by this share since the last. */
const NOTABLE = 0.1;

/** Tiers whose bodies follow one another, as lanes of the picture. */
const TIERS: ReadonlySet<string> = new Set(['intermediate', 'local', 'place']);

interface Life {
  readonly kind: string;
  readonly generations: readonly Generation[];
  /** First day on which none may exist any more. */
  readonly end: string | null;
}

/** The generations of the bodies of every commissioning tier, and how each passed into the next. */
export const generations =
  (view: View): Machine['generations'] =>
  () =>
    ({
      ...head(view),
      ...(keptFor(view)?.generations ?? generationsOf(view)),
      notes: [
        `A generation begins where the number of a kind has changed by ${NOTABLE * 100} % or more since the last.`,
        ...knowledgeNotes(sightAt(view, view.context.today())),
      ],
    }) satisfies Generations;

/** The same as worked out: without its clocks and notes. */
export function generationsOf(view: View): Kept['generations'] {
  const lives = KINDS.filter((kind) => 'tier' in kind && TIERS.has(kind.tier)).map((kind) => lifeOf(view, kind.name));
  const found = lives.flatMap((life) => life.generations);
  return {
    generations: found.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.kind < b.kind ? -1 : 1)),
    passages: [
      ...lives.flatMap((life) => within(view, life)),
      ...lives.flatMap((life) => (life.end === null ? [] : beyond(view, life, life.end, found))),
    ],
    ends: lives.flatMap(({ kind, end }) => (end === null ? [] : [{ kind, at: end }])),
  };
}

function lifeOf(view: View, kind: string): Life {
  const series = counts(view)(kind, { every: 'change' }).counts.filter(({ covered }) => covered);
  const found: Generation[] = [];
  let end: string | null = null;
  for (const { at, certain, possible } of series) {
    if (possible === 0) {
      end = found.length > 0 ? (end ?? at) : null;
      continue;
    }
    end = null;
    const last = found.at(-1);
    if (certain === 0 || (last && Math.abs(certain - last.certain) < NOTABLE * last.certain)) continue;
    found.push({ kind, at, certain, possible });
  }
  return { kind, generations: found, end };
}

/** From one generation of a kind to the next. */
function within(view: View, { kind, generations: all }: Life): Passage[] {
  return all.slice(1).flatMap((to, n) => {
    const from = all[n] as Generation;
    const steps = stepsOf(view, kind, dayOf(from.at), dayOf(to.at)).filter((step) => step.kind === kind);
    return MANNERS.flatMap((manner) => passage(from, to, manner, steps));
  });
}

/** From the last generation of a kind to those of other kinds, on the day that the kind ended. */
function beyond(view: View, { kind, generations: all }: Life, end: string, every: readonly Generation[]): Passage[] {
  const from = all.at(-1);
  if (!from) return [];
  const steps = stepsOf(view, kind, dayOf(end) - 1, dayOf(end)).filter((step) => step.kind !== kind);
  return KINDS.map(({ name }) => name as string).flatMap((other) => {
    const to = every.findLast((one) => one.kind === other && one.at <= end);
    const there = steps.filter((step) => step.kind === other).map((step) => ({ ...step, manner: 'replaced' }) as const);
    return to ? passage(from, to, 'replaced', there) : [];
  });
}

/** The order in which the manners of a passage are told. */
const MANNERS = ['went on', 'replaced', 'merged', 'divided'] as const satisfies readonly Passage['manner'][];

/** One body that became one other, or stayed itself, between two days. */
interface Step {
  readonly from: string;
  readonly to: string;
  /** Kind of the later. */
  readonly kind: string;
  readonly manner: Passage['manner'];
}

/** What the bodies of a kind had become: a body that goes on, and one that took a part of it, are one that went on. */
function stepsOf(view: View, kind: string, from: Day, to: Day): Step[] {
  const after = sightAt(view, to);
  return fates(sightAt(view, from), after, new Set([kind])).flatMap(({ id, still, met }) => [
    ...(still ? [{ from: id, to: id, kind: kindOf(after, id), manner: 'went on' } as const] : []),
    ...met.map(({ to, kind, relation }) => ({
      from: id,
      to,
      kind,
      manner: relation === 'partly' ? ('went on' as const) : relation,
    })),
  ]);
}

function passage(from: Generation, to: Generation, manner: Passage['manner'], steps: readonly Step[]): Passage[] {
  const these = steps.filter((step) => step.manner === manner);
  if (these.length === 0) return [];
  return [
    {
      from: { kind: from.kind, at: from.at },
      to: { kind: to.kind, at: to.at },
      manner,
      before: new Set(these.map((step) => step.from)).size,
      after: new Set(these.map((step) => step.to)).size,
    },
  ];
}

function dayOf(text: string): Day {
  const day = parseIsoDay(text);
  if (day === undefined) throw new RangeError(`not a day: ${text}`);
  return day;
}

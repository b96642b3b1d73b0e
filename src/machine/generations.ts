import { isoDay, parseIsoDay } from '../time/day.ts';
import { KINDS } from '../vocabulary/kinds.ts';
import type { CorrespondenceRow, Generation, Generations, Passage } from './answers.ts';
import { head, type View } from './context.ts';
import { correspondence } from './correspondence.ts';
import { counts } from './counting.ts';
import { knowledgeNotes } from './landscape.ts';
import type { Machine } from './machine.ts';
import { sightAt } from './reader.ts';

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
  () => {
    const lives = KINDS.filter((kind) => 'tier' in kind && TIERS.has(kind.tier)).map((kind) => lifeOf(view, kind.name));
    const found = lives.flatMap((life) => life.generations);
    return {
      ...head(view),
      generations: found.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.kind < b.kind ? -1 : 1)),
      passages: [
        ...lives.flatMap((life) => within(view, life)),
        ...lives.flatMap((life) => (life.end === null ? [] : beyond(view, life, life.end, found))),
      ],
      ends: lives.flatMap(({ kind, end }) => (end === null ? [] : [{ kind, at: end }])),
      notes: [
        `A generation begins where the number of a kind has changed by ${NOTABLE * 100} % or more since the last.`,
        ...knowledgeNotes(sightAt(view, view.context.today())),
      ],
    } satisfies Generations;
  };

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
    const { rows } = correspondence(view)(from.at, to.at, { kind, toKind: kind });
    return MANNERS.flatMap(([manner, relations]) => {
      const these = rows.filter(({ from: one, relation }) => one !== null && relations.includes(relation));
      return passage(from, to, manner, these);
    });
  });
}

/** From the last generation of a kind to those of other kinds, on the day that the kind ended. */
function beyond(view: View, { kind, generations: all }: Life, end: string, every: readonly Generation[]): Passage[] {
  const from = all.at(-1);
  const day = parseIsoDay(end);
  if (!from || day === undefined) return [];
  const { rows } = correspondence(view)(isoDay(day - 1), end, { kind });
  const kinds = new Set(rows.flatMap(({ to }) => (to && to.kind !== kind ? [to.kind] : [])));
  return [...kinds].flatMap((other) => {
    const to = every.findLast((one) => one.kind === other && one.at <= end);
    return to
      ? passage(
          from,
          to,
          'replaced',
          rows.filter((row) => row.to?.kind === other),
        )
      : [];
  });
}

const MANNERS: readonly (readonly [Passage['manner'], readonly CorrespondenceRow['relation'][]])[] = [
  ['went on', ['same', 'renamed', 'recoded', 'partly']],
  ['replaced', ['replaced']],
  ['merged', ['merged']],
  ['divided', ['divided']],
];

function passage(
  from: Generation,
  to: Generation,
  manner: Passage['manner'],
  rows: readonly CorrespondenceRow[],
): Passage[] {
  if (rows.length === 0) return [];
  const distinct = (ids: readonly (string | undefined)[]) => new Set(ids.filter((id) => id !== undefined)).size;
  return [
    {
      from: { kind: from.kind, at: from.at },
      to: { kind: to.kind, at: to.at },
      manner,
      before: distinct(rows.map((row) => row.from?.id)),
      after: distinct(rows.map((row) => row.to?.id)),
    },
  ];
}

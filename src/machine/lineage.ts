import type { Boundary, Held } from '../timeline/types.ts';
import type { BodyRef, Lineage, LineageLink, LineageNode } from './answers.ts';
import { head, knowledge, readId, type View } from './context.ts';
import type { Machine } from './machine.ts';
import { bodyRef, boundaryRef, nameOf, type Sight, sightAt } from './reader.ts';
import { edtfOf } from './words.ts';

interface Reorganised {
  readonly how: string;
  readonly shares?: readonly {
    readonly from: string;
    readonly to: string;
    readonly share: number;
    readonly of: string;
    readonly basis?: string;
  }[];
}

/** One succession as recorded: from whom to whom, by which event. */
export interface Succession {
  readonly from: string;
  readonly to: string;
  readonly held: Held;
}

/** The successions that leave a body, on the view's clocks. */
export function successors(view: View, id: string): Succession[] {
  return view.timeline
    .spells(id, 'succeeded-by', knowledge(view))
    .filter(({ value }) => value !== null)
    .map((held) => ({ from: id, to: held.member as string, held }));
}

/** The parts of its area that a body gave to others: to whom, when, by which event. */
export function areaGiven(view: View, id: string): { readonly to: string; readonly on: Boundary }[] {
  return view.timeline
    .spells(id, 'gave-area-to', knowledge(view))
    .flatMap(({ member, from }) => (member ? [{ to: member, on: from }] : []));
}

/** The successions that lead to a body. */
export function predecessors(view: View, id: string): Succession[] {
  return view.timeline
    .everBearers('succeeded-by', id)
    .flatMap((from) => successors(view, from))
    .filter(({ to }) => to === id);
}

/** How one body followed another, and how much of the one went to the other as far as a source says. */
export function termsOf(view: View, { from, to, held }: Succession): Pick<LineageLink, 'how' | 'shares'> {
  const { how, shares = [] } = view.context.event(held.from.event).data as Reorganised;
  return {
    how,
    shares: shares
      .filter((share) => share.from === from && share.to === to)
      .map(({ share, of, basis }) => ({ share, of, ...(basis ? { basis } : {}) })),
  };
}

/** A succession as an answer tells it. */
export function linkOf(view: View, succession: Succession): LineageLink {
  const { from, to, held } = succession;
  const { how, shares } = termsOf(view, succession);
  return {
    from,
    fromName: nameOf(lastSight(view, from), from),
    to,
    toName: nameOf(sightAt(view, held.from.latest), to),
    how,
    date: edtfOf(held.from),
    shares,
    via: boundaryRef(view, held.from),
  };
}

/** The first day a body existed, and the day it ended, on the view's clocks; for a sight that names it as it was. */
export function lifeOf(
  view: View,
  id: string,
): { readonly first: Boundary | undefined; readonly end: Boundary | undefined } {
  const spells = view.timeline.spells(id, 'exists', knowledge(view)).filter(({ value }) => value === true);
  return { first: spells[0]?.from, end: spells.at(-1)?.until };
}

/** A sight on the last day a body existed, or on today for one that goes on: how a dead body is named and coded. */
export function lastSight(view: View, id: string): Sight {
  const { first, end } = lifeOf(view, id);
  const at = end ? end.earliest - 1 : Math.max(view.context.today(), first?.latest ?? view.context.today());
  return sightAt(view, first ? Math.max(at, first.earliest) : at);
}

/** A body as it was last known: name, kind and codes. One that would not have existed is named as it really was. */
export function lastKnown(view: View, id: string): BodyRef {
  if (view.supposed && lifeOf(view, id).first === undefined) return lastKnown(view.supposed.real, id);
  return bodyRef(lastSight(view, id), id);
}

export const lineage =
  (view: View): Machine['lineage'] =>
  (text, options = {}) => {
    const id = readId(view, text);
    const direction = options.direction ?? 'both';
    const depths = new Map<string, number>([[id, 0]]);
    const links = new Map<string, LineageLink>();
    const walk = (next: (view: View, id: string) => Succession[], side: -1 | 1) => {
      const seen = new Set([id]);
      const queue: [string, number][] = [[id, 0]];
      for (let item = queue.shift(); item; item = queue.shift()) {
        const [current, depth] = item;
        for (const succession of next(view, current)) {
          links.set(`${succession.from} ${succession.to} ${succession.held.from.event}`, linkOf(view, succession));
          const other = side === 1 ? succession.to : succession.from;
          if (seen.has(other)) continue;
          seen.add(other);
          if (!depths.has(other)) depths.set(other, depth + side);
          queue.push([other, depth + side]);
        }
      }
    };
    if (direction !== 'forward') walk(predecessors, -1);
    if (direction !== 'back') walk(successors, 1);
    const nodes = [...depths].map(([node, depth]) => nodeOf(view, node, depth));
    nodes.sort(
      (a, b) => a.depth - b.depth || (a.from ?? '').localeCompare(b.from ?? '', 'en') || (a.id < b.id ? -1 : 1),
    );
    const list = [...links.values()].sort((a, b) =>
      a.date < b.date ? -1 : a.date > b.date ? 1 : a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1,
    );
    return {
      ...head(view),
      of: lastKnown(view, id),
      nodes,
      links: list,
      notes: notes(view, id, list, direction),
    } satisfies Lineage;
  };

function nodeOf(view: View, id: string, depth: number): LineageNode {
  const { first, end } = lifeOf(view, id);
  return { ...lastKnown(view, id), from: first ? edtfOf(first) : null, until: end ? edtfOf(end) : null, depth };
}

function notes(view: View, id: string, links: readonly LineageLink[], direction: string): string[] {
  const sight = lastSight(view, id);
  const found: string[] = [];
  if (direction !== 'forward' && !links.some(({ to }) => to === id))
    found.push(`The record holds no predecessor of ${nameOf(sight, id)}.`);
  if (direction !== 'back' && !links.some(({ from }) => from === id)) {
    const goes = sight.timeline.existence(id, sightAt(view, Math.max(view.context.today(), sight.at)).moment) !== 'no';
    found.push(
      goes
        ? `${nameOf(sight, id)} goes on: nothing has followed it.`
        : `The record holds no successor of ${nameOf(sight, id)}.`,
    );
  }
  if (links.some(({ how, shares }) => how === 'division' && shares.length === 0)) {
    found.push('Where a body was divided and no share is given, the share is not known.');
  }
  return found;
}

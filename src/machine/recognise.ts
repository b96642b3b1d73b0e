import { nearest } from '../record/near.ts';
import { type Day, isoDay } from '../time/day.ts';
import type { BodyRef, Coverage, NamedBody, Recognised, Recognition } from './answers.ts';
import { head, readDay, readKinds, type View } from './context.ts';
import { lastKnown } from './lineage.ts';
import type { Machine } from './machine.ts';
import { heldOn, type NameIndex, type Naming, nameIndexOf, spelled } from './naming.ts';
import { bodyRef, coverageOf, exists, sightAt } from './reader.ts';
import { edtfOf } from './words.ts';

/** Values for which near misses are looked for in one question; looking is slow. */
const MOST_NEAR = 200;
const MOST_OFFERED = 3;

/** What a value may name, of the kinds asked for. */
export interface Meaning {
  readonly value: string;
  readonly namings: readonly Naming[];
}

/** What each distinct value may name. A name that fits bodies of several kinds is taken as of the kind that the others are of. */
export function meanings(
  index: NameIndex,
  values: Iterable<string>,
  kinds: ReadonlySet<string> | undefined,
  prefer: string | undefined,
): { readonly all: readonly Meaning[]; readonly kind: string | undefined } {
  const isAsked = ({ id }: Naming) => kinds === undefined || [...index.kinds(id)].some((kind) => kinds.has(kind));
  const all = [...new Set(values)].map((value) => ({ value, namings: index.named(value).filter(isAsked) }));
  const kind = prefer ?? commonest(index, all);
  if (kind === undefined) return { all, kind };
  return {
    kind,
    all: all.map((meaning) => {
      if (meaning.namings.some(({ what }) => what !== 'name' && what !== 'acronym')) return meaning;
      const alike = meaning.namings.filter(({ id }) => index.kinds(id).has(kind));
      return alike.length > 0 ? { value: meaning.value, namings: alike } : meaning;
    }),
  };
}

/** The kind that more of the values may be of than of any other; undefined when two kinds are level. */
function commonest(index: NameIndex, all: readonly Meaning[]): string | undefined {
  const tally = new Map<string, number>();
  for (const { namings } of all) {
    for (const kind of new Set(namings.flatMap(({ id }) => [...index.kinds(id)])))
      tally.set(kind, (tally.get(kind) ?? 0) + 1);
  }
  const [first, second] = [...tally].sort((a, b) => b[1] - a[1]);
  return first && first[1] !== second?.[1] ? first[0] : undefined;
}

export const recognise =
  (view: View): Machine['recognise'] =>
  (values, options) => {
    const at = readDay(view.context, options.at, 'first');
    const index = nameIndexOf(view);
    const { all, kind } = meanings(index, values, readKinds(options.kind), options.prefer);
    const near = options.near === false ? () => [] : nearTo(view, index);
    const found = all.map((meaning) => recognised(view, index, meaning, at, near));
    const kinds = new Set(found.flatMap(({ bodies }) => bodies.map((body) => body.kind)));
    return {
      at: isoDay(at),
      ...head(view),
      kind: kind ?? null,
      values: found,
      coverage: [...kinds].sort().map((one): Coverage => coverageOf(view, one, at)),
    } satisfies Recognition;
  };

function recognised(
  view: View,
  index: NameIndex,
  { value, namings }: Meaning,
  at: Day,
  near: (value: string) => readonly BodyRef[],
): Recognised {
  if (namings.length === 0) return { value, outcome: 'unknown', bodies: [], near: near(value) };
  const now = distinct(namings.filter((naming) => heldOn(naming, at) !== 'no'));
  // A body that had another name on the day is meant all the same; a code of another day stands for another area.
  const living = distinct(
    namings.filter(({ id, what }) => isNameLike(what) && index.lives(id).some((held) => heldOn(held, at) !== 'no')),
  );
  const meant = now.length > 0 ? now : living;
  if (meant.length === 0) {
    return { value, outcome: 'other dates', bodies: namings.map((naming) => bodyOf(view, naming, at)), near: [] };
  }
  return {
    value,
    outcome: meant.length === 1 ? 'recognised' : 'ambiguous',
    bodies: meant.map((naming) => bodyOf(view, naming, at)),
    near: [],
  };
}

function isNameLike(what: Naming['what']): boolean {
  return what === 'name' || what === 'acronym';
}

function distinct(namings: readonly Naming[]): Naming[] {
  return [...new Map(namings.map((naming) => [naming.id, naming])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A body as an answer gives it that was asked for by name or code: as it was while it was called so, nearest to the day. */
export function bodyOf(view: View, naming: Naming, at: Day): NamedBody {
  const { id, what, value, from, until } = naming;
  const day = exists(sightAt(view, at), id)
    ? at
    : Math.min(
        Math.max(at, from.latest),
        until ? Math.max(until.earliest - 1, from.earliest) : Number.POSITIVE_INFINITY,
      );
  return {
    ...bodyRef(sightAt(view, day), id),
    matched: { what, value },
    from: edtfOf(from),
    until: until ? edtfOf(until) : null,
    held: heldOn(naming, at),
  };
}

/** Offers what a value that names nothing may have been meant for; at most three bodies, and for the first values only. */
export function nearTo(view: View, index: NameIndex): (value: string) => readonly BodyRef[] {
  const known = new Map<string, readonly BodyRef[]>();
  return (value) => {
    const before = known.get(value);
    if (before) return before;
    if (known.size >= MOST_NEAR) return [];
    const isCode = /^[a-z]{0,3}\d[\w ]*$|^[A-Z][A-Z0-9]{2,4}$/i.test(value.trim()) && value.trim().length <= 9;
    const wanted = isCode ? value.trim().toUpperCase() : spelled(value).core;
    const { kind } = spelled(value);
    const isLikely = (id: string) => kind === undefined || index.kinds(id).has(kind);
    const left = new Map(isCode ? index.codes() : index.cores());
    const ids = new Set<string>();
    while (ids.size < MOST_OFFERED && wanted.length > 1) {
      const match = nearest(wanted, left.keys());
      if (match === undefined) break;
      const all = left.get(match) ?? [];
      for (const id of all.some(isLikely) ? all.filter(isLikely) : all) ids.add(id);
      left.delete(match);
    }
    const found = [...ids].slice(0, MOST_OFFERED).map((id) => lastKnown(view, id));
    known.set(value, found);
    return found;
  };
}

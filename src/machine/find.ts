import { nearest } from '../record/near.ts';
import { type Day, isoDay } from '../time/day.ts';
import type { BodyRef, Find, Found } from './answers.ts';
import { head, knowledge, readDay, type View } from './context.ts';
import { lastKnown, lifeOf, successors } from './lineage.ts';
import type { Machine } from './machine.ts';
import { comparable } from './naming.ts';
import { bodyRef, existenceOf, exists, kindOf, periodOf, sightAt } from './reader.ts';
import { edtfOf, family } from './words.ts';

type Matched = Found['matched'];

/** Families that are looked up by name; designations and figures are found through what they belong to. */
const HIDDEN = new Set(['designation', 'kind']);

interface Candidate {
  readonly id: string;
  readonly matched: Matched;
  /** 0 is an exact match; higher is looser. */
  readonly rank: number;
}

export const find =
  (view: View): Machine['find'] =>
  (query, options = {}) => {
    const at = readDay(view.context, options.at ?? 'today', 'last');
    const limit = options.limit ?? 25;
    const best = new Map<string, Candidate>();
    const offer = (candidate: Candidate) => {
      const known = best.get(candidate.id);
      if (!known || candidate.rank < known.rank) best.set(candidate.id, candidate);
    };
    const names = new Map<string, string>();
    const wanted = comparable(query) || query.trim().toLowerCase();
    const words = wanted.split(' ').filter(Boolean);
    for (const id of Object.keys(view.context.index().subjects)) {
      if (HIDDEN.has(family(id))) continue;
      if (id === query.trim()) offer({ id, rank: 0, matched: { what: 'id', value: id, from: null, until: null } });
      matchCodes(view, id, query, offer);
      matchNames(view, id, wanted, words, names, offer);
    }
    const sorted = [...best.values()].sort(
      (a, b) => a.rank - b.rank || liveliness(view, b.id, at) - liveliness(view, a.id, at) || (a.id < b.id ? -1 : 1),
    );
    const found = sorted.slice(0, limit).map((candidate) => foundOf(view, candidate, at));
    const near = found.length > 0 ? [] : nearTo(view, wanted, names);
    return { at: isoDay(at), ...head(view), query, found, near } satisfies Find;
  };

function liveliness(view: View, id: string, at: Day): number {
  return exists(sightAt(view, at), id) ? 1 : 0;
}

function matchCodes(view: View, id: string, query: string, offer: (candidate: Candidate) => void): void {
  const wanted = query.trim().toUpperCase();
  for (const system of ['ods', 'gss'] as const) {
    for (const held of view.timeline.spells(id, system, knowledge(view))) {
      if (String(held.value).toUpperCase() === wanted)
        offer({ id, rank: 1, matched: { what: `${system} code`, value: String(held.value), ...periodOf(held) } });
    }
  }
}

function matchNames(
  view: View,
  id: string,
  wanted: string,
  words: readonly string[],
  names: Map<string, string>,
  offer: (candidate: Candidate) => void,
): void {
  const spells = view.timeline.spells(id, 'name', knowledge(view)).filter(({ value }) => value !== null);
  const others = view.timeline
    .attributes(id)
    .filter((attribute) => attribute.startsWith('also:') || attribute === 'acronym')
    .flatMap((attribute) =>
      view.timeline.spells(id, attribute, knowledge(view)).map((held) => ({ held, acronym: attribute === 'acronym' })),
    );
  for (const [position, held] of spells.entries()) {
    const value = String(held.value);
    const name = comparable(value) || value.toLowerCase();
    names.set(name, id);
    const rank = rankOf(name, wanted, words);
    const former = position < spells.length - 1;
    if (rank !== undefined)
      offer({
        id,
        rank: rank + (former ? 1 : 0),
        matched: { what: former ? 'former name' : 'name', value, ...periodOf(held) },
      });
  }
  for (const { held, acronym } of others) {
    const value = String(held.value);
    const rank = rankOf(comparable(value) || value.toLowerCase(), wanted, words);
    if (rank !== undefined)
      offer({ id, rank: rank + 1, matched: { what: acronym ? 'acronym' : 'former name', value, ...periodOf(held) } });
  }
}

/** Exact, then beginning, then all the words in any order ("West Berkshire" finds Berkshire West). */
function rankOf(name: string, wanted: string, words: readonly string[]): number | undefined {
  if (name === wanted) return 2;
  if (words.length === 0) return undefined;
  const own = name.split(' ');
  const all = words.every((word) => own.some((one) => one === word || (word.length > 3 && one.startsWith(word))));
  if (!all) return undefined;
  if (own.length === words.length) return 4;
  return name.startsWith(wanted) ? 6 : 8;
}

function foundOf(view: View, { id, matched }: Candidate, at: Day): Found {
  const sight = sightAt(view, at);
  const held = exists(sight, id);
  const { first, end } = lifeOf(view, id);
  const ahead = !held && first !== undefined && first.earliest > at;
  const reference: BodyRef = held ? bodyRef(sight, id) : lastKnown(view, id);
  return {
    ...reference,
    matched,
    existence: held ? existenceOf(sight, held, kindOf(sight, id)) : ahead ? 'expected' : 'ended',
    from: first ? edtfOf(first) : null,
    until: end ? edtfOf(end) : null,
    successors: held || ahead ? [] : heirs(view, id, at),
  };
}

/** Where a dead body leads on to: the living ends of its line. */
function heirs(view: View, id: string, at: Day): BodyRef[] {
  const sight = sightAt(view, at);
  const living = new Map<string, BodyRef>();
  const seen = new Set([id]);
  const queue = [id];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const { to } of successors(view, next)) {
      if (seen.has(to)) continue;
      seen.add(to);
      if (exists(sight, to)) living.set(to, bodyRef(sight, to));
      else queue.push(to);
    }
  }
  return [...living.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function nearTo(view: View, wanted: string, names: ReadonlyMap<string, string>): BodyRef[] {
  const found: BodyRef[] = [];
  const left = new Map(names);
  for (let n = 0; n < 3; n++) {
    const near = nearest(wanted, left.keys());
    const id = near === undefined ? undefined : left.get(near);
    if (near === undefined || id === undefined) break;
    left.delete(near);
    if (!found.some((one) => one.id === id)) found.push(lastKnown(view, id));
  }
  return found;
}

import { type Day, isoDay } from '../time/day.ts';
import type { Boundary, Held } from '../timeline/types.ts';
import { kindNamed } from '../vocabulary/kinds.ts';
import type { BodyRef, BoundaryRef, Correspondence, CorrespondenceRow, LineageLink, Relation } from './answers.ts';
import { head, knowledge, readDay, readId, readKinds, type View } from './context.ts';
import { AskedWrongly } from './errors.ts';
import { knowledgeNotes } from './landscape.ts';
import { areaGiven, predecessors, type Succession, successors, termsOf } from './lineage.ts';
import type { Machine } from './machine.ts';
import {
  bodiesAt,
  bodyRef,
  boundaryRef,
  coverageOf,
  descendants,
  existenceOf,
  exists,
  kindOf,
  type Sight,
  sightAt,
  weaker,
} from './reader.ts';

interface Reached {
  readonly to: string;
  /** Product of the shares along the way, by what they are shares of; undefined where any is unknown. */
  share: number | undefined;
  of: string | undefined;
  basis: string | undefined;
  readonly via: Map<string, Boundary>;
  readonly how: Set<string>;
  /** True when some way here was succession all along, not a part of an area. */
  followed: boolean;
}

/** A body that another led to, and how. */
interface Met extends Reached {
  readonly kind: string;
  readonly relation: 'replaced' | 'merged' | 'divided' | 'partly';
  /** How many of the same kind the other led to, this one included. */
  readonly rivals: number;
  /** True when the other goes on beside it, and is of the same kind. */
  readonly beside: boolean;
}

/** What a body of the earlier day had become by the later: itself, others, both or nothing. Only ids: nothing is told of them yet. */
export interface Fate {
  readonly id: string;
  readonly held: Held;
  readonly still: Held | undefined;
  readonly met: readonly Met[];
}

/** What became of every body of these kinds, or of all; of those inside something, when that is given. */
export function fates(
  before: Sight,
  after: Sight,
  kinds: ReadonlySet<string> | undefined,
  inside?: ReadonlySet<string>,
): Fate[] {
  const sources = bodiesAt(before, kinds)
    .filter(({ id }) => inside === undefined || inside.has(id))
    .map(({ id, held }) => ({ id, held, reached: follow(before, after, id) }));
  const incoming = new Map<string, Set<string>>();
  for (const { id, reached } of sources) {
    for (const { to, followed } of reached) {
      if (followed) incoming.set(to, (incoming.get(to) ?? new Set()).add(id));
    }
  }
  return sources.map(({ id, held, reached }) => {
    const still = exists(after, id);
    const others = reached.filter(({ to }) => to !== id).map((one) => ({ ...one, kind: kindOf(after, one.to) }));
    const met = others.map((one): Met => {
      // A body followed by one of each of two tiers (a board and a location) is not divided: only targets of one kind compete.
      const rivals = others.filter(({ kind }) => kind === one.kind).length;
      const beside = still !== undefined && one.kind === kindOf(after, id);
      return { ...one, rivals, beside, relation: relationOf(beside, rivals, one, incoming) };
    });
    return { id, held, still, met };
  });
}

export const correspondence =
  (view: View): Machine['correspondence'] =>
  (fromText, toText, options = {}) => {
    const from = readDay(view.context, fromText, 'first');
    const to = readDay(view.context, toText, 'last');
    if (to < from)
      throw new AskedWrongly(
        `${isoDay(to)} is before ${isoDay(from)}`,
        'give the earlier date first: a table from later to earlier is read backwards off this one',
      );
    const kinds = readKinds(options.kind);
    const [before, after] = [sightAt(view, from), sightAt(view, to)];
    const inside = options.partOf === undefined ? undefined : descendants(before, readId(view, options.partOf));
    const found = fates(before, after, kinds, inside);
    const reached = new Set(found.flatMap(({ met }) => met.map(({ to }) => to)));
    const rows = found.flatMap((fate) => rowsFor(before, after, fate));
    if (inside === undefined) {
      const targetKinds = new Set([...(kinds ?? []), ...[...reached].map((id) => kindOf(after, id))]);
      for (const { id, held } of bodiesAt(after, kinds === undefined ? undefined : targetKinds)) {
        if (reached.has(id) || exists(before, id) || continues(before, after, id)) continue;
        rows.push({
          from: null,
          to: bodyRef(after, id),
          relation: 'new',
          via: [boundaryRef(view, held.from)],
          ambiguous: false,
          existence: existenceOf(after, held, kindOf(after, id)),
        });
      }
    }
    const toKinds = readKinds(options.toKind);
    const shown = rows
      .filter(({ relation }) => options.unchanged !== false || relation !== 'same')
      .filter(({ to }) => toKinds === undefined || to === null || toKinds.has(to.kind));
    shown.sort(
      (a, b) =>
        key(a) - key(b) ||
        name(a.from).localeCompare(name(b.from), 'en') ||
        (a.from?.id ?? '').localeCompare(b.from?.id ?? '', 'en') ||
        name(a.to).localeCompare(name(b.to), 'en') ||
        (a.to?.id ?? '').localeCompare(b.to?.id ?? '', 'en'),
    );
    const asked = kinds ?? new Set(found.map(({ id }) => kindOf(before, id)));
    return {
      ...head(view),
      from: isoDay(from),
      to: isoDay(to),
      kind: kinds ? [...kinds].join('; ') : null,
      rows: shown,
      coverage: [...asked]
        .flatMap((kind) => [coverageOf(view, kind, from), coverageOf(view, kind, to)])
        .filter(
          (one, position, all) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === position,
        ),
      summary: summarise(shown),
      notes: [...notes(shown, found.length, asked, before), ...knowledgeNotes(after)],
    } satisfies Correspondence;
  };

function key({ from }: CorrespondenceRow): number {
  return from === null ? 1 : 0;
}

function name(body: BodyRef | null): string {
  return body?.name ?? '';
}

/** True when a boundary lies, or may lie, after the one day and by the other. */
function isWithin(before: Sight, after: Sight, { earliest, latest }: Boundary): boolean {
  return before.at < latest && earliest <= after.at;
}

/** True when something of the earlier day leads to a body: it may be of a kind that was not asked for. */
function continues(before: Sight, after: Sight, id: string): boolean {
  const seen = new Set([id]);
  const queue = [id];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const { from, held } of predecessors(after, next)) {
      if (seen.has(from) || !isWithin(before, after, held.from)) continue;
      if (exists(before, from)) return true;
      seen.add(from);
      queue.push(from);
    }
  }
  return false;
}

/** One body on the way from the earlier day to the later, with what is known of how much of the first body came to it. */
interface Way {
  readonly at: string;
  /** The first day on which it can have been reached: what it gave away before came from elsewhere. */
  readonly since: Day;
  readonly share: number | undefined;
  readonly of: string | undefined;
  readonly basis: string | undefined;
  readonly via: readonly Boundary[];
  readonly how: ReadonlySet<string>;
  readonly seen: ReadonlySet<string>;
}

/** Every body of the later day that a body leads to by successions and transfers of area between the two days. */
function follow(before: Sight, after: Sight, id: string): Reached[] {
  const targets = new Map<string, Reached>();
  let gaveArea = false;
  const go = (way: Way) => (exists(after, way.at) ? reach(targets, way) : walk(way));
  const walk = (way: Way) => {
    const given = gifts(before, after, way);
    if (given.length > 0) gaveArea = true;
    const all = successors(after, way.at).filter(({ held }) => isWithin(before, after, held.from));
    // A board and a location that follow one group are of two tiers, and each has the whole of it.
    const gone = !exists(after, way.at);
    const isWhole = (succession: Succession) => {
      const kind = kindOf(after, succession.to);
      return (
        gone &&
        given.length === 0 &&
        new Set(all.map(({ to }) => to).filter((to) => kindOf(after, to) === kind)).size === 1
      );
    };
    for (const succession of all) {
      if (way.seen.has(succession.to)) continue;
      const terms = termsOf(after, succession);
      go(onward(way, succession.to, succession.held.from, terms.how, stepShare(terms, isWhole(succession))));
    }
    const followed = new Set(all.map(({ to }) => to));
    for (const { to, from, share } of given) {
      if (followed.has(to) || way.seen.has(to)) continue;
      const step = { share, ...(share === undefined ? {} : { of: 'population' }) };
      go(onward(way, to, from, 'transfer', step));
    }
  };
  walk({
    at: id,
    since: before.at,
    share: 1,
    of: undefined,
    basis: undefined,
    via: [],
    how: new Set(),
    seen: new Set([id]),
  });
  // What a body gave away went on to the same end as the rest of it: all of it is there.
  if (gaveArea && !exists(after, id)) {
    for (const target of targets.values()) {
      const kind = kindOf(after, target.to);
      const isOnly = [...targets.keys()].every((other) => other === target.to || kindOf(after, other) !== kind);
      if (isOnly && !isTransferOnly(target)) Object.assign(target, { share: 1, of: undefined, basis: undefined });
    }
  }
  return [...targets.values()];
}

function onward(
  way: Way,
  to: string,
  via: Boundary,
  how: string,
  step: { readonly share: number | undefined; readonly of?: string; readonly basis?: string },
): Way {
  const of = step.of ?? way.of;
  // A share of the people and a share of the land do not multiply; and of a body that was merged, nobody knows
  // which part came from whom.
  const alike = way.of === undefined || of === way.of;
  const mixed = (way.how.has('merger') || way.how.has('absorption')) && step.share !== 1;
  const known = way.share !== undefined && step.share !== undefined && alike && !mixed;
  return {
    at: to,
    since: via.earliest,
    share: known ? Number(way.share) * Number(step.share) : undefined,
    of,
    basis: step.basis ?? way.basis,
    via: [...way.via, via],
    how: new Set([...way.how, how]),
    seen: new Set([...way.seen, to]),
  };
}

function reach(targets: Map<string, Reached>, { at, share, of, basis, via, how }: Way): void {
  const known = targets.get(at);
  if (!known) {
    const refs = new Map(via.map((ref) => [ref.event, ref]));
    targets.set(at, { to: at, share, of, basis, via: refs, how: new Set(how), followed: !how.has('transfer') });
    return;
  }
  known.followed ||= !how.has('transfer');
  const alike = known.of === undefined || of === undefined || known.of === of;
  known.share = known.share === undefined || share === undefined || !alike ? undefined : known.share + share;
  known.of ??= of;
  known.basis ??= basis;
  for (const ref of via) known.via.set(ref.event, ref);
  for (const one of how) known.how.add(one);
}

/** Parts of its area that a body gave away between the two days, after it was reached. */
function gifts(before: Sight, after: Sight, way: Way): { to: string; from: Boundary; share: number | undefined }[] {
  return areaGiven(after, way.at).flatMap(({ to, on }) => {
    if (!isWithin(before, after, on) || on.latest <= way.since) return [];
    const { share } = after.context.event(on.event).data as { readonly share?: number };
    return [{ to, from: on, share }];
  });
}

function isTransferOnly({ how }: Reached): boolean {
  return how.size === 1 && how.has('transfer');
}

/** The share a step carries: as the source gives it; all of it where one body followed one that ended; else not known. */
function stepShare(
  { how, shares }: Pick<LineageLink, 'how' | 'shares'>,
  whole: boolean,
): { share: number | undefined; of?: string; basis?: string } {
  const given = shares.find(({ of }) => of === 'population') ?? shares[0];
  if (given) return { share: given.share, of: given.of, ...(given.basis ? { basis: given.basis } : {}) };
  return { share: whole && how !== 'transfer' ? 1 : undefined };
}

function rowsFor(before: Sight, after: Sight, { id, held, still, met }: Fate): CorrespondenceRow[] {
  const from = bodyRef(before, id);
  const existence = existenceOf(before, held, kindOf(before, id));
  const told = (via: ReadonlyMap<string, Boundary>) => [...via.values()].map((one) => boundaryRef(after, one));
  const rows: CorrespondenceRow[] = [];
  if (still) {
    const now = bodyRef(after, id);
    const gave = met.some(({ beside }) => beside);
    const relation: Relation =
      from.name !== now.name
        ? 'renamed'
        : from.codes.ods !== now.codes.ods || from.codes.gss !== now.codes.gss
          ? 'recoded'
          : 'same';
    rows.push({
      from,
      to: now,
      relation: gave && relation === 'same' ? 'partly' : relation,
      via: relation !== 'same' ? changeRefs(before, after, id) : met.flatMap(({ via }) => told(via)),
      ambiguous: gave,
      existence: weaker(existence, existenceOf(after, still, now.kind)),
    });
  }
  for (const { to, kind, relation, rivals, beside, share, of, basis, via } of met) {
    const alive = exists(after, to);
    rows.push({
      from,
      to: bodyRef(after, to),
      relation,
      ...(share !== undefined && (of !== undefined || rivals === 1)
        ? { share: { share: Number(share.toFixed(6)), of: of ?? 'whole', ...(basis ? { basis } : {}) } }
        : {}),
      via: told(via),
      ambiguous: rivals > 1 || beside,
      existence: alive ? weaker(existence, existenceOf(after, alive, kind)) : existence,
    });
  }
  if (rows.length === 0) {
    rows.push({ from, to: null, relation: 'ended', via: endRefs(before, id), ambiguous: false, existence });
  }
  return rows;
}

function relationOf(
  beside: boolean,
  targets: number,
  target: Reached,
  incoming: ReadonlyMap<string, ReadonlySet<string>>,
): Met['relation'] {
  if (beside || isTransferOnly(target)) return 'partly';
  if (targets > 1) return 'divided';
  return (incoming.get(target.to)?.size ?? 0) > 1 || target.how.has('merger') || target.how.has('absorption')
    ? 'merged'
    : 'replaced';
}

function changeRefs(before: Sight, after: Sight, id: string): BoundaryRef[] {
  const found = new Map<string, BoundaryRef>();
  for (const attribute of ['name', 'ods', 'gss']) {
    for (const { from } of after.timeline.spells(id, attribute, knowledge(after))) {
      if (isWithin(before, after, from)) found.set(from.event, boundaryRef(after, from));
    }
  }
  return [...found.values()];
}

function endRefs(before: Sight, id: string): BoundaryRef[] {
  const held = exists(before, id);
  return held?.until ? [boundaryRef(before, held.until)] : [];
}

function summarise(rows: readonly CorrespondenceRow[]): Record<Relation, number> {
  const summary: Record<Relation, number> = {
    same: 0,
    renamed: 0,
    recoded: 0,
    replaced: 0,
    merged: 0,
    divided: 0,
    partly: 0,
    ended: 0,
    new: 0,
  };
  for (const { relation } of rows) summary[relation]++;
  return summary;
}

function notes(
  rows: readonly CorrespondenceRow[],
  sources: number,
  kinds: ReadonlySet<string>,
  before: Sight,
): string[] {
  if (sources === 0) {
    const none = [...kinds].every((kind) => coverageOf(before, kind, before.at).completeness === 'none');
    return [
      none
        ? 'The earlier date is not covered for what was asked.'
        : `None is recorded on the earlier date${kinds.size > 0 ? `: ${[...kinds].map((kind) => kindNamed(kind)?.plural ?? kind).join(', ')}` : ''}.`,
    ];
  }
  const divided = new Set(rows.filter(({ ambiguous }) => ambiguous).map(({ from }) => from?.id));
  return divided.size === 0
    ? []
    : [
        `${divided.size} ${divided.size === 1 ? 'body has' : 'bodies have'} more than one target: every target is listed and none is preferred. A share that is missing is not known.`,
      ];
}

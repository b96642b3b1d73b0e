import { type Day, isoDay } from '../time/day.ts';
import { kindNamed } from '../vocabulary/kinds.ts';
import type { BodyRef, BoundaryRef, Correspondence, CorrespondenceRow, Existence, Relation } from './answers.ts';
import { head, knowledge, readDay, readId, readKinds, type View } from './context.ts';
import { AskedWrongly } from './errors.ts';
import { knowledgeNotes } from './landscape.ts';
import { linkOf, type Succession, successors } from './lineage.ts';
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
  readonly of: string | undefined;
  readonly basis: string | undefined;
  readonly via: Map<string, BoundaryRef>;
  readonly how: Set<string>;
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
    const sources = bodiesAt(before, kinds).filter(({ id }) => inside === undefined || inside.has(id));
    const rows: CorrespondenceRow[] = [];
    const reachedIds = new Set<string>();
    const incoming = new Map<string, Set<string>>();
    const reaches = new Map<string, Reached[]>();
    for (const { id } of sources) {
      const reached = follow(before, after, id);
      reaches.set(id, reached);
      for (const { to: target, how } of reached) {
        reachedIds.add(target);
        if (!how.has('transfer')) incoming.set(target, (incoming.get(target) ?? new Set()).add(id));
      }
    }
    for (const { id, held } of sources) {
      const existence = existenceOf(before, held, kindOf(before, id));
      rows.push(...rowsFor(before, after, id, reaches.get(id) ?? [], incoming, existence));
    }
    if (inside === undefined) {
      const targetKinds = new Set([...(kinds ?? []), ...[...reachedIds].map((id) => kindOf(after, id))]);
      for (const { id, held } of bodiesAt(after, kinds === undefined ? undefined : targetKinds)) {
        if (reachedIds.has(id) || exists(before, id)) continue;
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
    const shown = options.unchanged === false ? rows.filter(({ relation }) => relation !== 'same') : rows;
    shown.sort(
      (a, b) =>
        key(a) - key(b) ||
        name(a.from).localeCompare(name(b.from), 'en') ||
        (a.from?.id ?? '').localeCompare(b.from?.id ?? '', 'en') ||
        name(a.to).localeCompare(name(b.to), 'en') ||
        (a.to?.id ?? '').localeCompare(b.to?.id ?? '', 'en'),
    );
    const asked = kinds ?? new Set(sources.map(({ id }) => kindOf(before, id)));
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
      summary: summarise(rows),
      notes: [...notes(rows, sources.length, asked, before), ...knowledgeNotes(after)],
    } satisfies Correspondence;
  };

function key({ from }: CorrespondenceRow): number {
  return from === null ? 1 : 0;
}

function name(body: BodyRef | null): string {
  return body?.name ?? '';
}

function isWithin(before: Sight, after: Sight, day: Day): boolean {
  return before.at < day && day <= after.at;
}

/** Every body of the later day that a body leads to by successions between the two days. */
function follow(before: Sight, after: Sight, id: string): Reached[] {
  const targets = new Map<string, Reached>();
  const walk = (
    current: string,
    share: number | undefined,
    of: string | undefined,
    basis: string | undefined,
    via: readonly BoundaryRef[],
    how: ReadonlySet<string>,
    seen: ReadonlySet<string>,
  ) => {
    const next = successors(after, current).filter(
      ({ held, to }) => isWithin(before, after, held.from.earliest) && !seen.has(to),
    );
    const ended = !exists(after, current);
    for (const succession of next) {
      const link = linkOf(after, succession);
      const step = stepShare(succession, next, link.shares);
      const total = share === undefined || step.share === undefined ? undefined : share * step.share;
      const nextVia = [...via, link.via];
      const nextHow = new Set([...how, link.how]);
      const nextOf = step.of ?? of;
      const nextBasis = step.basis ?? basis;
      if (exists(after, succession.to)) reach(succession.to, total, nextOf, nextBasis, nextVia, nextHow);
      if (ended || link.how !== 'transfer') {
        if (!exists(after, succession.to))
          walk(succession.to, total, nextOf, nextBasis, nextVia, nextHow, new Set([...seen, succession.to]));
      }
    }
  };
  const reach = (
    to: string,
    share: number | undefined,
    of: string | undefined,
    basis: string | undefined,
    via: readonly BoundaryRef[],
    how: ReadonlySet<string>,
  ) => {
    const known = targets.get(to);
    if (!known) {
      targets.set(to, { to, share, of, basis, via: new Map(via.map((ref) => [ref.event, ref])), how: new Set(how) });
      return;
    }
    known.share = known.share === undefined || share === undefined ? undefined : known.share + share;
    for (const ref of via) known.via.set(ref.event, ref);
    for (const one of how) known.how.add(one);
  };
  walk(id, 1, undefined, undefined, [], new Set(), new Set([id]));
  for (const { member, from } of after.timeline.spells(id, 'gave-area-to', knowledge(after))) {
    if (!isWithin(before, after, from.earliest) || !member) continue;
    if (!exists(after, member) || targets.has(member)) continue;
    targets.set(member, {
      to: member,
      share: undefined,
      of: undefined,
      basis: undefined,
      via: new Map([[from.event, boundaryRef(after, from)]]),
      how: new Set(['transfer']),
    });
  }
  return [...targets.values()];
}

/** The share a step carries: as the source gives it; all of it when there is one successor; else not known. */
function stepShare(
  succession: Succession,
  all: readonly Succession[],
  shares: readonly { readonly share: number; readonly of: string; readonly basis?: string }[],
): { share: number | undefined; of?: string; basis?: string } {
  const given = shares.find(({ of }) => of === 'population') ?? shares[0];
  if (given) return { share: given.share, of: given.of, ...(given.basis ? { basis: given.basis } : {}) };
  const whole = succession.held.value !== 'transfer' && new Set(all.map(({ to }) => to)).size === 1;
  return { share: whole ? 1 : undefined };
}

function rowsFor(
  before: Sight,
  after: Sight,
  id: string,
  reached: readonly Reached[],
  incoming: ReadonlyMap<string, ReadonlySet<string>>,
  existence: Existence,
): CorrespondenceRow[] {
  const from = bodyRef(before, id);
  const still = exists(after, id);
  const rows: CorrespondenceRow[] = [];
  const others = reached.filter(({ to }) => to !== id);
  if (still) {
    const now = bodyRef(after, id);
    const gave = others.length > 0;
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
      via: relation === 'same' ? [] : changeRefs(before, after, id),
      ambiguous: gave,
      existence: weaker(existence, existenceOf(after, still, now.kind)),
    });
  }
  for (const target of others) {
    const alive = exists(after, target.to);
    rows.push({
      from,
      to: bodyRef(after, target.to),
      relation: relationOf(Boolean(still), others.length, target, incoming),
      ...(target.share !== undefined && (target.of !== undefined || others.length === 1)
        ? {
            share: {
              share: Number(target.share.toFixed(6)),
              of: target.of ?? 'whole',
              ...(target.basis ? { basis: target.basis } : {}),
            },
          }
        : {}),
      via: [...target.via.values()],
      ambiguous: others.length > 1 || Boolean(still),
      existence: alive ? weaker(existence, existenceOf(after, alive, kindOf(after, target.to))) : existence,
    });
  }
  if (rows.length === 0) {
    rows.push({ from, to: null, relation: 'ended', via: endRefs(before, id), ambiguous: false, existence });
  }
  return rows;
}

function relationOf(
  still: boolean,
  targets: number,
  target: Reached,
  incoming: ReadonlyMap<string, ReadonlySet<string>>,
): Relation {
  if (still || (target.how.size === 1 && target.how.has('transfer'))) return 'partly';
  if (targets > 1) return 'divided';
  return (incoming.get(target.to)?.size ?? 0) > 1 || target.how.has('merger') || target.how.has('absorption')
    ? 'merged'
    : 'replaced';
}

function changeRefs(before: Sight, after: Sight, id: string): BoundaryRef[] {
  const found = new Map<string, BoundaryRef>();
  for (const attribute of ['name', 'ods', 'gss']) {
    for (const { from } of after.timeline.spells(id, attribute, knowledge(after))) {
      if (isWithin(before, after, from.earliest)) found.set(from.event, boundaryRef(after, from));
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

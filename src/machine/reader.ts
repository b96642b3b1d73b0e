import { type Day, isoDay } from '../time/day.ts';
import type { Boundary, Held, Moment } from '../timeline/types.ts';
import { KINDS, kindNamed } from '../vocabulary/kinds.ts';
import type { Body, BodyRef, BoundaryRef, Codes, Coverage, Existence, StatusRef } from './answers.ts';
import { knowledge, type View } from './context.ts';
import { boundaryInWords, edtfOf, family, tail } from './words.ts';

/** A view at one day; `moment` is the same for the engine. */
export interface Sight extends View {
  readonly at: Day;
  readonly moment: Moment;
}

export function sightAt(view: View, at: Day): Sight {
  return { ...view, at, moment: { at, ...knowledge(view) } };
}

/** The value read at the moment; of several possible ones the first. */
export function read(sight: Sight, subject: string, attribute: string): Held | undefined {
  return sight.timeline.values(subject, attribute, sight.moment)[0];
}

/** The value as text: at the moment; or else the last before it, or the first after it. */
export function textOf(sight: Sight, subject: string, attribute: string): string | undefined {
  const now = read(sight, subject, attribute);
  if (now) return String(now.value);
  const spells = sight.timeline.spells(subject, attribute, knowledge(sight));
  const before = spells.filter((spell) => spell.from.earliest <= sight.at).at(-1);
  const found = before ?? spells[0];
  return found && String(found.value);
}

/** What a thing is called at the moment; one whose name no source gives is shown by its code. */
export function nameOf(sight: Sight, id: string): string {
  if (id.startsWith('kind/')) return `every ${kindNamed(tail(id))?.singular ?? tail(id)}`;
  const name = textOf(sight, id, 'name');
  if (name) return name;
  if (family(id) === 'designation') {
    const holder = textOf(sight, id, 'holder');
    if (holder) return nameOf(sight, holder);
  }
  const code = textOf(sight, id, 'ods');
  return code ? `${code} (name not known)` : id;
}

/** The kind of a body; for anything else the family of its id (`act`, `plan`, `status`…). */
export function kindOf(sight: Sight, id: string): string {
  return textOf(sight, id, 'kind') ?? family(id);
}

function codesOf(sight: Sight, id: string): Codes {
  const codes: { ods?: string; gss?: string } = {};
  const ods = read(sight, id, 'ods')?.value;
  if (typeof ods === 'string') codes.ods = ods;
  const gss = read(sight, id, 'gss')?.value;
  if (typeof gss === 'string') codes.gss = gss;
  return codes;
}

export function bodyRef(sight: Sight, id: string): BodyRef {
  return { id, name: nameOf(sight, id), kind: kindOf(sight, id), codes: codesOf(sight, id) };
}

/** A boundary with the event that makes it and its sources. */
export function boundaryRef(view: View, boundary: Boundary): BoundaryRef {
  const { event, sources } = view.context.cited(boundary.event);
  return { event, sources, date: boundaryInWords(boundary) };
}

/** True when the record had not been begun by the day it is asked to know things by. */
export function isBeforeRecord({ context, recordedBy }: View): boolean {
  return recordedBy !== undefined && (context.header.begun === null || recordedBy < context.header.begun);
}

/** The first day and the first day no longer, as EDTF. */
export function periodOf(held: Held): { readonly from: string; readonly until: string | null } {
  return { from: edtfOf(held.from), until: held.until ? edtfOf(held.until) : null };
}

/** What the record claims to know of a kind, or of the holders of a status, on a day. */
export function coverageOf(view: View, of: string, at: Day): Coverage {
  if (isBeforeRecord(view)) return { of, completeness: 'none', from: null, to: null };
  const spans = view.context.header.coverage.filter(
    (span) => span.of === of || span.of === `status/${of}` || span.of === `kind/${of}`,
  );
  const span = spans.find(({ from, to }) => from <= at && at < to);
  if (span) {
    return {
      of,
      completeness: span.completeness,
      from: isoDay(span.from),
      to: isoDay(span.to),
      ...(span.note ? { note: span.note } : {}),
    };
  }
  const first = spans.reduce<Day | undefined>(
    (least, { from }) => (least === undefined || from < least ? from : least),
    undefined,
  );
  const last = spans.reduce<Day | undefined>(
    (most, { to }) => (most === undefined || to > most ? to : most),
    undefined,
  );
  return {
    of,
    completeness: 'none',
    from: first === undefined ? null : isoDay(first),
    to: last === undefined ? null : isoDay(last),
  };
}

/** The first day after everything the record covers. */
export function coverageEnd(view: View): Day | undefined {
  const ends = view.context.header.coverage.map(({ to }) => to);
  return ends.length > 0 ? Math.max(...ends) : undefined;
}

/** True when the day lies after what is covered of a kind: what is said of it is expected, not known. */
export function isBeyond(view: View, of: string, at: Day): boolean {
  let last: Day | undefined;
  for (const span of view.context.header.coverage) {
    if (span.of !== of && tail(span.of) !== of) continue;
    if (last === undefined || span.to > last) last = span.to;
  }
  return last !== undefined && at >= last;
}

/** Certainty of a held value, or `expected` when it lies beyond what was public, or beyond coverage. */
export function existenceOf(sight: Sight, held: Held, kind: string): Existence {
  if (held.expected || remembered(sight, 'beyond', kind, () => isBeyond(sight, kind, sight.at))) return 'expected';
  return held.certainty;
}

const WEIGHT: Record<Existence, number> = { certain: 3, hypothetical: 2, expected: 1, possible: 0 };

/** The less sure of two. */
export function weaker(a: Existence, b: Existence): Existence {
  return WEIGHT[a] <= WEIGHT[b] ? a : b;
}

/** Whether a thing exists at the moment, with its boundaries; undefined when it does not. */
export function exists(sight: Sight, id: string): Held | undefined {
  return sight.timeline.existenceHeld(id, sight.moment);
}

const TIERS = ['place', 'local', 'intermediate', 'regional', 'national'];
function kindRank(kind: string): number {
  return KINDS.findIndex((one) => one.name === kind);
}

function tierRank(kind: string): number {
  const found = KINDS.find((one) => one.name === kind);
  return found && 'tier' in found ? TIERS.indexOf(found.tier) : TIERS.length;
}

/** Everything a body is part of, nearest first, however far up; a relation holds while both its ends exist. */
export function partOf(sight: Sight, id: string): Body['partOf'] {
  const found = new Map<string, { readonly body: Body['partOf'][number]; readonly depth: number }>();
  let level: { id: string; existence: Existence }[] = [{ id, existence: 'certain' }];
  for (let depth = 1; level.length > 0; depth++) {
    const above: typeof level = [];
    for (const below of level) {
      for (const parent of parentsOf(sight, below.id)) {
        if (parent.id === id) continue;
        const existence = weaker(below.existence, parent.existence);
        // Reached by several ways, a parent is as sure as the surest.
        const known = found.get(parent.id);
        if (known && weaker(known.body.existence, existence) === existence) continue;
        found.set(parent.id, { body: { ...parent, existence }, depth: known?.depth ?? depth });
        above.push({ id: parent.id, existence });
      }
    }
    level = above;
  }
  return [...found.values()]
    .sort(
      (a, b) =>
        tierRank(a.body.kind) - tierRank(b.body.kind) ||
        a.depth - b.depth ||
        kindRank(a.body.kind) - kindRank(b.body.kind) ||
        (a.body.id < b.body.id ? -1 : 1),
    )
    .map(({ body }) => body);
}

/** What a body is directly part of; every body of a landscape shares its parents, so they are read once a sight. */
function parentsOf(sight: Sight, id: string): Body['partOf'] {
  return remembered(sight, 'parents', id, () =>
    sight.timeline.members(id, 'part-of', sight.moment).flatMap((held) => {
      const parent = held.member as string;
      const standing = remembered(sight, 'standing', parent, () => {
        const alive = exists(sight, parent);
        if (!alive) return undefined;
        const reference = bodyRef(sight, parent);
        return { ...reference, existence: existenceOf(sight, alive, reference.kind) };
      });
      if (!standing) return [];
      const own = held.expected ? 'expected' : held.certainty;
      return [{ ...standing, existence: weaker(own, standing.existence) }];
    }),
  );
}

const memory = new WeakMap<Sight, Map<string, unknown>>();

/** Reads a thing once for a sight. A sight is for one state of its timeline: make a new one after an append. */
function remembered<T>(sight: Sight, what: string, id: string, read: () => T): T {
  let known = memory.get(sight);
  if (!known) {
    known = new Map();
    memory.set(sight, known);
  }
  const key = `${what} ${id}`;
  if (known.has(key)) return known.get(key) as T;
  const value = read();
  known.set(key, value);
  return value;
}

/** Every body that is part of one, however far down, at the moment. */
export function descendants(sight: Sight, ancestor: string): Set<string> {
  const found = new Set<string>();
  const queue = [ancestor];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (!exists(sight, next)) continue;
    for (const { subject } of sight.timeline.bearers('part-of', next, sight.moment)) {
      if (found.has(subject)) continue;
      found.add(subject);
      queue.push(subject);
    }
  }
  return found;
}

/** A designation as it stands at the moment: which status, held by whom. */
export interface Designation {
  readonly id: string;
  readonly status: string;
  readonly existence: Existence;
  readonly held: Held;
  readonly wave?: string;
  /** Every body that may hold it. */
  readonly holders: readonly Held[];
}

/** A designation at the moment, or undefined; it holds while it exists and so does a holder. */
export function designation(sight: Sight, id: string): Designation | undefined {
  const held = exists(sight, id);
  const status = read(sight, id, 'status')?.value;
  if (!held || typeof status !== 'string') return undefined;
  const holders = sight.timeline
    .values(id, 'holder', sight.moment)
    .filter((holder) => exists(sight, String(holder.value)));
  if (holders.length === 0) return undefined;
  // Several possible holders make the holder uncertain, not the designation; a single one that may be gone makes both so.
  const only = holders.length === 1 ? exists(sight, String(holders[0]?.value)) : undefined;
  const own = existenceOf(sight, held, tail(status));
  const wave = textOf(sight, id, 'wave');
  return {
    id,
    status,
    held,
    holders,
    existence: only ? weaker(own, only.expected ? 'expected' : only.certainty) : own,
    ...(wave ? { wave } : {}),
  };
}

/** The statuses a body holds at the moment. */
export function statusesOf(sight: Sight, id: string): StatusRef[] {
  const refs: StatusRef[] = [];
  for (const { subject, held } of sight.timeline.bearers('holder', id, sight.moment)) {
    const found = designation(sight, subject);
    if (!found) continue;
    const existence = weaker(found.existence, held.expected ? 'expected' : held.certainty);
    const uncertain = [held.from, held.until].find((boundary) => boundary && boundary.earliest !== boundary.latest);
    refs.push({
      status: tail(found.status),
      title: nameOf(sight, found.status),
      ...(found.wave ? { wave: found.wave } : {}),
      since: edtfOf(found.held.from),
      existence,
      ...(existence === 'possible' && uncertain ? { note: possibleNote(sight, held, uncertain) } : {}),
    });
  }
  return refs.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.status < b.status ? -1 : 1));
}

function possibleNote(sight: Sight, held: Held, uncertain: Boundary): string {
  const event = sight.context.event(uncertain.event);
  const side = uncertain === held.until ? 'until' : 'from';
  return `held ${side} a day not known more closely than ${boundaryInWords(uncertain)}: ${event.sentence}`;
}

/** Why an existence is only possible or expected, in words. */
function uncertaintyOf(sight: Sight, held: Held, existence: Existence): string | undefined {
  if (existence === 'expected') {
    return held.expected ? 'announced by then, not yet in force' : 'after what the record covers: shown as last known';
  }
  if (existence !== 'possible') return undefined;
  const open = [held.from, held.until].find(
    (boundary) =>
      boundary && boundary.earliest <= sight.at && sight.at <= boundary.latest && boundary.earliest !== boundary.latest,
  );
  if (!open) return 'the order of the dates cannot be decided';
  return open === held.until
    ? `its end is dated no closer than ${boundaryInWords(open)}`
    : `its beginning is dated no closer than ${boundaryInWords(open)}`;
}

/** How a doubt about the kind of a body begins. */
export const KIND_DOUBT = 'its kind on this day is not certain';

/** Which other kinds a body may be of, in words; undefined when its kind is certain. */
function kindDoubt(sight: Sight, id: string): string | undefined {
  const kinds = sight.timeline.values(id, 'kind', sight.moment);
  if (kinds.length < 2) return undefined;
  const names = kinds.map(({ value }) => kindNamed(String(value))?.singular ?? String(value));
  return `${KIND_DOUBT}: ${names.join(' or ')}`;
}

/** Puts a value in the place of the accessor that found it. */
function settled<T extends object, Value>(of: T, field: keyof T, value: Value): Value {
  Object.defineProperty(of, field, { value, enumerable: true, configurable: true, writable: true });
  return value;
}

/** A body in full, as it stood at the moment. */
export function bodyAt(sight: Sight, standing: Standing): Body {
  const { id, held, kind } = standing;
  const name = nameOf(sight, id);
  const existence = standingOf(sight, standing);
  // Written out field by field: a landscape makes hundreds of these, and spreading is most of the cost.
  const body: { -readonly [Field in keyof Body]: Body[Field] } = {
    id,
    name,
    kind,
    codes: codesOf(sight, id),
    existence,
    from: edtfOf(held.from),
    until: held.until ? edtfOf(held.until) : null,
    // Read when first looked at: a summary of hundreds of bodies looks at neither. They read as plain fields.
    get partOf() {
      return settled(this, 'partOf', partOf(sight, id));
    },
    get status() {
      return settled(this, 'status', statusesOf(sight, id));
    },
    began: boundaryRef(sight, held.from),
  };
  if (held.until) body.ends = boundaryRef(sight, held.until);
  const because = kindDoubt(sight, id) ?? uncertaintyOf(sight, held, existence);
  if (because) body.because = because;
  return body;
}

/** A body that may exist at the moment, and the kinds it may be of. */
export interface Standing {
  readonly id: string;
  readonly held: Held;
  /** Among the kinds asked for, the first it may be of. */
  readonly kind: string;
  /** False when the body may be of a kind that was not asked for: then it is only possibly one of those. */
  readonly sure: boolean;
}

/** Every body (anything that has a kind) that may exist at the moment, once, by the kinds asked for. */
export function bodiesAt(sight: Sight, kinds: ReadonlySet<string> | undefined): Standing[] {
  const wanted = kinds ?? new Set(KINDS.map((kind) => kind.name as string));
  const found = new Map<string, Standing>();
  for (const kind of wanted) {
    for (const bearer of sight.timeline.bearers('kind', kind, sight.moment)) {
      const id = bearer.subject;
      const held = found.has(id) ? undefined : exists(sight, id);
      if (!held) continue;
      // What is only possible twice over may be impossible together: a body gone before it was of this kind.
      const doubtful = bearer.held.certainty === 'possible' && held.certainty === 'possible';
      if (doubtful && !sight.timeline.canFit(id, { kind }, sight.moment)) continue;
      const sure =
        bearer.held.certainty === 'certain' ||
        sight.timeline.values(id, 'kind', sight.moment).every(({ value }) => wanted.has(String(value)));
      found.set(id, { id, held, kind, sure });
    }
  }
  return [...found.values()];
}

/** How surely a body exists and is of the kinds asked for. */
export function standingOf(sight: Sight, { held, kind, sure }: Standing): Existence {
  const existence = existenceOf(sight, held, kind);
  // Beyond what is covered, or was public, nothing is more than expected: not even the doubt.
  return sure || existence === 'expected' ? existence : weaker(existence, 'possible');
}

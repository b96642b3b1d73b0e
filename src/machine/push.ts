import { originOf } from '../record/origins.ts';
import type { LoadedRecord, Milestone, RecordedEvent } from '../record/types.ts';
import {
  coverageData,
  divergencesData,
  envelopeOf,
  eventUuid,
  headOf,
  lockData,
  ownEvent,
  REGISTRY,
  STORE_TYPES,
  sourceData,
  streamOf,
} from '../store/envelope.ts';
import { WrongExpectedRevision } from '../store/errors.ts';
import type { EventStore, JsonObject, NewEvent } from '../store/port.ts';
import { inOrder, type Shelf, type ShelvedMilestone } from '../store/shelf.ts';
import { isoDay } from '../time/day.ts';
import { readShelf } from './stored-record.ts';

/** How store and record differ in one place. */
export interface Divergence {
  /** `missing` from the store, `extra` in it, `changed`, in another `order`, or a `hash` that its content does not have. */
  readonly what: 'missing' | 'extra' | 'changed' | 'order' | 'hash';
  readonly stream: string;
  /** Our id of the event or source; the stream again for what concerns it whole. */
  readonly id: string;
  readonly message: string;
}

/** One append of a push: whole or not at all. */
export interface PlannedAppend {
  readonly stream: string;
  readonly expected: 'none' | number;
  readonly events: readonly NewEvent[];
}

/** What a push would do: appends in order, and what stands in its way. */
export interface PushPlan {
  readonly appends: readonly PlannedAppend[];
  /** Events that the store has in another wording: nothing can change them, so nothing is pushed. */
  readonly conflicts: readonly Divergence[];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Works out what a store lacks of a record. */
export function planPush(record: LoadedRecord, shelf: Shelf): PushPlan {
  const byId = new Map(record.milestones.flatMap(({ events }) => events).map((event) => [event.id, event]));
  const appends: PlannedAppend[] = [];
  const conflicts: Divergence[] = [];
  const latest = isoDay(Math.max(0, ...record.milestones.map(({ recorded }) => recorded)));
  appends.push(...planRegistry(record, shelf, latest));
  for (const milestone of record.milestones) {
    const held = shelf.milestones.get(milestone.slug);
    conflicts.push(...changedIn(milestone, held));
    appends.push(...planMilestone(milestone, held, (id) => byId.get(id)));
  }
  const stream = REGISTRY.lock;
  const agrees = shelf.lock.every(({ id, hash }, i) => record.lock[i]?.id === id && record.lock[i]?.hash === hash);
  if (!agrees)
    conflicts.push({ what: 'changed', stream, id: stream, message: 'the store holds another lock than the record' });
  const unlocked = record.lock.slice(shelf.lock.length);
  const last = shelf.registry.get(stream);
  if (agrees && unlocked.length > 0)
    appends.push(planned(stream, last, [{ type: STORE_TYPES.lock, data: lockData(unlocked) }], latest));
  return { appends, conflicts };
}

function planned(
  stream: string,
  last: number | undefined,
  events: readonly { readonly type: string; readonly data: JsonObject }[],
  recordedAt: string,
): PlannedAppend {
  const first = last === undefined ? 0 : last + 1;
  return {
    stream,
    expected: last ?? 'none',
    events: events.map(({ type, data }, i) => ownEvent(type, data, stream, first + i, recordedAt)),
  };
}

function planRegistry(record: LoadedRecord, shelf: Shelf, day: string): PlannedAppend[] {
  const held = shelf.sources();
  const wanted = [...record.sources.values()].map(sourceData);
  const described = wanted
    .filter((data) => !same(held.get(String(data.source)), data))
    .map((data) => ({ type: STORE_TYPES.source, data }));
  const order = [...new Set([...held.keys(), ...wanted.map(({ source }) => String(source))])];
  const ids = wanted.map(({ source }) => String(source));
  const listed = same(order, ids) ? [] : [{ type: STORE_TYPES.sources, data: { sources: ids } }];
  const coverage = coverageData(record.coverage);
  const declared = same(shelf.coverage(), coverage.spans) ? [] : [{ type: STORE_TYPES.coverage, data: coverage }];
  const divergences = divergencesData(record.divergences);
  const differing = same(shelf.divergences(), divergences.divergences)
    ? []
    : [{ type: STORE_TYPES.divergences, data: divergences }];
  return [
    ...(described.length + listed.length > 0
      ? [planned(REGISTRY.sources, shelf.registry.get(REGISTRY.sources), [...described, ...listed], day)]
      : []),
    ...(declared.length > 0 ? [planned(REGISTRY.coverage, shelf.registry.get(REGISTRY.coverage), declared, day)] : []),
    ...(differing.length > 0
      ? [planned(REGISTRY.divergences, shelf.registry.get(REGISTRY.divergences), differing, day)]
      : []),
  ];
}

/** The append that brings a milestone's stream up to its file; none when there is nothing to add. */
function planMilestone(
  milestone: Milestone,
  held: ShelvedMilestone | undefined,
  find: (id: string) => RecordedEvent | undefined,
): PlannedAppend[] {
  const stream = streamOf(milestone.slug);
  const standing = new Set(held?.events.map(({ id }) => id));
  const fresh = milestone.events.filter(({ id }) => !standing.has(id));
  const ids = milestone.events.map(({ id }) => id);
  const resulting = [...(held?.events.map(({ id }) => id) ?? []), ...fresh.map(({ id }) => id)];
  const head = headOf(milestone, fileNameOf(milestone), same(resulting, ids) ? undefined : ids);
  const first = held === undefined ? 0 : held.last + 1;
  const described = same(held?.head, head)
    ? []
    : [ownEvent(STORE_TYPES.milestone, head, stream, first, isoDay(milestone.recorded))];
  const events = [...described, ...fresh.map((event) => envelopeOf(event, writtenOf(event), find))];
  return events.length === 0 ? [] : [{ stream, expected: held === undefined ? 'none' : held.last, events }];
}

function fileNameOf(milestone: Milestone): string {
  const { file } = milestone.place;
  return file.slice(file.lastIndexOf('/') + 1);
}

function writtenOf(event: RecordedEvent): JsonObject {
  return (originOf(event)?.written ?? {}) as JsonObject;
}

function changedIn(milestone: Milestone, held: ShelvedMilestone | undefined): Divergence[] {
  const uuids = new Map(held?.events.map(({ id, uuid }) => [id, uuid]));
  return milestone.events.flatMap((event): Divergence[] => {
    const uuid = uuids.get(event.id);
    if (uuid === undefined || uuid === eventUuid(event)) return [];
    return [
      {
        what: 'changed',
        stream: streamOf(milestone.slug),
        id: event.id,
        message: `the store has ${event.id} in another wording; what is stored is never edited: record an EventCorrected`,
      },
    ];
  });
}

/** How far a push has come; `total` is what this push has to append. */
export interface PushProgress {
  readonly done: number;
  readonly total: number;
}

/** What came of a push. */
export type Pushed =
  | { readonly ok: true; readonly appended: number; readonly streams: number }
  | { readonly ok: false; readonly conflicts: readonly Divergence[] };

/** How often a push begins anew because somebody else was appending. */
const ATTEMPTS = 5;

/**
 * Brings a store up to a record: appends what it lacks, milestone by milestone, each whole or not at all, and nothing else.
 * Pushed twice, the second appends nothing; stopped anywhere and repeated, it ends the same. Refuses, appending nothing,
 * where the store has an event in another wording.
 */
export async function pushRecord(
  record: LoadedRecord,
  store: EventStore,
  options: { readonly onProgress?: (progress: PushProgress) => void; readonly signal?: AbortSignal } = {},
): Promise<Pushed> {
  let [done, streams] = [0, 0];
  for (let attempt = 1; ; attempt++) {
    const plan = planPush(record, await readShelf(store, { signal: options.signal }));
    if (plan.conflicts.length > 0) return { ok: false, conflicts: plan.conflicts };
    const total = done + plan.appends.reduce((sum, { events }) => sum + events.length, 0);
    options.onProgress?.({ done, total });
    try {
      for (const { stream, expected, events } of plan.appends) {
        options.signal?.throwIfAborted();
        const { written } = await store.append(stream, events, { expected });
        done += written;
        streams++;
        options.onProgress?.({ done, total });
      }
      return { ok: true, appended: done, streams };
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision) || attempt >= ATTEMPTS) throw error;
    }
  }
}

/** Every way in which a store differs from a record: missing, extra, changed, order, hashes. Empty when it is the record. */
export function compareWith(record: LoadedRecord, shelf: Shelf, stored: LoadedRecord): Divergence[] {
  const found: Divergence[] = [];
  const storedEvents = new Map(stored.milestones.flatMap(({ events }) => events).map((event) => [event.id, event]));
  for (const milestone of record.milestones) {
    const stream = streamOf(milestone.slug);
    const held = shelf.milestones.get(milestone.slug);
    if (held === undefined) {
      found.push({
        what: 'missing',
        stream,
        id: stream,
        message: `the milestone ${milestone.slug} is not in the store (${milestone.events.length} events)`,
      });
      continue;
    }
    found.push(...changedIn(milestone, held));
    const standing = new Set(held.events.map(({ id }) => id));
    for (const { id } of milestone.events)
      if (!standing.has(id))
        found.push({ what: 'missing', stream, id, message: `the event ${id} is not in the store` });
    const wanted = new Set(milestone.events.map(({ id }) => id));
    for (const { id } of held.events)
      if (!wanted.has(id))
        found.push({ what: 'extra', stream, id, message: `the event ${id} is in the store and not in the record` });
    const [theirs, ours] = [
      inOrder(held)
        .map(({ id }) => id)
        .filter((id) => wanted.has(id)),
      milestone.events.map(({ id }) => id).filter((id) => standing.has(id)),
    ];
    if (!same(theirs, ours))
      found.push({
        what: 'order',
        stream,
        id: stream,
        message: `the store has the events of ${milestone.slug} in another order`,
      });
    const { events: _, ...head } = held.head ?? {};
    if (!same(head, headOf(milestone, fileNameOf(milestone))))
      found.push({
        what: 'changed',
        stream,
        id: stream,
        message: `the title, summary, themes, day or file of ${milestone.slug} differ`,
      });
  }
  const slugs = new Set(record.milestones.map(({ slug }) => slug));
  for (const { slug, events } of shelf.milestones.values()) {
    if (!slugs.has(slug))
      found.push({
        what: 'extra',
        stream: streamOf(slug),
        id: streamOf(slug),
        message: `the milestone ${slug} is in the store and not in the record (${events.length} events)`,
      });
    for (const event of events) {
      const read = storedEvents.get(event.id);
      if (read !== undefined && (read.hash !== event.metadata.hash || eventUuid(read) !== event.uuid)) {
        found.push({
          what: 'hash',
          stream: streamOf(slug),
          id: event.id,
          message: `the event ${event.id} does not have the hash that the store gives for it`,
        });
      }
    }
  }
  const plan = planRegistry(record, shelf, '');
  for (const { stream, events } of plan)
    for (const { data } of events)
      found.push({
        what: 'changed',
        stream,
        id: String(data.source ?? stream),
        message:
          data.source === undefined ? `${stream} differs` : `the source ${String(data.source)} is missing or differs`,
      });
  if (
    !same(
      shelf.lock,
      record.lock.map(({ id, hash }) => ({ id, hash })),
    )
  )
    found.push({ what: 'changed', stream: REGISTRY.lock, id: REGISTRY.lock, message: 'the lock differs' });
  return found;
}

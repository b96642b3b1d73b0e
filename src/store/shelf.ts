import { milestoneOf, REGISTRY, STORE_TYPES } from './envelope.ts';
import type { JsonObject, StoredEvent } from './port.ts';

/** An event of a milestone as found in the store. */
export interface ShelvedEvent {
  /** Our id: `ccg-mergers-2020/est-kent-and-medway`. */
  readonly id: string;
  readonly uuid: string;
  readonly type: string;
  readonly revision: number;
  readonly position: string;
  /** The event as its file had it. */
  readonly written: JsonObject;
  readonly metadata: JsonObject;
}

/** A milestone as found in the store. */
export interface ShelvedMilestone {
  readonly slug: string;
  /** Its last head; undefined when the stream has none. */
  head: JsonObject | undefined;
  /** In the order of the stream. */
  readonly events: ShelvedEvent[];
  /** Revision of the last event of its stream. */
  last: number;
}

/** What the store holds of a record, gathered event by event in the order of the store. */
export interface Shelf {
  readonly milestones: ReadonlyMap<string, ShelvedMilestone>;
  /** Sources by id, in order. */
  readonly sources: () => ReadonlyMap<string, JsonObject>;
  readonly coverage: () => readonly JsonObject[];
  readonly divergences: () => readonly JsonObject[];
  readonly lock: readonly { readonly id: string; readonly hash: string }[];
  /** Last revision of each of the registry's streams. */
  readonly registry: ReadonlyMap<string, number>;
  /** What was passed over: events of streams that are not the record's, and unknown types in those that are. */
  readonly skipped: { readonly foreign: number; readonly unknown: ReadonlyMap<string, number> };
  /** Takes in the next event of the store; says whether it was one of the record's. */
  take(event: StoredEvent): 'event' | 'registry' | 'foreign' | 'unknown';
}

/** An empty shelf. `knows` says which event types the vocabulary has. */
export function createShelf(knows: (type: string) => boolean): Shelf {
  const milestones = new Map<string, ShelvedMilestone>();
  const described = new Map<string, JsonObject>();
  let listed: readonly string[] | undefined;
  let coverage: readonly JsonObject[] = [];
  let divergences: readonly JsonObject[] = [];
  const lock: { id: string; hash: string }[] = [];
  const registry = new Map<string, number>();
  const unknown = new Map<string, number>();
  let foreign = 0;

  const skip = (type: string): 'unknown' => {
    unknown.set(type, (unknown.get(type) ?? 0) + 1);
    return 'unknown';
  };

  const takeRegistry = (event: StoredEvent): 'registry' | 'unknown' => {
    registry.set(event.stream, event.revision);
    const { type, data } = event;
    if (type === STORE_TYPES.source && typeof data.source === 'string') {
      described.set(data.source, data);
      if (listed !== undefined && !listed.includes(data.source)) listed = [...listed, data.source];
    } else if (type === STORE_TYPES.sources && Array.isArray(data.sources)) listed = data.sources as readonly string[];
    else if (type === STORE_TYPES.coverage && Array.isArray(data.spans)) coverage = data.spans as readonly JsonObject[];
    else if (type === STORE_TYPES.divergences && Array.isArray(data.divergences))
      divergences = data.divergences as readonly JsonObject[];
    else if (type === STORE_TYPES.lock && Array.isArray(data.events)) {
      for (const line of data.events as readonly { readonly event: string; readonly hash: string }[])
        lock.push({ id: line.event, hash: line.hash });
    } else return skip(type);
    return 'registry';
  };

  const streams = new Set<string>(Object.values(REGISTRY));
  return {
    milestones,
    sources: () => {
      const order = listed ?? [...described.keys()];
      return new Map(
        order.flatMap((id) => (described.has(id) ? [[id, described.get(id) as JsonObject] as const] : [])),
      );
    },
    coverage: () => coverage,
    divergences: () => divergences,
    lock,
    registry,
    get skipped() {
      return { foreign, unknown };
    },
    take: (event) => {
      if (streams.has(event.stream)) return takeRegistry(event);
      const slug = milestoneOf(event.stream);
      if (slug === undefined) {
        foreign++;
        return 'foreign';
      }
      const { type, revision, position } = event;
      const known = knows(type);
      if (!known && type !== STORE_TYPES.milestone) return skip(type);
      const milestone: ShelvedMilestone = milestones.get(slug) ?? { slug, head: undefined, events: [], last: -1 };
      milestones.set(slug, milestone);
      milestone.last = Math.max(milestone.last, revision);
      if (type === STORE_TYPES.milestone) {
        milestone.head = event.data;
        return 'registry';
      }
      milestone.events.push({
        id: String(event.data.id),
        uuid: event.id,
        type,
        revision,
        position,
        written: event.data,
        metadata: event.metadata,
      });
      return 'event';
    },
  };
}

/** Events of a milestone in the order of its file: as its head lists them, then as the stream has them. */
export function inOrder(milestone: ShelvedMilestone): readonly ShelvedEvent[] {
  const listed = milestone.head?.events;
  if (!Array.isArray(listed)) return milestone.events;
  const place = new Map((listed as readonly string[]).map((id, i) => [id, i]));
  const at = (event: ShelvedEvent): number => place.get(event.id) ?? listed.length + event.revision;
  return [...milestone.events].sort((a, b) => at(a) - at(b));
}

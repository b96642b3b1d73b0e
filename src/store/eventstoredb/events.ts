import type { ResolvedEvent } from '@eventstore/db-client';
import { StoreError } from '../errors.ts';
import type { JsonObject, Position, StoredEvent } from '../port.ts';

/** A place in `$all`. */
export interface Place {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** The place as the port shows it. */
export function positionOf({ commit, prepare }: Place): Position {
  return `${commit}/${prepare}`;
}

/** The place that a position names; throws for one that another kind of store gave. */
export function placeOf(position: Position): Place {
  const [, commit, prepare] = /^(\d+)\/(\d+)$/.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) {
    throw new StoreError(`"${position}" is no position of an EventStoreDB`, {
      hint: 'a position is worth something only to the store that gave it',
    });
  }
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}

/** Where an event stands in `$all`, be it a link or not. */
export function placeOfEvent({ event, link, commitPosition }: ResolvedEvent): Place {
  const position = (link ?? event)?.position;
  return position ?? { commit: commitPosition ?? 0n, prepare: commitPosition ?? 0n };
}

/** Whether it is an event of the store itself: of a `$` type or in a `$` stream. */
export function isSystemEvent({ event }: ResolvedEvent): boolean {
  return event === undefined || event.type.startsWith('$') || event.streamId.startsWith('$');
}

function asMap(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
    ? (value as JsonObject)
    : undefined;
}

/**
 * The event as the port shows it. Other people's events may hold anything: where the data are not a JSON map they are left out, and
 * `$unreadable` in the metadata says what was there.
 */
export function storedEvent(resolved: ResolvedEvent): StoredEvent {
  const { event } = resolved;
  if (event === undefined) throw new RangeError('a resolved event has an event');
  const data = event.isJson ? asMap(event.data) : undefined;
  const metadata = asMap(event.metadata) ?? {};
  return {
    id: event.id,
    type: event.type,
    data: data ?? {},
    metadata:
      data === undefined ? { ...metadata, $unreadable: event.isJson ? 'not a JSON map' : 'not JSON' } : metadata,
    stream: event.streamId,
    revision: Number(event.revision),
    position: positionOf(placeOfEvent(resolved)),
    created: event.created.toISOString(),
  };
}

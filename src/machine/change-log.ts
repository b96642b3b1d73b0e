import { readLock } from '../record/lock.ts';
import type { Logged } from './live.ts';

/** A stretch of the log. */
export interface LogPage {
  readonly events: readonly Logged[];
  /** Place of the last event given; where there is none, the place asked for (undefined: the beginning). */
  readonly last: string | undefined;
  /** True when there are more after it. */
  readonly more: boolean;
}

/** The events of a record in the order in which it took them in: nothing is ever put between two of them. */
export interface ChangeLog {
  readonly length: number;
  /** Place of the last event. */
  readonly last: string | undefined;
  /** True when the event of this id is in the log. */
  has(id: string): boolean;
  /** The events after a place (from the beginning when left out), at most so many; undefined for a place that this log does not have. */
  after(place: string | undefined, limit: number): LogPage | undefined;
  /** Tells of additions; gives back how to be told no more. */
  listen(listener: () => void): () => void;
  add(events: readonly Logged[]): void;
}

/** An empty log. An event that it has already, by id, is not taken in again. */
export function createChangeLog(): ChangeLog {
  const events: Logged[] = [];
  const places = new Map<string, number>();
  const ids = new Set<string>();
  const listeners = new Set<() => void>();
  return {
    get length() {
      return events.length;
    },
    get last() {
      return events.at(-1)?.position;
    },
    has: (id) => ids.has(id),
    after: (place, limit) => {
      const found = place === undefined ? -1 : places.get(place);
      if (found === undefined) return undefined;
      const given = events.slice(found + 1, found + 1 + limit);
      return { events: given, last: given.at(-1)?.position ?? place, more: found + 1 + given.length < events.length };
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    add: (added) => {
      const before = events.length;
      for (const event of added) {
        if (ids.has(event.id)) continue;
        ids.add(event.id);
        places.set(event.position, events.length);
        events.push(event);
      }
      if (events.length > before) for (const listener of [...listeners]) listener();
    },
  };
}

/** The log of a record in a folder: what its lock holds. What is not locked yet has no place in the order, and is not in it. */
export async function changeLogOf(folder: string): Promise<ChangeLog> {
  const { lines } = await readLock(folder, 'record.lock');
  const log = createChangeLog();
  log.add(lines.map(({ position, id }) => ({ position: String(position), id })));
  return log;
}

import type { StoredEvent } from '../port.ts';

/** What is known of a stream: its last revision, and where each id stands. */
export interface Known {
  last: number;
  readonly revisions: Map<string, number>;
}

const MOST_IDS = 500_000;

/** Remembers what stands in the streams that were appended to lately, so that a repeated append is known without asking the server about everything again. */
export function createMemory() {
  const streams = new Map<string, Known>();
  let held = 0;

  function known(stream: string): Known {
    const found = streams.get(stream) ?? { last: -1, revisions: new Map<string, number>() };
    // The one used last stands last.
    streams.delete(stream);
    streams.set(stream, found);
    return found;
  }

  function put(to: Known, id: string, revision: number): void {
    if (!to.revisions.has(id)) held += 1;
    to.revisions.set(id, revision);
    to.last = Math.max(to.last, revision);
  }

  function makeRoom(): void {
    for (const [name, { revisions }] of streams) {
      if (held <= MOST_IDS || streams.size === 1) return;
      streams.delete(name);
      held -= revisions.size;
    }
  }

  return {
    get(stream: string): Known | undefined {
      return streams.get(stream);
    },
    /** Events that were read. */
    add(stream: string, events: readonly StoredEvent[]): void {
      const to = known(stream);
      for (const { id, revision } of events) put(to, id, revision);
      makeRoom();
    },
    /** Ids that were appended, the last of them at this revision. */
    append(stream: string, ids: readonly string[], last: number): void {
      const to = known(stream);
      for (const [place, id] of ids.entries()) put(to, id, last - ids.length + 1 + place);
      makeRoom();
    },
  };
}

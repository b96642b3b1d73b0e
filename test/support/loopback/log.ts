import { randomUUID } from 'node:crypto';

/** An event as the log holds it. */
export interface Recorded {
  readonly id: string;
  readonly stream: string;
  /** `TOMBSTONE` for the event that closes a stream for ever. */
  readonly revision: number;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly position: number;
  /** The second half of the position; see `transactionPositions`. */
  readonly prepare: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export type Expected = 'any' | 'noStream' | 'streamExists' | number;

export type Commit =
  | { readonly outcome: 'written' | 'repeated'; readonly revision: number; readonly position: number }
  | { readonly outcome: 'wrongRevision'; readonly found: number | undefined }
  | { readonly outcome: 'deleted' };

export type Found = 'yes' | 'no' | 'deleted';

export interface Acl {
  readonly $r?: string | string[];
  readonly $w?: string | string[];
  readonly $d?: string | string[];
  readonly $mr?: string | string[];
  readonly $mw?: string | string[];
}

interface StreamMetadata {
  readonly $tb?: number;
  readonly $maxCount?: number;
  readonly $maxAge?: number;
  readonly $acl?: Acl;
}

interface Stream {
  readonly events: Recorded[];
  closed: boolean;
}

export const TOMBSTONE = Number.POSITIVE_INFINITY;
const SOFT_DELETED = 9223372036854775807n;
const NOTHING = new Uint8Array(0);

export interface LogOptions {
  /** How many of the last ids the server remembers, for appends that expect nothing; a real one does so on a best effort. */
  readonly rememberedIds?: number;
  /** System events that stand at the beginning of `$all`, as they do in a new database. */
  readonly systemEvents?: number;
  /** As older servers do, give events that were written together the prepare position of the first of them. */
  readonly transactionPositions?: boolean;
}

export type Log = ReturnType<typeof createLog>;

/**
 * The database of a loopback server, in memory: streams, `$all`, revisions, soft deletion, tombstones and stream metadata,
 * with the decisions of the real server's index writer on every append.
 */
export function createLog({ rememberedIds = 10_000, systemEvents = 4, transactionPositions = false }: LogOptions = {}) {
  const all: Recorded[] = [];
  const streams = new Map<string, Stream>();
  const remembered = new Map<string, Recorded>();
  const listeners = new Set<() => void>();
  let nextPosition = 0;

  function record(stream: string, revision: number, event: Proposed, prepare = nextPosition): Recorded {
    const { id, type, contentType, data, metadata } = event;
    const recorded = {
      id,
      stream,
      revision,
      type,
      contentType,
      data,
      metadata,
      position: nextPosition,
      prepare,
      created: Date.now(),
    };
    // Positions of a real log are offsets in bytes: they grow by the size of what was written.
    nextPosition += 120 + stream.length + event.data.length + event.metadata.length;
    all.push(recorded);
    remembered.set(recorded.id, recorded);
    if (remembered.size > rememberedIds) for (const id of remembered.keys()) if (remembered.delete(id)) break;
    return recorded;
  }

  function write(name: string, events: readonly Proposed[]): Recorded | undefined {
    let stream = streams.get(name);
    if (stream === undefined) {
      stream = { events: [], closed: false };
      streams.set(name, stream);
    }
    const first = nextPosition;
    let last: Recorded | undefined;
    for (const event of events) {
      last = record(name, stream.events.length, event, transactionPositions ? first : nextPosition);
      stream.events.push(last);
    }
    return last;
  }

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }

  function systemEvent(stream: string, type: string, data: object): Proposed & { readonly stream: string } {
    return {
      stream,
      id: randomUUID(),
      type,
      contentType: 'application/json',
      data: Buffer.from(JSON.stringify(data)),
      metadata: NOTHING,
    };
  }

  function metadataOf(name: string): StreamMetadata {
    const last = streams.get(`$$${name}`)?.events.at(-1);
    if (last === undefined) return {};
    try {
      return JSON.parse(Buffer.from(last.data).toString('utf8')) as StreamMetadata;
    } catch {
      return {};
    }
  }

  function isSoftDeleted(name: string): boolean {
    return Number(metadataOf(name).$tb ?? 0) >= Number(SOFT_DELETED);
  }

  function lastRevision(name: string): number | undefined {
    const events = streams.get(name)?.events;
    return events === undefined || events.length === 0 ? undefined : events.length - 1;
  }

  function repeated(name: string, events: readonly Proposed[], expected: Expected): 'no' | 'all' | 'part' {
    if (expected === 'any' || expected === 'streamExists') {
      const known = events.map(({ id }) => remembered.get(id)?.stream === name);
      if (known[0] !== true) return 'no';
      return known.every(Boolean) ? 'all' : 'part';
    }
    const from = expected === 'noStream' ? 0 : expected + 1;
    const same = events.map(({ id }, place) => streams.get(name)?.events[from + place]?.id === id);
    if (same[0] !== true) return 'no';
    return same.every(Boolean) ? 'all' : 'part';
  }

  function place(name: string, events: readonly Proposed[], expected: Expected): Recorded | undefined {
    const lastId = events.at(-1)?.id;
    if (expected === 'any' || expected === 'streamExists') return remembered.get(lastId ?? '');
    return streams.get(name)?.events[(expected === 'noStream' ? -1 : expected) + events.length];
  }

  function append(name: string, events: readonly Proposed[], expected: Expected): Commit {
    if (streams.get(name)?.closed) return { outcome: 'deleted' };
    const found = lastRevision(name);
    const softDeleted = found !== undefined && isSoftDeleted(name);
    const wrong: Commit = { outcome: 'wrongRevision', found };
    if (expected === 'streamExists' && (found === undefined || softDeleted)) return wrong;
    if (typeof expected === 'number' && expected > (found ?? -1)) return wrong;
    const behind =
      expected === 'any' || expected === 'streamExists' || (expected === 'noStream' ? -1 : expected) < (found ?? -1);
    if (behind && events.length > 0) {
      const again = repeated(name, events, expected);
      const recorded = again === 'all' ? place(name, events, expected) : undefined;
      if (recorded !== undefined)
        return { outcome: 'repeated', revision: recorded.revision, position: recorded.position };
      if (again === 'part') return wrong;
    }
    if (behind && typeof expected === 'number') return wrong;
    if (behind && expected === 'noStream' && !softDeleted) return wrong;
    if (softDeleted && events.length > 0) undelete(name, found);
    const last = write(name, events);
    tell();
    return { outcome: 'written', revision: last?.revision ?? found ?? -1, position: last?.position ?? nextPosition };
  }

  function undelete(name: string, last: number): void {
    write(`$$${name}`, [systemEvent(`$$${name}`, '$metadata', { ...metadataOf(name), $tb: last + 1 })]);
  }

  function asExpected(name: string, expected: Expected): boolean {
    const found = lastRevision(name);
    if (expected === 'any') return true;
    if (expected === 'noStream') return found === undefined;
    if (expected === 'streamExists') return found !== undefined;
    return found === expected;
  }

  function remove(name: string, expected: Expected, forEver: boolean): Commit {
    const stream = streams.get(name);
    if (stream?.closed) return { outcome: 'deleted' };
    const found = lastRevision(name);
    if (!asExpected(name, expected)) return { outcome: 'wrongRevision', found };
    if (forEver) {
      const closing = stream ?? { events: [], closed: true };
      closing.closed = true;
      streams.set(name, closing);
      record(name, TOMBSTONE, systemEvent(name, '$streamDeleted', {}));
    } else {
      const data = Buffer.from(
        JSON.stringify({ ...metadataOf(name), $tb: 0 }).replace('"$tb":0', `"$tb":${SOFT_DELETED}`),
      );
      write(`$$${name}`, [{ ...systemEvent(name, '$metadata', {}), data }]);
    }
    tell();
    return { outcome: 'written', revision: found ?? -1, position: all.at(-1)?.position ?? 0 };
  }

  /** Whether a stream can be read, and the events of it that its metadata still shows. */
  function read(name: string): { readonly found: Found; readonly events: readonly Recorded[] } {
    const stream = streams.get(name);
    if (stream?.closed) return { found: 'deleted', events: [] };
    if (stream === undefined || stream.events.length === 0 || isSoftDeleted(name)) return { found: 'no', events: [] };
    const { $tb, $maxCount, $maxAge } = metadataOf(name);
    if ($tb === undefined && $maxCount === undefined && $maxAge === undefined)
      return { found: 'yes', events: stream.events };
    const from = Math.max($tb ?? 0, $maxCount === undefined ? 0 : stream.events.length - $maxCount);
    const oldest = $maxAge === undefined ? 0 : Date.now() - $maxAge * 1000;
    return {
      found: 'yes',
      events: stream.events.filter(({ revision, created }) => revision >= from && created >= oldest),
    };
  }

  /** Place in `$all` of the first event at or behind a position. */
  function indexAt(position: number): number {
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle]?.position ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  for (let n = 0; n < systemEvents; n += 1) {
    write('$projections-$master', [systemEvent('$projections-$master', '$ProjectionsInitialized', { n })]);
  }

  return {
    all: all as readonly Recorded[],
    append,
    softDelete: (name: string, expected: Expected) => remove(name, expected, false),
    tombstone: (name: string, expected: Expected) => remove(name, expected, true),
    read,
    isClosed: (name: string) => streams.get(name)?.closed === true,
    everWritten: (name: string): readonly Recorded[] => streams.get(name)?.events ?? [],
    aclOf: (name: string): Acl | undefined => metadataOf(name).$acl,
    indexAt,
    end: () => nextPosition,
    /** Calls back after each commit, until the returned function is called. */
    onCommit(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

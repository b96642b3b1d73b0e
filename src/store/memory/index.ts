import { prepare } from '../check.ts';
import { decide } from '../decide.ts';
import { StoreClosed, StoreReadOnly } from '../errors.ts';
import {
  type Appended,
  type AppendOptions,
  type Capabilities,
  DEFAULT_BATCH,
  type EventStore,
  type JsonObject,
  type NewEvent,
  type Notice,
  type OpenStoreOptions,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  type SubscribeOptions,
} from '../port.ts';
import { breathe, createWaker, type Waker } from '../waiting.ts';

interface Row {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly created: string;
}

/** What a memory holds: rows in order, and for each stream the places of its rows. */
interface Memory {
  readonly rows: Row[];
  readonly streams: Map<string, { readonly places: number[]; readonly revisions: Map<string, number> }>;
  readonly waker: Waker;
  readonly born: string;
}

const MIB = 1024 * 1024;
const named = new Map<string, Memory>();

/** Opens a store in memory: `memory:` one of its own, `memory:name` the one of that name within this process. */
export async function openMemory(url: string, options: OpenStoreOptions = {}): Promise<EventStore> {
  const name = url.slice('memory:'.length);
  const memory = named.get(name) ?? {
    rows: [],
    streams: new Map(),
    waker: createWaker(),
    born: `${process.pid}-${Date.now()}-${Math.random().toString(36).slice(2)}`,
  };
  if (name !== '') named.set(name, memory);
  return over(memory, url, options);
}

/** Forgets a memory of that name. */
export function forgetMemory(name: string): void {
  named.delete(name);
}

function over(memory: Memory, url: string, { readOnly = false }: OpenStoreOptions): EventStore {
  const capabilities: Capabilities = {
    adapter: 'memory',
    durable: false,
    writable: !readOnly,
    shared: false,
    uniqueIds: true,
    maxEventBytes: 16 * MIB,
    maxAppendBytes: 256 * MIB,
  };
  const closing = new AbortController();
  const open = (): void => {
    if (closing.signal.aborted) throw new StoreClosed();
  };
  const read = (place: number): StoredEvent => {
    const row = memory.rows[place] as Row;
    return {
      id: row.id,
      type: row.type,
      data: JSON.parse(row.data) as JsonObject,
      metadata: JSON.parse(row.metadata) as JsonObject,
      stream: row.stream,
      revision: row.revision,
      position: String(place + 1),
      created: row.created,
    };
  };
  const slice = (from: number, to: number): StoredEvent[] =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => read(from + i));

  const append = async (
    stream: string,
    events: readonly NewEvent[],
    { expected = 'any' }: AppendOptions = {},
  ): Promise<Appended> => {
    open();
    const prepared = prepare(stream, events, capabilities);
    if (readOnly) throw new StoreReadOnly(`${url} was opened for reading only`);
    const known = memory.streams.get(stream);
    const last = known === undefined ? undefined : known.places.length - 1;
    const repeated = decide(
      prepared.map(({ id }) => id),
      expected,
      { stream, last, revisionOf: (id) => known?.revisions.get(id) },
    );
    if (repeated) return repeated;
    const held = known ?? { places: [], revisions: new Map<string, number>() };
    memory.streams.set(stream, held);
    const created = new Date().toISOString();
    for (const { id, type, data, metadata } of prepared) {
      const revision = held.places.length;
      held.places.push(memory.rows.length);
      held.revisions.set(id, revision);
      memory.rows.push({ stream, revision, id, type, data, metadata, created });
    }
    memory.waker.wake();
    return { revision: held.places.length - 1, written: prepared.length };
  };

  async function* readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<readonly StoredEvent[]> {
    open();
    const { direction = 'forwards', batch = DEFAULT_BATCH, limit = Number.POSITIVE_INFINITY, signal } = options;
    const places = memory.streams.get(stream)?.places ?? [];
    const step = direction === 'forwards' ? 1 : -1;
    let revision = options.from ?? (step === 1 ? 0 : places.length - 1);
    revision = step === 1 ? Math.max(0, revision) : Math.min(revision, places.length - 1);
    const wanted = Math.min(limit, step === 1 ? places.length - revision : revision + 1);
    for (let given = 0; given < wanted && !signal?.aborted; ) {
      open();
      const count = Math.min(batch, wanted - given);
      yield Array.from({ length: count }, (_, i) => read(places[revision + step * i] as number));
      given += count;
      revision += step * count;
    }
  }

  async function* readAll({
    after,
    limit = Number.POSITIVE_INFINITY,
    batch = DEFAULT_BATCH,
    signal,
  }: ReadAllOptions = {}): AsyncGenerator<readonly StoredEvent[]> {
    open();
    let place = Number(after ?? 0);
    for (let left = limit; left > 0 && place < memory.rows.length && !signal?.aborted; ) {
      open();
      const to = Math.min(memory.rows.length, place + Math.min(batch, left));
      yield slice(place, to);
      left -= to - place;
      place = to;
    }
  }

  async function* subscribe({ after, batch = DEFAULT_BATCH, signal }: SubscribeOptions = {}): AsyncGenerator<Notice> {
    open();
    let place = after === 'end' ? memory.rows.length : Number(after ?? 0);
    let told = false;
    const checkpoint = (): Position | undefined => (place === 0 ? undefined : String(place));
    while (!signal?.aborted && !closing.signal.aborted) {
      if (place < memory.rows.length) {
        const to = Math.min(memory.rows.length, place + batch);
        const events = slice(place, to);
        place = to;
        told = false;
        yield { kind: 'events', events, checkpoint: String(to) };
        await breathe();
      } else if (!told) {
        told = true;
        yield { kind: 'caught-up', checkpoint: checkpoint() };
      } else {
        await memory.waker.wait(60_000, signal, closing.signal);
      }
    }
  }

  return {
    capabilities,
    url,
    append,
    readStream,
    readAll,
    subscribe,
    fingerprint: async () => {
      open();
      return `memory ${memory.born} ${memory.rows.length}`;
    },
    close: async () => closing.abort(),
  };
}

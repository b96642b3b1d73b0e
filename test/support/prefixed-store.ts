import type { EventStore, Notice, Position, StoredEvent } from '../../src/store/port.ts';

/** Where a store ends now; undefined when it is empty. */
export async function endOf(store: EventStore): Promise<Position | undefined> {
  for await (const { checkpoint } of store.subscribe({ after: 'end' })) return checkpoint;
  return undefined;
}

/**
 * A store seen through a prefix, from a position on: its streams are those whose names begin so, and nothing else is there or is touched.
 */
export function prefixedStore(store: EventStore, prefix: string, from: Position | undefined): EventStore {
  const ours = (events: readonly StoredEvent[]): readonly StoredEvent[] =>
    events.flatMap((event) =>
      event.stream.startsWith(prefix) ? [{ ...event, stream: event.stream.slice(prefix.length) }] : [],
    );
  const within = (name: string): string =>
    typeof name === 'string' && name !== '' && !name.startsWith('$') ? `${prefix}${name}` : name;
  return {
    capabilities: store.capabilities,
    url: store.url,
    append: (stream, events, options) => store.append(within(stream), events, options).catch(unprefixed(prefix)),
    async *readStream(stream, options) {
      for await (const batch of store.readStream(within(stream), options)) yield ours(batch);
    },
    async *readAll({ limit = Number.POSITIVE_INFINITY, after = from, ...options } = {}) {
      let left = limit;
      for await (const batch of store.readAll({ ...options, after })) {
        const kept = ours(batch).slice(0, left);
        left -= kept.length;
        if (kept.length > 0) yield kept;
        if (left <= 0) return;
      }
    },
    async *subscribe({ after = from, ...options } = {}): AsyncGenerator<Notice> {
      for await (const notice of store.subscribe({ ...options, after })) {
        const events = notice.kind === 'events' ? ours(notice.events) : undefined;
        if (events === undefined || notice.kind !== 'events') yield notice;
        else if (events.length > 0) yield { ...notice, events };
      }
    },
    async fingerprint() {
      return store.fingerprint();
    },
    close: () => store.close(),
  };
}

function unprefixed(prefix: string) {
  return (error: unknown): never => {
    const named = error as { stream?: string };
    if (typeof named.stream === 'string' && named.stream.startsWith(prefix)) {
      Object.defineProperty(named, 'stream', { value: named.stream.slice(prefix.length), enumerable: true });
    }
    throw error;
  };
}

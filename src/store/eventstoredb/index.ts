import type { EventData, ResolvedEvent } from '@eventstore/db-client';
import { prepare } from '../check.ts';
import { decide } from '../decide.ts';
import { EventTooLarge, StoreReadOnly, WrongExpectedRevision } from '../errors.ts';
import {
  type Appended,
  type AppendOptions,
  type Capabilities,
  DEFAULT_BATCH,
  DEFAULT_TIMEOUT,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Notice,
  type OpenStoreOptions,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  type SubscribeOptions,
} from '../port.ts';
import { parseAddress } from './address.ts';
import { type Attempt, type Connection, connect } from './connection.ts';
import { isSystemEvent, type Place, placeOf, placeOfEvent, positionOf, storedEvent } from './events.ts';
import { createFeed, type Feed, type Source } from './feed.ts';
import { createMemory } from './known.ts';
import { asStoreError, type Trouble, understand } from './trouble.ts';

export { isEventStoreDBUrl } from './address.ts';

const MIB = 1024 * 1024;
/** A log record of the server holds 16 MiB, with its header; how much less it takes in one append is its operator's choice, 1 MiB by default. */
const MOST_BYTES = 16 * MIB - 64 * 1024;
/** Events searched between two checkpoints of a subscription: so many times the server's window of 32. */
const CHECKPOINT_INTERVAL = 16;
/** Servers before 23.10 do not say when a subscription has caught up; after so long a silence it has. */
const SILENCE_OF_OLD_SERVERS = 1_000;
/** System events that may stand behind the last event of anybody else before the fingerprint gives up looking for it. */
const MOST_SYSTEM_EVENTS = 2_000;
/** Attempts to append before somebody else, who goes on appending to the same stream, is let have it. */
const MOST_RACES = 20;

/**
 * Opens an EventStoreDB or KurrentDB by its connection string. The client package is loaded only here.
 *
 * Throws `BadStoreUrl`, and, from the first contact, `StoreUnavailable`, `AccessDenied`, `NotAStore`, `StoreTimeout`.
 */
export async function openEventStoreDB(
  url: string,
  { readOnly = false, timeout }: OpenStoreOptions = {},
): Promise<EventStore> {
  const address = parseAddress(url);
  const connection = await connect(address, timeout ?? address.deadline ?? DEFAULT_TIMEOUT);
  try {
    await lastOfAll(connection, 1);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return over(connection, readOnly);
}

function over(connection: Connection, readOnly: boolean): EventStore {
  const capabilities: Capabilities = {
    adapter: 'eventstoredb',
    durable: true,
    writable: !readOnly,
    shared: true,
    uniqueIds: true,
    maxEventBytes: MOST_BYTES,
    maxAppendBytes: MOST_BYTES,
  };
  const memory = createMemory();

  /** Reads on from where the stream was last seen, so that what stands in it is known. */
  async function refresh(stream: string, signal: AbortSignal | undefined): Promise<void> {
    const known = memory.get(stream);
    const from = known === undefined ? 0 : known.last + 1;
    for await (const batch of readStream(stream, { from, batch: 1000, signal })) memory.add(stream, batch);
  }

  async function append(
    stream: string,
    events: readonly NewEvent[],
    { expected = 'any', signal }: AppendOptions = {},
  ): Promise<Appended> {
    connection.open();
    const prepared = prepare(stream, events, capabilities);
    if (readOnly) throw new StoreReadOnly(`${connection.shown} was opened for reading only`);
    const ids = prepared.map(({ id }) => id);
    const bytes = prepared.reduce((sum, event) => sum + event.bytes, 0);
    const messages = events.map(({ id, type, data, metadata }) => ({
      id,
      contentType: 'application/json' as const,
      type,
      data,
      metadata,
    }));
    let fresh = memory.get(stream) === undefined;
    if (fresh) await refresh(stream, signal);
    for (let race = 0; ; race += 1) {
      const answer = await decideFreshly(stream, ids, expected, fresh, signal);
      if (answer !== undefined) return answer;
      const last = memory.get(stream)?.last;
      const written = await write(stream, messages as EventData[], ids, last, bytes, signal);
      if (written !== undefined) return { revision: written, written: ids.length };
      if (race >= MOST_RACES) throw new WrongExpectedRevision(stream, expected, memory.get(stream)?.last);
      fresh = true;
    }
  }

  /** Decides by what is known of the stream; what is not allowed by that is looked up again before it is refused. */
  async function decideFreshly(
    stream: string,
    ids: readonly string[],
    expected: ExpectedRevision,
    fresh: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Appended | undefined> {
    const known = (): Appended | undefined => {
      const state = memory.get(stream);
      return decide(ids, expected, { stream, last: state?.last, revisionOf: (id) => state?.revisions.get(id) });
    };
    try {
      return known();
    } catch (error) {
      if (fresh) throw error;
      await refresh(stream, signal);
      return known();
    }
  }

  /** The revision of the last event once these stand after `last`; undefined when somebody else was first. */
  async function write(
    stream: string,
    messages: EventData[],
    ids: readonly string[],
    last: number | undefined,
    bytes: number,
    signal: AbortSignal | undefined,
  ): Promise<number | undefined> {
    const first = (last ?? -1) + 1;
    const isThere = async (): Promise<number | undefined> => {
      const enough = AbortSignal.timeout(connection.current().deadline);
      await refresh(stream, signal === undefined ? enough : AbortSignal.any([signal, enough]));
      const revisions = memory.get(stream)?.revisions;
      const begins = revisions?.get(ids[0] ?? '');
      if (begins === undefined || begins < first) return undefined;
      return ids.every((id, place) => revisions?.get(id) === begins + place) ? begins + ids.length - 1 : undefined;
    };
    let lost = false;
    const revision = await connection.call<number | undefined | 'lost'>(
      async ({ client, credentials, deadline }) => {
        const expectedRevision = last === undefined ? ('no_stream' as const) : BigInt(last);
        const { nextExpectedRevision } = await client.appendToStream(stream, messages, {
          expectedRevision,
          credentials,
          deadline,
          requiresLeader: true,
        });
        return Number(nextExpectedRevision);
      },
      signal,
      async (trouble) => {
        if (trouble.kind === 'wrongRevision') {
          const found = await isThere();
          lost = found === undefined;
          return found ?? 'lost';
        }
        if (trouble.kind === 'tooLarge')
          throw new EventTooLarge(undefined, bytes, trouble.limit, { cause: trouble.cause });
        // An answer that did not come says nothing of what was done: only reading does.
        return trouble.passing ? isThere().catch(() => undefined) : undefined;
      },
    );
    if (lost || revision === 'lost' || revision === undefined) return undefined;
    memory.append(stream, ids, revision);
    return revision;
  }

  async function* readStream(
    stream: string,
    { from, direction = 'forwards', limit, batch = DEFAULT_BATCH, signal }: ReadStreamOptions = {},
  ): AsyncGenerator<readonly StoredEvent[]> {
    connection.open();
    const forwards = direction === 'forwards';
    if (limit !== undefined && limit <= 0) return;
    if (!forwards && from !== undefined && from < 0) return;
    let next: bigint | undefined = from === undefined ? undefined : BigInt(Math.max(0, from));
    let left = limit ?? Number.POSITIVE_INFINITY;
    const open = ({ client, credentials }: Attempt): Feed => {
      const source = client.readStream(stream, {
        direction: forwards ? 'forwards' : 'backwards',
        fromRevision: next ?? (forwards ? 'start' : 'end'),
        ...(Number.isFinite(left) ? { maxCount: left } : {}),
        credentials,
      });
      return createFeed(source as unknown as Source, batch * 2, () => source.cancel());
    };
    const keep = (events: readonly ResolvedEvent[]): readonly StoredEvent[] => {
      const last = events.at(-1)?.event?.revision;
      if (last !== undefined) next = forwards ? last + 1n : last - 1n;
      left -= events.length;
      return events.map(storedEvent);
    };
    for await (const events of readOn(open, keep, batch, signal)) {
      yield events;
      if (left <= 0 || (next !== undefined && next < 0n)) return;
    }
  }

  async function* readAll({
    after,
    limit = Number.POSITIVE_INFINITY,
    batch = DEFAULT_BATCH,
    signal,
  }: ReadAllOptions = {}): AsyncGenerator<readonly StoredEvent[]> {
    connection.open();
    let place: Place | undefined = after === undefined ? undefined : placeOf(after);
    let left = limit;
    if (left <= 0) return;
    const open = ({ client, credentials }: Attempt): Feed => {
      const source = client.readAll({ fromPosition: place ?? 'start', credentials });
      return createFeed(source as unknown as Source, batch * 2, () => source.cancel());
    };
    const keep = (events: readonly ResolvedEvent[]): readonly StoredEvent[] => {
      const kept = behind(events, place).filter((event) => !isSystemEvent(event));
      place = furthest(events, place);
      return kept.slice(0, left).map(storedEvent);
    };
    for await (const events of readOn(open, keep, batch, signal)) {
      yield events;
      left -= events.length;
      if (left <= 0) return;
    }
  }

  /** Reads to the end, and takes a broken read up where it broke, as long as it gets on. */
  async function* readOn(
    open: (attempt: Attempt) => Feed,
    keep: (events: readonly ResolvedEvent[]) => readonly StoredEvent[],
    batch: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<readonly StoredEvent[]> {
    let failures = 0;
    let lastProgress = Date.now();
    while (!signal?.aborted) {
      const attempt = connection.current();
      const release = connection.hold(attempt.client);
      const feed = open(attempt);
      const stop = (): void => feed.close();
      signal?.addEventListener('abort', stop, { once: true });
      connection.closing.addEventListener('abort', stop, { once: true });
      try {
        for (;;) {
          const brought = await feed.next(batch, attempt.deadline);
          connection.open();
          if (signal?.aborted || brought.kind === 'end') return;
          if (brought.kind === 'mark') continue;
          failures = 0;
          const events = keep(brought.events);
          if (events.length > 0) yield events;
          lastProgress = Date.now();
        }
      } catch (error) {
        connection.open();
        if (signal?.aborted) return;
        const trouble = understand(error);
        // A stream that was deleted has no events, for ever or for now.
        if (trouble.kind === 'notFound' || trouble.kind === 'deleted') return;
        if (!trouble.passing || Date.now() - lastProgress >= connection.timeout)
          throw await connection.explain(trouble);
        connection.recover(attempt.client, trouble);
        await connection.pause(failures, signal);
        failures += 1;
      } finally {
        signal?.removeEventListener('abort', stop);
        connection.closing.removeEventListener('abort', stop);
        feed.close();
        release();
      }
    }
  }

  async function* subscribe({ after, batch = DEFAULT_BATCH, signal }: SubscribeOptions = {}): AsyncGenerator<Notice> {
    connection.open();
    const isOver = (): boolean => signal?.aborted === true || connection.closing.aborted;
    if (isOver()) return;
    let place: Place | undefined;
    if (after === 'end') place = await endOfAll(connection, signal);
    else if (after !== undefined) place = placeOf(after);
    const checkpoint = (): Position | undefined => (place === undefined ? undefined : positionOf(place));
    let failures = 0;
    while (!isOver()) {
      const attempt = connection.current();
      const release = connection.hold(attempt.client);
      const feed = follow(attempt, place, batch);
      const stop = (): void => feed.close();
      signal?.addEventListener('abort', stop, { once: true });
      connection.closing.addEventListener('abort', stop, { once: true });
      let confirmed = false;
      let told = false;
      let serverTells = false;
      try {
        while (!isOver()) {
          const brought = await nextOrSilence(
            feed,
            batch,
            confirmed ? (told || serverTells ? 0 : SILENCE_OF_OLD_SERVERS) : attempt.deadline,
            confirmed,
          );
          if (isOver()) return;
          if (brought === 'silence' || (brought.kind === 'mark' && brought.mark.kind === 'caughtUp')) {
            serverTells ||= brought !== 'silence';
            told = true;
            yield { kind: 'caught-up', checkpoint: checkpoint() };
          } else if (brought.kind === 'end') {
            throw new Error('the server ended the subscription');
          } else if (brought.kind === 'events') {
            failures = 0;
            told = false;
            const events = behind(brought.events, place)
              .filter((event) => !isSystemEvent(event))
              .map(storedEvent);
            place = furthest(brought.events, place);
            if (events.length > 0 && place !== undefined)
              yield { kind: 'events', events, checkpoint: positionOf(place) };
          } else if (brought.mark.kind === 'confirmed') {
            confirmed = true;
          } else if (brought.mark.kind === 'checkpoint') {
            const { commit, prepare } = brought.mark;
            if (place === undefined || commit > place.commit) place = { commit, prepare };
          } else {
            yield {
              kind: 'fell-behind',
              checkpoint: checkpoint(),
              because: 'the server sends faster than this reader reads',
            };
          }
        }
      } catch (error) {
        if (isOver()) return;
        const trouble = passing(error);
        if (!trouble.passing) throw asStoreError(trouble, connection.shown);
        connection.recover(attempt.client, trouble);
        if (failures === 0)
          yield {
            kind: 'fell-behind',
            checkpoint: checkpoint(),
            because: `the connection was lost: ${trouble.details}`,
          };
        await connection.pause(failures, signal);
        failures += 1;
      } finally {
        signal?.removeEventListener('abort', stop);
        connection.closing.removeEventListener('abort', stop);
        feed.close();
        release();
      }
    }
  }

  return {
    capabilities,
    url: connection.shown,
    append,
    readStream,
    readAll,
    subscribe,
    async fingerprint() {
      connection.open();
      const last = await lastOfAll(connection, MOST_SYSTEM_EVENTS);
      return last === 'unknown'
        ? undefined
        : last === undefined
          ? 'eventstoredb empty'
          : // Ids are made of content and positions of counting, so that they may be alike on two servers; moments are not.
            `eventstoredb ${connection.shown} ${last.place.commit} ${last.id} ${last.created}`;
    },
    close: () => connection.close(),
  };
}

/** Trouble of a subscription: that the server ended it is no reason to give up. */
function passing(error: unknown): Trouble {
  const trouble = understand(error);
  return trouble.kind === 'other' ? { ...trouble, passing: true } : trouble;
}

async function nextOrSilence(feed: Feed, batch: number, patience: number, confirmed: boolean) {
  try {
    return await feed.next(batch, patience);
  } catch (error) {
    if (
      confirmed &&
      patience > 0 &&
      understand(error).kind === 'slow' &&
      error instanceof Error &&
      error.name === 'StoreTimeout'
    )
      return 'silence' as const;
    throw error;
  }
}

function follow({ client, credentials, parts }: Attempt, place: Place | undefined, batch: number): Feed {
  let feed: Feed | undefined;
  const source = client.subscribeToAll({
    fromPosition: place ?? 'start',
    filter: parts.excludeSystemEvents({
      checkpointInterval: CHECKPOINT_INTERVAL,
      checkpointReached: async (_subscription, { commit, prepare }) =>
        feed?.mark({ kind: 'checkpoint', commit, prepare }),
    }),
    credentials,
  });
  const made = createFeed(source as unknown as Source, batch * 2, () => source.unsubscribe());
  feed = made;
  source.on('confirmation', () => made.mark({ kind: 'confirmed' }));
  const others = source as unknown as Source;
  others.on('caughtUp', () => made.mark({ kind: 'caughtUp' }));
  others.on('fellBehind', () => made.mark({ kind: 'fellBehind' }));
  return made;
}

/** Those behind the place; a read begins with the event that stands there, and some servers repeat it in a subscription. */
function behind(events: readonly ResolvedEvent[], place: Place | undefined): readonly ResolvedEvent[] {
  if (place === undefined) return events;
  const [first] = events;
  if (first !== undefined && placeOfEvent(first).commit > place.commit) return events;
  return events.filter((event) => placeOfEvent(event).commit > place.commit);
}

function furthest(events: readonly ResolvedEvent[], place: Place | undefined): Place | undefined {
  const last = events.at(-1);
  if (last === undefined) return place;
  const reached = placeOfEvent(last);
  return place === undefined || reached.commit > place.commit ? reached : place;
}

/** The last event of all that is not the store's own, looking at no more than so many; undefined when there is none. */
async function lastOfAll(
  connection: Connection,
  most: number,
): Promise<{ readonly place: Place; readonly id: string; readonly created: string } | 'unknown' | undefined> {
  const looked = await backwards(connection, most, (event) => !isSystemEvent(event));
  if (looked.found === undefined) return looked.count >= most ? 'unknown' : undefined;
  const { event } = looked.found;
  return { place: placeOfEvent(looked.found), id: event?.id ?? '', created: event?.created.toISOString() ?? '' };
}

async function endOfAll(connection: Connection, signal: AbortSignal | undefined): Promise<Place | undefined> {
  const { found } = await backwards(connection, 1, () => true, signal);
  return found === undefined ? undefined : placeOfEvent(found);
}

async function backwards(
  connection: Connection,
  most: number,
  isIt: (event: ResolvedEvent) => boolean,
  signal?: AbortSignal,
) {
  return connection.call(async ({ client, credentials, deadline }) => {
    const source = client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: most, credentials });
    const feed = createFeed(source as unknown as Source, most, () => source.cancel());
    let count = 0;
    try {
      for (;;) {
        const brought = await feed.next(most, deadline);
        if (brought.kind !== 'events') return { found: undefined, count };
        count += brought.events.length;
        const found = brought.events.find(isIt);
        if (found !== undefined) return { found, count };
      }
    } finally {
      feed.close();
    }
  }, signal);
}

/**
 * The event store, whatever it is made of. A store holds streams; a stream holds events in the order in which they were
 * appended, numbered from 0; `$all` order is the order in which the store took them in, and never contradicts that of a stream.
 * Every adapter keeps to the same contract (`test/store/contract.ts`).
 */

/** What a payload may hold: JSON, and nothing that JSON would lose (no NaN, no Date, no undefined in a list). */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/** An event to be appended. */
export interface NewEvent {
  /** A UUID in lower case; the same content has the same id, so that a repeated append can be told from a new one. */
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/** An event as the store holds it. */
export interface StoredEvent extends NewEvent {
  readonly stream: string;
  /** Place in its stream, from 0. */
  readonly revision: number;
  /** Place in the whole store. */
  readonly position: Position;
  /** When the store took it in: an instant in UTC, `2026-11-21T21:04:05.678Z`. */
  readonly created: string;
}

/**
 * A place in the whole store, to be kept and handed back to the store that gave it, and for nothing else:
 * its text differs from adapter to adapter.
 */
export type Position = string & { readonly __position?: never };

/**
 * What must be so of a stream for an append to be allowed: nothing (`any`), that it does not exist yet (`none`),
 * that it exists (`exists`), or that its last event has this revision.
 */
export type ExpectedRevision = 'any' | 'none' | 'exists' | number;

/** What came of an append. */
export interface Appended {
  /** Revision of the last of the events appended. */
  readonly revision: number;
  /** How many were written now: 0 when the very same events stood there already. */
  readonly written: number;
}

export interface AppendOptions {
  /** `any` unless given. */
  readonly expected?: ExpectedRevision | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ReadStreamOptions {
  /** First revision to read, inclusive; when left out, the beginning (forwards) or the end (backwards). */
  readonly from?: number | undefined;
  /** `forwards` unless given. */
  readonly direction?: 'forwards' | 'backwards' | undefined;
  /** At most so many events. */
  readonly limit?: number | undefined;
  /** Most events in one batch; 500 unless given. */
  readonly batch?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ReadAllOptions {
  /** Read what follows this position (exclusive); everything when left out. */
  readonly after?: Position | undefined;
  /** At most so many events. */
  readonly limit?: number | undefined;
  /** Most events in one batch; 500 unless given. */
  readonly batch?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface SubscribeOptions {
  /** Follow from what comes after this position (exclusive); from the beginning when left out. `end`: only what is appended from now on. */
  readonly after?: Position | 'end' | undefined;
  /** Most events in one batch; 500 unless given. */
  readonly batch?: number | undefined;
  /** Ends the subscription: the iteration then finishes as if there were no more, without an error. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a subscription says. `events`: the next of them, in order, each once, never empty. `caught-up`: everything that the store held has been given;
 * said at least once after each catching up. `fell-behind`: the connection was lost or the reader is late, and the subscription is reading on from its checkpoint.
 * `checkpoint` is where to resume from, in this process or the next; undefined while nothing has been read of a store that was followed from its beginning.
 */
export type Notice =
  | { readonly kind: 'events'; readonly events: readonly StoredEvent[]; readonly checkpoint: Position }
  | { readonly kind: 'caught-up'; readonly checkpoint: Position | undefined }
  | { readonly kind: 'fell-behind'; readonly checkpoint: Position | undefined; readonly because: string };

/** What a store can do and how much it takes. */
export interface Capabilities {
  /** `memory`, `sqlite`, `eventstoredb`. */
  readonly adapter: string;
  /** Whether an acknowledged event outlives the process. */
  readonly durable: boolean;
  /** False when it was opened for reading only. */
  readonly writable: boolean;
  /** Whether other processes may use it at the same time. */
  readonly shared: boolean;
  /** Whether an id that already stands elsewhere in the stream is refused (`EventAlreadyStored`), or only a whole repeated append is recognised. */
  readonly uniqueIds: boolean;
  /** Most bytes of one event: its data and metadata as JSON in UTF-8. */
  readonly maxEventBytes: number;
  /** Most bytes of one append, all its events together. */
  readonly maxAppendBytes: number;
}

/**
 * An event store.
 *
 * Every method may throw `StoreUnavailable`, `AccessDenied`, `StoreTimeout`, `StoreLocked`, `StoreCorrupt` or `StoreClosed`;
 * an iteration throws them while it is being read. No method leaves a promise hanging or a handle open after `close`.
 */
export interface EventStore {
  readonly capabilities: Capabilities;
  /** Where it is, as it was opened, without any password. */
  readonly url: string;

  /**
   * Appends events to one stream: all of them or none, with nothing between them; when the promise is kept they are on the disk (where the store has one).
   *
   * Repeating an append is harmless: when exactly these events (by id, in order) already stand where this append would have put them
   * — after the expected revision, at the beginning for `none`, consecutively anywhere for `any` and `exists` — nothing is written and the answer is the first one again.
   *
   * Throws `WrongExpectedRevision` when the stream is not as expected, `EventAlreadyStored` (see `uniqueIds`), `EventTooLarge`,
   * `NotSerialisable` and `BadEvent` before anything is sent, `StoreReadOnly`. An append of no events throws `RangeError`.
   */
  append(stream: string, events: readonly NewEvent[], options?: AppendOptions): Promise<Appended>;

  /** The events of one stream in batches, none of them empty. A stream that does not exist has no events. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<readonly StoredEvent[]>;

  /**
   * Every event in the order in which the store took them in, in batches, none of them empty. Ends with the last event
   * that stood there when it was reached. Events of the store's own (`$…`) are left out; those of other programs are not.
   */
  readAll(options?: ReadAllOptions): AsyncIterable<readonly StoredEvent[]>;

  /**
   * Follows the store: first what stands there, then what is appended, until the iteration is left (`break`, `return`), the signal is given or the store is closed.
   * It reads on when it is asked, so a slow reader is never buried. A lost connection is taken up again from the checkpoint; each event is given once.
   */
  subscribe(options?: SubscribeOptions): AsyncIterable<Notice>;

  /**
   * A text that is the same while the content is, and differs when it differs: what a cache goes by.
   * Undefined when the store cannot tell without reading everything.
   */
  fingerprint(): Promise<string | undefined>;

  /** Reads everything to see that it is whole, where the store itself can tell; throws `StoreCorrupt` when it is not. */
  checkIntegrity?(): Promise<void>;

  /** Ends subscriptions and reads, and lets go of every handle. May be called twice. */
  close(): Promise<void>;
}

/** How a store is opened; each adapter's `open` takes these after the URL. */
export interface OpenStoreOptions {
  /** Open for reading only: nothing is created and nothing written. */
  readonly readOnly?: boolean | undefined;
  /** Make the store when there is none yet (a file); true unless given, never when `readOnly`. */
  readonly create?: boolean | undefined;
  /** Milliseconds after which one call gives up (waiting for a lock, for a server); 10,000 unless given. */
  readonly timeout?: number | undefined;
}

/** Milliseconds that one call may take unless the caller says otherwise. */
export const DEFAULT_TIMEOUT = 10_000;

/** Most events in a batch unless the caller says otherwise. */
export const DEFAULT_BATCH = 500;

/** Revision of the last event of a stream; undefined when there is no such stream. */
export async function lastRevision(store: EventStore, stream: string): Promise<number | undefined> {
  for await (const [last] of store.readStream(stream, { direction: 'backwards', limit: 1 })) return last?.revision;
  return undefined;
}

/** All the events of some batches, one list. For streams and tests; a whole store is better read batch by batch. */
export async function gathered(batches: AsyncIterable<readonly StoredEvent[]>): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

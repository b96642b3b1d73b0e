import type { ExpectedRevision } from './port.ts';

/** Something a caller can act on; each kind is a class of its own. The hint says what to do. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
  readonly hint: string | undefined;

  constructor(message: string, options: { readonly hint?: string | undefined; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
  }
}

function inWords(expected: ExpectedRevision): string {
  if (expected === 'any') return 'any';
  if (expected === 'none') return 'no stream';
  return expected === 'exists' ? 'a stream' : `revision ${expected}`;
}

/** The stream is not as the append expected: somebody else was first. Nothing was written. */
export class WrongExpectedRevision extends StoreError {
  override readonly name = 'WrongExpectedRevision';
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** Revision of the last event found; undefined when there is no such stream. */
  readonly found: number | undefined;

  constructor(
    stream: string,
    expected: ExpectedRevision,
    found: number | undefined,
    options: { readonly cause?: unknown } = {},
  ) {
    super(
      `the stream ${stream} is not as expected: expected ${inWords(expected)}, found ${found === undefined ? 'no stream' : `revision ${found}`}`,
      {
        hint: 'somebody else wrote to it first; read it again, then decide whether to append',
        ...options,
      },
    );
    this.stream = stream;
    this.expected = expected;
    this.found = found;
  }
}

/** An event of this id stands in the stream already, and the append is not a repetition of the one that put it there. Nothing was written. */
export class EventAlreadyStored extends StoreError {
  override readonly name = 'EventAlreadyStored';
  readonly stream: string;
  readonly id: string;
  readonly revision: number;

  constructor(stream: string, id: string, revision: number) {
    super(`the event ${id} stands in the stream ${stream} already, at revision ${revision}`, {
      hint: 'append only what is not there yet',
    });
    this.stream = stream;
    this.id = id;
    this.revision = revision;
  }
}

/** The event is no event: no UUID, no type, a stream name that cannot be. Found before anything was sent. */
export class BadEvent extends StoreError {
  override readonly name = 'BadEvent';
}

/** The payload holds something that JSON cannot (a bigint, a function, a circle). Found before anything was sent. */
export class NotSerialisable extends StoreError {
  override readonly name = 'NotSerialisable';
  readonly id: string;
  /** Where in the event: `data.codes.ods`. */
  readonly path: string;

  constructor(id: string, path: string, what: string) {
    super(`the event ${id} cannot be stored: ${path} is ${what}`, {
      hint: 'an event holds texts, numbers, true, false, null, lists and maps of them',
    });
    this.id = id;
    this.path = path;
  }
}

/** The event, or all the events of one append together, are larger than the store takes. Nothing was written. */
export class EventTooLarge extends StoreError {
  override readonly name = 'EventTooLarge';
  /** Id of the event; undefined when it is the whole append that is too large. */
  readonly id: string | undefined;
  readonly bytes: number | undefined;
  readonly limit: number | undefined;

  constructor(
    id: string | undefined,
    bytes: number | undefined,
    limit: number | undefined,
    options: { readonly cause?: unknown } = {},
  ) {
    super(
      `${id === undefined ? 'the append' : `the event ${id}`} is too large${bytes === undefined ? '' : `: ${megabytes(bytes)}`}${limit === undefined ? '' : `; the store takes ${megabytes(limit)}`}`,
      {
        hint:
          id === undefined
            ? 'split the milestone into several'
            : 'an event holds a fact and its sources, not a document; keep documents elsewhere and cite them',
        ...options,
      },
    );
    this.id = id;
    this.bytes = bytes;
    this.limit = limit;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(bytes < 1024 * 1024 ? 2 : 1)} MB`;
}

/** Nobody answers there: server down, wrong port, no such folder. */
export class StoreUnavailable extends StoreError {
  override readonly name = 'StoreUnavailable';
}

/** The store knows us and says no, or does not know us. */
export class AccessDenied extends StoreError {
  override readonly name = 'AccessDenied';
}

/** No answer within the time allowed. Whether an append was written is not known; repeating it is harmless. */
export class StoreTimeout extends StoreError {
  override readonly name = 'StoreTimeout';
}

/** Another process holds the file and did not let go in time. Nothing was written. */
export class StoreLocked extends StoreError {
  override readonly name = 'StoreLocked';
}

/** The store can be read but not written: a read-only file, disk or user. */
export class StoreReadOnly extends StoreError {
  override readonly name = 'StoreReadOnly';
}

/** What is there is not an event store of ours: another file, another server. It was not touched. */
export class NotAStore extends StoreError {
  override readonly name = 'NotAStore';
}

/** The store is one, and damaged. It was not touched. */
export class StoreCorrupt extends StoreError {
  override readonly name = 'StoreCorrupt';
}

/** The store was closed before it was asked. */
export class StoreClosed extends StoreError {
  override readonly name = 'StoreClosed';

  constructor() {
    super('the store has been closed');
  }
}

/** The URL names no kind of store that there is. */
export class BadStoreUrl extends StoreError {
  override readonly name = 'BadStoreUrl';
}

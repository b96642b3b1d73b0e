import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import type Database from 'libsql';
import { type Prepared, prepare } from '../check.ts';
import { decide } from '../decide.ts';
import {
  NotAStore,
  StoreClosed,
  StoreCorrupt,
  StoreError,
  StoreLocked,
  StoreReadOnly,
  StoreUnavailable,
} from '../errors.ts';
import {
  type Appended,
  type AppendOptions,
  type Capabilities,
  DEFAULT_BATCH,
  DEFAULT_TIMEOUT,
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
import type { OpenFile } from './connections.ts';
import { create, inspect } from './file.ts';
import { GENESIS, SCHEMA } from './schema.ts';

const MIB = 1024 * 1024;
const MAX_EVENT = 16 * MIB;
const MAX_APPEND = 256 * MIB;
/** Bytes of payload in one batch, beyond which a batch is cut short. */
const BATCH_BYTES = 8 * MIB;
const LARGEST_BATCH = 10_000;
/** How often a follower looks whether another process has appended. */
const POLL = 40;
/** Rows in one insert: fewer crossings into the database. */
const ROWS = 40;
/** Up to this size a file is checked whole when it is opened; a larger one at its end, and whole on `checkIntegrity`. */
const CHECK_WHOLE = 64 * MIB;
const CHECK_LAST = 1000;
const COLUMNS = 'stream, revision, id, type, created, bytes, chain, metadata, data';

/** Followers of one file within this process, woken by its appends without waiting for the next look. */
const wakers = new Map<string, Waker>();

/** Opens a store in one SQLite file: `sqlite:path`, `file:path` or a plain path. */
export async function openSqlite(url: string, options: OpenStoreOptions = {}): Promise<EventStore> {
  const file = path.resolve(pathOf(url));
  const { timeout = DEFAULT_TIMEOUT } = options;
  const found = await inspect(file);
  const Libsql = (await import('libsql')).default;
  if (found.bytes === 0) {
    if (options.readOnly || options.create === false)
      throw new StoreUnavailable(`there is no store at ${file}`, {
        hint: `make one: stood store push --store sqlite:${file}`,
      });
    if (found.exists && !found.writable)
      throw new StoreReadOnly(`${file} is empty and may not be written`, { hint: 'see that you may write it' });
    await create(file, found.exists, (temporary) => build(Libsql, temporary));
  }
  const readOnly = options.readOnly === true || (found.exists && !found.writable);
  const { open } = found.bytes === 0 ? await inspect(file) : found;
  if (open === undefined) throw new StoreUnavailable(`${file} was taken away while it was being opened`);
  const connection = connectionTo(Libsql, open, readOnly);
  const { db } = connection;
  try {
    const until = Date.now() + timeout;
    await retrying(until, file, () => {
      if (!readOnly) {
        db.pragma('journal_mode = wal');
        db.pragma('synchronous = full');
      } else db.pragma('query_only = 1');
    });
    const problem = await retrying(until, file, () => damage(db, found.bytes <= CHECK_WHOLE));
    if (problem !== undefined) throw corrupt(file, problem);
    return over(connection, file, url, readOnly, timeout);
  } catch (error) {
    db.close();
    throw error;
  }
}

function pathOf(url: string): string {
  const plain = url.replace(/^sqlite:/, '').replace(/^file:/, '');
  const path = url.startsWith('file:') ? decodeURIComponent(plain) : plain;
  return path.startsWith('///') ? path.slice(2) : path;
}

type Libsql = typeof Database;

function build(Libsql: Libsql, temporary: string): void {
  const db = new Libsql(temporary);
  try {
    // Not as a pragma: that would make a statement, and with one libsql holds the file beyond the closing.
    db.exec(`begin immediate; ${SCHEMA} commit; pragma journal_mode = wal;`);
  } finally {
    db.close();
  }
}

interface Connection {
  readonly db: Database.Database;
  /** Lets the next who opens the file have it: libsql 0.5 does not close a connection that has made statements. */
  readonly giveBack: () => void;
}

function connectionTo(Libsql: Libsql, { path: file, idle }: OpenFile, readOnly: boolean): Connection {
  const waiting = readOnly ? idle.reading : idle.writing;
  try {
    const { db, shared } =
      waiting.length > 0
        ? { db: waiting.pop() as Database.Database, shared: true }
        : readOnly
          ? connectForReading(Libsql, file)
          : { db: new Libsql(file), shared: true };
    return { db, giveBack: () => (shared ? void waiting.push(db) : db.close()) };
  } catch (error) {
    throw new StoreUnavailable(`the file ${file} cannot be opened`, {
      hint: 'see that the path is right and that you may read it',
      cause: error,
    });
  }
}

function connectForReading(Libsql: Libsql, file: string): { readonly db: Database.Database; readonly shared: boolean } {
  // Only a name of the form of a URL can say "read only".
  const name = `file:${encodeURI(file).replaceAll('?', '%3f').replaceAll('#', '%23')}`;
  try {
    const db = new Libsql(`${name}?mode=ro`);
    rows(db, 'select 1 from sqlite_master limit 1');
    return { db, shared: true };
  } catch (error) {
    // Where nobody may write, no log can be made beside the file; without one the file cannot change while it is read.
    const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
    if (log !== undefined && log.size > 0) throw error;
    return { db: new Libsql(`${name}?mode=ro&immutable=1`), shared: false };
  }
}

function corrupt(file: string, problem: string): StoreCorrupt {
  return new StoreCorrupt(`${file} is damaged: ${problem}`, {
    hint: 'nothing was changed; restore it from a copy, or make a new one with stood store push',
  });
}

function codeOf(error: unknown): string {
  return String((error as { readonly code?: unknown }).code ?? '');
}

/** What a failure of the database means to the caller. */
function translated(error: unknown, file: string): unknown {
  if (error instanceof StoreError || error instanceof RangeError) return error;
  const [code, message] = [codeOf(error), (error as Error).message];
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new StoreLocked(`${file} is locked by another process`, {
      hint: 'wait for it to finish, or end it, then repeat the command: nothing was lost',
      cause: error,
    });
  if (code.startsWith('SQLITE_READONLY'))
    return new StoreReadOnly(`${file} may not be written`, {
      hint: 'see that you may write the file and its folder',
      cause: error,
    });
  if (code.startsWith('SQLITE_CORRUPT')) return corrupt(file, message);
  if (code.startsWith('SQLITE_NOTADB'))
    return new NotAStore(`${file} is not an SQLite file`, {
      hint: 'it was not touched; name another file for the store',
      cause: error,
    });
  if (code.startsWith('SQLITE_FULL'))
    return new StoreUnavailable(`${file} cannot grow: the disk is full`, {
      hint: 'make room and repeat the command: nothing was lost',
      cause: error,
    });
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN'))
    return new StoreUnavailable(`${file} cannot be read or written: ${message}`, {
      hint: 'see that the disk is there and that you may write the file and its folder',
      cause: error,
    });
  return error;
}

/** Leaves everything in the one file; another process that is reading may keep us from it, and will do it itself. */
function checkpoint(db: Database.Database): void {
  try {
    db.pragma('wal_checkpoint(truncate)');
  } catch {
    // The log beside the file holds what the file does not, and every reader reads both.
  }
}

/** Repeats what another process keeps us from, without blocking this one, until the time is up. */
async function retrying<T>(until: number, file: string, attempt: () => T): Promise<T> {
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    try {
      return attempt();
    } catch (error) {
      if (!codeOf(error).startsWith('SQLITE_BUSY') || Date.now() >= until) throw translated(error, file);
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  }
}

function rows(db: Database.Database, sql: string, ...bound: unknown[]): unknown[][] {
  return db
    .prepare(sql)
    .raw()
    .all(...bound) as unknown[][];
}

/** What the chain says after one more event: it covers every column but the chain itself. */
function linked(
  chain: string,
  stream: string,
  revision: number,
  created: string,
  event: Pick<Prepared, 'id' | 'type' | 'data' | 'metadata'>,
): string {
  return hash(
    'sha256',
    `${chain}\n${stream}\n${revision} ${event.id} ${created}\n${event.type}\n${event.metadata}\n${event.data}`,
  );
}

/** What is wrong with the file, if anything is: its pages, then the chain over its events. */
function damage(db: Database.Database, whole: boolean): string | undefined {
  if (whole) {
    const [[found] = []] = rows(db, 'pragma quick_check(1)');
    if (found !== 'ok') return String(found);
  }
  const [[last] = []] = rows(db, 'select coalesce(max(position), 0) from events');
  return brokenChain(db, whole ? 0 : Math.max(0, Number(last) - CHECK_LAST));
}

function brokenChain(db: Database.Database, after: number): string | undefined {
  const [[before] = [GENESIS]] = after === 0 ? [] : rows(db, 'select chain from events where position = ?', after);
  let [chain, position] = [String(before), after];
  const page = db
    .prepare(`select position, ${COLUMNS} from events where position > ? order by position limit 500`)
    .raw();
  for (;;) {
    const found = page.all(position) as [
      number,
      string,
      number,
      string,
      string,
      string,
      number,
      string,
      string,
      string,
    ][];
    if (found.length === 0) return undefined;
    for (const [at, stream, revision, id, type, created, , given, metadata, data] of found) {
      if (at !== position + 1) return `the event at position ${position + 1} is missing`;
      chain = linked(chain, stream, revision, created, { id, type, metadata, data });
      if (chain !== given)
        return `the event at position ${at} (${stream} ${revision}) is not what was appended: the chain of hashes breaks there`;
      position = at;
    }
  }
}

/** Separators that no column can hold: JSON escapes control characters, and names with them are refused. */
const [FIELD, RECORD] = ['\u001f', '\u001e'];
/** One text for a whole batch: crossing from the database once a batch, not once a value, is what makes a scan fast. */
const ROWS_AS_TEXT =
  'group_concat(concat_ws(char(31), position, stream, revision, id, type, created, metadata, data), char(30))';

/**
 * An event as one text, of which a payload is parsed when it is first looked at, so that events of other streams cost little to skip. The house's one class
 * that is no error: an object with getters of its own takes four times as long to make, longer than fetching it from the file (decision 22).
 */
class LateEvent implements StoredEvent {
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly created: string;
  readonly #text: string;
  readonly #payload: number;
  #data: JsonObject | undefined;
  #metadata: JsonObject | undefined;

  constructor(text: string) {
    let from = 0;
    const field = (): string => {
      const to = text.indexOf(FIELD, from);
      const found = text.slice(from, to);
      from = to + 1;
      return found;
    };
    this.position = field();
    this.stream = field();
    this.revision = Number(field());
    this.id = field();
    this.type = field();
    this.created = field();
    this.#text = text;
    this.#payload = from;
  }

  get metadata(): JsonObject {
    this.#metadata ??= JSON.parse(
      this.#text.slice(this.#payload, this.#text.indexOf(FIELD, this.#payload)),
    ) as JsonObject;
    return this.#metadata;
  }

  get data(): JsonObject {
    this.#data ??= JSON.parse(this.#text.slice(this.#text.indexOf(FIELD, this.#payload) + 1)) as JsonObject;
    return this.#data;
  }
}

/** Events from the text of a batch, by rising `place` (what SQL joins has no order that it must keep). */
function eventsOf(text: unknown, place: (event: StoredEvent) => number): StoredEvent[] {
  if (typeof text !== 'string') return [];
  const events = text.split(RECORD).map((one) => new LateEvent(one));
  const sorted = events.every((event, i) => i === 0 || place(events[i - 1] as StoredEvent) < place(event));
  return sorted ? events : events.sort((a, b) => place(a) - place(b));
}

function over({ db, giveBack }: Connection, file: string, url: string, readOnly: boolean, timeout: number): EventStore {
  const capabilities: Capabilities = {
    adapter: 'sqlite',
    durable: true,
    writable: !readOnly,
    shared: true,
    uniqueIds: true,
    maxEventBytes: MAX_EVENT,
    maxAppendBytes: MAX_APPEND,
  };
  const closing = new AbortController();
  const waker = wakers.get(file) ?? createWaker();
  wakers.set(file, waker);
  const once = <T>(make: () => T): (() => T) => {
    let made: T | undefined;
    return () => (made ??= make());
  };
  const raw = (sql: string) => once(() => db.prepare(sql).raw());
  const insertMany = once(() => db.prepare(insert(ROWS)));
  const lastOf = raw('select max(revision) from events where stream = ?');
  const lastRow = raw('select position, chain from events order by position desc limit 1');
  const standing = raw('select revision from events where id = ? and stream = ?');
  const weight = raw('select sum(bytes) from events where position > ? and position <= ?');
  const pageEnd = raw(
    `select max(position) from (select position, sum(bytes) over (order by position) - bytes as before from events where position > ? order by position limit ?) where before < ${BATCH_BYTES}`,
  );
  const page = raw(`select ${ROWS_AS_TEXT} from events where position > ? and position <= ?`);
  const onward = streamPages('>=', '', 'max');
  const back = streamPages('<=', 'desc', 'min');

  function streamPages(compare: string, order: string, end: string) {
    return {
      end: raw(
        `select ${end}(revision) from (select revision, sum(bytes) over (order by revision ${order}) - bytes as before from events where stream = ? and revision ${compare} ? order by revision ${order} limit ?) where before < ${BATCH_BYTES}`,
      ),
      page: raw(`select ${ROWS_AS_TEXT} from events where stream = ? and revision between ? and ?`),
    };
  }

  const open = (): void => {
    if (closing.signal.aborted) throw new StoreClosed();
  };
  const ask = async <T>(attempt: () => T): Promise<T> => {
    open();
    return retrying(Date.now() + timeout, file, () => {
      open();
      return attempt();
    });
  };
  const value = (statement: () => Database.Statement, ...bound: unknown[]): unknown =>
    (statement().get(...bound) as unknown[] | undefined)?.[0];
  const number = (found: unknown): number | undefined => (typeof found === 'number' ? found : undefined);

  const write = (stream: string, prepared: readonly Prepared[], expected: AppendOptions['expected']): Appended => {
    db.exec('begin immediate');
    try {
      const last = number(value(lastOf, stream));
      const repeated = decide(
        prepared.map(({ id }) => id),
        expected ?? 'any',
        { stream, last, revisionOf: (id) => number(value(standing, id, stream)) },
      );
      if (repeated) {
        db.exec('rollback');
        return repeated;
      }
      const [position, before] = (lastRow().get() as [number, string] | undefined) ?? [0, GENESIS];
      const created = new Date().toISOString();
      const first = last === undefined ? 0 : last + 1;
      let chain = before;
      for (let from = 0; from < prepared.length; from += ROWS) {
        const some = prepared.slice(from, from + ROWS);
        const values: unknown[] = [stream, created, position + 1 + from, first + from];
        for (const [i, event] of some.entries()) {
          chain = linked(chain, stream, first + from + i, created, event);
          values.push(event.id, event.type, event.bytes, chain, event.metadata, event.data);
        }
        (some.length === ROWS ? insertMany() : db.prepare(insert(some.length))).run(values);
      }
      db.exec('commit');
      return { revision: first + prepared.length - 1, written: prepared.length };
    } catch (error) {
      if (db.inTransaction) db.exec('rollback');
      throw error;
    }
  };

  const readPage = async (after: number, limit: number): Promise<readonly StoredEvent[]> =>
    ask(() => {
      const most = Math.min(limit, LARGEST_BATCH);
      const bytes = number(value(weight, after, after + most));
      if (bytes === undefined) return [];
      const end = bytes <= BATCH_BYTES ? after + most : number(value(pageEnd, after, most));
      return eventsOf(value(page, after, end), ({ position }) => Number(position));
    });

  async function* readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<readonly StoredEvent[]> {
    const { direction = 'forwards', batch = DEFAULT_BATCH, signal } = options;
    const forwards = direction === 'forwards';
    const pages = forwards ? onward : back;
    let at = Math.max(0, options.from ?? (forwards ? 0 : Number.MAX_SAFE_INTEGER));
    if (options.from !== undefined && options.from < 0 && !forwards) return;
    for (let left = options.limit ?? Number.POSITIVE_INFINITY; left > 0 && !signal?.aborted; ) {
      const found = await ask(() => {
        const end = number(value(pages.end, stream, at, Math.min(batch, left, LARGEST_BATCH)));
        if (end === undefined) return [];
        const rising = eventsOf(
          value(pages.page, stream, Math.min(at, end), Math.max(at, end)),
          ({ revision }) => revision,
        );
        return forwards ? rising : rising.reverse();
      });
      const last = found.at(-1);
      if (last === undefined) return;
      yield found;
      left -= found.length;
      at = last.revision + (forwards ? 1 : -1);
      if (at < 0) return;
    }
    open();
  }

  async function* readAll({
    after,
    limit = Number.POSITIVE_INFINITY,
    batch = DEFAULT_BATCH,
    signal,
  }: ReadAllOptions = {}): AsyncGenerator<readonly StoredEvent[]> {
    open();
    let at = Number(after ?? 0);
    for (let left = limit; left > 0 && !signal?.aborted; ) {
      const found = await readPage(at, Math.min(batch, left));
      if (found.length === 0) return;
      at = Number(found.at(-1)?.position);
      left -= found.length;
      yield found;
    }
  }

  async function* subscribe({ after, batch = DEFAULT_BATCH, signal }: SubscribeOptions = {}): AsyncGenerator<Notice> {
    open();
    let at = after === 'end' ? await ask(() => number(value(lastRow)) ?? 0) : Number(after ?? 0);
    let told = false;
    const over = (): boolean => signal?.aborted === true || closing.signal.aborted;
    try {
      while (!over()) {
        const found = await readPage(at, batch);
        if (over()) return;
        if (found.length > 0) {
          at = Number(found.at(-1)?.position);
          told = false;
          yield { kind: 'events', events: found, checkpoint: String(at) satisfies Position };
          await breathe();
        } else if (!told) {
          told = true;
          yield { kind: 'caught-up', checkpoint: at === 0 ? undefined : String(at) };
        } else {
          await waker.wait(POLL, signal, closing.signal);
        }
      }
    } catch (error) {
      if (!(error instanceof StoreClosed)) throw error;
    }
  }

  return {
    capabilities,
    url,
    append: async (stream: string, newEvents: readonly NewEvent[], options: AppendOptions = {}) => {
      open();
      const prepared = prepare(stream, newEvents, capabilities);
      if (readOnly)
        throw new StoreReadOnly(`${file} is open for reading only`, { hint: 'see that you may write the file' });
      const appended = await ask(() => write(stream, prepared, options.expected));
      if (appended.written > 0) waker.wake();
      return appended;
    },
    readStream,
    readAll,
    subscribe,
    fingerprint: () =>
      ask(() => {
        const [position, chain] = (lastRow().get() as [number, string] | undefined) ?? [0, GENESIS];
        return `sqlite ${position} ${chain}`;
      }),
    checkIntegrity: async () => {
      const problem = await ask(() => damage(db, true));
      if (problem !== undefined) throw corrupt(file, problem);
    },
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      if (!readOnly) checkpoint(db);
      giveBack();
    },
  };
}

/** An insert of so many rows: stream, instant, first position and first revision are given once. */
function insert(count: number): string {
  const values = Array.from(
    { length: count },
    (_, i) =>
      `(?3 + ${i}, ?1, ?4 + ${i}, ?${6 * i + 5}, ?${6 * i + 6}, ?2, ?${6 * i + 7}, ?${6 * i + 8}, ?${6 * i + 9}, ?${6 * i + 10})`,
  );
  return `insert into events (position, ${COLUMNS}) values ${values.join(', ')}`;
}

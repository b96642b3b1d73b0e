import { setMaxListeners } from 'node:events';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { NotAStore, StoreClosed, type StoreError, StoreTimeout } from '../errors.ts';
import { createWaker } from '../waiting.ts';
import type { Address } from './address.ts';
import { type Heard, probe } from './probe.ts';
import { asStoreError, type Trouble, understand } from './trouble.ts';

type Client = EventStoreDBClient;
type ClientPackage = typeof import('@eventstore/db-client');

const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5_000;
/** The first attempt of a call is given up after this share of the time that all of them may take. */
const ATTEMPTS_IN_TIME = 3;
const SHORTEST_ATTEMPT = 250;
/** A server that never answered yet is not waited for as long as one that was there a moment ago. */
const FIRST_CONTACT = 1_000;
const GOSSIP_SECONDS = 2;
/** The client waits for its streams to end; its channel is closed in any case. */
const LONGEST_FAREWELL = 1_000;

/** What the client has and does not show in its types; needed to let go of its channel, and to keep it from throwing where nobody can catch. */
interface Inside {
  getChannel(): Promise<{ close(): void }>;
  handleError(client: unknown, error: Error): Promise<void>;
  supports(...given: readonly unknown[]): Promise<boolean>;
}

export interface Attempt {
  readonly client: Client;
  readonly parts: ClientPackage;
  /** Credentials for each call: an append that brings its own is a call of its own, with a deadline that counts. */
  readonly credentials: { readonly username: string; readonly password: string };
  /** Milliseconds that this attempt may take. */
  readonly deadline: number;
}

export interface Connection {
  readonly shown: string;
  readonly timeout: number;
  readonly closing: AbortSignal;
  /** Fails with `StoreClosed` once it has been closed. */
  open(): void;
  /** The client of the moment; streams are opened on it. */
  current(): Attempt;
  /** Makes a call until it is answered, the time is over or the trouble is not one that passes. */
  call<Answer>(
    attempt: (given: Attempt) => Promise<Answer>,
    signal?: AbortSignal,
    until?: (trouble: Trouble) => Promise<Answer | undefined>,
  ): Promise<Answer>;
  /** Says that a stream is open on this client, until the returned function is called. */
  hold(client: Client): () => void;
  /** After trouble with a stream: a client that can be used again. */
  recover(failed: Client, trouble: Trouble): void;
  /** Waits before attempt number `count`, longer each time, never exactly as long as the others. */
  pause(count: number, signal?: AbortSignal): Promise<void>;
  /** The error to be thrown for this trouble, with a hint from knocking at the port. */
  explain(trouble: Trouble): Promise<StoreError>;
  close(): Promise<void>;
}

/** Loads the client package, and connects as the address says. Nothing is sent before the first call. */
export async function connect(address: Address, timeout: number): Promise<Connection> {
  const parts = await import('@eventstore/db-client');
  const closing = new AbortController();
  // Every read and subscription listens for the end; there may be many.
  setMaxListeners(0, closing.signal);
  const waker = createWaker();
  /** Clients given up that still have calls under way, which are let finish. */
  const retired = new Set<Client>();
  const held = new Map<Client, number>();
  let answered = false;
  let closed: Promise<void> | undefined;
  let client = make();

  function make(): Client {
    const common = {
      // One pass over the hosts; going on from there is this file's business, which knows how long it may take.
      maxDiscoverAttempts: 1,
      gossipTimeout: GOSSIP_SECONDS,
      nodePreference: address.nodePreference,
      keepAliveInterval: address.keepAliveInterval,
      keepAliveTimeout: address.keepAliveTimeout,
      defaultDeadline: timeout,
      ...(address.connectionName === undefined ? {} : { connectionName: address.connectionName }),
    };
    const channel = {
      insecure: !address.tls,
      ...(address.authority === undefined ? {} : { rootCertificate: address.authority }),
      ...(address.userCertificate === undefined
        ? {}
        : { userCertFile: address.userCertificate.certificate, userKeyFile: address.userCertificate.key }),
    };
    const [first] = address.hosts;
    if (first === undefined) throw new RangeError('an address has a host');
    const made =
      address.discover === 'hosts'
        ? new parts.EventStoreDBClient({ ...common, endpoints: [...address.hosts] }, channel, address.credentials)
        : address.discover === 'dns'
          ? new parts.EventStoreDBClient({ ...common, discover: first }, channel, address.credentials)
          : new parts.EventStoreDBClient({ ...common, endpoint: first }, channel, address.credentials);
    const inside = made as unknown as Inside;
    // The client does this after an error without waiting for it; when discovery fails meanwhile, nobody would catch that.
    const handle = inside.handleError;
    inside.handleError = (grpcClient, error) => handle(grpcClient, error).catch(() => undefined);
    // Without credentials of its own an append would go the way of batches, which has no deadline and drags other clients down.
    if (address.tls && address.credentials === undefined) inside.supports = async () => false;
    return made;
  }

  async function letGo(old: Client, cancel: boolean): Promise<void> {
    try {
      if (cancel) await within(old.dispose(), LONGEST_FAREWELL).catch(() => undefined);
      const channel = await (old as unknown as Inside).getChannel();
      channel.close();
    } catch {
      // It never came to a channel.
    }
  }

  function open(): void {
    if (closing.signal.aborted) throw new StoreClosed();
  }

  function current(): Attempt {
    open();
    return {
      client,
      parts,
      // On an insecure connection the client sends no credentials at all; these only choose the kind of call.
      credentials: address.credentials ?? { username: '', password: '' },
      deadline: Math.max(SHORTEST_ATTEMPT, Math.ceil(timeout / ATTEMPTS_IN_TIME)),
    };
  }

  function recover(failed: Client, trouble: Trouble): void {
    // A client that was not answered may sit on a dead connection. After any other trouble it connects again by itself.
    if (trouble.kind !== 'slow' || closing.signal.aborted || failed !== client) return;
    retired.add(client);
    letGoIfIdle(client);
    client = make();
  }

  function letGoIfIdle(old: Client): void {
    if (!retired.has(old) || (held.get(old) ?? 0) > 0) return;
    retired.delete(old);
    void letGo(old, false);
  }

  function hold(used: Client): () => void {
    held.set(used, (held.get(used) ?? 0) + 1);
    return () => {
      const left = (held.get(used) ?? 1) - 1;
      if (left > 0) held.set(used, left);
      else held.delete(used);
      letGoIfIdle(used);
    };
  }

  async function pause(count: number, signal?: AbortSignal): Promise<void> {
    const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(count, 10));
    await waker.wait(longest / 2 + (Math.random() * longest) / 2, signal, closing.signal);
  }

  async function call<Answer>(
    attempt: (given: Attempt) => Promise<Answer>,
    signal?: AbortSignal,
    until?: (trouble: Trouble) => Promise<Answer | undefined>,
  ): Promise<Answer> {
    const begun = Date.now();
    const patience = answered ? timeout : Math.min(timeout, FIRST_CONTACT);
    let before: Trouble | undefined;
    for (let count = 0; ; count += 1) {
      open();
      signal?.throwIfAborted();
      const given = current();
      const left = timeout - (Date.now() - begun);
      // Whoever was too slow once gets all the time that is left: perhaps it was not silent but busy.
      const deadline = Math.max(1, before?.kind === 'slow' ? left : Math.min(left, given.deadline));
      const release = hold(given.client);
      try {
        const answer = await within(attempt({ ...given, deadline }), deadline, closing.signal, signal);
        answered = true;
        return answer;
      } catch (error) {
        if (error instanceof StoreClosed) throw error;
        signal?.throwIfAborted();
        open();
        const trouble = understand(error);
        const settled = await until?.(trouble);
        if (settled !== undefined) return settled;
        // A last attempt that was cut short says less than the one before it.
        const telling = trouble.kind === 'slow' && deadline < given.deadline ? (before ?? trouble) : trouble;
        before = telling;
        if (!answered && count === 0 && trouble.passing) {
          const heard = await knock();
          // Waiting makes no event store of it.
          if (heard === 'web' || heard === 'tls' || heard === 'noTls') throw told(trouble, heard);
        }
        recover(given.client, trouble);
        if (trouble.passing) await pause(count, signal);
        const passed = Date.now() - begun;
        if (!trouble.passing || passed >= (telling.kind === 'slow' ? timeout : patience)) throw await explain(telling);
      } finally {
        release();
      }
    }
  }

  async function knock(): Promise<Heard | undefined> {
    const [host] = address.hosts;
    return host === undefined ? undefined : probe(host, address.tls);
  }

  async function explain(trouble: Trouble): Promise<StoreError> {
    return trouble.kind === 'down' || trouble.kind === 'slow'
      ? told(trouble, await knock())
      : asStoreError(trouble, address.shown);
  }

  function told(trouble: Trouble, heard: Heard | undefined): StoreError {
    const where = `${address.hosts[0]?.address}:${address.hosts[0]?.port}`;
    const down = (hint: string): StoreError => asStoreError({ ...trouble, kind: 'down' }, address.shown, hint);
    switch (heard) {
      case 'web':
        return new NotAStore(`${where} is no event store: a web server answers there`, {
          hint: 'the usual port of EventStoreDB and KurrentDB is 2113',
          cause: trouble.cause,
        });
      case 'tls':
        return down(`${where} speaks TLS: leave out tls=false`);
      case 'noTls':
        return down(`${where} does not speak TLS: is it an insecure server? Then add tls=false`);
      case 'nobody':
        return down(`nobody listens at ${where}: is the server up, and is this its port?`);
      default:
        return asStoreError(trouble, address.shown);
    }
  }

  async function close(): Promise<void> {
    closed ??= (async () => {
      closing.abort();
      waker.wake();
      const all = [...retired, client];
      await within(Promise.all(all.map((each) => letGo(each, true))), timeout).catch(() => undefined);
    })();
    return closed;
  }

  return {
    shown: address.shown,
    timeout,
    closing: closing.signal,
    open,
    current,
    call,
    hold,
    recover,
    pause,
    explain,
    close,
  };
}

/** The promise, or `StoreTimeout` after so many milliseconds, or `StoreClosed` when the store is closed meanwhile; nothing is left behind. */
async function within<Answer>(
  promise: Promise<Answer>,
  milliseconds: number,
  closing?: AbortSignal,
  signal?: AbortSignal,
): Promise<Answer> {
  // Whichever way the race ends, a late rejection has been seen.
  promise.catch(() => undefined);
  return new Promise<Answer>((resolve, reject) => {
    const settle = (how: () => void) => (): void => {
      clearTimeout(timer);
      closing?.removeEventListener('abort', onClose);
      signal?.removeEventListener('abort', onAbort);
      how();
    };
    const onClose = settle(() => reject(new StoreClosed()));
    const onAbort = settle(() => reject(signal?.reason));
    const timer = setTimeout(
      settle(() => reject(new StoreTimeout(`no answer within ${milliseconds} ms`))),
      milliseconds,
    );
    if (closing?.aborted) return onClose();
    closing?.addEventListener('abort', onClose, { once: true });
    signal?.addEventListener('abort', onAbort, { once: true });
    promise.then(
      (answer) => settle(() => resolve(answer))(),
      (error: unknown) => settle(() => reject(error))(),
    );
  });
}

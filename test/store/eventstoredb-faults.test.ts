import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binaryEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  AccessDenied,
  BadStoreUrl,
  EventTooLarge,
  NotAStore,
  StoreReadOnly,
  StoreTimeout,
  StoreUnavailable,
} from '../../src/store/errors.ts';
import { openEventStoreDB } from '../../src/store/eventstoredb/index.ts';
import { type EventStore, gathered, type Notice, type OpenStoreOptions } from '../../src/store/port.ts';
import {
  type Fault,
  type LoopbackOptions,
  type Method,
  makeCertificates,
  type Node,
  startCluster,
  startLoopback,
  startWebServer,
  unusedPort,
  wireErrors,
} from '../support/loopback/index.ts';
import { newEvent, newEvents } from './events.ts';

/** Milliseconds one call may take here; and what comes on top of it, at most: a knock at the port, and a slow machine. */
const TIMEOUT = 1_200;
const GRACE = 3_500;

const unhandled: unknown[] = [];
const note = (problem: unknown): void => void unhandled.push(problem);
const toClose: (() => Promise<unknown>)[] = [];
const certificates = makeCertificates();
let folder = '';
let authority = '';

beforeAll(() => {
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  folder = mkdtempSync(join(tmpdir(), 'loopback-'));
  authority = join(folder, 'ca.crt');
  writeFileSync(authority, certificates.authority);
});

afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
  expect(unhandled).toEqual([]);
});

afterAll(() => {
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
  rmSync(folder, { recursive: true, force: true });
});

async function server(options: LoopbackOptions = {}): Promise<Node> {
  const node = await startLoopback(options);
  toClose.push(() => node.close());
  return node;
}

async function opened(url: string, options: OpenStoreOptions = {}): Promise<EventStore> {
  const store = await openEventStoreDB(url, { timeout: TIMEOUT, ...options });
  toClose.unshift(() => store.close());
  return store;
}

async function serverAndStore(options: LoopbackOptions = {}): Promise<{ node: Node; store: EventStore }> {
  const node = await server(options);
  return { node, store: await opened(`esdb://${node.address}?tls=false`) };
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('should have failed'),
    (problem: unknown) => problem,
  );
}

/** What comes of it, which must come within the time a call may take. */
async function inTime<Answer>(work: Promise<Answer>, milliseconds = TIMEOUT + GRACE): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`still nothing after ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const ids = (events: readonly { readonly id: string }[]): string[] => events.map(({ id }) => id);
const inLog = (node: Node, stream: string): string[] => ids(node.log.everWritten(stream));

describe('An append survives', () => {
  const faults: readonly [string, Fault, number][] = [
    ['a connection cut before the commit', { kind: 'drop', when: 'before' }, 1],
    ['a connection cut after the commit', { kind: 'drop', when: 'after' }, 1],
    ['a connection cut after the commit, again and again', { kind: 'drop', when: 'after' }, 4],
    ['a server that never answers', { kind: 'stall', when: 'before' }, 1],
    ['a server that commits and never answers', { kind: 'stall', when: 'after' }, 1],
    ['a server that is not ready', { kind: 'error', when: 'before', error: wireErrors.notReady() }, 3],
    ['a server that is too busy', { kind: 'error', when: 'before', error: wireErrors.tooBusy() }, 1],
    ['a write that times out on the server', { kind: 'error', when: 'before', error: wireErrors.timeout() }, 1],
    [
      'a write that times out on the server and is committed after all',
      { kind: 'error', when: 'after', error: wireErrors.timeout() },
      1,
    ],
  ];
  it.each(faults)('%s', async (_, fault, times) => {
    const { node, store } = await serverAndStore();
    await store.append('m', newEvents(2));
    node.fail('append', fault, times);
    const events = newEvents(3);
    expect(await inTime(store.append('m', events, { expected: 1 }))).toEqual({ revision: 4, written: 3 });
    expect(inLog(node, 'm').slice(2)).toEqual(ids(events));
    expect(await store.append('m', events, { expected: 1 })).toEqual({ revision: 4, written: 0 });
  });

  it('an election: “not leader” leads to the leader', async () => {
    const cluster = await startCluster(3);
    toClose.push(() => cluster.close());
    const store = await opened(`esdb://${cluster.addresses}?tls=false`, { timeout: 4_000 });
    await store.append('m', newEvents(1));
    const [first, second] = cluster.nodes as [Node, Node];
    cluster.elect(second);
    const events = newEvents(2);
    expect(await inTime(store.append('m', events))).toEqual({ revision: 2, written: 2 });
    expect(second.calls.append).toBeGreaterThan(0);
    cluster.elect(first);
    await second.stop();
    expect(await inTime(store.append('m', newEvents(1)), 8_000)).toEqual({ revision: 3, written: 1 });
    expect(inLog(first, 'm')).toHaveLength(4);
  });

  it('a server that goes down and comes back', async () => {
    const { node, store } = await serverAndStore();
    await store.append('m', newEvents(1));
    await node.stop();
    const appending = store.append('m', newEvents(2));
    setTimeout(() => void node.start(), 300);
    expect(await inTime(appending)).toEqual({ revision: 2, written: 2 });
  });

  it('the death of the connection of another client in the same process', async () => {
    const { node, store } = await serverAndStore();
    const other = await serverAndStore();
    node.fail('append', { kind: 'stall', when: 'after' });
    const appending = store.append('m', newEvents(2));
    const dying = failure(other.store.append('n', newEvents(1)));
    await other.node.stop();
    expect(await inTime(appending)).toEqual({ revision: 1, written: 2 });
    expect(await inTime(dying)).toBeInstanceOf(StoreUnavailable);
  });

  it('and every append is a call of its own, never part of the shared batch', async () => {
    const { node, store } = await serverAndStore();
    await store.append('m', newEvents(2));
    expect(node.calls).toMatchObject({ append: 1, batchAppend: 0 });
    const secure = await server({ certificates, allowAnonymous: true });
    const anonymous = new EventStoreDBClient(
      { endpoint: secure.address },
      { rootCertificate: Buffer.from(certificates.authority) },
    );
    toClose.unshift(() => anonymous.dispose());
    await anonymous.appendToStream('x', jsonEvent({ type: 'T', data: {} }));
    expect(secure.calls.batchAppend).toBe(1);
    const admin = await opened(
      `esdb://admin:changeit@${secure.address.replace('127.0.0.1', 'localhost')}?tlsCAFile=${authority}`,
    );
    await admin.append('m', newEvents(1));
    expect(secure.calls).toMatchObject({ append: 1, batchAppend: 1 });
  });
});

describe('A read survives', () => {
  const faults: readonly [string, Fault, number][] = [
    ['a connection cut half way', { kind: 'drop', when: 37 }, 1],
    ['a connection cut again and again', { kind: 'drop', when: 20 }, 4],
    ['a server that falls silent half way', { kind: 'stall', when: 37 }, 1],
    ['an error half way', { kind: 'error', when: 37, error: wireErrors.notReady() }, 1],
    ['a connection cut before the first event', { kind: 'drop', when: 'before' }, 2],
    ['a connection cut when all has been sent', { kind: 'drop', when: 100 }, 1],
  ];
  it.each(faults)('%s, and gives every event once', async (_, fault, times) => {
    const { node, store } = await serverAndStore({ systemEvents: 0 });
    const events = newEvents(100);
    await store.append('m', events);
    node.fail('read', fault, times);
    expect(ids(await inTime(gathered(store.readAll({ batch: 10 }))))).toEqual(ids(events));
    node.heal();
    node.fail('read', fault, times);
    expect(ids(await inTime(gathered(store.readStream('m', { batch: 10 }))))).toEqual(ids(events));
    node.heal();
    node.fail('read', fault, times);
    expect(ids(await inTime(gathered(store.readStream('m', { batch: 10, direction: 'backwards' }))))).toEqual(
      ids(events).reverse(),
    );
  });
});

describe('What cannot be survived is reported within its time', () => {
  const hopeless: readonly [string, Fault, new (...given: never[]) => Error][] = [
    ['a server that never answers', { kind: 'stall', when: 'before' }, StoreTimeout],
    ['a server that always hangs up', { kind: 'drop', when: 'before' }, StoreUnavailable],
    ['a server that is never ready', { kind: 'error', when: 'before', error: wireErrors.notReady() }, StoreUnavailable],
    ['a refusal', { kind: 'error', when: 'before', error: wireErrors.accessDenied() }, AccessDenied],
  ];
  it.each(hopeless)('%s', async (_, fault, expected) => {
    const { node, store } = await serverAndStore();
    await store.append('m', newEvents(1));
    node.fail('append', fault, 1_000);
    node.fail('read', fault, 1_000);
    const works = [
      store.append('m', newEvents(1)),
      gathered(store.readAll()),
      gathered(store.readStream('m')),
      store.fingerprint(),
    ];
    for (const problem of await inTime(Promise.all(works.map(failure)))) expect(problem).toBeInstanceOf(expected);
  });

  it('a server that is gone for good', async () => {
    const { node, store } = await serverAndStore();
    await node.stop();
    const problem = await inTime(failure(store.append('m', newEvents(1))));
    expect(problem).toBeInstanceOf(StoreUnavailable);
    expect(problem).toMatchObject({ hint: expect.stringContaining('nobody listens at 127.0.0.1') });
  });

  it('a port at which nobody listens', async () => {
    const begun = Date.now();
    const problem = await failure(openEventStoreDB(`esdb://127.0.0.1:${await unusedPort()}?tls=false`));
    expect(problem).toBeInstanceOf(StoreUnavailable);
    expect(Date.now() - begun).toBeLessThan(2_000 + GRACE);
  });

  it('several hosts of which none listens', async () => {
    const url = `esdb://127.0.0.1:${await unusedPort()},127.0.0.1:${await unusedPort()}?tls=false`;
    expect(await inTime(failure(opened(url)))).toBeInstanceOf(StoreUnavailable);
  });

  it('a machine that takes connections and says nothing', async () => {
    const node = await server();
    node.fallSilent();
    expect(await inTime(failure(opened(`esdb://${node.address}?tls=false`)))).toBeInstanceOf(StoreTimeout);
  });

  it('a web server', async () => {
    const web = await startWebServer();
    toClose.push(() => web.close());
    const problem = await inTime(failure(opened(`esdb://127.0.0.1:${web.port}?tls=false`)));
    expect(problem).toBeInstanceOf(NotAStore);
    expect(problem).toMatchObject({ message: expect.stringContaining('a web server answers there') });
  });

  it('a server without TLS, asked with it, and the other way round', async () => {
    const plain = await server();
    const secure = await server({ certificates });
    const first = await inTime(failure(opened(`esdb://${plain.address}?tlsCAFile=${authority}`)));
    expect(first).toMatchObject({ name: 'StoreUnavailable', hint: expect.stringContaining('tls=false') });
    const second = await inTime(failure(opened(`esdb://${secure.address}?tls=false`)));
    expect(second).toMatchObject({ name: 'StoreUnavailable', hint: expect.stringContaining('speaks TLS') });
  });

  it('a certificate by an authority that nobody knows', async () => {
    const secure = await server({ certificates });
    const problem = await inTime(failure(opened(`esdb://admin:changeit@${secure.address}`)));
    expect(problem).toMatchObject({ name: 'StoreUnavailable', hint: expect.stringContaining('tlsCAFile') });
  });

  it('a wrong password, without repeating it', async () => {
    const secure = await server({ certificates });
    const problem = await inTime(
      failure(
        opened(`esdb://admin:wr0ng-secret@${secure.address.replace('127.0.0.1', 'localhost')}?tlsCAFile=${authority}`),
      ),
    );
    expect(problem).toBeInstanceOf(AccessDenied);
    expect(String((problem as Error).message)).not.toContain('wr0ng-secret');
  });

  it('a user who may not read everything', async () => {
    const secure = await server({ certificates, users: { admin: 'changeit', clerk: 'pencil' } });
    expect(
      await inTime(
        failure(
          opened(`esdb://clerk:pencil@${secure.address.replace('127.0.0.1', 'localhost')}?tlsCAFile=${authority}`),
        ),
      ),
    ).toBeInstanceOf(AccessDenied);
  });

  it('an append that is larger than the server takes, with the limit', async () => {
    const { store } = await serverAndStore({ maxAppendBytes: 50_000 });
    const problem = await inTime(failure(store.append('m', [newEvent('Long', { text: 'x'.repeat(60_000) })])));
    expect(problem).toBeInstanceOf(EventTooLarge);
    expect(problem).toMatchObject({ limit: 50_000 });
    expect(await store.append('m', newEvents(1))).toEqual({ revision: 0, written: 1 });
  });

  it('a stream that was tombstoned', async () => {
    const { node, store } = await serverAndStore();
    await store.append('m', newEvents(1));
    node.log.tombstone('m', 'any');
    expect(await gathered(store.readStream('m'))).toEqual([]);
    expect(await inTime(failure(store.append('m', newEvents(1))))).toBeInstanceOf(StoreReadOnly);
  });

  it.each([
    'esdb://',
    'esdb://admin@localhost:2113',
    'esdb://localhost:70000',
    'esdb://localhost?speed=high',
    'esdb://localhost?tlsVerifyCert=false',
    'esdb://localhost?tlsCAFile=/there/is/no/such/file.crt',
    'esdb://a:%E0%A4%A@localhost',
  ])('a connection string that is none: %s', async (url) => {
    expect(await failure(openEventStoreDB(url))).toBeInstanceOf(BadStoreUrl);
  });
});

describe('A subscription', () => {
  interface Heard {
    readonly ids: string[];
    caughtUp: number;
    fellBehind: number;
  }

  function listen(
    store: EventStore,
    batch = 10,
  ): { heard: Heard; until(so: (heard: Heard) => boolean): Promise<void>; stop(): Promise<void> } {
    const enough = new AbortController();
    const heard: Heard = { ids: [], caughtUp: 0, fellBehind: 0 };
    let problem: unknown;
    const reading = (async () => {
      for await (const notice of store.subscribe({ batch, signal: enough.signal })) {
        if (notice.kind === 'events') heard.ids.push(...ids(notice.events));
        else if (notice.kind === 'caught-up') heard.caughtUp += 1;
        else heard.fellBehind += 1;
      }
    })().catch((error: unknown) => {
      problem = error;
    });
    return {
      heard,
      async until(so) {
        const latest = Date.now() + 20_000;
        while (!so(heard)) {
          if (problem !== undefined) throw problem;
          if (Date.now() > latest)
            throw new Error(`waited in vain: ${heard.ids.length} events, ${heard.fellBehind} times behind`);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      },
      async stop() {
        enough.abort();
        await inTime(reading);
      },
    };
  }

  it.each([
    ['at any place', {}],
    ['on a server that repeats events at the edge', { transactionPositions: true }],
  ] as const)('cut fifty times %s ends with exactly the same events', async (_, options) => {
    const { node, store } = await serverAndStore(options);
    const events = newEvents(1_000);
    const { heard, until, stop } = listen(store);
    await until(({ caughtUp }) => caughtUp > 0);
    for (let cut = 0; cut < 50; cut += 1) {
      const before = node.calls.subscribe;
      // Every other time the next subscription is cut after a few events, too.
      if (cut % 2 === 0) node.fail('subscribe', { kind: 'drop', when: (cut * 7) % 23 });
      await store.append(`s-${cut % 3}`, events.slice(cut * 20, cut * 20 + 20));
      node.cut();
      await until(() => node.calls.subscribe > before);
    }
    node.heal();
    await until(({ ids: seen }) => seen.length >= 1_000);
    await stop();
    expect(heard.ids).toEqual(node.log.all.filter(({ stream }) => stream.startsWith('s-')).map(({ id }) => id));
    expect(node.calls.subscribe).toBeGreaterThan(50);
    expect(heard.fellBehind).toBeGreaterThan(0);
  });

  const faults: readonly [string, Fault][] = [
    ['a server that is not ready', { kind: 'error', when: 'before', error: wireErrors.notReady() }],
    ['a server that does not confirm it', { kind: 'stall', when: 'before' }],
    ['an error half way', { kind: 'error', when: 5, error: wireErrors.timeout() }],
    [
      'a call that is cut off, not the connection',
      { kind: 'error', when: 5, error: { code: 13, details: 'Received RST_STREAM with code 2' } },
    ],
  ];
  it.each(faults)('survives %s', async (_, fault) => {
    const { node, store } = await serverAndStore();
    const events = newEvents(30);
    await store.append('s', events);
    node.fail('subscribe', fault);
    const { heard, until, stop } = listen(store);
    await until(({ caughtUp }) => caughtUp > 0);
    expect(heard.ids).toEqual(ids(events));
    await stop();
  });

  it('lives through a night without the server', async () => {
    const { node, store } = await serverAndStore();
    const { heard, until, stop } = listen(store);
    await until(({ caughtUp }) => caughtUp > 0);
    await node.stop();
    await until(({ fellBehind }) => fellBehind > 0);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await node.start();
    const events = newEvents(3);
    node.log.append(
      's',
      events.map((event) => ({
        id: event.id,
        type: event.type,
        contentType: 'application/json',
        data: Buffer.from('{}'),
        metadata: Buffer.from('{}'),
      })),
      'any',
    );
    await until(({ ids: seen }) => seen.length === 3);
    expect(heard.ids).toEqual(ids(events));
    expect(heard.caughtUp).toBeGreaterThan(1);
    await stop();
  });

  it('moves its checkpoint past events of the server itself', async () => {
    const { node, store } = await serverAndStore();
    const [event] = newEvents(1);
    const notices: Notice[] = [];
    const enough = new AbortController();
    const reading = (async () => {
      for await (const notice of store.subscribe({ signal: enough.signal })) notices.push(notice);
    })();
    const system = () =>
      Array.from({ length: 2_000 }, () => ({
        id: randomUUID(),
        type: '$statsCollected',
        contentType: 'application/json',
        data: Buffer.from('{}'),
        metadata: Buffer.from(''),
      }));
    node.log.append('$stats-1', system(), 'any');
    if (event !== undefined) await store.append('s', [event]);
    await expect.poll(() => notices.some(({ kind }) => kind === 'events'), { timeout: 5_000 }).toBe(true);
    node.log.append('$stats-1', system(), 'any');
    await new Promise((resolve) => setTimeout(resolve, 100));
    node.cut();
    await expect
      .poll(() => notices.slice(-2).map(({ kind }) => kind), { timeout: 5_000 })
      .toEqual(['fell-behind', 'caught-up']);
    const ours = node.log.all.find(({ stream }) => stream === 's')?.position ?? 0;
    expect(Number(notices.at(-1)?.checkpoint?.split('/')[0])).toBeGreaterThan(ours);
    enough.abort();
    await reading;
  });

  it('is told when access is taken away', async () => {
    const { node, store } = await serverAndStore();
    node.fail('subscribe', { kind: 'error', when: 'before', error: wireErrors.accessDenied() });
    const reading = (async () => {
      for await (const _ of store.subscribe());
    })();
    expect(await inTime(failure(reading))).toBeInstanceOf(AccessDenied);
  });
});

describe('Other people’s events', () => {
  it('are handed on as far as they can be read, and never break a read', async () => {
    const { node, store } = await serverAndStore();
    const client = EventStoreDBClient.connectionString(`esdb://${node.address}?tls=false`);
    toClose.unshift(() => client.dispose());
    await client.appendToStream('theirs', [
      jsonEvent({ type: 'order-placed', data: { amount: 3 } }),
      jsonEvent({ type: 'list', data: [1, 2] as unknown as Record<string, unknown> }),
      binaryEvent({ type: 'picture', data: Buffer.from([1, 2, 3]), metadata: Buffer.from([255, 0]) }),
    ]);
    node.log.append(
      'broken',
      [
        {
          id: '6b1e4a2c-8f5a-4a55-9d8f-1a2b3c4d5e6f',
          type: 'odd',
          contentType: 'application/json',
          data: Buffer.from('{not json'),
          metadata: Buffer.from('"text"'),
        },
      ],
      'any',
    );
    await store.append('ours', newEvents(2));
    const events = await gathered(store.readAll());
    expect(events.map(({ stream, type }) => `${stream} ${type}`)).toEqual([
      'theirs order-placed',
      'theirs list',
      'theirs picture',
      'broken odd',
      'ours Happened',
      'ours Happened',
    ]);
    expect(events.map(({ metadata }) => metadata.$unreadable)).toEqual([
      undefined,
      'not a JSON map',
      'not JSON',
      'not a JSON map',
      undefined,
      undefined,
    ]);
    expect(events[0]?.data).toEqual({ amount: 3 });
  });

  it('in great numbers do not hide ours from a fingerprint', async () => {
    const { node, store } = await serverAndStore();
    await store.append('ours', newEvents(1));
    const before = await store.fingerprint();
    node.log.append(
      '$stats',
      [
        {
          id: 'x',
          type: '$statsCollected',
          contentType: 'application/json',
          data: Buffer.from('{}'),
          metadata: Buffer.from(''),
        },
      ],
      'any',
    );
    expect(await store.fingerprint()).toBe(before);
  });
});

describe('A fingerprint', () => {
  it('differs between two servers that end in the same event at the same place but hold different ones before it', async () => {
    const [one, other] = [await serverAndStore(), await serverAndStore()];
    const last = newEvents(1);
    for (const { store } of [one, other]) {
      await store.append('before', newEvents(1));
      await store.append('after', last);
    }
    expect(one.node.log.all.at(-1)).toMatchObject({ id: last[0]?.id, position: other.node.log.all.at(-1)?.position });
    expect(await one.store.fingerprint()).not.toBe(await other.store.fingerprint());
    expect(await one.store.fingerprint()).toBe(await one.store.fingerprint());
  });
});

describe('Nothing is left behind', () => {
  it('and nothing is waited for when a store is closed whose reads were left', async () => {
    const { store } = await serverAndStore();
    await store.append('m', newEvents(50));
    for await (const _ of store.readAll({ batch: 3 })) break;
    for await (const _ of store.readStream('m', { direction: 'backwards', limit: 1 })) break;
    for await (const _ of store.subscribe({ after: 'end' })) break;
    await store.fingerprint();
    const begun = Date.now();
    await store.close();
    expect(Date.now() - begun).toBeLessThan(500);
  });

  const counted = (): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const name of process.getActiveResourcesInfo())
      if (name.startsWith('TCP') || name === 'Timeout' || name.startsWith('TLS'))
        counts[name] = (counts[name] ?? 0) + 1;
    return counts;
  };

  it('by a store that is closed in the middle of everything', async () => {
    const cluster = await startCluster(3, { certificates });
    const url = `esdb://admin:changeit@${cluster.addresses}?tlsCAFile=${authority}`;
    await (await openEventStoreDB(url)).close();
    await cluster.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = counted();

    const again = await startCluster(3, { certificates });
    const store = await openEventStoreDB(`esdb://admin:changeit@${again.addresses}?tlsCAFile=${authority}`, {
      timeout: TIMEOUT,
    });
    await store.append('m', newEvents(50));
    const works: Promise<unknown>[] = [];
    const methods: readonly Method[] = ['append', 'read', 'subscribe'];
    for (const node of again.nodes)
      for (const method of methods) node.fail(method, { kind: 'stall', when: 'before' }, 1_000);
    for (let n = 0; n < 5; n += 1) {
      works.push(
        failure(store.append(`m-${n}`, newEvents(1))),
        failure(gathered(store.readAll())),
        failure(store.fingerprint()),
      );
      works.push(
        (async () => {
          for await (const _ of store.subscribe());
        })(),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    await inTime(store.close());
    await inTime(Promise.all(works));
    await expect.poll(() => again.nodes.map((node) => node.connections()), { timeout: 3_000 }).toEqual([0, 0, 0]);
    await again.close();
    await expect.poll(counted, { timeout: 5_000 }).toEqual(before);
  });
});

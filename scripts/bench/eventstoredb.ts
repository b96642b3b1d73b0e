import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EventStoreDBClient } from '@eventstore/db-client';
import { openEventStoreDB } from '../../src/store/eventstoredb/index.ts';
import type { EventStore } from '../../src/store/port.ts';
import type { Order, Report } from '../../test/support/loopback/serve.ts';
import { median, table } from './measure.ts';
import type { Section } from './section.ts';

const SERVER = fileURLToPath(new URL('../../test/support/loopback/serve.ts', import.meta.url));
const ROUNDS = 8;
const BATCH = 500;
const RATE = 1_000;
const MOST_TIMES = 1.15;
/** Megabytes by which the live heap may grow from the first tenth of a replay to the last and still be called flat. */
const FLAT = 16;

interface Served {
  readonly url: string;
  tell(order: Order): Promise<Report>;
  stop(): void;
}

async function served(): Promise<Served> {
  const child: ChildProcess = fork(SERVER, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const heard = async (): Promise<Report> => ((await once(child, 'message')) as [Report])[0];
  const first = await heard();
  if (!('address' in first)) throw new Error('the server did not say where it is');
  return {
    url: `esdb://${first.address}?tls=false`,
    async tell(order) {
      const answer = heard();
      child.send(order);
      return answer;
    },
    stop: () => void child.kill(),
  };
}

async function bareRead(client: EventStoreDBClient): Promise<number> {
  let count = 0;
  for await (const { event } of client.readAll()) if (event !== undefined && !event.type.startsWith('$')) count += 1;
  return count;
}

async function ourRead(store: EventStore): Promise<number> {
  let count = 0;
  for await (const batch of store.readAll({ batch: BATCH })) count += batch.length;
  return count;
}

async function seconds(work: () => Promise<number>, expected: number): Promise<number> {
  const begun = performance.now();
  const count = await work();
  if (count !== expected) throw new Error(`read ${count} events of ${expected}`);
  return (performance.now() - begun) / 1000;
}

/** Live heap in megabytes after a collection, at the end of each tenth of a replay. */
async function heapOverReplay(store: EventStore, total: number): Promise<number[]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heaps: number[] = [];
  let count = 0;
  for await (const batch of store.readAll({ batch: BATCH })) {
    count += batch.length;
    if (count < ((heaps.length + 1) * total) / 10) continue;
    collect();
    heaps.push(process.memoryUsage().heapUsed / 2 ** 20);
  }
  if (count !== total) throw new Error(`read ${count} events of ${total}`);
  return heaps;
}

/** Milliseconds from append to reader of every event, at so many a second. */
async function liveLag(store: EventStore, server: Served, forSeconds: number): Promise<number[]> {
  const lags: number[] = [];
  let producing: Promise<Report> | undefined;
  const expected = RATE * forSeconds;
  for await (const notice of store.subscribe({ after: 'end', batch: BATCH })) {
    if (notice.kind === 'caught-up') producing ??= server.tell({ rate: RATE, seconds: forSeconds });
    if (notice.kind !== 'events') continue;
    const now = Date.now();
    for (const { data } of notice.events) lags.push(now - Number(data.at));
    if (lags.length >= expected) break;
  }
  await producing;
  return lags.sort((a, b) => a - b);
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** The adapter beside the client that it is built on, both reading the loopback server in a process of its own. */
export const eventstoredb: Section = {
  name: 'eventstoredb',
  title: 'EventStoreDB',
  async run({ quick }, say) {
    const replayed = quick ? 10_000 : 100_000;
    const long = quick ? 50_000 : 1_000_000;
    const forSeconds = quick ? 3 : 20;
    const server = await served();
    const client = EventStoreDBClient.connectionString(server.url);
    const store = await openEventStoreDB(server.url);
    try {
      say(`EventStoreDB: ${replayed} events, read bare and through the adapter`);
      await server.tell({ fill: replayed });
      await bareRead(client);
      await ourRead(store);
      const [bare, ours]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round += 1) {
        // In turn who goes first, and compared pair by pair: what else the machine does falls on both.
        if (round % 2 === 0) bare.push(await seconds(() => bareRead(client), replayed));
        ours.push(await seconds(() => ourRead(store), replayed));
        if (round % 2 === 1) bare.push(await seconds(() => bareRead(client), replayed));
      }
      const ratio = median(ours.map((time, round) => time / (bare[round] ?? Number.NaN)));
      say(`EventStoreDB: live lag at ${RATE} events a second`);
      const lags = await liveLag(store, server, forSeconds);
      say(`EventStoreDB: memory while ${long} events are replayed`);
      const already = replayed + RATE * forSeconds;
      await server.tell({ fill: Math.max(0, long - already) });
      const heaps = await heapOverReplay(store, Math.max(long, already));
      const growth = (heaps.at(-1) ?? 0) - (heaps[0] ?? 0);
      const perSecond = (times: readonly number[]): string =>
        Math.round(replayed / median(times)).toLocaleString('en-GB');
      const events = Math.ceil((at(lags, 0.99) / 1000) * RATE);
      const verdict = (met: boolean): string => (met ? 'met' : 'missed');
      const rows = [
        ['bare `readAll`, events a second', perSecond(bare), ''],
        ['through the adapter, events a second', perSecond(ours), ''],
        ['adapter / bare, time', ratio.toFixed(2), `at most ${MOST_TIMES}: ${verdict(ratio <= MOST_TIMES)}`],
        [
          `live lag at ${RATE} events a second, ms (median, p99, most)`,
          [0.5, 0.99, 1].map((share) => at(lags, share)).join(', '),
          '',
        ],
        ['the same in events, p99', String(events), `less than a batch of ${BATCH}: ${verdict(events < BATCH)}`],
        [
          `live heap while replaying ${Math.max(long, already).toLocaleString('en-GB')} events, MB (first tenth, most, last)`,
          [heaps[0] ?? 0, Math.max(...heaps), heaps.at(-1) ?? 0].map((heap) => heap.toFixed(1)).join(', '),
          `grows by less than ${FLAT}: ${verdict(growth < FLAT)}`,
        ],
      ];
      return {
        markdown: [
          'The loopback server of the tests in a process of its own, which sends what it has encoded before: the client is what is measured.',
          '',
          table(['', 'measured', 'target'], rows),
        ].join('\n'),
        data: {
          replayed,
          bareSeconds: median(bare),
          adapterSeconds: median(ours),
          ratio,
          lagMilliseconds: { p50: at(lags, 0.5), p99: at(lags, 0.99), most: at(lags, 1) },
          heapMegabytes: heaps,
        },
        problems: [],
      };
    } finally {
      await client.dispose();
      await store.close();
      server.stop();
    }
  },
};

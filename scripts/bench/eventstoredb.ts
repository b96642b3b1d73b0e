import { EventStoreDBClient } from '@eventstore/db-client';
import { openEventStoreDB } from '../../src/store/eventstoredb/index.ts';
import type { EventStore } from '../../src/store/port.ts';
import type { Report } from '../../test/support/loopback/serve.ts';
import { median, memoryOver, memoryReport, quantile, table } from './measure.ts';
import type { Section } from './section.ts';
import { type Served, served } from './served.ts';

const ROUNDS = 8;
const BATCH = 500;
const RATE = 1_000;
const MOST_TIMES = 1.15;

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

/** Milliseconds from append to reader of every event, at so many a second. */
async function liveLag(store: EventStore, server: Served, forSeconds: number): Promise<number[]> {
  const lags: number[] = [];
  let producing: Promise<Report> | undefined;
  const expected = RATE * forSeconds;
  for await (const notice of store.subscribe({ after: 'end', batch: BATCH })) {
    if (notice.kind === 'caught-up') producing ??= server.tell({ rate: RATE, seconds: forSeconds });
    if (notice.kind !== 'events') continue;
    const now = Date.now();
    for (const { metadata } of notice.events) lags.push(now - Number(metadata.at));
    if (lags.length >= expected) break;
  }
  await producing;
  return lags;
}

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
      const samples = await memoryOver(store.readAll({ batch: BATCH }), Math.max(long, already));
      const memory = memoryReport(samples);
      const perSecond = (times: readonly number[]): string =>
        Math.round(replayed / median(times)).toLocaleString('en-GB');
      const events = Math.ceil((quantile(lags, 0.99) / 1000) * RATE);
      const verdict = (met: boolean): string => (met ? 'met' : 'missed');
      const rows = [
        ['bare `readAll`, events a second', perSecond(bare), ''],
        ['through the adapter, events a second', perSecond(ours), ''],
        ['adapter / bare, time', ratio.toFixed(2), `at most ${MOST_TIMES}: ${verdict(ratio <= MOST_TIMES)}`],
        [
          `live lag at ${RATE} events a second, ms (median, p99, most)`,
          [0.5, 0.99, 1].map((share) => quantile(lags, share)).join(', '),
          '',
        ],
        ['the same in events, p99', String(events), `less than a batch of ${BATCH}: ${verdict(events < BATCH)}`],
      ];
      return {
        markdown: [
          'The loopback server of the tests in a process of its own, which sends what it has encoded before: the client is what is measured.',
          '',
          table(['', 'measured', 'target'], rows),
          '',
          `Bare and adapter read in turn, ${ROUNDS} times each; the ratio is the median of the pairs. The lag is from the append on the server to the reader, by one clock. While ${Math.max(long, already).toLocaleString('en-GB')} events are replayed:`,
          '',
          memory.markdown,
        ].join('\n'),
        data: {
          replayed,
          bareSeconds: median(bare),
          adapterSeconds: median(ours),
          ratio,
          lagMilliseconds: { p50: quantile(lags, 0.5), p99: quantile(lags, 0.99), most: quantile(lags, 1) },
          memory: samples,
        },
        problems: [
          ...(ratio > MOST_TIMES
            ? [`reading through the adapter takes ${ratio.toFixed(2)} times as long as bare`]
            : []),
          ...(events >= BATCH ? [`a live reader is ${events} events behind (p99)`] : []),
          ...memory.problems,
        ],
      };
    } finally {
      await client.dispose();
      await store.close();
      server.stop();
    }
  },
};

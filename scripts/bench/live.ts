import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SHIPPED_RECORD } from '../../src/machine/cache.ts';
import { followRecord, type Live } from '../../src/machine/live.ts';
import { pushRecord } from '../../src/machine/push.ts';
import { loadRecord } from '../../src/record/load.ts';
import { uuidOf } from '../../src/store/envelope.ts';
import { openEventStoreDB } from '../../src/store/eventstoredb/index.ts';
import type { EventStore, NewEvent } from '../../src/store/port.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { median, memoryNow, ms, quantile, table } from './measure.ts';
import type { Section } from './section.ts';
import { served } from './served.ts';

const DAY = '2015-06-01';
const NEWS = 9;
const RATE = 1_000;
/** Milliseconds after which events that were appended should have been taken in. */
const PATIENCE = 60_000;
/** Events in the batches that a subscription hands on unless it is told otherwise. */
const BATCH = 500;

interface Figures {
  readonly events: number;
  /** Milliseconds until everything that the store held had been taken in, and from there to the first answer and the second. */
  readonly caughtUp: number;
  readonly firstAnswer: number;
  readonly secondAnswer: number;
  /** Milliseconds from the append of one more event until it was taken in, and from there to the first answer that knows of it. */
  readonly news: number;
  readonly answerAfterNews: number;
  /** KiB of live heap for each event. */
  readonly heapOfEach: number;
}

function body(n: number, milestone: string): NewEvent {
  const [type, effective] = ['OrganisationEstablished', '2013-04-01'];
  const data = {
    organisation: `ccg/bench-${n}`,
    name: `NHS Bench ${n} Clinical Commissioning Group`,
    kind: 'clinical-commissioning-group',
  };
  return {
    id: uuidOf(`live bench ${n}`),
    type,
    data: { id: `${milestone}/e-${n}`, type, effective, data, sources: ['a-register'] },
    metadata: {
      effective,
      sources: ['a-register'],
      recordedAt: '2026-11-21',
      milestone,
      sequence: n % BATCH,
      schema: 1,
    },
  };
}

async function timed<T>(work: () => T | Promise<T>): Promise<readonly [milliseconds: number, result: T]> {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}

/** Follows a store from its beginning, asks, and asks again after each of some news. */
async function follow(store: EventStore): Promise<Figures> {
  const before = memoryNow().heap;
  const start = performance.now();
  const live = followRecord(store);
  await live.ready;
  const caughtUp = performance.now() - start;
  const { events } = live.status();
  const ask = (): number => live.machine().at(DAY).bodies.length;
  const [firstAnswer, bodies] = await timed(ask);
  const [secondAnswer] = await timed(ask);
  const heapOfEach = ((memoryNow().heap - before) * 1024) / events;
  const [news, answers]: [number[], number[]] = [[], []];
  for (let n = 0; n < NEWS; n++) {
    const event = body(1_000_000_000 + n, 'news');
    const [taken] = await timed(async () => {
      await store.append('milestone-news', [event]);
      await until(live, events + n + 1);
    });
    const [answer, count] = await timed(ask);
    if (count !== bodies + n + 1) throw new Error(`${count} bodies instead of ${bodies + n + 1}`);
    news.push(taken);
    answers.push(answer);
  }
  await live.close();
  return {
    events,
    caughtUp,
    firstAnswer,
    secondAnswer,
    news: median(news),
    answerAfterNews: median(answers),
    heapOfEach,
  };
}

async function until(live: Live, events: number): Promise<void> {
  for (const latest = performance.now() + PATIENCE; live.status().events < events; ) {
    const { events: taken, problems } = live.status();
    if (performance.now() > latest)
      throw new Error(`${taken} events of ${events} taken in: ${problems[0]?.message ?? 'no problem is known'}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Milliseconds from the append on a server to when every projection knew of it, for every event at so many a second. */
async function lags(held: number, forSeconds: number): Promise<readonly number[]> {
  const server = await served();
  try {
    await server.tell({ fill: held });
    const store = await openEventStoreDB(server.url);
    const found: number[] = [];
    let [producing, since]: [Promise<unknown> | undefined, number] = [undefined, 0];
    const watched: EventStore = {
      ...store,
      subscribe: async function* (options) {
        for await (const notice of store.subscribe(options)) {
          yield notice;
          // Whoever asks for the next has taken this one in.
          const now = Date.now();
          if (notice.kind === 'events' && producing !== undefined)
            for (const { metadata } of notice.events)
              if (Number(metadata.at) >= since) found.push(now - Number(metadata.at));
        }
      },
    };
    const live = followRecord(watched);
    await live.ready;
    since = Date.now();
    producing = server.tell({ rate: RATE, seconds: forSeconds });
    await producing;
    await until(live, held - 1 + RATE * forSeconds);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await live.close();
    await store.close();
    return found;
  } finally {
    server.stop();
  }
}

/** A reader that follows a store and keeps every projection current. */
export const live: Section = {
  name: 'live',
  title: 'Live readers',
  async run({ quick }, say) {
    const folder = mkdtempSync(path.join(tmpdir(), 'stood-bench-'));
    try {
      const shipped = await openSqlite(`sqlite:${folder}/shipped.sqlite`);
      const pushed = await pushRecord(await loadRecord(SHIPPED_RECORD), shipped);
      if (!pushed.ok) throw new Error('the shipped record cannot be pushed');
      say('live: the shipped record');
      const ours = await follow(shipped);
      await shipped.close();
      const count = quick ? 5_000 : 50_000;
      const made = await openSqlite(`sqlite:${folder}/made.sqlite`);
      const source = { source: 'a-register', title: 'A register', publisher: 'Somebody', kind: 'register' };
      await made.append('registry-sources', [
        { id: uuidOf('live bench source'), type: 'SourceDescribed', data: source, metadata: {} },
      ]);
      for (let n = 0; n < count; n += BATCH)
        await made.append(
          `milestone-bench-${n / BATCH}`,
          Array.from({ length: BATCH }, (_, i) => body(n + i, `bench-${n / BATCH}`)),
        );
      say(`live: ${count} events`);
      const large = await follow(made);
      await made.close();
      say(`live: ${RATE} events a second`);
      const [held, forSeconds] = quick ? [1_000, 3] : [5_000, 10];
      const lag = await lags(held, forSeconds);
      const behind = Math.ceil((quantile(lag, 0.99) / 1000) * RATE);
      const both = (name: string, of: (figures: Figures) => string): string[] => [name, of(ours), of(large)];
      const markdown = [
        table(
          ['over SQLite', 'the shipped record', 'made up'],
          [
            both('events', ({ events }) => events.toLocaleString('en-GB')),
            both('caught up after, ms', ({ caughtUp }) => ms(caughtUp)),
            both('events a second meanwhile', ({ events, caughtUp }) =>
              Math.round((events / caughtUp) * 1000).toLocaleString('en-GB'),
            ),
            both('first answer (what existed on a day), ms', ({ firstAnswer }) => ms(firstAnswer)),
            both('the same asked again, ms', ({ secondAnswer }) => ms(secondAnswer)),
            both('from the append of one more event until it was taken in, ms', ({ news }) => ms(news)),
            both('first answer after it, ms', ({ answerAfterNews }) => ms(answerAfterNews)),
            both('live heap for each event, KiB', ({ heapOfEach }) => heapOfEach.toFixed(1)),
          ],
        ),
        '',
        `Over the loopback server in a process of its own, which takes in ${RATE} events a second for ${forSeconds} s, from the append to when every projection knows of it: median ${quantile(lag, 0.5)} ms, p99 ${quantile(lag, 0.99)} ms, most ${Math.max(...lag)} ms; that is ${behind} events at p99 (target: less than a batch of ${BATCH}, ${behind < BATCH ? 'met' : 'missed'}).`,
      ].join('\n');
      return {
        markdown,
        data: {
          shipped: ours,
          made: large,
          lagMilliseconds: { p50: quantile(lag, 0.5), p99: quantile(lag, 0.99), most: Math.max(...lag) },
        },
        problems: behind < BATCH ? [] : [`a live reader is ${behind} events behind (p99) at ${RATE} a second`],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

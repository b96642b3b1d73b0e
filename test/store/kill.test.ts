import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendMilestone } from '../../src/machine/append.ts';
import { compareWith, pushRecord } from '../../src/machine/push.ts';
import { readShelf, recordOf } from '../../src/machine/stored-record.ts';
import { loadRecord } from '../../src/record/load.ts';
import type { LoadedRecord } from '../../src/record/types.ts';
import { openStore } from '../../src/store/index.ts';
import { type EventStore, gathered, type StoredEvent } from '../../src/store/port.ts';
import { startLoopback } from '../support/loopback/index.ts';
import { bundled } from './bundled.ts';

/** How often to kill a writer to each kind of store; `npm run test:kill` kills two hundred times. */
const TIMES = Number(process.env.STOOD_KILLS ?? 8);
const MILESTONES = 20;
const EVENTS = 12;
/** Writers killed at one store before the work is done to its end: so that most are killed in the midst of it, not before its last step. */
const KILLS_OF_ONE = 4;

/** A store that nobody wrote to yet. */
interface Place {
  readonly url: string;
  /** Kept when nothing that a killed writer sent is still on its way. */
  readonly quiet: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

const KINDS: readonly { readonly name: string; readonly make: (name: string) => Promise<Place> }[] = [
  {
    name: 'in a file',
    make: async (name) => ({
      url: `sqlite:${path.join(folder, `${name}.sqlite`)}`,
      quiet: async () => undefined,
      dispose: async () => undefined,
    }),
  },
  {
    name: 'in an EventStoreDB',
    make: async () => {
      const node = await startLoopback();
      return {
        url: `esdb://${node.address}?tls=false`,
        quiet: async () => {
          await expect.poll(() => node.connections(), { timeout: 5_000 }).toBe(0);
          await new Promise((resolve) => setTimeout(resolve, 10));
        },
        dispose: () => node.close(),
      };
    },
  },
];

let folder: string;
let events: string;
let writer: string;
let record: LoadedRecord;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stood-kill-'));
  events = path.join(folder, 'events');
  await mkdir(events);
  await writeFile(
    path.join(events, 'sources.yaml'),
    'a-register: { title: A register, publisher: Somebody, kind: register }\n',
  );
  for (let m = 0; m < MILESTONES; m++) {
    const lines = Array.from(
      { length: EVENTS },
      (_, i) =>
        `  - { id: m-${m}/e-${i}, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/c-${m}-${i}, name: C ${m} ${i}, kind: clinical-commissioning-group }, sources: [a-register] }`,
    );
    await writeFile(
      path.join(events, `2013-04-01-m-${m}.yaml`),
      `milestone: m-${m}\ntitle: Milestone ${m}\nsummary: Some bodies began.\nrecorded: 2026-11-21\nevents:\n${lines.join('\n')}\n`,
    );
  }
  writer = await bundled(new URL('to-be-killed.ts', import.meta.url), folder);
  record = await loadRecord(events);
  expect(record.problems).toEqual([]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Killed {
  /** Revision of the last acknowledged event of each stream. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Whether it was done before it could be killed. */
  readonly finished: boolean;
}

/** Starts the writer and kills it a moment after it has been told of so many appends. */
async function killed(work: string, url: string, appends: number, moment: number): Promise<Killed> {
  const child = spawn(process.execPath, [writer, work, url, events], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += String(chunk)));
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const acknowledged = new Map<string, number>();
  let [told, finished] = [0, false];
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, stream = '', revision] = line.split(' ');
    if (word === 'ack') {
      told += 1;
      acknowledged.set(stream, Number(revision));
    }
    if (word === 'done') finished = true;
    if ((word === 'ready' && appends === 0) || (word === 'ack' && told === appends))
      setTimeout(() => child.kill('SIGKILL'), moment);
  }
  await over;
  expect(complaint).toBe('');
  return { acknowledged, finished };
}

async function withStore<T>(url: string, work: (store: EventStore) => Promise<T>): Promise<T> {
  const store = await openStore(url);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Everything that stands in the store, by stream, after seeing that it is sound and that nothing stands there twice. */
async function standing(url: string): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
  return withStore(url, async (store) => {
    await store.checkIntegrity?.();
    const found = await gathered(store.readAll());
    const ids = found.map(({ stream, id }) => `${stream} ${id}`);
    expect(new Set(ids).size).toBe(ids.length);
    const streams = new Map<string, StoredEvent[]>();
    for (const event of found) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
    for (const of of streams.values()) expect(of.map(({ revision }) => revision)).toEqual(of.map((_, i) => i));
    return streams;
  });
}

/** That every milestone stands there whole or not at all, and everything that was acknowledged does; how many are left to write. */
async function expectWhole(url: string, acknowledged: ReadonlyMap<string, number>): Promise<number> {
  const streams = await standing(url);
  for (const { slug } of record.milestones) {
    const of = streams.get(`milestone-${slug}`);
    if (of !== undefined) expect(of).toHaveLength(EVENTS + 1);
  }
  for (const [stream, revision] of acknowledged) expect(streams.get(stream)?.length).toBeGreaterThan(revision);
  return record.milestones.filter(({ slug }) => !streams.has(`milestone-${slug}`)).length;
}

async function expectRecord(url: string): Promise<void> {
  await withStore(url, async (store) => {
    const shelf = await readShelf(store);
    expect(compareWith(record, shelf, recordOf(shelf, url))).toEqual([]);
  });
}

/** Told only when it was asked how often to kill. */
const say = (line: string): void => {
  if (process.env.STOOD_KILLS !== undefined) process.stderr.write(line);
};

const anyOf = (count: number): number => Math.floor(Math.random() * count);

/** Kills so many writers of this work, each store written to until the work is done; then does the rest and compares. */
async function killAndRepeat(work: 'push' | 'append', make: (name: string) => Promise<Place>, kills: number) {
  let [place, stores, midway] = [await make(`${work}-0`), 0, 0];
  let acknowledged = new Map<string, number>();
  let left = MILESTONES;
  for (let [count, here] = [0, 0]; count < kills; ) {
    const run = await killed(work, place.url, anyOf(left), Math.random() * 8);
    await place.quiet();
    acknowledged = new Map([...acknowledged, ...run.acknowledged]);
    left = await expectWhole(place.url, acknowledged);
    if (!run.finished) {
      count += 1;
      here += 1;
      if (run.acknowledged.size > 0) midway += 1;
    }
    if (run.finished || here === KILLS_OF_ONE || count === kills) {
      await withStore(place.url, async (store) => {
        if (work === 'push') {
          expect((await pushRecord(record, store)).ok).toBe(true);
          expect(await pushRecord(record, store)).toEqual({ ok: true, appended: 0, streams: 0 });
        } else {
          const files = record.milestones.map(({ place: { file } }) => path.join(events, path.basename(file)));
          for (const file of files) expect(await appendMilestone(store, file)).toMatchObject({ ok: true });
          for (const file of files) expect(await appendMilestone(store, file)).toMatchObject({ ok: true, appended: 0 });
        }
      });
      await expectRecord(place.url);
      await place.dispose();
      stores += 1;
      place = await make(`${work}-${stores}`);
      [acknowledged, left, here] = [new Map(), MILESTONES, 0];
    }
  }
  await place.dispose();
  // The kills are spread over the work, so that it is seldom over before one of them.
  if (kills >= 20) expect(midway).toBeGreaterThan(kills / 4);
  say(`${work}: ${kills} killed, ${midway} of them between two appends of theirs, ${stores} stores\n`);
}

describe.each(KINDS)(`a store $name, its writer killed ${TIMES} times`, ({ make }) => {
  const third = Math.ceil(TIMES / 3);

  it(
    'has every acknowledged milestone of a push, each whole or not at all, none twice, and ends as if nothing had happened',
    () => killAndRepeat('push', make, third),
    third * 30_000,
  );

  it(
    'has every acknowledged milestone that was appended by hand, each whole or not at all, none twice, and ends as if nothing had happened',
    () => killAndRepeat('append', make, third),
    third * 30_000,
  );

  it(
    'has every acknowledged append, in order, none in part and at most one that nobody was told of',
    async () => {
      const place = await make('bare');
      let [before, untold] = [0, 0];
      for (let count = 0; count < TIMES - 2 * third; count++) {
        const { acknowledged } = await killed('bare', place.url, anyOf(60), Math.random() * 8);
        await place.quiet();
        const last = Math.max(before - 1, acknowledged.get('appended') ?? -1);
        const found = (await standing(place.url)).get('appended') ?? [];
        expect(found.length % 7).toBe(0);
        expect(found.length).toBeGreaterThanOrEqual(last + 1);
        expect(found.length).toBeLessThanOrEqual(last + 1 + 7);
        if (found.length > last + 1) untold += 1;
        before = found.length;
      }
      await place.dispose();
      expect(before).toBeGreaterThan(0);
      say(`bare appends: ${TIMES - 2 * third} killed, ${untold} with an append that was written and not told\n`);
    },
    third * 30_000,
  );
});

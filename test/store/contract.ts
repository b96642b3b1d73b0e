import { afterEach, describe, expect, it } from 'vitest';
import {
  BadEvent,
  EventAlreadyStored,
  EventTooLarge,
  NotSerialisable,
  StoreClosed,
  WrongExpectedRevision,
} from '../../src/store/errors.ts';
import {
  type EventStore,
  gathered,
  lastRevision,
  type NewEvent,
  type Notice,
  type StoredEvent,
  type SubscribeOptions,
} from '../../src/store/port.ts';
import { newEvent, newEvents, uuid } from './events.ts';

/** A place in which stores of one kind can be opened, as a test needs it: empty at first, gone afterwards. */
export interface Place {
  /** Opens the store; a second call opens the same one again, as another process would. */
  readonly open: () => Promise<EventStore>;
  readonly dispose: () => Promise<void>;
}

/** What every event store promises, told by examples; run unchanged against each adapter. `makePlace` makes an empty one. */
export function storeContract(name: string, makePlace: () => Promise<Place>): void {
  describe(`${name} keeps the contract of an event store`, () => {
    const toClose: (() => Promise<void>)[] = [];
    const place = async (): Promise<Place> => {
      const made = await makePlace();
      toClose.unshift(made.dispose);
      return {
        dispose: made.dispose,
        open: async () => {
          const store = await made.open();
          toClose.unshift(() => store.close());
          return store;
        },
      };
    };
    const fresh = async (): Promise<EventStore> => (await place()).open();
    afterEach(async () => {
      for (const close of toClose.splice(0)) await close();
    });

    describe('appending', () => {
      it('numbers the events of a stream from 0 and gives them back as they were', async () => {
        const store = await fresh();
        const events = [
          newEvent('Began', {
            name: 'Ünïcødé – “quoted” 😀 \u2028',
            nested: { list: [1, 2.5, -0.001, true, null, 'x'], empty: {} },
          }),
          newEvent('Ended', { big: 9007199254740991 }),
        ];
        expect(await store.append('story-one', events)).toEqual({ revision: 1, written: 2 });
        const read = await gathered(store.readStream('story-one'));
        expect(
          read.map(({ id, type, data, metadata, stream, revision }) => ({
            id,
            type,
            data,
            metadata,
            stream,
            revision,
          })),
        ).toEqual(events.map((event, revision) => ({ ...event, stream: 'story-one', revision })));
        for (const { created } of read) expect(created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/);
      });

      it('keeps the keys of a payload in the order in which they were written', async () => {
        const store = await fresh();
        await store.append('s-order', [newEvent('Counted', { zebra: 1, apple: 2, mango: { b: 1, a: 2 } })]);
        const [event] = await gathered(store.readStream('s-order'));
        expect(JSON.stringify(event?.data)).toBe('{"zebra":1,"apple":2,"mango":{"b":1,"a":2}}');
      });

      it('goes on counting from one append to the next', async () => {
        const store = await fresh();
        await store.append('s-a', newEvents(3));
        expect(await store.append('s-a', newEvents(2), { expected: 2 })).toEqual({ revision: 4, written: 2 });
        expect(await lastRevision(store, 's-a')).toBe(4);
        expect(await lastRevision(store, 's-none')).toBeUndefined();
      });

      it('takes “none” only where there is no stream, and says what it found', async () => {
        const store = await fresh();
        await store.append('s-b', newEvents(2), { expected: 'none' });
        const problem = await failure(store.append('s-b', newEvents(1), { expected: 'none' }));
        expect(problem).toBeInstanceOf(WrongExpectedRevision);
        expect(problem).toMatchObject({ stream: 's-b', expected: 'none', found: 1 });
        expect(await lastRevision(store, 's-b')).toBe(1);
      });

      it('takes “exists” only where there is one', async () => {
        const store = await fresh();
        const problem = await failure(store.append('s-c', newEvents(1), { expected: 'exists' }));
        expect(problem).toBeInstanceOf(WrongExpectedRevision);
        expect(problem).toMatchObject({ expected: 'exists', found: undefined });
        await store.append('s-c', newEvents(1));
        expect(await store.append('s-c', newEvents(1), { expected: 'exists' })).toEqual({ revision: 1, written: 1 });
      });

      it.each([
        ['behind', 0],
        ['ahead', 7],
      ])('refuses an expected revision that is %s, and writes nothing', async (_, expected) => {
        const store = await fresh();
        await store.append('s-d', newEvents(3));
        const problem = await failure(store.append('s-d', newEvents(2), { expected }));
        expect(problem).toBeInstanceOf(WrongExpectedRevision);
        expect(problem).toMatchObject({ stream: 's-d', expected, found: 2 });
        expect(await lastRevision(store, 's-d')).toBe(2);
      });

      it('refuses a revision of a stream that does not exist', async () => {
        const store = await fresh();
        expect(await failure(store.append('s-e', newEvents(1), { expected: 0 }))).toMatchObject({
          name: 'WrongExpectedRevision',
          found: undefined,
        });
        expect(await lastRevision(store, 's-e')).toBeUndefined();
      });

      it.each(['any', 'none', 'exists', 2] as const)(
        'answers a repeated append (%s) as it did the first time, and writes nothing',
        async (expected) => {
          const store = await fresh();
          if (expected !== 'none') await store.append('s-f', newEvents(3));
          const events = newEvents(4);
          const first = await store.append('s-f', events, { expected });
          expect(first.written).toBe(4);
          expect(await store.append('s-f', events, { expected })).toEqual({ revision: first.revision, written: 0 });
          await store.append('s-f', newEvents(1));
          expect(await store.append('s-f', events, { expected })).toEqual({ revision: first.revision, written: 0 });
          expect(await lastRevision(store, 's-f')).toBe(first.revision + 1);
        },
      );

      it('does not take an append for a repetition when only a part of it stands there', async () => {
        const store = await fresh();
        const [a, b, c] = newEvents(3) as [NewEvent, NewEvent, NewEvent];
        await store.append('s-g', [a, b]);
        expect(await failure(store.append('s-g', [a, b, c], { expected: 'none' }))).toBeInstanceOf(
          WrongExpectedRevision,
        );
        if (store.capabilities.uniqueIds)
          expect(await failure(store.append('s-g', [b, c], { expected: 1 }))).toBeInstanceOf(EventAlreadyStored);
        expect(await lastRevision(store, 's-g')).toBe(1);
      });

      it('lets one id stand in two streams: ids belong to content', async () => {
        const store = await fresh();
        const events = newEvents(2);
        await store.append('s-h', events);
        expect(await store.append('s-i', events)).toEqual({ revision: 1, written: 2 });
      });

      it('refuses what is no event before anything is sent', async () => {
        const store = await fresh();
        await store.append('s-j', newEvents(1));
        const [good] = newEvents(1) as [NewEvent];
        expect(await failure(store.append('s-j', []))).toBeInstanceOf(RangeError);
        expect(await failure(store.append('s-j', [good, { ...good, id: 'not-a-uuid' }]))).toBeInstanceOf(BadEvent);
        expect(await failure(store.append('s-j', [good, good]))).toBeInstanceOf(BadEvent);
        expect(await failure(store.append('s-j', [{ ...good, type: '' }]))).toBeInstanceOf(BadEvent);
        expect(await failure(store.append('$secret', [good]))).toBeInstanceOf(BadEvent);
        expect(await failure(store.append('', [good]))).toBeInstanceOf(BadEvent);
        expect(await lastRevision(store, 's-j')).toBe(0);
      });

      it('refuses a payload that JSON would lose, says where, and leaves the store as it was', async () => {
        const store = await fresh();
        const circle: Record<string, unknown> = {};
        circle.self = circle;
        const bad: [unknown, string][] = [
          [{ n: 10n }, 'data.n'],
          [{ deep: { list: [1, Number.NaN] } }, 'data.deep.list[1]'],
          [{ when: new Date(0) }, 'data.when'],
          [{ map: new Map() }, 'data.map'],
          [{ f: () => 1 }, 'data.f'],
          [{ cut: '\ud800' }, 'data.cut'],
          [circle, 'data.self'],
          [[], 'data'],
        ];
        for (const [data, path] of bad) {
          const problem = await failure(
            store.append('s-k', [newEvent('Good', {}), { ...newEvent('Bad', {}), data: data as NewEvent['data'] }]),
          );
          expect(problem).toBeInstanceOf(NotSerialisable);
          expect(problem).toMatchObject({ path });
        }
        expect(await lastRevision(store, 's-k')).toBeUndefined();
        expect(await store.append('s-k', newEvents(1))).toEqual({ revision: 0, written: 1 });
      });

      it('refuses an event of 20 MB with its size and the limit, and goes on', async () => {
        const store = await fresh();
        const problem = await failure(store.append('s-l', [newEvent('Huge', { text: 'x'.repeat(20 * 1024 * 1024) })]));
        expect(problem).toBeInstanceOf(EventTooLarge);
        expect((problem as EventTooLarge).bytes).toBeGreaterThan(20 * 1024 * 1024);
        expect((problem as EventTooLarge).limit).toBe(store.capabilities.maxEventBytes);
        expect(await store.append('s-l', newEvents(1))).toEqual({ revision: 0, written: 1 });
      });

      it('takes a whole milestone of a thousand events at once', async () => {
        const store = await fresh();
        expect(await store.append('s-m', newEvents(1000), { expected: 'none' })).toEqual({
          revision: 999,
          written: 1000,
        });
        expect((await gathered(store.readStream('s-m'))).map(({ revision }) => revision)).toEqual(
          Array.from({ length: 1000 }, (_, i) => i),
        );
      });

      it('lets one of many that append at once win, tells the others, and interleaves nothing', async () => {
        const shared = await place();
        const stores = [await shared.open(), await shared.open()];
        const tries = Array.from({ length: 8 }, (_, i) => ({
          events: newEvents(5, { writer: i }),
          store: stores[i % 2] as EventStore,
        }));
        const results = await Promise.allSettled(
          tries.map(({ store, events }) => store.append('s-n', events, { expected: 'none' })),
        );
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        for (const result of results)
          if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(WrongExpectedRevision);
        const winner = tries[results.findIndex(({ status }) => status === 'fulfilled')];
        expect((await gathered((stores[0] as EventStore).readStream('s-n'))).map(({ id }) => id)).toEqual(
          winner?.events.map(({ id }) => id),
        );
      });
    });

    describe('reading a stream', () => {
      it('has nothing to say of a stream that does not exist', async () => {
        expect(await gathered((await fresh()).readStream('s-nobody'))).toEqual([]);
      });

      it('reads from a revision, both ways, as many as asked', async () => {
        const store = await fresh();
        await store.append('r-a', newEvents(10));
        const revisions = async (options: Parameters<EventStore['readStream']>[1]) =>
          (await gathered(store.readStream('r-a', options))).map(({ revision }) => revision);
        expect(await revisions({ from: 7 })).toEqual([7, 8, 9]);
        expect(await revisions({ from: 2, limit: 3 })).toEqual([2, 3, 4]);
        expect(await revisions({ direction: 'backwards', limit: 2 })).toEqual([9, 8]);
        expect(await revisions({ direction: 'backwards', from: 2 })).toEqual([2, 1, 0]);
        expect(await revisions({ from: 10 })).toEqual([]);
      });

      it('hands out batches no larger than asked and none of them empty', async () => {
        const store = await fresh();
        await store.append('r-b', newEvents(10));
        const sizes: number[] = [];
        for await (const batch of store.readStream('r-b', { batch: 4 })) sizes.push(batch.length);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(10);
        for (const size of sizes) expect(size).toSatisfy((n: number) => n >= 1 && n <= 4);
      });

      it('may be left at any time', async () => {
        const store = await fresh();
        await store.append('r-c', newEvents(100));
        for (let i = 0; i < 20; i++)
          for await (const batch of store.readStream('r-c', { batch: 3 })) if (batch.length > 0) break;
        expect(await store.append('r-c', newEvents(1))).toMatchObject({ written: 1 });
      });
    });

    describe('reading everything', () => {
      it('gives every stream its own order, all of them in that of the store', async () => {
        const store = await fresh();
        await store.append('all-a', newEvents(2));
        await store.append('all-b', newEvents(2));
        await store.append('all-a', newEvents(1));
        const seen = (await gathered(store.readAll())).filter(ours('all-'));
        expect(seen.map(({ stream, revision }) => `${stream}@${revision}`)).toEqual([
          'all-a@0',
          'all-a@1',
          'all-b@0',
          'all-b@1',
          'all-a@2',
        ]);
      });

      it('resumes after any position without losing or repeating an event', async () => {
        const store = await fresh();
        for (let i = 0; i < 5; i++) await store.append(`pos-${i % 2}`, newEvents(3));
        const all = (await gathered(store.readAll())).filter(ours('pos-'));
        expect(all).toHaveLength(15);
        for (const [i, { position }] of all.entries()) {
          expect(
            (await gathered(store.readAll({ after: position, batch: 2 }))).filter(ours('pos-')).map(({ id }) => id),
          ).toEqual(all.slice(i + 1).map(({ id }) => id));
        }
        const [first] = await gathered(store.readAll({ after: all[3]?.position, limit: 1 }));
        expect(first?.id).toBe(all[4]?.id);
      });

      it('gives positions that another opening of the store understands', async () => {
        const shared = await place();
        const store = await shared.open();
        await store.append('pos-x', newEvents(4));
        const [, second] = (await gathered(store.readAll())).filter(ours('pos-'));
        const other = await shared.open();
        expect(
          (await gathered(other.readAll({ after: second?.position })))
            .filter(ours('pos-'))
            .map(({ revision }) => revision),
        ).toEqual([2, 3]);
      });

      it('keeps to bounded batches', async () => {
        const store = await fresh();
        await store.append('batch-a', newEvents(25));
        for await (const batch of store.readAll({ batch: 10 }))
          expect(batch.length).toSatisfy((n: number) => n >= 1 && n <= 10);
      });
    });

    describe('following', () => {
      it('gives what stands there, says so, then what is appended, each once and in order', async () => {
        const store = await fresh();
        await store.append('live-a', newEvents(3));
        const heard = listen(store, 'live-', { batch: 2 });
        await heard.until((log) => log.caughtUp > 0 && log.events.length === 3);
        await store.append('live-a', newEvents(2));
        await store.append('live-b', newEvents(1));
        await heard.until((log) => log.events.length === 6);
        expect(heard.log.events.map(({ stream, revision }) => `${stream}@${revision}`)).toEqual([
          'live-a@0',
          'live-a@1',
          'live-a@2',
          'live-a@3',
          'live-a@4',
          'live-b@0',
        ]);
        await heard.stop();
      });

      it('hears what another opening of the store appends', async () => {
        const shared = await place();
        const heard = listen(await shared.open(), 'live-');
        await heard.until((log) => log.caughtUp > 0);
        await (await shared.open()).append('live-c', newEvents(3));
        await heard.until((log) => log.events.length === 3);
        await heard.stop();
      });

      it('resumes after a checkpoint where the last reader left off', async () => {
        const store = await fresh();
        await store.append('live-d', newEvents(5));
        let checkpoint: string | undefined;
        const seen: number[] = [];
        for await (const notice of store.subscribe({ batch: 2 })) {
          if (notice.kind === 'events')
            seen.push(...notice.events.filter(ours('live-')).map(({ revision }) => revision));
          checkpoint = notice.checkpoint;
          if (seen.length >= 2) break;
        }
        await store.append('live-d', newEvents(1));
        const heard = listen(store, 'live-', { after: checkpoint });
        await heard.until((log) => log.events.some(({ revision }) => revision === 5));
        expect([...seen, ...heard.log.events.map(({ revision }) => revision)]).toEqual([0, 1, 2, 3, 4, 5]);
        await heard.stop();
      });

      it('from the end hears only what is new', async () => {
        const store = await fresh();
        await store.append('live-e', newEvents(3));
        const heard = listen(store, 'live-', { after: 'end' });
        await heard.until((log) => log.caughtUp > 0);
        await store.append('live-e', newEvents(1));
        await heard.until((log) => log.events.length > 0);
        expect(heard.log.events.map(({ revision }) => revision)).toEqual([3]);
        await heard.stop();
      });

      it('ends quietly on a signal, and when the store is closed', async () => {
        const store = await fresh();
        const enough = new AbortController();
        const first = ended(store.subscribe({ signal: enough.signal }));
        const second = ended(store.subscribe());
        await new Promise((done) => setTimeout(done, 30));
        enough.abort();
        await first;
        await store.close();
        await second;
        expect(await ended(aborted(await fresh()))).toBe(0);
      });

      it('serves several readers at once, each at its own pace', async () => {
        const store = await fresh();
        const heard = Array.from({ length: 5 }, () => listen(store, 'live-', { batch: 7 }));
        for (let i = 0; i < 10; i++) await store.append(`live-${i % 3}`, newEvents(5));
        await Promise.all(heard.map((one) => one.until((log) => log.events.length === 50)));
        for (const { log } of heard)
          expect(log.events.map(({ id }) => id)).toEqual(heard[0]?.log.events.map(({ id }) => id));
        for (const one of heard) await one.stop();
      });
    });

    describe('as a whole', () => {
      it('tells by its fingerprint whether anything changed, where it can tell', async () => {
        const shared = await place();
        const store = await shared.open();
        await store.append('fp-a', newEvents(1));
        const before = await store.fingerprint();
        if (before === undefined) return;
        expect(await store.fingerprint()).toBe(before);
        expect(await (await shared.open()).fingerprint()).toBe(before);
        await store.append('fp-a', newEvents(1));
        expect(await store.fingerprint()).not.toBe(before);
      });

      it('may be closed twice, and then says that it is closed', async () => {
        const store = await fresh();
        await store.append('end-a', newEvents(1));
        await store.close();
        await store.close();
        expect(await failure(store.append('end-a', newEvents(1)))).toBeInstanceOf(StoreClosed);
        expect(await failure(gathered(store.readAll()))).toBeInstanceOf(StoreClosed);
        expect(await failure(gathered(store.readStream('end-a')))).toBeInstanceOf(StoreClosed);
      });

      it('holds what was acknowledged for whoever opens it next', async () => {
        const shared = await place();
        const first = await shared.open();
        if (!first.capabilities.durable) return;
        const events = newEvents(3, { word: uuid() });
        await first.append('end-b', events);
        await first.close();
        expect(
          (await gathered((await shared.open()).readStream('end-b'))).map(({ id, data }) => ({ id, data })),
        ).toEqual(events.map(({ id, data }) => ({ id, data })));
      });

      it('shows no password in its URL', async () => {
        expect((await fresh()).url).not.toMatch(/:[^/@]+@/);
      });
    });
  });
}

/** Events of the streams of one test; a shared server holds others. */
function ours(prefix: string): (event: StoredEvent) => boolean {
  return ({ stream }) => stream.startsWith(prefix);
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => expect.fail(`should have failed, but answered ${JSON.stringify(value)}`),
    (problem: unknown) => problem,
  );
}

interface Log {
  readonly events: StoredEvent[];
  caughtUp: number;
  fellBehind: number;
}

/** Reads a subscription in the background and waits, at most ten seconds, for what a test expects of it. */
function listen(store: EventStore, prefix: string, options: SubscribeOptions = {}) {
  const log: Log = { events: [], caughtUp: 0, fellBehind: 0 };
  const enough = new AbortController();
  let problem: unknown;
  const reading = (async () => {
    for await (const notice of store.subscribe({ ...options, signal: enough.signal })) {
      if (notice.kind === 'events') log.events.push(...notice.events.filter(ours(prefix)));
      else if (notice.kind === 'caught-up') log.caughtUp++;
      else log.fellBehind++;
    }
  })().catch((error: unknown) => {
    problem = error;
  });
  return {
    log,
    until: async (so: (log: Log) => boolean): Promise<void> => {
      const latest = Date.now() + 10_000;
      while (!so(log)) {
        if (problem !== undefined) throw problem;
        if (Date.now() > latest)
          throw new Error(`waited in vain; heard ${log.events.length} events, caught up ${log.caughtUp} times`);
        await new Promise((done) => setTimeout(done, 5));
      }
    },
    stop: async (): Promise<void> => {
      enough.abort();
      await reading;
    },
  };
}

async function ended(iterable: AsyncIterable<unknown>): Promise<number> {
  let heard = 0;
  for await (const one of iterable) if ((one as Notice).kind === 'events') heard++;
  return heard;
}

function aborted(store: EventStore): AsyncIterable<Notice> {
  return store.subscribe({ signal: AbortSignal.abort() });
}

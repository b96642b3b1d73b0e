import { DOMParser } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { storeSource } from '../../src/http/source.ts';
import { appendWritten } from '../../src/machine/append.ts';
import { changeLogOf, createChangeLog } from '../../src/machine/change-log.ts';
import { openStore } from '../../src/store/index.ts';
import type { EventStore } from '../../src/store/port.ts';
import { established, milestone, pushFolder, shelve, withFolder } from '../store/worlds.ts';
import { door, jsonAt, smallFolder, smallSource, TODAY } from './door.ts';

interface Feed {
  readonly changes: readonly {
    readonly position: string;
    readonly id: string;
    readonly href: string;
    readonly event: { readonly sentence: string } | null;
  }[];
  readonly next: string;
  readonly more: boolean;
}

const FIRST = milestone('founding', '2026-11-01', established('founding/a', 'ccg/a', 'A', '2013-04-01'));

/** A random number generator that gives the same each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function withStore(work: (store: EventStore, url: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const url = `sqlite:${folder}/feed.sqlite`;
    const store = await openStore(url);
    await pushFolder(await shelve(folder, { '2013-04-01-founding.yaml': FIRST }), store);
    try {
      await work(store, url);
    } finally {
      await store.close();
    }
  });
}

/** Milestone number n: one body, dated and recorded in no order at all. */
function numbered(n: number): string {
  return milestone(
    `later-${n}`,
    '2026-11-21',
    established(`later-${n}/x`, `ccg/x-${n}`, `X ${n}`, `${1995 + ((n * 7) % 25)}-04-01`),
    established(`later-${n}/y`, `ccg/y-${n}`, `Y ${n}`, '2013-04-01'),
  );
}

describe('the change feed of a record in a folder', () => {
  it('is the order of its lock, page after page, each event once', async () => {
    const app = door(await smallSource());
    const ids = (await changeLogOf(await smallFolder())).after(undefined, 100)?.events.map(({ id }) => id) ?? [];
    expect(ids.length).toBe(11);
    for (const limit of [1, 2, 5, 11, 12]) {
      const heard: string[] = [];
      let next = `/changes?limit=${limit}`;
      for (let more = true; more; ) {
        const feed = (await jsonAt(app, next)) as Feed;
        expect(feed.changes.length).toBeLessThanOrEqual(limit);
        heard.push(...feed.changes.map(({ id }) => id));
        [next, more] = [feed.next, feed.more];
      }
      expect(heard).toEqual(ids);
      const after = (await jsonAt(app, next)) as Feed;
      expect([after.changes, after.next, after.more]).toEqual([[], next, false]);
    }
  });

  it('tells each event, and where it is', async () => {
    const app = door(await smallSource());
    const { changes } = (await jsonAt(app, '/changes')) as Feed;
    for (const { event, href } of changes) {
      expect(event?.sentence).not.toBe('');
      expect((await app.request(href)).status).toBe(200);
    }
  });

  it('what is not locked has no place in it', async () => {
    const log = createChangeLog();
    log.add([
      { position: '1', id: 'a/1' },
      { position: '2', id: 'a/2' },
    ]);
    log.add([
      { position: '3', id: 'a/2' },
      { position: '4', id: 'a/3' },
    ]);
    expect(log.after('1', 10)).toEqual({
      events: [
        { position: '2', id: 'a/2' },
        { position: '4', id: 'a/3' },
      ],
      last: '4',
      more: false,
    });
    expect(log.after('3', 10)).toBeUndefined();
    expect(log.after('4', 10)).toEqual({ events: [], last: '4', more: false });
  });

  it('is Atom too, well formed, with the way to the next page', async () => {
    const app = door(await smallSource());
    const answer = await app.request('/changes?limit=3', { headers: { accept: 'application/atom+xml' } });
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const feed = new DOMParser().parseFromString(await answer.text(), 'text/xml');
    expect(feed.documentElement?.namespaceURI).toBe('http://www.w3.org/2005/Atom');
    const entries = feed.getElementsByTagName('entry');
    expect(entries.length).toBe(3);
    for (const name of ['id', 'title', 'updated']) expect(entries.item(0)?.getElementsByTagName(name).length).toBe(1);
    const next = Array.from(feed.getElementsByTagName('link')).find((link) => link.getAttribute('rel') === 'next');
    expect(next?.getAttribute('href')).toBe('/changes?after=3&limit=3');
    expect((await app.request('/changes.atom?after=3&limit=3')).status).toBe(200);
  });
});

describe('the change feed of a store', () => {
  it('a reader who polls at random while others append misses none and hears none twice', async () => {
    await withStore(async (store, url) => {
      const source = await storeSource(url, { today: () => TODAY });
      try {
        const app = door(source);
        for (const seed of [1, 2, 3]) {
          const random = seeded(seed);
          const before = (await jsonAt(app, '/changes?limit=1000')) as Feed;
          const heard: string[] = [];
          let next = before.next;
          const poll = async () => {
            const feed = (await jsonAt(
              app,
              next.replace(/limit=\d+/, `limit=${1 + Math.floor(random() * 4)}`),
            )) as Feed;
            heard.push(...feed.changes.map(({ id }) => id));
            next = feed.next;
            return feed.changes.length;
          };
          const appended: string[] = [];
          const appending = (async () => {
            for (let n = 0; n < 12; n++) {
              const number = seed * 100 + n;
              const done = await appendWritten(store, { name: 'm.yaml', text: numbered(number) });
              expect(done.ok).toBe(true);
              appended.push(`later-${number}/x`, `later-${number}/y`);
              await new Promise((resolve) => setTimeout(resolve, random() * 20));
            }
          })();
          let over = false;
          appending.finally(() => {
            over = true;
          });
          while (!over) {
            await poll();
            await new Promise((resolve) => setTimeout(resolve, random() * 30));
          }
          await appending;
          const log = await source.log();
          for (const until = Date.now() + 10_000; !log.has(appended.at(-1) ?? '') && Date.now() < until; )
            await new Promise((resolve) => setTimeout(resolve, 10));
          while ((await poll()) > 0);
          expect(heard).toEqual(appended);
        }
        // Whoever begins at the beginning hears the same, and so does a server that is started anew.
        const all = (await jsonAt(app, '/changes?limit=1000')) as Feed;
        expect(all.changes.every(({ event }) => event !== null)).toBe(true);
        const again = await storeSource(url, { today: () => TODAY });
        const other = (await jsonAt(door(again), '/changes?limit=1000')) as Feed;
        await again.close();
        expect(other.changes).toEqual(all.changes);
      } finally {
        await source.close();
      }
    });
  }, 120_000);

  it('is told live as it comes, from where a reader left off', async () => {
    await withStore(async (store) => {
      const source = await storeSource(store, { today: () => TODAY });
      const stop = new AbortController();
      const app = createApp({ source, signal: stop.signal });
      try {
        const first = ((await jsonAt(app, '/changes')) as Feed).changes[0]?.position ?? '';
        const live = await app.request('/changes/live');
        const resumed = await app.request('/changes/live', { headers: { 'last-event-id': first } });
        expect(live.headers.get('content-type')).toContain('text/event-stream');
        await appendWritten(store, { name: 'm.yaml', text: numbered(1) });
        for (const answer of [live, resumed]) {
          const text = await readUntil(answer, /later-1\/y/);
          const heard = [...text.matchAll(/^data: (.*)$/gm)].map(
            ([, data = '']) => (JSON.parse(data) as { id: string }).id,
          );
          expect(heard).toEqual(['later-1/x', 'later-1/y']);
          expect([...text.matchAll(/^id: (.*)$/gm)].length).toBe(2);
        }
        expect((await app.request('/changes/live?after=nowhere')).status).toBe(404);
      } finally {
        stop.abort();
        await source.close();
      }
    });
  });

  it('and health tells how far behind it is', async () => {
    await withStore(async (store) => {
      const source = await storeSource(store, { today: () => TODAY });
      const app = door(source);
      const health = (await jsonAt(app, '/health')) as {
        status: string;
        edition: string;
        events: number;
        store: { caughtUp: boolean; lagMilliseconds: number };
      };
      expect(health).toMatchObject({
        status: 'ok',
        events: 1,
        store: { caughtUp: true, lagMilliseconds: 0, adapter: 'sqlite' },
      });
      expect(health.edition).toBe((await source.machine()).edition);
      expect(JSON.stringify(health)).not.toContain('feed.sqlite');
      await source.attached?.live.close();
      const failing = await app.request('/health');
      expect([failing.status, ((await failing.json()) as { status: string }).status]).toEqual([503, 'failing']);
      await source.close();
    });
  });
});

async function readUntil(answer: Response, wanted: RegExp): Promise<string> {
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader && !wanted.test(text)) {
    const { value, done } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return text;
}

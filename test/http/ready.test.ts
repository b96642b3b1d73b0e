import fc from 'fast-check';
import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { Access } from '../../src/http/app.ts';
import { createReady, type Incoming } from '../../src/http/ready.ts';
import { folderSource, storeSource } from '../../src/http/source.ts';
import { openStore } from '../../src/store/index.ts';
import { established, milestone, pushFolder, shelve, withFolder } from '../store/worlds.ts';
import { door, smallFolder, smallSource, TODAY } from './door.ts';

/** Asks as Node's server does: with the request as it was read at hand. */
async function ask(app: Hono, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
  const incoming: Incoming = { method, url: path, headers, rawHeaders: Object.entries(headers).flat() };
  return app.fetch(new Request(`http://stood.test${path}`, { headers, method }), { incoming });
}

async function told(response: Response): Promise<unknown> {
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

describe('an answer that was given before', () => {
  it('is the same to the last header, for every form that was asked for', async () => {
    const app = door(await smallSource());
    for (const path of ['/at/2016-01-01.json', '/at/2016-01-01', '/', '/body/ccg/west', '/find?q=west', '/at/2016.csv'])
      for (const headers of [
        {},
        { accept: 'text/html' },
        { accept: 'application/json' },
        { 'accept-encoding': 'gzip' },
      ] as Record<string, string>[]) {
        const plain = await told(await app.request(path, { headers }));
        expect(await told(await ask(app, path, headers))).toEqual(plain);
        expect(await told(await ask(app, path, headers))).toEqual(plain);
      }
  });

  it('is not given to one who has it already, asks for the head alone or for a moment, or sends too many headers', async () => {
    const app = door(await smallSource());
    const first = await ask(app, '/at/2016-01-01.json');
    const etag = first.headers.get('etag') ?? '';
    expect((await ask(app, '/at/2016-01-01.json', { 'if-none-match': etag })).status).toBe(304);
    const head = await ask(app, '/at/2016-01-01.json', {}, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    await ask(app, '/');
    expect((await ask(app, '/', { 'accept-datetime': 'Fri, 01 Jan 2016 00:00:00 GMT' })).status).toBe(302);
    const many = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`x-${i}`, '1']));
    expect((await ask(app, '/at/2016-01-01.json', many)).status).toBe(431);
  });

  it('gives way when the day turns', async () => {
    let today = TODAY;
    const app = door(await folderSource({ folder: await smallFolder(), today: () => today, cache: false }));
    const seen = async () => ((await (await ask(app, '/at/today.json')).json()) as { at: string }).at;
    expect([await seen(), await seen()]).toEqual(['2026-11-22', '2026-11-22']);
    today++;
    expect([await seen(), await seen()]).toEqual(['2026-11-23', '2026-11-23']);
  });

  it('gives way when the record takes something in', async () => {
    await withFolder(async (folder) => {
      const store = await openStore(`sqlite:${folder}/open.sqlite`);
      const first = milestone('founding', '2026-11-01', established('founding/a', 'ccg/a', 'A', '2013-04-01'));
      await pushFolder(await shelve(folder, { '2013-04-01-founding.yaml': first }), store);
      const source = await storeSource(store, { today: () => TODAY });
      const app = door(source);
      try {
        const bodies = async () => (await (await ask(app, '/at/2016-01-01.json')).text()).match(/ccg\/[ab]"/g);
        const before = await bodies();
        expect(await bodies()).toEqual(before);
        const later = milestone('later', '2026-11-21', established('later/b', 'ccg/b', 'B', '2015-04-01'));
        await pushFolder(
          await shelve(`${folder}/more`, { '2013-04-01-founding.yaml': first, '2015-04-01-later.yaml': later }),
          store,
        );
        await expect.poll(bodies, { timeout: 5000 }).toContain('ccg/b"');
        expect(before).not.toContain('ccg/b"');
      } finally {
        await source.close();
      }
    });
  });

  it('is in the access log as the first was', async () => {
    const log: Access[] = [];
    const app = door(await smallSource(), { onAccess: (access) => log.push(access) });
    await ask(app, '/at/2016-01-01.json?kind=ccg');
    await ask(app, '/at/2016-01-01.json?kind=ccg');
    const lines = log.map(({ time: _, milliseconds: __, ...rest }) => rest);
    expect(lines[0]).toEqual({ method: 'GET', path: '/at/2016-01-01.json', status: 200, bytes: expect.any(Number) });
    expect(lines[1]).toEqual(lines[0]);
  });

  it('is made again when it was too much to keep', async () => {
    const app = door(await smallSource(), { cacheBytes: 0 });
    const first = await told(await ask(app, '/at/2016-01-01.json'));
    expect(await told(await ask(app, '/at/2016-01-01.json'))).toEqual(first);
  });
});

describe('what is remembered by how it was asked for', () => {
  const asked = fc.record({
    url: fc.constantFrom('/a', '/b', '/a?x=1', `/${'x'.repeat(3000)}`),
    accept: fc.option(fc.constantFrom('text/html', 'a/b', 'y'.repeat(600)), { nil: undefined }),
    method: fc.constantFrom('GET', 'HEAD', 'POST'),
    known: fc.boolean(),
    state: fc.constantFrom('one', 'two', undefined),
    keep: fc.boolean(),
  });

  it('is found for the very same asking in the very same state, and for nothing else', () => {
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 40 }), (steps) => {
        let state: string | undefined;
        const ready = createReady<number>(() => state, 64);
        let oracle: { readonly key: string; readonly value: number }[] = [];
        let of: string | undefined;
        for (const [place, { url, accept, method, known, state: now, keep }] of steps.entries()) {
          state = now;
          const headers = { ...(accept ? { accept } : {}), ...(known ? { 'if-none-match': '"x"' } : {}) };
          const incoming: Incoming = { method, url, headers, rawHeaders: [] };
          const looked = method === 'GET' && !known && url.length < 3000 && (accept ?? '').length < 600;
          if (looked && of !== now) {
            oracle = [];
            of = now;
          }
          const key = JSON.stringify([url, accept ?? '']);
          if (keep) {
            ready.keep(incoming, place);
            if (looked && now !== undefined)
              oracle = [...oracle.filter((one) => one.key !== key), { key, value: place }];
          } else {
            const expected = looked && now !== undefined ? oracle.find((one) => one.key === key)?.value : undefined;
            expect(ready.get(incoming)).toBe(expected);
          }
        }
      }),
    );
  });
});

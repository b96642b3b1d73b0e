import { gunzipSync } from 'node:zlib';
import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCache } from '../../src/http/cache.ts';
import { dayOfHttpDate, httpDate } from '../../src/http/memento.ts';
import type { Source } from '../../src/http/source.ts';
import { dayFromCivil, parseIsoDay } from '../../src/time/day.ts';
import { door, smallSource } from './door.ts';

let source: Source;
let app: Hono;
beforeAll(async () => {
  source = await smallSource();
  app = door(source);
});

const etagAt = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
  (await app.request(path, { headers })).headers.get('etag') ?? '';

describe('what is known already is not sent again', () => {
  it('304 for the tag that was given, compressed or not, and for *', async () => {
    const etag = await etagAt('/at/2013-04-01.json');
    const packed = await etagAt('/at/2013-04-01.json', { 'accept-encoding': 'gzip' });
    expect(packed).toBe(etag.replace(/"$/, '-gzip"'));
    for (const tag of [etag, packed, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await app.request('/at/2013-04-01.json', { headers: { 'if-none-match': tag } });
      expect([tag, again.status, await again.text(), again.headers.get('etag')]).toEqual([tag, 304, '', etag]);
    }
    expect((await app.request('/at/2013-04-01.json', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('the tag differs by day, format, clock and edition', async () => {
    const other = door(
      await smallSource([
        {
          type: 'OrganisationEstablished',
          effective: '2013-04-01',
          data: { organisation: 'ccg/a', name: 'A', kind: 'clinical-commissioning-group' },
        },
      ]),
    );
    const tags = [
      await etagAt('/at/2013-04-01.json'),
      await etagAt('/at/2013-04-02.json'),
      await etagAt('/at/2013-04-01.html'),
      await etagAt('/at/2013-04-01.json?publishedBy=2020-01-01'),
      (await other.request('/at/2013-04-01.json')).headers.get('etag'),
    ];
    expect(new Set(tags).size).toBe(tags.length);
    expect(await etagAt('/at/2013-04-01.json?dates=legal&kind=CCG')).toBe(
      await etagAt('/at/2013-04-01.json?kind=CCG&dates=legal'),
    );
  });

  it('an answer that hangs on today has another tag tomorrow; one of a past day keeps it', async () => {
    let day = parseIsoDay('2026-11-22') ?? 0;
    const moving = door({ ...source, today: () => day });
    const tags = async () =>
      Promise.all(
        ['/.json', '/at/2013-04-01.json', '/at/today.json'].map(async (path) =>
          (await moving.request(path)).headers.get('etag'),
        ),
      );
    const before = await tags();
    day++;
    const after = await tags();
    expect(after.map((tag, n) => tag === before[n])).toEqual([false, true, false]);
  });

  it('for ever only where nothing can change: an edition, or a day of the record that is over', async () => {
    const { edition } = await source.machine();
    const cached = async (path: string) => (await app.request(path)).headers.get('cache-control');
    const [short, forEver] = ['public, max-age=60', 'public, max-age=31536000, immutable'];
    expect(await cached('/at/2013-04-01.json')).toBe(short);
    expect(await cached('/at/2013-04-01.json?recordedBy=2026-11-21')).toBe(forEver);
    expect(await cached('/at/2013-04-01.json?recordedBy=2026-11-22')).toBe(short);
    expect(await cached('/at/2013-04-01.json?recordedBy=2026-11-23')).toBe(short);
    expect(await cached('/at/2013-04-01.json?recordedBy=yesterday')).toBe(short);
    expect(await cached(`/at/2013-04-01.json?edition=${edition}`)).toBe(forEver);
    expect(await cached(`/at/2013-04-01.json?edition=${edition.slice(0, 12)}`)).toBe(forEver);
    expect(await cached('/.json?recordedBy=2026-11-21')).toBe(short);
    expect(await cached('/at/yesterday.json?recordedBy=2026-11-21')).toBe(short);
    expect(await cached('/nowhere')).toBe('no-store');
  });
});

describe('compressed where that is taken', () => {
  it('and the same when it is unpacked', async () => {
    const plain = await app.request('/at/2013-04-01.json');
    const packed = await app.request('/at/2013-04-01.json', { headers: { 'accept-encoding': 'br, gzip' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    const bytes = Buffer.from(await packed.arrayBuffer());
    expect(packed.headers.get('content-length')).toBe(String(bytes.byteLength));
    expect(gunzipSync(bytes).toString()).toBe(await plain.text());
    expect(plain.headers.get('content-encoding')).toBeNull();
  });

  it('not what is too short to gain by it', async () => {
    const answer = await app.request('/count/CCG.json?at=2013-04-01', { headers: { 'accept-encoding': 'gzip' } });
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(1024);
    expect(answer.headers.get('content-encoding')).toBeNull();
  });
});

describe('HEAD, CORS and what a browser may do', () => {
  it('HEAD says what GET would, without the answer', async () => {
    for (const path of ['/', '/at/2013-04-01.json', '/nowhere', '/changes', '/timemap', '/health']) {
      const [get, head] = [await app.request(path), await app.request(path, { method: 'HEAD' })];
      expect(head.status).toBe(get.status);
      expect(await head.text()).toBe('');
      for (const name of ['content-type', 'etag', 'cache-control', 'content-length', 'link'])
        expect([path, name, head.headers.get(name)]).toEqual([path, name, get.headers.get(name)]);
    }
  });

  it('anybody may read from a page of theirs, and a preflight is answered', async () => {
    const answer = await app.request('/at/2013-04-01.json', { headers: { origin: 'https://example.org' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-expose-headers')).toContain('ETag');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    const preflight = await app.request('/at/2013-04-01.json', {
      method: 'OPTIONS',
      headers: { origin: 'https://example.org', 'access-control-request-method': 'GET' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS');
  });

  it('every answer, right or wrong, forbids what is not a file of ours', async () => {
    for (const path of ['/', '/kinds.json', '/nowhere', '/changes', '/health', `/at/${'x'.repeat(3000)}`]) {
      const { headers } = await app.request(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    }
  });
});

describe('mementos', () => {
  it('a moment leads to its day, from / and from /at', async () => {
    for (const path of ['/', '/at', '/at?kind=CCG']) {
      const gate = await app.request(path, { headers: { 'accept-datetime': 'Mon, 01 Apr 2013 10:30:00 GMT' } });
      expect(gate.status).toBe(302);
      expect(gate.headers.get('location')).toBe(`/at/2013-04-01${path.includes('?') ? '?kind=CCG' : ''}`);
      expect(gate.headers.get('vary')).toContain('Accept-Datetime');
      expect(gate.headers.get('link')).toContain('rel="original timegate"');
      expect(gate.headers.get('memento-datetime')).toBeNull();
    }
  });

  it('before the first day of the record it leads to the first, after today to today', async () => {
    const to = async (moment: string) =>
      (await app.request('/at', { headers: { 'accept-datetime': moment } })).headers.get('location');
    expect(await to('Thu, 01 Jan 1970 00:00:00 GMT')).toBe('/at/2012-04-01');
    expect(await to('Sun, 01 Apr 2012 00:00:00 GMT')).toBe('/at/2012-04-01');
    expect(await to('Mon, 23 Nov 2026 00:00:00 GMT')).toBe('/at/2026-11-22');
    expect((await app.request('/at', { headers: { 'accept-datetime': '2013-04-01' } })).status).toBe(400);
    expect((await app.request('/', { headers: { 'accept-datetime': 'Sat, 30 Feb 2013 00:00:00 GMT' } })).status).toBe(
      400,
    );
  });

  it('a day says which moment it is, and the way to its neighbours', async () => {
    const { headers } = await app.request('/at/2013-04-01.json');
    expect(headers.get('memento-datetime')).toBe('Mon, 01 Apr 2013 00:00:00 GMT');
    expect(headers.get('link')).toBe(
      [
        '</at>; rel="original timegate"',
        '</timemap>; rel="timemap"; type="application/link-format"',
        '</at/2012-04-01>; rel="first memento"; datetime="Sun, 01 Apr 2012 00:00:00 GMT"',
        '</at/2012-04-01>; rel="prev memento"; datetime="Sun, 01 Apr 2012 00:00:00 GMT"',
        '</at/2015-06-01>; rel="next memento"; datetime="Mon, 01 Jun 2015 00:00:00 GMT"',
        '</at/2022-07-01>; rel="last memento"; datetime="Fri, 01 Jul 2022 00:00:00 GMT"',
      ].join(', '),
    );
    expect((await app.request('/at/2013-04.json')).headers.get('memento-datetime')).toBeNull();
  });

  it('the time map has every day on which something changed', async () => {
    const answer = await app.request('/timemap');
    expect(answer.headers.get('content-type')).toBe('application/link-format; charset=utf-8');
    const map = await answer.text();
    expect([...map.matchAll(/<\/at\/([\d-]+)>/g)].map(([, day]) => day)).toEqual([
      '2012-04-01',
      '2013-04-01',
      '2015-06-01',
      '2016-01-01',
      '2017-01-01',
      '2022-07-01',
    ]);
    for (const [, path = ''] of map.matchAll(/<([^>]+)>/g))
      expect([200, 302]).toContain((await app.request(path)).status);
  });

  it('moments are written and read as HTTP does, whatever the year', () => {
    expect(httpDate(dayFromCivil(1948, 7, 5))).toBe('Mon, 05 Jul 1948 00:00:00 GMT');
    expect(httpDate(dayFromCivil(1970, 1, 1))).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
    expect(httpDate(dayFromCivil(2024, 2, 29))).toBe('Thu, 29 Feb 2024 00:00:00 GMT');
    for (let day = -20_000; day < 40_000; day += 37) {
      expect(httpDate(day)).toBe(new Date(day * 86_400_000).toUTCString());
      expect(dayOfHttpDate(httpDate(day))).toBe(day);
    }
    expect(dayOfHttpDate('Mon, 1 Apr 2013 00:00:00 GMT')).toBeUndefined();
  });
});

describe('a date that was typed', () => {
  it.each([
    ['1 April 2013', '/at/2013-04-01'],
    ['1/4/2013', '/at/2013-04-01'],
    ['', '/at/2026-11-22'],
    ['2018-06', '/at/2018-06'],
    ['someday', '/at/someday'],
  ])('“%s” leads to %s', async (typed, to) => {
    const answer = await app.request(`/at?date=${encodeURIComponent(typed)}&kind=&publishedBy=2020-01-01`);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `${to}?publishedBy=2020-01-01`]);
  });
});

describe('a date that was typed, and a selection of several kinds', () => {
  it('goes along whole', async () => {
    const answer = await app.request('/at?date=2013-04-01&kind=CCG&kind=ICB&publishedBy=');
    expect(answer.headers.get('location')).toBe('/at/2013-04-01?kind=CCG,ICB');
    expect((await app.request('/at?date=2013-04-01&partOf=region/a&partOf=region/b')).status).toBe(400);
  });
});

describe('long lists come in parts', () => {
  it('that together are the whole, each leading to the next', async () => {
    const whole = (await (await app.request('/timeline.json')).json()) as { readonly events: readonly unknown[] };
    for (const limit of [1, 2, 3, 5, 100]) {
      const cut = door(source, { mostListed: limit });
      const gathered: unknown[] = [];
      let next: string | undefined = '/timeline.json';
      for (let part = 0; next !== undefined && part < 50; part++) {
        const answer: Response = await cut.request(next);
        const { events } = (await answer.json()) as { readonly events: readonly unknown[] };
        expect(events.length).toBeLessThanOrEqual(limit);
        gathered.push(...events);
        next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
        if (limit < whole.events.length) expect(answer.headers.get('x-total-count')).toBe(String(whole.events.length));
      }
      expect(gathered).toEqual(whole.events);
    }
  });

  it('an asker may ask for a part, and gets the way back too', async () => {
    const answer = await app.request('/at/2013-04-01.json?limit=1&offset=1&kind=CCG');
    expect(((await answer.json()) as { bodies: readonly { id: string }[] }).bodies.map(({ id }) => id)).toEqual([
      'ccg/west',
    ]);
    expect(answer.headers.get('link')).toContain('</at/2013-04-01.json?limit=1&offset=0&kind=CCG>; rel="prev"');
    expect(answer.headers.get('link')).not.toContain('rel="next"');
  });
});

describe('the cache of answers', () => {
  const made = (bytes: number) => ({ body: new Uint8Array(bytes), mediaType: 'text/plain', headers: {} });

  it('holds no more than it may, and forgets what was not used for longest', () => {
    const cache = createCache(10_500);
    for (const name of ['a', 'b', 'c', 'd']) cache.set(name, made(2000));
    expect(cache.get('a')).toBeDefined();
    cache.set('e', made(1500));
    expect(['a', 'b', 'c', 'd', 'e'].map((name) => cache.get(name) !== undefined)).toEqual([
      true,
      false,
      true,
      true,
      true,
    ]);
    expect(cache.bytes).toBeLessThanOrEqual(10_500);
  });

  it('takes nothing that would fill it alone, counts what it replaces, and can be emptied', () => {
    const cache = createCache(10_000);
    cache.set('large', made(9000));
    expect(cache.get('large')).toBeUndefined();
    cache.set('a', made(1000));
    const { bytes } = cache;
    cache.set('a', made(1000));
    expect(cache.bytes).toBe(bytes);
    cache.clear();
    expect([cache.bytes, cache.get('a')]).toEqual([0, undefined]);
  });
});

import { describe, expect, it } from 'vitest';
import { RESOURCES } from '../../src/http/resources/index.ts';
import { door, smallSource } from './door.ts';

/** So many; a number in STOOD_ADDRESSES asks for more. */
const ADDRESSES = Number(process.env.STOOD_ADDRESSES ?? 10_000);

/** A random number generator that gives the same each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

const random = seeded(20_261_122);
const below = (n: number): number => Math.floor(random() * n);
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
const some = (most: number, make: () => string): string => Array.from({ length: below(most + 1) }, make).join('');

const SIGNS = [
  'a',
  'Z',
  '0',
  '9',
  '-',
  '.',
  '..',
  '/',
  '//',
  '%',
  '%2e',
  '%2F',
  '%00',
  '%ff',
  '%E2%82',
  '%F0%9F%8F%A5',
  '~',
  '*',
  "'",
  '"',
  '<',
  '>',
  '&',
  '=',
  '+',
  ';',
  ':',
  '@',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '|',
  '\\',
  '^',
  '`',
  '$',
  '!',
  ',',
  'é',
  '漢',
  '🏥',
  '\u202e',
  ' ',
];
const WORDS = [
  '2013-04-01',
  '2013-02-30',
  '0000-00-00',
  '9999-12-31',
  '10000-01-01',
  '-2013-01-01',
  '1 April 2013',
  '31/12/2012',
  '2013',
  '2012/13',
  '2013-04',
  'today',
  'yesterday',
  '2013-04-01..2022-07-01',
  '..',
  '...',
  '2022-07-01..',
  '..2013',
  'ccg/east',
  'ccg/west',
  'icb/whole',
  'ccg/north',
  'region/south',
  'status/x',
  'groups',
  'boards',
  'boards/whole',
  'CCG',
  'ICB',
  'clinical-commissioning-group',
  '1',
  '99',
  '-1',
  '0',
  '1e9',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'true',
  'NaN',
  'x'.repeat(190),
  'east',
  'South',
  '01A',
  'day',
  'change',
  'both',
  'legal',
  'operational',
  'https://example.org/',
  'javascript:alert(1)',
  '<script>',
  "' OR 1=1 --",
  '$' + '{7*7}',
  '{{7*7}}',
  '\r\nset-cookie: a=b',
];
const PARAMETERS = [
  'at',
  'publishedBy',
  'recordedBy',
  'dates',
  'kind',
  'partOf',
  'without',
  'limit',
  'offset',
  'edition',
  'q',
  'about',
  'from',
  'to',
  'every',
  'direction',
  'milestone',
  'theme',
  'toKind',
  'changedOnly',
  'predict',
  'after',
  'date',
  '__proto__',
  'constructor',
  '',
];
const ENDINGS = ['', '', '', '.json', '.html', '.csv', '.ttl', '.svg', '.ics', '.md', '.atom', '.xml', '.'];
const PATTERNS = [
  ...RESOURCES.flatMap(({ paths }) => paths),
  '/changes',
  '/changes/live',
  '/timemap',
  '/health',
  '/openapi.json',
  '/milestones',
  '/assets/{file}',
  '/favicon.ico',
  '/at',
];
const HEADERS: readonly (readonly [string, () => string])[] = [
  [
    'accept',
    () =>
      pick([
        '*/*',
        'text/html',
        'application/json',
        'text/turtle;q=0.5, */*;q=0',
        'image/png',
        ',,,;;;q=q',
        'a/b;q=2;q=-1',
        '*',
        some(30, () => pick(SIGNS.slice(0, 30)).replace(/[^\x20-\x7e]/g, '')),
      ]),
  ],
  ['accept-encoding', () => pick(['gzip', 'gzip;q=0', '*', 'br', ';;;', 'identity;q=0'])],
  [
    'accept-datetime',
    () =>
      pick([
        'Mon, 01 Apr 2013 00:00:00 GMT',
        'Sat, 30 Feb 2013 00:00:00 GMT',
        'now',
        '2013-04-01',
        'Mon, 99 Xxx 9999 99:99:99 GMT',
      ]),
  ],
  ['if-none-match', () => pick(['*', '"x"', 'W/"x", "y"', '"', ','.repeat(500)])],
  ['last-event-id', () => pick(['1', '5', 'x', '__proto__'])],
  ['host', () => pick(['example.org', '[::1]', 'x'.repeat(100)])],
  ['origin', () => pick(['https://example.org', 'null'])],
  ['range', () => 'bytes=0-10'],
  ['authorization', () => pick(['Bearer x', 'Basic Og=='])],
  ['content-type', () => pick(['text/plain', 'multipart/form-data'])],
  ['x-forwarded-prefix', () => pick(['/evil', '//evil.example'])],
];

const value = (): string => (random() < 0.75 ? pick(WORDS) : some(12, () => pick(SIGNS)));
const coded = (text: string): string =>
  random() < 0.85 ? encodeURIComponent(text).replaceAll('%2F', random() < 0.7 ? '/' : '%2F') : text;

function address(): string {
  if (random() < 0.1) return `/${some(40, () => pick(SIGNS))}`;
  const path = pick(PATTERNS).replace(/\{\w+…?\}/g, () => coded(value()));
  const ending = pick(ENDINGS);
  const query =
    random() < 0.5
      ? ''
      : `?${Array.from({ length: 1 + below(4) }, () => `${pick(PARAMETERS)}=${coded(value())}`).join('&')}`;
  return `${path}${ending}${query}`;
}

describe(`${ADDRESSES.toLocaleString('en-GB')} random addresses with random headers`, () => {
  it('never a fault, never a trace of the works, and no memory kept', async () => {
    const app = door(await smallSource(), { cacheBytes: 4 * 1024 * 1024 });
    const statuses = new Map<number, number>();
    let settled = 0;
    for (let n = 0; n < ADDRESSES; n++) {
      const path = address();
      const headers: Record<string, string> = {};
      for (let left = below(4); left > 0; left--) {
        const [name, make] = pick(HEADERS);
        headers[name] = make();
      }
      const method = pick(['GET', 'GET', 'GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE']);
      let request: Request;
      try {
        request = new Request(`http://localhost${path.startsWith('/') ? path : `/${path}`}`, { method, headers });
      } catch {
        continue; // What cannot even be sent.
      }
      const answer = await app.request(request);
      const text = await answer.text();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status >= 500 || /\bat \S+ \(?\S+\.ts:\d+|node_modules|Error: /.test(text))
        throw new Error(`${method} ${path} ${JSON.stringify(headers)}: ${answer.status} ${text.slice(0, 300)}`);
      if (answer.status >= 400 && method !== 'HEAD') {
        expect(answer.headers.get('content-type')).toMatch(/^(application\/problem\+json|text\/html); charset=utf-8$/);
        expect(text.length).toBeLessThan(20_000);
      }
      const location = answer.headers.get('location');
      if (location !== null) expect(location).toMatch(/^\/(?!\/)/);
      if (n === Math.floor(ADDRESSES / 3)) settled = heap();
    }
    for (const status of [200, 302, 304, 400, 404, 405, 406])
      expect([status, (statuses.get(status) ?? 0) > 0]).toEqual([status, true]);
    expect(heap() - settled).toBeLessThan(60 * 1024 * 1024);
  }, 180_000);
});

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

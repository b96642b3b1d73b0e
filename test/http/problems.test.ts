import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { door, jsonAt, linksIn, smallSource } from './door.ts';

let app: Hono;
beforeAll(async () => {
  app = door(await smallSource());
});

interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly hint?: string;
  readonly near?: readonly { readonly title: string; readonly href: string }[];
}

/** An address, the status it must have, and what must be said. */
const WRONG: readonly (readonly [path: string, status: number, says: RegExp])[] = [
  ['/at/2013-02-30', 400, /is not a day[\s\S]*last day was 28 February 2013/],
  ['/at/2013-04-31.json', 400, /is not a day/],
  ['/at/someday', 400, /not a date this program can read[\s\S]*write 2013-04-01/],
  ['/at/2013-04-02..2013-04-01', 400, /./],
  ['/at/2013-04-01..never', 400, /not a date/],
  ['/at/2013-04-01?publishedBy=never', 400, /published by/],
  ['/at/2013-04-01?recordedBy=2013-13-01', 400, /recorded by/],
  ['/at/2013-04-01?dates=both', 400, /“dates” cannot be read/],
  ['/at/2013-04-01?kind=wizard', 400, /unknown kind: wizard/],
  ['/at/2013-04-01?partOf=region/nowhere', 400, /nothing in the record is called region\/nowhere/],
  ['/at/2013-04-01?publishdBy=2013-01-01', 400, /no parameter “publishdBy”[\s\S]*did you mean publishedBy/],
  ['/at/2013-04-01?publishedBy=2013-01-01&publishedBy=2014-01-01', 400, /“publishedBy” is given 2 times/],
  ['/at/2013-04-01?limit=0', 400, /from 1 to/],
  ['/at/2013-04-01?limit=ten', 400, /whole number/],
  [`/at/2013-04-01?partOf=${'x'.repeat(201)}`, 400, /“partOf” cannot be read/],
  [`/at/2013-04-01?${Array.from({ length: 25 }, (_, n) => `utm_${n}=1`).join('&')}`, 400, /more than 24 parameters/],
  ['/at/2013-04-01?edition=0123456789ab', 404, /edition/],
  ['/at/2013-04-01?edition=xyz', 400, /“edition” cannot be read/],
  ['/at/2013-04-01?without=boards/whol', 400, /did you mean boards\/whole/],
  ['/body/ccg/eest', 404, /did you mean ccg\/east/],
  ['/body/', 404, /nothing at this address/],
  ['/lineage/nothing', 404, /nothing in the record is called nothing/],
  ['/lineage/ccg/east?direction=up', 400, /“direction” cannot be read/],
  ['/reform/gruops', 404, /no milestone is called gruops[\s\S]*did you mean groups/],
  ['/reform/groups/99', 404, /groups has no step 99/],
  ['/reform/groups/one', 404, /groups has no step one/],
  ['/count/wizards', 404, /neither a kind of body nor a status/],
  ['/count/CCG?at=2013', 400, /is a span/],
  ['/count/CCG?at=2013-04-01&every=year', 400, /leave one of them out/],
  ['/count/CCG?every=day&from=1900-01-01&to=2100-01-01', 400, /more than 5000/],
  ['/event/boards/whol', 404, /did you mean boards\/whole/],
  ['/without/none', 404, /no event has the id none/],
  ['/find', 400, /nothing to find was given/],
  ['/timeline?from=2020&to=2010', 400, /ends .* before it begins/],
  ['/timeline?theme=wizardry', 400, /no milestone has the theme/],
  ['/reform', 404, /nothing at this address/],
  ['/reforns', 404, /did you mean \/reforms/],
  ['/..%2f..%2f..%2fetc/passwd', 404, /nothing at this address/],
  ['/body/..%2f..%2fetc%2fpasswd', 404, /nothing in the record/],
  ['/assets/..%2fpackage.json', 404, /no such file/],
  ['/assets/%2e%2e/package.json', 404, /./],
  ['/body/%E0%A4%A', 400, /not text in UTF-8/],
  ['/body/%ff%fe', 400, /not text in UTF-8/],
  ['/body/ccg/east%00', 400, /not text in UTF-8/],
  ['/body/ccg/east%0d%0aset-cookie:x', 400, /not text in UTF-8/],
  ['/a/b/c/d/e/f/g/h/i/j', 404, /so many parts/],
  [`/body/${'x'.repeat(3000)}`, 414, /at most 2048/],
  [`/find?q=${'x'.repeat(3000)}`, 414, /at most 2048/],
  [`/at/${'9'.repeat(10_000_000)}`, 414, /at most 2048/],
  [`/find?q=${'x'.repeat(201)}`, 400, /“q” cannot be read: it has more than 200 characters/],
  ['/at?date=2013-04-01&date=2014-04-01', 400, /“date” is given 2 times/],
  ['/at?from=2013-04-01&to=2014-04-01&to=2015-04-01', 400, /“to” is given 2 times/],
  ['/changes?after=nowhere', 404, /no place/],
  ['/changes?limit=5000', 400, /from 1 to 1000/],
  ['/changes?since=2026-01-01', 400, /no parameter “since”/],
  ['/changes?after=1&after=2', 400, /given 2 times/],
  ['/changes/live', 404, /no store is attached/],
  ['/milestones', 404, /nothing at this address/],
];

describe('what cannot be answered', () => {
  it.each(WRONG.map(([path, status, says]) => [path.slice(0, 80), path, status, says] as const))(
    '%s',
    async (_, path, status, says) => {
      const answer = await app.request(path, { headers: { accept: 'application/json' } });
      const text = await answer.text();
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      const { type, title, status: told, detail, hint } = JSON.parse(text) as ProblemDocument;
      expect(`${detail}\n${hint ?? ''}`).toMatch(says);
      expect(told).toBe(status);
      expect(title).not.toBe('');
      expect(type).toMatch(/^\/api#[a-z-]+$/);
      expect(text.length).toBeLessThan(4000);
      expect(text).not.toMatch(/\bat .*\.ts:\d+|node_modules/);
    },
  );

  it('the type of each problem is told with the addresses', async () => {
    const { problems } = (await jsonAt(app, '/api.json')) as {
      readonly problems: readonly { readonly type: string }[];
    };
    const types = new Set<string>();
    for (const [path] of WRONG.slice(0, 30))
      types.add(
        ((await jsonAt(app, path, { headers: { accept: 'application/json' } })) as ProblemDocument).type.slice(5),
      );
    expect([...types].sort()).toEqual(['asked-wrongly', 'not-found']);
    for (const type of types) expect(problems.map((one) => one.type)).toContain(`/api#${type}`);
  });

  it('near names are links that answer', async () => {
    const { near = [] } = (await jsonAt(app, '/body/ccg/eest')) as ProblemDocument;
    expect(near.map(({ href }) => href)).toContain('/body/ccg/east');
    for (const { href } of near) expect((await app.request(href)).status).toBe(200);
  });

  it('a browser gets a page, with the same words and links, and nothing it was sent as markup', async () => {
    const answer = await app.request('/body/<script>alert(1)<%2Fscript>', {
      headers: { accept: 'text/html,*/*;q=0.8' },
    });
    const html = await answer.text();
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).not.toContain('<script>alert');
    expect(linksIn(html)).toContain('/');
  });

  it('only GET and HEAD are answered, and OPTIONS says so', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await app.request('/at/2013-04-01', { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
    const asked = await app.request('/at/2013-04-01', { method: 'OPTIONS' });
    expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  it('more headers than anybody needs are refused', async () => {
    const headers = Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`x-${n}`, '1']));
    expect((await app.request('/kinds', { headers })).status).toBe(431);
  });

  it('an empty parameter, as a form sends it, counts as none; so does what others add to follow people', async () => {
    const plain = await (await app.request('/at/2013-04-01.json')).text();
    expect(await (await app.request('/at/2013-04-01.json?publishedBy=&kind=&utm_source=x&fbclid=y')).text()).toBe(
      plain,
    );
  });

  it('a parameter that says yes or no says yes without a word', async () => {
    const table = async (query: string) =>
      (await app.request(`/correspondence/2013-04-01..2014-04-01.json${query}`)).text();
    const changed = await table('?changedOnly');
    expect(changed).toBe(await table('?changedOnly=true'));
    expect(changed).not.toBe(await table(''));
    expect(await table('?changedOnly=no')).toBe(await table(''));
  });
});

describe('behind a prefix', () => {
  it('every address that a problem tells of has it', async () => {
    const behind = door(await smallSource(), { prefix: '/nhs' });
    const told = async (path: string): Promise<ProblemDocument> =>
      (await (await behind.request(path, { headers: { accept: 'application/json' } })).json()) as ProblemDocument;
    expect((await told('/nhs/reform/zzzzzzzz')).hint).toBe('/nhs/reforms lists them all');
    expect((await told('/nhs/count/zzzzzzzz')).hint).toBe('/nhs/kinds lists them all');
    expect((await told('/nhs/body/zzzzzz/qqqq-rr')).hint).toBe('try: /nhs/find?q=qqqq+rr');
    expect((await told('/nhs/qqqqqqqqqqq')).hint).toBe('every address is told at /nhs/api');
    expect((await told('/nhs/reforns')).hint).toBe('did you mean /nhs/reforms?');
    for (const path of ['/nhs/reform/zzzzzzzz', '/nhs/body/ccg/eest', '/nhs/reforns']) {
      const { type, near = [] } = await told(path);
      expect(type).toBe('/nhs/api#not-found');
      for (const { href } of near) expect([href, (await behind.request(href)).status]).toEqual([href, 200]);
    }
  });
});

describe('what should not happen', () => {
  it('is a 500 that tells nobody but the log', async () => {
    const told: unknown[] = [];
    const source = await smallSource();
    const broken = createApp({
      source: { ...source, machine: async () => Promise.reject(new TypeError('secret /srv/somebody')) },
      onTrouble: (error) => told.push(error),
    });
    for (const accept of ['application/json', 'text/html']) {
      const answer = await broken.request('/kinds', { headers: { accept } });
      const text = await answer.text();
      expect(answer.status).toBe(500);
      expect(text).not.toContain('secret');
      expect(text).not.toMatch(/\.ts:\d+/);
    }
    expect(told).toHaveLength(2);
  });

  it('a page of errors that breaks does not take the error with it', async () => {
    const app = door(await smallSource(), {
      pages: { error: () => Promise.reject(new Error('broken page')) },
      onTrouble: () => {},
    });
    const answer = await app.request('/nowhere', { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('nothing at this address');
  });
});

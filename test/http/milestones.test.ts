import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { LARGEST_MILESTONE } from '../../src/http/milestones.ts';
import { storeSource } from '../../src/http/source.ts';
import { openStore } from '../../src/store/index.ts';
import { type EventStore, lastRevision } from '../../src/store/port.ts';
import { established, milestone, pushFolder, REGISTER, shelve, withFolder } from '../store/worlds.ts';
import { door, jsonAt, smallSource, TODAY } from './door.ts';

const TOKEN = 'a-token-of-some-length';
const FIRST = milestone('founding', '2026-11-01', established('founding/a', 'ccg/a', 'A', '2013-04-01'));
const LATER = milestone('later', '2026-11-21', established('later/b', 'ccg/b', 'B', '2015-04-01'));
const MORE = milestone(
  'later',
  '2026-11-21',
  established('later/b', 'ccg/b', 'B', '2015-04-01'),
  established('later/c', 'ccg/c', 'C', '2016-04-01'),
);

type Post = (text: string | FormData, headers?: Record<string, string>) => Promise<Response>;

async function opened(work: (world: { app: Hono; store: EventStore; post: Post }) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const store = await openStore(`sqlite:${folder}/open.sqlite`);
    await pushFolder(await shelve(folder, { '2013-04-01-founding.yaml': FIRST }), store);
    const source = await storeSource(store, { today: () => TODAY });
    const app = createApp({ source, token: TOKEN, prefix: '/nhs' });
    const post: Post = (body, headers = {}) =>
      Promise.resolve(
        app.request('/milestones', {
          method: 'POST',
          body,
          headers: {
            authorization: `Bearer ${TOKEN}`,
            ...(typeof body === 'string' ? { 'content-type': 'application/yaml' } : {}),
            ...headers,
          },
        }),
      );
    try {
      await work({ app, store, post });
    } finally {
      await source.close();
    }
  });
}

describe('posting a milestone', () => {
  it('appends it whole, and it is in the answers when that is said', async () => {
    await opened(async ({ app, post, store }) => {
      expect((await app.request('/body/ccg/b.json')).status).toBe(404);
      const answer = await post(LATER);
      expect(answer.status).toBe(201);
      expect(answer.headers.get('location')).toBe('/nhs/reform/later');
      const { appended, revision, stream } = (await answer.json()) as {
        appended: number;
        revision: number;
        stream: string;
      };
      // The milestone's head is an event of its stream too.
      expect([appended, stream, revision]).toEqual([
        2,
        'milestone-later',
        await lastRevision(store, 'milestone-later'),
      ]);
      expect(answer.headers.get('etag')).toBe(`"${revision}"`);
      expect((await app.request('/body/ccg/b.json')).status).toBe(200);
      expect((await app.request('/reform/later.json')).status).toBe(200);
    });
  });

  it('twice is once', async () => {
    await opened(async ({ post }) => {
      expect((await post(LATER)).status).toBe(201);
      const again = await post(LATER);
      expect([again.status, ((await again.json()) as { appended: number }).appended]).toEqual([200, 0]);
    });
  });

  it('JSON will do, and a form that brings the sources along', async () => {
    await opened(async ({ post, app }) => {
      const json = JSON.stringify({
        milestone: 'as-json',
        title: 'As JSON',
        summary: 'It happened.',
        recorded: '2026-11-21',
        events: [
          {
            id: 'as-json/d',
            type: 'OrganisationEstablished',
            effective: '2015-04-01',
            data: { organisation: 'ccg/d', name: 'D', kind: 'clinical-commissioning-group' },
            sources: ['another'],
          },
        ],
      });
      const unsourced = await post(json, { 'content-type': 'application/json' });
      expect(unsourced.status).toBe(422);
      const form = new FormData();
      form.set('milestone', json);
      form.set('sources', `${REGISTER}another: { title: Another, publisher: Somebody, kind: register }\n`);
      const sourced = await post(form);
      expect([sourced.status, await sourced.text()]).toEqual([201, expect.stringContaining('as-json')]);
      expect((await app.request('/event/as-json/d.json')).status).toBe(200);
    });
  });

  it('one that breaks the rules is told why, line by line, and leaves nothing behind', async () => {
    await opened(async ({ app, store, post }) => {
      const { edition } = (await jsonAt(app, '/health')) as { edition: string };
      const wrong = milestone(
        'wrong',
        '2026-11-21',
        established('wrong/ok', 'ccg/ok', 'Fine', '2015-04-01'),
        established('wrong/bad', 'ccg/bad', 'Bad', '2015-02-30'),
      );
      const answer = await post(wrong);
      const text = await answer.text();
      expect(answer.status).toBe(422);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      const { problems } = JSON.parse(text) as { readonly problems: readonly { readonly severity: string }[] };
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([
        expect.objectContaining({ file: 'milestone.yaml', line: 7 }),
      ]);
      expect(text).not.toContain('sqlite');
      expect(await lastRevision(store, 'milestone-wrong')).toBeUndefined();
      expect(((await jsonAt(app, '/health')) as { edition: string }).edition).toBe(edition);
      for (const nonsense of ['', '[]', 'null', 'milestone: 5', ': : :', '"text"', `a: ${'['.repeat(5000)}`])
        expect([nonsense.slice(0, 20), (await post(nonsense)).status]).toEqual([nonsense.slice(0, 20), 422]);
    });
  });

  it('If-Match is the revision the milestone must have, If-None-Match: * that it is new', async () => {
    await opened(async ({ post }) => {
      expect((await post(LATER, { 'if-match': '"3"' })).status).toBe(412);
      const made = await post(LATER, { 'if-none-match': '*' });
      expect(made.status).toBe(201);
      const etag = made.headers.get('etag') ?? '';
      const stale = await post(MORE, { 'if-match': '"0"' });
      expect([stale.status, ((await stale.json()) as { revision: number }).revision]).toEqual([
        412,
        Number(etag.slice(1, -1)),
      ]);
      expect((await post(MORE, { 'if-none-match': '*' })).status).toBe(412);
      const more = await post(MORE, { 'if-match': etag });
      expect([more.status, ((await more.json()) as { appended: number }).appended]).toEqual([201, 1]);
      for (const headers of [
        { 'if-match': '*' },
        { 'if-match': 'W/"1"' },
        { 'if-none-match': '"1"' },
        { 'if-match': '"1"', 'if-none-match': '*' },
      ])
        expect((await post(MORE, headers)).status).toBe(400);
    });
  });

  it('the wrong token opens nothing, and nothing says how wrong it was', async () => {
    await opened(async ({ app, store }) => {
      const tries = [
        undefined,
        '',
        'Bearer',
        'Bearer x',
        `Bearer ${TOKEN}x`,
        `Bearer ${TOKEN.slice(0, -1)}`,
        `Basic ${TOKEN}`,
        TOKEN,
        `Bearer ${'x'.repeat(5000)}`,
      ];
      const said = new Set<string>();
      for (const authorization of tries) {
        const answer = await app.request('/milestones', {
          method: 'POST',
          body: LATER,
          headers: { 'content-type': 'application/yaml', ...(authorization === undefined ? {} : { authorization }) },
        });
        expect([authorization, answer.status]).toEqual([authorization, 401]);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="milestones"');
        said.add(await answer.text());
      }
      expect(said.size).toBe(1);
      expect(await lastRevision(store, 'milestone-later')).toBeUndefined();
    });
  });

  it('what is too large, or in another format, is refused before it is read', async () => {
    await opened(async ({ post, app }) => {
      expect((await post('x'.repeat(LARGEST_MILESTONE + 1))).status).toBe(413);
      expect((await post(LATER, { 'content-type': 'image/png' })).status).toBe(415);
      expect((await post(LATER, { 'content-type': 'multipart/form-data' })).status).toBe(400);
      const form = new FormData();
      form.set('other', LATER);
      expect((await post(form)).status).toBe(400);
      expect((await app.request('/milestones')).status).toBe(405);
    });
  });

  it('two at once on one milestone: both are whole, or one is told that the other was first', async () => {
    await opened(async ({ app, post }) => {
      const answers = await Promise.all(
        ['x', 'y', 'z'].map((name) =>
          post(milestone('race', '2026-11-21', established(`race/${name}`, `ccg/${name}`, name, '2015-04-01'))),
        ),
      );
      const won = answers.filter(({ status }) => status === 201).length;
      expect(won).toBeGreaterThanOrEqual(1);
      for (const { status } of answers) expect([201, 409]).toContain(status);
      const { steps } = (await jsonAt(app, '/reform/race.json')) as { steps: readonly unknown[] };
      expect(steps.length).toBe(won);
    });
  });
});

describe('what is posted has no file name', () => {
  it('so nothing is said of one, neither with what is taken nor with what is not', async () => {
    await opened(async ({ post }) => {
      const refused = await post(LATER.replace('OrganisationEstablished', 'OrganisationEstablishd'));
      expect(refused.status).toBe(422);
      const { problems } = (await refused.json()) as { readonly problems: readonly { readonly rule: string }[] };
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.filter(({ rule }) => rule === 'file')).toEqual([]);
      expect(await (await post(LATER)).json()).toMatchObject({ appended: 2, warnings: [] });
    });
  });
});

describe('without a token', () => {
  it('there is no such route', async () => {
    const app = door(await smallSource(), { token: TOKEN });
    for (const method of ['GET', 'POST']) {
      const answer = await app.request('/milestones', { method, headers: { authorization: `Bearer ${TOKEN}` } });
      expect(answer.status).toBe(method === 'GET' ? 404 : 405);
    }
    const { paths } = (await jsonAt(app, '/openapi.json')) as { paths: object };
    expect(Object.keys(paths)).not.toContain('/milestones');
  });
});

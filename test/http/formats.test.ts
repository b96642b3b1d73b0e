import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatsOf, OUTPUT_FORMATS } from '../../src/http/formats.ts';
import { RESOURCES } from '../../src/http/resources/index.ts';
import { door, linksIn, shippedSource } from './door.ts';

let app: Hono;
beforeAll(async () => {
  app = door(await shippedSource());
});

const examples = RESOURCES.flatMap((resource) =>
  resource.examples.map(({ path }, place) => [path, resource, place === 0] as const),
);

describe('every example of every address', () => {
  it.each(examples)('%s answers in every format it offers', async (path, resource, first) => {
    const without = new URLSearchParams(path.split('?')[1]).get('without');
    for (const { extension, mediaType, exporter } of formatsOf(resource, without === null ? {} : { without })) {
      // What an exporter makes depends on the sort of address, not on which one it is.
      if (exporter && !first) continue;
      const [bare = '', search = ''] = path.split('?');
      const address = `${bare}${extension}${search === '' ? '' : `?${search}`}`;
      const answer = await app.request(address);
      const text = await answer.text();
      expect([address, answer.status, answer.headers.get('content-type')]).toEqual([address, 200, mediaType]);
      expect(text.length).toBeGreaterThan(0);
    }
  });

  it('there is one for every address but those that name a lesson', () => {
    expect(RESOURCES.filter((one) => one.examples.length === 0).map(({ name }) => name)).toEqual(['lesson']);
  });

  it('a page links to its own formats, and these answer', async () => {
    const html = await (await app.request('/at/2013-04-01?kind=CCG', { headers: { accept: 'text/html' } })).text();
    const formats = linksIn(html).filter((link) => link.startsWith('/at/2013-04-01.'));
    expect(formats).toContain('/at/2013-04-01.json?kind=CCG');
    for (const link of formats) expect((await app.request(link)).status).toBe(200);
  });
});

describe('the OpenAPI document', () => {
  it('is 3.1, and tells every address with every parameter', async () => {
    const document = (await (await app.request('/openapi.json')).json()) as {
      readonly openapi: string;
      readonly paths: Readonly<
        Record<
          string,
          {
            readonly get: {
              readonly parameters?: readonly { readonly name: string; readonly in: string }[];
              readonly responses: Record<string, { content?: object }>;
            };
          }
        >
      >;
    };
    expect(document.openapi).toBe('3.1.0');
    for (const { paths, query, params } of RESOURCES) {
      for (const path of paths) {
        const told = document.paths[path.replaceAll('…', '')]?.get;
        expect(told, path).toBeDefined();
        const names = (where: string) =>
          told?.parameters?.filter((one) => one.in === where).map(({ name }) => name) ?? [];
        expect(names('query')).toEqual([...Object.keys(query), 'edition']);
        expect(names('path').every((name) => Object.hasOwn(params, name))).toBe(true);
      }
    }
    expect(document.paths['/milestones']).toBeUndefined();
  });

  it('says which media types an address answers in', async () => {
    const { paths } = (await (await app.request('/openapi.json')).json()) as {
      readonly paths: Record<string, { get: { responses: Record<string, { content: Record<string, unknown> }> } }>;
    };
    expect(Object.keys(paths['/at/{date}']?.get.responses['200']?.content ?? {})).toEqual([
      ...new Set(OUTPUT_FORMATS.map(({ mediaType }) => mediaType.split(';')[0])),
    ]);
  });
});

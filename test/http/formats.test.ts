import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { sheetCsv, sheetMarkdown } from '../../src/exporters/sheet.ts';
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

  it('there is one for every address', () => {
    expect(RESOURCES.filter((one) => one.examples.length === 0).map(({ name }) => name)).toEqual([]);
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

describe('a format that cannot carry an answer', () => {
  it.each([
    ['/kinds.ics', '.html .json .csv .md'],
    ['/count/ICB.ttl', '.html .json .csv .md .svg'],
    ['/find.svg?q=devon', '.html .json .csv .md'],
    ['/sources.ics', '.html .json .csv .ndjson .md .jsonld .ttl .bib .csl.json .ris'],
    [
      '/event/health-and-care-act-2022/royal-assent.gexf',
      '.html .json .csv .ndjson .md .jsonld .ttl .ics .bib .csl.json .ris',
    ],
    ['/count/CCG.svg?without=health-and-care-act-2022/royal-assent', '.html .json .csv .md'],
    ['/body/ccg/devon.csv?without=health-and-care-act-2022/royal-assent', '.html .json'],
  ])('%s is 406, and says that it answers in %s', async (path, formats) => {
    const answer = await app.request(path);
    const problem = (await answer.json()) as { readonly hint: string; readonly near: readonly { href: string }[] };
    expect([answer.status, problem.hint]).toEqual([406, `it answers in ${formats}`]);
    expect(problem.near).toHaveLength(formats.split(' ').length - 1);
    for (const { href } of problem.near) expect([href, (await app.request(href)).status]).toEqual([href, 200]);
  });

  it('by the Accept header too', async () => {
    const answer = await app.request('/kinds', { headers: { accept: 'text/calendar' } });
    expect(answer.status).toBe(406);
    const csv = await app.request('/kinds', { headers: { accept: 'text/csv' } });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
  });

  it('every address has data, and every page, /api and OpenAPI offer just what its address answers in', async () => {
    const { addresses } = (await (await app.request('/api.json')).json()) as {
      readonly addresses: readonly { readonly name: string; readonly formats: readonly string[] }[];
    };
    const { paths } = (await (await app.request('/openapi.json')).json()) as {
      readonly paths: Record<string, { get: { description: string; responses: Record<string, { content: object }> } }>;
    };
    for (const resource of RESOURCES) {
      const offered = formatsOf(resource).map(({ extension }) => extension);
      expect(addresses.find(({ name }) => name === resource.name)?.formats).toEqual(offered);
      const told = paths[resource.paths[0]?.replaceAll('…', '') ?? '']?.get;
      expect(Object.keys(told?.responses['200']?.content ?? {})).toEqual([
        ...new Set(formatsOf(resource).map(({ mediaType }) => mediaType.split(';')[0])),
      ]);
      if (offered.length > 1) expect(told?.description).toContain(`(${offered.join(' ')})`);
      const [first] = resource.examples;
      if (first === undefined || resource.name === 'home') continue;
      const [path = '', search] = first.path.split('?');
      const html = await (await app.request(first.path, { headers: { accept: 'text/html' } })).text();
      const links = linksIn(html).filter((link) => link.startsWith(`${path}.`));
      expect([path, [...new Set(links.map((link) => link.split('?')[0]?.slice(path.length)))]]).toEqual([
        path,
        offered.filter((extension) => extension !== '.html'),
      ]);
      if (search !== undefined) expect(links.every((link) => link.includes('?'))).toBe(true);
    }
  });
});

describe('a table of plain values', () => {
  it('as Markdown has its title, its rows, what is supposed, the clocks and the edition', async () => {
    const text = await (await app.request('/count/CCG.md?at=2013-04-01&publishedBy=2013-05-01')).text();
    expect(text).toMatch(
      /^# How many: clinical commissioning groups, 1 April 2013\n\n\| of \| at .*\n\| --- \|.*\n\| clinical-commissioning-group \| 2013-04-01 \|.*\| 211 \| 211 \| 0 \| complete \|\n\nAs seen from 2013-05-01: .*\n\nEdition of the record: [0-9a-f]{12}\.\n$/,
    );
    const supposed = await (
      await app.request('/count/CCG.md?at=2022-07-01&without=health-and-care-act-2022/royal-assent')
    ).text();
    expect(supposed).toMatch(
      /^# Hypothetical: How many.*\n\n\| of .*\| hypothetical \|\n.*\n\| clinical.*\| 106 \| 106 .*\| without health-and-care-act-2022\/royal-assent \|\n\nHypothetical: this supposes/,
    );
  });

  it('nothing in a cell can break the table', () => {
    expect(
      sheetMarkdown({
        title: 'A\n# B',
        header: ['a|b'],
        rows: [
          ['x\n|y', null],
          ['`<i>`', undefined],
        ],
      }),
    ).toBe('# A # B\n\n| a\\|b |\n| --- |\n| x \\|y |  |\n| \\`\\<i\\>\\` |  |\n');
    expect(sheetMarkdown({ title: 'None', header: ['a'], rows: [] })).toBe('# None\n\nNothing.\n');
    expect(
      sheetCsv({
        header: ['a', 'b'],
        rows: [
          ['x,"y"', null],
          [1, true],
        ],
      }),
    ).toBe('a,b\n"x,""y""",\n1,true\n');
  });

  it('comes in parts as its JSON does', async () => {
    const part = await app.request('/sources.csv?limit=2&offset=1');
    expect((await part.text()).trim().split('\n')).toHaveLength(3);
    expect(part.headers.get('link')).toContain('</sources.csv?limit=2&offset=3>; rel="next"');
  });
});

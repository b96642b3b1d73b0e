import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { storeSource } from '../../src/http/source.ts';
import { openStore } from '../../src/store/index.ts';
import { fences, pages, read as readPage, words } from '../house/project.ts';
import { established, milestone, pushFolder, shelve, withFolder } from '../store/worlds.ts';
import { door, shippedSource, TODAY } from './door.ts';

const TOKEN = 'a-token-of-some-length';

/** A `curl` shown in a page, and what is shown under it. */
interface Shown {
  readonly where: string;
  readonly line: string;
  readonly says: readonly string[];
}

function shown(): Shown[] {
  return pages().flatMap((page) =>
    fences(page).flatMap(({ language, text, line }) => {
      const joined = text.replaceAll(/\\\n\s*/g, '');
      if (language === 'sh')
        return joined
          .split('\n')
          .filter((each) => each.startsWith('curl '))
          .map((each) => ({ where: `${page}:${line}`, line: each, says: [] }));
      if (language !== 'shell-session') return [];
      return joined.split(/^\$ /m).flatMap((part) => {
        const [command = '', ...says] = part.split('\n').map((each) => each.trimEnd());
        return command === '' ? [] : [{ where: `${page}:${line}`, line: command, says: says.filter(Boolean) }];
      });
    }),
  );
}

/** A `curl` read: what it asks, and whether it shows the head of the answer, or only that. */
interface Asked {
  readonly address: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: string | undefined;
  readonly head: 'shown' | 'alone' | 'hidden';
}

function read(line: string): Asked {
  const [program, ...rest] = words(line);
  expect(program).toBe('curl');
  const headers: Record<string, string> = {};
  let [address, method, file, head]: [string, string, string | undefined, Asked['head']] = [
    '',
    'GET',
    undefined,
    'hidden',
  ];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '-H') {
      const [name = '', ...value] = (rest.shift() ?? '').split(':');
      headers[name.toLowerCase()] = value.join(':').trim().replace('$(cat token)', TOKEN);
    } else if (word === '--data-binary') [method, file] = ['POST', (rest.shift() ?? '').replace(/^@/, '')];
    else if (word === '-i') head = 'shown';
    else if (word === '-I') [head, method] = ['alone', 'HEAD'];
    else if (word === '-s') continue;
    else {
      expect(word, 'an option of curl that this test does not know').not.toMatch(/^-/);
      address = word;
    }
  }
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:4013\//);
  return { address: address.slice('http://127.0.0.1:4013'.length), method, headers, file, head };
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  302: 'Found',
  304: 'Not Modified',
  406: 'Not Acceptable',
};

/** What `curl` would print. */
async function printed(
  app: Hono,
  asked: Asked,
  body?: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const { address, method, headers, head } = asked;
  const answer = await app.request(address, {
    method,
    headers: { accept: '*/*', ...headers },
    ...(body ? { body } : {}),
  });
  const text = await answer.text();
  if (head === 'hidden') return { status: answer.status, text };
  const first = `HTTP/1.1 ${answer.status} ${REASONS[answer.status] ?? ''}`;
  const lines = [first, ...[...answer.headers].map(([name, value]) => `${name}: ${value}`)];
  return { status: answer.status, text: [...lines, ...(head === 'alone' ? [] : ['', text])].join('\n') };
}

let app: Hono;
beforeAll(async () => {
  app = door(await shippedSource());
});

describe('every curl shown in the documentation is answered as shown', () => {
  const all = shown();

  it.each(
    all
      .filter(({ line }) => !line.includes('--data-binary'))
      .map((each) => [`${each.where} $ ${each.line}`, each] as const),
  )('%s', async (_, { line, says }) => {
    const { status, text } = await printed(app, read(line));
    // What goes wrong is shown to go wrong.
    if (!says.some((said) => /^ *"status": 4|^HTTP\/1\.1 [34]/.test(said))) expect(status).toBe(200);
    const lines = text.split('\n').map((each) => each.trimEnd());
    if (says[0] !== undefined && says[0] !== '…') expect(lines[0]).toBe(says[0]);
    for (const said of says.filter((each) => each !== '…')) expect(lines).toContain(said);
  });

  it('a milestone is taken in as it is shown to be', async () => {
    const posting = all.filter(({ line }) => line.includes('--data-binary'));
    expect(posting.length).toBeGreaterThanOrEqual(1);
    await withFolder(async (folder) => {
      const store = await openStore(`sqlite:${folder}/my-events.sqlite`);
      const founding = milestone('founding', '2026-11-01', established('founding/a', 'ccg/a', 'A', '2013-04-01'));
      await pushFolder(await shelve(folder, { '2013-04-01-founding.yaml': founding }), store);
      const source = await storeSource(store, { today: () => TODAY });
      try {
        const open = createApp({ source, token: TOKEN });
        for (const { line } of posting) {
          const asked = read(line);
          const slug = /^\d{4}-\d\d-\d\d-(.+)\.yaml$/.exec(asked.file ?? '')?.[1] ?? '';
          const mine = milestone(slug, '2026-11-21', established(`${slug}/b`, 'ccg/b', 'B', '2026-04-01'));
          expect((await printed(open, asked, mine)).status).toBe(201);
          expect((await open.request(`/reform/${slug}.json`)).status).toBe(200);
        }
      } finally {
        await source.close();
      }
    });
  });

  it('and there are some of each sort', () => {
    expect(all.length).toBeGreaterThanOrEqual(10);
    expect(all.filter(({ says }) => says.length > 0).length).toBeGreaterThanOrEqual(8);
  });
});

describe('the addresses told in the documentation', () => {
  it('are those that there are', async () => {
    const { addresses } = (await (await app.request('/api.json')).json()) as {
      readonly addresses: readonly { readonly paths: readonly string[] }[];
    };
    const rows = readPage('docs/http.md');
    const told = rows.slice(rows.indexOf('| Address |'), rows.indexOf('A test holds every command'));
    for (const { paths } of addresses) {
      const [, first = ''] = paths[0]?.split('/') ?? [];
      expect(told, `docs/http.md does not tell of ${paths[0]}`).toContain(`\`/${first.startsWith('{') ? '' : first}`);
    }
  });
});

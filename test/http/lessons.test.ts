import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../src/http/problem.ts';
import { folderSource } from '../../src/http/source.ts';
import { stood } from '../cli/stood.ts';
import { door, jsonAt, linksIn, shippedSource, smallFolder, smallSource, TODAY } from './door.ts';

const OURS = `lesson: two-become-one
title: Two become one
summary: A lesson of a record of one's own.
order: 1
steps:
  - heading: The merger
    events: [boards/whole]
    counts: { of: [integrated-care-board], before: 2022-06-30, after: 2022-07-01 }
    questions:
      - ask: How many boards were there on the first day?
        answer: { count: integrated-care-board, at: 2022-07-01 }
`;

async function folderWith(lessons: Readonly<Record<string, string>>): Promise<string> {
  const folder = await smallFolder();
  await mkdir(join(folder, 'lessons'), { recursive: true });
  for (const [name, text] of Object.entries(lessons)) await writeFile(join(folder, 'lessons', name), text);
  return folder;
}

const opened = (folder: string) => folderSource({ folder, today: () => TODAY, cache: false });

describe('a record of one’s own has lessons of its own', () => {
  it('and none of those that the package ships', async () => {
    const app = door(await opened(await folderWith({ 'two-become-one.yaml': OURS })));
    expect(await jsonAt(app, '/lessons.json')).toEqual([
      {
        lesson: 'two-become-one',
        title: 'Two become one',
        summary: 'A lesson of a record of one’s own.'.replace('’', "'"),
        steps: 1,
      },
    ]);
    const page = await (await app.request('/lesson/two-become-one', { headers: { accept: 'text/html' } })).text();
    expect(page).toContain('How many boards were there on the first day?');
    expect(await jsonAt(app, '/lesson/two-become-one.json')).toMatchObject({
      lesson: 'two-become-one',
      steps: [
        {
          events: [{ id: 'boards/whole' }],
          counts: { rows: [{ kind: 'integrated-care-board', before: { certain: 0 }, after: { certain: 1 } }] },
          questions: [{ answered: { says: '1 on 1 July 2022.' } }],
        },
      ],
    });
    const missing = await app.request('/lesson/two-become-won.json');
    expect([missing.status, await missing.text()]).toEqual([
      404,
      expect.stringContaining('did you mean two-become-one'),
    ]);
    expect((await app.request('/lesson/why-eighteen')).status).toBe(404);
  });

  it('none when it has no folder of them', async () => {
    const app = door(await smallSource());
    expect(await jsonAt(app, '/lessons.json')).toEqual([]);
    expect(await jsonAt(app, '/lesson/why-eighteen.json')).toMatchObject({ status: 404, hint: 'this record has none' });
  });

  it('a lesson of events that the record does not hold is not offered', async () => {
    const other = OURS.replace('two-become-one', 'elsewhere').replace('boards/whole', 'boards/wholly');
    const app = door(await opened(await folderWith({ 'elsewhere.yaml': other })));
    expect(await jsonAt(app, '/lessons.json')).toEqual([]);
  });

  it('what is wrong with one is told by file and line, with what to do, before anything is opened', async () => {
    const folder = await folderWith({ 'two-become-one.yaml': OURS.replace('order: 1', 'order: first') });
    await expect(opened(folder)).rejects.toMatchObject({
      name: 'RecordUnreadable',
      message: `the lessons in ${folder} have 1 problem`,
      problems: [{ file: expect.stringContaining('two-become-one.yaml'), line: 4, message: expect.any(String) }],
    });
    const { code, err, out } = await stood(['site', join(folder, 'site'), '--record', folder]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/two-become-one\.yaml:4:8/);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('those that are shipped are there without a folder, as data too', async () => {
    const app = door(await shippedSource());
    expect(((await jsonAt(app, '/lessons.json')) as readonly unknown[]).length).toBeGreaterThanOrEqual(5);
    expect(await jsonAt(app, '/lesson/why-eighteen.json')).toMatchObject({ lesson: 'why-eighteen' });
  });
});

describe('the page of addresses', () => {
  it('offers no example that the record does not hold', async () => {
    const app = door(await smallSource());
    const { addresses } = (await jsonAt(app, '/api.json')) as {
      readonly addresses: readonly { readonly examples: readonly { readonly path: string }[] }[];
    };
    const examples = addresses.flatMap((address) => address.examples.map(({ path }) => path));
    expect(examples).toContain('/kinds');
    expect(examples).not.toContain('/body/system/frimley');
    for (const path of examples) expect([path, (await app.request(path)).status]).toEqual([path, 200]);
    const html = await (await app.request('/api', { headers: { accept: 'text/html' } })).text();
    expect(linksIn(html)).not.toContain('/body/system/frimley');
  });

  it('has a place for every sort of problem, to which the type of each leads', async () => {
    const html = await (await door(await smallSource()).request('/api', { headers: { accept: 'text/html' } })).text();
    for (const name of Object.keys(PROBLEMS)) expect(html).toContain(`id="${name}"`);
  });
});

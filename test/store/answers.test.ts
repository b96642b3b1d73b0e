import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { run } from '../../src/cli/run.ts';
import { SHIPPED_RECORD } from '../../src/machine/cache.ts';
import { openRecord } from '../../src/machine/index.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { compareWith, pushRecord } from '../../src/machine/push.ts';
import { readShelf, recordOf } from '../../src/machine/stored-record.ts';
import { todayInEngland } from '../../src/machine/today.ts';
import { loadRecord } from '../../src/record/load.ts';
import type { LoadedRecord } from '../../src/record/types.ts';
import { openStore } from '../../src/store/index.ts';
import type { EventStore } from '../../src/store/port.ts';
import { type Node, startLoopback } from '../support/loopback/index.ts';
import { CODES, contentsOf, FIXTURE } from './fixture.ts';
import { NOT_ASKED, QUESTIONS, SPOT_CHECKS } from './questions.ts';
import { pushFolder, withFolder } from './worlds.ts';

const NOW = new Date('2026-11-25T12:00:00Z');
const KINDS = ['memory', 'SQLite', 'EventStoreDB'] as const;
/** Before the correction and the withdrawal of the fixture were recorded; before the boards were made known. */
const CLOCKS = [
  ['--published-by', '2021-11-01'],
  ['--recorded-by', '2026-11-22'],
  ['--published-by', '2022-06-21', '--recorded-by', '2026-11-23'],
] as const;

/** Where a command finds its record: over the files, by the URL of a store, or in a store of this process. */
type Where =
  | { readonly record: string }
  | { readonly url: string }
  | { readonly store: EventStore }
  | { readonly machine: Machine };

interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What it wrote into files. */
  readonly files: Readonly<Record<string, string>>;
}

async function printed(argv: readonly string[], where: Where, folder: string): Promise<Printed> {
  let [out, err] = ['', ''];
  const outbox = path.join(folder, 'out');
  await rm(outbox, { recursive: true, force: true });
  await mkdir(outbox);
  const words = argv.map((word) => word.replace('{codes}', path.join(folder, 'codes.csv')).replace('{out}', outbox));
  const located = 'record' in where ? ['--record', where.record] : 'url' in where ? ['--store', where.url] : [];
  const code = await run([...words, ...located], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    isTTY: false,
    env: {},
    now: () => NOW,
    ...('machine' in where ? { openRecord: async () => where.machine } : {}),
    ...('store' in where ? { openRecord: (options) => openRecord({ ...options, store: where.store }) } : {}),
  });
  return { code, out, err, files: contentsOf(outbox) };
}

/** The question as it is typed, alone and with each of the clocks that the command has. */
async function linesOf(name: string, question: string): Promise<string[][]> {
  const listed = COMMANDS.find((command) => command.name === name);
  const options = (await listed?.load())?.command.options ?? [];
  const has = (flag: string): boolean => options.some(({ flags }) => flags.startsWith(flag));
  const words = [name, ...question.split(' ').filter(Boolean)];
  const formats = options.find(({ flags }) => flags.startsWith('--format <'));
  const isJson = formats !== undefined && (formats.choices === undefined || formats.choices.includes('json'));
  const typed = words.includes('--format') || !isJson ? words : [...words, '--format', 'json'];
  const clocks = CLOCKS.filter((clock) => clock.every((word) => !word.startsWith('--') || has(word)));
  return [typed, ...clocks.map((clock) => [...typed, ...clock])];
}

describe('the same question over files, memory, SQLite and EventStoreDB', () => {
  let folder: string;
  let node: Node;
  let places: Readonly<Record<(typeof KINDS)[number], Where>>;
  const stores: EventStore[] = [];

  beforeAll(async () => {
    node = await startLoopback();
    folder = await mkdtemp(path.join(tmpdir(), 'stood-answers-'));
    await mkdir(path.join(folder, 'events'));
    for (const [name, text] of Object.entries(FIXTURE)) await writeFile(path.join(folder, 'events', name), text);
    await writeFile(path.join(folder, 'codes.csv'), CODES);
    const urls = [`sqlite:${folder}/fixture.sqlite`, `esdb://${node.address}?tls=false`];
    for (const url of ['memory:', ...urls]) {
      const store = await openStore(url);
      stores.push(store);
      await pushFolder(path.join(folder, 'events'), store);
    }
    const [memory] = stores as [EventStore];
    places = { memory: { store: memory }, SQLite: { url: urls[0] ?? '' }, EventStoreDB: { url: urls[1] ?? '' } };
  });

  afterAll(async () => {
    for (const store of stores) await store.close();
    await node.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is asked of every command', () => {
    const unasked = COMMANDS.map(({ name }) => name).filter((name) => !(name in QUESTIONS) && !(name in NOT_ASKED));
    expect(
      unasked.map((name) => `“stood ${name}” is not asked over the stores: add a line to test/store/questions.ts`),
    ).toEqual([]);
    const known = new Set(COMMANDS.map(({ name }) => name));
    expect([...Object.keys(QUESTIONS), ...Object.keys(NOT_ASKED)].filter((name) => !known.has(name))).toEqual([]);
  });

  for (const [name, questions] of Object.entries(QUESTIONS)) {
    it(`has the same answer, byte for byte: stood ${name}`, async () => {
      const files: Where = { record: path.join(folder, 'events') };
      let answered = 0;
      for (const question of questions) {
        for (const argv of await linesOf(name, question)) {
          const expected = await printed(argv, files, folder);
          expect(expected.err, argv.join(' ')).not.toMatch(/went wrong/);
          // Some exit with 1 although they answered: there was something that they could not tell.
          if (expected.code === 0 || expected.out.length > 0 || Object.keys(expected.files).length > 0) answered += 1;
          for (const kind of KINDS) {
            expect(await printed(argv, places[kind], folder), `${argv.join(' ')} over ${kind}`).toEqual(expected);
          }
        }
      }
      // Some clocks hide what some questions are about; most questions are answered.
      expect(answered).toBeGreaterThan(questions.length);
    });
  }

  it('is answered from the store that the environment names', async () => {
    let out = '';
    const code = await run(['count', 'CCG', '--on', '2015-06-01', '--format', 'json'], {
      stdout: { write: (text) => (out += text) },
      stderr: { write: () => undefined },
      isTTY: false,
      env: { STOOD_STORE: `esdb://${node.address}?tls=false` },
      now: () => NOW,
    });
    const argv = ['count', 'CCG', '--on', '2015-06-01', '--format', 'json'];
    expect({ code, out }).toEqual({
      code: 0,
      out: (await printed(argv, { record: path.join(folder, 'events') }, folder)).out,
    });
  });
});

describe('the record that is shipped', () => {
  let record: LoadedRecord;
  beforeAll(async () => {
    record = await loadRecord(SHIPPED_RECORD);
  });

  it(
    'answers with the same bytes over every kind of store',
    () =>
      withFolder(async (folder) => {
        const node = await startLoopback();
        const urls = [`sqlite:${folder}/record.sqlite`, `esdb://${node.address}?tls=false`];
        const memory = await openStore('memory:');
        for (const store of [memory, ...(await Promise.all(urls.map((url) => openStore(url))))]) {
          expect(await pushRecord(record, store)).toMatchObject({ ok: true });
          if (store !== memory) await store.close();
        }
        // A store in memory is read anew by whoever opens it; once is enough here.
        const opened = await openRecord({ store: memory, today: () => todayInEngland(NOW.getTime()) });
        const places: Where[] = [{ machine: opened }, ...urls.map((url) => ({ url }))];
        for (const question of SPOT_CHECKS) {
          const argv = [...question.split(' '), '--format', 'json'];
          const expected = await printed(argv, { record: SHIPPED_RECORD }, folder);
          expect(expected.out.length, question).toBeGreaterThan(200);
          for (const where of places)
            expect(
              (await printed(argv, where, folder)).out === expected.out,
              `${question} over ${'url' in where ? where.url : 'memory'}`,
            ).toBe(true);
        }
        await memory.close();
        await node.close();
      }),
    300_000,
  );

  it('is rebuilt from the store exactly, places aside', async () => {
    const store = await openStore('memory:');
    await pushRecord(record, store);
    const shelf = await readShelf(store);
    const rebuilt = recordOf(shelf, store.url);
    const plain = (one: LoadedRecord): string =>
      JSON.stringify({ ...one, folder: '', problems: [], sources: [...one.sources] }, (key, value: unknown) =>
        key === 'place' ? undefined : value,
      );
    expect(plain(rebuilt) === plain(record)).toBe(true);
    expect(compareWith(record, shelf, rebuilt)).toEqual([]);
    await store.close();
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
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
import { withFolder } from './worlds.ts';

/** A question of every command that answers from the record; a new command must be added here. */
const QUESTIONS: Readonly<Record<string, readonly string[][]>> = {
  on: [
    ['on', '2013-04-01'],
    ['on', '2022-07-01', '--kind', 'ICB'],
    ['on', 'June 2019', '--dates', 'operational'],
    ['on', '2022-04-01', '--published-by', '2021-11-01'],
  ],
  diff: [['diff', '2022-06-30', '2022-07-01']],
  history: [
    ['history', 'icb/devon'],
    ['history', 'body/nhs-england'],
  ],
  lineage: [['lineage', 'icb/devon']],
  correspondence: [['correspondence', '2019-04-01', '2022-07-01']],
  timeline: [['timeline'], ['timeline', '--about', 'status/integrated-care-system']],
  replay: [['replay', 'integrated-care-boards-2022'], ['replay']],
  count: [
    ['count', 'CCG', '--at', '2015-06-01'],
    ['count', 'ICS', '--every', 'year', '--from', '2016-01-01', '--to', '2026-01-01'],
  ],
  why: [['why', 'ICS', '--at', '2020-06-01']],
  without: [['without', 'FIRST']],
  find: [
    ['find', 'Frimley'],
    ['find', '00C'],
  ],
  sources: [['sources'], ['sources', '--conflicts']],
};
/** Commands that do not ask the record anything a store could answer otherwise. */
const OTHERS = ['import', 'lock', 'kinds', 'check', 'store', 'append', 'watch', 'export', 'formats', 'serve'];

let record: LoadedRecord;
beforeAll(async () => {
  record = await loadRecord(SHIPPED_RECORD);
});

/** What a command prints, over the files or over a store. */
async function printed(argv: readonly string[], store?: Machine | string): Promise<string> {
  let [out, err] = ['', ''];
  const code = await run([...argv, '--format', 'json', ...(typeof store === 'string' ? ['--store', store] : [])], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    isTTY: false,
    env: {},
    now: () => new Date('2026-11-21T12:00:00Z'),
    ...(store !== undefined && typeof store !== 'string' ? { openRecord: async () => store } : {}),
  });
  expect(err).not.toMatch(/went wrong/);
  return `${code}\n${out}`;
}

describe('every query over files, memory and SQLite', () => {
  it('has a question of every command', () => {
    expect(COMMANDS.map(({ name }) => name).filter((name) => !(name in QUESTIONS) && !OTHERS.includes(name))).toEqual(
      [],
    );
  });

  it(
    'answers with the same bytes',
    async () =>
      withFolder(async (folder) => {
        const url = `sqlite:${folder}/record.sqlite`;
        const stores = [await openStore('memory:'), await openStore(url)];
        for (const store of stores) expect(await pushRecord(record, store)).toMatchObject({ ok: true });
        const memory = await openRecord({
          store: stores[0],
          today: () => todayInEngland(Date.parse('2026-11-21T12:00:00Z')),
        });
        const cause =
          record.milestones.flatMap(({ events }) => events).find(({ because }) => because.length > 0)?.because[0] ?? '';
        for (const question of Object.values(QUESTIONS).flat()) {
          const argv = question.map((word) => (word === 'FIRST' ? cause : word));
          const files = await printed(argv);
          expect(files.length).toBeGreaterThan(20);
          expect((await printed(argv, url)) === files, `${argv.join(' ')} over SQLite`).toBe(true);
          expect((await printed(argv, memory)) === files, `${argv.join(' ')} over memory`).toBe(true);
        }
        for (const store of stores) await store.close();
      }),
    300_000,
  );

  it('rebuilds the record that was pushed exactly, places aside', async () => {
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

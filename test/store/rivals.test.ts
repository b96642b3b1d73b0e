import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { appendMilestone } from '../../src/machine/append.ts';
import { openStore } from '../../src/store/index.ts';
import { type EventStore, gathered } from '../../src/store/port.ts';
import { startLoopback } from '../support/loopback/index.ts';
import { established, milestone, pushFolder, REGISTER, shelve, withFolder } from './worlds.ts';

const CHILD = fileURLToPath(new URL('to-append.ts', import.meta.url));
const EACH = 40;

const KINDS = [
  ['SQLite', async (folder: string) => ({ url: `sqlite:${folder}/shared.sqlite`, close: async () => undefined })],
  [
    'EventStoreDB',
    async () => {
      const node = await startLoopback();
      return { url: `esdb://${node.address}?tls=false`, close: () => node.close() };
    },
  ],
] as const;

/** A store that holds a milestone of one event, and two files that would each add their own forty to it. */
async function withRivals(
  kind: (typeof KINDS)[number][1],
  work: (url: string, files: readonly [left: string, right: string]) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const { url, close } = await kind(folder);
    const store = await openStore(url);
    const first = milestone('mine', '2026-11-21', established('mine/a', 'ccg/a', 'A', '2013-04-01'));
    await pushFolder(await shelve(folder, { '2013-04-01-mine.yaml': first }), store);
    await store.close();
    const fileOf = async (name: string): Promise<string> => {
      const own = path.join(folder, name);
      await mkdir(own);
      await writeFile(path.join(own, 'sources.yaml'), REGISTER);
      const lines = Array.from({ length: EACH }, (_, i) =>
        established(`mine/${name}-${i}`, `ccg/${name}-${i}`, `${name} ${i}`, '2014-01-01'),
      );
      await writeFile(path.join(own, '2013-04-01-mine.yaml'), milestone('mine', '2026-11-21', ...lines));
      return path.join(own, '2013-04-01-mine.yaml');
    };
    await work(url, [await fileOf('left'), await fileOf('right')]);
    await close();
  });
}

/** Whose events stand in the milestone behind its first, block by block. */
async function blocks(url: string): Promise<string[]> {
  const store = await openStore(url);
  const found = (await gathered(store.readStream('milestone-mine')))
    .filter(({ type }) => type === 'OrganisationEstablished')
    .map(({ data }) => String(data.id).replace(/^mine\/|-\d+$/g, ''));
  await store.close();
  expect(found).toHaveLength(1 + EACH * new Set(found.slice(1)).size);
  return found.filter((one, i) => one !== found[i - 1]).slice(1);
}

/** `stood append` as a process of its own. */
function appending(file: string, url: string): Promise<{ readonly code: number | null; readonly err: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, 'append', file, '--store', url], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, err })));
}

describe.each(KINDS)('two who append to one milestone of a store in %s', (_, kind) => {
  it('after both read the same: one wins, the other is told what was expected and what was found', () =>
    withRivals(kind, async (url, files) => {
      let waiting = 0;
      let open: () => void = () => undefined;
      const bothAreThere = new Promise<void>((resolve) => {
        open = resolve;
      });
      const rival = async (file: string): Promise<'won' | Error> => {
        const store = await openStore(url);
        const held: EventStore = {
          ...store,
          append: async (...given) => {
            waiting += 1;
            if (waiting === files.length) open();
            await bothAreThere;
            return store.append(...given);
          },
        };
        return appendMilestone(held, file)
          .then(
            () => 'won' as const,
            (error: Error) => error,
          )
          .finally(() => store.close());
      };
      const results = await Promise.all(files.map(rival));
      expect(results.filter((result) => result === 'won')).toHaveLength(1);
      expect(results.find((result) => result !== 'won')).toMatchObject({
        name: 'WrongExpectedRevision',
        expected: 1,
        found: 1 + EACH,
        hint: expect.stringContaining('somebody else'),
      });
      expect(await blocks(url)).toHaveLength(1);
    }));

  it('as processes: nothing is mixed, and who does not win is told so', () =>
    withRivals(kind, async (url, files) => {
      const results = await Promise.all(files.map((file) => appending(file, url)));
      const won = results.filter(({ code }) => code === 0);
      expect(won.length).toBeGreaterThan(0);
      expect(await blocks(url)).toHaveLength(won.length);
      for (const { code, err } of results) if (code !== 0) expect(err).toMatch(/not as expected|somebody else/);
      // Whoever lost repeats it, and both stand there, one after the other.
      for (const file of files) expect((await appending(file, url)).code).toBe(0);
      expect((await blocks(url)).sort()).toEqual(['left', 'right']);
    }));
});

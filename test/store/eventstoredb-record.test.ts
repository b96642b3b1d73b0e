import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { SHIPPED_RECORD } from '../../src/machine/cache.ts';
import { compareWith, pushRecord } from '../../src/machine/push.ts';
import { readShelf, recordOf } from '../../src/machine/stored-record.ts';
import { loadRecord } from '../../src/record/load.ts';
import type { LoadedRecord } from '../../src/record/types.ts';
import { openStore } from '../../src/store/index.ts';
import { type Node, startLoopback } from '../support/loopback/index.ts';

let record: LoadedRecord;
let node: Node;
let url = '';
beforeAll(async () => {
  record = await loadRecord(SHIPPED_RECORD);
  node = await startLoopback();
  url = `kurrentdb://${node.address}?tls=false`;
});
afterAll(() => node.close());

const plain = (one: LoadedRecord): string =>
  JSON.stringify({ ...one, folder: '', problems: [], sources: [...one.sources] }, (key, value: unknown) =>
    key === 'place' ? undefined : value,
  );

async function printed(...argv: readonly string[]): Promise<string> {
  let out = '';
  const code = await run([...argv, '--format', 'json'], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: () => undefined },
    isTTY: false,
    env: {},
    now: () => new Date('2026-11-21T12:00:00Z'),
  });
  return `${code}\n${out}`;
}

describe('The record in an EventStoreDB', () => {
  it('is pushed whole over a connection that is cut again and again, and nothing twice', async () => {
    const store = await openStore(url);
    let cuts = 0;
    const cutting = setInterval(() => {
      cuts += 1;
      if (cuts <= 10) node.cut();
    }, 200);
    node.fail('append', { kind: 'drop', when: 'after' }, 2);
    expect(await pushRecord(record, store)).toMatchObject({ ok: true });
    clearInterval(cutting);
    expect(cuts).toBeGreaterThan(2);
    node.heal();
    const before = node.log.all.length;
    expect(await pushRecord(record, store)).toMatchObject({ ok: true, appended: 0 });
    expect(node.log.all.length).toBe(before);
    const ids = node.log.all.map(({ stream, id }) => `${stream} ${id}`);
    expect(new Set(ids).size).toBe(ids.length);
    const shelf = await readShelf(store);
    const rebuilt = recordOf(shelf, store.url);
    expect(plain(rebuilt) === plain(record)).toBe(true);
    expect(compareWith(record, shelf, rebuilt)).toEqual([]);
    await store.close();
  });

  it('answers with the same bytes as the files', async () => {
    for (const argv of [
      ['on', '2013-04-01'],
      ['count', 'ICS', '--every', 'year', '--from', '2016-01-01', '--to', '2026-01-01'],
    ]) {
      const files = await printed(...argv);
      expect(files.length).toBeGreaterThan(100);
      expect((await printed(...argv, '--store', url)) === files, argv.join(' ')).toBe(true);
    }
  });
});

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, copyFile, link, open, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { openStore } from '../../src/store/index.ts';
import { gathered } from '../../src/store/port.ts';
import { newEvents } from './events.ts';
import { established, milestone, pushFolder, shelve, withFolder } from './worlds.ts';

const CHILD = fileURLToPath(new URL('to-append.ts', import.meta.url));
const Libsql = createRequire(import.meta.url)('libsql') as typeof import('libsql');

async function stood(
  ...argv: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', ''];
  const code = await run(argv, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    isTTY: false,
    env: {},
  });
  return { code, out, err };
}

/** The same in a process of its own, as another user when one is named. */
function process_(
  argv: readonly string[],
  uid?: number,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid }),
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

/** A store file of some events, closed. */
async function storeFile(folder: string, count = 300): Promise<string> {
  const file = path.join(folder, 'events.sqlite');
  const store = await openStore(file);
  for (let i = 0; i < count; i += 50) await store.append(`milestone-x-${i}`, newEvents(50, { text: 'x'.repeat(200) }));
  await store.close();
  return file;
}

const bytesOf = async (file: string): Promise<string> => (await readFile(file)).toString('base64');

describe('a file that cannot serve', () => {
  it('is left as it is when it is not SQLite, or another program’s', () =>
    withFolder(async (folder) => {
      const [text, other] = [path.join(folder, 'letter.db'), path.join(folder, 'other.db')];
      await writeFile(text, 'Dear Sir or Madam, '.repeat(500));
      const db = new Libsql(other);
      db.exec('create table photos (id integer primary key)');
      db.close();
      for (const file of [text, other]) {
        const before = await bytesOf(file);
        await expect(openStore(file)).rejects.toMatchObject({ name: 'NotAStore' });
        expect((await stood('store', 'push', '--store', file)).code).toBe(1);
        expect(await bytesOf(file)).toBe(before);
      }
      await expect(openStore(`sqlite:${folder}`)).rejects.toMatchObject({ name: 'NotAStore' });
      await expect(openStore(path.join(folder, 'nowhere', 'x.sqlite'))).rejects.toMatchObject({
        name: 'StoreUnavailable',
      });
      await expect(openStore(path.join(folder, 'absent.sqlite'), { readOnly: true })).rejects.toMatchObject({
        name: 'StoreUnavailable',
      });
      await expect(openStore('postgres://u:secret@host/db')).rejects.toMatchObject({
        name: 'BadStoreUrl',
        message: expect.not.stringContaining('secret'),
      });
    }));

  it('is refused when it was cut off, scribbled over, or edited behind our back', () =>
    withFolder(async (folder) => {
      const whole = await storeFile(folder);
      const damaged = async (name: string, damage: (file: string) => Promise<unknown>): Promise<string> => {
        const file = path.join(folder, name);
        await copyFile(whole, file);
        await damage(file);
        return file;
      };
      const scribble = async (file: string): Promise<void> => {
        const handle = await open(file, 'r+');
        await handle.write(Buffer.alloc(9000, 0x5a), 0, 9000, 8192);
        await handle.close();
      };
      const edit = (sql: string) => async (file: string) => {
        const db = new Libsql(file);
        for (const name of ['changed', 'deleted']) db.exec(`drop trigger events_are_never_${name}`);
        db.exec(sql);
        db.close();
      };
      const cases: [string, (file: string) => Promise<unknown>][] = [
        ['short.sqlite', (file) => truncate(file, 20_000)],
        ['stub.sqlite', (file) => truncate(file, 60)],
        ['scribbled.sqlite', scribble],
        ['edited.sqlite', edit(`update events set data = '{"number":42}' where position = 17`)],
        ['thinned.sqlite', edit('delete from events where position = 100')],
        ['swapped.sqlite', edit(`update events set created = '2001-01-01T00:00:00.000Z' where position = 3`)],
      ];
      for (const [name, damage] of cases) {
        const file = await damaged(name, damage);
        await expect(openStore(file), name).rejects.toMatchObject({
          name: 'StoreCorrupt',
          hint: expect.stringMatching(/copy/),
        });
      }
      expect(await gathered((await openStore(whole)).readAll())).toHaveLength(300);
    }));

  it('cannot be changed by another tool that plays by the rules', () =>
    withFolder(async (folder) => {
      const db = new Libsql(await storeFile(folder, 50));
      expect(() => db.exec('update events set data = 1')).toThrow(/never changed/);
      expect(() => db.exec('delete from events')).toThrow(/never deleted/);
      expect(db.prepare('select count(*) as n from record').get()).toMatchObject({ n: 50 });
      db.close();
    }));

  it('is reported when another process holds it, and nothing is lost', () =>
    withFolder(async (folder) => {
      const file = await storeFile(folder, 50);
      const store = await openStore(file, { timeout: 300 });
      const holder = new Libsql(file);
      holder.exec('begin immediate');
      const began = Date.now();
      await expect(store.append('s', newEvents(1))).rejects.toMatchObject({ name: 'StoreLocked' });
      expect(Date.now() - began).toBeLessThan(3000);
      expect(await gathered(store.readAll())).toHaveLength(50);
      holder.exec('commit');
      holder.close();
      expect(await store.append('s', newEvents(1))).toEqual({ revision: 0, written: 1 });
      await store.close();
    }));

  it('answers when it may only be read, and says so when it is to be written', () =>
    withFolder(async (folder) => {
      const file = await storeFile(folder, 50);
      const reading = await openStore(file, { readOnly: true });
      expect(await gathered(reading.readAll())).toHaveLength(50);
      await expect(reading.append('s', newEvents(1))).rejects.toMatchObject({ name: 'StoreReadOnly' });
      await reading.close();
      if (process.getuid?.() !== 0) return;
      await chmod(folder, 0o755);
      await chmod(file, 0o444);
      const other = await process_(['store', 'push', '--store', file], 65_534);
      expect(other).toMatchObject({
        code: 1,
        err: expect.stringMatching(/reading only|may not be written|cannot be read/),
      });
    }));
});

describe('a file that a process opens again and again', () => {
  it('stays whole while other processes write to it', () =>
    withFolder(async (folder) => {
      const events = await shelve(folder, {
        '2013-04-01-mine.yaml': milestone('mine', '2026-11-21', established('mine/a', 'ccg/a', 'A', '2013-04-01')),
      });
      const url = `sqlite:${folder}/shared.sqlite`;
      await pushFolder(events, await openStore(url));
      for (let round = 1; round <= 3; round++) {
        for (let again = 0; again < 2; again++) {
          const store = await openStore(url);
          expect(await gathered(store.readAll())).toHaveLength(2 * round + 1);
          await store.close();
        }
        const more = milestone(
          `m-${round}`,
          '2026-11-21',
          established(`m-${round}/a`, `ccg/m-${round}`, 'M', '2014-01-01'),
        );
        await shelve(folder, { [`2014-01-01-m-${round}.yaml`]: more });
        const other = await process_(['append', path.join(events, `2014-01-01-m-${round}.yaml`), '--store', url]);
        expect(other).toMatchObject({ code: 0, err: '' });
      }
      const store = await openStore(url);
      await store.checkIntegrity?.();
      await store.close();
    }));

  it.runIf(existsSync('/proc/self/fd'))('is held by no more handles than the first time', () =>
    withFolder(async (folder) => {
      const file = await storeFile(folder, 50);
      const once = async (): Promise<number> => {
        const store = await openStore(file);
        await gathered(store.readAll());
        await store.close();
        return readdirSync('/proc/self/fd').length;
      };
      const first = await once();
      for (let again = 0; again < 30; again++) await once();
      // What earlier tests left may be collected meanwhile.
      expect(await once()).toBeLessThanOrEqual(first);
    }),
  );

  it('is not opened by a second name, beside which another log would lie', () =>
    withFolder(async (folder) => {
      const file = await storeFile(folder, 50);
      await link(file, path.join(folder, 'other.sqlite'));
      await expect(openStore(path.join(folder, 'other.sqlite'))).rejects.toMatchObject({
        name: 'StoreUnavailable',
        message: expect.stringContaining(file),
      });
      await symlink(file, path.join(folder, 'way.sqlite'));
      const store = await openStore(path.join(folder, 'way.sqlite'));
      expect(await gathered(store.readAll())).toHaveLength(50);
      await store.close();
    }));
});

describe('stood append', () => {
  it('appends whole or not at all, once, and tells what is wrong', () =>
    withFolder(async (folder) => {
      const events = await shelve(folder, {
        '2013-04-01-mine.yaml': milestone(
          'mine',
          '2026-11-21',
          established('mine/a', 'ccg/a', 'A', '2013-04-01'),
          established('mine/b', 'ccg/b', 'B', '2013-04-01'),
        ),
      });
      const [file, url] = [path.join(events, '2013-04-01-mine.yaml'), `sqlite:${folder}/mine.sqlite`];
      expect(await stood('append', file, '--store', url)).toMatchObject({
        code: 0,
        out: 'Appended 3 events to milestone-mine, now at revision 2.\n',
      });
      expect(await stood('append', file, '--store', url)).toMatchObject({
        code: 0,
        out: 'Nothing to append: milestone-mine has it all.\n',
      });
      expect((await stood('on', '2014-01-01', '--kind', 'CCG', '--format', 'csv', '--store', url)).out).toContain(
        'ccg/a',
      );

      const bad = path.join(events, '2014-01-01-bad.yaml');
      await writeFile(
        bad,
        milestone(
          'bad',
          '2026-11-21',
          established('bad/c', 'ccg/c', 'C', '2014-01-01'),
          established('bad/a', 'ccg/a', 'A again', '2014-01-01'),
        ),
      );
      const refused = await stood('append', bad, '--store', url);
      expect(refused.code).toBe(1);
      expect(refused.err).toMatch(/bad\.yaml:\d+:\d+ .*ccg\/a/);
      expect((await stood('on', '2014-06-01', '--kind', 'CCG', '--format', 'csv', '--store', url)).out).not.toContain(
        'ccg/c',
      );

      await writeFile(file, milestone('mine', '2026-11-21', established('mine/a', 'ccg/a', 'Another A', '2013-04-01')));
      const edited = await stood('append', file, '--store', url);
      expect(edited).toMatchObject({ code: 1, err: expect.stringContaining('another wording') });
      expect(await stood('append', path.join(folder, 'absent.yaml'), '--store', url)).toMatchObject({ code: 2 });
      expect(await stood('append', file)).toMatchObject({ code: 2, err: expect.stringContaining('no store is named') });
    }));
});

describe('stood store', () => {
  it('refuses to push over another wording, and verify names each difference', () =>
    withFolder(async (folder) => {
      const url = `sqlite:${folder}/pushed.sqlite`;
      const first = milestone(
        'mine',
        '2026-11-21',
        established('mine/a', 'ccg/a', 'A', '2013-04-01'),
        established('mine/b', 'ccg/b', 'B', '2013-04-01'),
      );
      const events = await shelve(folder, { '2013-04-01-mine.yaml': first });
      expect(await stood('store', 'push', '--store', url, '--record', events)).toMatchObject({
        code: 0,
        out: 'Pushed 4 events to 2 streams.\n',
        err: '',
      });
      expect(await stood('store', 'push', '--store', url, '--record', events)).toMatchObject({
        code: 0,
        out: 'Nothing to push: the store has it all.\n',
      });
      expect(await stood('store', 'verify', '--store', url, '--record', events)).toMatchObject({ code: 0 });

      await shelve(folder, {
        '2013-04-01-mine.yaml': milestone(
          'mine',
          '2026-11-21',
          established('mine/b', 'ccg/b', 'B', '2013-04-01'),
          established('mine/c', 'ccg/c', 'C', '2013-04-01'),
        ),
      });
      const verified = await stood('store', 'verify', '--store', url, '--record', events, '--format', 'json');
      expect(verified.code).toBe(1);
      expect(
        (JSON.parse(verified.out) as { differences: { what: string; id: string }[] }).differences.map(
          ({ what, id }) => `${what} ${id}`,
        ),
      ).toEqual(['missing mine/c', 'extra mine/a']);

      await shelve(folder, { '2013-04-01-mine.yaml': first.replace('name: A,', 'name: Changed,') });
      const pushed = await stood('store', 'push', '--store', url, '--record', events);
      expect(pushed).toMatchObject({
        code: 1,
        out: expect.stringContaining('another wording'),
        err: 'Nothing was pushed.\n',
      });

      await shelve(folder, {
        '2013-04-01-mine.yaml': milestone(
          'mine',
          '2026-11-21',
          established('mine/c', 'ccg/c', 'C', '2013-04-01'),
          established('mine/b', 'ccg/b', 'B', '2013-04-01'),
          established('mine/a', 'ccg/a', 'A', '2013-04-01'),
        ),
      });
      expect(await stood('store', 'push', '--store', url, '--record', events)).toMatchObject({ code: 0 });
      expect(await stood('store', 'verify', '--store', url, '--record', events)).toMatchObject({ code: 0 });
    }));

  it('copies a store, once, and says where two differ', () =>
    withFolder(async (folder) => {
      const [from, to] = [`sqlite:${folder}/from.sqlite`, `sqlite:${folder}/to.sqlite`];
      const events = await shelve(folder, {
        '2013-04-01-mine.yaml': milestone('mine', '2026-11-21', established('mine/a', 'ccg/a', 'A', '2013-04-01')),
      });
      await stood('store', 'push', '--store', from, '--record', events);
      const foreign = await openStore(from);
      await foreign.append('orders-7', newEvents(3));
      await foreign.close();
      expect(await stood('store', 'copy', '--from', from, '--to', to)).toMatchObject({
        code: 0,
        out: 'Copied 3 events.\n',
        err: expect.stringContaining('3 events of streams'),
      });
      expect(await stood('store', 'copy', '--from', from, '--to', to)).toMatchObject({
        code: 0,
        out: expect.stringContaining('Nothing to copy'),
      });
      const other = await openStore(to);
      await other.append('milestone-mine', newEvents(1));
      await other.close();
      expect(await stood('store', 'copy', '--from', from, '--to', to)).toMatchObject({
        code: 1,
        err: expect.stringContaining('not a beginning'),
      });
    }));

  it('passes over unknown types and says how many, or refuses them when strict', () =>
    withFolder(async (folder) => {
      const url = `sqlite:${folder}/strange.sqlite`;
      const store = await openStore(url);
      await pushFolder(
        await shelve(folder, {
          '2013-04-01-mine.yaml': milestone('mine', '2026-11-21', established('mine/a', 'ccg/a', 'A', '2013-04-01')),
        }),
        store,
      );
      await store.append('milestone-mine', newEvents(2));
      await store.append('invoices', newEvents(5));
      await store.close();
      const answer = await stood('on', '2014-01-01', '--store', url, '--format', 'json');
      expect(answer).toMatchObject({
        code: 0,
        err: expect.stringMatching(/passed over: 5 events of streams.*2 of type Happened/s),
      });
      expect(await stood('on', '2014-01-01', '--store', url, '--strict')).toMatchObject({
        code: 1,
        err: expect.stringContaining('Happened (2)'),
      });
    }));
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { openRecord } from '../../src/machine/index.ts';
import { followRecord } from '../../src/machine/live.ts';
import { openStore } from '../../src/store/index.ts';
import {
  type LoopbackOptions,
  makeCertificates,
  type Node,
  startLoopback,
  startWebServer,
  unusedPort,
} from '../support/loopback/index.ts';
import { newEvents } from './events.ts';
import { established, milestone, pushFolder, shelve, withFolder } from './worlds.ts';

/** Milliseconds that a call may take; and what a busy machine may add. */
const [DEADLINE, GRACE] = [10_000, 5_000];
const toClose: (() => Promise<unknown>)[] = [];
const unhandled: unknown[] = [];
const note = (problem: unknown): void => void unhandled.push(problem);
const certificates = makeCertificates();
let folder: string;

beforeAll(async () => {
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  folder = await mkdtemp(path.join(tmpdir(), 'stood-esdb-'));
  await writeFile(path.join(folder, 'ca.crt'), certificates.authority);
});
afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
  expect(unhandled).toEqual([]);
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
  await rm(folder, { recursive: true, force: true });
});

async function server(options: LoopbackOptions = {}): Promise<Node> {
  const node = await startLoopback(options);
  toClose.push(() => node.close());
  return node;
}

async function stood(...argv: readonly string[]) {
  let [out, err] = ['', ''];
  const begun = Date.now();
  const code = await run(argv, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    isTTY: false,
    env: {},
  });
  return { code, out, err, milliseconds: Date.now() - begun };
}

describe('stood over an EventStoreDB', () => {
  it('passes over the events of others and unknown types and says how many, or refuses the types when strict', async () => {
    const node = await server();
    const url = `esdb://${node.address}?tls=false`;
    await withFolder(async (own) => {
      const store = await openStore(url);
      await store.append('invoices', newEvents(1_200));
      const mine = milestone('mine', '2026-11-21', established('mine/a', 'ccg/a', 'A', '2013-04-01'));
      const events = await shelve(own, { '2013-04-01-mine.yaml': mine });
      await pushFolder(events, store);
      await store.append('milestone-mine', newEvents(2));
      await store.close();
      const asked = ['on', '2014-01-01', '--store', url, '--format', 'json'];
      const answer = await stood(...asked);
      expect(answer).toMatchObject({
        code: 0,
        err: expect.stringContaining(
          'passed over: 1200 events of streams that are not the record’s; 2 of type Happened, unknown to this program\n',
        ),
      });
      expect(JSON.parse(answer.out)).toMatchObject({ bodies: [{ id: 'ccg/a' }] });
      expect(await stood(...asked, '--strict')).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining('Happened (2)'),
      });
      expect(await stood('store', 'verify', '--store', url, '--record', events)).toMatchObject({ code: 0 });
    });
  });

  it('says what to do where there is no store, and shows no password', async () => {
    const web = await startWebServer();
    toClose.push(() => web.close());
    const secure = (await server({ certificates })).address.replace('127.0.0.1', 'localhost');
    const authority = path.join(folder, 'ca.crt');
    const mine = milestone('mine', '2026-11-21', established('mine/a', 'ccg/a', 'A', '2013-04-01'));
    const events = await shelve(folder, { '2013-04-01-mine.yaml': mine });
    const cases: readonly (readonly [url: string, code: number, says: RegExp])[] = [
      [`esdb://127.0.0.1:${web.port}?tls=false`, 1, /is no event store: a web server answers there\n {2}.*2113/],
      [`esdb://127.0.0.1:${await unusedPort()}?tls=false`, 1, /\n {2}nobody listens at/],
      [`esdb://admin:wr0ng-secret@${secure}?tlsCAFile=${authority}`, 1, /refuses: .*\n {2}user name and password/],
      [`esdb://admin:wr0ng-secret@${secure}`, 1, /certificate that is not trusted here.*\n {2}.*tlsCAFile/],
      ['esdb://localhost?speed=high', 2, /speed/],
    ];
    for (const [url, code, says] of cases) {
      for (const argv of [['store', 'push', '--record', events], ['on', '2014-01-01'], ['watch']]) {
        const told = await stood(...argv, '--store', url);
        expect(told, `${argv.join(' ')} ${url}`).toMatchObject({ code, out: '', err: expect.stringMatching(says) });
        expect(told.err).not.toMatch(/wr0ng-secret|went wrong|\n {4}at /);
        expect(told.milliseconds).toBeLessThan(DEADLINE + GRACE);
      }
    }
  });

  it('cut fifty times, a live reader ends with exactly the landscape of the store', async () => {
    const node = await server();
    const url = `esdb://${node.address}?tls=false`;
    const [writer, followed] = [await openStore(url), await openStore(url)];
    const today = () => 20_778;
    const live = followRecord(followed, { today });
    await live.ready;
    await withFolder(async (own) => {
      for (let cut = 0; cut < 50; cut += 1) {
        const before = node.calls.subscribe;
        if (cut % 2 === 0) node.fail('subscribe', { kind: 'drop', when: cut % 5 });
        const lines = Array.from({ length: 3 }, (_, i) =>
          cut % 10 === 9 && i === 0
            ? `id: m-${cut}/gone, type: EventWithdrawn, effective: 2026-11-21, data: { event: m-${cut - 5}/e-1, reason: It never was. }`
            : established(`m-${cut}/e-${i}`, `ccg/c-${cut}-${i}`, `C ${cut} ${i}`, '2013-04-01'),
        );
        const text = milestone(`m-${cut}`, '2026-11-21', ...lines);
        await pushFolder(await shelve(own, { [`2013-04-01-m-${cut}.yaml`]: text }), writer);
        node.cut();
        await expect.poll(() => node.calls.subscribe, { timeout: 10_000 }).toBeGreaterThan(before);
      }
    });
    node.heal();
    await expect.poll(() => live.status(), { timeout: 20_000 }).toMatchObject({ events: 150, caughtUp: true });
    expect(live.status().fellBehind).toBeGreaterThan(0);
    const fresh = await openRecord({ store: writer, today });
    const days = ['2013-03-31', '2013-04-01', '2026-11-21'];
    expect(days.map((day) => live.machine().at(day).bodies.length)).toEqual([0, 140, 140]);
    expect(JSON.stringify(days.map((day) => live.machine().at(day)))).toBe(
      JSON.stringify(days.map((day) => fresh.at(day))),
    );
    expect(live.machine().edition).toBe(fresh.edition);
    await live.close();
    await writer.close();
    await followed.close();
  });
});

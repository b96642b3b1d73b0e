import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { openStore } from '../../src/store/index.ts';
import { gathered } from '../../src/store/port.ts';
import { type Node, startLoopback } from '../support/loopback/index.ts';
import { bundled } from './bundled.ts';
import { established, milestone, pushFolder, REGISTER, shelve } from './worlds.ts';

const MILESTONES = 60;
const EACH = 20;
/** Back to the beginning of the line, which is then empty. */
const CLEARED = '\r\u001b[K';
const TOTAL = MILESTONES * (EACH + 1) + 1;

let folder: string;
let events: string;
let program: string;
let node: Node;
let url: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stood-interrupt-'));
  program = await bundled(new URL('../../src/cli/main.ts', import.meta.url), folder);
  const files = Array.from({ length: MILESTONES }, (_, m) => {
    const lines = Array.from({ length: EACH }, (_, i) =>
      established(`m-${m}/e-${i}`, `ccg/c-${m}-${i}`, `C ${m} ${i}`, '2013-04-01'),
    );
    return [`2013-04-01-m-${m}.yaml`, milestone(`m-${m}`, '2026-11-21', ...lines)] as const;
  });
  events = await shelve(folder, Object.fromEntries(files));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  node = await startLoopback();
  url = `esdb://${node.address}?tls=false`;
});
afterEach(async () => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  await node.close();
});

interface Running {
  readonly child: ChildProcess;
  /** What it has said so far. */
  readonly said: { out: string; err: string };
  readonly over: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Waits until it has said so on stderr. */
  readonly hears: (words: string) => Promise<void>;
}

function stood(...argv: readonly string[]): Running {
  const child = spawn(process.execPath, [program, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (said.err += String(chunk)));
  return {
    child,
    said,
    over: new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal }))),
    hears: (words) => expect.poll(() => said.err, { timeout: 20_000 }).toContain(words),
  };
}

/** Sends the signal to the program as soon as a server has taken in so many appends. */
async function interruptedAfter(appends: number, at: Node, running: Running, signal: NodeJS.Signals = 'SIGINT') {
  const before = at.calls.append;
  const stop = at.log.onCommit(() => {
    if (at.calls.append - before < appends) return;
    running.child.kill(signal);
    stop();
  });
  return running.over;
}

/** That what stands on the server is milestones, each of them whole, and not all of them. */
function expectWhole(at: Node): void {
  const streams = new Map<string, number>();
  for (const { stream } of at.log.all) if (!stream.startsWith('$')) streams.set(stream, (streams.get(stream) ?? 0) + 1);
  const counts = [...streams].filter(([stream]) => stream.startsWith('milestone-')).map(([, count]) => count);
  expect(new Set(counts)).toEqual(new Set([EACH + 1]));
  expect(counts.length).toBeLessThan(MILESTONES);
}

describe('Ctrl-C', () => {
  it('during a push leaves whole milestones, says how far it came, and the same command does the rest', async () => {
    const pushing = stood('store', 'push', '--store', url, '--record', events);
    expect(await interruptedAfter(5, node, pushing)).toEqual({ code: 130, signal: null });
    expect(pushing.said.out).toBe('');
    expect(pushing.said.err).toMatch(
      /^stood: stopped by Ctrl-C: \d+ of 1,261 events are pushed, each stream of them whole; the same command does the rest\n$/,
    );
    expectWhole(node);
    const done = Number(/: ([\d,]+) of/.exec(pushing.said.err)?.[1]?.replace(',', ''));
    expect(node.log.all.filter(({ stream }) => !stream.startsWith('$'))).toHaveLength(done);
    const again = stood('store', 'push', '--store', url, '--record', events);
    expect(await again.over).toMatchObject({ code: 0 });
    expect(again.said).toEqual({
      out: expect.stringMatching(new RegExp(`^Pushed ${(TOTAL - done).toLocaleString('en-GB')} events to`)),
      err: '',
    });
    const verified = stood('store', 'verify', '--store', url, '--record', events);
    expect(await verified.over).toMatchObject({ code: 0 });
  });

  it('is answered by the exit code of the signal that came', async () => {
    const pushing = stood('store', 'push', '--store', url, '--record', events);
    expect(await interruptedAfter(5, node, pushing, 'SIGTERM')).toEqual({ code: 143, signal: null });
    expect(pushing.said.err).toMatch(/^stood: stopped by SIGTERM: /);
    expectWhole(node);
  });

  it('before anything was pushed says that nothing was', async () => {
    const store = await openStore(url);
    await pushFolder(events, store);
    await store.close();
    const [before, reads] = [node.log.all.length, node.calls.read];
    node.fail('read', { kind: 'stall', when: 50 }, 100);
    const pushing = stood('store', 'push', '--store', url, '--record', events);
    // The first is to see whether anybody is there.
    await expect.poll(() => node.calls.read - reads, { timeout: 20_000 }).toBe(2);
    pushing.child.kill('SIGINT');
    expect(await pushing.over).toEqual({ code: 130, signal: null });
    expect(pushing.said).toEqual({ out: '', err: 'stood: stopped by Ctrl-C: nothing was pushed\n' });
    expect(node.log.all).toHaveLength(before);
  });

  it('pressed twice ends a push at once although the server is silent, and the repeated push ends the same', async () => {
    node.fail('append', { kind: 'stall', when: 'after' }, 1_000);
    const pushing = stood('store', 'push', '--store', url, '--record', events);
    await expect.poll(() => node.calls.append, { timeout: 20_000 }).toBeGreaterThan(0);
    pushing.child.kill('SIGINT');
    await pushing.hears('Ctrl-C again ends at once');
    pushing.child.kill('SIGINT');
    expect(await pushing.over).toEqual({ code: null, signal: 'SIGINT' });
    node.heal();
    const again = stood('store', 'push', '--store', url, '--record', events);
    expect(await again.over).toMatchObject({ code: 0 });
    const ids = node.log.all.filter(({ stream }) => !stream.startsWith('$')).map(({ stream, id }) => `${stream} ${id}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(TOTAL);
  });

  it('during a copy leaves whole streams, and the same command does the rest', async () => {
    const from = `sqlite:${folder}/from.sqlite`;
    const source = await openStore(from);
    await pushFolder(events, source);
    const copying = stood('store', 'copy', '--from', from, '--to', url);
    expect(await interruptedAfter(5, node, copying)).toEqual({ code: 130, signal: null });
    expect(copying.said).toEqual({
      out: '',
      err: expect.stringMatching(
        /^stood: stopped by Ctrl-C: \d+ of 1,261 events are copied, each stream of them whole; the same command does the rest\n$/,
      ),
    });
    expectWhole(node);
    expect(await stood('store', 'copy', '--from', from, '--to', url).over).toMatchObject({ code: 0 });
    const target = await openStore(url);
    const ids = async (store: typeof source) =>
      (await gathered(store.readAll())).map(({ stream, id }) => `${stream} ${id}`);
    expect((await ids(target)).sort()).toEqual((await ids(source)).sort());
    await source.close();
    await target.close();
  });

  it('during an append leaves the store as it was', async () => {
    const store = await openStore(url);
    await pushFolder(events, store);
    await store.close();
    const own = path.join(folder, 'own');
    await mkdir(own, { recursive: true });
    await writeFile(path.join(own, 'sources.yaml'), REGISTER);
    const file = path.join(own, '2014-01-01-mine.yaml');
    await writeFile(file, milestone('mine', '2026-11-21', established('mine/a', 'ccg/mine', 'Mine', '2014-01-01')));
    const [before, reads] = [node.log.all.length, node.calls.read];
    node.fail('read', { kind: 'stall', when: 50 }, 100);
    const appending = stood('append', file, '--store', url);
    // The first is to see whether anybody is there.
    await expect.poll(() => node.calls.read - reads, { timeout: 20_000 }).toBe(2);
    appending.child.kill('SIGINT');
    expect(await appending.over).toEqual({ code: 130, signal: null });
    expect(appending.said).toEqual({ out: '', err: 'stood: stopped by Ctrl-C: nothing was appended\n' });
    expect(node.log.all).toHaveLength(before);
    node.heal();
    expect(await stood('append', file, '--store', url).over).toMatchObject({ code: 0 });
    expect(node.log.all).toHaveLength(before + 2);
  });

  it('ends a watch as it should end: fine, with the last event told whole', async () => {
    const store = await openStore(url);
    await pushFolder(events, store);
    const watching = stood('watch', '--store', url, '--format', 'json');
    await watching.hears('caught up');
    const more = milestone('late', '2026-11-21', established('late/a', 'ccg/late', 'Late', '2014-01-01'));
    await writeFile(path.join(events, '2014-01-01-late.yaml'), more);
    await pushFolder(events, store);
    await rm(path.join(events, '2014-01-01-late.yaml'));
    await expect.poll(() => watching.said.out, { timeout: 20_000 }).toContain('late/a');
    watching.child.kill('SIGINT');
    expect(await watching.over).toEqual({ code: 0, signal: null });
    expect(watching.said.err).toMatch(/\nno longer following esdb:.*: 1,201 events of it were read\n$/);
    expect(JSON.parse(watching.said.out)).toMatchObject({ event: { id: 'late/a' }, changes: [{ body: 'ccg/late' }] });
    await store.close();
  });
});

describe('progress', () => {
  const url = 'memory:';

  it('is drawn on a terminal, with rate and time left, and cleared at the end', async () => {
    let [out, err] = ['', ''];
    const world = {
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: (text: string) => (err += text) },
      isTTY: false,
      progress: true,
      env: {},
    };
    const target = `sqlite:${folder}/progress.sqlite`;
    expect(await run(['store', 'push', '--store', target, '--record', events], world)).toBe(0);
    const drawn = err.split(CLEARED);
    expect(drawn[1]).toMatch(/^pushing ░{24} 0\/1261, 0 a second$/);
    expect(drawn.slice(-2)).toEqual([expect.stringMatching(/^pushing █{24} 1261\/1261, \d+ a second$/), '']);
    expect(err).not.toContain('\n');
    expect(out).toBe(`Pushed 1,261 events to 61 streams.\n`);
    err = '';
    expect(await run(['store', 'copy', '--from', target, '--to', `sqlite:${folder}/copied.sqlite`], world)).toBe(0);
    expect(err.split(CLEARED).slice(-2)).toEqual([
      expect.stringMatching(/^copying █{24} 1261\/1261, \d+ a second$/),
      '',
    ]);
    err = '';
    expect(await run(['store', 'push', '--store', url, '--record', events], { ...world, env: { TERM: 'dumb' } })).toBe(
      0,
    );
    expect(err).toBe('');
  });

  it('is not drawn in a pipe', async () => {
    const pushing = stood('store', 'push', '--store', `sqlite:${folder}/piped.sqlite`, '--record', events);
    expect(await pushing.over).toMatchObject({ code: 0 });
    expect(pushing.said).toEqual({ out: 'Pushed 1,261 events to 61 streams.\n', err: '' });
  });

  it.runIf(existsSync('/usr/bin/script'))(
    'is drawn on a real terminal, and results still go to stdout alone',
    async () => {
      const results = path.join(folder, 'results.txt');
      const command = `'${process.execPath}' '${program}' store push --store sqlite:${folder}/terminal.sqlite --record '${events}' > '${results}'`;
      const child = spawn('/usr/bin/script', ['-qec', command, '/dev/null'], {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, TERM: 'xterm' },
      });
      let shown = '';
      child.stdout.on('data', (chunk: Buffer) => (shown += String(chunk)));
      expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
      expect(shown).toMatch(/pushing █{24} 1261\/1261, \d+ a second/);
      expect(await readFile(results, 'utf8')).toBe('Pushed 1,261 events to 61 streams.\n');
    },
  );
});

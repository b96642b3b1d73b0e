import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWith, pushRecord } from '../../src/machine/push.ts';
import { readShelf, recordOf } from '../../src/machine/stored-record.ts';
import { loadRecord } from '../../src/record/load.ts';
import type { LoadedRecord } from '../../src/record/types.ts';
import { openStore } from '../../src/store/index.ts';
import { gathered } from '../../src/store/port.ts';

/** How often to kill, half of it while pushing and half while appending; `npm run test:kill` kills two hundred times. */
const TIMES = Number(process.env['STOOD_KILLS'] ?? 20);
const KILLS = Math.ceil(TIMES / 2);
const CHILD = fileURLToPath(new URL('to-be-killed.ts', import.meta.url));
const MILESTONES = 30;
const EVENTS = 25;

let folder: string;
let record: LoadedRecord;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stood-kill-'));
  const events = path.join(folder, 'events');
  await mkdir(events);
  await writeFile(
    path.join(events, 'sources.yaml'),
    'a-register: { title: A register, publisher: Somebody, kind: register }\n',
  );
  for (let m = 0; m < MILESTONES; m++) {
    const lines = Array.from(
      { length: EVENTS },
      (_, i) =>
        `  - { id: m-${m}/e-${i}, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/c-${m}-${i}, name: C ${m} ${i}, kind: clinical-commissioning-group }, sources: [a-register] }`,
    );
    await writeFile(
      path.join(events, `2013-04-01-m-${m}.yaml`),
      `milestone: m-${m}\ntitle: Milestone ${m}\nsummary: Some bodies began.\nrecorded: 2026-11-21\nevents:\n${lines.join('\n')}\n`,
    );
  }
  record = await loadRecord(events);
  expect(record.problems).toEqual([]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts the child, kills it a while after it is ready, and gives what it said. */
async function killed(
  work: string,
  url: string,
  after: number,
): Promise<{ readonly lines: readonly string[]; readonly finished: boolean }> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, work, url, path.join(folder, 'events')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += String(chunk)));
  const lines: string[] = [];
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line === 'ready') setTimeout(() => child.kill('SIGKILL'), after);
  }
  await over;
  expect(complaint).toBe('');
  return { lines, finished: lines.at(-1) === 'done' };
}

function acknowledged(lines: readonly string[]): [stream: string, revision: number][] {
  return lines
    .filter((line) => line.startsWith('ack '))
    .map((line) => [line.split(' ')[1] as string, Number(line.split(' ')[2])]);
}

describe(`a store in a file, its writer killed ${TIMES} times`, () => {
  it(
    'has every acknowledged event of a push once, every milestone whole or not at all, and ends as if nothing had happened',
    async () => {
      const counts = new Map(record.milestones.map(({ slug, events }) => [`milestone-${slug}`, events.length + 1]));
      let [file, round, midway] = [0, 0, 0];
      while (round < KILLS) {
        const url = `sqlite:${path.join(folder, `push-${file++}.sqlite`)}`;
        const acks = new Map<string, number>();
        for (let finished = false; !finished && round < KILLS; round++) {
          const run = await killed('push', url, Math.random() * 60);
          finished = run.finished;
          if (!finished && run.lines.some((line) => line.startsWith('ack'))) midway++;
          for (const [stream, revision] of acknowledged(run.lines)) acks.set(stream, revision);
          const store = await openStore(url);
          await store.checkIntegrity?.();
          const found = await gathered(store.readAll());
          const ids = found.map(({ stream, id }) => `${stream} ${id}`);
          expect(new Set(ids).size).toBe(ids.length);
          const held = grouped(found);
          for (const [stream, events] of held)
            if (counts.has(stream)) expect(events).toHaveLength(counts.get(stream) as number);
          for (const [stream, revision] of acks) expect(held.get(stream)?.length).toBeGreaterThan(revision);
          await store.close();
        }
        const store = await openStore(url);
        expect((await pushRecord(record, store)).ok).toBe(true);
        expect(await pushRecord(record, store)).toEqual({ ok: true, appended: 0, streams: 0 });
        const shelf = await readShelf(store);
        expect(compareWith(record, shelf, recordOf(shelf, url))).toEqual([]);
        await store.close();
      }
      if (KILLS >= 50) expect(midway).toBeGreaterThan(0);
    },
    KILLS * 20_000,
  );

  it(
    'has every acknowledged append, in order, none in part and at most one that nobody was told of',
    async () => {
      const url = `sqlite:${path.join(folder, 'append.sqlite')}`;
      let before = 0;
      for (let round = 0; round < KILLS; round++) {
        const { lines } = await killed('append', url, Math.random() * 120);
        const last = Math.max(before - 1, ...acknowledged(lines).map(([, revision]) => revision));
        const store = await openStore(url);
        await store.checkIntegrity?.();
        const found = await gathered(store.readStream('appended'));
        expect(found.map(({ revision }) => revision)).toEqual(found.map((_, i) => i));
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
        expect(found.length % 7).toBe(0);
        expect(found.length).toBeGreaterThanOrEqual(last + 1);
        expect(found.length).toBeLessThanOrEqual(last + 1 + 7);
        before = found.length;
        await store.close();
      }
      expect(before).toBeGreaterThan(0);
    },
    KILLS * 20_000,
  );
});

function grouped<T extends { readonly stream: string }>(all: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(one.stream, [...(groups.get(one.stream) ?? []), one]);
  return groups;
}

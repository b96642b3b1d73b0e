import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pushRecord } from '../../src/machine/push.ts';
import { loadRecord } from '../../src/record/load.ts';
import type { EventStore } from '../../src/store/port.ts';

/** A folder that is gone when the test is over. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stood-store-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A milestone file in short: recorded on a day, one line an event. */
export function milestone(slug: string, recorded: string, ...events: readonly string[]): string {
  return `milestone: ${slug}\ntitle: ${slug}\nsummary: What happened.\nrecorded: ${recorded}\nevents:\n${events.map((event) => `  - { ${event}, sources: [a-register] }\n`).join('')}`;
}

export function established(id: string, body: string, name: string, effective: string): string {
  return `id: ${id}, type: OrganisationEstablished, effective: ${effective}, data: { organisation: ${body}, name: ${name}, kind: clinical-commissioning-group }`;
}

export const REGISTER = 'a-register: { title: A register, publisher: Somebody, kind: register }\n';

/** Writes milestone files into a folder `events`, with the source that they cite. */
export async function shelve(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  const events = path.join(folder, 'events');
  await mkdir(events, { recursive: true });
  await writeFile(path.join(events, 'sources.yaml'), REGISTER);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(events, name), text);
  return events;
}

/** Pushes a folder into a store; fails when the folder has problems. */
export async function pushFolder(folder: string, store: EventStore): Promise<number> {
  const record = await loadRecord(folder);
  if (record.problems.some(({ severity }) => severity === 'error')) throw new Error(JSON.stringify(record.problems[0]));
  const pushed = await pushRecord(record, store);
  if (!pushed.ok) throw new Error(JSON.stringify(pushed.conflicts));
  return pushed.appended;
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { loadRecord } from '../../src/record/load.ts';
import type { LoadedRecord, Problem } from '../../src/record/types.ts';

const made: string[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

/** A folder `events` of its own with these files in it; gone when the test is over. */
export async function shelf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'as-it-stood-'));
  made.push(parent);
  const folder = join(parent, 'events');
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

export async function recordOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<LoadedRecord> {
  return loadRecord(await shelf(files));
}

/** Problems in short: `file:line:column rule message | hint`. */
export function brief(problems: readonly Problem[]): string[] {
  return problems.map(
    ({ file, line, column, rule, message, hint }) =>
      `${file.replace('events/', '')}:${line}:${column} ${rule} ${message}${hint === undefined ? '' : ` | ${hint}`}`,
  );
}

export const SOURCES = `a-source: { title: A source, publisher: Somebody, kind: register }\n`;

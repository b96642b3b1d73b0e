import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from './atomic.ts';
import { sha256 } from './canonical.ts';
import { compareRecorded } from './order.ts';
import type { LoadedRecord, LockLine, Problem, RecordedEvent } from './types.ts';

/** Name of the lock within the folder of the record. */
export const LOCK_FILE = 'record.lock';
const HEADER =
  '# as-it-stood record.lock, format 1: position, event, SHA-256 of the event, SHA-256 of the chain so far';
const GENESIS = '0'.repeat(64);

function link(chain: string, position: number, id: string, hash: string): string {
  return sha256(`${chain}\n${position} ${id} ${hash}`);
}

/**
 * The edition: the last hash of the chain over every event, locked ones first in their order, then the others in the order of the record.
 * It is the last hash of the lock when every event is locked and none was edited, and differs from it otherwise.
 */
export function editionOf(events: readonly RecordedEvent[], lock: readonly LockLine[]): string {
  return chainOver(events, lock).at(-1)?.chain ?? GENESIS;
}

/** The short form of an edition, as printed: its first twelve digits. */
export function shortEdition(edition: string): string {
  return edition.slice(0, 12);
}

function chainOver(events: readonly RecordedEvent[], lock: readonly LockLine[]): Omit<LockLine, 'place'>[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  const locked = new Set(lock.map(({ id }) => id));
  const ordered = [
    ...lock.flatMap(({ id }) => byId.get(id) ?? []),
    ...events.filter(({ id }) => !locked.has(id)).sort(compareRecorded),
  ];
  return chained(ordered);
}

function chained(events: readonly { readonly id: string; readonly hash: string }[]): Omit<LockLine, 'place'>[] {
  let chain = GENESIS;
  return events.map(({ id, hash }, i) => {
    chain = link(chain, i + 1, id, hash);
    return { position: i + 1, id, hash, chain };
  });
}

/** Reads `record.lock`; no file means that nothing is locked. A line that does not follow from those before it is a problem. */
export async function readLock(
  folder: string,
  file: string,
): Promise<{ readonly lines: readonly LockLine[]; readonly problems: readonly Problem[] }> {
  let text: string;
  try {
    text = await readFile(join(folder, LOCK_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { lines: [], problems: [] };
    return {
      lines: [],
      problems: [
        wrong(file, 1, `the lock cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`),
      ],
    };
  }
  return parseLock(text, file);
}

/** Reads the text of a lock. */
export function parseLock(
  text: string,
  file: string,
): { readonly lines: readonly LockLine[]; readonly problems: readonly Problem[] } {
  const rows = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (rows[0] !== HEADER)
    return { lines: [], problems: [wrong(file, 1, 'the first line is not that of a lock this program can read')] };
  const lines: LockLine[] = [];
  const seen = new Set<string>();
  let chain = GENESIS;
  for (const [i, row] of rows.entries()) {
    if (i === 0) continue;
    const found = /^(\d+) (\S+) ([0-9a-f]{64}) ([0-9a-f]{64})$/.exec(row);
    const [, position = '', id = '', hash = '', given = ''] = found ?? [];
    chain = link(chain, i, id, hash);
    if (!found || Number(position) !== i || given !== chain || seen.has(id)) {
      return {
        lines,
        problems: [
          wrong(
            file,
            i + 1,
            found
              ? 'the chain is broken: this line does not follow from those before it'
              : 'this is not a line of a lock',
          ),
        ],
      };
    }
    seen.add(id);
    lines.push({ position: i, id, hash, chain, place: { file, line: i + 1, column: 1 } });
  }
  return { lines, problems: [] };
}

/** Locked events that were edited or have vanished. */
export function lockedButChanged(events: readonly RecordedEvent[], lock: readonly LockLine[]): Problem[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  return lock.flatMap((line): Problem[] => {
    const event = byId.get(line.id);
    if (event === undefined) {
      return [
        {
          ...line.place,
          rule: 'locked-event-edited',
          severity: 'error',
          message: `the locked event ${line.id} is no longer in the record`,
          hint: 'put it back; to take it back record an EventWithdrawn',
        },
      ];
    }
    if (event.hash === line.hash) return [];
    return [
      {
        ...event.place,
        rule: 'locked-event-edited',
        severity: 'error',
        message: `the event ${line.id} is locked and has been edited`,
        hint: 'put it back as it was; to correct it record an EventCorrected',
      },
    ];
  });
}

/** What came of locking: how many events were added, or why nothing was written. */
export type Extended =
  | { readonly ok: true; readonly added: number; readonly edition: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Locks every event that is not locked yet. Writes nothing when the record has errors or a locked event changed. */
export async function extendLock(record: LoadedRecord): Promise<Extended> {
  const events = record.milestones.flatMap((milestone) => milestone.events);
  const problems = [
    ...record.problems.filter(({ severity }) => severity === 'error'),
    ...lockedButChanged(events, record.lock),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const lines = chainOver(events, record.lock);
  const added = lines.length - record.lock.length;
  if (added > 0) await writeAtomically(join(record.folder, LOCK_FILE), formatLock(lines));
  return { ok: true, added, edition: lines.at(-1)?.chain ?? GENESIS };
}

/** The text of a lock over events in this order. */
export function formatLock(events: readonly { readonly id: string; readonly hash: string }[]): string {
  return `${[HEADER, ...chained(events).map(({ position, id, hash, chain }) => `${position} ${id} ${hash} ${chain}`)].join('\n')}\n`;
}

function wrong(file: string, line: number, message: string): Problem {
  return {
    file,
    line,
    column: 1,
    rule: 'lock',
    severity: 'error',
    message,
    hint: 'restore the lock from the history of the repository; never edit it by hand',
  };
}

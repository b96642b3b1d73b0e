import { randomBytes } from 'node:crypto';
import { appendFile, rename, unlink } from 'node:fs/promises';
import { writeAtomically } from '../record/atomic.ts';
import type { Draft, Finding, FindingKind, ImportFormat, Setting } from './format.ts';
import { eventLine, headLines, type MilestoneHead } from './milestone.ts';
import { rowsOf } from './rows.ts';

/** Events above which a draft is no longer sorted but written as it comes, so that memory stays bounded. */
const SORTED = 20_000;
/** Bytes above which the record refuses a milestone file. */
const LARGEST_MILESTONE = 5 * 1024 * 1024;

/** What to import, and where to. */
export interface ImportJob {
  readonly format: ImportFormat;
  readonly file: string;
  readonly setting: Setting;
  readonly head: MilestoneHead;
  /** File to write; undefined to hand the text to `onText`. */
  readonly output?: string | undefined;
  readonly onFinding: (finding: Finding) => void;
  readonly onText: (text: string) => void;
  readonly onBytes?: (bytes: number) => void;
}

/** What an import came to. */
export interface ImportSummary {
  readonly rows: number;
  readonly events: number;
  readonly findings: Readonly<Record<FindingKind, number>>;
  /** True when the milestone was written, or handed over. */
  readonly written: boolean;
}

/** Reads a file of an official format row by row into a milestone for review; every row ends in an event or a finding. */
export async function runImport(job: ImportJob): Promise<ImportSummary> {
  const findings: Record<FindingKind, number> = {
    'bad row': 0,
    'not understood': 0,
    stands: 0,
    contradicts: 0,
    note: 0,
  };
  const tell = (finding: Finding): void => {
    findings[finding.kind]++;
    job.onFinding(finding);
  };
  const lines = draftLines(job, tell);
  const reader = job.format.read(job.setting);
  let rows = 0;
  const take = async (outcomes: ReturnType<typeof reader.end>): Promise<void> => {
    for (const outcome of outcomes) {
      if ('finding' in outcome) tell(outcome.finding);
      else await lines.add(outcome.draft);
    }
  };
  try {
    for await (const found of rowsOf(job.file, job.onBytes)) {
      rows++;
      if ('problem' in found) tell(found.problem);
      else await take(reader.row(found.row));
    }
    await take(reader.end());
    const written = await lines.close();
    return { rows, events: lines.count(), findings, written };
  } catch (error) {
    await lines.discard();
    throw error;
  }
}

/** Collects the lines of a milestone: sorted while they are few, in the order of the file when they are many. */
function draftLines({ head, output, onText }: ImportJob, tell: (finding: Finding) => void) {
  const spool = output === undefined ? undefined : `${output}.${randomBytes(6).toString('hex')}.tmp`;
  const names = new Map<string, number>();
  let held: { readonly date: string; readonly line: string }[] = [];
  let spooled = false;
  let bytes = 0;
  let count = 0;
  const flush = async (): Promise<void> => {
    const text = `${spooled ? '' : headLines(head)}${held.map(({ line }) => line).join('')}`;
    held = [];
    spooled = true;
    if (spool === undefined) onText(text);
    else await appendFile(spool, text);
  };
  /** Names are kept apart by what was used before, and by their position once that is too much to remember. */
  const unique = (name: string): string => {
    if (count >= SORTED) return `${name}-${count}`;
    const nth = (names.get(name) ?? 0) + 1;
    names.set(name, nth);
    return nth === 1 ? name : `${name}-${nth}`;
  };
  return {
    count: () => count,
    add: async (draft: Draft): Promise<void> => {
      const line = eventLine({ ...draft, name: unique(draft.name) }, head);
      const { effective } = draft;
      held.push({ date: typeof effective === 'string' ? effective : effective.date, line });
      count++;
      bytes += Buffer.byteLength(line);
      if (held.length >= SORTED) await flush();
    },
    close: async (): Promise<boolean> => {
      if (count === 0) {
        tell({ kind: 'note', message: 'nothing new: no milestone was written' });
        return false;
      }
      if (bytes > LARGEST_MILESTONE) {
        tell({
          kind: 'note',
          message: `the draft has ${(bytes / 1024 / 1024).toFixed(1)} MB; the record reads milestones of up to 5 MB: divide it`,
        });
      }
      if (spooled) {
        tell({ kind: 'note', message: `more than ${SORTED} events: they stand in the order of the file, not by date` });
        await flush();
        if (spool !== undefined && output !== undefined) await rename(spool, output);
        return true;
      }
      held.sort((a, b) => (a.date === b.date ? (a.line < b.line ? -1 : 1) : a.date < b.date ? -1 : 1));
      const text = `${headLines(head)}${held.map(({ line }) => line).join('')}`;
      if (output === undefined) onText(text);
      else await writeAtomically(output, text);
      return true;
    },
    discard: async (): Promise<void> => {
      if (spooled && spool !== undefined) await unlink(spool).catch(() => undefined);
    },
  };
}

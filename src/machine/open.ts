import path from 'node:path';
import { openCompiled, opened, SHIPPED_RECORD } from './cache.ts';
import type { Compiled } from './compile.ts';
import { createContext } from './context.ts';
import { machineOver, type OpenOptions, refuseErrors } from './front.ts';
import type { Machine } from './machine.ts';
import { FORMAT } from './stored.ts';
import { todayInEngland } from './today.ts';

/**
 * Opens the record: from its compiled form when that is at hand, else by reading, checking and compiling the files.
 * Throws `RecordUnreadable` with every problem when the files cannot be read as a record.
 * @example
 * const record = await openRecord();
 * record.count('ICB', { at: '2022-07-01' }).certain; // 42
 */
export async function openRecord(options: OpenOptions = {}): Promise<Machine> {
  if (options.store !== undefined) return (await import('./from-store.ts')).openFromStore(options.store, options);
  const folder = path.resolve(options.folder ?? SHIPPED_RECORD);
  const compiled =
    options.cache === false
      ? opened(await compileFolder(folder))
      : await openCompiled(folder, FORMAT, () => compileToKeep(folder));
  return machineOver(createContext(compiled, options.today ?? (() => todayInEngland())));
}

/** Reads and compiles a folder; loaded only when there is no compiled form, since it needs the whole vocabulary. */
async function compileFolder(folder: string): Promise<Compiled> {
  const [{ loadRecord }, { compileRecord }] = await Promise.all([import('../record/load.ts'), import('./compile.ts')]);
  const record = await loadRecord(folder);
  refuseErrors(record, folder);
  return compileRecord(record);
}

async function compileToKeep(folder: string): Promise<Compiled> {
  const [compiled, { withKept }] = await Promise.all([compileFolder(folder), import('./kept.ts')]);
  return withKept(compiled);
}

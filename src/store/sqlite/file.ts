import { randomBytes } from 'node:crypto';
import { access, constants, link, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { NotAStore, StoreCorrupt, StoreError, StoreReadOnly, StoreUnavailable } from '../errors.ts';
import { examine, type OpenFile } from './connections.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts';

const MAGIC = 'SQLite format 3\0';

/** What is to be found at a path before anything opens it as a database. */
export interface Found {
  readonly exists: boolean;
  readonly writable: boolean;
  readonly bytes: number;
  /** What this process keeps of it; undefined while there is nothing in it. */
  readonly open?: OpenFile;
}

/** Looks at a file without opening it as a database, so that a foreign file is never touched. Throws `NotAStore`, `StoreCorrupt`, `StoreUnavailable`. */
export async function inspect(file: string): Promise<Found> {
  const about = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unavailable(file, error);
  });
  if (about === undefined) return { exists: false, writable: await may(path.dirname(file), constants.W_OK), bytes: 0 };
  if (!about.isFile())
    throw new NotAStore(`${file} is ${about.isDirectory() ? 'a folder' : 'no file'}`, {
      hint: 'name the file that holds the store, for instance sqlite:my-events.sqlite',
    });
  const writable = await may(file, constants.W_OK);
  if (about.size === 0) return { exists: true, writable, bytes: 0 };
  try {
    const open = examine(file, (header) => judge(header, file, about.size));
    return { exists: true, writable, bytes: about.size, open };
  } catch (error) {
    throw error instanceof StoreError ? error : unavailable(file, error as NodeJS.ErrnoException);
  }
}

/** Throws unless it is the header of a store file. */
function judge(header: Buffer, file: string, bytes: number): void {
  const text = header.toString('latin1', 0, 16);
  if (text !== MAGIC)
    throw new NotAStore(`${file} is not an SQLite file`, {
      hint: 'it was not touched; name another file for the store',
    });
  if (header.length < 100)
    throw new StoreCorrupt(`${file} is cut off: it has ${bytes} bytes`, { hint: 'restore it from a copy' });
  const [application, version] = [header.readUInt32BE(68), header.readUInt32BE(60)];
  if (application !== APPLICATION_ID)
    throw new NotAStore(`${file} is an SQLite file of another program`, {
      hint: 'it was not touched; name another file for the store',
    });
  if (version > SCHEMA_VERSION)
    throw new NotAStore(
      `${file} was written by a newer program (schema ${version}; this one reads ${SCHEMA_VERSION})`,
      { hint: 'update as-it-stood' },
    );
  if (version < 1) throw new StoreCorrupt(`${file} has no schema version`, { hint: 'restore it from a copy' });
}

function unavailable(file: string, error: NodeJS.ErrnoException): StoreUnavailable {
  const why =
    error.code === 'EACCES' || error.code === 'EPERM'
      ? 'you may not read it'
      : error.code === 'ENOTDIR'
        ? 'a part of the path is a file'
        : (error.code ?? error.message);
  return new StoreUnavailable(`the file ${file} cannot be read: ${why}`, {
    hint: 'see that the path is right and that you may read it',
    cause: error,
  });
}

async function may(target: string, mode: number): Promise<boolean> {
  return access(target, mode).then(
    () => true,
    () => false,
  );
}

/** Makes a new file whole or not at all: built beside its place, then put there unless somebody else was first. */
export async function create(file: string, empty: boolean, build: (temporary: string) => void): Promise<void> {
  const folder = path.dirname(file);
  if (!(await may(folder, constants.F_OK)))
    throw new StoreUnavailable(`there is no folder ${folder}`, { hint: 'make it first' });
  if (!(await may(folder, constants.W_OK)))
    throw new StoreReadOnly(`nothing can be made in the folder ${folder}`, { hint: 'see that you may write there' });
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    build(temporary);
    const handle = await open(temporary, 'r+');
    await handle.sync().finally(() => handle.close());
    if (empty) await rename(temporary, file);
    else
      await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
      throw new StoreReadOnly(`${file} cannot be made: ${code}`, {
        hint: 'see that you may write there',
        cause: error,
      });
    if (code === 'ENOSPC') throw new StoreUnavailable(`${file} cannot be made: the disk is full`, { cause: error });
    throw error;
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) await rm(`${temporary}${end}`, { force: true });
  }
}

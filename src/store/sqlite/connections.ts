import { closeSync, fstatSync, openSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import type Database from 'libsql';
import { StoreUnavailable } from '../errors.ts';

/** A store file that this process has opened, for as long as the process lives. */
export interface OpenFile {
  /** Its real path, beside which its log lies. */
  readonly path: string;
  /** Through which its header is read. */
  readonly handle: number;
  /** Connections that no store uses at the moment. */
  readonly idle: { readonly reading: Database.Database[]; readonly writing: Database.Database[] };
}

const HEADER = 100;

/**
 * By device and inode. A handle is never closed again: on POSIX systems closing any handle of a file gives up every lock that the process
 * has on it, those of SQLite too, and another process would take itself for the last one and clear the log away from under us.
 */
const files = new Map<string, OpenFile>();

const keyOf = ({ dev, ino }: Stats): string => `${dev}:${ino}`;

function headerOf(handle: number): Buffer {
  const header = Buffer.alloc(HEADER);
  return header.subarray(0, readSync(handle, header, 0, HEADER, 0));
}

/**
 * Reads the header of a file without opening it as a database and lets the caller judge it; unless that throws, the file is one of ours from here on.
 * Throws what the system throws, and `StoreUnavailable` for a file that this process has opened by another name, where its log would lie elsewhere.
 */
export function examine(file: string, judge: (header: Buffer) => void): OpenFile {
  const path = realpathSync(file);
  const known = files.get(keyOf(statSync(path)));
  if (known !== undefined) {
    judge(headerOf(known.handle));
    if (known.path === path) return known;
    throw new StoreUnavailable(`${file} is the file that this process has opened as ${known.path}`, {
      hint: 'use that name, or open it in another process',
    });
  }
  const handle = openSync(path, 'r');
  try {
    judge(headerOf(handle));
  } catch (error) {
    closeSync(handle);
    throw error;
  }
  const found: OpenFile = { path, handle, idle: { reading: [], writing: [] } };
  files.set(keyOf(fstatSync(handle)), found);
  return found;
}

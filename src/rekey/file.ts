import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdtemp, open, rename, rm, stat, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AskedWrongly } from '../machine/errors.ts';
import { FileUnreadable } from './errors.ts';

const PIECE = 512 * 1024;

export type Encoding = 'UTF-8' | 'UTF-8 with a byte-order mark' | 'Windows-1252' | 'UTF-16LE' | 'UTF-16BE';

/** A file to be read as a table: where it is (standard input is kept in a file of its own), and in what letters. */
export interface Source {
  /** As it was named: `-` for standard input. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly encoding: Encoding;
  /** Lets go of what was made to read it. */
  close(): Promise<void>;
}

const MARKS: readonly (readonly [what: string, bytes: readonly number[], hint: string])[] = [
  ['an Excel workbook, or another zip', [0x50, 0x4b, 3, 4], 'save the sheet as CSV'],
  ['an old Excel workbook', [0xd0, 0xcf, 0x11, 0xe0], 'save the sheet as CSV'],
  ['a PDF', [0x25, 0x50, 0x44, 0x46], 'give the table as CSV'],
  ['compressed', [0x1f, 0x8b], 'unpack it first'],
];

/** Looks at a file from end to end: that it is text, and in what letters. Throws when it is none. */
export async function openSource(name: string, stdin?: AsyncIterable<Buffer | string>): Promise<Source> {
  if (name === '-') return spooled(stdin);
  const about = await stat(name).catch(() => undefined);
  if (!about)
    throw new AskedWrongly(`${name} cannot be read`, 'name a CSV file, or - for what comes in on standard input');
  if (!about.isFile()) throw new AskedWrongly(`${name} is not a file`, 'name a CSV file');
  return { name, path: name, bytes: about.size, encoding: await encodingOf(name), close: async () => {} };
}

async function spooled(stdin: AsyncIterable<Buffer | string> | undefined): Promise<Source> {
  if (!stdin) throw new AskedWrongly('nothing comes in on standard input', 'name a CSV file');
  const folder = await mkdtemp(join(tmpdir(), 'as-it-stood-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'stdin');
    const file = await open(path, 'wx', 0o600);
    let bytes = 0;
    try {
      for await (const piece of stdin) {
        const buffer = Buffer.from(piece as Buffer);
        bytes += buffer.length;
        await file.writeFile(buffer);
      }
    } finally {
      await file.close();
    }
    return { name: '-', path, bytes, encoding: await encodingOf(path), close };
  } catch (problem) {
    await close();
    throw problem;
  }
}

async function encodingOf(path: string): Promise<Encoding> {
  let first = true;
  let encoding: Encoding = 'UTF-8';
  let carry = Buffer.alloc(0);
  let isText = true;
  for await (const piece of piecesOf(path)) {
    if (first) {
      const mark = MARKS.find(([, bytes]) => bytes.every((byte, at) => piece[at] === byte));
      if (mark) throw new FileUnreadable(`the file is ${mark[0]}, not CSV`, mark[2]);
      if (piece[0] === 0xff && piece[1] === 0xfe) return 'UTF-16LE';
      if (piece[0] === 0xfe && piece[1] === 0xff) return 'UTF-16BE';
      if (piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) encoding = 'UTF-8 with a byte-order mark';
      first = false;
    }
    if (piece.includes(0)) throw new FileUnreadable('the file is binary, not text', 'give the table as CSV');
    if (!isText) continue;
    const all = carry.length > 0 ? Buffer.concat([carry, piece]) : piece;
    // A letter may lie across two pieces: what follows the last line end waits for the next.
    const end = all.lastIndexOf(10) + 1 || lastWhole(all);
    if (!isUtf8(all.subarray(0, end))) isText = false;
    carry = Buffer.from(all.subarray(end));
  }
  if (first) throw new FileUnreadable('the file is empty', 'a table has a header and rows');
  return isText && isUtf8(carry) ? encoding : 'Windows-1252';
}

/** The length without the last letter, if that may be unfinished. */
function lastWhole(bytes: Buffer): number {
  let at = bytes.length;
  while (at > 0 && bytes.length - at < 4 && ((bytes[at - 1] ?? 0) & 0xc0) === 0x80) at--;
  return Math.max(0, at - 1);
}

async function* piecesOf(path: string): AsyncGenerator<Buffer, void> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(PIECE);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, PIECE, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/**
 * The text of a file in pieces, one character a byte, so that what is passed on stays as it was; UTF-16 comes as UTF-8.
 * A byte-order mark is left out.
 */
export async function* textOf(
  source: Source,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<string, void> {
  let read = 0;
  const decoder = source.encoding.startsWith('UTF-16') ? new TextDecoder(source.encoding.toLowerCase()) : undefined;
  if (decoder) {
    for await (const piece of piecesOf(source.path)) {
      read += piece.length;
      yield Buffer.from(decoder.decode(piece, { stream: true }), 'utf8').toString('latin1');
      onBytes(read);
    }
    yield Buffer.from(decoder.decode(), 'utf8').toString('latin1');
    return;
  }
  // Pieces end with a line, mostly: what is read of the next waits, so that text need not be put together again.
  const file = await open(source.path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(PIECE);
    let held = 0;
    let from = source.encoding === 'UTF-8 with a byte-order mark' ? 3 : 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, held, PIECE - held, null);
      const filled = held + bytesRead;
      read += bytesRead;
      const lineEnd = bytesRead === 0 ? 0 : buffer.subarray(0, filled).lastIndexOf(10) + 1;
      const to = lineEnd > 0 ? lineEnd : filled;
      if (to > from) yield buffer.toString('latin1', from, to);
      buffer.copyWithin(0, to, filled);
      held = filled - to;
      from = 0;
      onBytes(read);
      if (bytesRead === 0) return;
    }
  } finally {
    await file.close();
  }
}

const WINDOWS = new TextDecoder('windows-1252');

/** What bytes say: UTF-8, or else Windows-1252. */
export function lettersOf(bytes: string): string {
  if (/^[\0-\x7f]*$/.test(bytes)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  return isUtf8(buffer) ? buffer.toString('utf8') : WINDOWS.decode(buffer);
}

/** Text as bytes in the letters of the file; what Windows-1252 lacks becomes a question mark there. */
export function bytesOf(text: string, encoding: Encoding): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  if (encoding !== 'Windows-1252') return Buffer.from(text, 'utf8').toString('latin1');
  windows ??= new Map(
    Array.from({ length: 256 }, (_, byte) => [WINDOWS.decode(Uint8Array.of(byte)), String.fromCharCode(byte)]),
  );
  return [...text].map((letter) => windows?.get(letter) ?? '?').join('');
}
let windows: Map<string, string> | undefined;

/** A file that is there whole when it is kept, and not at all when it is not. */
export interface Draft {
  write(bytes: string): Promise<void>;
  /** Puts it in its place. */
  keep(): Promise<void>;
  drop(): Promise<void>;
  /** Its bytes from the beginning, for one that has no place. */
  read(): AsyncGenerator<Buffer, void>;
}

/** A draft of a file; without a path it is only to be read back. */
export async function draftOf(path: string | undefined): Promise<Draft> {
  if (path !== undefined && (await stat(path).catch(() => undefined))?.isDirectory())
    throw new AskedWrongly(`${path} is a folder`, 'name a file in it');
  const folder = path === undefined ? await mkdtemp(join(tmpdir(), 'as-it-stood-')) : undefined;
  const temporary =
    path === undefined ? join(folder ?? '', 'draft') : `${resolve(path)}.${randomBytes(6).toString('hex')}.tmp`;
  let file: FileHandle | undefined = await open(temporary, 'wx').catch((problem: NodeJS.ErrnoException) => {
    throw new AskedWrongly(
      `${path} cannot be written: ${problem.code === 'ENOENT' ? 'there is no such folder' : problem.code}`,
      'name a file in a folder that you may write to',
    );
  });
  let waiting: string[] = [];
  let size = 0;
  const flush = async () => {
    if (size === 0) return;
    const bytes = Buffer.from(waiting.join(''), 'latin1');
    waiting = [];
    size = 0;
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await (file as FileHandle).write(bytes, at);
      at += bytesWritten;
    }
  };
  const close = async () => {
    await file?.close();
    file = undefined;
  };
  return {
    write: async (bytes) => {
      waiting.push(bytes);
      size += bytes.length;
      if (size >= PIECE) await flush();
    },
    keep: async () => {
      await flush();
      await file?.sync();
      await close();
      if (path !== undefined) await rename(temporary, path);
    },
    drop: async () => {
      await close().catch(() => undefined);
      await unlink(temporary).catch(() => undefined);
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
    read: () => piecesOf(temporary),
  };
}

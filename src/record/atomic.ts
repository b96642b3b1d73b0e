import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes a file whole or not at all: a temporary file beside it, flushed to the disk, then renamed into place. */
export async function writeAtomically(path: string, text: string | Iterable<string>): Promise<void> {
  const temporary = besides(path);
  try {
    const file = await open(temporary, 'wx');
    try {
      for (const chunk of typeof text === 'string' ? [text] : text) await file.writeFile(chunk, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** Writes a folder whole or not at all, in place of nothing or of an empty folder; throws `ENOTEMPTY` for any other. */
export async function writeFolderAtomically(
  path: string,
  files: Iterable<{ readonly path: string; readonly text: string }>,
): Promise<void> {
  const there = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (there && there.length > 0) throw Object.assign(new Error(`${path} is not empty`), { code: 'ENOTEMPTY', path });
  const temporary = besides(path);
  try {
    await mkdir(temporary);
    for (const file of files) {
      const target = join(temporary, file.path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, file.text, 'utf8');
    }
    if (there) await rmdir(path);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

function besides(path: string): string {
  return `${path.replace(/[/\\]+$/, '')}.${randomBytes(6).toString('hex')}.tmp`;
}

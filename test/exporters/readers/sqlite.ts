import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { writeDatabase } from '../../../src/store/sqlite/database.ts';
import type { Reader } from './index.ts';
import { factsOfTables, type Row } from './tables.ts';

/** Read by SQLite, out of the file that is written. */
export const readSqlite: Reader = async (output) => {
  if (output.is !== 'database') throw new Error(`expected a database, not a ${output.is}`);
  const folder = await mkdtemp(join(tmpdir(), 'stood-database-'));
  try {
    const file = join(folder, 'answer.sqlite');
    await writeDatabase(file, output.database);
    const db = new Database(file, { readonly: true });
    try {
      const broken = db.prepare('pragma foreign_key_check').all();
      if (broken.length > 0) throw new Error(`foreign keys point nowhere: ${JSON.stringify(broken)}`);
      return factsOfTables((table) => db.prepare(`select * from "${table}"`).all() as Row[]);
    } finally {
      db.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

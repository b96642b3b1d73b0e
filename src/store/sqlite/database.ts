import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/** A column of a table: its SQL type, whether it may be empty, and what it refers to. Dates are ISO days, as text. */
export interface PlainColumn {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'real' | 'date';
  readonly summary: string;
  readonly required?: boolean;
  readonly refers?: { readonly table: string; readonly column: string };
}

/** Tables in full, and views over them. A table stands after those it refers to. */
export interface PlainDatabase {
  readonly tables: readonly {
    readonly name: string;
    readonly summary: string;
    readonly columns: readonly PlainColumn[];
    readonly key: readonly string[];
    readonly rows: readonly (readonly (string | number | null)[])[];
  }[];
  readonly views: readonly { readonly name: string; readonly summary: string; readonly sql: string }[];
}

/** Rows that cross into the database as one text: `docs/decisions/0022-sqlite-in-batches.md`. */
const ROWS = 1000;

/**
 * Writes a database file whole or not at all, in place of nothing or of another file: built beside it, checked, flushed to the
 * disk, then renamed into place. Throws what the file system says (`ENOENT`, `EACCES`, `EISDIR`…), with its `code`.
 */
export async function writeDatabase(path: string, database: PlainDatabase): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await (await open(temporary, 'wx')).close();
    await build(temporary, database);
    const file = await open(temporary, 'r+');
    await file.sync().finally(() => file.close());
    await rename(temporary, path);
  } catch (error) {
    throw (error as { code?: unknown }).code === 'SQLITE_FULL'
      ? Object.assign(new Error(`${path}: the disk is full`, { cause: error }), { code: 'ENOSPC' })
      : error;
  } finally {
    for (const end of ['', '-journal', '-wal', '-shm']) await rm(`${temporary}${end}`, { force: true });
  }
}

async function build(file: string, { tables, views }: PlainDatabase): Promise<void> {
  const Libsql = (await import('libsql')).default;
  const db = new Libsql(file);
  try {
    // Nobody reads a file that is not there yet, and one that is left half-written is thrown away.
    db.exec('pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = on; begin');
    for (const table of tables) {
      db.exec(createTable(table));
      const insert = db.prepare(
        `insert into ${quoted(table.name)} select ${table.columns
          .map((_, at) => `value ->> '$[${at}]'`)
          .join(', ')} from json_each(?)`,
      );
      for (let from = 0; from < table.rows.length; from += ROWS)
        insert.run(JSON.stringify(table.rows.slice(from, from + ROWS)));
    }
    for (const { name, columns, key } of tables)
      for (const column of columns)
        if ((column.refers && key[0] !== column.name) || column.type === 'date')
          db.exec(
            `create index ${quoted(`${name}_by_${column.name}`)} on ${quoted(name)} (${quoted(column.name)}) where ${quoted(column.name)} is not null`,
          );
    for (const { name, summary, sql } of views) db.exec(`create view ${quoted(name)} as\n-- ${summary}\n${sql.trim()}`);
    db.exec('commit; pragma journal_mode = delete; analyze');
  } finally {
    db.close();
  }
}

const SQL_TYPES = { text: 'text', integer: 'integer', real: 'real', date: 'text' } as const;

function createTable({ name, summary, columns, key }: PlainDatabase['tables'][number]): string {
  const lines = columns.map((column) => {
    const parts = [quoted(column.name), SQL_TYPES[column.type]];
    if (column.required) parts.push('not null');
    if (column.type === 'date')
      parts.push(`check (${quoted(column.name)} glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')`);
    if (column.refers) parts.push(`references ${quoted(column.refers.table)} (${quoted(column.refers.column)})`);
    return { sql: parts.join(' '), summary: column.summary };
  });
  const body = lines.map(({ sql, summary }) => `  ${sql}, -- ${summary}`).join('\n');
  return `create table ${quoted(name)} ( -- ${summary}\n${body}\n  primary key (${key.map(quoted).join(', ')})\n) strict${key.length > 1 ? ', without rowid' : ''}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

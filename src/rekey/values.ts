import { AskedWrongly } from '../machine/errors.ts';
import { type Column, columnOf } from './column.ts';
import { lettersOf, type Source, textOf } from './file.ts';
import { layoutOf } from './layout.ts';
import { rowSplitter } from './rows.ts';

/** More different values than any column of bodies has: the wrong column. */
const MOST_VALUES = 100_000;

/** The different values of a file's column, and how they were read. */
export interface FileValues {
  readonly values: readonly string[];
  readonly column: Column;
  readonly rows: number;
  readonly separator: string;
  /** False when the first row was taken as data: nobody said so, and it names a body. */
  readonly header: boolean;
}

/** Reads the different values of a column; `known` says how many of some values name anything. */
export async function valuesOfFile(
  source: Source,
  asked: {
    readonly column: string | undefined;
    readonly separator: string | undefined;
    readonly header: boolean;
    readonly onBytes?: (bytes: number) => void;
    readonly signal?: AbortSignal;
  },
  known: (values: readonly string[]) => number,
): Promise<FileValues> {
  let layout = await layoutOf(source, asked);
  let column = columnOf(layout, asked.column, known);
  if (layout.header && asked.column === undefined && known([column.name]) === 1) {
    layout = await layoutOf(source, { ...asked, header: false });
    column = columnOf(layout, `${column.at + 1}`, known);
  }
  const values = new Set<string>();
  let rows = layout.header ? -1 : 0;
  const splitter = rowSplitter(layout, layout.preamble === '' ? 1 : 2, column.at);
  const take = (found: ReturnType<typeof splitter.push>): void => {
    asked.signal?.throwIfAborted();
    for (let at = 0; at < found.count; at++) {
      const width = found.width(at);
      const isBlank = width === 1 && found.raw(at).trim() === '';
      if (isBlank) continue;
      rows++;
      if (rows === 0) continue;
      values.add(width > column.at ? found.cell(at) : (found.row(at).cells[column.at] ?? ''));
    }
    if (values.size > MOST_VALUES) {
      throw new AskedWrongly(
        `column “${column.name}” has more than ${MOST_VALUES.toLocaleString('en-GB')} different values: it does not hold bodies`,
        'name another with --column',
      );
    }
  };
  let skip = layout.preamble.length;
  for await (const piece of textOf(source, asked.onBytes)) {
    take(splitter.push(skip > 0 ? piece.slice(skip) : piece));
    skip = Math.max(0, skip - piece.length);
  }
  take(splitter.end());
  return {
    values: [...values].map(lettersOf).filter((value) => value.trim() !== ''),
    column,
    rows,
    separator: layout.separator,
    header: layout.header !== undefined,
  };
}

import { parse } from 'csv-parse/sync';
import { FileUnreadable } from './errors.ts';

/** Bytes without an end of a row after which a quote is taken to be open for good: it would swallow the rest of the file. */
const LONGEST_ROW = 4 * 1024 * 1024;

/** How a file parts its rows and cells. */
export interface Dialect {
  readonly separator: string;
  /** The last character of a line end: `\n` (also of `\r\n`), or `\r` where the file knows no other. */
  readonly newline: '\n' | '\r';
}

/** A row as it stands in the file, one character a byte. */
export interface Row {
  /** Everything between two line ends, quotes and all. */
  readonly raw: string;
  /** The line end that followed; empty at the end of a file that lacks one. */
  readonly end: string;
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
  /** What its cells say; none when `problem` says why. */
  readonly cells: readonly string[];
  readonly problem: string | undefined;
}

/** The rows of a piece of text, looked at one by one; they hold until the next piece is taken. */
export interface Rows {
  readonly count: number;
  /** The row as it stands, and its line end. */
  raw(at: number): string;
  end(at: number): string;
  /** How many cells it has, or 0 when it has quotes: then only `row` knows. */
  width(at: number): number;
  /** The cell of the column looked for; of a row without quotes. */
  cell(at: number): string;
  row(at: number): Row;
}

/**
 * Parts text that comes in pieces into rows. Rows without quotes are parted at the separators; those with quotes are
 * read by csv-parse, all those of a piece at once. `column` is the one that `cell` gives.
 */
export function rowSplitter(
  { separator, newline }: Dialect,
  firstLine = 1,
  column = 0,
): {
  /** The rows that are whole with this piece. */
  readonly push: (text: string) => Rows;
  /** The last row, when the text did not end with a line end. */
  readonly end: () => Rows;
} {
  const [separatorCode, newlineCode] = [separator.charCodeAt(0), newline.charCodeAt(0)];
  let rest = '';
  let line = firstLine;
  // What is known of each row, in columns: objects for millions of rows are most of the time that they take.
  let capacity = 4096;
  let [starts, stops, ends, cellStarts, cellStops, widths, lines] = columnsFor(capacity);
  const take = (text: string, isLast: boolean): Rows => {
    const quoted = new Map<number, Row>();
    const length = text.length;
    let count = 0;
    let start = 0;
    while (start < length) {
      let at = start;
      let width = 1;
      let cellStart = column === 0 ? start : -1;
      let cellStop = -1;
      let hasQuotes = false;
      for (; at < length; at++) {
        const code = text.charCodeAt(at);
        if (code === separatorCode) {
          if (width === column + 1) cellStop = at;
          if (width === column) cellStart = at + 1;
          width++;
        } else if (code === newlineCode) break;
        else if (code === 34) {
          hasQuotes = true;
          break;
        }
      }
      let over = 0;
      let problem: string | undefined;
      if (hasQuotes) {
        const found = endOfQuoted(text, start, separator, newline);
        if (!found.closed && isLast) throw neverClosed(line);
        at = found.end < 0 ? length : found.end;
        problem = found.problem;
        over = found.newlines;
      }
      if (at >= length && !isLast) break;
      const hasReturn = newlineCode === 10 && at < length && at > start && text.charCodeAt(at - 1) === 13;
      const stop = hasReturn ? at - 1 : at;
      if (count === capacity) {
        capacity *= 2;
        const wider = columnsFor(capacity);
        for (const [n, values] of [starts, stops, ends, cellStarts, cellStops, widths, lines].entries())
          wider[n]?.set(values);
        [starts, stops, ends, cellStarts, cellStops, widths, lines] = wider;
      }
      starts[count] = start;
      stops[count] = stop;
      ends[count] = Math.min(at + 1, length);
      cellStarts[count] = cellStart;
      cellStops[count] = Math.min(cellStop < 0 ? stop : cellStop, stop);
      widths[count] = hasQuotes ? 0 : width;
      lines[count] = line;
      if (hasQuotes) {
        const raw = text.slice(start, stop);
        quoted.set(count, { raw, end: text.slice(stop, at + 1), line, cells: [], problem });
      }
      count++;
      line += 1 + over;
      start = at + 1;
    }
    readQuoted(quoted, separator);
    rest = start < length ? text.slice(start) : '';
    if (rest.length > LONGEST_ROW) {
      if (rest.includes('"')) throw neverClosed(line);
      throw new FileUnreadable(
        `line ${line} is longer than ${LONGEST_ROW / 1024 / 1024} MB`,
        'this is no table of rows and columns',
      );
    }
    const raw = (at: number) => text.slice(starts[at], stops[at]);
    const end = (at: number) => text.slice(stops[at], ends[at]);
    return {
      count,
      raw,
      end,
      width: (at) => widths[at] as number,
      cell: (at) => text.slice(cellStarts[at], cellStops[at]),
      row: (at) =>
        quoted.get(at) ?? {
          raw: raw(at),
          end: end(at),
          line: lines[at] as number,
          cells: raw(at).split(separator),
          problem: undefined,
        },
    };
  };
  return { push: (text) => take(rest === '' ? text : rest + text, false), end: () => take(rest, true) };
}

type Columns = [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];

function columnsFor(capacity: number): Columns {
  return Array.from({ length: 7 }, () => new Int32Array(capacity)) as Columns;
}

/** All rows as a list. */
export function listOf(rows: Rows): Row[] {
  return Array.from({ length: rows.count }, (_, at) => rows.row(at));
}

function neverClosed(line: number): FileUnreadable {
  return new FileUnreadable(
    `a quote is opened in the row that begins on line ${line} and never closed`,
    'close it, or double it ("") where it belongs to the text',
  );
}

/** Where a row with quotes ends, how many lines it runs over beside its own, and whether its quotes are as they should be. */
function endOfQuoted(
  text: string,
  start: number,
  separator: string,
  newline: string,
): { readonly end: number; readonly newlines: number; readonly closed: boolean; readonly problem: string | undefined } {
  let at = start;
  let newlines = 0;
  let problem: string | undefined;
  for (;;) {
    if (text[at] === '"') {
      let close = at;
      for (;;) {
        close = text.indexOf('"', close + 1);
        if (close < 0) return { end: -1, newlines, closed: false, problem };
        if (text[close + 1] !== '"') break;
        close++;
      }
      for (
        let inside = text.indexOf(newline, at);
        inside >= 0 && inside < close;
        inside = text.indexOf(newline, inside + 1)
      )
        newlines++;
      at = close + 1;
      if (text[at] === '\r' && text[at + 1] === newline) at++;
      if (at < text.length && text[at] !== separator && text[at] !== newline)
        problem = 'there is text after a closing quote';
    }
    const cellEnd = text.indexOf(separator, at);
    const lineEnd = text.indexOf(newline, at);
    if (lineEnd >= 0 && (cellEnd < 0 || lineEnd < cellEnd)) return { end: lineEnd, newlines, closed: true, problem };
    if (cellEnd < 0) return { end: -1, newlines, closed: true, problem };
    at = cellEnd + 1;
  }
}

function readQuoted(rows: Map<number, Row>, separator: string): void {
  const sound = [...rows].filter(([, { problem }]) => problem === undefined);
  if (sound.length === 0) return;
  const cells = parse(sound.map(([, { raw }]) => raw).join('\n'), {
    delimiter: separator,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
  }) as string[][];
  for (const [n, [at, row]] of sound.entries()) rows.set(at, { ...row, cells: cells[n] ?? [] });
}

/** The cells of a row as they stand in the file, quotes and all. */
export function rawCells(raw: string, separator: string): string[] {
  if (!raw.includes('"')) return raw.split(separator);
  const cells: string[] = [];
  let start = 0;
  while (start <= raw.length) {
    let at = start;
    if (raw[at] === '"') {
      at++;
      while (at < raw.length && !(raw[at] === '"' && raw[at + 1] !== '"')) at += raw[at] === '"' ? 2 : 1;
    }
    const end = raw.indexOf(separator, at);
    cells.push(raw.slice(start, end < 0 ? raw.length : end));
    if (end < 0) break;
    start = end + 1;
  }
  return cells;
}

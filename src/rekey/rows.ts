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
  cells: readonly string[];
  readonly problem: string | undefined;
}

/**
 * Parts text that comes in pieces into rows. Rows without quotes are parted at the separators; those with quotes are
 * read by csv-parse, all those of a piece at once.
 */
export function rowSplitter(
  { separator, newline }: Dialect,
  firstLine = 1,
): {
  /** The rows that are whole with this piece. */
  readonly push: (text: string) => Row[];
  /** The last row, when the text did not end with a line end. */
  readonly end: () => Row[];
} {
  let rest = '';
  let line = firstLine;
  const take = (text: string, isLast: boolean): Row[] => {
    const rows: Row[] = [];
    const quoted: Row[] = [];
    let start = 0;
    let nextQuote = text.indexOf('"');
    while (start < text.length) {
      let end = text.indexOf(newline, start);
      let problem: string | undefined;
      let lines = 1;
      const hasQuotes = nextQuote >= 0 && (end < 0 || nextQuote < end);
      if (hasQuotes) {
        const found = endOfQuoted(text, start, separator, newline);
        if (!found.closed && isLast) throw neverClosed(line);
        end = found.end;
        problem = found.problem;
        lines += found.newlines;
      }
      if (end < 0 && !isLast) break;
      const stop = end < 0 ? text.length : end;
      const hasReturn = newline === '\n' && end > start && text.charCodeAt(end - 1) === 13;
      const raw = text.slice(start, hasReturn ? stop - 1 : stop);
      const row: Row = {
        raw,
        end: end < 0 ? '' : hasReturn ? '\r\n' : newline,
        line,
        cells: hasQuotes ? [] : raw.split(separator),
        problem,
      };
      rows.push(row);
      if (hasQuotes && problem === undefined) quoted.push(row);
      line += lines;
      start = stop + 1;
      if (hasQuotes) nextQuote = text.indexOf('"', start);
    }
    readQuoted(quoted, separator);
    rest = start < text.length ? text.slice(start) : '';
    if (rest.length > LONGEST_ROW) {
      if (rest.includes('"')) throw neverClosed(line);
      throw new FileUnreadable(
        `line ${line} is longer than ${LONGEST_ROW / 1024 / 1024} MB`,
        'this is no table of rows and columns',
      );
    }
    return rows;
  };
  return { push: (text) => take(rest + text, false), end: () => take(rest, true) };
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

function readQuoted(rows: readonly Row[], separator: string): void {
  if (rows.length === 0) return;
  const cells = parse(rows.map(({ raw }) => raw).join('\n'), {
    delimiter: separator,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
  }) as string[][];
  for (const [at, row] of rows.entries()) row.cells = cells[at] ?? [];
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

import { AskedWrongly } from '../machine/errors.ts';
import { didYouMean } from '../record/near.ts';
import { FileUnreadable } from './errors.ts';
import { lettersOf, type Source, textOf } from './file.ts';
import { type Dialect, listOf, type Row, rowSplitter } from './rows.ts';

/** Rows looked at before a file is read through: for its separator, and for the column that names bodies. */
const SAMPLE = 2000;
const SEPARATORS = [',', ';', '\t', '|'];

/** How a file is laid out, and its first rows. */
export interface Layout extends Dialect {
  /** `sep=;` and its line end, where a spreadsheet left one; it stays in what is written. */
  readonly preamble: string;
  /** The row of column names; undefined where the file has none. */
  readonly header: Row | undefined;
  /** Column names; `column 1`… where the file has none. */
  readonly columns: readonly string[];
  readonly sample: readonly Row[];
}

/** Reads the first rows of a file. Throws when it has none, or two columns of one name. */
export async function layoutOf(
  source: Source,
  asked: { readonly separator?: string | undefined; readonly header: boolean },
): Promise<Layout> {
  let text = '';
  for await (const piece of textOf(source)) {
    text += piece;
    if (text.length > 512 * 1024) break;
  }
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  const preamble = /^"?sep=(.)"?\r?[\n\r]/i.exec(text);
  const body = preamble ? text.slice(preamble[0].length) : text;
  const separator = asked.separator ?? preamble?.[1] ?? sniffed(body, newline);
  const splitter = rowSplitter({ separator, newline }, preamble ? 2 : 1);
  const rows = listOf(splitter.push(body));
  const whole = text.length <= 512 * 1024 ? [...rows, ...listOf(splitter.end())] : rows;
  const all = whole.filter(({ raw }) => raw.trim() !== '');
  const [first, ...rest] = all;
  if (!first) throw new FileUnreadable('the file holds no rows', 'a table has a header and rows');
  const names = first.cells.map((cell) => lettersOf(cell).trim());
  const columns = asked.header ? names : names.map((_, at) => `column ${at + 1}`);
  const twice = columns.filter((name, at) => name !== '' && columns.indexOf(name) !== at);
  if (twice.length > 0) {
    throw new AskedWrongly(
      `two columns are called “${twice[0]}”`,
      'give each column a name of its own, or add --no-header if the first row is data',
    );
  }
  return {
    separator,
    newline,
    preamble: preamble?.[0] ?? '',
    header: asked.header ? first : undefined,
    columns,
    sample: (asked.header ? rest : all).slice(0, SAMPLE),
  };
}

/** The separator that parts the first rows into most columns, the same number in each. */
function sniffed(text: string, newline: '\n' | '\r'): string {
  const scores = SEPARATORS.map((separator, at) => {
    const rows = firstRows(text, { separator, newline });
    const widths = rows.map(({ cells }) => cells.length);
    const width = widths[0] ?? 1;
    const alike = widths.filter((one) => one === width).length / Math.max(1, widths.length);
    return { separator, score: width > 1 ? alike + Math.min(width, 100) / 1000 - at / 1e6 : 0 };
  });
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 0 ? best.separator : ',';
}

function firstRows(text: string, dialect: Dialect): Row[] {
  const splitter = rowSplitter(dialect);
  try {
    const rows = listOf(splitter.push(text.slice(0, 64 * 1024)));
    if (rows.length === 0) rows.push(...listOf(splitter.end()));
    return rows.filter(({ raw }) => raw !== '').slice(0, 50);
  } catch {
    return [];
  }
}

/** The place of a column that was named: by its name in any case, or by its number in a file without names. */
export function columnAt(layout: Layout, name: string): number {
  const exact = layout.columns.indexOf(name.trim());
  if (exact >= 0) return exact;
  const lower = layout.columns.flatMap((column, at) =>
    column.toLowerCase() === name.trim().toLowerCase() ? [at] : [],
  );
  if (lower.length === 1 && lower[0] !== undefined) return lower[0];
  const number = Number(name.replace(/^column /, ''));
  if (layout.header === undefined && Number.isInteger(number) && number >= 1 && number <= layout.columns.length)
    return number - 1;
  const meant = didYouMean(name, layout.columns);
  throw new AskedWrongly(
    `there is no column “${name}”`,
    [meant, `columns: ${layout.columns.map((column) => column || '(no name)').join(', ')}`].filter(Boolean).join('; '),
  );
}

/** The places of several columns, each named whole or several with commas between. */
export function columnsAt(layout: Layout, names: readonly string[]): number[] {
  const isColumn = (name: string) => layout.columns.includes(name.trim());
  const parts = names.flatMap((name) => (isColumn(name) ? [name] : name.split(',')));
  return [...new Set(parts.filter((name) => name.trim() !== '').map((name) => columnAt(layout, name)))];
}

import { stringify } from 'csv-stringify/sync';

/** A table of plain values: a header, and a row for each thing told. */
export interface Sheet {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null | undefined)[])[];
}

/** A table with what it tells, in words, and notes that a reader must know. */
export interface TitledSheet extends Sheet {
  readonly title: string;
  readonly notes?: readonly string[];
}

/** A sheet as CSV after RFC 4180, with a header row; null is an empty field. */
export function sheetCsv({ header, rows }: Sheet): string {
  return stringify([
    [...header],
    ...rows.map((row) => row.map((cell) => (cell === undefined || cell === null ? '' : String(cell)))),
  ]);
}

/** A sheet as Markdown: its title, its table, its notes. */
export function sheetMarkdown({ title, header, rows, notes = [] }: TitledSheet): string {
  const line = (cells: Sheet['rows'][number]): string => `| ${cells.map(inMarkdown).join(' | ')} |`;
  const table = rows.length === 0 ? ['Nothing.'] : [line(header), line(header.map(() => '---')), ...rows.map(line)];
  return `${[`# ${inMarkdown(title)}`, '', ...table, ...notes.flatMap((note) => ['', inMarkdown(note)])].join('\n')}\n`;
}

function inMarkdown(cell: Sheet['rows'][number][number]): string {
  if (cell === undefined || cell === null) return '';
  const text = String(cell).replace(/\s+/g, ' ').trim();
  return text === '---' ? text : text.replace(/[\\|<>*`[\]]/g, '\\$&');
}

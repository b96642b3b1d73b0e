import { stringify } from 'csv-stringify/sync';

/** A table of plain values: RFC 4180 with a header row; null is an empty field. */
export interface Sheet {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null | undefined)[])[];
}

/** Writes a sheet as CSV. */
export function renderCsv({ header, rows }: Sheet): string {
  return stringify([
    [...header],
    ...rows.map((row) => row.map((cell) => (cell === undefined || cell === null ? '' : String(cell)))),
  ]);
}

import { stringify } from 'csv-stringify/sync';
import { bytesOf, type Encoding } from './file.ts';
import type { Found, Reason } from './find.ts';
import type { Part } from './policies.ts';

/** Columns that a re-keyed file has beside its own. */
export const ADDED = [
  'target_id',
  'target_name',
  'target_ods',
  'target_gss',
  'relation',
  'share',
  'share_of',
  'share_note',
  'policy',
  'part',
  'existence',
] as const;

/** Columns that an exceptions file has before those of the file: they come first so that rows of any length line up. */
export const EXCEPTION = [
  'exception_row',
  'exception_line',
  'exception_value',
  'exception_reason',
  'exception_detail',
  'exception_near',
] as const;

/** The added columns' names; with a prefix before all of them when the file has a column of such a name already. */
export function addedNames(columns: readonly string[]): { readonly names: readonly string[]; readonly prefix: string } {
  const taken = new Set(columns.map((column) => column.toLowerCase()));
  for (let n = 0; ; n++) {
    const prefix = n === 0 ? '' : n === 1 ? 'stood_' : `stood${n}_`;
    const names = ADDED.map((name) => `${prefix}${name}`);
    if (names.every((name) => !taken.has(name))) return { names, prefix };
  }
}

/** Cells as they are written in the file: parted, quoted where they must be, in its letters. */
export function cellsOf(
  cells: readonly (string | number | null | undefined)[],
  separator: string,
  encoding: Encoding,
): string {
  const text = stringify([cells.map((cell) => (cell === null || cell === undefined ? '' : String(cell)))], {
    delimiter: separator,
    record_delimiter: '',
  });
  return bytesOf(text, encoding);
}

/** What a row gets for one of its targets. */
export function targetCells(
  { row, share, of, note }: Part,
  policy: string,
  at: number,
  parts: number,
): (string | number | undefined)[] {
  const { to } = row;
  return [
    to?.id,
    to?.name,
    to?.codes.ods,
    to?.codes.gss,
    row.relation,
    share === undefined ? '' : share / 1_000_000,
    of,
    note,
    policy,
    parts > 1 ? `${at + 1} of ${parts}` : '',
    row.existence,
  ];
}

/** What a row that came to no target is told by. */
export function exceptionCells(
  value: string,
  reason: Reason,
  { detail, near }: Extract<Found, { detail: string }>,
): string[] {
  return [value, reason, detail, near.map(({ id, name }) => `${name} (${id})`).join('; ')];
}

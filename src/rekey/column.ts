import { AskedWrongly } from '../machine/errors.ts';
import { lettersOf } from './file.ts';
import { columnAt, type Layout } from './layout.ts';
import type { Row } from './rows.ts';

/** The column whose values name bodies. */
export interface Column {
  readonly at: number;
  readonly name: string;
  /** How it was chosen, when nobody named it: for the person to see. */
  readonly chosen: string | undefined;
}

/** At least so much of the values must name bodies for a column to be taken unasked. */
const LEAST = 0.5;

/** The column that was named, or else the one whose first values name bodies best; two that do so equally well are asked about. */
export function columnOf(
  layout: Layout,
  asked: string | undefined,
  known: (values: readonly string[]) => number,
): Column {
  if (asked !== undefined) {
    const at = columnAt(layout, asked);
    return { at, name: layout.columns[at] ?? '', chosen: undefined };
  }
  if (layout.columns.length === 1) return { at: 0, name: layout.columns[0] ?? '', chosen: undefined };
  const scores = layout.columns.map((name, at) => {
    const values = valuesOf(layout.sample, at);
    return { at, name, score: values.length === 0 ? 0 : known(values) / values.length, of: values.length };
  });
  const best = Math.max(...scores.map(({ score }) => score));
  const chosen = scores.filter(({ score }) => score === best);
  const names = layout.columns.map((name) => name || '(no name)').join(', ');
  if (best < LEAST) {
    throw new AskedWrongly(
      'no column holds codes or names of bodies that the record knows',
      `name the one that should with --column; columns: ${names}`,
    );
  }
  const [only] = chosen;
  if (chosen.length > 1 || !only) {
    throw new AskedWrongly(
      `${chosen.map(({ name }) => `“${name}”`).join(' and ')} name bodies equally well`,
      `say which one with --column, for instance: --column '${only?.name ?? ''}'`,
    );
  }
  const share = Math.floor(best * 100);
  return { at: only.at, name: only.name, chosen: `column “${only.name}”: ${share} % of its first values name bodies` };
}

/** The distinct values of a column in some rows, without those that are empty. */
export function valuesOf(rows: readonly Row[], at: number): string[] {
  const found = new Set<string>();
  for (const { cells } of rows) {
    const value = cells[at];
    if (value !== undefined && value.trim() !== '') found.add(value);
  }
  return [...found].map(lettersOf);
}

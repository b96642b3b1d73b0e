import type { Sheet } from './sheet.ts';

/** What a counterfactual says of itself: the event it supposes away. */
export interface Supposition {
  readonly without: string;
}

/** The supposition that an answer rests on; undefined for an answer that tells what was so. */
export function suppositionOf(data: unknown): Supposition | undefined {
  if (typeof data !== 'object' || data === null || !('without' in data) || !('hypothetical' in data)) return undefined;
  const { without, hypothetical } = data;
  return hypothetical === true && typeof without === 'string' ? { without } : undefined;
}

/** The supposition in a sentence. */
export function supposedInWords({ without }: Supposition): string {
  return `Hypothetical: this supposes that ${without} did not happen, nor what names it as its cause. What the record gives no cause for is left standing.`;
}

/** A table of plain values marked in every row. */
export function supposedSheet({ header, rows }: Sheet, { without }: Supposition): Sheet {
  return {
    header: [...header, 'hypothetical'],
    rows: rows.map((row) => [...row, `without ${without}`]),
  };
}

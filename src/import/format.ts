import type { KnownRecord } from './known.ts';

/** One row of a file, and the line on which it ends. */
export interface Row {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * What a row (or a file as a whole) came to.
 * `bad row`: cannot be read. `not understood`: read, but nothing can be made of it. `stands`: in the record already.
 * `contradicts`: the record has it otherwise. `note`: for the reviewer to know.
 */
export type FindingKind = 'bad row' | 'not understood' | 'stands' | 'contradicts' | 'note';

export interface Finding {
  readonly kind: FindingKind;
  /** Line of the file; absent when it concerns the whole. */
  readonly line?: number;
  readonly message: string;
}

/** An event for the milestone file, before it has its milestone and source. */
export interface Draft {
  /** What its id says after the slash. */
  readonly name: string;
  readonly type: string;
  readonly effective: string | { readonly date: string; readonly basis?: string; readonly convention?: 'last-day' };
  readonly data: Readonly<Record<string, unknown>>;
  /** Where in the file: the row. */
  readonly at?: string;
  readonly confidence?: 'medium' | 'low';
  readonly note?: string;
}

/** What reading a row gives, in order. */
export type Outcome = { readonly finding: Finding } | { readonly draft: Draft };

/** What a format may ask of its surroundings. */
export interface Setting {
  readonly known: KnownRecord;
  /** Kind of the bodies that the file lists, where neither the file nor the record tells. */
  readonly kind?: string | undefined;
  /** The day that a lookup speaks of (EDTF), where the file does not say. */
  readonly asAt?: string | undefined;
}

/** Reads the rows of one file, one by one; `end` tells what only the whole file shows. */
export interface Reader {
  row(row: Row): readonly Outcome[];
  end(): readonly Outcome[];
}

/** An official file format. Its name is what `stood import` takes. */
export interface ImportFormat {
  readonly name: string;
  readonly summary: string;
  readonly read: (setting: Setting) => Reader;
}

/** A finding, as an outcome. */
export function found(kind: FindingKind, line: number | undefined, message: string): Outcome {
  return { finding: { kind, ...(line === undefined ? {} : { line }), message } };
}

import type { SourceRef } from '../../machine/answers.ts';

/** A piece of a line: plain, strong, faint, or the sources that say so. */
export type Inline =
  | string
  | { readonly strong: string }
  | { readonly faint: string }
  | { readonly cite: readonly SourceRef[] };
export type Line = string | readonly Inline[];

/** One block of an answer told to a person, on a terminal or in Markdown. */
export type Block =
  | { readonly type: 'title'; readonly text: Line }
  | { readonly type: 'heading'; readonly text: Line }
  | { readonly type: 'paragraph'; readonly text: Line; readonly indent?: number }
  | { readonly type: 'items'; readonly items: readonly Line[]; readonly indent?: number }
  | { readonly type: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Line[])[] }
  | { readonly type: 'next'; readonly lines: readonly (readonly [command: string, means: string])[] };

export interface Column {
  readonly title: string;
  readonly align?: 'right';
}

export type Document = readonly Block[];

/** The pieces of a line. */
export function pieces(line: Line): readonly Inline[] {
  return typeof line === 'string' ? [line] : line;
}

export const title = (text: Line): Block => ({ type: 'title', text });
export const heading = (text: Line): Block => ({ type: 'heading', text });
export const paragraph = (text: Line, indent = 0): Block => ({ type: 'paragraph', text, indent });
export const items = (list: readonly Line[], indent = 2): Block => ({ type: 'items', items: list, indent });
export const table = (columns: readonly (string | Column)[], rows: readonly (readonly Line[])[]): Block => ({
  type: 'table',
  columns: columns.map((column) => (typeof column === 'string' ? { title: column } : column)),
  rows,
});
export const next = (...lines: readonly (readonly [command: string, means: string])[]): Block => ({
  type: 'next',
  lines,
});
export const cite = (sources: readonly SourceRef[]): Inline => ({ cite: sources });
export const strong = (text: string): Inline => ({ strong: text });
export const faint = (text: string): Inline => ({ faint: text });

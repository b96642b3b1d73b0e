import type { SourceRef } from '../../machine/answers.ts';
import { type Block, type Column, type Document, type Line, pieces } from './document.ts';
import type { Painter } from './paint.ts';
import { sourceInWords } from './sources.ts';

interface Piece {
  readonly text: string;
  readonly paint?: 'strong' | 'faint';
}
/** A word: pieces that no line break may part. */
type Word = readonly Piece[];

/** Tells a document to a person at a terminal: plain lines, no frames, sources numbered at the end. */
export function renderText(
  document: Document,
  { width, paint }: { readonly width: number; readonly paint: Painter },
): string {
  const numbers = new Map<string, { readonly number: number; readonly source: SourceRef }>();
  const number = (source: SourceRef): number => {
    const known = numbers.get(source.source) ?? { number: numbers.size + 1, source };
    numbers.set(source.source, known);
    return known.number;
  };
  const words = (line: Line) => wordsOf(line, number);
  const say = (word: Word) => word.map(({ text, paint: how }) => (how ? paint[how](text) : text)).join('');
  const wrapped = (line: Line, first: number, rest = first, room = width) =>
    wrap(words(line), Math.max(room, 20), first, rest).map(
      (each, i) => ' '.repeat(i === 0 ? first : rest) + each.map(say).join(' '),
    );

  const lines: string[] = [];
  let previous: Block['type'] | undefined;
  for (const block of document) {
    if (block.type === 'next') continue;
    if (startsAfterGap(block, previous)) lines.push('');
    previous = block.type;
    if (block.type === 'title') lines.push(...wrapped(strengthened(block.text), 0));
    else if (block.type === 'heading') lines.push(...wrapped(strengthened(block.text), 0));
    else if (block.type === 'paragraph') lines.push(...wrapped(block.text, block.indent ?? 0));
    else if (block.type === 'items')
      for (const item of block.items) lines.push(...wrapped(item, block.indent ?? 2, (block.indent ?? 2) + 2));
    else lines.push(...tableLines(block, width, words, say, wrapped));
  }
  if (numbers.size > 0) {
    lines.push('', paint.strong('Sources'));
    for (const { number: n, source } of numbers.values())
      lines.push(...wrapped(`[${n}] ${sourceInWords(source)}`, 2, 6));
  }
  // Nearest to where the reader types.
  for (const block of document) if (block.type === 'next') lines.push('', ...nextLines(block.lines, width, paint));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function startsAfterGap(block: Block, previous: Block['type'] | undefined): boolean {
  if (previous === undefined) return false;
  if (block.type === 'items' || block.type === 'table')
    return previous !== 'heading' && !(block.type === 'items' && previous === 'paragraph');
  if (block.type === 'paragraph')
    return previous !== 'heading' && !((block.indent ?? 0) > 0 && (previous === 'paragraph' || previous === 'items'));
  return true;
}

function strengthened(line: Line): Line {
  return pieces(line).map((piece) => (typeof piece === 'string' ? { strong: piece } : piece));
}

function wordsOf(line: Line, number: (source: SourceRef) => number): Word[] {
  const words: Piece[][] = [];
  let glued = false;
  for (const piece of pieces(line)) {
    if (typeof piece === 'object' && 'cite' in piece) {
      if (piece.cite.length > 0)
        words.push([
          {
            text: `[${piece.cite.map((source) => `${number(source)}${source.at ? `, ${source.at}` : ''}`).join('; ')}]`,
            paint: 'faint',
          },
        ]);
      glued = false;
      continue;
    }
    const [text, paint] =
      typeof piece === 'string'
        ? [piece, undefined]
        : 'strong' in piece
          ? [piece.strong, 'strong' as const]
          : [piece.faint, 'faint' as const];
    text.split(/\s+/).forEach((part, i) => {
      if (part === '') {
        if (i > 0) glued = false;
        return;
      }
      const made: Piece = paint ? { text: part, paint } : { text: part };
      const open = i === 0 && glued ? words.at(-1) : undefined;
      if (open) open.push(made);
      else words.push([made]);
      glued = true;
    });
    if (/\s$/.test(text)) glued = false;
  }
  return words;
}

function lengthOf(word: Word): number {
  return word.reduce((sum, piece) => sum + [...piece.text].length, 0);
}

function wrap(words: readonly Word[], width: number, first: number, rest: number): Word[][] {
  const lines: Word[][] = [[]];
  let used = first;
  for (const word of words) {
    const line = lines.at(-1) as Word[];
    const length = lengthOf(word);
    if (line.length > 0 && used + 1 + length > width) {
      lines.push([word]);
      used = rest + length;
    } else {
      used += (line.length > 0 ? 1 : 0) + length;
      line.push(word);
    }
  }
  return lines;
}

const GAP = 2;
const INDENT = 2;

function tableLines(
  block: { readonly columns: readonly Column[]; readonly rows: readonly (readonly Line[])[] },
  width: number,
  words: (line: Line) => Word[],
  say: (word: Word) => string,
  wrapped: (line: Line, first: number, rest?: number) => string[],
): string[] {
  const kept = block.columns.map((_, i) => i).filter((i) => block.rows.some((row) => words(row[i] ?? '').length > 0));
  const cells = block.rows.map((row) => kept.map((i) => words(row[i] ?? '')));
  const heads = kept.map((i): Word[] => [[{ text: block.columns[i]?.title ?? '', paint: 'strong' }]]);
  const widths = kept.map((_, i) => Math.max(...[heads, ...cells].map((row) => lineLength(row[i] ?? []))));
  const least = kept.map((_, i) => Math.max(10, ...[heads, ...cells].flatMap((row) => (row[i] ?? []).map(lengthOf))));
  const room = width - INDENT - GAP * (kept.length - 1);
  while (sum(widths) > room) {
    const spare = widths.map((each, i) => (each > (least[i] ?? 0) ? each : 0));
    const widest = spare.indexOf(Math.max(...spare));
    if ((spare[widest] ?? 0) === 0) return stacked(block, kept, wrapped);
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return [heads, ...cells].flatMap((row) => {
    const columns = row.map((cell, i) => wrap(cell, widths[i] ?? 0, 0, 0));
    const height = Math.max(...columns.map((lines) => lines.length));
    return Array.from(
      { length: height },
      (_, y) =>
        ' '.repeat(INDENT) +
        columns
          .map((lines, i) =>
            padded(lines[y] ?? [], widths[i] ?? 0, block.columns[kept[i] ?? 0]?.align === 'right', say),
          )
          .join(' '.repeat(GAP)),
    );
  });
}

function padded(line: readonly Word[], width: number, right: boolean, say: (word: Word) => string): string {
  const fill = ' '.repeat(Math.max(0, width - lineLength(line)));
  const text = line.map(say).join(' ');
  return right ? fill + text : text + fill;
}

/** A table too wide for the terminal, one record after another. */
function stacked(
  block: { readonly columns: readonly Column[]; readonly rows: readonly (readonly Line[])[] },
  kept: readonly number[],
  wrapped: (line: Line, first: number, rest?: number) => string[],
): string[] {
  return block.rows.flatMap((row, y) => [
    ...(y > 0 ? [''] : []),
    ...kept.flatMap((i) => {
      const cell = row[i] ?? '';
      return cell === '' ? [] : wrapped([`${block.columns[i]?.title}: `, ...pieces(cell)], INDENT, INDENT + 2);
    }),
  ]);
}

function lineLength(line: readonly Word[]): number {
  return sum(line.map(lengthOf)) + Math.max(0, line.length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function nextLines(
  lines: readonly (readonly [command: string, means: string])[],
  width: number,
  paint: Painter,
): string[] {
  const column = Math.max(...lines.map(([command]) => command.length)) + 2;
  const fits = lines.every(([, means]) => column + 2 + means.length <= width);
  return [
    paint.strong('What to type next'),
    ...lines.flatMap(([command, means]) =>
      fits ? [`  ${command.padEnd(column)}${paint.faint(means)}`] : [`  ${command}`, `    ${paint.faint(means)}`],
    ),
  ];
}

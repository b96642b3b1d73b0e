import type { Counted, Coverage, Existence } from '../machine/answers.ts';
import { KINDS, kindNamed } from '../vocabulary/kinds.ts';
import { dateInWords, lastDayInWords } from './dates.ts';

/** A word with a capital to begin a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A kind or a status in words: `clinical commissioning groups`, `integrated care system`. */
export function kindInWords(of: string, many = true): string {
  const kind = kindNamed(of.replace(/^kind\//, ''));
  if (kind) return many ? kind.plural : kind.singular;
  const words = of.replace(/^[a-z]+\//, '').replaceAll('-', ' ');
  return many && !words.endsWith('s') ? `${words}s` : words;
}

/** So many of a kind or a status: `211 clinical commissioning groups`, `1 integrated care board`. */
export function kindCounted(count: number, of: string): string {
  return `${count.toLocaleString('en-GB')} ${kindInWords(of, count !== 1)}`;
}

/** Position of a kind in the list of kinds, from national to local. */
export function kindRank(of: string): number {
  const rank = KINDS.findIndex((kind) => kind.name === of);
  return rank < 0 ? KINDS.length : rank;
}

/** `1 body`, `2 bodies`. */
export function numbered(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** `211`; `14 to 16` when some are only possible. */
export function countedInWords({ certain, possible }: Counted): string {
  return possible > certain ? `${certain} to ${possible}` : String(certain);
}

/** `+211`, `−151`, `0`: with the minus sign of print. */
export function signed(difference: number): string {
  if (difference === 0) return '0';
  return difference > 0 ? `+${difference}` : `−${-difference}`;
}

/** The sign of each certainty: a shape that differs in black and white too. */
export const CERTAINTY_SIGNS: Readonly<Record<Existence | 'ended', string>> = {
  certain: '●',
  possible: '◐',
  expected: '◌',
  hypothetical: '◇',
  ended: '✕',
};

/** What each certainty means, in a sentence. */
export const CERTAINTY_MEANS: Readonly<Record<Existence, string>> = {
  certain: 'true on every reading of the dates',
  possible: 'true on some readings of the dates',
  expected: 'announced, or last known to be so, beyond what was public or is covered',
  hypothetical: 'supposes something that did not happen',
};

/** What the record covers of a kind, as a phrase. */
export function coverageInWords({ completeness, from, to }: Coverage): string {
  if (completeness !== 'none') return completeness;
  if (from === null && to === null) return 'not covered';
  if (from === null) return `not covered on this day; covered until ${lastDayInWords(to ?? '')}`;
  return `not covered on this day; covered from ${dateInWords(from)}${to === null ? '' : ` to ${lastDayInWords(to)}`}`;
}

/** A text of at most so many characters, cut between words. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const short = text.slice(0, length);
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), length / 2)).replace(/( and)?[\s,;:.(]*$/, '')}…`;
}

/** "A, B and C". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** A phrase as a sentence. */
export function sentence(text: string): string {
  const trimmed = capital(text.trim());
  return trimmed === '' || /[.!?…:]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

import type { Losing } from './exporter.ts';
import type { Fact } from './facts.ts';

/** What no text format may carry: control characters other than tab and line feed, halves of a character, non-characters. */
const UNPRINTABLE = /(?![\t\n])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;

/** A text with a replacement character for each that no text format may carry. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '\uFFFD');
}

/** Of facts that would be kept but for control characters: what became of them. */
export const KEPT_IF_PRINTABLE: readonly Losing[] = [
  {
    how: 'flattened',
    why: 'Control characters cannot be written in this format; each became a replacement character.',
    when: ({ value }: Fact) => value.search(UNPRINTABLE) >= 0,
    became: ({ value }: Fact) => printable(value),
  },
];

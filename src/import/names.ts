import { KINDS } from '../vocabulary/kinds.ts';

const LOWER = new Set(['and', 'of', 'the', 'for', 'on', 'in', 'with', 'under', 'upon', 'le', 'at']);
const CAPITALS = new Set(['NHS', ...KINDS.flatMap((kind) => ('acronym' in kind ? [kind.acronym] : []))]);

/** A name that a register keeps in capitals, in the case people write it; any other name as it is. */
export function asWritten(name: string): string {
  const tidy = name.replaceAll(/\s+/g, ' ').trim();
  if (tidy !== tidy.toUpperCase()) return tidy;
  return tidy
    .split(' ')
    .map((word, i) => {
      if (CAPITALS.has(word.replaceAll(/[^A-Z]/g, '')) || /\d/.test(word)) return word;
      const small = word.toLowerCase();
      if (i > 0 && LOWER.has(small)) return small;
      return small.replaceAll(/(^|[-(/])\p{L}/gu, (letter) => letter.toUpperCase());
    })
    .join(' ');
}

/** The kind that a name ends with, by singular or acronym; undefined when it ends with none. */
export function kindOfName(name: string): string | undefined {
  const upper = name.toUpperCase().replaceAll(/\s+/g, ' ').trim();
  const ends = (words: string) => upper === words || upper.endsWith(` ${words}`);
  return KINDS.map((kind) => ({
    kind: kind.name,
    length: Math.max(
      ends(kind.singular.toUpperCase()) ? kind.singular.length : 0,
      'acronym' in kind && kind.acronym.length > 2 && ends(kind.acronym) ? kind.acronym.length : 0,
    ),
  }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => b.length - a.length)[0]?.kind;
}

/** The id that a new body would get: its kind's family and its name without what every name of the kind has. */
export function idFor(kind: string, name: string, code: string): string {
  const known = KINDS.find((each) => each.name === kind);
  const endings = known ? [known.singular, 'acronym' in known ? known.acronym : known.singular] : [];
  const words = endings.reduce(
    (text, ending) => text.replace(new RegExp(`\\b${ending}$`, 'i'), ''),
    name.replace(/^NHS /i, '').trim(),
  );
  const slug = slugOf(words) || slugOf(code);
  return `${known?.prefix ?? 'body'}/${slug}`;
}

/** Lower-case words joined by hyphens. */
export function slugOf(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[’'.]/g, '')
    .replaceAll('&', ' and ')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 90);
}

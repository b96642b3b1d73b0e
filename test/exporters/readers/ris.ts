import type { Reader } from './index.ts';
import { textOf } from './index.ts';
import { factsOfEntries, kindOfId } from './references.ts';

/** Records as RIS has them: two letters or a letter and a digit, two spaces, a hyphen and a space; TY first, ER last. Throws at anything else. */
export function parseRis(text: string): ReadonlyMap<string, readonly string[]>[] {
  const records: Map<string, string[]>[] = [];
  let open: Map<string, string[]> | undefined;
  const lines = text.split('\r\n');
  if (lines.some((line) => /[\r\n]/.test(line))) throw new Error('RIS: a line ends otherwise than with CR and LF');
  for (const line of lines) {
    if (line === '') continue;
    const [, tag = '', value = ''] = /^([A-Z][A-Z0-9]) {2}- (.*)$/u.exec(line) ?? [];
    if (tag === '') throw new Error(`RIS: ${JSON.stringify(line)} is no field`);
    if ((tag === 'TY') !== (open === undefined)) throw new Error(`RIS: ${tag} out of place`);
    if (tag === 'ER') {
      open = undefined;
      continue;
    }
    if (!open) {
      open = new Map();
      records.push(open);
    }
    open.set(tag, [...(open.get(tag) ?? []), value]);
  }
  if (open) throw new Error('RIS: the last record has no end');
  return records;
}

function dateOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const found = /^(\d{4})?\/(\d{2})?\/(\d{2})?\/(.*)$/.exec(text);
  if (!found) throw new Error(`RIS: ${text} is no date`);
  return found[4] || found.slice(1, 4).filter(Boolean).join('-');
}

/** Read by a strict parser of our own: no package that runs here reads RIS. */
export const readRis: Reader = (output) =>
  factsOfEntries(
    parseRis(textOf(output)).map((record) => {
      const one = (tag: string) => record.get(tag)?.[0];
      const id = one('ID') ?? '';
      return {
        id,
        of: kindOfId(id),
        title: one('TI') ?? '',
        publisher: one('PB'),
        version: one('ET'),
        summary: one('AB'),
        keywords: record.get('KW')?.join('; '),
        kind: one('M3'),
        url: one('UR'),
        published: dateOf(one('DA')),
        accessed: dateOf(one('Y2')),
        licence: one('C1')?.replace(/^Licence: /, ''),
        note: one('N1'),
      };
    }),
  );

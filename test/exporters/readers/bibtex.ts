import type { Reader } from './index.ts';
import { textOf } from './index.ts';
import { factsOfEntries, kindOfId } from './references.ts';

/** An entry as BibTeX parses it: braces balanced, white space run together, TeX undone. */
export interface Parsed {
  readonly type: string;
  readonly key: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** A strict parser of BibTeX, written against the grammar of “BibTeXing”, section 2; throws at anything else. */
export function parseBibtex(text: string): Parsed[] {
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`BibTeX: expected ${what} at ${JSON.stringify(text.slice(at, at + 40))}`);
  };
  const take = (pattern: RegExp, what: string): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? fail(what);
    at += found.length;
    return found;
  };
  const space = () => take(/\s*/y, 'white space');
  const braced = (): string => {
    take(/\{/y, 'an opening brace');
    const from = at;
    for (let depth = 1; depth > 0; at++) {
      const one = text[at] ?? fail('a closing brace');
      if (one === '\\') at++;
      else if (one === '{') depth++;
      else if (one === '}') depth--;
    }
    return text.slice(from, at - 1);
  };
  const entries: Parsed[] = [];
  for (space(); at < text.length; space()) {
    const type = take(/@[a-z]+/y, 'an entry').slice(1);
    take(/\{/y, 'an opening brace');
    const key = take(/[^\s,{}"#%\\~'()=]+/y, 'a key');
    const fields = new Map<string, string>();
    space();
    while (text[at] === ',') {
      at++;
      space();
      if (text[at] === '}') break;
      const name = take(/[a-z]+/y, 'the name of a field');
      take(/\s*=\s*/y, 'an equals sign');
      if (fields.has(name)) throw new Error(`BibTeX: ${name} twice in ${key}`);
      fields.set(name, braced());
      space();
    }
    take(/\}/y, 'a closing brace');
    entries.push({ type, key, fields });
  }
  const keys = new Set(entries.map(({ key }) => key.toLowerCase()));
  if (keys.size !== entries.length) throw new Error('BibTeX: two entries have one key');
  return entries;
}

const UNDONE: Readonly<Record<string, string>> = { textbackslash: '\\', textasciitilde: '~', textasciicircum: '^' };

/** What TeX prints of a field; throws at a character that TeX would take for something else. */
function printed(field: string): string {
  const inner = /^\{[\s\S]*\}$/.test(field) ? field.slice(1, -1) : field;
  return inner
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\\([a-z]+)\{\}|\\([{}$&#_%])|([{}$&#_%~^\\])/g, (_, word, escaped, bare) => {
      if (bare) throw new Error(`BibTeX: ${bare} is not escaped in ${field}`);
      return escaped ?? UNDONE[word] ?? `\\${word}`;
    });
}

/** Read by a strict parser of our own: no package that runs here reads BibTeX. */
export const readBibtex: Reader = (output) =>
  factsOfEntries(
    parseBibtex(textOf(output)).map(({ key, fields }) => {
      const id = key.replaceAll(':', '/');
      const text = (name: string) => {
        const field = fields.get(name);
        return field === undefined ? undefined : printed(field);
      };
      const of = kindOfId(id);
      const by = ['publisher', 'organization', 'institution', 'journaltitle'].find((name) => fields.has(name));
      return {
        id,
        of,
        title: text('title') ?? '',
        publisher: by && text(by),
        version: fields.get('version'),
        summary: text('abstract'),
        kind: text('keywords'),
        keywords: text('keywords'),
        url: fields.get('url'),
        published: fields.get('date'),
        accessed: fields.get('urldate'),
        licence: text('licence'),
        note: text('note'),
      };
    }),
  );

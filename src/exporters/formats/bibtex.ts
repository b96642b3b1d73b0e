import { spanOf } from '../../views/dates.ts';
import { RECORD } from '../citation.ts';
import type { Exporter, Losing } from '../exporter.ts';
import { holdsOfReferences, type Reference, referencesOf } from '../references.ts';

/** The entry types of BibLaTeX for the kinds of source, and the field that names who published one. */
const TYPES: Readonly<Record<string, readonly [type: string, publisher: string]>> = {
  legislation: ['legislation', 'organization'],
  register: ['dataset', 'publisher'],
  'official-publication': ['report', 'institution'],
  parliament: ['misc', 'organization'],
  organisation: ['online', 'organization'],
  press: ['article', 'journaltitle'],
  academic: ['misc', 'organization'],
  encyclopaedia: ['inreference', 'publisher'],
  blog: ['online', 'organization'],
};

const ONE_LINE: Losing = {
  how: 'flattened',
  why: 'TeX reads line breaks and runs of white space as one space, and drops control characters.',
  when: ({ value }) => oneLine(value) !== value,
  became: ({ value }) => oneLine(value),
};

const RANGE: Losing = {
  how: 'flattened',
  why: 'BibLaTeX has no set of possible days: the range they lie in stands for it.',
  when: ({ value }) => dateOf(value) !== value,
  became: ({ value }) => dateOf(value),
};

/** References for LaTeX, in the fields of BibLaTeX, which dates as precisely as EDTF level 1. */
export const bibtex: Exporter = {
  name: 'bibtex',
  summary: 'References to the record, this answer, each milestone, body and source, for LaTeX (BibTeX, BibLaTeX)',
  audience: 'citing',
  extension: '.bib',
  aliases: ['bib', 'biblatex', 'latex'],
  mediaType: 'application/x-bibtex; charset=utf-8',
  conventions: {
    intervals: '“eventdate” is a range whose last day is included; with nothing after the slash, no end is known of.',
    precision:
      'EDTF level 1, which BibLaTeX reads: days, months, years, ranges, “about” and “perhaps”. Of several possible days, the range they lie in; “year” is the first it can mean.',
  },
  holds: holdsOfReferences(ONE_LINE, RANGE),
  write: (material) => ({
    is: 'text',
    chunks: referencesOf(material).map((reference, nth) => `${nth === 0 ? '' : '\n'}${entry(reference)}`),
  }),
};

function entry(reference: Reference): string {
  const { of, id, kind, title, publisher, url, published, accessed, licence, note, summary, version, lived } =
    reference;
  const [type, field] =
    (kind === undefined ? undefined : TYPES[kind]) ?? (kind ? ['misc', 'organization'] : ['dataset', 'author']);
  const date = published === undefined ? undefined : dateOf(published);
  const fields: (readonly [string, string | undefined])[] = [
    ['title', `{${tex(title)}}`],
    [field, `{${tex(publisher)}}`],
    ['maintitle', of === 'source' || of === 'record' ? undefined : `{${tex(RECORD.title)}}`],
    ['version', version],
    ['date', date],
    ['year', date?.slice(0, 4)],
    ['urldate', accessed === undefined ? undefined : dateOf(accessed)],
    ['eventdate', lived && `${lived.from}/${lived.last ?? ''}`],
    ['url', url && verbatim(url)],
    ['abstract', summary && tex(summary)],
    ['note', note && tex(note)],
    ['keywords', [...(kind ? [kind] : []), ...reference.keywords].map(tex).join('; ') || undefined],
    ['licence', licence && tex(licence)],
  ];
  const written = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}},\n`]));
  return `@${type}{${id.replaceAll('/', ':')},\n${written.join('')}}\n`;
}

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** A text as TeX reads it: what means something to TeX is escaped. */
function tex(value: string): string {
  return oneLine(value).replace(/[\\{}$&#_%~^]/g, (one) => SPECIAL[one] ?? `\\${one}`);
}

/** An address stands as it is, but braces would end the field. */
function verbatim(url: string): string {
  return oneLine(url).replaceAll('{', '%7B').replaceAll('}', '%7D').replaceAll('\\', '%5C');
}

function oneLine(value: string): string {
  return value
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim();
}

/** A date as BibLaTeX reads one; a set of possible days as the range they lie in. */
function dateOf(edtf: string): string {
  if (!/[[\]{},]/.test(edtf)) return edtf;
  const bounds = spanOf(edtf);
  return bounds ? `${bounds.first}/${bounds.last}` : oneLine(edtf).replace(/[{}]/g, '');
}

import { spanOf } from '../../views/dates.ts';
import { RECORD } from '../citation.ts';
import type { Exporter, Losing } from '../exporter.ts';
import { holdsOfReferences, type Reference, referencesOf } from '../references.ts';

/** The types of RIS for the kinds of source. */
const TYPES: Readonly<Record<string, string>> = {
  legislation: 'STAT',
  register: 'DATA',
  'official-publication': 'GOVDOC',
  parliament: 'GOVDOC',
  organisation: 'ELEC',
  press: 'NEWS',
  academic: 'GEN',
  encyclopaedia: 'ENCYC',
  blog: 'BLOG',
};

const ONE_LINE: Losing = {
  how: 'flattened',
  why: 'A field of RIS is one line: line breaks and control characters become spaces.',
  when: ({ value }) => oneLine(value) !== value,
  became: ({ value }) => oneLine(value),
};

/** References for EndNote, Mendeley and library catalogues. */
export const ris: Exporter = {
  name: 'ris',
  summary: 'References to the record, this answer, each milestone, body and source, for EndNote and catalogues (RIS)',
  audience: 'citing',
  extension: '.ris',
  aliases: ['endnote', 'refman'],
  mediaType: 'application/x-research-info-systems; charset=utf-8',
  conventions: {
    intervals: 'None: when a body existed stands in a note, in words, with its last day.',
    precision:
      'Year, month and day as far as known; any other date as EDTF in the fourth part of the date, and the first year it can mean in “PY”.',
  },
  holds: holdsOfReferences(ONE_LINE),
  write: (material) => ({ is: 'text', chunks: referencesOf(material).map(entry) }),
};

function entry(reference: Reference): string {
  const { of, id, kind, title, publisher, url, published, accessed, licence, note, summary, version } = reference;
  const lines: (readonly [tag: string, value: string | undefined])[] = [
    ['TY', kind ? (TYPES[kind] ?? 'GEN') : 'DATA'],
    ['ID', id],
    ['TI', title],
    ...(of === 'source' ? [] : ([['AU', publisher]] as const)),
    ['T2', of === 'source' || of === 'record' ? undefined : RECORD.title],
    ['PB', of === 'source' ? publisher : RECORD.short],
    ['ET', version],
    ['PY', published && spanOf(published)?.first.slice(0, 4)],
    ['DA', published && dateOf(published)],
    ['Y2', accessed && dateOf(accessed)],
    ['UR', url],
    ['AB', summary],
    ['N1', note],
    ['M3', kind],
    ...reference.keywords.map((keyword) => ['KW', keyword] as const),
    ['C1', licence && `Licence: ${licence}`],
  ];
  const written = lines.flatMap(([tag, value]) => (value ? [`${tag}  - ${oneLine(value)}\r\n`] : []));
  return `${written.join('')}ER  - \r\n\r\n`;
}

/** `YYYY/MM/DD/other`: the parts that are known, or the whole as EDTF where it is no day, month or year. */
function dateOf(edtf: string): string {
  const plain = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(edtf);
  if (plain) return `${plain[1]}/${plain[2] ?? ''}/${plain[3] ?? ''}/`;
  return `${spanOf(edtf)?.first.slice(0, 4) ?? ''}///${edtf}`;
}

function oneLine(value: string): string {
  return value.replace(/(?:\p{Cc}|\p{Zl}|\p{Zp})+/gu, ' ').trim();
}

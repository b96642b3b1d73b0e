import type { Material } from '../../machine/index.ts';
import { RECORD } from '../citation.ts';
import { inWords } from '../dates.ts';
import type { Exporter } from '../exporter.ts';
import { holdsOfReferences, type Reference, referencesOf } from '../references.ts';

/** The types of the Citation Style Language for the kinds of source. */
const TYPES: Readonly<Record<string, string>> = {
  legislation: 'legislation',
  register: 'dataset',
  'official-publication': 'report',
  parliament: 'document',
  organisation: 'webpage',
  press: 'article-newspaper',
  academic: 'article',
  encyclopaedia: 'entry-encyclopedia',
  blog: 'post-weblog',
};

/** References for Zotero, Pandoc and whatever else speaks the Citation Style Language. */
export const cslJson: Exporter = {
  name: 'csl-json',
  summary: 'References to the record, this answer, each milestone, body and source, for Zotero and Pandoc (CSL-JSON)',
  audience: 'citing',
  extension: '.csl.json',
  aliases: ['csl', 'zotero'],
  mediaType: 'application/vnd.citationstyles.csl+json; charset=utf-8',
  conventions: {
    intervals: 'The date of an event is a range whose last day is included; a body without a known end has none.',
    precision: 'Days, months and years in date-parts; other dates in words, and as EDTF in “custom”.',
  },
  holds: holdsOfReferences(),
  write: (material) => ({ is: 'text', chunks: entries(material) }),
};

function* entries(material: Material): Generator<string> {
  let first = true;
  for (const reference of referencesOf(material)) {
    yield `${first ? '[\n' : ',\n'}${JSON.stringify(entry(reference))}`;
    first = false;
  }
  yield '\n]\n';
}

function entry(reference: Reference): object {
  const { of, id, kind, title, publisher, url, published, accessed, licence, note, summary, version, lived } =
    reference;
  const custom = {
    ...(kind ? { kind } : {}),
    ...(published ? { published } : {}),
    ...(accessed ? { accessed } : {}),
    ...(licence ? { licence } : {}),
  };
  return {
    id,
    type: kind ? (TYPES[kind] ?? 'document') : of === 'body' || of === 'milestone' ? 'entry' : 'dataset',
    title,
    ...(of === 'source' ? {} : { author: [{ literal: publisher }] }),
    ...(of === 'source' || of === 'record' ? {} : { 'container-title': RECORD.title }),
    ...(of === 'source' ? { publisher } : { publisher: RECORD.short }),
    ...(version ? { version } : {}),
    ...(published ? { issued: dateOf(published) } : {}),
    ...(accessed ? { accessed: dateOf(accessed) } : {}),
    ...(lived
      ? { 'event-date': { 'date-parts': [parts(lived.from), ...(lived.last ? [parts(lived.last)] : [])] } }
      : {}),
    ...(url ? { URL: url } : {}),
    ...(summary ? { abstract: summary } : {}),
    ...(reference.keywords.length > 0 ? { keyword: reference.keywords.join('; ') } : {}),
    ...(note ? { note } : {}),
    ...(Object.keys(custom).length > 0 ? { custom } : {}),
  };
}

function dateOf(edtf: string): object {
  return /^\d{4}(-\d{2}){0,2}$/.test(edtf) ? { 'date-parts': [parts(edtf)] } : { literal: inWords(edtf) };
}

function parts(iso: string): number[] {
  return iso.split('-').map(Number);
}

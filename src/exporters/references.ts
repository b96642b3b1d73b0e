import type { Material, MaterialBody } from '../machine/index.ts';
import { kindNamed } from '../vocabulary/kinds.ts';
import { clocksInWords, dayOfAnswer, lastDayBefore, periodInWords, RECORD } from './citation.ts';
import { dropped, type Exporter, holding, type Losing, type Treatment } from './exporter.ts';

/** One entry of a bibliography: the record, this answer of it, a milestone, a body, or a source. Dates are EDTF. */
export interface Reference {
  readonly of: 'record' | 'answer' | 'milestone' | 'body' | 'source';
  readonly id: string;
  /** Of a source: legislation, register, press… */
  readonly kind?: string;
  readonly title: string;
  readonly publisher: string;
  readonly url?: string;
  readonly published?: string;
  readonly accessed?: string;
  readonly licence?: string;
  readonly note?: string;
  readonly summary?: string;
  readonly keywords: readonly string[];
  /** Edition of the record: not of sources. */
  readonly version?: string;
  /** Of a body: its first day, and its last where both are known to the day; null while no end is known of. */
  readonly lived?: { readonly from: string; readonly last: string | null };
}

/** Everything that can be cited: the record and this answer of it, its milestones, its bodies and its sources. */
export function referencesOf(material: Material): Reference[] {
  const issued = dayOfAnswer(material);
  const ours = {
    publisher: RECORD.author,
    licence: RECORD.licence,
    version: material.edition,
    ...(issued ? { published: issued } : {}),
    keywords: [],
  };
  const clocks = clocksInWords(material);
  return [
    { ...ours, of: 'record', id: 'as-it-stood', title: RECORD.title },
    {
      ...ours,
      of: 'answer',
      id: 'as-it-stood/answer',
      title: material.title,
      ...(clocks ? { note: `${clocks.charAt(0).toUpperCase()}${clocks.slice(1)}.` } : {}),
      ...(material.notes.length > 0 ? { summary: material.notes.join('; ') } : {}),
    },
    ...material.milestones.map(
      ({ milestone, title, summary, themes }): Reference => ({
        ...ours,
        of: 'milestone',
        id: `milestone/${milestone}`,
        title,
        summary,
        keywords: themes,
      }),
    ),
    ...material.bodies.map(
      (body): Reference => ({
        ...ours,
        of: 'body',
        id: body.id,
        title: body.name,
        note: lifeInWords(body),
        ...livedOf(body),
      }),
    ),
    ...material.sources.map(
      ({ source, kind, title, publisher, url, published, accessed, licence, note }): Reference => ({
        of: 'source',
        id: source,
        kind,
        title,
        publisher,
        keywords: [],
        ...(url ? { url } : {}),
        ...(published ? { published } : {}),
        ...(accessed ? { accessed } : {}),
        ...(licence ? { licence } : {}),
        ...(note ? { note } : {}),
      }),
    ),
  ];
}

/** What a body was and when, in a sentence: `Clinical commissioning group, from … until …; ODS 00A.` */
function lifeInWords({ kind, codes, existence }: MaterialBody): string {
  const what = kindNamed(kind)?.singular ?? kind;
  const periods = existence.map(
    ({ from, until, certainty }) => `${periodInWords(from, until)}${certainty === 'certain' ? '' : ` (${certainty})`}`,
  );
  const known = [codes.ods && `ODS ${codes.ods}`, codes.gss && `GSS ${codes.gss}`].filter(Boolean);
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}, ${[...periods, ...known].join('; ')}.`;
}

function livedOf({ existence: [spell, ...more] }: MaterialBody): Pick<Reference, 'lived'> {
  if (!spell || more.length > 0 || lastDayBefore(spell.from) === undefined) return {};
  if (spell.until === null) return { lived: { from: spell.from, last: null } };
  const last = lastDayBefore(spell.until);
  return last === undefined ? {} : { lived: { from: spell.from, last } };
}

const told = (why: string): Losing => ({ how: 'flattened', why });

const names = new WeakMap<Material, ReadonlyMap<string, number>>();

/** Which of its names a body is entered under. */
function namedBy(material: Material, body: string): number | undefined {
  let known = names.get(material);
  if (!known) {
    known = new Map(material.bodies.map((one) => [one.id, one.names.findIndex(({ value }) => value === one.name)]));
    names.set(material, known);
  }
  return known.get(body);
}

/**
 * What every bibliography makes of the facts: it names things, and does not tell their history.
 * `text` and `date`: what else becomes of a text, or of the date of a source.
 */
export function holdsOfReferences(text?: Losing, date?: Losing): Exporter['holds'] {
  const words: Treatment = text ?? 'kept';
  const days: Treatment = date ?? 'kept';
  const oneName: Losing = {
    ...dropped('A bibliography enters a body under one name: that of the day asked, or the last.'),
    when: ({ record, nth }, material) => namedBy(material, record) !== nth,
  };
  return holding('kept', {
    existence: told('A bibliography tells when a body existed in a note, in words.'),
    'existence.events': dropped('A bibliography has no place for the events that begin and end a body.'),
    name: dropped('A bibliography enters a body under one name, without its dates.'),
    'name.value': text ? [oneName, text] : oneName,
    code: dropped('A bibliography has no place for the dates of codes.'),
    'code.value': told('The codes of the day asked, or the last, stand in a note.'),
    kind: dropped('A bibliography has no place for the dates of a kind.'),
    'kind.value': told('The kind of body stands in a note, in words.'),
    relation: dropped('A bibliography has no place for what a body is part of.'),
    status: dropped('A bibliography has no place for the statuses of a body.'),
    succession: dropped('A bibliography has no place for who followed whom.'),
    event: dropped('A bibliography cites milestones, not each of their events.'),
    'source.title': words,
    'source.publisher': words,
    'source.licence': words,
    'source.note': words,
    'source.published': days,
    'source.accessed': days,
    'milestone.title': words,
    'milestone.summary': words,
    'answer.clocks': told('What was asked with which clocks stands in a note, in words.'),
    'answer.selection': told('What was asked is the title of the answer.'),
    'answer.coverage': dropped('A bibliography has no place for what the record covers.'),
    'answer.notes': words,
  });
}

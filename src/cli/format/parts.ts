import { grouped } from '../../exporters/grouped.ts';
import type {
  Asked,
  BodyRef,
  BoundaryRef,
  Codes,
  Counted,
  Coverage,
  EventAnswer,
  Existence,
  SourceRef,
  StatusRef,
} from '../../machine/answers.ts';
import { capital, numbered } from '../../vocabulary/english.ts';
import { type Kind, kindNamed } from '../../vocabulary/kinds.ts';
import type { Context } from '../command.ts';
import { askedInWords, dateInWords, lastDayInWords } from './dates.ts';
import { type Block, cite, faint, type Inline, items, type Line, paragraph, pieces, strong } from './document.ts';

export { capital, numbered } from '../../vocabulary/english.ts';
export { kindRank } from '../../vocabulary/kinds.ts';

/** A kind or a status in words: `clinical commissioning groups`, `integrated care system`. */
export function kindInWords(of: string, many = true): string {
  const kind: Kind | undefined = kindNamed(of.replace(/^kind\//, ''));
  if (kind) return many ? kind.plural : kind.singular;
  return of.replace(/^[a-z]+\//, '').replace(/-/g, ' ');
}

/** The shortest word for a kind that `--kind` takes. */
export function kindToType(of: string): string {
  const kind: Kind | undefined = kindNamed(of);
  return kind?.acronym ?? of;
}

/** `211`, `14, and 1 possible`, `none surely, 1 possible`. */
export function countedInWords({ certain, possible }: Counted): string {
  const more = possible - certain;
  if (more <= 0) return certain === 0 ? 'none' : String(certain);
  return certain === 0 ? `none for certain, ${more} possible` : `${certain} for certain, ${more} more possible`;
}

export function codesInWords(codes: Codes): string {
  return [codes.ods, codes.gss].filter(Boolean).join(', ');
}

/** A body by its name, then its id and codes. */
export function bodyInWords(body: BodyRef): Inline[] {
  return [strong(nameOf(body)), ` (${[body.id, codesInWords(body.codes)].filter(Boolean).join(', ')})`];
}

/** The name of a body; its id when no source gives a name. */
export function nameOf(body: { readonly id: string; readonly name: string }): string {
  return body.name === 'unknown' || body.name === '' ? body.id : body.name;
}

export function statusInWords(status: StatusRef): string {
  const sure = status.existence === 'certain' ? '' : `${existenceInWords(status.existence)} `;
  return `${sure}${status.title}${status.wave ? ` (${status.wave})` : ''} since ${dateInWords(status.since)}${status.note ? ` (${status.note})` : ''}`;
}

export function existenceInWords(existence: Existence | 'ended'): string {
  return {
    certain: 'certain',
    possible: 'possibly',
    expected: 'expected',
    hypothetical: 'hypothetical',
    ended: 'ended',
  }[existence];
}

/** Sources of several boundaries, each once. */
export function sourcesOf(boundaries: readonly (BoundaryRef | undefined)[]): readonly SourceRef[] {
  const seen = new Map<string, SourceRef>();
  for (const boundary of boundaries)
    for (const source of boundary?.sources ?? []) if (!seen.has(source.source)) seen.set(source.source, source);
  return [...seen.values()];
}

/** Through whose eyes an answer was read, when not ours of today. */
export function lensLines(asked: Pick<Asked, 'publishedBy' | 'recordedBy' | 'dates'>): string[] {
  return [
    ...(asked.publishedBy
      ? [`As seen from ${askedInWords(asked.publishedBy)}: using only what had been made public by then.`]
      : []),
    ...(asked.recordedBy ? [`As this record stood on ${askedInWords(asked.recordedBy)}.`] : []),
    ...(asked.dates === 'operational' ? ['Where law and register differ, the dates are the register’s.'] : []),
  ];
}

/** The same as blocks. */
export function lensBlocks(asked: Parameters<typeof lensLines>[0]): Block[] {
  return lensLines(asked).map((line) => paragraph(line));
}

/** What the record covers, as a phrase: `complete`, `partial`, `not covered: the record covers them from … to …`. */
export function coverageInWords(coverage: Coverage | undefined): string {
  if (!coverage || coverage.completeness === 'none') return 'not covered';
  return coverage.completeness;
}

/** The days a coverage spans, in words. */
export function coverageSpan({ from, to }: Pick<Coverage, 'from' | 'to'>): string {
  if (from === null && to === null) return 'on no day';
  if (from === null) return `until ${lastDayInWords(to ?? '')}`;
  return `from ${dateInWords(from)}${to === null ? '' : ` to ${lastDayInWords(to)}`}`;
}

/** What a reader must know of the coverage: kinds that are partial or not covered, in sentences. */
export function coverageLines(coverage: readonly Coverage[]): string[] {
  return coverage
    .filter(({ completeness }) => completeness !== 'complete')
    .map((each) => {
      const of = capital(kindInWords(each.of));
      const note = each.note ? ` ${sentence(each.note)}` : '';
      if (each.completeness === 'partial') return `${of}: partial, so some may be missing.${note}`;
      return each.from === null && each.to === null
        ? `${of}: not covered.${note}`
        : `${of}: not covered on this day; covered ${coverageSpan(each)}.${note}`;
    });
}

/** More events than this of one type, milestone and day are told by the first and counted. */
const ALIKE = 5;

/** Events told in order, many alike summed up; `titleOf` names a milestone. */
export function summedLines(events: readonly EventAnswer[], titleOf: (milestone: string) => string): Line[] {
  const groups = grouped(events, ({ date, milestone, type }) => [date, milestone, type].join(' '));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length <= ALIKE) return group.map(eventLine);
    return [
      eventLine(first),
      `${capital(first.dateText)}: ${numbered(group.length - 1, 'event')} more of this sort in “${titleOf(first.milestone)}”; see: stood replay ${first.milestone}`,
    ];
  });
}

/** A phrase as a sentence, its ISO days as people write them. */
export function sentence(text: string): string {
  const trimmed = withDaysInWords(capital(text.trim()));
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** A text with its ISO days as people write them. */
export function withDaysInWords(text: string): string {
  return text.replace(/(?<![\w/-])\d{4}-\d{2}-\d{2}(?![\w/-])/g, (day) => dateInWords(day));
}

/** The notes of an answer and the edition it came from, as the last words of a document. */
export function closing(notes: readonly string[], edition: string): Block[] {
  return [
    ...(notes.length > 0 ? [{ type: 'heading' as const, text: 'Notes' }, items(notes.map(sentence))] : []),
    paragraph([faint(`Edition of the record: ${edition.slice(0, 12)}.`)]),
  ];
}

/** An event told: date, sentence, sources; then what else there is to say of it. */
export function eventLine(event: EventAnswer): Line {
  const basis =
    event.basis === 'reported' || event.basis === 'legal'
      ? ''
      : ` (${event.basis === 'inferred' ? 'date inferred' : `${event.basis} date`})`;
  const sure = event.confidence === 'high' ? '' : ` (${event.confidence} confidence)`;
  return [
    strong(`${capital(event.dateText)}: `),
    withDaysInWords(event.sentence),
    basis,
    sure,
    ' ',
    cite(event.sources),
  ];
}

/** What else there is to say of an event: our remark, other dates it is given, what other sources say. */
function remarks(event: EventAnswer): Inline[] {
  return [
    ...(event.note ? [` ${sentence(event.note)}`] : []),
    ...event.alsoDated.map(
      ({ date, basis, note }) => ` Also dated ${dateInWords(date)} (${basis})${note ? `: ${sentence(note)}` : '.'}`,
    ),
    ...event.dissent.flatMap(({ source, says, ruling }): Inline[] => [
      ` Another source says: ${sentence(says)} `,
      cite([source]),
      ` Not followed: ${sentence(ruling)}`,
    ]),
  ];
}

/** An event told, and what else there is to say of it. */
export function remarkedLine(event: EventAnswer): Line {
  return [...pieces(eventLine(event)), ...remarks(event)];
}

/** Events with something else to say of them, each once. */
export function remarkLines(events: readonly EventAnswer[]): Line[] {
  const told = new Map(events.map((event) => [event.id, event]));
  return [...told.values()].flatMap((event) => {
    const more = remarks(event);
    return more.length > 0 ? [[strong(withDaysInWords(event.sentence)), ...more]] : [];
  });
}

/** A plan's or a body's boundary cited. */
export function viaLine(via: readonly BoundaryRef[]): Inline[] {
  if (via.length === 0) return [];
  const days = [...new Set(via.map(({ date }) => date))];
  return [`${days.slice(0, 3).join(', ')} `, cite(sourcesOf(via))];
}

/** Clocks, account and supposition to read with, from the options. */
export function lensOf({ options }: Context): {
  publishedBy?: string;
  recordedBy?: string;
  dates?: 'legal' | 'operational';
  without?: string;
} {
  return {
    ...(options.publishedBy === undefined ? {} : { publishedBy: options.publishedBy }),
    ...(options.recordedBy === undefined ? {} : { recordedBy: options.recordedBy }),
    ...(options.dates === undefined ? {} : { dates: options.dates }),
    ...(options.without === undefined ? {} : { without: options.without }),
  };
}

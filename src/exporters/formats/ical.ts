import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { EventAnswer, Material, SourceAnswer } from '../../machine/index.ts';
import { civilFromDay, type Day, isoDay } from '../../time/day.ts';
import { boundsOf, inWords, isExact } from '../dates.ts';
import { dropped, type Exporter, holding, type Losing } from '../exporter.ts';
import type { Fact } from '../facts.ts';
import { KEPT_IF_PRINTABLE, printable } from '../printable.ts';
import { citedBy } from '../rests.ts';

const OUTSIDE: Losing = {
  ...dropped('Only the events selected become entries of the calendar.'),
  when: ({ record }: Fact, { cited }: Material) => cited.some(({ id }) => id === record),
};
const DESCRIBED: readonly Losing[] = [
  OUTSIDE,
  { how: 'flattened', why: 'Told in words in the description of the entry.' },
];
const CITED: readonly Losing[] = [
  { how: 'flattened', why: 'Told in words in the description of each entry that rests on it.', when: citedBy },
  dropped('No entry of the calendar rests on it.'),
];

/** A milestone is named by its entries: one without any is not. */
const OF_A_MILESTONE: readonly Losing[] = [
  {
    ...dropped('None of its events is an entry of the calendar.'),
    when: ({ record }, { events }) => !events.some(({ milestone }) => milestone === record),
  },
  ...KEPT_IF_PRINTABLE,
];

/** A calendar with an entry for each event: all-day, its identity stable from one export to the next. */
export const icalendar: Exporter = {
  name: 'ical',
  summary: 'A calendar (iCalendar, RFC 5545): an all-day entry for each event, the same in every export',
  audience: 'planning',
  extension: '.ics',
  aliases: ['ics', 'icalendar', 'calendar'],
  mediaType: 'text/calendar; charset=utf-8',
  conventions: {
    intervals:
      'DTEND is the first day after, as RFC 5545 has it. Only events stand in a calendar, so nothing is open-ended.',
    precision:
      'An event on an unknown day spans every day that it can mean, is marked TENTATIVE, and keeps its EDTF in X-STOOD-DATE.',
  },
  holds: holding(dropped('A calendar holds events, not the statements that they make of bodies.'), {
    event: [OUTSIDE, ...KEPT_IF_PRINTABLE],
    'event.date': [
      OUTSIDE,
      {
        how: 'converted',
        why: 'A calendar knows days only: the entry spans every day that the date can mean; X-STOOD-DATE keeps the EDTF.',
        when: ({ value }) => !isExact(value),
        became: ({ value }) => {
          const { earliest, latest } = boundsOf(value);
          return `DTSTART ${isoDay(earliest)}, DTEND ${isoDay(latest + 1)}`;
        },
      },
    ],
    'event.dissent': DESCRIBED,
    'event.alsoDated': DESCRIBED,
    'event.note': DESCRIBED,
    'source.title': CITED,
    'source.publisher': CITED,
    'source.url': CITED,
    'source.published': CITED,
    source: dropped('An entry cites title, publisher, day and address only.'),
    'milestone.title': OF_A_MILESTONE,
    'milestone.themes': OF_A_MILESTONE,
    milestone: dropped('A calendar has no place for it.'),
    answer: KEPT_IF_PRINTABLE,
  }),
  write: (material: Material) => ({ is: 'text', chunks: chunks(material) }),
};

function* chunks(material: Material): Generator<string> {
  const { title, edition, publishedBy, recordedBy, dates, selection, coverage, notes, events } = material;
  const sources = new Map(material.sources.map((source) => [source.source, source]));
  const milestones = new Map(material.milestones.map((one) => [one.milestone, one]));
  const calendar = ical({
    prodId: { company: 'As It Stood', product: 'stood', language: 'EN' },
    // The package writes a name as it is given, and RFC 5545 wants it escaped.
    name: escapedText(title),
    x: said({
      EDITION: edition,
      CLOCKS: JSON.stringify({ publishedBy, recordedBy, dates }),
      SELECTION: JSON.stringify(selection),
      COVERAGE: coverage.length > 0 ? JSON.stringify(coverage) : undefined,
      NOTES: notes.join('; '),
    }),
  });
  // Properties stand before entries, as RFC 5545 has it; and the package folds too slowly for thousands of entries at once.
  yield calendar.toString().replace(/END:VCALENDAR$/, '');
  for (const event of events) {
    const { id, type, milestone, date, basis, sentence, because, confidence, publicFrom, recorded } = event;
    const { earliest, latest, exact } = boundsOf(date);
    const { title = milestone, themes = [] } = milestones.get(milestone) ?? {};
    const entry = calendar.createEvent({
      id: `${id}@as-it-stood`,
      start: plainDate(earliest),
      end: plainDate(latest + 1),
      allDay: true,
      stamp: plainDate(boundsOf(recorded).earliest),
      summary: printable(sentence),
      description: printable(described(event, sources)),
      transparency: ICalEventTransparency.TRANSPARENT,
      status: exact ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
      x: said({
        TYPE: type,
        MILESTONE: milestone,
        DATE: exact ? undefined : date,
        BASIS: basis,
        SOURCES: event.sources.map(({ source, at }) => (at ? `${source}, ${at}` : source)).join('; '),
        BECAUSE: because.join('; '),
        CONFIDENCE: confidence,
        'PUBLIC-FROM': publicFrom,
        RECORDED: recorded,
      }),
    });
    // A line for each: where several share one, most readers take the comma after an escaped backslash for an escaped one.
    const categories = [title, ...themes].map((name) => `CATEGORIES:${escapedText(name)}\r\n`).join('');
    yield entry
      .toString()
      .replace(/END:VEVENT(?:\r\n)?$/, (end) => categories + end)
      .replace(/[^\r\n]{19,}/g, folded);
  }
  yield 'END:VCALENDAR\r\n';
}

const utf8 = new TextEncoder();

/** A line in pieces of at most 74 octets, none of which ends within a character. */
function folded(line: string): string {
  if (utf8.encode(line).length <= 74) return line;
  let text = '';
  let octets = 0;
  for (const character of line) {
    const code = character.codePointAt(0) ?? 0;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets + size > 74) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}

/** Properties of our own, typed so that readers undo the escapes; empty ones are left out. */
function said(values: Readonly<Record<string, string | undefined>>): [string, string][] {
  return Object.entries(values).flatMap(([name, value]) =>
    value ? [[`X-STOOD-${name};VALUE=TEXT`, printable(value)] as [string, string]] : [],
  );
}

function described(event: EventAnswer, sources: ReadonlyMap<string, SourceAnswer>): string {
  const { date, dateText, basis, note, alsoDated, dissent } = event;
  const cited = event.sources.map(({ source, title, at, url, published }) => {
    const publisher = sources.get(source)?.publisher;
    const day = published === undefined ? undefined : inWords(published);
    return [title, publisher, day, at, url].filter(Boolean).join(', ');
  });
  const others = dissent.map(({ source, says, ruling }) => {
    const publisher = sources.get(source.source)?.publisher;
    const day = source.published === undefined ? undefined : inWords(source.published);
    return `${[source.title, publisher, day, source.url].filter(Boolean).join(', ')} says: ${says} Not followed: ${ruling}`;
  });
  return [
    `Date: ${isExact(date) ? inWords(date) : `${inWords(date)}${dateText === inWords(date) ? '' : ` (${dateText})`}`} (${basis})`,
    ...alsoDated.map(({ date, basis, note }) => `Also dated: ${inWords(date)} (${basis})${note ? `: ${note}` : ''}`),
    ...(note === undefined ? [] : [`Note: ${note}`]),
    ...others,
    ...cited.map((one) => `Source: ${one}`),
  ].join('\n');
}

/** A calendar day as the package takes it, with no clock and no zone. */
function plainDate(day: Day) {
  const date = {
    ...civilFromDay(day),
    toJSON: () => isoDay(day),
    toPlainDateTime: (): never => {
      throw new Error('a day has no time');
    },
  };
  return date;
}

function escapedText(text: string): string {
  return printable(text)
    .replace(/[\\;,]/g, (mark) => `\\${mark}`)
    .replace(/\n/g, '\\n');
}

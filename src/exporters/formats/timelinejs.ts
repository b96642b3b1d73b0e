import type { EventAnswer, LineageLink, Material, MaterialBody, SourceAnswer, SourceRef } from '../../machine/index.ts';
import { civilFromDay, type Day } from '../../time/day.ts';
import { kindNamed } from '../../vocabulary/kinds.ts';
import { boundsOf, inWords, periodInWords } from '../dates.ts';
import { dropped, type Exporter, holding, type Losing } from '../exporter.ts';
import { type Fact, OPEN, spellsOf } from '../facts.ts';
import { grouped } from '../grouped.ts';
import { clocksInWords } from '../inwords.ts';
import { escaped, html } from '../markup.ts';
import { KEPT_IF_PRINTABLE } from '../printable.ts';

interface SlideDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface Slide {
  readonly unique_id: string;
  readonly start_date?: SlideDate;
  readonly end_date?: SlideDate;
  readonly display_date?: string;
  readonly group?: string;
  readonly text: { readonly headline: string; readonly text: string };
  readonly media?: { readonly url: string; readonly caption?: string; readonly credit: string; readonly link?: string };
}

interface Era {
  readonly start_date: SlideDate;
  readonly end_date: SlideDate;
  readonly text: { readonly headline: string };
}

const OUTSIDE: Losing = {
  ...dropped('Only the events selected become slides; others are named by the bodies that rest on them.'),
  when: ({ record }: Fact, { cited }: Material) => cited.some(({ id }) => id === record),
};

/** Slides for TimelineJS: an event or a body each, statements in words with the exact dates as data beside them. */
export const timelinejs: Exporter = {
  name: 'timelinejs',
  summary: 'Slides for TimelineJS: events and the lives of bodies, uncertain dates in words, every slide cited',
  audience: 'teaching, newspapers',
  extension: '.json',
  aliases: ['timeline', 'timeline.js', 'timelinejs3'],
  mediaType: 'application/json; charset=utf-8',
  conventions: {
    intervals:
      'The end of a slide or an era is its last day. A body of which no end is known has no end; its era ends with the last date on the timeline, for eras must have one. In data attributes “until” is the first day no longer, or “open”.',
    precision:
      'A date that is not one day is drawn over all the days that it can mean, and “display_date” says it in words; the text keeps the EDTF.',
  },
  holds: holding(KEPT_IF_PRINTABLE, {
    event: [OUTSIDE, ...KEPT_IF_PRINTABLE],
    'answer.coverage': {
      how: 'flattened',
      why: 'Told in words on the first slide.',
      became: (_, material) => material.coverage.map(coverageInWords).join('; '),
    },
  }),
  write: (material: Material) => ({ is: 'text', chunks: chunks(material) }),
};

function* chunks(material: Material): Generator<string> {
  yield `{\n"scale": "human",\n"title": ${JSON.stringify(titleSlide(material))},\n"events": [`;
  let separator = '\n';
  for (const slide of slidesOf(material)) {
    yield `${separator}${JSON.stringify(slide)}`;
    separator = ',\n';
  }
  const eras = erasOf(material).map((era) => JSON.stringify(era));
  yield `\n],\n"eras": [${eras.length > 0 ? `\n${eras.join(',\n')}\n` : ''}]\n}\n`;
}

function* slidesOf(material: Material): Generator<Slide> {
  const sources = new Map(material.sources.map((source) => [source.source, source]));
  const themes = new Map(material.milestones.map(({ milestone, themes }) => [milestone, themes[0]]));
  for (const event of material.events) yield eventSlide(event, themes.get(event.milestone), sources);
  const into = grouped(material.links, ({ to }) => to);
  for (const body of material.bodies) yield* bodySlides(body, into.get(body.id) ?? [], sources);
}

function eventSlide(event: EventAnswer, theme: string | undefined, sources: ReadonlyMap<string, SourceAnswer>): Slide {
  const { id, date, sentence } = event;
  return {
    unique_id: id,
    ...drawn(boundsOf(date).earliest, boundsOf(date).latest),
    display_date: inWords(date),
    group: capital((theme ?? 'other').replaceAll('-', ' ')),
    text: { headline: fact('sentence', sentence), text: eventText(event) },
    ...mediaOf(event.sources[0], sources),
  };
}

function eventText(event: EventAnswer): string {
  const { type, milestone, date, basis, sources, because, dissent, alsoDated, confidence, publicFrom, recorded, note } =
    event;
  const cited = sources.map(({ source, title, at, url }) =>
    html(
      'li',
      { 'data-source': source },
      url === undefined ? html('cite', {}, escaped(title)) : html('a', { href: url }, html('cite', {}, escaped(title))),
      at ? `, ${html('span', { class: 'at' }, escaped(at))}` : '',
    ),
  );
  const others = dissent.map(({ source, says, ruling }) =>
    html(
      'li',
      { 'data-dissent': source.source },
      `${html('cite', {}, escaped(source.title))} says: ${html('q', {}, escaped(says))} `,
      html('span', { class: 'ruling' }, escaped(ruling)),
    ),
  );
  const also = alsoDated.map(({ date, basis, note }) =>
    html(
      'li',
      { 'data-also': date },
      `${escaped(inWords(date))} (${html('span', { class: 'basis' }, escaped(basis))})`,
      note ? `: ${html('span', { class: 'note' }, escaped(note))}` : '',
    ),
  );
  const terms = [
    term('Date', 'date', date, inWords(date)),
    term('Basis', 'basis', basis),
    term('Confidence', 'confidence', confidence),
    term('Type of event', 'type', type),
    term('Milestone', 'milestone', milestone),
    because.length > 0 ? term('Because of', 'because', because.join('; ')) : '',
    term('Public from', 'publicFrom', publicFrom, inWords(publicFrom)),
    term('Recorded', 'recorded', recorded, inWords(recorded)),
  ];
  return [
    note ? html('p', {}, fact('note', note)) : '',
    also.length > 0 ? `<p>Also dated:</p>${html('ul', {}, ...also)}` : '',
    others.length > 0 ? `<p>Others say:</p>${html('ul', {}, ...others)}` : '',
    `<p>Sources:</p>${html('ul', {}, ...cited)}`,
    html('details', {}, '<summary>How it is known</summary>', html('dl', {}, ...terms)),
  ].join('');
}

function* bodySlides(
  body: MaterialBody,
  before: readonly LineageLink[],
  sources: ReadonlyMap<string, SourceAnswer>,
): Generator<Slide> {
  for (const [nth, { from, until, began, ends }] of body.existence.entries()) {
    const last = until === null ? undefined : boundsOf(until).latest - 1;
    const cited = [...new Map([...began.sources, ...(ends?.sources ?? [])].map((ref) => [ref.source, ref])).values()];
    yield {
      unique_id: nth === 0 ? body.id : `${body.id}#${nth + 1}`,
      ...drawn(boundsOf(from).earliest, last),
      display_date: periodInWords(from, until),
      group: capital(kindNamed(body.kind)?.plural ?? body.kind),
      text: { headline: escaped(body.name), text: nth === 0 ? bodyText(body, before) : '' },
      ...mediaOf(cited[0], sources),
    };
  }
}

const HEADS: Readonly<Record<ReturnType<typeof spellsOf>[number]['what'], string>> = {
  existence: 'Was',
  name: 'Called',
  code: 'Coded',
  kind: 'Was',
  relation: 'Relation:',
  status: 'Held',
};

function bodyText(body: MaterialBody, before: readonly LineageLink[]): string {
  const after = before.map(({ from, fromName, how, date, shares, via }) =>
    html(
      'li',
      { 'data-from': from, 'data-to': body.id, 'data-how': how, 'data-date': date, 'data-event': via.event },
      `${escaped(fromName)} (${escaped(how)}, ${escaped(inWords(date))})`,
      ...shares.map(({ share, of, basis }) =>
        html(
          'span',
          { 'data-share': share, 'data-of': of, ...(basis === undefined ? {} : { 'data-basis': basis }) },
          `, ${escaped(`${Math.round(share * 1000) / 10}% of ${of}`)}`,
        ),
      ),
    ),
  );
  const statements = spellsOf(body).map(({ what, spell, value }) => {
    const data = {
      'data-spell': what,
      'data-value': FREE.has(what) ? undefined : value,
      'data-from': spell.from,
      'data-until': spell.until ?? OPEN,
      'data-certainty': spell.certainty,
      'data-events': [spell.began.event, ...(spell.ends ? [spell.ends.event] : [])].join('; '),
    };
    const words = FREE.has(what)
      ? html('span', { class: 'value' }, escaped(value))
      : escaped(wordsFor(what, value, spell));
    const doubt = spell.certainty === 'certain' ? '' : ` (${spell.certainty})`;
    return html('li', data, `${HEADS[what]} ${words}: ${escaped(periodInWords(spell.from, spell.until))}${doubt}`);
  });
  return [
    after.length > 0 ? `<p>Took over from:</p>${html('ul', {}, ...after)}` : '',
    html('details', {}, '<summary>Every statement, with its dates</summary>', html('ul', {}, ...statements)),
  ].join('');
}

/** Statements whose value is people's own words: it stands in the text as it is, never in an attribute, where a sanitiser may drop it. */
const FREE: ReadonlySet<string> = new Set(['name', 'status']);

function wordsFor(
  what: keyof typeof HEADS,
  value: string,
  spell: { readonly value: string; readonly name?: string },
): string {
  if (what === 'kind') return kindNamed(value)?.singular ?? value;
  if (what === 'relation')
    return `${value.slice(0, value.indexOf(' ')).replaceAll('-', ' ')} ${spell.name ?? spell.value}`;
  return what === 'existence' ? 'in existence' : value;
}

function titleSlide(material: Material): Slide {
  const { title, edition, publishedBy, recordedBy, dates, selection, coverage, notes, sources, milestones } = material;
  const clocks = clocksInWords(material);
  const attributes = {
    'data-published-by': publishedBy ?? undefined,
    'data-recorded-by': recordedBy ?? undefined,
    'data-dates': dates,
    'data-selection': JSON.stringify(selection),
  };
  return {
    unique_id: 'the-record',
    text: {
      headline: escaped(title),
      text: [
        html(
          'p',
          attributes,
          `From the record “As It Stood”, edition ${fact('edition', edition)}: ${escaped(clocks.join(', '))}.`,
        ),
        coverage.length > 0
          ? listed(
              'Coverage',
              coverage.map((one) => html('li', {}, escaped(coverageInWords(one)))),
            )
          : '',
        notes.length > 0
          ? listed(
              'Notes',
              notes.map((note) => html('li', { 'data-note': '' }, escaped(note))),
            )
          : '',
        milestones.length > 0
          ? listed(
              'Milestones',
              milestones.map(({ milestone, title, summary, themes }) =>
                html(
                  'li',
                  { 'data-milestone': milestone },
                  `${html('strong', {}, fact('title', title))}: ${fact('summary', summary)}`,
                  themes.length > 0 ? ` (${fact('themes', themes.join('; '))})` : '',
                ),
              ),
            )
          : '',
        sources.length > 0 ? listed('Sources', sources.map(sourceItem)) : '',
      ].join(''),
    },
  };
}

function sourceItem({ source, title, publisher, kind, url, published, accessed, licence, note }: SourceAnswer): string {
  const day = (name: string, value: string) =>
    html('time', { 'data-fact': name, 'data-value': value }, escaped(inWords(value)));
  return html(
    'li',
    { 'data-source': source },
    `${html('cite', {}, fact('title', title))}. ${fact('publisher', publisher)} (${fact('kind', kind)})`,
    published ? `, ${day('published', published)}` : '',
    url ? `. ${html('a', { href: url, 'data-fact': 'url' }, escaped(url))}` : '',
    accessed ? `, read on ${day('accessed', accessed)}` : '',
    licence ? `. ${fact('licence', licence)}` : '',
    note ? `. ${fact('note', note)}` : '',
  );
}

function coverageInWords({ of, completeness, from, to, note }: Material['coverage'][number]): string {
  const period = from === null ? '' : `, ${periodInWords(from, to)}`;
  return `${of.replaceAll('-', ' ')}: ${completeness}${period}${note ? `. ${note}` : ''}`;
}

/** One era for each kind of body, from the first beginning to the last end; a day long at least. */
function erasOf({ bodies, events, selection }: Material): Era[] {
  const lives = grouped(
    bodies.flatMap(({ kind, existence }) => existence.map((spell) => ({ kind, spell }))),
    ({ kind }) => kind,
  );
  const asked = selection.at ?? selection.to;
  const horizon = Math.max(
    ...events.map(({ date }) => boundsOf(date).latest),
    ...bodies
      .flatMap(({ existence }) => existence.flatMap(({ from, until }) => [from, until ?? from]))
      .map((date) => boundsOf(date).latest),
    ...(asked === null ? [] : [boundsOf(asked).latest]),
  );
  return [...lives].flatMap(([kind, of]) => {
    const first = Math.min(...of.map(({ spell }) => boundsOf(spell.from).earliest));
    const last = Math.max(
      ...of.map(({ spell }) => (spell.until === null ? horizon : boundsOf(spell.until).latest - 1)),
    );
    return last <= first
      ? []
      : [
          {
            start_date: slideDate(first),
            end_date: slideDate(last),
            text: { headline: capital(kindNamed(kind)?.plural ?? kind) },
          },
        ];
  });
}

/** The source as what the slide shows beside its text: no picture is claimed that nobody has given. */
function mediaOf(ref: SourceRef | undefined, sources: ReadonlyMap<string, SourceAnswer>): Pick<Slide, 'media'> {
  if (ref === undefined) return {};
  const { publisher, published, licence } = sources.get(ref.source) ?? {};
  const dated = published === undefined ? '' : `, ${inWords(published)}`;
  return {
    media: {
      url: html('blockquote', {}, escaped(ref.title)),
      ...(ref.at === undefined ? {} : { caption: escaped(ref.at) }),
      credit: escaped(`${publisher ?? ref.title}${dated}${licence ? `. ${licence}` : ''}`),
      ...(ref.url === undefined ? {} : { link: ref.url }),
    },
  };
}

function drawn(first: Day, last: Day | undefined): Pick<Slide, 'start_date' | 'end_date'> {
  return {
    start_date: slideDate(first),
    ...(last === undefined || last <= first ? {} : { end_date: slideDate(last) }),
  };
}

function slideDate(day: Day): SlideDate {
  return civilFromDay(day);
}

function fact(name: string, value: string): string {
  return html('span', { 'data-fact': name }, escaped(value));
}

/** A fact with its name; when its words are not its value, the value stands beside them as data. */
function term(name: string, field: string, value: string, words: string = value): string {
  const data = { 'data-fact': field, 'data-value': words === value ? undefined : value };
  return `<dt>${name}</dt>${html('dd', data, escaped(words))}`;
}

function listed(name: string, items: readonly string[]): string {
  return html('details', {}, `<summary>${name} (${items.length})</summary>`, html('ul', {}, ...items));
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

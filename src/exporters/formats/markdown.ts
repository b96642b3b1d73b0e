import type { EventAnswer, Material, MaterialBody, MaterialSpell, SourceAnswer } from '../../machine/index.ts';
import { kindNamed } from '../../vocabulary/kinds.ts';
import { clocksInWords, editionInWords, periodInWords, sourcesById } from '../citation.ts';
import { inWords } from '../dates.ts';
import { dropped, type Exporter, holding, type Losing } from '../exporter.ts';

const IN_WORDS: Losing = { how: 'converted', why: 'Dates and certainty are told in words.' };
const TOLD: Losing = { how: 'flattened', why: 'Told in a sentence.' };
const IN_FOOTNOTE: Losing = { how: 'flattened', why: 'Sources stand in footnotes, in words.' };
const NOT_TOLD = dropped('Text for people does not tell it.');
const ONE_LINE: Losing = {
  how: 'flattened',
  why: 'A paragraph of Markdown is one line: line breaks and runs of white space become one space.',
  when: ({ value }) => oneLine(value) !== value,
  became: ({ value }) => oneLine(value),
};

/** A text with footnotes, to paste into a chapter: bodies, successions, events in order of time, and who says so. */
export const markdown: Exporter = {
  name: 'markdown',
  summary: 'A text with footnotes to paste: what there was, who followed whom, what happened, and who says so',
  audience: 'historians',
  extension: '.md',
  aliases: ['md', 'footnotes'],
  mediaType: 'text/markdown; charset=utf-8',
  conventions: {
    intervals: 'In words: “until 31 March 2020” names the last day.',
    precision: 'In words, as precise as known: “some day between May and June 2018”, “2018, day unknown”.',
  },
  holds: holding(TOLD, {
    'event.sentence': ONE_LINE,
    'milestone.title': ONE_LINE,
    'milestone.summary': ONE_LINE,
    'answer.edition': 'kept',
    ...Object.fromEntries(
      (['existence', 'name', 'code', 'kind', 'relation', 'status'] as const).flatMap((what) => [
        [`${what}.from`, IN_WORDS],
        [`${what}.until`, IN_WORDS],
        [`${what}.certainty`, IN_WORDS],
        [
          `${what}.events`,
          { ...IN_FOOTNOTE, why: 'The events that begin and end it stand with their sources, in footnotes.' },
        ],
      ]),
    ),
    'succession.date': IN_WORDS,
    'succession.event': { ...IN_FOOTNOTE, why: 'The event stands with its sources, in footnotes.' },
    'event.type': dropped('The sentence says what sort of thing happened.'),
    'event.milestone': dropped('Events stand in order of time, not by milestone.'),
    'event.date': IN_WORDS,
    'event.alsoDated': IN_WORDS,
    'event.sources': IN_FOOTNOTE,
    'event.because': NOT_TOLD,
    'event.publicFrom': NOT_TOLD,
    'event.recorded': NOT_TOLD,
    source: IN_FOOTNOTE,
    'source.kind': NOT_TOLD,
    'answer.clocks': IN_WORDS,
    'answer.coverage': IN_WORDS,
  }),
  write: (material) => ({ is: 'text', chunks: text(material) }),
};

/** Footnotes by source and place in it, numbered where one source is cited at several places. */
interface Notes {
  readonly of: (...events: (string | undefined)[]) => string;
  readonly ofSource: (source: string, at?: string) => string;
  readonly written: () => Iterable<string>;
}

function* text(material: Material): Generator<string> {
  const notes = notesOf(material);
  const clocks = clocksInWords(material);
  yield `# ${plain(material.title)}\n\n*${plain(editionInWords(material))}*${clocks ? `, ${plain(clocks)}` : ''}. Dates are the law’s unless another account is named.\n`;
  if (material.notes.length > 0) yield `\n${material.notes.map((note) => `> ${plain(note)}\n`).join('>\n')}`;
  if (material.bodies.length > 0) {
    yield '\n## Bodies\n\n';
    for (const body of material.bodies) yield bodyItem(body, notes);
  }
  if (material.links.length > 0) {
    yield '\n## Who followed whom\n\n';
    for (const { from, fromName, to, toName, how, date, shares, via } of material.links) {
      const known = shares.map(
        ({ share, of, basis }) => `${Number((share * 100).toPrecision(6))}% of its ${of}${basis ? `, ${basis}` : ''}`,
      );
      yield `- **${plain(capital(inWords(date)))}:** ${linked(fromName, from)} to ${linked(toName, to)}, ${plain([how, ...known].join(', '))}.${notes.of(via.event)}\n`;
    }
  }
  if (material.events.length > 0) {
    yield '\n## What happened\n\n';
    for (const event of material.events) yield eventItem(event, notes);
  }
  if (material.cited.length > 0) {
    yield '\n## What it rests on besides\n\n';
    for (const event of material.cited) yield eventItem(event, notes);
  }
  if (material.milestones.length > 0) {
    yield '\n## The reforms\n\n';
    for (const { title, summary, themes, milestone } of material.milestones)
      yield `- **${plain(title)}:** ${plain(summary)}${themes.length > 0 ? ` *${plain(themes.join(', '))}*` : ''} <!-- ${milestone} -->\n`;
  }
  if (material.coverage.length > 0) {
    yield '\n## What the record covers\n\n';
    const kind = (of: string) => plain(kindNamed(of)?.plural ?? of);
    for (const { of, completeness, from, to, note } of material.coverage)
      if (completeness !== 'none' || note)
        yield `- ${capital(kind(of))}: ${completeness}${from && to ? `, ${plain(periodInWords(from, to))}` : ''}${note ? `. ${plain(note)}` : ''}\n`;
    const none = material.coverage.filter(({ completeness, note }) => completeness === 'none' && !note);
    if (none.length > 0) yield `- Not covered: ${none.map(({ of }) => kind(of)).join(', ')}\n`;
  }
  const written = [...notes.written()];
  if (written.length > 0) yield `\n${written.join('\n')}`;
}

function bodyItem(body: MaterialBody, notes: Notes): string {
  const { id, name, existence } = body;
  const [life] = existence;
  const aside: string[] = [];
  const lines: string[] = [];
  const say = (what: string, spell: MaterialSpell, brief?: string) => {
    const same =
      life?.from === spell.from &&
      life.until === spell.until &&
      life.certainty === spell.certainty &&
      life.began.event === spell.began.event &&
      life.ends?.event === spell.ends?.event;
    if (same && brief !== undefined) aside.push(brief);
    else lines.push(`  - ${what}, ${plain(periodOf(spell))}.${notes.of(spell.began.event, spell.ends?.event)}`);
  };
  const head = notes.of(...existence.flatMap(({ began, ends }) => [began.event, ends?.event]));
  for (const spell of body.kinds) {
    const kind = kindNamed(spell.value)?.singular ?? spell.value;
    say(plain(capital(kind)), spell, plain(kind));
  }
  for (const spell of body.codeSpells) {
    const code = `${spell.system.toUpperCase()} ${plain(spell.value)}`;
    say(`Code ${code}`, spell, code);
  }
  for (const spell of body.names)
    say(`Called ${plain(spell.value)}`, spell, spell.value === name ? '' : `called ${plain(spell.value)}`);
  for (const spell of body.relations)
    say(`${plain(capital(words(spell.relation)))} ${linked(spell.name, spell.value)}`, spell);
  for (const { value, title, wave, ...spell } of body.statuses) {
    const status = title === words(value) ? '' : ` (${plain(words(value))})`;
    say(`${plain(capital(title))}${status}${wave ? `, ${plain(wave)}` : ''}`, { value, ...spell });
  }
  const known = aside.filter(Boolean).join(', ');
  const item = `- ${linked(name, id)}${known ? ` (${known})` : ''}, ${plain(existence.map(periodOf).join('; '))}.${head}`;
  return `${[item, ...lines].join('\n')}\n`;
}

function eventItem(event: EventAnswer, notes: Notes): string {
  const { id, dateText, basis, confidence, sentence, alsoDated, dissent, note } = event;
  const account = [basis === 'legal' ? '' : basis, confidence === 'high' ? '' : `${confidence} confidence`]
    .filter(Boolean)
    .join(', ');
  const lines = [
    `- **${plain(capital(dateText))}${account ? ` (${plain(account)})` : ''}:** ${plain(sentence)}${notes.of(id)} <!-- ${id} -->`,
    ...alsoDated.map(
      (one) =>
        `  - Also dated ${plain(inWords(one.date))} (${plain(one.basis)})${one.note ? `: ${plain(one.note)}` : '.'}`,
    ),
    ...dissent.map(
      ({ source, says, ruling }) =>
        `  - *Otherwise:* ${plain(says)}${notes.ofSource(source.source, source.at)} *Not followed:* ${plain(ruling)}`,
    ),
    ...(note ? [`  - ${plain(note)}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function notesOf(material: Material): Notes {
  const sources = sourcesById(material);
  const events = new Map([...material.events, ...material.cited].map((event) => [event.id, event]));
  const labels = new Map<string, { readonly label: string; readonly source: SourceAnswer; readonly at?: string }>();
  const counts = new Map<string, number>();
  const ofSource = (id: string, at?: string): string => {
    const source = sources.get(id);
    if (!source) return '';
    const key = JSON.stringify([id, at ?? null]);
    let known = labels.get(key);
    if (!known) {
      const nth = (counts.get(id) ?? 0) + 1;
      counts.set(id, nth);
      known = { label: nth === 1 ? id : `${id}_${nth}`, source, ...(at === undefined ? {} : { at }) };
      labels.set(key, known);
    }
    return `[^${known.label}]`;
  };
  return {
    ofSource,
    of: (...ids) => {
      const all = [...new Set(ids)].flatMap((id) => (id === undefined ? [] : (events.get(id)?.sources ?? [])));
      return [...new Set(all.map(({ source, at }) => ofSource(source, at)))].join('');
    },
    *written() {
      for (const { label, source, at } of labels.values()) yield `[^${label}]: ${footnote(source, at)}\n`;
    },
  };
}

/** `Publisher, *Title*, 14 February 2020, art. 3, <https://…>. Read 21 November 2026. Licence.` */
function footnote(source: SourceAnswer, at: string | undefined): string {
  const { publisher, title, published, url, accessed, licence, note } = source;
  const cited = [
    plain(publisher),
    `*${plain(title)}*`,
    published && plain(inWords(published)),
    at && plain(at),
    url && (/[<>\s]/.test(url) ? plain(url) : `<${url}>`),
  ].filter(Boolean);
  const more = [accessed && `Read ${inWords(accessed)}`, licence, note]
    .filter(Boolean)
    .map((one) => plain(one as string));
  return `${[cited.join(', '), ...more].map((part) => part.replace(/\.$/, '')).join('. ')}.`;
}

function periodOf({ from, until, certainty }: MaterialSpell): string {
  return `${periodInWords(from, until)}${certainty === 'certain' ? '' : ` (${certainty})`}`;
}

function linked(name: string, id: string): string {
  return `**${plain(name)}** <!-- ${id} -->`;
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function words(id: string): string {
  return id.replaceAll('-', ' ');
}

/** A text in which nothing means something to Markdown, on one line. */
function plain(value: string): string {
  return oneLine(value).replace(/[\\`*_{}[\]<>|~&^$#@]/g, (one) => `\\${one}`);
}

function oneLine(value: string): string {
  return value
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim();
}

import type { EventAnswer, LineageLink, Material, MaterialSpell } from '../../machine/index.ts';
import { type Day, isoDay } from '../../time/day.ts';
import { inWords, isExact, lifetime } from '../dates.ts';
import { dropped, type Exporter, holding, type Losing } from '../exporter.ts';
import { OPEN } from '../facts.ts';
import { askedInWords } from '../inwords.ts';
import { type Arrow, citation, graphOf, type Point } from '../lineage.ts';
import { element, escaped, opening } from '../markup.ts';
import { KEPT_IF_PRINTABLE } from '../printable.ts';
import { isBoundary } from '../rests.ts';

type Value = readonly [attribute: string, value: string];

const PARTS = ['from', 'until', 'certainty', 'events'] as const;
const SPELLED = ['existence', 'name', 'ods', 'gss', 'kind', 'status'] as const;
const VALUED: ReadonlySet<string> = new Set(SPELLED.slice(1));

/** What nodes and edges carry; all of it holds for a time but what is said of a thing as a whole. */
const NODE_DYNAMIC: readonly string[] = [
  ...SPELLED.flatMap((what) => [...(VALUED.has(what) ? [what] : []), ...PARTS.map((part) => `${what}.${part}`)]),
  'status.title',
  'status.wave',
];
const EDGE_DYNAMIC: readonly string[] = ['how', 'date', 'shares', 'event', ...PARTS];
const STATIC = ['told', 'sources'] as const;

const IN_WORDS: Losing = { how: 'flattened', why: 'Told in words in the description of the graph.' };
const TOLD: readonly Losing[] = [
  {
    how: 'flattened',
    why: 'A graph has bodies and what leads from one to another; of an event, its sentence and sources are told on what it began or ended.',
    when: isBoundary,
  },
  dropped('The event neither begins nor ends anything that the graph holds.'),
];

/** A dynamic graph for Gephi: bodies are nodes, successions and relations edges, each with its lifetime. */
export const gexf: Exporter = {
  name: 'gexf',
  summary:
    'A dynamic graph (GEXF 1.3): bodies with their lifetimes, successions and relations with theirs; Gephi plays it',
  audience: 'network analysis',
  extension: '.gexf',
  aliases: ['gephi'],
  mediaType: 'application/gexf+xml; charset=utf-8',
  conventions: {
    intervals:
      'First and last day, both included, as GEXF 1.3 has it; no “end” while no end is known of. The attributes “from” and “until” keep the first day and the first day no longer, or “open”.',
    precision:
      'A date that is not one day is taken at the earliest that it can mean, so that what follows on another still does; the attributes keep the EDTF.',
  },
  holds: holding(KEPT_IF_PRINTABLE, {
    event: dropped('A graph has no place for what an event says beside its sentence and sources.'),
    'event.sentence': TOLD,
    'event.sources': TOLD,
    source: dropped('A graph has no place for a bibliography.'),
    'source.title': [
      { ...IN_WORDS, why: 'Named on what rests on it.', when: isBoundary },
      dropped('Nothing that the graph holds rests on it.'),
    ],
    'source.url': [
      { ...IN_WORDS, why: 'Named on what rests on it.', when: isBoundary },
      dropped('Nothing that the graph holds rests on it.'),
    ],
    milestone: dropped('A graph has no place for milestones.'),
    'answer.edition': IN_WORDS,
    'answer.clocks': IN_WORDS,
    'answer.selection': IN_WORDS,
    'answer.coverage': IN_WORDS,
    'answer.notes': IN_WORDS,
  }),
  write: (material: Material) => ({ is: 'text', chunks: chunks(material) }),
};

function* chunks(material: Material): Generator<string> {
  const { points, arrows } = graphOf(material);
  const sentences = new Map([...material.events, ...material.cited].map((event) => [event.id, event]));
  yield `<?xml version="1.0" encoding="UTF-8"?>\n${opening('gexf', {
    xmlns: 'http://gexf.net/1.3',
    version: '1.3',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': 'http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd',
  })}\n`;
  yield `${element('meta', { lastmodifieddate: lastRecorded(material) }, element('creator', {}, 'As It Stood'), element('description', {}, escaped(describing(material))))}\n`;
  yield `${opening('graph', { mode: 'dynamic', defaultedgetype: 'directed', timeformat: 'date', timerepresentation: 'interval', idtype: 'string' })}\n`;
  yield attributes('node', 'static', STATIC);
  yield attributes('node', 'dynamic', NODE_DYNAMIC);
  yield attributes('edge', 'static', STATIC);
  yield attributes('edge', 'dynamic', EDGE_DYNAMIC);
  yield `${opening('nodes', { count: points.length })}\n`;
  for (const point of points) yield `${nodeOf(point, sentences)}\n`;
  yield `</nodes>\n${opening('edges', { count: arrows.length })}\n`;
  for (const arrow of arrows) yield `${edgeOf(arrow, sentences)}\n`;
  yield '</edges>\n</graph>\n</gexf>\n';
}

type Told = ReadonlyMap<string, EventAnswer>;

function nodeOf({ id, name, body }: Point, sentences: Told): string {
  if (body === undefined) return element('node', { id, label: name });
  const { existence, names, codeSpells, kinds, statuses } = body;
  const spells = [existence, names, codeSpells, kinds, statuses].flat();
  const dynamic = [
    ...existence.map((spell) => spelled('existence', spell, [])),
    ...names.map((spell) => spelled('name', spell, [['name', spell.value]])),
    ...codeSpells.map((spell) => spelled(spell.system, spell, [[spell.system, spell.value]])),
    ...kinds.map((spell) => spelled('kind', spell, [['kind', spell.value]])),
    ...statuses.map((spell) =>
      spelled('status', spell, [
        ['status', spell.value],
        ['status.title', spell.title],
        ...(spell.wave === undefined ? [] : [['status.wave', spell.wave] as const]),
      ]),
    ),
  ];
  return element(
    'node',
    { id, label: name },
    element('attvalues', {}, ...dynamic, ...citing(spells, sentences)),
    element('spells', {}, ...existence.map(({ from, until }) => element('spell', timed(lifetime(from, until))))),
  );
}

function edgeOf({ id, from, to, kind, successions, ties }: Arrow, sentences: Told): string {
  const values = [
    ...successions.map((link) => valuesOf(lifetimeOf(link), succeeding(link))),
    ...ties.map((tie) =>
      valuesOf(
        lifetime(tie.from, tie.until),
        partsOf(tie).map(([part, value]) => [part, value]),
      ),
    ),
  ];
  const lives = [...successions.map(lifetimeOf), ...ties.map((tie) => lifetime(tie.from, tie.until))];
  const words =
    kind === 'succession' ? [...new Set(successions.map(({ how }) => how))].join(', ') : kind.replaceAll('-', ' ');
  return element(
    'edge',
    { id, source: from, target: to, kind, label: words },
    element(
      'attvalues',
      {},
      ...values,
      ...citing([...successions.map(({ via }) => ({ began: via })), ...ties], sentences),
    ),
    element('spells', {}, ...lives.map((life) => element('spell', timed(life)))),
  );
}

interface Life {
  readonly first: Day;
  readonly last: Day | undefined;
}

/** A succession is of one day: that on which the successor takes over. */
function lifetimeOf({ date }: LineageLink): Life {
  const { first } = lifetime(date, null);
  return { first, last: first };
}

function succeeding({ how, date, shares, via }: LineageLink): Value[] {
  return [
    ['how', how],
    ['date', date],
    ...(shares.length > 0 ? [['shares', JSON.stringify(shares)] as const] : []),
    ['event', via.event],
  ];
}

function spelled(what: (typeof SPELLED)[number], spell: MaterialSpell, values: readonly Value[]): string {
  const parts = partsOf(spell).map(([part, value]): Value => [`${what}.${part}`, value]);
  return valuesOf(lifetime(spell.from, spell.until), [...values, ...parts]);
}

function partsOf({ from, until, certainty, began, ends }: MaterialSpell): [(typeof PARTS)[number], string][] {
  return [
    ['from', from],
    ['until', until ?? OPEN],
    ['certainty', certainty],
    ['events', [began.event, ...(ends ? [ends.event] : [])].join('; ')],
  ];
}

function valuesOf(life: Life, values: readonly Value[]): string {
  return values.map(([name, value]) => element('attvalue', { for: name, value, ...timed(life) })).join('');
}

function citing(spells: readonly Partial<Pick<MaterialSpell, 'began' | 'ends'>>[], sentences: Told): string[] {
  const boundaries = spells.flatMap(({ began, ends }) => [began, ends]);
  const events = new Set(boundaries.flatMap((boundary) => boundary?.event ?? []));
  const told = [...events].flatMap((id) => {
    const event = sentences.get(id);
    return event === undefined ? [] : [`${inWords(event.date)}: ${event.sentence}`];
  });
  return [
    ['told', told.join(' ')],
    ['sources', citation(boundaries)],
  ].flatMap(([name, value]) => (value ? [element('attvalue', { for: name, value })] : []));
}

function timed({ first, last }: Life): { readonly start: string; readonly end: string | undefined } {
  return { start: isoDay(first), end: last === undefined ? undefined : isoDay(last) };
}

function attributes(of: 'node' | 'edge', mode: 'static' | 'dynamic', names: readonly string[]): string {
  const each = names.map((name) => element('attribute', { id: name, title: name, type: 'string' }));
  return `${element('attributes', { class: of, mode }, ...each)}\n`;
}

/** The last day on which anything in it was recorded; the day asked about, when one was. */
function lastRecorded({ recordedBy, events, cited }: Material): string | undefined {
  const days = [...events, ...cited].map(({ recorded }) => recorded).sort();
  return days.at(-1) ?? (recordedBy !== null && isExact(recordedBy) ? recordedBy : undefined);
}

function describing(material: Material): string {
  return [material.title, ...askedInWords(material)].join('; ');
}

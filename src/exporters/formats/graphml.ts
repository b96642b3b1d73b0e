import type { Material, MaterialSpell } from '../../machine/index.ts';
import { type Exporter, holding } from '../exporter.ts';
import { OPEN } from '../facts.ts';
import { type Arrow, citation, graphOf, type Point } from '../lineage.ts';
import { element, escaped, opening } from '../markup.ts';
import { KEPT_IF_PRINTABLE } from '../printable.ts';

type Data = readonly [key: string, value: string | null | undefined];

const LISTS = ['existence', 'names', 'codes', 'kinds', 'statuses'] as const;

/** What graphs, nodes and edges carry, all of it text: a value, or a list in JSON where a body has several. */
const KEYS = {
  graph: [
    ...['title', 'edition', 'publishedBy', 'recordedBy', 'dates', 'selection', 'coverage', 'notes'],
    ...['milestones', 'events', 'sources'],
  ],
  node: ['label', 'kind', 'ods', 'gss', 'from', 'until', 'citation', ...LISTS],
  edge: ['label', 'relation', 'from', 'until', 'certainty', 'events', 'date', 'how', 'shares', 'citation'],
} as const;

/** A graph for network libraries and yEd: every statement as data of a node, an edge or the graph. */
export const graphml: Exporter = {
  name: 'graphml',
  summary:
    'A graph (GraphML) for yEd, networkx and igraph: bodies and what leads from one to another, everything else as data',
  audience: 'network analysis',
  extension: '.graphml',
  aliases: ['yed'],
  mediaType: 'application/graphml+xml; charset=utf-8',
  conventions: {
    intervals:
      'Half-open: “until” is the first day no longer, or “open” while no end is known of. GraphML has no time of its own.',
    precision: 'EDTF, as precise as known, as text.',
  },
  holds: holding(KEPT_IF_PRINTABLE, {}),
  write: (material: Material) => ({ is: 'text', chunks: chunks(material) }),
};

function* chunks(material: Material): Generator<string> {
  const { points, arrows } = graphOf(material);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n${opening('graphml', {
    xmlns: 'http://graphml.graphdrawing.org/xmlns',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': 'http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd',
  })}\n`;
  for (const [of, names] of Object.entries(KEYS))
    for (const name of names)
      yield `${element('key', { id: `${of}.${name}`, for: of, 'attr.name': name, 'attr.type': 'string' })}\n`;
  yield `${opening('graph', { id: 'the-record', edgedefault: 'directed' })}\n`;
  for (const one of graphData(material)) yield `${one}\n`;
  for (const point of points) yield `${nodeOf(point)}\n`;
  for (const arrow of arrows) for (const edge of edgesOf(arrow)) yield `${edge}\n`;
  yield '</graph>\n</graphml>\n';
}

function graphData(material: Material): string[] {
  const { title, edition, publishedBy, recordedBy, dates, selection, coverage, notes } = material;
  const { milestones, events, cited, sources } = material;
  return dataOf('graph', [
    ['title', title],
    ['edition', edition],
    ['publishedBy', publishedBy],
    ['recordedBy', recordedBy],
    ['dates', dates],
    ['selection', JSON.stringify(selection)],
    ['coverage', listed(coverage)],
    ['notes', listed(notes)],
    ['milestones', listed(milestones)],
    ['events', listed([...events, ...cited])],
    ['sources', listed(sources)],
  ]);
}

function nodeOf({ id, name, body }: Point): string {
  if (body === undefined) return element('node', { id }, ...dataOf('node', [['label', name]]));
  const { kind, codes, existence, names, codeSpells, kinds, statuses } = body;
  return element(
    'node',
    { id },
    ...dataOf('node', [
      ['label', name],
      ['kind', kind],
      ['ods', codes.ods],
      ['gss', codes.gss],
      ['from', existence[0]?.from],
      ['until', existence.length === 0 ? null : (existence.at(-1)?.until ?? OPEN)],
      ['existence', listed(existence.map((spell) => statement(spell)))],
      ['names', listed(names.map((spell) => statement(spell)))],
      ['codes', listed(codeSpells.map((spell) => ({ system: spell.system, ...statement(spell) })))],
      ['kinds', listed(kinds.map((spell) => statement(spell)))],
      ['statuses', listed(statuses.map(({ title, wave, ...spell }) => ({ ...statement(spell), title, wave })))],
      ['citation', citation(existence.flatMap(({ began, ends }) => [began, ends]))],
    ]),
  );
}

function statement({ value, from, until, certainty, began, ends }: MaterialSpell) {
  return { value, from, until: until ?? OPEN, certainty, events: [began.event, ...(ends ? [ends.event] : [])] };
}

/** One edge for each succession and each spell of a relation. */
function edgesOf({ id, from, to, kind, successions, ties }: Arrow): string[] {
  const each = [
    ...successions.map(({ how, date, shares, via }): Data[] => [
      ['label', how],
      ['relation', kind],
      ['events', via.event],
      ['date', date],
      ['how', how],
      ['shares', listed(shares)],
      ['citation', citation([via])],
    ]),
    ...ties.map((tie): Data[] => {
      const { until, certainty, events } = statement(tie);
      return [
        ['label', kind.replaceAll('-', ' ')],
        ['relation', kind],
        ['from', tie.from],
        ['until', until],
        ['certainty', certainty],
        ['events', events.join('; ')],
        ['citation', citation([tie.began, tie.ends])],
      ];
    }),
  ];
  return each.map((data, n) =>
    element('edge', { id: n === 0 ? id : `${id} ${n + 1}`, source: from, target: to }, ...dataOf('edge', data)),
  );
}

function dataOf(of: keyof typeof KEYS, data: readonly Data[]): string[] {
  return data.flatMap(([key, value]) =>
    value === undefined || value === null || value === ''
      ? []
      : [element('data', { key: `${of}.${key}` }, escaped(value))],
  );
}

/** A list in JSON; nothing of an empty one. */
function listed(list: readonly unknown[]): string | undefined {
  return list.length === 0 ? undefined : JSON.stringify(list);
}

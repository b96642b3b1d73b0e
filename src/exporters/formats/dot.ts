import type { LineageLink, Material, MaterialBody } from '../../machine/index.ts';
import { civilFromDay } from '../../time/day.ts';
import { boundsOf, inWords, periodInWords } from '../dates.ts';
import { dropped, type Exporter, holding, type Losing } from '../exporter.ts';
import { OPEN } from '../facts.ts';
import { grouped } from '../grouped.ts';
import { askedInWords, statementsInWords } from '../inwords.ts';
import { citation, groupsOf } from '../lineage.ts';
import { KEPT_IF_PRINTABLE, printable } from '../printable.ts';
import { isBoundary } from '../rests.ts';
import { wrapped } from '../wrap.ts';

const TOLD: Losing = { how: 'flattened', why: 'Told in words in the label or the tooltip of the body.' };
const UNTOLD = dropped('A drawing has no place for it.');
const STATEMENT = { value: TOLD, from: TOLD, until: TOLD, certainty: TOLD, events: UNTOLD };
const ASKED: Losing = { how: 'flattened', why: 'Told in words in the comment at the head.' };
const CITED: readonly Losing[] = [
  { how: 'flattened', why: 'Named in the tooltip of what rests on it.', when: isBoundary },
  dropped('Nothing that is drawn rests on it.'),
];
const ONCE: readonly Losing[] = [{ ...TOLD, when: ({ nth }) => nth > 0 }];

/** A lineage for Graphviz: bodies in the column of the year they began, grouped by system or region. */
export const dot: Exporter = {
  name: 'dot',
  summary: 'A drawing of the lineage (Graphviz DOT): bodies by the year they began, grouped by system or region',
  audience: 'drawing lineages',
  extension: '.dot',
  aliases: ['graphviz', 'gv'],
  mediaType: 'text/vnd.graphviz; charset=utf-8',
  conventions: {
    intervals:
      'In labels the last day, in words; “since” while no end is known of. The attributes “from” and “until” keep the first day and the first day no longer, or “open”.',
    precision:
      'In words in labels, EDTF in attributes; a body stands in the column of the earliest year in which it can have begun.',
  },
  holds: holding(UNTOLD, {
    existence: ONCE,
    ...statementFields('name'),
    ...statementFields('code'),
    ...statementFields('kind'),
    ...statementFields('relation'),
    ...statementFields('status'),
    succession: 'kept',
    'succession.shares': [
      {
        how: 'flattened',
        why: 'A backslash cannot stand before a quotation mark.',
        when: ({ value }) => value.includes('\\'),
      },
      ...KEPT_IF_PRINTABLE,
    ],
    'event.sources': CITED,
    'source.title': CITED,
    'source.url': CITED,
    answer: ASKED,
  }),
  write: (material: Material) => ({ is: 'text', chunks: chunks(material) }),
};

function statementFields<Name extends string>(name: Name) {
  return Object.fromEntries(Object.entries(STATEMENT).map(([part, told]) => [`${name}.${part}`, told])) as Record<
    `${Name}.${keyof typeof STATEMENT}`,
    Losing
  >;
}

const STYLES: Readonly<Record<string, string>> = {
  merger: 'solid',
  replacement: 'bold',
  absorption: 'solid',
  division: 'dashed',
  transfer: 'dotted',
};

function* chunks(material: Material): Generator<string> {
  const { title, bodies, links } = material;
  for (const line of [title, ...askedInWords(material)]) yield `// ${oneLine(line)}\n`;
  yield `digraph ${quoted('as-it-stood')} {\n`;
  const caption = [
    ...wrapped(title, 80),
    'Arrows: bold a replacement, solid a merger, dashed a division, dotted a transfer',
  ];
  yield `  graph [label=${label(caption)}, labelloc=t, labeljust=l, fontname="Helvetica", fontsize=14, rankdir=LR, newrank=true, ranksep=0.9, nodesep=0.12, tooltip=" "];\n`;
  yield '  node [shape=box, style="rounded,filled", fillcolor="#f6f5f1", color="#77756d", fontname="Helvetica", fontsize=10, margin="0.12,0.06"];\n';
  yield '  edge [color="#77756d", fontname="Helvetica", fontsize=9, arrowsize=0.6];\n';

  const years = new Map(
    bodies.flatMap(({ id, existence }) => (existence[0] ? [[id, yearOf(existence[0].from)] as const] : [])),
  );
  const columns = [...grouped(bodies, ({ id }) => years.get(id))].flatMap(([year, of]) =>
    year === undefined ? [] : [{ year, of }],
  );
  columns.sort((a, b) => a.year - b.year);
  if (columns.length > 0) {
    yield '\n  // The years in which bodies began, from left to right.\n';
    for (const { year } of columns)
      yield `  ${quoted(`year ${year}`)} [label=${label([String(year)])}, shape=plaintext, style="", fontsize=14, tooltip=" "];\n`;
    yield columns.length > 1
      ? `  ${columns.map(({ year }) => quoted(`year ${year}`)).join(' -> ')} [style=invis];\n`
      : '';
  }

  const groups = groupsOf(material);
  const clusters = [...grouped(bodies, ({ id }) => groups.get(id)?.id)];
  for (const [group, members] of clusters) {
    const name = members[0] && groups.get(members[0].id)?.name;
    const framed = group !== undefined && members.length > 1;
    const indent = framed ? '    ' : '  ';
    yield framed
      ? `\n  subgraph ${quoted(`cluster ${group}`)} {\n    graph [label=${label(wrapped(name ?? group, 40))}, style=rounded, color="#c9c6bb", fontsize=11, tooltip=" "];\n`
      : '\n';
    for (const body of members) yield `${indent}${nodeOf(body)}\n`;
    if (framed) yield '  }\n';
  }
  yield '\n';
  for (const { year, of } of columns)
    yield `  { rank=same; ${[`year ${year}`, ...of.map(({ id }) => id)].map(quoted).join('; ')} }\n`;
  yield '\n';
  for (const link of links) yield `  ${edgeOf(link, (years.get(link.from) ?? 0) < (years.get(link.to) ?? 0))}\n`;
  yield '}\n';
}

function nodeOf(body: MaterialBody): string {
  const { id, name, kind, codes, existence } = body;
  const spell = existence[0];
  const shown = [codes.ods, codes.gss].filter((code) => code !== undefined).join(', ');
  const lines = [
    ...wrapped(name, 30),
    ...(shown ? [shown] : []),
    ...(spell
      ? wrapped(
          `${periodInWords(spell.from, spell.until)}${spell.certainty === 'certain' ? '' : ` (${spell.certainty})`}`,
          34,
        )
      : []),
  ];
  const cited = citation(existence.flatMap(({ began, ends }) => [began, ends]));
  const others = [...body.names, ...body.codeSpells, ...body.kinds, ...body.relations, ...body.statuses];
  const all = citation(others.flatMap(({ began, ends }) => [began, ends]));
  const sources = [...new Set([cited, all].join('; ').split('; '))].filter((one) => one !== '');
  const tooltip = [...statementsInWords(body), ...(sources.length > 0 ? [`Sources: ${sources.join('; ')}`] : [])];
  const dated: [string, string][] = spell
    ? [
        ['from', spell.from],
        ['until', spell.until ?? OPEN],
        ['certainty', spell.certainty],
        ['events', [spell.began.event, ...(spell.ends ? [spell.ends.event] : [])].join('; ')],
      ]
    : [];
  return `${quoted(id)} [label=${label(lines)}, class=${quoted(kind)}, ${dated.map(([key, value]) => `${key}=${quoted(value)}, `).join('')}tooltip=${label(tooltip)}];`;
}

function edgeOf({ from, fromName, to, toName, how, date, shares, via }: LineageLink, forwards: boolean): string {
  const told = [`${fromName}, to ${toName}: ${how}, ${inWords(date)}`, `Sources: ${citation([via])}`];
  const attributes = [
    `how=${quoted(how)}`,
    `date=${quoted(date)}`,
    `event=${quoted(via.event)}`,
    ...(shares.length > 0 ? [`shares=${quoted(JSON.stringify(shares))}`] : []),
    ...(shares.length > 0 && forwards
      ? [`label=${label(shares.map(({ share, of }) => `${Math.round(share * 1000) / 10}% of ${of}`))}`]
      : []),
    `style=${STYLES[how] ?? 'solid'}`,
    ...(forwards ? [] : ['constraint=false']),
    `tooltip=${label(told)}`,
  ];
  return `${quoted(from)} -> ${quoted(to)} [${attributes.join(', ')}];`;
}

function yearOf(edtf: string): number {
  return civilFromDay(boundsOf(edtf).earliest).year;
}

/** A string of DOT as it is; there is no way to write a backslash at its end. */
function quoted(text: string): string {
  return `"${printable(text).replaceAll('"', '\\"')}"`;
}

/** Lines of a label or tooltip, where a backslash begins an escape. */
function label(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    oneLine(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;'),
  );
  return `"${escaped.join('\\n')}"`;
}

function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ');
}

import type { EventAnswer, LineageLink, Material, MaterialBody } from '../../machine/index.ts';
import { civilFromDay } from '../../time/day.ts';
import { kindNamed } from '../../vocabulary/kinds.ts';
import { boundsOf, inWords, periodInWords } from '../dates.ts';
import { dropped, type Exporter, holding, type Losing } from '../exporter.ts';
import type { Fact } from '../facts.ts';
import { grouped } from '../grouped.ts';
import { askedInWords } from '../inwords.ts';
import { groupsOf } from '../lineage.ts';
import { printable } from '../printable.ts';
import { wrapped } from '../wrap.ts';

/** Mermaid refuses to draw more arrows than this unless a site allows it. */
const MOST_ARROWS = 500;

const OF_A_BODY = 'Told in words in the label of the body.';
const TOLD: Losing = { how: 'flattened', why: OF_A_BODY };
const ON_ARROW: Losing = { how: 'flattened', why: 'Told in words on the arrow.' };
const AS_ARROW: Losing = {
  how: 'flattened',
  why: 'Drawn as an arrow between the two bodies, which does not name its event.',
};
const UNDRAWN: Losing = {
  ...dropped(`Mermaid draws at most ${MOST_ARROWS} arrows; the first in order of time are drawn.`),
  when: ({ record }, { links }) => !links.slice(0, MOST_ARROWS).some((link) => recordOf(link) === record),
};
const OF_TIMELINE = ({ bodies }: Material) => bodies.length === 0;
const IN_TIMELINE: readonly Losing[] = [
  {
    how: 'flattened',
    why: 'Told in words in its year.',
    when: ({ record }: Fact, material) => OF_TIMELINE(material) && material.events.some(({ id }) => id === record),
  },
  dropped('A flowchart shows bodies and successions, not events.'),
];

/** A diagram for Markdown pages: the lineage as a flowchart, or events by year where there is no body. */
export const mermaid: Exporter = {
  name: 'mermaid',
  summary:
    'A diagram for Markdown pages (Mermaid): the lineage as a flowchart, or events by year where no body is selected',
  audience: 'documents on the web',
  extension: '.mmd',
  aliases: ['mmd'],
  mediaType: 'text/vnd.mermaid; charset=utf-8',
  conventions: {
    intervals: 'In labels the last day, in words; “since” while no end is known of.',
    precision: 'In words, as precise as known.',
  },
  holds: holding(dropped('A diagram has no place for it.'), {
    'existence.value': TOLD,
    'existence.from': TOLD,
    'existence.until': TOLD,
    'existence.certainty': TOLD,
    'name.value': TOLD,
    'name.until': [
      { ...TOLD, when: ({ record, nth }, { bodies }) => former(bodyOf(bodies, record)).some(({ n }) => n === nth) },
      dropped('Only former names are dated in the label.'),
    ],
    'code.value': TOLD,
    'kind.value': [
      {
        how: 'flattened',
        why: 'The last kind is the class of the body, which colours it.',
        when: ({ record, value }, { bodies }) => bodyOf(bodies, record)?.kind === value,
      },
      dropped('A diagram shows the last kind of a body only.'),
    ],
    'relation.value': [
      {
        how: 'flattened',
        why: 'Drawn as the frame that the body stands in.',
        when: ({ record, value }, material) => value === `part-of ${groupsOf(material).get(record)?.id}`,
      },
      dropped('A body stands in one frame; other relations are not drawn.'),
    ],
    'status.value': TOLD,
    'status.from': TOLD,
    'status.until': TOLD,
    'status.certainty': TOLD,
    'succession.from': [UNDRAWN, AS_ARROW],
    'succession.to': [UNDRAWN, AS_ARROW],
    'succession.how': [UNDRAWN, ON_ARROW],
    'succession.date': [UNDRAWN, ON_ARROW],
    'succession.shares': [UNDRAWN, ON_ARROW],
    'event.date': IN_TIMELINE,
    'event.sentence': IN_TIMELINE,
    answer: { how: 'flattened', why: 'Told in words in the title and the description for screen readers.' },
  }),
  write: (material: Material) => ({
    is: 'text',
    chunks: OF_TIMELINE(material) ? timeline(material) : flowchart(material),
  }),
};

function recordOf({ from, to, via }: LineageLink): string {
  return `${from} > ${to} by ${via.event}`;
}

function bodyOf(bodies: readonly MaterialBody[], id: string): MaterialBody | undefined {
  return bodies.find((body) => body.id === id);
}

/** Names that a body had before the one that it is drawn with, each with its place among its names. */
function former(body: MaterialBody | undefined): { readonly n: number; readonly words: string }[] {
  return (body?.names ?? []).flatMap(({ value, until }, n) =>
    value === body?.name ? [] : [{ n, words: `formerly ${value}${until === null ? '' : `, ${endInWords(until)}`}` }],
  );
}

function endInWords(until: string): string {
  return periodInWords(until, until).replace(/^.*? to /, 'until ');
}

const COLOURS: Readonly<Record<NonNullable<NonNullable<ReturnType<typeof kindNamed>>['tier']>, string>> = {
  national: 'fill:#efeaf5,stroke:#6b5b95,color:#1d1d1b',
  regional: 'fill:#e8f0ea,stroke:#4f7a5b,color:#1d1d1b',
  intermediate: 'fill:#fbf1e0,stroke:#9a6b1f,color:#1d1d1b',
  local: 'fill:#e9eff6,stroke:#45678c,color:#1d1d1b',
  place: 'fill:#f3f3ee,stroke:#77756d,color:#1d1d1b',
};

function* flowchart(material: Material): Generator<string> {
  const { bodies, links } = material;
  yield* head(material, 'flowchart LR');
  const groups = groupsOf(material);
  let frame = 0;
  for (const [group, members] of grouped(bodies, ({ id }) => groups.get(id)?.id)) {
    const name = members[0] && groups.get(members[0].id)?.name;
    const framed = group !== undefined && members.length > 1;
    if (framed) yield `  subgraph frame${++frame}["${escaped(name ?? group)}"]\n`;
    for (const body of members) yield `${framed ? '    ' : '  '}${nodeOf(body)}\n`;
    if (framed) yield '  end\n';
  }
  for (const { from, to, how, date, shares } of links.slice(0, MOST_ARROWS)) {
    const parts = [how, ...shares.map(({ share, of }) => `${Math.round(share * 1000) / 10}% of ${of}`), inWords(date)];
    yield `  ${named(from)} -->|"${wrapped(parts.join(', '), 24).map(escaped).join('<br/>')}"| ${named(to)}\n`;
  }
  for (const kind of new Set(bodies.map(({ kind }) => kind))) {
    const tier = kindNamed(kind)?.tier;
    if (tier) yield `  classDef ${kind} ${COLOURS[tier]}\n`;
  }
}

function nodeOf(body: MaterialBody): string {
  const { id, name, kind, codeSpells, existence, statuses } = body;
  const codes = [...new Set(codeSpells.map(({ value }) => value))].join(', ');
  const doubt = (certainty: string) => (certainty === 'certain' ? '' : ` (${certainty})`);
  const lines = [
    ...wrapped(name, 32),
    ...(codes ? wrapped(codes, 32) : []),
    ...existence.flatMap(({ from, until, certainty }) =>
      wrapped(`${periodInWords(from, until)}${doubt(certainty)}`, 36),
    ),
    ...former(body).flatMap(({ words }) => wrapped(words, 36)),
    ...statuses.flatMap(({ title, wave, from, until, certainty }) =>
      wrapped(`${title}${wave ? `, ${wave}` : ''}, ${periodInWords(from, until)}${doubt(certainty)}`, 36),
    ),
  ];
  return `${named(id)}["${lines.map(escaped).join('<br/>')}"]:::${kind}`;
}

function* timeline(material: Material): Generator<string> {
  yield* head(material, 'timeline');
  if (material.events.length === 0) yield '  section Nothing was selected\n';
  const years = grouped(material.events, ({ date }: EventAnswer) => civilFromDay(boundsOf(date).earliest).year);
  for (const [year, events] of [...years].sort(([a], [b]) => a - b)) {
    yield `  section ${year}\n`;
    for (const { date, sentence } of events) yield `    ${escaped(inWords(date))} : ${escaped(sentence)}\n`;
  }
}

function* head(material: Material, diagram: string): Generator<string> {
  const { title } = material;
  yield `---\ntitle: ${JSON.stringify(oneLine(title))}\n---\n${diagram}\n`;
  yield `  accTitle: ${escaped(title)}\n  accDescr {\n`;
  for (const line of askedInWords(material)) yield `    ${escaped(line)}\n`;
  yield '  }\n';
}

/** An id as Mermaid takes it: `ccg/east-devon` is `ccg__east_devon`. Ids of the record have no underscores. */
function named(id: string): string {
  return id.replaceAll('-', '_').replace('/', '__');
}

/** A text in which nothing means anything to Mermaid, on one line. */
function escaped(text: string): string {
  return oneLine(text).replace(/[^\p{L}\p{N} .,()'’“”–/-]/gu, (mark) => `#${mark.codePointAt(0)};`);
}

function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ');
}

import type { BoundaryRef, Coverage, LineageLink, Material, MaterialBody, MaterialSpell } from '../../machine/index.ts';
import { spanOf } from '../../views/dates.ts';
import { kindNamed } from '../../vocabulary/kinds.ts';
import { isDay, lastDayOf } from '../dates.ts';
import { dropped, type Exporter, holding, type Losing } from '../exporter.ts';
import type { Fact } from '../facts.ts';

const BASE = 'urn:as-it-stood:';
const CONTEXT = 'https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld';
const SPAN = 'A date between two days is told as the earliest and latest that it can be.';
const SENTENCE_ONLY =
  'A gazetteer describes places: of an event it has the sentence, beside the place that it changed.';

/** Bodies as places of a gazetteer, each attestation with its time: the format of Pelagios and the World Historical Gazetteer. */
export const linkedPlaces: Exporter = {
  name: 'linked-places',
  summary: 'Linked Places (LPF 1.2, GeoJSON): names, types and relations, each with its time and its citations',
  audience: 'gazetteers',
  extension: '.geojson',
  aliases: ['lpf'],
  mediaType: 'application/geo+json',
  conventions: {
    intervals:
      'An end is the last day, the day before our first day no longer. In this format no end would mean “during the start”: so where no end is known of, the end is said to be not earlier than the last day known, with no latest.',
    precision:
      'A day, a month or a year as “in”; any other date as “earliest” and “latest”. No location is recorded: geometries are empty.',
  },
  holds: holding('kept', {
    ...Object.fromEntries(
      (['existence', 'name', 'code', 'kind', 'relation', 'status'] as const).flatMap((what) => [
        [`${what}.from`, startLoss()],
        [`${what}.until`, endLoss()],
      ]),
    ),
    'existence.certainty': {
      ...dropped('A place has one time, with one certainty.'),
      when: ({ nth }) => nth > 0,
    },
    'existence.events': {
      how: 'flattened',
      why: 'A time has no citations: the events stand among the descriptions, and which began and which ended is not said.',
    },
    'succession.date': startLoss(),
    'succession.shares': dropped('A relation of places has no share.'),
    'event.sentence': {
      ...dropped('No body selected was begun, ended or changed by this event.'),
      when: ({ record }, material) => !tiedTo(material).has(record),
    },
    event: dropped(SENTENCE_ONLY),
    'source.title': { how: 'flattened', why: 'Sources are cited by title and address beside what rests on them.' },
    'source.url': { how: 'flattened', why: 'Sources are cited by title and address beside what rests on them.' },
    source: dropped('A citation is a title and an address.'),
    milestone: dropped('A gazetteer describes places, and not the steps of a reform.'),
    'answer.clocks': dropped('A collection of places has no place for the clocks of a question.'),
    'answer.selection': {
      how: 'flattened',
      why: 'The selection is told in words, as the title of the collection.',
      became: (_, { title }) => title,
    },
    'answer.coverage': dropped('A collection of places has no place for what is known of which kind.'),
    'answer.notes': dropped('A collection of places has no place for notes.'),
  }),
  write: (material: Material) => ({ is: 'text', chunks: chunksOf(material) }),
};

function startLoss(): Losing {
  return {
    how: 'converted',
    why: SPAN,
    when: ({ value }: Fact) => !isPlain(value) && !isDaySet(value),
    became: ({ value }: Fact) => told(spanOf(value)),
  };
}

function endLoss(): Losing {
  return {
    how: 'converted',
    why: `${SPAN} The first day no longer becomes the last day.`,
    when: ({ value }: Fact) => value !== 'open' && !isDay(value) && !isDaySet(value),
    became: ({ value }: Fact) => told(lastDayOf(value)),
  };
}

function told(bounds: { readonly first: string; readonly last: string } | undefined): string | undefined {
  return bounds && `${bounds.first}..${bounds.last}`;
}

/** A day, a month or a year, with what the format allows after it: `~`, `?` or `%`. */
function isPlain(edtf: string): boolean {
  return /^\d{4}(-\d{2}){0,2}[~?%]?$/.test(edtf) && !/^\d{4}-(2[1-9]|[3-9]\d)/.test(edtf);
}

/** Some day between two days: what “earliest” and “latest” say. */
function isDaySet(edtf: string): boolean {
  return /^\[\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}\]$/.test(edtf);
}

const remembered = new WeakMap<Material, Set<string>>();

/** Events that begin or end something of the bodies, or hand one over to another. */
function tiedTo(material: Material): ReadonlySet<string> {
  const known = remembered.get(material);
  if (known) return known;
  const tied = new Set(material.bodies.flatMap((body) => eventsOf(body, material.links)));
  remembered.set(material, tied);
  return tied;
}

function eventsOf(
  { id, existence, names, codeSpells, kinds, relations, statuses }: MaterialBody,
  links: readonly LineageLink[],
): string[] {
  const spells = [existence, names, codeSpells, kinds, relations, statuses].flat();
  return [
    ...spells.flatMap(({ began, ends }) => (ends ? [began.event, ends.event] : [began.event])),
    ...links.filter(({ from, to }) => from === id || to === id).map(({ via }) => via.event),
  ];
}

type Point = { readonly in: string } | { readonly earliest: string; readonly latest?: string };

function pointOf(edtf: string): Point {
  const bounds = spanOf(edtf);
  return isPlain(edtf) || bounds === undefined ? { in: edtf } : { earliest: bounds.first, latest: bounds.last };
}

function endOf(until: string): Point {
  const last = lastDayOf(until);
  if (last === undefined) return { in: until };
  return last.first === last.last ? { in: last.last } : { earliest: last.first, latest: last.last };
}

const CERTAINTY = { certain: 'certain', possible: 'less-certain', expected: 'uncertain' } as const;

/** The time of a statement; where no end is known of, it ends on no day before the last one known. */
function whenOf({ from, until, certainty }: MaterialSpell, known: string | undefined): object {
  const start = spanOf(from)?.last ?? from;
  const end = until === null ? { earliest: known !== undefined && known > start ? known : start } : endOf(until);
  return { timespans: [{ start: pointOf(from), end }], certainty: CERTAINTY[certainty] };
}

function* chunksOf(material: Material): Iterable<string> {
  const { title, edition, bodies, links, events, cited, sources, selection, coverage } = material;
  const sentences = new Map([...events, ...cited].map(({ id, sentence }) => [id, sentence]));
  const addresses = new Map(sources.map(({ source, url }) => [source, url]));
  const byBody = new Map<string, LineageLink[]>();
  for (const link of links)
    for (const body of [link.from, link.to]) byBody.set(body, [...(byBody.get(body) ?? []), link]);
  const citations = (boundaries: readonly (BoundaryRef | undefined)[]) => {
    const found = new Map<string, string>();
    const list = boundaries.flatMap((boundary) =>
      boundary ? [{ '@id': `${BASE}event:${boundary.event}`, label: boundary.date }] : [],
    );
    for (const boundary of boundaries)
      for (const { source, title: name } of boundary?.sources ?? [])
        found.set(addresses.get(source) ?? `${BASE}source:${source}`, name);
    return [...list, ...[...found].map(([id, label]) => ({ '@id': id, label }))];
  };
  const head = { type: 'FeatureCollection', '@context': CONTEXT, title, identifier: edition };
  yield `${JSON.stringify(head).slice(0, -1)},\n"features": [`;
  let first = true;
  for (const body of bodies) {
    const known = selection.at ?? selection.to ?? lastCovered(coverage, body.kind);
    const when = (spell: MaterialSpell) => whenOf(spell, known);
    const attested = (spell: MaterialSpell) => ({ when: when(spell), citations: citations([spell.began, spell.ends]) });
    const { id, name, names, codeSpells, kinds, statuses, relations, existence } = body;
    const own = byBody.get(id) ?? [];
    const feature = {
      '@id': `${BASE}body:${id}`,
      type: 'Feature',
      properties: {
        title: name,
        ccodes: ['GB'],
        codes: codeSpells.map((spell) => ({ system: spell.system, code: spell.value, ...attested(spell) })),
      },
      when:
        existence.length === 0
          ? undefined
          : {
              timespans: existence.flatMap(timespansOf(when)),
              certainty: CERTAINTY[existence[0]?.certainty ?? 'certain'],
            },
      names:
        names.length === 0
          ? [{ toponym: name, lang: 'en', citations: [{ '@id': `${BASE}body:${id}`, label: title }] }]
          : names.map((spell) => ({ toponym: spell.value, lang: 'en', ...attested(spell) })),
      types: [
        ...kinds.map((spell) => ({
          identifier: `${BASE}kind:${spell.value}`,
          label: kindNamed(spell.value)?.singular ?? spell.value,
          ...attested(spell),
        })),
        ...statuses.map((spell) => ({
          identifier: `${BASE}status:${spell.value}`,
          label: spell.title,
          ...(spell.wave === undefined ? {} : { sourceLabels: [{ label: spell.wave, lang: 'en' }] }),
          ...attested(spell),
        })),
      ],
      geometry: { type: 'GeometryCollection', geometries: [] },
      relations: [
        ...relations.map((spell) => ({
          relationType: RELATIONS[spell.relation] ?? 'gvp:tgn3000_related_to',
          relationTo: `${BASE}body:${spell.value}`,
          label: `${spell.relation}: ${spell.name}`,
          ...attested(spell),
          certainty: CERTAINTY[spell.certainty],
        })),
        ...own.map(({ from, fromName, to, toName, how, date, via }) => ({
          relationType: id === to ? 'prov:wasDerivedFrom' : 'prov:hadDerivation',
          relationTo: `${BASE}body:${id === to ? from : to}`,
          label: `${how}: ${id === to ? fromName : toName}`,
          when: { timespans: [{ start: pointOf(date) }] },
          citations: citations([via]),
        })),
      ],
      descriptions: [...new Set(eventsOf(body, own))].flatMap((event) => {
        const sentence = sentences.get(event);
        return sentence === undefined ? [] : [{ '@id': `${BASE}event:${event}`, value: sentence, lang: 'en' }];
      }),
    };
    yield `${first ? '' : ','}\n${JSON.stringify(feature)}`;
    first = false;
  }
  yield '\n]\n}\n';
}

/** Getty's words for the relations of places; any other is only “related to”, and named in its label. */
const RELATIONS: Readonly<Record<string, string>> = {
  'part-of': 'gvp:broaderPartitive',
  'member-of': 'gvp:tgn3317_member_of',
};

function timespansOf(when: (spell: MaterialSpell) => object): (spell: MaterialSpell) => object[] {
  return (spell) => (when(spell) as { readonly timespans: object[] }).timespans;
}

/** The last day for which the record knows this kind of body. */
function lastCovered(coverage: readonly Coverage[], kind: string): string | undefined {
  const to = coverage.find(({ of }) => of === kind)?.to;
  return to ? lastDayOf(to)?.last : undefined;
}

import type { BoundaryRef, Material, MaterialBody, MaterialSpell } from '../../machine/index.ts';
import { parseEdtf } from '../../time/edtf.ts';
import { fuzzyInWords } from '../../time/words.ts';
import { spanOf } from '../../views/dates.ts';
import { lastDayOf } from '../dates.ts';
import { dropped, type Exporter, holding, type Losing } from '../exporter.ts';
import type { Fact } from '../facts.ts';

const NO_SPAN = 'Popolo knows a year, a month or a day, and no span of them.';
const NO_CERTAINTY = 'Popolo has no word for how sure a statement is.';
const NO_EVENTS = 'Popolo tells states, and not the events that bring them about.';

/** Organisations, their names and memberships as people who watch parliaments and councils keep them. */
export const popolo: Exporter = {
  name: 'popolo',
  summary: 'Popolo JSON: organisations with dated names, identifiers, parents and dated memberships',
  audience: 'civic data',
  extension: '.popolo.json',
  mediaType: 'application/json; charset=utf-8',
  conventions: {
    intervals:
      'dissolution_date and end_date are the last day: the day before our first day no longer. They are absent while no end is known of.',
    precision:
      'YYYY, YYYY-MM or YYYY-MM-DD, nothing else: a date between two days is cut to the year or month that both share, or left out where they share none, and told in words as note of a name or label of a membership.',
  },
  holds: holding('kept', {
    'existence.value': onlyFirst('Popolo knows one founding and one dissolution of an organisation.'),
    'existence.from': [onlyFirst('Popolo knows one founding of an organisation.'), ...startLoss()],
    'existence.until': [onlyFirst('Popolo knows one dissolution of an organisation.'), ...endLoss()],
    'existence.certainty': uncertain(),
    'existence.events': dropped(NO_EVENTS),
    'name.from': startLoss(),
    'name.until': endLoss(),
    'name.events': dropped(NO_EVENTS),
    'code.from': dropped('Identifiers have no dates in Popolo.'),
    'code.until': dropped('Identifiers have no dates in Popolo.'),
    'code.certainty': dropped('Identifiers have no dates in Popolo.'),
    'code.events': dropped(NO_EVENTS),
    'kind.value': {
      ...dropped('An organisation has one classification in Popolo: the one of the day asked, or the last known.'),
      when: (fact, material) => !isClassification(fact, material),
    },
    'kind.from': dropped('A classification has no dates in Popolo.'),
    'kind.until': dropped('A classification has no dates in Popolo.'),
    'kind.certainty': dropped('A classification has no dates in Popolo.'),
    'kind.events': dropped(NO_EVENTS),
    'relation.from': startLoss(),
    'relation.until': endLoss(),
    'relation.events': dropped(NO_EVENTS),
    status: dropped('Popolo has no place for a status that an organisation is given.'),
    succession: dropped('Popolo has no successions: neither who followed whom, nor several becoming several.'),
    event: dropped(NO_EVENTS),
    'source.title': flattened(
      'Sources stand beside what rests on them, by address and title; without an address they have no place.',
    ),
    'source.url': flattened('Sources stand beside what rests on them, by address and title.'),
    source: dropped('A source is its address and a note in Popolo.'),
    milestone: dropped(NO_EVENTS),
    answer: dropped('Popolo describes organisations, and not the question that was asked.'),
  }),
  write: (material: Material) => ({ is: 'text', chunks: chunksOf(material) }),
};

function flattened(why: string): Losing {
  return { how: 'flattened', why };
}

function onlyFirst(why: string): Losing {
  return { ...dropped(why), when: ({ nth }) => nth > 0 };
}

function uncertain(): Losing {
  return {
    ...dropped(NO_CERTAINTY),
    when: ({ nth, field, value }) => value !== 'certain' || (nth > 0 && field.startsWith('existence')),
  };
}

function startLoss(): Losing[] {
  const cut = ({ value }: Fact) => startDate(value);
  return [
    {
      how: 'flattened',
      why: NO_SPAN,
      when: (fact) => cut(fact) !== undefined && cut(fact) !== fact.value,
      became: cut,
    },
    { ...dropped(NO_SPAN), when: (fact) => cut(fact) === undefined },
  ];
}

function endLoss(): Losing[] {
  const cut = ({ value }: Fact) => (value === 'open' ? undefined : endDate(value));
  return [
    { how: 'flattened', why: NO_SPAN, when: (fact) => (cut(fact)?.length ?? 10) < 10, became: cut },
    { ...dropped(NO_SPAN), when: (fact) => fact.value !== 'open' && cut(fact) === undefined },
  ];
}

const remembered = new WeakMap<Material, Map<string, MaterialBody>>();

/** Whether a kind is the one that stands as classification: the last told, if it is the body's own. */
function isClassification({ record, nth, value }: Fact, material: Material): boolean {
  const bodies = remembered.get(material) ?? new Map(material.bodies.map((body) => [body.id, body]));
  remembered.set(material, bodies);
  const body = bodies.get(record);
  return body !== undefined && value === body.kind && nth === body.kinds.length - 1;
}

/** A date as Popolo's pattern has it: the year or month that a span lies in, or none. */
function startDate(edtf: string): string | undefined {
  if (/^\d{4}(-\d{2}){0,2}$/.test(edtf)) return edtf;
  const bounds = spanOf(edtf);
  return bounds && shared(bounds.first, bounds.last);
}

function endDate(until: string): string | undefined {
  const last = lastDayOf(until);
  return last && shared(last.first, last.last);
}

function shared(first: string, last: string): string | undefined {
  return [10, 7, 4].map((length) => first.slice(0, length)).find((part) => last.startsWith(part));
}

/** In words, what a statement's dates leave out: how sure it is, and a day that is only known to lie between two. */
function remark({ certainty, from, until }: MaterialSpell, name: string): object {
  const words = [
    certainty === 'certain' ? undefined : certainty,
    startDate(from) === undefined ? `from ${inWords(from)}` : undefined,
    until !== null && endDate(until) === undefined ? `no longer from ${inWords(until)}` : undefined,
  ].filter((one) => one !== undefined);
  return words.length === 0 ? {} : { [name]: words.join('; ') };
}

function inWords(edtf: string): string {
  const read = parseEdtf(edtf);
  return read.ok ? fuzzyInWords(read.date) : edtf;
}

function* chunksOf({ bodies, sources, selection }: Material): Iterable<string> {
  const addresses = new Map(sources.map(({ source, url }) => [source, url]));
  const linked = (boundaries: readonly (BoundaryRef | undefined)[]) => {
    const links = new Map<string, string>();
    for (const boundary of boundaries)
      for (const { source, title } of boundary?.sources ?? []) {
        const url = addresses.get(source);
        if (url !== undefined && !links.has(url)) links.set(url, title);
      }
    return links.size === 0 ? {} : { sources: [...links].map(([url, note]) => ({ url, note })) };
  };
  const dates = ({ from, until }: MaterialSpell, start: string, end: string) => {
    const [begins, ends] = [startDate(from), until === null ? undefined : endDate(until)];
    return { ...(begins ? { [start]: begins } : {}), ...(ends ? { [end]: ends } : {}) };
  };
  yield '{\n"organizations": [';
  let first = true;
  for (const body of bodies) {
    const { id, name, kind, names, codeSpells, existence, relations } = body;
    const [life] = existence;
    const parent = relations.find(
      ({ relation, certainty, until }) =>
        relation === 'part-of' && certainty === 'certain' && (selection.at !== null || until === null),
    );
    const organization = {
      id,
      name,
      classification: kind,
      ...(parent ? { parent_id: parent.value } : {}),
      ...(life ? dates(life, 'founding_date', 'dissolution_date') : {}),
      other_names: names.map((spell) => ({
        name: spell.value,
        ...dates(spell, 'start_date', 'end_date'),
        ...remark(spell, 'note'),
      })),
      identifiers: codeSpells.map(({ system, value }) => ({ scheme: system, identifier: value })),
      ...linked(existence.flatMap(({ began, ends }) => [began, ends])),
    };
    yield `${first ? '' : ','}\n${JSON.stringify(organization)}`;
    first = false;
  }
  yield '\n],\n"memberships": [';
  first = true;
  for (const { id, name, relations } of bodies)
    for (const spell of relations) {
      const membership = {
        role: spell.relation,
        member: { id, name },
        organization_id: spell.value,
        ...remark(spell, 'label'),
        ...dates(spell, 'start_date', 'end_date'),
        ...linked([spell.began, spell.ends]),
      };
      yield `${first ? '' : ','}\n${JSON.stringify(membership)}`;
      first = false;
    }
  yield '\n]\n}\n';
}

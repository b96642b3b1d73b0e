import type {
  EventAnswer,
  LineageLink,
  Material,
  MaterialBody,
  MaterialSpell,
  SourceAnswer,
} from '../../machine/index.ts';
import { parseEdtf } from '../../time/edtf.ts';
import { fuzzyInWords } from '../../time/words.ts';
import { kindNamed } from '../../vocabulary/kinds.ts';
import { isDay, lastDayOf } from '../dates.ts';
import { dropped, type Exporter, holding, type Losing, type Treatment } from '../exporter.ts';
import type { Fact } from '../facts.ts';
import { block, type Child, element, type Xml, xmlDocument, xmlText } from '../xml.ts';

// EAC-CPF 2.0, as in eac.xsd of the Society of American Archivists: the order of elements is that of the schema.
const NAMESPACE = 'https://archivists.org/ns/eac/v2';
const BASE = 'urn:as-it-stood:';

const UNSURE_END =
  'The first day no longer becomes the last day: where it is less exact than a day, the first and last that it can be.';

/** One authority record for each body: names, dates of existence, relations, a chronology and its sources. */
export const eacCpf: Exporter = {
  name: 'eac-cpf',
  summary: 'A folder with one EAC-CPF 2.0 authority record for each body, and an index',
  audience: 'archives',
  extension: '',
  aliases: ['eac'],
  mediaType: 'application/xml; charset=utf-8',
  conventions: {
    intervals:
      'toDate is the last day, as archivists count: the day before our first day no longer. While no end is known of, toDate has the status “ongoing”.',
    precision:
      'standardDate holds EDTF; a file with a date less exact than a day, a month or a year says dateEncoding="otherDateEncoding". A last day that is not known to the day is told by notBefore and notAfter.',
  },
  holds: holding(convertible(), {
    ...Object.fromEntries(
      (['existence', 'name', 'code', 'kind', 'relation', 'status'] as const).map((what) => [
        `${what}.until`,
        { how: 'converted', why: UNSURE_END, when: unsureEnd, became: lastDays } satisfies Losing,
      ]),
    ),
    event: convertible(eventHasNoPlace()),
    'event.alsoDated': convertible(eventHasNoPlace(), {
      how: 'flattened',
      why: 'Other dates stand beside the date of an event; what is said of them does not.',
      when: ({ value }) => value.includes('"note":'),
    }),
    'event.publicFrom': dropped('EAC-CPF has no place for the day on which an event was made public.'),
    'event.recorded': dropped('EAC-CPF has no place for the day on which an event was entered.'),
    source: convertible(sourceHasNoPlace()),
    'milestone.title': convertible({
      ...dropped('No event of this milestone began, ended or changed a body selected.'),
      when: ({ record }, material) => !tiesOf(material).milestones.has(record),
    }),
    'milestone.summary': dropped('EAC-CPF describes bodies, and not the steps of a reform.'),
    'milestone.themes': dropped('EAC-CPF describes bodies, and not the steps of a reform.'),
    answer: 'kept',
  }),
  write: (material: Material) => ({ is: 'folder', files: filesOf(material) }),
};

/** What is held but for characters that XML cannot hold. */
function convertible(...others: readonly Losing[]): Treatment {
  return [
    ...others,
    {
      how: 'converted',
      why: 'A character that XML 1.0 cannot hold becomes U+FFFD.',
      when: ({ value }) => xmlText(value) !== value,
      became: ({ value }) => xmlText(value),
    },
  ];
}

function eventHasNoPlace(): Losing {
  return {
    ...dropped('EAC-CPF describes bodies: an event that began, ended or changed none of those selected has no place.'),
    when: ({ record }, material) => !tiesOf(material).events.has(record),
  };
}

function sourceHasNoPlace(): Losing {
  return {
    ...dropped('No event that rests on this source began, ended or changed a body selected.'),
    when: ({ record }, material) => !tiesOf(material).sources.has(record),
  };
}

function unsureEnd({ value }: Fact): boolean {
  return value !== 'open' && !isDay(value);
}

function lastDays({ value }: Fact): string | undefined {
  const last = lastDayOf(value);
  return last && `${last.first}..${last.last}`;
}

interface Ties {
  /** Events by body, in order of time: those that began or ended something of it, or handed it over. */
  readonly byBody: ReadonlyMap<string, readonly EventAnswer[]>;
  readonly events: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  readonly milestones: ReadonlySet<string>;
}

const remembered = new WeakMap<Material, Ties>();

/** Which events concern which of the bodies, and what those events rest on. */
function tiesOf(material: Material): Ties {
  const known = remembered.get(material);
  if (known) return known;
  const all = [...material.events, ...material.cited];
  const place = new Map(all.map(({ id }, index) => [id, index]));
  const places = new Map<string, Set<number>>();
  const tie = (body: string, event: string | undefined) => {
    const at = event === undefined ? undefined : place.get(event);
    if (at === undefined) return;
    const found = places.get(body) ?? new Set();
    places.set(body, found.add(at));
  };
  for (const body of material.bodies)
    for (const { began, ends } of spellsOfBody(body)) {
      tie(body.id, began.event);
      tie(body.id, ends?.event);
    }
  const selected = new Set(material.bodies.map(({ id }) => id));
  for (const { from, to, via } of material.links)
    for (const body of [from, to]) if (selected.has(body)) tie(body, via.event);
  const byBody = new Map(
    [...places].map(([body, found]) => [
      body,
      [...found]
        .map((index) => all[index] as EventAnswer)
        .sort((a, b) => firstDay(a.date) - firstDay(b.date) || (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)),
    ]),
  );
  const events = [...byBody.values()].flat();
  const ties: Ties = {
    byBody,
    events: new Set(events.map(({ id }) => id)),
    sources: new Set(events.flatMap(sourcesOf)),
    milestones: new Set(events.map(({ milestone }) => milestone)),
  };
  remembered.set(material, ties);
  return ties;
}

function firstDay(edtf: string): number {
  const read = parseEdtf(edtf);
  return read.ok ? read.date.earliest : 0;
}

function sourcesOf({ sources, dissent }: EventAnswer): string[] {
  return [...sources.map(({ source }) => source), ...dissent.map(({ source }) => source.source)];
}

function spellsOfBody(body: MaterialBody): MaterialSpell[] {
  const { existence, names, codeSpells, kinds, relations, statuses } = body;
  return [existence, names, codeSpells, kinds, relations, statuses].flat();
}

function* filesOf(material: Material): Iterable<{ path: string; text: string }> {
  const { byBody } = tiesOf(material);
  const links = new Map<string, LineageLink[]>();
  for (const link of material.links)
    for (const body of [link.from, link.to]) links.set(body, [...(links.get(body) ?? []), link]);
  const sources = new Map(material.sources.map((source) => [source.source, source]));
  const milestones = new Map(material.milestones.map(({ milestone, title }) => [milestone, title]));
  const { title, edition, publishedBy, recordedBy, dates, selection, coverage, notes, bodies } = material;
  const index = {
    ...{ title, edition, publishedBy, recordedBy, dates, selection, coverage, notes },
    records: bodies.map(({ id, name }) => ({ id, name, path: pathOf(id) })),
  };
  yield { path: 'index.json', text: `${JSON.stringify(index, null, 2)}\n` };
  for (const body of bodies) {
    const scribe = scribeOf(material, byBody.get(body.id) ?? [], sources);
    yield {
      path: pathOf(body.id),
      text: xmlDocument(recordOf(material, body, links.get(body.id) ?? [], milestones, scribe)),
    };
  }
}

function pathOf(id: string): string {
  return `${id.replaceAll('/', '_')}.xml`;
}

/** What the elements of one file share: its events and sources with their XML ids. */
interface Scribe {
  readonly events: readonly EventAnswer[];
  readonly idOfEvent: (event: string) => string | undefined;
  /** References to what an event rests on: a source, or the place in it. */
  readonly references: (event: EventAnswer) => string | undefined;
  readonly idOfSource: (source: string) => string | undefined;
  readonly sources: readonly { readonly source: SourceAnswer; readonly places: readonly string[] }[];
  readonly dated: (edtf: string) => string;
  readonly encoding: () => 'iso8601' | 'otherDateEncoding';
}

function scribeOf(
  material: Material,
  events: readonly EventAnswer[],
  known: ReadonlyMap<string, SourceAnswer>,
): Scribe {
  const ids = new Map(events.map(({ id }, index) => [id, `event-${index + 1}`]));
  const places = new Map<string, string[]>();
  for (const event of events)
    for (const { source, at } of [...event.sources, ...event.dissent.map((one) => one.source)]) {
      const found = places.get(source) ?? [];
      if (at !== undefined && !found.includes(at)) found.push(at);
      places.set(source, found);
    }
  const sources = material.sources.flatMap(({ source }) => {
    const [answer, found] = [known.get(source), places.get(source)];
    return answer && found ? [{ source: answer, places: found }] : [];
  });
  const numbers = new Map(sources.map(({ source }, index) => [source.source, index + 1]));
  const idOfSource = (source: string) => (numbers.has(source) ? `source-${numbers.get(source)}` : undefined);
  const reference = (source: string, at: string | undefined) => {
    const id = idOfSource(source);
    return id && (at === undefined ? id : `${id}-${(places.get(source)?.indexOf(at) ?? -1) + 1}`);
  };
  let odd = false;
  return {
    events,
    idOfEvent: (event) => ids.get(event),
    references: (event) =>
      event.sources.flatMap(({ source, at }) => reference(source, at) ?? []).join(' ') || undefined,
    idOfSource,
    sources,
    dated: (edtf) => {
      if (!/^\d{4}(-\d{2}){0,2}$/.test(edtf)) odd = true;
      return edtf;
    },
    encoding: () => (odd ? 'otherDateEncoding' : 'iso8601'),
  };
}

function recordOf(
  material: Material,
  body: MaterialBody,
  links: readonly LineageLink[],
  milestones: ReadonlyMap<string, string>,
  scribe: Scribe,
): Xml {
  // The control element says which dates the file holds, so it is written after them.
  const described = descriptionOf(body, links, milestones, scribe);
  return block('eac', { xmlns: NAMESPACE }, controlOf(material, body, scribe), described);
}

function controlOf(material: Material, body: MaterialBody, scribe: Scribe): Xml {
  const { edition, recordedBy } = material;
  const recorded =
    scribe.events
      .map((event) => event.recorded)
      .sort()
      .at(-1) ?? recordedBy;
  return block(
    'control',
    {
      languageEncoding: 'ietf-bcp-47',
      dateEncoding: scribe.encoding(),
      maintenanceStatus: 'derived',
      publicationStatus: 'published',
    },
    element('recordId', {}, body.id),
    block('maintenanceAgency', {}, element('agencyName', {}, 'As It Stood')),
    block(
      'maintenanceHistory',
      {},
      block(
        'maintenanceEvent',
        { maintenanceEventType: 'derived' },
        element('agent', { agentType: 'machine' }, 'stood export eac-cpf'),
        element('eventDateTime', recorded === null ? {} : { standardDateTime: recorded }, `edition ${edition}`),
        element(
          'eventDescription',
          {},
          'Derived from the record of English NHS reform; the day is that of its newest entry used here.',
        ),
      ),
    ),
    scribe.sources.length === 0
      ? undefined
      : block(
          'sources',
          {},
          scribe.sources.map((one) => sourceElement(one, scribe)),
        ),
    element('languageDeclaration', { languageCode: 'en' }),
  );
}

function sourceElement({ source, places }: Scribe['sources'][number], scribe: Scribe): Xml {
  const { url, title, publisher, kind, published, accessed, licence, note } = source;
  const id = scribe.idOfSource(source.source);
  const verified = accessed !== undefined && isDay(accessed) ? accessed : undefined;
  return block(
    'source',
    { id, href: url, lastDateTimeVerified: verified, valueURI: `${BASE}source:${source.source}` },
    element('reference', { href: url }, title),
    places.map((place, index) => element('citedRange', { id: `${id}-${index + 1}` }, place)),
    block(
      'descriptiveNote',
      {},
      Object.entries({ publisher, kind, published, accessed, licence, note }).map(([name, value]) =>
        value === undefined ? undefined : element('p', {}, `${name}: `, element('span', { localType: name }, value)),
      ),
    ),
  );
}

function descriptionOf(
  body: MaterialBody,
  links: readonly LineageLink[],
  milestones: ReadonlyMap<string, string>,
  scribe: Scribe,
): Xml {
  const { name, names, codes, codeSpells, kinds, statuses, existence, relations } = body;
  const some = (wrapper: string, children: readonly Xml[]) =>
    children.length === 0 ? undefined : block(wrapper, {}, children);
  return block(
    'cpfDescription',
    {},
    block(
      'identity',
      {},
      element('entityType', { value: 'corporateBody' }),
      names.length === 0 ? block('nameEntry', { status: 'authorized' }, element('part', {}, name)) : undefined,
      names.map((spell) =>
        block(
          'nameEntry',
          { status: spell.value === name ? 'authorized' : 'alternative' },
          element('part', {}, spell.value),
          block('useDates', {}, rangeOf(spell, scribe)),
        ),
      ),
      Object.entries(codes).map(([system, code]) => element('identityId', { localType: system }, code)),
    ),
    block(
      'description',
      {},
      some(
        'legalStatuses',
        kinds.map((spell) =>
          block(
            'legalStatus',
            { localType: 'kind', valueURI: `${BASE}kind:${spell.value}` },
            element('term', {}, kindNamed(spell.value)?.singular ?? spell.value),
            rangeOf(spell, scribe),
          ),
        ),
      ),
      some('localDescriptions', [
        ...codeSpells.map((spell) =>
          block(
            'localDescription',
            { localType: spell.system },
            element('term', {}, spell.value),
            rangeOf(spell, scribe),
          ),
        ),
        ...statuses.map((spell) =>
          block(
            'localDescription',
            { localType: 'status', valueURI: `${BASE}status:${spell.value}` },
            element('term', {}, spell.title),
            rangeOf(spell, scribe),
            spell.wave === undefined
              ? undefined
              : block('descriptiveNote', {}, element('p', {}, element('span', { localType: 'wave' }, spell.wave))),
          ),
        ),
      ]),
      existence.map((spell) => block('existDates', {}, rangeOf(spell, scribe))),
      scribe.events.length === 0
        ? undefined
        : block(
            'biogHist',
            {},
            block(
              'chronList',
              {},
              scribe.events.map((event) => chronItem(event, milestones, scribe)),
            ),
          ),
    ),
    some('relations', [
      ...relations.map((spell) =>
        block(
          'relation',
          {},
          targetEntity(spell.value, spell.name),
          rangeOf(spell, scribe),
          element('relationType', { localType: 'relation' }, spell.relation),
        ),
      ),
      ...links.map((link) => successionOf(body, link, scribe)),
    ]),
  );
}

function targetEntity(id: string, name: string): Xml {
  return block(
    'targetEntity',
    { targetType: 'corporateBody', valueURI: `${BASE}body:${id}` },
    element('part', {}, name.trim() === '' ? id : name),
  );
}

function successionOf(body: MaterialBody, link: LineageLink, scribe: Scribe): Xml {
  const { from, fromName, to, toName, how, date, shares, via } = link;
  const isSuccessor = body.id === from;
  return block(
    'relation',
    {},
    isSuccessor ? targetEntity(to, toName) : targetEntity(from, fromName),
    element('date', { target: scribe.idOfEvent(via.event), standardDate: scribe.dated(date) }, inWords(date)),
    element('relationType', { localType: 'succession' }, isSuccessor ? 'successor' : 'predecessor'),
    element('relationType', { localType: 'how' }, how),
    shares.length === 0
      ? undefined
      : block(
          'descriptiveNote',
          {},
          shares.map(({ share, of, basis }) =>
            element('p', {}, [
              'Share of ',
              element('span', { localType: 'of' }, of),
              ' that went from the predecessor to the successor: ',
              element('span', { localType: 'share' }, String(share)),
              ...(basis === undefined ? [] : [' (', element('span', { localType: 'basis' }, basis), ')']),
            ]),
          ),
        ),
  );
}

/** The time of a statement. Its first date points to the event that began it, its last to the one that ended it. */
function rangeOf({ from, until, certainty, began, ends }: MaterialSpell, scribe: Scribe): Xml {
  const fromDate = element(
    'fromDate',
    { target: scribe.idOfEvent(began.event), certainty, standardDate: scribe.dated(from) },
    inWords(from),
  );
  return block('dateRange', {}, fromDate, toDate(until, ends && scribe.idOfEvent(ends.event)));
}

function toDate(until: string | null, target: string | undefined): Xml {
  if (until === null) return element('toDate', { status: 'ongoing' }, 'no end known of');
  const last = lastDayOf(until);
  if (last === undefined) return element('toDate', { target, status: 'unknown' }, `before ${until}`);
  if (isDay(until)) return element('toDate', { target, standardDate: last.last }, inWords(last.last));
  return element(
    'toDate',
    { target, notAfter: last.last, notBefore: last.first },
    inWords(`[${last.first}..${last.last}]`),
  );
}

function chronItem(event: EventAnswer, milestones: ReadonlyMap<string, string>, scribe: Scribe): Xml {
  const { id, type, milestone, date, basis, sentence, because, dissent, alsoDated, confidence, note } = event;
  const dates = [
    element('date', { localType: basis, certainty: confidence, standardDate: scribe.dated(date) }, inWords(date)),
    ...alsoDated.map((other) =>
      element('date', { localType: other.basis, standardDate: scribe.dated(other.date) }, inWords(other.date)),
    ),
  ];
  const words: Child[] = [sentence];
  if (note !== undefined) words.push(' ', element('span', { localType: 'note' }, note));
  for (const { source, says, ruling } of dissent)
    words.push(
      ' ',
      element('span', { localType: 'dissent', sourceReference: scribe.idOfSource(source.source) }, says),
      ' ',
      element('span', { localType: 'ruling' }, ruling),
    );
  return block(
    'chronItem',
    { id: scribe.idOfEvent(id) },
    dates.length === 1 ? dates : block('dateSet', {}, dates),
    element(
      'event',
      { localType: type, valueURI: `${BASE}event:${id}`, sourceReference: scribe.references(event) },
      words,
    ),
    element(
      'reference',
      { href: `${BASE}milestone:${milestone}`, linkTitle: 'milestone' },
      milestones.get(milestone) ?? milestone,
    ),
    because.map((cause) => element('reference', { href: `${BASE}event:${cause}`, linkTitle: 'because' }, cause)),
  );
}

function inWords(edtf: string): string {
  const read = parseEdtf(edtf);
  return read.ok ? fuzzyInWords(read.date) : edtf;
}

import type { EventAnswer, LineageLink, Material, MaterialBody, MaterialSpell, SourceRef } from '../machine/index.ts';
import { isoDay } from '../time/day.ts';
import { parseEdtf } from '../time/edtf.ts';
import { kindNamed } from '../vocabulary/kinds.ts';
import { spellsOf } from './facts.ts';
import {
  decimal,
  EDTF,
  edtf,
  english,
  type Iri,
  iri,
  iriPart,
  type ObjectKind,
  type Prefixes,
  plain,
  RDF_TYPE,
  safeIri,
  type Term,
  type Triple,
  typed,
} from './rdf.ts';

const BASE = 'urn:as-it-stood:';
const STOOD = `${BASE}vocabulary:`;
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const RDFS = 'http://www.w3.org/2000/01/rdf-schema#';
const XSD = 'http://www.w3.org/2001/XMLSchema#';
const SKOS = 'http://www.w3.org/2004/02/skos/core#';
const DCT = 'http://purl.org/dc/terms/';
const DC = 'http://purl.org/dc/elements/1.1/';
const FOAF = 'http://xmlns.com/foaf/0.1/';
const PROV = 'http://www.w3.org/ns/prov#';
const ORG = 'http://www.w3.org/ns/org#';
const CV = 'http://data.europa.eu/m8g/';
const ADMS = 'http://www.w3.org/ns/adms#';
const XHV = 'http://www.w3.org/1999/xhtml/vocab#';

/** The prefixes of other people's vocabularies and of ours. */
const NAMESPACES: Prefixes = {
  stood: STOOD,
  rdf: RDF,
  rdfs: RDFS,
  xsd: XSD,
  edtf: 'http://id.loc.gov/datatypes/edtf/',
  skos: SKOS,
  dct: DCT,
  dc: DC,
  foaf: FOAF,
  prov: PROV,
  org: ORG,
  cv: CV,
  adms: ADMS,
  xhv: XHV,
};

/** Prefixes for a graph of this material: the vocabularies, and one for each family of bodies in it, `icb:`. */
export function prefixesOf(material: Material): Prefixes {
  const families = new Set(material.bodies.map(({ id }) => id.slice(0, id.indexOf('/'))));
  const own = [...families]
    .filter((family) => /^[a-z][a-z-]*$/.test(family) && family !== 'answer' && !(family in NAMESPACES))
    .sort();
  const bodies = Object.fromEntries(own.map((family) => [family, `${BASE}body:${family}/`]));
  return { ...NAMESPACES, answer: `${answerIri(material)}:`, ...bodies };
}

/** Classes and properties of our own, each with what it means: what other people's vocabularies have no word for. */
const OWN: readonly (readonly [name: string, subClassOf: string | undefined, meaning: string])[] = [
  ['Statement', `${PROV}Entity`, 'Something that was so of a body for a time, made so and ended by events.'],
  ['Existence', `${STOOD}Statement`, 'That the body existed.'],
  ['Name', `${STOOD}Statement`, 'A name that the body had; in rdf:value.'],
  ['Code', `${STOOD}Statement`, 'A code that the body had; in skos:notation.'],
  ['Kind', `${STOOD}Statement`, 'The kind of body that it was; in rdf:value.'],
  ['Relation', `${STOOD}Statement`, 'A relation that the body had to another.'],
  ['Status', `${STOOD}Statement`, 'A status that the body held, under the title that it then had.'],
  ['Succession', `${PROV}Derivation`, 'That one body followed another, in whole or in part; of the follower.'],
  ['Share', undefined, 'The share of the predecessor that went to this successor.'],
  ['Entry', `${PROV}Entity`, 'What the record holds of an event: when it was entered, on what evidence, how surely.'],
  ['Citation', `${PROV}Derivation`, 'That an entry rests on a source, and where in it.'],
  ['Dissent', undefined, 'What another source says of the event, and why the record does not follow it.'],
  ['OtherDate', undefined, 'Another date that a source gives for the event.'],
  ['Milestone', undefined, 'A set of events entered together: one step of reform.'],
  ['Answer', `${PROV}Entity`, 'What was asked of the record, and of which edition, to get this graph.'],
  ['Coverage', undefined, 'For which time the record knows a kind of body, and whether all of them.'],
  ['about', undefined, 'The body that a statement is about.'],
  ['from', undefined, 'The first day on which it was so, as precisely as known.'],
  ['until', undefined, 'The first day on which it was so no longer, as precisely as known; see stood:end if absent.'],
  ['end', undefined, 'stood:open: no end is known of. It says neither that there will be one nor that there will not.'],
  ['open', undefined, 'No end is known of.'],
  [
    'certainty',
    undefined,
    'certain or possible, by the dates; expected: promised, or continuing beyond what is covered.',
  ],
  ['system', undefined, 'Who gives the code: ods or gss.'],
  ['relation', undefined, 'The kind of relation: part-of, member-of…'],
  ['other', undefined, 'The other body of a relation.'],
  ['otherName', undefined, 'What the other body was then called.'],
  ['status', undefined, 'The status held, whatever its title.'],
  ['title', undefined, 'What the status was then called.'],
  ['wave', undefined, 'The wave in which the status was conferred.'],
  ['successor', undefined, 'The body that followed.'],
  ['how', undefined, 'merger, division, absorption, transfer or replacement.'],
  ['share', undefined, 'A share, 0 to 1.'],
  ['ofWhat', undefined, 'What the share is of: population, area, postcodes…'],
  ['position', undefined, 'The place in an order that means something, from 1.'],
  ['earliest', undefined, 'The first day that the date can mean.'],
  ['latest', undefined, 'The last day that the date can mean.'],
  ['basis', undefined, 'What the date rests on: legal, operational, reported or inferred.'],
  ['confidence', undefined, 'How much the record trusts the entry: high, medium or low.'],
  ['causes', undefined, 'The causes of an event in order, where there are several.'],
  ['at', undefined, 'Where in the source; of an answer, the day asked.'],
  ['says', undefined, 'What the other source says.'],
  ['ruling', undefined, 'Why the record does not follow it.'],
  ['accessed', undefined, 'When the source was read.'],
  ['themes', undefined, 'The themes of a milestone, in order.'],
  ['edition', undefined, 'The edition of the record: the last hash of its chain.'],
  ['publishedBy', undefined, 'Using only what was public by then.'],
  ['recordedBy', undefined, 'Using only what the record held by then.'],
  ['dates', undefined, 'Whose account of first days was followed: legal or operational.'],
  ['to', undefined, 'The last day asked; of coverage, the first day no longer covered.'],
  ['kinds', undefined, 'The kinds of body asked for, in order.'],
  ['partOf', undefined, 'The body of which those asked for are part.'],
  ['milestone', undefined, 'The milestone asked for.'],
  ['theme', undefined, 'The theme asked for.'],
  ['subject', undefined, 'The thing asked about.'],
  ['coverage', undefined, 'What the record knows of what was asked.'],
  ['completeness', undefined, 'complete, partial or none.'],
  ['note', undefined, 'What a reader must know before using the answer.'],
];

/** What each predicate has for object; the graph holds nothing else, and JSON-LD leaves it unsaid. */
export const OBJECT_KINDS: Readonly<Record<string, ObjectKind>> = kinds({
  iri: [
    ...[`${STOOD}about`, `${STOOD}end`, `${STOOD}other`, `${STOOD}status`, `${STOOD}successor`, `${STOOD}share`],
    ...[`${STOOD}causes`, `${STOOD}themes`, `${STOOD}kinds`, `${STOOD}coverage`, `${STOOD}note`, `${STOOD}dissent`],
    ...[`${STOOD}otherDate`, `${RDFS}subClassOf`, `${DCT}source`, `${DCT}isPartOf`, `${DCT}subject`],
    ...[
      `${FOAF}page`,
      `${FOAF}primaryTopic`,
      `${ADMS}identifier`,
      `${XHV}prev`,
      `${XHV}next`,
      `${CV}hasFormalFramework`,
    ],
    ...['classification', 'subOrganizationOf', 'memberOf', 'linkedTo', 'resultedFrom', 'changedBy'].map(
      (one) => ORG + one,
    ),
    ...['originalOrganization', 'resultingOrganization'].map((one) => ORG + one),
    ...['wasGeneratedBy', 'wasInvalidatedBy', 'wasInformedBy', 'wasDerivedFrom'].map((one) => PROV + one),
    ...['qualifiedDerivation', 'entity', 'hadActivity'].map((one) => PROV + one),
  ],
  english: [
    ...[`${STOOD}otherName`, `${STOOD}title`, `${STOOD}says`, `${STOOD}ruling`, `${RDFS}label`, `${RDFS}comment`],
    ...[`${DCT}title`, `${DCT}description`, `${SKOS}prefLabel`, `${SKOS}altLabel`, `${SKOS}definition`],
    ...[`${SKOS}editorialNote`, `${SKOS}note`],
  ],
  plain: [
    ...['certainty', 'system', 'relation', 'wave', 'how', 'ofWhat', 'basis', 'confidence', 'at', 'edition'].map(own),
    ...['dates', 'partOf', 'milestone', 'theme', 'subject', 'completeness'].map(own),
    ...[`${DCT}identifier`, `${DC}publisher`, `${DC}type`, `${DC}rights`, `${ADMS}schemeAgency`, `${SKOS}notation`],
  ],
  [EDTF]: [`${STOOD}from`, `${STOOD}until`, `${STOOD}to`, `${STOOD}accessed`, `${DCT}date`, `${DCT}issued`],
  [`${XSD}date`]: [
    ...['earliest', 'latest', 'publishedBy', 'recordedBy'].map(own),
    ...[`${DCT}available`, `${DCT}created`],
  ],
  [`${XSD}dateTime`]: [`${PROV}startedAtTime`],
  [`${XSD}integer`]: [`${STOOD}position`],
});

function kinds(lists: Readonly<Record<string, readonly string[]>>): Record<string, ObjectKind> {
  return Object.fromEntries(
    Object.entries(lists).flatMap(([name, predicates]) => {
      const kind = name === 'iri' || name === 'english' || name === 'plain' ? name : { datatype: name };
      return predicates.map((predicate): [string, ObjectKind] => [predicate, kind]);
    }),
  );
}

function own(name: string): string {
  return STOOD + name;
}

/** Kinds that are parts of another body, and those in which several take part; any other is a body of its own. */
const UNITS = new Set(['nhs-region', 'area-team', 'local-office', 'sub-icb-location']);
const COLLABORATIONS = new Set(['system', 'integrated-care-partnership', 'programme']);

/** How a relation is told in the W3C's organisation ontology, which has no dates; `linkedTo` says only that there is one. */
const RELATIONS: Readonly<Record<string, string>> = {
  'part-of': `${ORG}subOrganizationOf`,
  'member-of': `${ORG}memberOf`,
};

const AGENCIES: Readonly<Record<string, string>> = {
  ods: 'NHS Organisation Data Service',
  gss: 'Office for National Statistics',
};

const CLASS_OF = {
  existence: 'Existence',
  name: 'Name',
  code: 'Code',
  kind: 'Kind',
  relation: 'Relation',
  status: 'Status',
} as const;

type Say = (subject: string, predicate: string, object: Term | undefined) => void;

/**
 * The material as a graph: bodies as the W3C's organisations and the EU's public organisations, what was so of them as
 * dated statements, events as activities of PROV, and the record's entries with the sources they rest on. What ORG and
 * CPOV say without dates (labels, classification, parents) is what held on the day asked, or was last known.
 */
export function* graphOf(material: Material): Iterable<Triple> {
  const section = new Map<string, Triple[]>();
  const say: Say = (subject, predicate, object) => {
    if (object === undefined) return;
    const own = section.get(subject);
    if (own) own.push({ subject, predicate, object });
    else section.set(subject, [{ subject, predicate, object }]);
  };
  function* said(): Iterable<Triple> {
    for (const own of section.values()) yield* own;
    section.clear();
  }
  sayAnswer(material, say);
  yield* said();
  const changes = changesIn(material);
  const described = new Set(material.bodies.map(({ id }) => id));
  const others = new Map<string, string>();
  for (const body of material.bodies) {
    sayBody(body, material, changes, say);
    yield* said();
    for (const { value, name } of body.relations) if (!described.has(value)) others.set(value, name);
  }
  for (const [id, name] of [...others].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const type of [`${ORG}Organization`, `${CV}PublicOrganisation`]) say(bodyIri(id), RDF_TYPE, ref(type));
    say(bodyIri(id), `${RDFS}label`, english(name));
    say(bodyIri(id), `${DCT}identifier`, plain(id));
  }
  yield* said();
  saySuccessions(material, say);
  yield* said();
  const laws = new Set(material.sources.filter(({ kind }) => kind === 'legislation').map(({ source }) => source));
  for (const event of [...material.events, ...material.cited]) {
    sayEvent(event, changes, laws, say);
    yield* said();
  }
  sayMilestones(material, say);
  saySources(material, say);
  sayConcepts(material, say);
  sayVocabulary(say);
  yield* said();
}

function sayVocabulary(say: Say): void {
  for (const [name, subClassOf, meaning] of OWN) {
    const isClass = /^[A-Z]/.test(name);
    say(own(name), RDF_TYPE, ref(isClass ? `${RDFS}Class` : name === 'open' ? `${RDFS}Resource` : `${RDF}Property`));
    say(own(name), `${RDFS}subClassOf`, subClassOf === undefined ? undefined : ref(subClassOf));
    say(own(name), `${RDFS}comment`, english(meaning));
  }
}

/** A node whose IRI is known to be one. */
function ref(value: string): Iri {
  return { iri: value };
}

const remembered = new Map<string, Map<string, string>>();

function remember(family: string, id: string): string {
  const known = remembered.get(family) ?? new Map<string, string>();
  remembered.set(family, known);
  const found = known.get(id) ?? safeIri(`${BASE}${family}:${id}`);
  if (known.size < 50_000) known.set(id, found);
  return found;
}

function bodyIri(id: string): string {
  return remember('body', id);
}

function eventIri(id: string): string {
  return remember('event', id);
}

function ofOurs(family: string, id: string): string {
  return remember(family, id);
}

interface Changes {
  /** By event: bodies that were there before it, and bodies that came of it. */
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
  readonly after: ReadonlyMap<string, ReadonlySet<string>>;
  /** By body: events that it came of, and events that changed it. */
  readonly cameOf: ReadonlyMap<string, ReadonlySet<string>>;
  readonly changedBy: ReadonlyMap<string, ReadonlySet<string>>;
  /** Successions by the body that they are from, and by the one that they are to. */
  readonly next: ReadonlyMap<string, readonly LineageLink[]>;
  readonly previous: ReadonlyMap<string, readonly LineageLink[]>;
}

/** Which events of the material change which bodies: begin them, end them, or hand one over to another. */
function changesIn({ bodies, links, events, cited }: Material): Changes {
  const told = new Set([...events, ...cited].map(({ id }) => id));
  const [before, after, cameOf, changedBy] = [1, 2, 3, 4].map(() => new Map<string, Set<string>>()) as Maps;
  const put = (to: Map<string, Set<string>>, key: string, value: string) => {
    const values = to.get(key) ?? new Set();
    to.set(key, values.add(value));
  };
  const originated = (event: string, body: string) => {
    if (!told.has(event)) return;
    put(before, event, body);
    put(changedBy, body, event);
  };
  const resulted = (event: string, body: string) => {
    if (!told.has(event)) return;
    put(after, event, body);
    put(cameOf, body, event);
  };
  for (const { id, existence } of bodies)
    for (const { certainty, began, ends } of existence) {
      if (certainty === 'expected') continue;
      resulted(began.event, id);
      if (ends) originated(ends.event, id);
    }
  for (const { from, to, via } of links) {
    originated(via.event, from);
    resulted(via.event, to);
  }
  const next = new Map<string, LineageLink[]>();
  const previous = new Map<string, LineageLink[]>();
  for (const link of links) {
    next.set(link.from, [...(next.get(link.from) ?? []), link]);
    previous.set(link.to, [...(previous.get(link.to) ?? []), link]);
  }
  return { before, after, cameOf, changedBy, next, previous };
}

type Maps = [Map<string, Set<string>>, Map<string, Set<string>>, Map<string, Set<string>>, Map<string, Set<string>>];

function answerIri({ edition, publishedBy, recordedBy, dates, selection }: Material): string {
  const { kinds: asked, ...one } = selection;
  const parts = Object.entries({ ...one, kinds: asked?.join(',') ?? null, publishedBy, recordedBy, dates })
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `:${name}=${iriPart(value as string)}`);
  return `${BASE}answer:${iriPart(edition)}${parts.join('')}`;
}

function sayAnswer(material: Material, say: Say): void {
  const answer = answerIri(material);
  const { title, edition, publishedBy, recordedBy, dates, selection, coverage, notes } = material;
  for (const type of [`${STOOD}Answer`, `${PROV}Entity`]) say(answer, RDF_TYPE, ref(type));
  say(answer, `${DCT}title`, english(title));
  say(answer, own('edition'), plain(edition));
  say(answer, own('publishedBy'), publishedBy === null ? undefined : date(publishedBy));
  say(answer, own('recordedBy'), recordedBy === null ? undefined : date(recordedBy));
  say(answer, own('dates'), plain(dates));
  const { at, from, to, kinds: asked, partOf, milestone, theme, subject } = selection;
  say(answer, own('from'), from === null ? undefined : edtf(from));
  say(answer, own('to'), to === null ? undefined : edtf(to));
  for (const [name, value] of Object.entries({ at, partOf, milestone, theme, subject }))
    say(answer, own(name), value === null ? undefined : plain(value));
  if (asked)
    saySequence(
      answer,
      'kinds',
      asked.map((kind) => ref(ofOurs('kind', kind))),
      say,
    );
  if (notes.length > 0) saySequence(answer, 'note', notes.map(english), say);
  for (const [position, { of, completeness, from: first, to: end, note }] of coverage.entries()) {
    const node = `${answer}:coverage-${position + 1}`;
    say(answer, own('coverage'), ref(node));
    say(node, RDF_TYPE, ref(own('Coverage')));
    say(node, own('position'), typed(String(position + 1), 'integer'));
    say(node, `${DCT}identifier`, plain(of));
    say(node, own('completeness'), plain(completeness));
    say(node, own('from'), first === null ? undefined : edtf(first));
    say(node, own('to'), end === null ? undefined : edtf(end));
    say(node, `${SKOS}note`, note === undefined ? undefined : english(note));
  }
}

/** An order that means something: a node of its own, with a numbered member for each. */
function saySequence(subject: string, predicate: string, members: readonly Term[], say: Say): void {
  const node = `${subject}:${predicate}`;
  say(subject, own(predicate), ref(node));
  say(node, RDF_TYPE, ref(`${RDF}Seq`));
  for (const [index, member] of members.entries()) say(node, `${RDF}_${index + 1}`, member);
}

function sayBody(
  body: MaterialBody,
  { selection }: Material,
  { cameOf, changedBy, next, previous }: Changes,
  say: Say,
): void {
  const { id, name, kind } = body;
  const node = bodyIri(id);
  const special = UNITS.has(kind)
    ? 'OrganizationalUnit'
    : COLLABORATIONS.has(kind)
      ? 'OrganizationalCollaboration'
      : 'FormalOrganization';
  for (const type of [`${ORG}Organization`, `${ORG}${special}`, `${CV}PublicOrganisation`])
    say(node, RDF_TYPE, ref(type));
  say(node, `${SKOS}prefLabel`, english(name));
  say(node, `${DCT}identifier`, plain(id));
  say(node, `${ORG}classification`, ref(ofOurs('kind', kind)));
  for (const { relation, value, certainty, until } of body.relations)
    if (certainty === 'certain' && (selection.at !== null || until === null))
      say(node, RELATIONS[relation] ?? `${ORG}linkedTo`, ref(bodyIri(value)));
  for (const event of cameOf.get(id) ?? []) say(node, `${ORG}resultedFrom`, ref(eventIri(event)));
  for (const event of changedBy.get(id) ?? []) say(node, `${ORG}changedBy`, ref(eventIri(event)));
  for (const { to } of next.get(id) ?? []) say(node, `${XHV}next`, ref(bodyIri(to)));
  for (const { from } of previous.get(id) ?? []) say(node, `${XHV}prev`, ref(bodyIri(from)));
  for (const link of previous.get(id) ?? []) say(node, `${PROV}qualifiedDerivation`, ref(successionIri(link)));
  const seen = new Map<string, number>();
  const statements = spellsOf(body).map(({ what, spell }) => {
    const detail =
      'system' in spell ? `:${spell.system}` : 'relation' in spell ? `:${spell.relation}:${spell.value}` : '';
    const key = `${ofOurs('statement', id)}:${what}${safeIri(detail)}:${safeIri(spell.began.event)}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return { what, spell, statement: nth === 1 ? key : `${key}:${nth}` };
  });
  for (const { what, statement } of statements) if (what === 'code') say(node, `${ADMS}identifier`, ref(statement));
  for (const { what, spell, statement } of statements) sayStatement(node, what, spell, statement, say);
}

function sayStatement(
  node: string,
  what: keyof typeof CLASS_OF,
  spell: ReturnType<typeof spellsOf>[number]['spell'],
  statement: string,
  say: Say,
): void {
  const { value, from, until, certainty, began, ends } = spell;
  say(statement, RDF_TYPE, ref(own(CLASS_OF[what])));
  if (what === 'code') say(statement, RDF_TYPE, ref(`${ADMS}Identifier`));
  say(statement, own('about'), ref(node));
  if (what === 'name') say(statement, `${RDF}value`, english(value));
  if (what === 'kind') say(statement, `${RDF}value`, ref(ofOurs('kind', value)));
  if (isCode(spell)) {
    say(statement, `${SKOS}notation`, plain(value));
    say(statement, own('system'), plain(spell.system));
    say(statement, `${ADMS}schemeAgency`, plain(AGENCIES[spell.system] ?? spell.system));
  }
  if (isRelation(spell)) {
    say(statement, own('relation'), plain(spell.relation));
    say(statement, own('other'), ref(bodyIri(value)));
    say(statement, own('otherName'), english(spell.name));
  }
  if (isStatus(spell)) {
    say(statement, own('status'), ref(ofOurs('status', value)));
    say(statement, own('title'), english(spell.title));
    say(statement, own('wave'), spell.wave === undefined ? undefined : plain(spell.wave));
  }
  say(statement, own('from'), edtf(from));
  if (until === null) say(statement, own('end'), ref(own('open')));
  else say(statement, own('until'), edtf(until));
  say(statement, own('certainty'), plain(certainty));
  say(statement, `${PROV}wasGeneratedBy`, ref(eventIri(began.event)));
  say(statement, `${PROV}wasInvalidatedBy`, ends === undefined ? undefined : ref(eventIri(ends.event)));
}

function isCode(spell: MaterialSpell): spell is MaterialBody['codeSpells'][number] {
  return 'system' in spell;
}

function isRelation(spell: MaterialSpell): spell is MaterialBody['relations'][number] {
  return 'relation' in spell;
}

function isStatus(spell: MaterialSpell): spell is MaterialBody['statuses'][number] {
  return 'title' in spell;
}

function successionIri({ from, to, via }: LineageLink): string {
  return `${ofOurs('succession', via.event)}:${safeIri(from)}:${safeIri(to)}`;
}

function saySuccessions({ links }: Material, say: Say): void {
  for (const link of links) {
    const { from, to, how, date: when, shares, via } = link;
    const [predecessor, successor] = [bodyIri(from), bodyIri(to)];
    const node = successionIri(link);
    for (const type of [own('Succession'), `${PROV}Derivation`]) say(node, RDF_TYPE, ref(type));
    say(node, `${PROV}entity`, ref(predecessor));
    say(node, own('successor'), ref(successor));
    say(node, own('how'), plain(how));
    say(node, `${DCT}date`, edtf(when));
    say(node, `${PROV}hadActivity`, ref(eventIri(via.event)));
    for (const [index, { share, of, basis }] of shares.entries()) {
      const part = `${node}:share:${index + 1}`;
      say(node, own('share'), ref(part));
      say(part, RDF_TYPE, ref(own('Share')));
      say(part, own('position'), typed(String(index + 1), 'integer'));
      say(part, `${RDF}value`, decimal(share));
      say(part, own('ofWhat'), plain(of));
      say(part, own('basis'), basis === undefined ? undefined : plain(basis));
    }
  }
}

function sayEvent(event: EventAnswer, { before, after }: Changes, laws: ReadonlySet<string>, say: Say): void {
  const { id, type, milestone, date: when, basis, sentence, because, confidence, publicFrom, recorded, note } = event;
  const node = eventIri(id);
  const [originals, results] = [before.get(id) ?? [], after.get(id) ?? []];
  const isChange = before.has(id) || after.has(id);
  say(node, RDF_TYPE, ref(`${PROV}Activity`));
  if (isChange) say(node, RDF_TYPE, ref(`${ORG}ChangeEvent`));
  say(node, `${DC}type`, plain(type));
  say(node, `${DCT}identifier`, plain(id));
  say(node, `${DCT}description`, english(sentence));
  say(node, `${DCT}date`, edtf(when));
  const read = parseEdtf(when);
  if (read.ok) {
    const [first, last] = [isoDay(read.date.earliest), isoDay(read.date.latest)];
    say(node, own('earliest'), typed(first, 'date'));
    say(node, own('latest'), typed(last, 'date'));
    if (first === last && !read.date.approximate)
      say(node, `${PROV}startedAtTime`, typed(`${first}T00:00:00`, 'dateTime'));
  }
  for (const body of originals) say(node, `${ORG}originalOrganization`, ref(bodyIri(body)));
  for (const body of results) say(node, `${ORG}resultingOrganization`, ref(bodyIri(body)));
  for (const cause of because) say(node, `${PROV}wasInformedBy`, ref(eventIri(cause)));
  if (because.length > 1)
    saySequence(
      node,
      'causes',
      because.map((cause) => ref(eventIri(cause))),
      say,
    );
  for (const { source } of event.sources) {
    say(node, `${DCT}source`, ref(ofOurs('source', source)));
    if (isChange && laws.has(source)) say(node, `${CV}hasFormalFramework`, ref(ofOurs('source', source)));
  }
  const entry = ofOurs('entry', id);
  say(entry, RDF_TYPE, ref(own('Entry')));
  say(entry, `${FOAF}primaryTopic`, ref(node));
  say(entry, `${DCT}isPartOf`, ref(ofOurs('milestone', milestone)));
  say(entry, own('basis'), plain(basis));
  say(entry, own('confidence'), plain(confidence));
  say(entry, `${DCT}available`, date(publicFrom));
  say(entry, `${DCT}created`, date(recorded));
  say(entry, `${SKOS}editorialNote`, note === undefined ? undefined : english(note));
  for (const [index, cited] of event.sources.entries()) sayCitation(entry, index + 1, cited, say);
  for (const [index, { source, says, ruling }] of event.dissent.entries()) {
    const part = `${entry}:dissent:${index + 1}`;
    say(entry, own('dissent'), ref(part));
    say(part, RDF_TYPE, ref(own('Dissent')));
    say(part, own('position'), typed(String(index + 1), 'integer'));
    say(part, `${PROV}entity`, ref(ofOurs('source', source.source)));
    say(part, own('at'), source.at === undefined ? undefined : plain(source.at));
    say(part, own('says'), english(says));
    say(part, own('ruling'), english(ruling));
  }
  for (const [index, other] of event.alsoDated.entries()) {
    const part = `${entry}:other-date:${index + 1}`;
    say(entry, own('otherDate'), ref(part));
    say(part, RDF_TYPE, ref(own('OtherDate')));
    say(part, own('position'), typed(String(index + 1), 'integer'));
    say(part, `${DCT}date`, edtf(other.date));
    say(part, own('basis'), plain(other.basis));
    say(part, `${SKOS}note`, other.note === undefined ? undefined : english(other.note));
  }
}

function sayCitation(entry: string, position: number, { source, at }: SourceRef, say: Say): void {
  const node = `${entry}:citation:${position}`;
  say(entry, `${PROV}wasDerivedFrom`, ref(ofOurs('source', source)));
  say(entry, `${PROV}qualifiedDerivation`, ref(node));
  for (const type of [own('Citation'), `${PROV}Derivation`]) say(node, RDF_TYPE, ref(type));
  say(node, own('position'), typed(String(position), 'integer'));
  say(node, `${PROV}entity`, ref(ofOurs('source', source)));
  say(node, own('at'), at === undefined ? undefined : plain(at));
}

function sayMilestones({ milestones }: Material, say: Say): void {
  for (const { milestone, title, summary, themes } of milestones) {
    const node = ofOurs('milestone', milestone);
    say(node, RDF_TYPE, ref(own('Milestone')));
    say(node, `${DCT}identifier`, plain(milestone));
    say(node, `${DCT}title`, english(title));
    say(node, `${DCT}description`, english(summary));
    for (const theme of themes) say(node, `${DCT}subject`, ref(ofOurs('theme', theme)));
    if (themes.length > 0)
      saySequence(
        node,
        'themes',
        themes.map((theme) => ref(ofOurs('theme', theme))),
        say,
      );
  }
}

function saySources({ sources }: Material, say: Say): void {
  for (const { source, title, publisher, kind, url, published, accessed, licence, note } of sources) {
    const node = ofOurs('source', source);
    for (const type of [`${PROV}Entity`, `${DCT}BibliographicResource`]) say(node, RDF_TYPE, ref(type));
    if (kind === 'legislation') say(node, RDF_TYPE, ref(`${CV}ReferenceFramework`));
    say(node, `${DCT}identifier`, plain(source));
    say(node, `${DCT}title`, english(title));
    say(node, `${DC}publisher`, plain(publisher));
    say(node, `${DC}type`, plain(kind));
    say(node, `${FOAF}page`, url === undefined ? undefined : iri(url));
    say(node, `${DCT}issued`, published === undefined ? undefined : edtf(published));
    say(node, own('accessed'), accessed === undefined ? undefined : edtf(accessed));
    say(node, `${DC}rights`, licence === undefined ? undefined : plain(licence));
    say(node, `${SKOS}note`, note === undefined ? undefined : english(note));
  }
}

/** Kinds of body, statuses and themes that the graph names, as concepts. */
function sayConcepts({ bodies, milestones, selection }: Material, say: Say): void {
  const used = new Set(bodies.flatMap(({ kind, kinds: spells }) => [kind, ...spells.map(({ value }) => value)]));
  for (const asked of selection.kinds ?? []) used.add(asked);
  for (const name of [...used].sort()) {
    const kind = kindNamed(name);
    sayConcept('kind', name, kind?.singular ?? name, say);
    if (kind?.acronym) say(ofOurs('kind', name), `${SKOS}altLabel`, english(kind.acronym));
    if (kind) say(ofOurs('kind', name), `${SKOS}definition`, english(kind.summary));
  }
  const statuses = new Set(bodies.flatMap((body) => body.statuses.map(({ value }) => value)));
  for (const status of [...statuses].sort()) sayConcept('status', status, status.replaceAll('-', ' '), say);
  const themes = new Set(milestones.flatMap((milestone) => milestone.themes));
  for (const theme of [...themes].sort()) sayConcept('theme', theme, theme.replaceAll('-', ' '), say);
}

function sayConcept(family: string, name: string, label: string, say: Say): void {
  const node = ofOurs(family, name);
  say(node, RDF_TYPE, ref(`${SKOS}Concept`));
  say(node, `${SKOS}prefLabel`, english(label));
  say(node, `${SKOS}notation`, plain(name));
}

/** A day; a date less exact than a day stays EDTF. */
function date(value: string): Term {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? typed(value, 'date') : edtf(value);
}

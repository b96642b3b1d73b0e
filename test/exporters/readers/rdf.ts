import type { Reader, Recovered } from './index.ts';
import { textOf } from './index.ts';
import { type ReadTriple, readTriplesOfJsonLd, readTriplesOfTurtle } from './quads.ts';

/** Read by N3.js. */
export const readTurtle: Reader = (output) => recovered(readTriplesOfTurtle(textOf(output)));

/** Read by jsonld.js. */
export const readJsonLd: Reader = async (output) => recovered(await readTriplesOfJsonLd(textOf(output)));

const PREFIXES: Record<string, string> = {
  stood: 'urn:as-it-stood:vocabulary:',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  dct: 'http://purl.org/dc/terms/',
  dc: 'http://purl.org/dc/elements/1.1/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  prov: 'http://www.w3.org/ns/prov#',
};

const full = (short: string) => {
  const [prefix = '', local = ''] = short.split(/:(.*)/);
  return `${PREFIXES[prefix]}${local}`;
};

/** What a triple store is asked: the objects of a subject and predicate, and the subjects of a class. */
function store(triples: readonly ReadTriple[]) {
  const objects = new Map<string, string[]>();
  const subjects = new Map<string, string[]>();
  for (const { subject, predicate, object } of triples) {
    const key = `${subject} ${predicate}`;
    objects.set(key, [...(objects.get(key) ?? []), object]);
    if (predicate === full('rdf:type')) subjects.set(object, [...(subjects.get(object) ?? []), subject]);
  }
  const all = (subject: string, predicate: string) => objects.get(`${subject} ${full(predicate)}`) ?? [];
  const one = (subject: string, predicate: string) => {
    const found = all(subject, predicate);
    if (found.length > 1) throw new Error(`${subject} has several ${predicate}`);
    return found[0];
  };
  const placed = (subject: string, predicate: string) =>
    all(subject, predicate).sort((a, b) => Number(one(a, 'stood:position')) - Number(one(b, 'stood:position')));
  const sequence = (subject: string, predicate: string) => {
    const node = one(subject, predicate);
    const found: string[] = [];
    for (let n = 1; node !== undefined && one(node, `rdf:_${n}`) !== undefined; n++)
      found.push(one(node, `rdf:_${n}`) as string);
    return found;
  };
  return { all, one, placed, sequence, ofClass: (name: string) => [...new Set(subjects.get(full(name)) ?? [])] };
}

const WHAT = {
  Existence: 'existence',
  Name: 'name',
  Code: 'code',
  Kind: 'kind',
  Relation: 'relation',
  Status: 'status',
};

function recovered(triples: readonly ReadTriple[]): Recovered[] {
  const { all, one, placed, sequence, ofClass } = store(triples);
  const facts: Recovered[] = [];
  const say = (record: string | undefined, field: string, value: string | undefined) => {
    if (record !== undefined && value !== undefined && value !== '') facts.push({ record, field, value });
  };
  /** The id of a thing, as it says itself, or what its IRI ends with. */
  const id = (node: string | undefined) =>
    node === undefined
      ? undefined
      : (one(node, 'dct:identifier') ??
        one(node, 'skos:notation') ??
        decodeURI(node.replace(/^urn:as-it-stood:[a-z]+:/, '')));
  for (const [name, what] of Object.entries(WHAT))
    for (const node of ofClass(`stood:${name}`)) {
      const body = id(one(node, 'stood:about'));
      const wave = one(node, 'stood:wave');
      const value =
        what === 'existence'
          ? 'exists'
          : what === 'code'
            ? `${one(node, 'stood:system')} ${one(node, 'skos:notation')}`
            : what === 'relation'
              ? `${one(node, 'stood:relation')} ${id(one(node, 'stood:other'))}`
              : what === 'status'
                ? `${id(one(node, 'stood:status'))}; ${one(node, 'stood:title')}${wave ? `; ${wave}` : ''}`
                : what === 'kind'
                  ? id(one(node, 'rdf:value'))
                  : one(node, 'rdf:value');
      say(body, `${what}.value`, value);
      say(body, `${what}.from`, one(node, 'stood:from'));
      say(body, `${what}.until`, one(node, 'stood:end') === full('stood:open') ? 'open' : one(node, 'stood:until'));
      say(body, `${what}.certainty`, one(node, 'stood:certainty'));
      const ends = one(node, 'prov:wasInvalidatedBy');
      say(body, `${what}.events`, [id(one(node, 'prov:wasGeneratedBy')), ...(ends ? [id(ends)] : [])].join('; '));
    }
  for (const node of ofClass('stood:Succession')) {
    const [from, to, event] = [
      id(one(node, 'prov:entity')),
      id(one(node, 'stood:successor')),
      id(one(node, 'prov:hadActivity')),
    ];
    const record = `${from} > ${to} by ${event}`;
    say(record, 'succession.from', from);
    say(record, 'succession.to', to);
    say(record, 'succession.how', one(node, 'stood:how'));
    say(record, 'succession.date', one(node, 'dct:date'));
    say(record, 'succession.event', event);
    const shares = placed(node, 'stood:share').map((part) => {
      const basis = one(part, 'stood:basis');
      return { share: Number(one(part, 'rdf:value')), of: one(part, 'stood:ofWhat'), ...(basis ? { basis } : {}) };
    });
    say(record, 'succession.shares', shares.length > 0 ? JSON.stringify(shares) : undefined);
  }
  for (const entry of ofClass('stood:Entry')) {
    const event = one(entry, 'foaf:primaryTopic') as string;
    const record = id(event);
    say(record, 'event.type', one(event, 'dc:type'));
    say(record, 'event.milestone', id(one(entry, 'dct:isPartOf')));
    say(record, 'event.date', one(event, 'dct:date'));
    say(record, 'event.basis', one(entry, 'stood:basis'));
    say(record, 'event.sentence', one(event, 'dct:description'));
    const cited = placed(entry, 'prov:qualifiedDerivation').map((node) => {
      const at = one(node, 'stood:at');
      return `${id(one(node, 'prov:entity'))}${at ? `, ${at}` : ''}`;
    });
    say(record, 'event.sources', cited.join('; '));
    const causes = sequence(event, 'stood:causes');
    say(record, 'event.because', (causes.length > 0 ? causes : all(event, 'prov:wasInformedBy')).map(id).join('; '));
    const dissent = placed(entry, 'stood:dissent').map((node) => ({
      source: id(one(node, 'prov:entity')),
      says: one(node, 'stood:says'),
      ruling: one(node, 'stood:ruling'),
    }));
    say(record, 'event.dissent', dissent.length > 0 ? JSON.stringify(dissent) : undefined);
    const alsoDated = placed(entry, 'stood:otherDate').map((node) => {
      const note = one(node, 'skos:note');
      return { date: one(node, 'dct:date'), basis: one(node, 'stood:basis'), ...(note ? { note } : {}) };
    });
    say(record, 'event.alsoDated', alsoDated.length > 0 ? JSON.stringify(alsoDated) : undefined);
    say(record, 'event.confidence', one(entry, 'stood:confidence'));
    say(record, 'event.publicFrom', one(entry, 'dct:available'));
    say(record, 'event.recorded', one(entry, 'dct:created'));
    say(record, 'event.note', one(entry, 'skos:editorialNote'));
  }
  for (const node of ofClass('dct:BibliographicResource')) {
    say(id(node), 'source.title', one(node, 'dct:title'));
    say(id(node), 'source.publisher', one(node, 'dc:publisher'));
    say(id(node), 'source.kind', one(node, 'dc:type'));
    say(id(node), 'source.url', one(node, 'foaf:page'));
    say(id(node), 'source.published', one(node, 'dct:issued'));
    say(id(node), 'source.accessed', one(node, 'stood:accessed'));
    say(id(node), 'source.licence', one(node, 'dc:rights'));
    say(id(node), 'source.note', one(node, 'skos:note'));
  }
  for (const node of ofClass('stood:Milestone')) {
    say(id(node), 'milestone.title', one(node, 'dct:title'));
    say(id(node), 'milestone.summary', one(node, 'dct:description'));
    say(id(node), 'milestone.themes', sequence(node, 'stood:themes').map(id).join('; '));
  }
  for (const node of ofClass('stood:Answer')) {
    const told = (name: string) => one(node, `stood:${name}`) ?? null;
    say('answer', 'answer.edition', told('edition') ?? undefined);
    const clocks = { publishedBy: told('publishedBy'), recordedBy: told('recordedBy'), dates: told('dates') };
    say('answer', 'answer.clocks', JSON.stringify(clocks));
    const kinds = one(node, 'stood:kinds') === undefined ? null : sequence(node, 'stood:kinds').map(id);
    const [at, from, to, partOf] = ['at', 'from', 'to', 'partOf'].map(told);
    const [milestone, theme, subject] = ['milestone', 'theme', 'subject'].map(told);
    say('answer', 'answer.selection', JSON.stringify({ at, from, to, kinds, partOf, milestone, theme, subject }));
    const coverage = placed(node, 'stood:coverage').map((part) => {
      const note = one(part, 'skos:note');
      return {
        of: id(part),
        completeness: one(part, 'stood:completeness'),
        from: one(part, 'stood:from') ?? null,
        to: one(part, 'stood:to') ?? null,
        ...(note ? { note } : {}),
      };
    });
    say('answer', 'answer.coverage', coverage.length > 0 ? JSON.stringify(coverage) : undefined);
    say('answer', 'answer.notes', sequence(node, 'stood:note').join('; '));
  }
  return facts;
}

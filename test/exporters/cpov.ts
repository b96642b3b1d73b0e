import type { ReadTriple } from './readers/quads.ts';

const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const NS: Record<string, string> = {
  org: 'http://www.w3.org/ns/org#',
  cv: 'http://data.europa.eu/m8g/',
  dct: 'http://purl.org/dc/terms/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  prov: 'http://www.w3.org/ns/prov#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  adms: 'http://www.w3.org/ns/adms#',
  xhv: 'http://www.w3.org/1999/xhtml/vocab#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  time: 'http://www.w3.org/2006/time#',
  cpsv: 'http://purl.org/vocab/cpsv#',
};

const full = (short: string) => {
  const [prefix = '', local = ''] = short.split(/:(.*)/);
  return `${NS[prefix]}${local}`;
};

/** What a shape asks of a property: nodes of a class, literals of a datatype, text with each language once, or any literal. */
type Asks =
  | { readonly node: string }
  | { readonly datatype: string }
  | 'langString, each language once'
  | 'literal'
  | 'iri';

/**
 * The node shapes of the Core Public Organisation Vocabulary 2.1.2 that bear on what is written, as SEMIC publishes them:
 * SEMICeu/CPOV, releases/2.1.2/shacl/core-public-organisation-ap-SHACL.ttl. None has a minimum count.
 */
const SHAPES: Readonly<Record<string, Readonly<Record<string, Asks>>>> = {
  'org:ChangeEvent': {
    'prov:startedAtTime': { datatype: 'xsd:dateTime' },
    'prov:endedAtTime': { datatype: 'xsd:dateTime' },
    'dct:description': 'langString, each language once',
    'org:originalOrganization': { node: 'cv:PublicOrganisation' },
    'org:resultingOrganization': { node: 'cv:PublicOrganisation' },
    'cv:hasFormalFramework': { node: 'cv:ReferenceFramework' },
  },
  'cv:PublicOrganisation': {
    'skos:prefLabel': 'langString, each language once',
    'skos:altLabel': 'langString, each language once',
    'dct:description': 'langString, each language once',
    'org:classification': { node: 'skos:Concept' },
    'org:purpose': { node: 'skos:Concept' },
    'org:changedBy': { node: 'org:ChangeEvent' },
    'org:resultedFrom': { node: 'org:ChangeEvent' },
    'org:hasMember': { node: 'cv:PublicOrganisation' },
    'org:memberOf': { node: 'cv:PublicOrganisation' },
    'org:hasUnit': { node: 'org:OrganizationalUnit' },
    'xhv:prev': { node: 'cv:PublicOrganisation' },
    'xhv:next': { node: 'cv:PublicOrganisation' },
    'adms:identifier': { node: 'adms:Identifier' },
    'dct:spatial': { node: 'dct:Location' },
    'foaf:homepage': { node: 'foaf:Document' },
  },
  'org:Organization': {
    'org:subOrganizationOf': { node: 'org:Organization' },
    'org:hasSubOrganization': { node: 'org:Organization' },
  },
  'org:OrganizationalUnit': { 'org:unitOf': { node: 'cv:PublicOrganisation' } },
  'adms:Identifier': {
    'skos:notation': 'literal',
    'adms:schemeAgency': 'literal',
    'dct:issued': { datatype: 'xsd:date' },
  },
  'cv:ReferenceFramework': { 'dct:identifier': 'literal', 'cpsv:implements': { node: 'org:ChangeEvent' } },
};

/** What the shapes find wrong with a graph, in lines; none when it conforms. No class is inferred: each must be stated. */
export function againstCpov(triples: readonly ReadTriple[]): string[] {
  const types = new Map<string, Set<string>>();
  const bySubject = new Map<string, ReadTriple[]>();
  for (const triple of triples) {
    if (triple.predicate === RDF_TYPE) {
      const found = types.get(triple.subject) ?? new Set();
      types.set(triple.subject, found.add(triple.object));
    }
    const own = bySubject.get(triple.subject) ?? [];
    own.push(triple);
    bySubject.set(triple.subject, own);
  }
  const wrong: string[] = [];
  for (const [shape, properties] of Object.entries(SHAPES))
    for (const [subject, own] of bySubject) {
      if (!types.get(subject)?.has(full(shape))) continue;
      for (const [property, asks] of Object.entries(properties)) {
        const values = own.filter(({ predicate }) => predicate === full(property));
        for (const problem of problemsOf(values, asks, types))
          wrong.push(`${shape} ${subject} ${property}: ${problem}`);
      }
    }
  return wrong;
}

function problemsOf(
  values: readonly ReadTriple[],
  asks: Asks,
  types: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  if (asks === 'langString, each language once') {
    const languages = values.map(({ language }) => language);
    return [
      ...values
        .filter(({ datatype }) => datatype !== full('rdf:langString'))
        .map(({ object }) => `no language: ${object}`),
      ...(new Set(languages).size < languages.length ? [`a language twice: ${languages.join()}`] : []),
    ];
  }
  return values.flatMap(({ object, isNode, datatype }) => {
    if (asks === 'literal') return isNode ? [`${object} is a node`] : [];
    if (asks === 'iri') return isNode ? [] : [`${object} is a literal`];
    if ('datatype' in asks) return datatype === full(asks.datatype) ? [] : [`${object} is a ${datatype}`];
    return types.get(object)?.has(full(asks.node)) ? [] : [`${object} is not said to be a ${asks.node}`];
  });
}

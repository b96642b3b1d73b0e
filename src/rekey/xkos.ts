import type { BodyRef, Correspondence, CorrespondenceRow } from '../machine/answers.ts';

/** What IRIs begin with unless the person publishes the table elsewhere. */
export const BASE = 'urn:as-it-stood:';

/**
 * A correspondence as XKOS in Turtle: a concept scheme for each of the two days, a concept for each body as it was on
 * that day, and an association for each row, with its relation, its share and the events that made it. A body that
 * ended has an association without a target; a new one, without a source.
 */
export function toXkos(answer: Correspondence, base = BASE): string {
  const [from, to] = [answer.from, answer.to];
  const node = (path: string) => `<${base}${encodeURI(path)}>`;
  const concept = ({ id }: BodyRef, day: string) => node(`${id}@${day}`);
  const scheme = (day: string) => node(`bodies@${day}`);
  const table = node(`correspondence/${from}/${to}${answer.kind ? `/${answer.kind.replaceAll('; ', '+')}` : ''}`);
  const names = answer.rows.map((row, at) => node(`association/${from}/${to}/${pairOf(row, at)}`));
  const concepts = new Map<string, string>();
  for (const row of answer.rows) {
    for (const [body, day] of [
      [row.from, from],
      [row.to, to],
    ] as const) {
      if (body) concepts.set(concept(body, day), conceptLines(body, concept(body, day), scheme(day), node(body.id)));
    }
  }
  const lines = [
    '@prefix dct: <http://purl.org/dc/terms/> .',
    '@prefix prov: <http://www.w3.org/ns/prov#> .',
    '@prefix skos: <http://www.w3.org/2004/02/skos/core#> .',
    `@prefix stood: <${base}terms/> .`,
    '@prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#> .',
    '@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .',
    '',
    ...[from, to].map(
      (day) =>
        `${scheme(day)} a skos:ConceptScheme ;\n  dct:title ${text(`Bodies on ${day}`)} ;\n  dct:valid ${date(day)} .\n`,
    ),
    `${table} a xkos:Correspondence ;`,
    `  dct:title ${text(`What became of each body between ${from} and ${to}`)} ;`,
    `  dct:source ${literal(`as-it-stood, edition ${answer.edition}`)} ;`,
    ...(answer.publishedBy === null ? [] : [`  stood:publishedBy ${date(answer.publishedBy)} ;`]),
    ...(answer.recordedBy === null ? [] : [`  stood:recordedBy ${date(answer.recordedBy)} ;`]),
    ...answer.notes.map((note) => `  skos:note ${text(note)} ;`),
    ...names.map((name) => `  xkos:madeOf ${name} ;`),
    `  xkos:compares ${scheme(from)} , ${scheme(to)} .`,
    '',
    ...concepts.values(),
    ...answer.rows.map((row, at) => associationLines(row, names[at] ?? '', from, to, concept, node)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function conceptLines({ id, name, kind, codes }: BodyRef, self: string, scheme: string, body: string): string {
  return [
    `${self} a skos:Concept ;`,
    `  skos:inScheme ${scheme} ;`,
    `  skos:prefLabel ${text(name)} ;`,
    ...(codes.ods === undefined ? [] : [`  skos:notation ${literal(codes.ods)}^^stood:ods ;`]),
    ...(codes.gss === undefined ? [] : [`  skos:notation ${literal(codes.gss)}^^stood:gss ;`]),
    `  dct:identifier ${literal(id)} ;`,
    `  stood:kind ${literal(kind)} ;`,
    `  dct:isVersionOf ${body} .`,
    '',
  ].join('\n');
}

function associationLines(
  { from, to, relation, share, via, ambiguous, existence }: CorrespondenceRow,
  self: string,
  fromDay: string,
  toDay: string,
  concept: (body: BodyRef, day: string) => string,
  node: (path: string) => string,
): string {
  return [
    `${self} a xkos:ConceptAssociation ;`,
    ...(from ? [`  xkos:sourceConcept ${concept(from, fromDay)} ;`] : []),
    ...(to ? [`  xkos:targetConcept ${concept(to, toDay)} ;`] : []),
    ...(share ? [`  stood:share ${decimal(share.share)} ;`, `  stood:shareOf ${literal(share.of)} ;`] : []),
    ...via.map(({ event }) => `  prov:wasDerivedFrom ${node(`event/${event}`)} ;`),
    `  stood:ambiguous ${ambiguous} ;`,
    `  stood:existence ${literal(existence)} ;`,
    `  stood:relation ${literal(relation)} .`,
    '',
  ].join('\n');
}

function pairOf({ from, to }: CorrespondenceRow, at: number): string {
  return `${at + 1}/${from?.id ?? 'none'}/${to?.id ?? 'none'}`;
}

function literal(value: string): string {
  return JSON.stringify(value).replaceAll(/[\u007f-\u009f]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
}

function text(value: string): string {
  return `${literal(value)}@en`;
}

function date(day: string): string {
  return `"${day}"^^xsd:date`;
}

function decimal(value: number): string {
  return `"${value}"^^xsd:decimal`;
}

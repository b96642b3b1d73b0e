import jsonld from 'jsonld';
import { Parser, type Quad } from 'n3';

/** A statement as somebody else read it: an object that is a node, or text with its language and datatype. */
export interface ReadTriple {
  readonly subject: string;
  readonly predicate: string;
  readonly object: string;
  readonly isNode: boolean;
  readonly language: string;
  readonly datatype: string;
}

function plainly({ subject, predicate, object }: Quad): ReadTriple {
  for (const { termType, value } of [subject, predicate, object])
    if (termType === 'BlankNode') throw new Error(`a blank node: ${value}`);
  const isNode = object.termType === 'NamedNode';
  return {
    subject: subject.value,
    predicate: predicate.value,
    object: object.value,
    isNode,
    language: object.language ?? '',
    datatype: isNode ? '' : (object.datatype?.value ?? ''),
  };
}

/** Read by N3.js. */
export function readTriplesOfTurtle(text: string): ReadTriple[] {
  return new Parser().parse(text).map(plainly);
}

/** Read by jsonld.js, which is let fetch nothing. */
export async function readTriplesOfJsonLd(text: string): Promise<ReadTriple[]> {
  const documentLoader = (url: string) => Promise.reject(new Error(`${url} must not be fetched`));
  return ((await jsonld.toRDF(JSON.parse(text), { documentLoader })) as Quad[]).map(plainly);
}

/** A graph as lines in order: two readings of one graph give the same, for there are no blank nodes. */
export function canonical(triples: readonly ReadTriple[]): string[] {
  const lines = triples.map(({ subject, predicate, object, isNode, language, datatype }) =>
    JSON.stringify([subject, predicate, object, isNode, language, datatype]),
  );
  return [...new Set(lines)].sort();
}

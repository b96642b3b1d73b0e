import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decimal,
  edtf,
  english,
  iri,
  iriPart,
  jsonLd,
  type ObjectKind,
  plain,
  RDF_TYPE,
  type Triple,
  turtle,
  typed,
} from '../../src/exporters/rdf.ts';
import { canonical, readTriplesOfJsonLd, readTriplesOfTurtle } from './readers/quads.ts';

const EX = 'https://example.org/';
const PREFIXES = { ex: EX, xsd: 'http://www.w3.org/2001/XMLSchema#' };
const KINDS: Record<string, ObjectKind> = {
  [`${EX}link`]: 'iri',
  [`${EX}name`]: 'english',
  [`${EX}code`]: 'plain',
  [`${EX}day`]: { datatype: 'http://www.w3.org/2001/XMLSchema#date' },
};

function meant(triples: readonly Triple[]): string[] {
  return canonical(
    triples.map(({ subject, predicate, object }) => {
      if ('iri' in object) return { subject, predicate, object: object.iri, isNode: true, language: '', datatype: '' };
      const datatype = object.language
        ? 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'
        : (object.datatype ?? 'http://www.w3.org/2001/XMLSchema#string');
      return { subject, predicate, object: object.text, isNode: false, language: object.language ?? '', datatype };
    }),
  );
}

const text = fc.oneof(
  fc.constantFrom(
    'a "quoted" one',
    'back\\slash',
    'two\nlines\r\n',
    '\u0000\u0007\u009F',
    '🏥',
    '\uD800',
    "'",
    ']]> <b>&',
  ),
  fc.string({ unit: 'binary' }),
);
const node = fc.constantFrom('a', 'b-c', 'd/e', '1f', 'g.', '').map((local) => iri(EX + local));
const object = fc.oneof(
  node,
  text.map(english),
  text.map(plain),
  fc.constantFrom('2022-07-01').map((day) => typed(day, 'date')),
  fc.constantFrom('2018', '[2017-09..2019-06]').map(edtf),
);
const triple: fc.Arbitrary<Triple> = fc.oneof(
  fc.record({
    subject: node.map(({ iri: one }) => one),
    predicate: fc.constantFrom('link', 'name', 'code', 'day', 'other').map((local) => EX + local),
    object,
  }),
  fc.record({ subject: node.map(({ iri: one }) => one), predicate: fc.constant(RDF_TYPE), object: node }),
);

describe('a graph', () => {
  it('is read from Turtle as it was meant, whatever its texts hold', () => {
    fc.assert(
      fc.property(fc.array(triple, { maxLength: 12 }), (triples) => {
        expect(canonical(readTriplesOfTurtle([...turtle(triples, PREFIXES)].join('')))).toEqual(meant(triples));
      }),
    );
  });

  it('is read from JSON-LD as it was meant, whatever its texts hold, with nothing fetched', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(triple, { maxLength: 12 }), async (triples) => {
        expect(canonical(await readTriplesOfJsonLd([...jsonLd(triples, PREFIXES, KINDS)].join('')))).toEqual(
          meant(triples),
        );
      }),
    );
  });

  it('reads well in Turtle', () => {
    const triples: Triple[] = [
      { subject: `${EX}devon`, predicate: RDF_TYPE, object: iri(`${EX}Board`) },
      { subject: `${EX}devon`, predicate: `${EX}name`, object: english('NHS “Devon”') },
      { subject: `${EX}devon`, predicate: `${EX}day`, object: typed('2022-07-01', 'date') },
      { subject: `${EX}a/b`, predicate: `${EX}part`, object: iri(`${EX}devon`) },
    ];
    expect([...turtle(triples, PREFIXES)].join('')).toBe(
      [
        '@prefix ex: <https://example.org/> .',
        '@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .',
        '',
        'ex:devon a ex:Board ;',
        '  ex:name "NHS “Devon”"@en ;',
        '  ex:day "2022-07-01"^^xsd:date .',
        '',
        '<https://example.org/a/b> ex:part ex:devon .',
        '',
      ].join('\n'),
    );
  });
});

describe('a number', () => {
  it('is a decimal without an exponent, and the same number', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (value) => {
        const { text } = decimal(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text) === value).toBe(true);
      }),
    );
  });
});

describe('an IRI', () => {
  it('has what no IRI may hold percent-encoded, and is otherwise left alone', () => {
    expect(iri('https://example.org/a?b=c&d=%20e#f').iri).toBe('https://example.org/a?b=c&d=%20e#f');
    expect(iri('https://example.org/{a} "b"<c>|d^e`f\\g%zz').iri).toBe(
      'https://example.org/%7Ba%7D%20%22b%22%3Cc%3E%7Cd%5Ee%60f%5Cg%25zz',
    );
  });

  it('is made of parts that cannot run into one another', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        fc.pre(!/\p{Surrogate}/u.test(a + b) && a !== b);
        expect(iriPart(a)).not.toBe(iriPart(b));
        expect(iriPart(a)).toMatch(/^[\w.~%-]*$/);
      }),
    );
  });
});

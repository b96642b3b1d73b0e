/** A node: its IRI, absolute. There are no blank nodes, so that two readings of a graph can be compared line by line. */
export interface Iri {
  readonly iri: string;
}

/** A literal: plain text, text in a language, or text with a datatype (an IRI). */
export interface Literal {
  readonly text: string;
  readonly language?: string;
  readonly datatype?: string;
}

export type Term = Iri | Literal;

/** A statement; subject and predicate are IRIs, absolute. */
export interface Triple {
  readonly subject: string;
  readonly predicate: string;
  readonly object: Term;
}

/** Namespaces by their prefix, without its colon; each ends with `#`, `/` or `:`. */
export type Prefixes = Readonly<Record<string, string>>;

export const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const XSD = 'http://www.w3.org/2001/XMLSchema#';

/** Dates less exact than a day, as the Library of Congress names their datatype. */
export const EDTF = 'http://id.loc.gov/datatypes/edtf/EDTF';

/** A node by its IRI; what no IRI may hold is percent-encoded. */
export function iri(value: string): Iri {
  return { iri: safeIri(value) };
}

/** Text in English. */
export function english(value: string): Literal {
  return { text: wellFormed(value), language: 'en' };
}

/** Text in no language: a code, a word of ours. */
export function plain(value: string): Literal {
  return { text: wellFormed(value) };
}

/** A value of a datatype of XML Schema: `typed('2022-07-01', 'date')`. */
export function typed(value: string, datatype: 'date' | 'dateTime' | 'integer'): Literal {
  return { text: value, datatype: XSD + datatype };
}

/** A number as xsd:decimal, which knows no exponent; readers rewrite xsd:double, and leave this alone. */
export function decimal(value: number): Literal {
  const [digits = '', exponent] = String(value).split('e-');
  if (exponent === undefined) return { text: digits, datatype: `${XSD}decimal` };
  const sign = digits.startsWith('-') ? '-' : '';
  const zeros = '0'.repeat(Number(exponent) - 1);
  return { text: `${sign}0.${zeros}${digits.replace(/[-.]/g, '')}`, datatype: `${XSD}decimal` };
}

/** A date in EDTF, as the record tells it. */
export function edtf(value: string): Literal {
  return { text: value, datatype: EDTF };
}

/** An IRI with what no IRI may hold percent-encoded; anything else is left alone. */
export function safeIri(value: string): string {
  return wellFormed(value).replace(UNSAFE, (one) => encodeURIComponent(one));
}

// What IRIREF in Turtle excludes, and the lone percent sign.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAFE = /[\u0000-\u0020<>"{}|^`\\\u007F-\u009F]|%(?![\dA-Fa-f]{2})/gu;

/** Text with halves of surrogate pairs, which no file in UTF-8 can hold, replaced by U+FFFD. */
function wellFormed(value: string): string {
  return /[\uD800-\uDFFF]/.test(value) ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value;
}

/** One part of an IRI of ours, such that no two texts give the same. */
export function iriPart(value: string): string {
  return encodeURIComponent(wellFormed(value)).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Turtle 1.1: prefixes, then a block for each run of triples with one subject; predicates and objects in the order
 * given. What is said twice in a run is written once.
 */
export function* turtle(triples: Iterable<Triple>, prefixes: Prefixes): Iterable<string> {
  for (const [name, namespace] of Object.entries(prefixes)) yield `@prefix ${name}: <${namespace}> .\n`;
  const short = shortener(prefixes);
  const write = (term: Term): string => {
    if ('iri' in term) return short(term.iri) ?? `<${term.iri}>`;
    const quoted = `"${escaped(term.text)}"`;
    if (term.language !== undefined) return `${quoted}@${term.language}`;
    return term.datatype === undefined ? quoted : `${quoted}^^${short(term.datatype) ?? `<${term.datatype}>`}`;
  };
  for (const [subject, predicates] of grouped(triples)) {
    const lines = predicates.map(([predicate, objects]) => {
      const verb = predicate === RDF_TYPE ? 'a' : (short(predicate) ?? `<${predicate}>`);
      return `${verb} ${objects.map(write).join(', ')}`;
    });
    yield `\n${short(subject) ?? `<${subject}>`} ${lines.join(' ;\n  ')} .\n`;
  }
}

/** What every triple of one predicate has for object, so that JSON-LD need not say it each time; `list`s never occur. */
export type ObjectKind = 'iri' | 'english' | 'plain' | { readonly datatype: string };

/**
 * JSON-LD 1.1: a context with the prefixes and, for each predicate named, the kind of its objects; then one node for
 * each run of triples with one subject. An object of another kind than its predicate's is written in full, so nothing depends on the table.
 */
export function* jsonLd(
  triples: Iterable<Triple>,
  prefixes: Prefixes,
  kinds: Readonly<Record<string, ObjectKind>>,
): Iterable<string> {
  const short = shortener(prefixes);
  const compact = (value: string): string => short(value) ?? value;
  const byPredicate = new Map(Object.entries(kinds));
  const context: Record<string, unknown> = { '@version': 1.1, id: '@id', type: '@type', ...prefixes };
  for (const [predicate, kind] of byPredicate)
    context[compact(predicate)] =
      kind === 'iri'
        ? { '@id': predicate, '@type': '@id' }
        : kind === 'english'
          ? { '@id': predicate, '@language': 'en' }
          : kind === 'plain'
            ? { '@id': predicate }
            : { '@id': predicate, '@type': compact(kind.datatype) };
  yield `{\n"@context": ${JSON.stringify(context, null, 2)},\n"@graph": [`;
  const write = (term: Term, kind: ObjectKind | undefined): unknown => {
    if ('iri' in term) return kind === 'iri' ? compact(term.iri) : { id: compact(term.iri) };
    const { text, language, datatype } = term;
    if (language !== undefined)
      return kind === 'english' && language === 'en' ? text : { '@value': text, '@language': language };
    if (datatype === undefined) return kind === 'plain' ? text : { '@value': text };
    return typeof kind === 'object' && kind.datatype === datatype
      ? text
      : { '@value': text, '@type': compact(datatype) };
  };
  let first = true;
  for (const [subject, predicates] of grouped(triples)) {
    const node: Record<string, unknown> = { id: compact(subject) };
    for (const [predicate, objects] of predicates) {
      if (predicate === RDF_TYPE) {
        const types = objects.map((one) => ('iri' in one ? compact(one.iri) : one.text));
        node.type = types.length === 1 ? types[0] : types;
        continue;
      }
      const kind = byPredicate.get(predicate);
      const values = objects.map((one) => write(one, kind));
      node[compact(predicate)] = values.length === 1 ? values[0] : values;
    }
    yield `${first ? '' : ','}\n${JSON.stringify(node)}`;
    first = false;
  }
  yield '\n]\n}\n';
}

/** Runs of triples with one subject, by predicate in the order in which they first come, and each object once. */
function* grouped(
  triples: Iterable<Triple>,
): Iterable<[subject: string, predicates: [predicate: string, objects: Term[]][]]> {
  let subject: string | undefined;
  let predicates: [string, Term[]][] = [];
  for (const { subject: next, predicate, object } of triples) {
    if (next !== subject) {
      if (subject !== undefined) yield [subject, predicates];
      subject = next;
      predicates = [];
    }
    const objects = predicates.find(([known]) => known === predicate)?.[1];
    if (objects === undefined) predicates.push([predicate, [object]]);
    else if (!objects.some((one) => isSame(one, object))) objects.push(object);
  }
  if (subject !== undefined) yield [subject, predicates];
}

function isSame(a: Term, b: Term): boolean {
  if ('iri' in a || 'iri' in b) return 'iri' in a && 'iri' in b && a.iri === b.iri;
  return a.text === b.text && a.language === b.language && a.datatype === b.datatype;
}

/** Shortens an IRI where a prefix leaves a plain name: letters, digits, hyphens. Namespaces end with `#`, `/` or `:`. */
function shortener(prefixes: Prefixes): (value: string) => string | undefined {
  const names = new Map(Object.entries(prefixes).map(([name, namespace]) => [namespace, name]));
  return (value) => {
    const cut = Math.max(value.lastIndexOf('#'), value.lastIndexOf('/'), value.lastIndexOf(':')) + 1;
    const name = names.get(value.slice(0, cut));
    return name !== undefined && /^\w[\w-]*$/.test(value.slice(cut)) ? `${name}:${value.slice(cut)}` : undefined;
  };
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be escaped
    /["\\\u0000-\u001F\u007F-\u009F\uFFFE\uFFFF]/g,
    (one) => ESCAPES[one] ?? `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}

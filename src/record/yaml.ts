import { Composer, type Document, isAlias, isMap, isScalar, isSeq, Lexer, type Node, Parser } from 'yaml';
import type { Place, Problem } from './types.ts';

/** Where a value stands within a document: keys and indexes from the top. */
export type Path = readonly (string | number)[];

/** A YAML file as plain values, and where each of them stands. */
export interface YamlFile {
  readonly file: string;
  /** Undefined when the file could not be read at all. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Place of the value at a path; of the nearest one above it when there is none. */
  readonly at: (path: Path) => Place;
  /** Place of the key at the end of a path. */
  readonly atKey: (path: Path) => Place;
  /** A plain scalar as it is spelt in the file (`06101`, `5E1`), when there is one at the path. */
  readonly spelling: (path: Path) => string | undefined;
}

/** Bytes above which a file is refused unread. */
export const LARGEST_FILE = 5 * 1024 * 1024;
/** Levels of nesting above which a file is refused. */
const DEEPEST_NESTING = 50;
const MOST_PROBLEMS = 50;
/** What a text of the record never holds: it could paint a terminal, or turn the order of what one reads. */
const CONTROL = /(?![\t\n\r\u0085])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

/**
 * Reads the subset of YAML 1.2 that the record is written in: one document of maps, lists and scalars.
 * Anchored copies, tags, directives and several documents in one file are problems, as are duplicate keys.
 */
export function readYaml(file: string, text: string): YamlFile {
  const lines = lineStarts(text);
  const place = (offset: number): Place => ({ file, ...lineAndColumn(lines, offset) });
  const problems: Problem[] = [];
  const report = (offset: number, message: string, hint?: string, rule = 'yaml'): void => {
    if (problems.length < MOST_PROBLEMS)
      problems.push({ ...place(offset), rule, severity: 'error', message, ...(hint === undefined ? {} : { hint }) });
    else if (problems.length === MOST_PROBLEMS)
      problems.push({
        ...place(offset),
        rule,
        severity: 'error',
        message: `more than ${MOST_PROBLEMS} problems in this file; the rest are not listed`,
      });
  };
  const nothing = (): YamlFile => ({
    file,
    value: undefined,
    problems,
    at: () => place(0),
    atKey: () => place(0),
    spelling: () => undefined,
  });

  const control = CONTROL.exec(text);
  if (control) {
    report(
      control.index,
      `a control character (U+${control[0].charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}) stands here`,
      'delete it',
    );
    return nothing();
  }
  if (text.trim() === '') {
    report(0, 'the file is empty', 'write something in it, or delete it');
    return nothing();
  }
  const documents = compose(text, (offset) =>
    report(offset, `nested more than ${DEEPEST_NESTING} levels deep`, 'no file of the record needs more than six'),
  );
  if (documents === undefined) return nothing();
  const [document, second] = documents;
  if (second)
    report(second.range[0], 'a second document begins here', 'one file holds one document; delete the line ---');
  for (const error of document?.errors ?? []) report(error.pos[0], sentence(error.message), hintFor(error.code));
  if (document?.directives?.yaml.explicit)
    report(0, 'YAML directives are not read', 'delete the line that begins with %');
  if (document === undefined || problems.length > 0) return nothing();

  const root = document.contents;
  const value = plain(root, report);
  if (problems.some(({ rule }) => rule === 'yaml')) return nothing();
  const nodeAt = (path: Path): Node | null | undefined => find(root, path);
  return {
    file,
    value,
    problems,
    at: (path) => {
      for (let length = path.length; length >= 0; length--) {
        const node = nodeAt(path.slice(0, length));
        if (node?.range) return place(node.range[0]);
      }
      return place(0);
    },
    atKey: (path) => {
      const parent = nodeAt(path.slice(0, -1));
      const pair = isMap(parent) ? parent.items.find((item) => keyOf(item.key) === String(path.at(-1))) : undefined;
      const range = (pair?.key as Node | undefined)?.range ?? parent?.range;
      return place(range?.[0] ?? 0);
    },
    spelling: (path) => {
      const node = nodeAt(path);
      return isScalar(node) && node.type === 'PLAIN' ? node.source : undefined;
    },
  };
}

/** Stops at the first token that stands too deep, so that no depth of nesting can exhaust the stack. */
function compose(text: string, tooDeep: (offset: number) => void): Document.Parsed[] | undefined {
  const parser = new Parser();
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, keepSourceTokens: false });
  const documents: Document.Parsed[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme))
      for (const document of composer.next(token)) documents.push(document as Document.Parsed);
    if (
      parser.stack.length > DEEPEST_NESTING &&
      parser.stack.filter((token) => token.type.startsWith('block-') || token.type === 'flow-collection').length >
        DEEPEST_NESTING
    ) {
      tooDeep(parser.offset);
      return undefined;
    }
  }
  for (const token of parser.end())
    for (const document of composer.next(token)) documents.push(document as Document.Parsed);
  for (const document of composer.end(true, text.length)) documents.push(document as Document.Parsed);
  return documents;
}

type Report = (offset: number, message: string, hint?: string, rule?: string) => void;

function plain(node: unknown, report: Report): unknown {
  if (node === null || node === undefined) return null;
  if (isAlias(node)) {
    report(node.range?.[0] ?? 0, `the alias *${node.source} is not read`, 'write the value out');
    return null;
  }
  if (isScalar(node)) {
    if (typeof node.value === 'string' && CONTROL.test(node.value))
      report(node.range?.[0] ?? 0, 'this text holds a control character', 'delete the escape that makes it');
    if (node.tag !== undefined) report(node.range?.[0] ?? 0, `the tag ${node.tag} is not read`, 'delete it');
    return typeof node.value === 'bigint' ? String(node.value) : node.value;
  }
  if (isSeq(node)) return node.items.map((item) => plain(item, report));
  if (!isMap(node)) return null;
  const object: Record<string, unknown> = {};
  for (const { key, value } of node.items) {
    const name = keyOf(key);
    const offset = (key as Node | null)?.range?.[0] ?? node.range?.[0] ?? 0;
    if (name === undefined || name === '__proto__' || CONTROL.test(name))
      report(offset, 'this cannot be a key', 'a key is a word');
    else if (Object.hasOwn(object, name))
      report(offset, `the key ${shown(name)} stands here a second time`, 'keep one of them', 'duplicate-key');
    else object[name] = plain(value, report);
  }
  return object;
}

function keyOf(key: unknown): string | undefined {
  return isScalar(key) && ['string', 'number', 'boolean'].includes(typeof key.value)
    ? (key.type === 'PLAIN' && key.source) || String(key.value)
    : undefined;
}

function find(node: unknown, path: Path): Node | null | undefined {
  let here = node;
  for (const step of path) {
    if (isMap(here)) here = here.items.find((item) => keyOf(item.key) === String(step))?.value;
    else if (isSeq(here)) here = here.items[Number(step)];
    else return undefined;
  }
  return here as Node | null | undefined;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

function lineAndColumn(starts: readonly number[], offset: number): { line: number; column: number } {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

function sentence(message: string): string {
  return shown(message.replace(/\s+/g, ' ')).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

function shown(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function hintFor(code: string): string {
  if (code === 'BAD_INDENT') return 'indent with spaces, two a level, and line up the keys of one map';
  if (code === 'TAB_AS_INDENT') return 'indent with spaces, never with tabs';
  if (code === 'MISSING_CHAR') return 'look for a bracket, brace, quote or comma left out before here';
  if (code === 'MULTILINE_IMPLICIT_KEY' || code === 'BLOCK_AS_IMPLICIT_KEY')
    return 'look for a missing quote or a colon in a plain text; put such a text in quotes';
  return 'put texts with : # { } [ ] & * ? in quotes';
}

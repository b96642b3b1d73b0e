import type { z } from '../vocabulary/schemas.ts';
import { didYouMean } from './near.ts';
import type { Place, Problem } from './types.ts';
import type { Path } from './yaml.ts';

/** How to find the place of a value in a file. */
export interface Locator {
  readonly at: (path: Path) => Place;
  readonly atKey: (path: Path) => Place;
  readonly spelling: (path: Path) => string | undefined;
}

type Issue = z.core.$ZodIssue;

/** Turns what zod found into problems at the places where they stand, in words that say what to do. */
export function explain(
  issues: readonly Issue[],
  value: unknown,
  schema: z.ZodType,
  base: Path,
  locator: Locator,
): Problem[] {
  const told = new Set<string>();
  return issues.flatMap((issue) => {
    const path = issue.path.join('/');
    if (told.has(path)) return [];
    if (issue.code !== 'unrecognized_keys') told.add(path);
    return explainOne(issue, value, schema, base, locator);
  });
}

function explainOne(issue: Issue, value: unknown, schema: z.ZodType, base: Path, locator: Locator): Problem[] {
  const inner = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const path = [...base, ...inner];
  const problem = (place: Place, message: string, hint?: string): Problem => ({
    ...place,
    rule: 'shape',
    severity: 'error',
    message,
    ...(hint === undefined ? {} : { hint }),
  });
  const name = inner.length > 0 ? dotted(inner) : 'this';
  const found = valueAt(value, inner);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysOf(schema, inner);
      const missing = known.filter((key) => !Object.hasOwn(Object(found), key));
      return issue.keys.map((key) =>
        problem(
          locator.atKey([...path, key]),
          `the key ${shorten(key)} is not known here`,
          didYouMean(key, missing) ??
            didYouMean(key, known) ??
            (known.length > 0 ? `known here: ${known.join(', ')}` : 'nothing can stand here'),
        ),
      );
    }
    case 'invalid_union':
      return explainUnion(
        issue,
        value,
        schema,
        base,
        locator,
        problem(locator.at(path), `${name} has a form that is not known here`),
      );
    case 'invalid_value': {
      if (found === undefined)
        return [problem(locator.at(path), `${name} is missing`, `one of ${issue.values.join(', ')}`)];
      return [
        problem(
          locator.at(path),
          `${name} cannot be ${show(found)}`,
          didYouMean(String(found), issue.values.map(String)) ?? `one of ${issue.values.join(', ')}`,
        ),
      ];
    }
    case 'invalid_type': {
      if (found === undefined) return [problem(locator.at(path), `${name} is missing`)];
      const spelling = issue.expected === 'string' ? locator.spelling(path) : undefined;
      if (spelling !== undefined && typeof found !== 'string' && found !== null)
        return [
          problem(
            locator.at(path),
            `${name} is read as ${typeof found === 'number' ? 'the number' : 'the value'} ${show(found)}`,
            `put it in quotes: "${spelling}"`,
          ),
        ];
      if (issue.expected === 'string' && Array.isArray(found))
        return [
          problem(
            locator.at(path),
            `${name} is a list where a text should be`,
            'a text with brackets, as some dates have, goes in quotes',
          ),
        ];
      return [problem(locator.at(path), `${name} should be ${article(issue.expected)}, not ${kindOf(found)}`)];
    }
    case 'too_small':
    case 'too_big': {
      const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum;
      const standard = /^Too (small|big)/.test(issue.message);
      if (!standard) return [problem(locator.at(path), issue.message)];
      if (issue.origin === 'string' && issue.code === 'too_small')
        return [problem(locator.at(path), Number(limit) <= 1 ? `${name} is empty` : `${name} is too short`)];
      return [
        problem(
          locator.at(path),
          `${name} is too ${issue.code === 'too_small' ? 'small' : 'large'}: ${issue.code === 'too_small' ? 'at least' : 'at most'} ${String(limit)}${issue.origin === 'string' ? ' characters' : ''}`,
        ),
      ];
    }
    default:
      return [problem(locator.at(path), `${name}: ${show(found)} will not do`, issue.message)];
  }
}

/** Of a union's branches, the one that got furthest says what is wrong. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  value: unknown,
  schema: z.ZodType,
  base: Path,
  locator: Locator,
  fallback: Problem,
): Problem[] {
  const found = valueAt(value, issue.path as Path);
  if (found === undefined) return [{ ...fallback, message: fallback.message.replace(/ has a form.*/, ' is missing') }];
  const far = (errors: readonly Issue[]): number =>
    Math.max(
      ...errors.map(
        (error) => error.path.length * 10 + (error.code === 'invalid_type' && error.path.length === 0 ? 0 : 5),
      ),
    );
  const branch = [...issue.errors].filter((errors) => errors.length > 0).sort((a, b) => far(b) - far(a))[0];
  if (branch === undefined) return [fallback];
  const nested = branch.map((error) => ({ ...error, path: [...issue.path, ...error.path] }) as Issue);
  return explain(nested, value, schema, base, locator);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (here, step) =>
      typeof here === 'object' && here !== null ? (here as Record<string | number, unknown>)[step] : undefined,
    value,
  );
}

/** The keys that a strict object allows at a path of a schema. */
function keysOf(schema: z.ZodType, path: Path): string[] {
  const def = (schema as unknown as { def: Record<string, unknown> }).def;
  if (def.type === 'optional' || def.type === 'nullable') return keysOf(def.innerType as z.ZodType, path);
  if (def.type === 'union')
    return (
      (def.options as z.ZodType[]).map((option) => keysOf(option, path)).sort((a, b) => b.length - a.length)[0] ?? []
    );
  if (def.type === 'array') return keysOf(def.element as z.ZodType, path.slice(1));
  if (def.type !== 'object') return [];
  const shape = def.shape as Record<string, z.ZodType>;
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(shape);
  const next = shape[step];
  return next === undefined ? [] : keysOf(next, rest);
}

function dotted(path: Path): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}

function article(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a map of keys and values',
    record: 'a map of keys and values',
  };
  return words[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string'
    ? 'a text'
    : `${typeof value === 'number' ? 'the number' : 'the value'} ${show(value)}`;
}

function show(value: unknown): string {
  return typeof value === 'object' && value !== null ? kindOf(value) : shorten(String(value));
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

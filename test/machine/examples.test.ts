import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openRecord } from '../../src/machine/index.ts';

interface Example {
  readonly of: string;
  readonly code: string;
}

/** Every `@example` of a file: the code, and what it is an example of. */
function examplesIn(file: string): Example[] {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  return [
    ...text.matchAll(
      /\/\*\*((?:(?!\*\/)[\s\S])*?)@example\n([\s\S]*?)\*\/\s*(?:export )?(?:async )?(?:function )?(\w+)/g,
    ),
  ].map(([, , code = '', of = '']) => ({ of, code: code.replaceAll(/^\s*\* ?/gm, '').trim() }));
}

/** The methods of `Machine`, as declared. */
function methods(): string[] {
  const text = readFileSync(new URL('../../src/machine/machine.ts', import.meta.url), 'utf8');
  return [...text.slice(text.indexOf('export interface Machine ')).matchAll(/^ {2}(\w+)\(/gm)].map(
    ([, name = '']) => name,
  );
}

type Run = (open: typeof openRecord, record: unknown, say: (value: unknown, told: string) => void) => Promise<void>;

/** Runs an example: a line that ends in `; // value` must have that value. */
async function run(code: string): Promise<number> {
  let said = 0;
  const body = code
    .split('\n')
    .map((line) =>
      line.replace(/^(.*); \/\/ (.*)$/, (_, expression, value) => `say(${expression}, ${JSON.stringify(value)});`),
    )
    .join('\n');
  const declares = /\bconst record\b/.test(body);
  const make = Object.getPrototypeOf(async () => {}).constructor as new (...parts: string[]) => Run;
  const example = new make('openRecord', declares ? '_record' : 'record', 'say', body);
  await example(openRecord, await openRecord(), (value, told) => {
    said++;
    const expected: unknown = new Function(`return (${told});`)();
    expect(value, told).toEqual(expected);
  });
  return said;
}

const examples = ['src/machine/open.ts', 'src/machine/machine.ts'].flatMap(examplesIn);

describe('the examples of the front door', () => {
  test('every question has one', () => {
    expect(examples.map(({ of }) => of).sort()).toEqual(['openRecord', ...methods()].sort());
  });

  test.each(examples)('$of', async ({ code }) => {
    expect(await run(code)).toBeGreaterThan(0);
  });
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recordJsonSchema, recordJsonSchemaText } from '../../src/record/json-schema.ts';
import { EVENT_TYPES } from '../../src/vocabulary/index.ts';

test('events/schema.json is what the vocabulary says today', () => {
  const kept = readFileSync(new URL('../../events/schema.json', import.meta.url), 'utf8');
  expect(kept, 'run npx tsx scripts/schema.ts').toBe(recordJsonSchemaText());
});

test('an editor that reads it knows every event type, its payload and an example', () => {
  const { $defs } = recordJsonSchema() as {
    $defs: Record<string, { examples?: unknown[]; properties?: object; allOf?: { then: unknown }[] }>;
  };
  expect($defs.event?.allOf).toHaveLength(EVENT_TYPES.length);
  for (const type of EVENT_TYPES) {
    expect($defs[type.name]?.examples).toEqual([type.example]);
    expect(Object.keys($defs[type.name]?.properties ?? {})).toEqual(expect.arrayContaining(Object.keys(type.example)));
  }
});

test('a payload with a key too many is refused by the schema too', () => {
  const { $defs } = recordJsonSchema() as { $defs: Record<string, { additionalProperties?: unknown }> };
  for (const type of EVENT_TYPES) expect($defs[type.name]?.additionalProperties, type.name).toBe(false);
});

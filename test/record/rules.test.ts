import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkRecord, RULES } from '../../src/record/rules/index.ts';
import { exampleFiles } from '../../src/record/rules/rule.ts';
import { recordOf } from './shelf.ts';

describe.each(RULES.map((rule) => [rule.name, rule] as const))('the rule %s', (name, rule) => {
  test('bites its own failing example, exactly where it is marked and nowhere else', async () => {
    const { files, marked } = exampleFiles(rule.example.bad);
    expect(marked).toHaveLength(1);
    const found = checkRecord(await recordOf(files));
    expect(found.map(({ rule: by, severity, file, line, column }) => ({ by, severity, file, line, column }))).toEqual(
      marked.map(({ file, line, column }) => ({
        by: name,
        severity: rule.severity,
        file: `events/${file}`,
        line,
        column,
      })),
    );
    expect(found[0]?.hint).toMatch(/./);
  });

  test('lets the corrected example pass', async () => {
    const { files, marked } = exampleFiles(rule.example.good);
    expect(marked).toEqual([]);
    expect(checkRecord(await recordOf(files))).toEqual([]);
  });
});

test('every rule file is listed', () => {
  const helpers = ['index.ts', 'rule.ts', 'context.ts', 'codes.ts'];
  const files = readdirSync(new URL('../../src/record/rules/', import.meta.url)).filter(
    (file) => !helpers.includes(file),
  );
  expect(files.map((file) => file.replace('.ts', '')).sort(), 'list the new rule in src/record/rules/index.ts').toEqual(
    RULES.map(({ name }) => name).sort(),
  );
});

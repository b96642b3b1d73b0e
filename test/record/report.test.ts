import { expect, test } from 'vitest';
import {
  problemsAsJson,
  problemsAsSarif,
  problemsAsText,
  READING_RULES,
  sortProblems,
} from '../../src/record/report.ts';
import { RULES } from '../../src/record/rules/index.ts';
import type { Problem } from '../../src/record/types.ts';

const PROBLEMS: readonly Problem[] = [
  {
    file: 'events/a b.yaml',
    line: 6,
    column: 72,
    rule: 'unknown-reference',
    severity: 'error',
    message: 'nothing begins icb/devno',
    hint: 'did you mean icb/devon?',
  },
  {
    file: 'events/sources.yaml',
    line: 1,
    column: 1,
    rule: 'source-missing',
    severity: 'warning',
    message: 'nothing names the source odd',
  },
];

test('as text, a problem is a line', () => {
  expect(problemsAsText(PROBLEMS)).toBe(
    'events/a b.yaml:6:72  unknown-reference  nothing begins icb/devno  did you mean icb/devon?\nevents/sources.yaml:1:1  source-missing  warning: nothing names the source odd\n',
  );
  expect(problemsAsText([])).toBe('');
});

test('as JSON, problems are counted by severity', () => {
  expect(JSON.parse(problemsAsJson(PROBLEMS))).toEqual({ problems: PROBLEMS, errors: 1, warnings: 1 });
});

test('as SARIF, each result points at its rule and its place', () => {
  const log = JSON.parse(problemsAsSarif(PROBLEMS, RULES)) as {
    version: string;
    runs: {
      tool: { driver: { rules: { id: string }[] } };
      results: { ruleId: string; ruleIndex: number; level: string; locations: unknown[] }[];
    }[];
  };
  expect(log.version).toBe('2.1.0');
  const [run] = log.runs;
  expect(run?.results.map(({ level }) => level)).toEqual(['error', 'warning']);
  for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  expect(run?.results[0]?.locations).toEqual([
    { physicalLocation: { artifactLocation: { uri: 'events/a%20b.yaml' }, region: { startLine: 6, startColumn: 72 } } },
  ]);
});

test('every rule has a name of its own and a summary', () => {
  const all = [...READING_RULES, ...RULES];
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { name, summary } of all) expect(summary, name).toMatch(/^.{20,200}\.$/);
});

test('problems are sorted by file, then as one reads', () => {
  const at = (file: string, line: number, column: number): Problem => ({
    file,
    line,
    column,
    rule: 'x',
    severity: 'error',
    message: 'm',
  });
  expect(
    sortProblems([at('b', 1, 1), at('a', 10, 1), at('a', 9, 2), at('a', 9, 1)]).map(
      ({ file, line, column }) => `${file}${line}:${column}`,
    ),
  ).toEqual(['a9:1', 'a9:2', 'a10:1', 'b1:1']);
});

import { compareText } from './order.ts';
import type { Problem } from './types.ts';

/** Problems by file, line and column. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compareText(a.rule, b.rule) ||
      compareText(a.message, b.message),
  );
}

/** Problems as lines: `file:line:column  rule  message  hint`; a warning says so. */
export function problemsAsText(problems: readonly Problem[]): string {
  return problems
    .map(
      ({ file, line, column, rule, severity, message, hint }) =>
        `${[`${file}:${line}:${column}`, rule, severity === 'warning' ? `warning: ${message}` : message, ...(hint === undefined ? [] : [hint])].map((part) => part.replace(/\s+/g, ' ')).join('  ')}\n`,
    )
    .join('');
}

/** Problems as JSON: `{ problems: [{ file, line, column, rule, severity, message, hint? }], errors, warnings }`. */
export function problemsAsJson(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const plain = problems.map(({ file, line, column, rule, severity, message, hint }) => ({
    file,
    line,
    column,
    rule,
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
  }));
  return `${JSON.stringify({ problems: plain, errors, warnings: problems.length - errors }, null, 2)}\n`;
}

/** A rule as a report names it. */
export interface NamedRule {
  readonly name: string;
  readonly summary: string;
}

/** What reading the files can find wrong, beside the rules. */
export const READING_RULES: readonly NamedRule[] = [
  { name: 'file', summary: 'A file cannot be read, is too large, or is misnamed.' },
  { name: 'yaml', summary: 'A file is not YAML, or uses a part of it that the record does not.' },
  { name: 'duplicate-key', summary: 'A key stands twice in one map.' },
  { name: 'shape', summary: 'A key is missing, unknown, or holds the wrong kind of value.' },
  { name: 'date', summary: 'A date cannot be read, or is no day of the calendar.' },
  { name: 'unknown-type', summary: 'An event is of a type that the vocabulary does not have.' },
  { name: 'duplicate-id', summary: 'Two milestones or two events have one id.' },
  { name: 'unknown-event', summary: 'A correction or withdrawal names an event that the record does not have.' },
  { name: 'lock', summary: 'record.lock cannot be read, or its chain is broken.' },
];

/** Problems as SARIF 2.1.0 (OASIS), as code-scanning services take it; columns count UTF-16 code units from 1. */
export function problemsAsSarif(problems: readonly Problem[], rules: readonly NamedRule[]): string {
  const known = [...READING_RULES, ...rules];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'stood check',
            rules: known.map(({ name, summary }) => ({ id: name, shortDescription: { text: summary } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: problems.map(({ file, line, column, rule, severity, message, hint }) => {
          const index = known.findIndex(({ name }) => name === rule);
          return {
            ruleId: rule,
            ...(index === -1 ? {} : { ruleIndex: index }),
            level: severity,
            message: { text: hint === undefined ? message : `${message} (${hint})` },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: encodeURI(file) },
                  region: { startLine: line, startColumn: column },
                },
              },
            ],
          };
        }),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

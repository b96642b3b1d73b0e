import type { Problem } from '../types.ts';
import type { RuleContext } from './context.ts';

/** Files of an example by name, or only the events of one milestone called `example`. `▶` stands before the place of the problem. */
export type ExampleText = string | Readonly<Record<string, string>>;

/** Something the record as a whole must keep to. */
export interface Rule {
  readonly name: string;
  /** One line that says what is wrong when it bites. */
  readonly summary: string;
  readonly severity: 'error' | 'warning';
  readonly check: (context: RuleContext) => Finding[];
  /** A record that breaks only this rule, and the same put right. */
  readonly example: { readonly bad: ExampleText; readonly good: ExampleText };
}

/** A problem before it bears the rule's name; `severity` where it differs from the rule's. */
export type Finding = Omit<Problem, 'rule' | 'severity'> & { readonly severity?: Problem['severity'] };

const SOURCES = 'a-source: { title: A source, publisher: Somebody, kind: register }\n';

/** The files of an example, with `▶` taken out, and where it stood. */
export function exampleFiles(example: ExampleText): {
  readonly files: Readonly<Record<string, string>>;
  readonly marked: readonly { file: string; line: number; column: number }[];
} {
  const texts = typeof example === 'string' ? { '2020-example.yaml': exampleMilestone(example) } : example;
  const files: Record<string, string> = { 'sources.yaml': SOURCES };
  const marked: { file: string; line: number; column: number }[] = [];
  for (const [file, text] of Object.entries(texts)) {
    files[file] = text.replaceAll('▶', '');
    for (const [i, line] of text.split('\n').entries()) {
      let column = line.indexOf('▶');
      for (let before = 0; column !== -1; before++, column = line.indexOf('▶', column + 1))
        marked.push({ file, line: i + 1, column: column + 1 - before });
    }
  }
  return { files, marked };
}

/** A milestone file called `example` around events written as short lines: `id type date {data}` in YAML. */
export function exampleMilestone(events: string, recorded = '2026-11-21'): string {
  const lines = events
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return `milestone: example\ntitle: An example\nsummary: An example.\nrecorded: ${recorded}\nevents:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

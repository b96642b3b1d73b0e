import { stat } from 'node:fs/promises';
import { AskedWrongly } from '../../machine/errors.ts';
import type { Problem } from '../../record/types.ts';
import type { Command, OptionSpec } from '../command.ts';
import { numbered } from '../format/parts.ts';
import { NO_COLOR } from '../options.ts';

const FORMAT: OptionSpec = {
  flags: '--format <format>',
  summary: 'table for people (default), json, or sarif for code-scanning services',
  choices: ['table', 'json', 'sarif'],
};

export const command: Command = {
  name: 'check',
  summary:
    'Checks a record against its rules: shape, references, order, codes, coverage, sources, the lock. All problems at once.',
  arguments: [{ usage: '[folder]', summary: 'the folder of milestone files (default: the shipped record)' }],
  options: [FORMAT, { flags: '--rules', summary: 'list the rules instead' }, NO_COLOR],
  examples: [
    { line: 'stood check', means: 'the record that was shipped' },
    { line: 'stood check my-record', means: 'another, while writing it' },
    { line: 'stood check --format sarif > check.sarif', means: 'for a code-scanning service' },
  ],
  details: [
    'Each problem is a line: file:line:column, rule, message, hint. The exit code is 1 when there is an error, 0 when there are only warnings or nothing.',
  ],
  async run(ctx) {
    if (ctx.options.rules) return listRules(ctx.out);
    const [typed] = ctx.args;
    const folder = typed ?? (await import('../../machine/cache.ts')).SHIPPED_RECORD;
    if (!(await isFolder(folder)))
      throw new AskedWrongly(
        `${folder} is not a folder`,
        'give the folder that holds the milestone files, for instance: stood check events',
      );
    const [{ loadRecord }, { checkRecord, RULES }, report] = await Promise.all([
      import('../../record/load.ts'),
      import('../../record/rules/index.ts'),
      import('../../record/report.ts'),
    ]);
    const record = await loadRecord(folder);
    const problems = checkRecord(record);
    if (ctx.format === 'json') ctx.out(report.problemsAsJson(problems));
    else if (ctx.format === 'sarif') ctx.out(report.problemsAsSarif(problems, RULES));
    else {
      const events = record.milestones.reduce((sum, milestone) => sum + milestone.events.length, 0);
      ctx.out(report.problemsAsText(problems));
      ctx.out(
        `${verdict(problems)} in ${numbered(record.milestones.length, 'milestone')}, ${numbered(events, 'event')} and ${numbered(record.sources.size, 'source')}.\n`,
      );
    }
    return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

function verdict(problems: readonly Problem[]): string {
  if (problems.length === 0) return 'No problems';
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  return [
    ...(errors > 0 ? [numbered(errors, 'error')] : []),
    ...(warnings > 0 ? [numbered(warnings, 'warning')] : []),
  ].join(' and ');
}

async function listRules(out: (text: string) => void): Promise<number> {
  const [{ RULES }, { READING_RULES }] = await Promise.all([
    import('../../record/rules/index.ts'),
    import('../../record/report.ts'),
  ]);
  for (const { name, summary } of [...READING_RULES, ...RULES]) out(`${name}  ${summary}\n`);
  return 0;
}

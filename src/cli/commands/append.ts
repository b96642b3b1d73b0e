import { AskedWrongly } from '../../machine/errors.ts';
import type { Command } from '../command.ts';
import { numbered } from '../format/parts.ts';
import { interruptible } from '../interrupt.ts';
import { NO_COLOR, STORE, STRICT } from '../options.ts';
import { storeUrl, withStore } from '../stores.ts';

export const command: Command = {
  name: 'append',
  summary:
    'Appends a milestone file to a store of your own: checked against everything that is there, whole or not at all.',
  arguments: [{ usage: '<milestone.yaml>', summary: 'the file of the milestone' }],
  options: [
    {
      ...STORE,
      summary:
        'the store to append to: sqlite:my-events.sqlite, esdb://… (or set STOOD_STORE); a file is made when there is none',
    },
    {
      flags: '--sources <file>',
      summary: 'where the sources it cites are described (default: sources.yaml beside it)',
    },
    { flags: '--dry-run', summary: 'check only; append nothing' },
    STRICT,
    { flags: '--format <format>', summary: 'table for people (default) or json', choices: ['table', 'json'] },
    NO_COLOR,
  ],
  examples: [
    { line: 'stood append 2026-04-01-my-milestone.yaml --store sqlite:my-events.sqlite', means: 'into one file' },
    {
      line: 'stood append 2026-04-01-my-milestone.yaml --store sqlite:my-events.sqlite --dry-run',
      means: 'would it be taken?',
    },
  ],
  details: [
    'Repeating it appends nothing. When somebody else appends to the same milestone at the same time one of you wins and the other is told; nothing is mixed.',
  ],
  async run(ctx) {
    const [file] = ctx.args;
    if (file === undefined)
      throw new AskedWrongly(
        'no milestone file is named',
        'stood append 2026-04-01-my-milestone.yaml --store sqlite:my-events.sqlite',
      );
    const url = storeUrl(ctx);
    const [{ appendMilestone }, report] = await Promise.all([
      import('../../machine/append.ts'),
      import('../../record/report.ts'),
    ]);
    const { dryRun, sources, strict } = ctx.options;
    const result = await interruptible(
      ctx,
      (signal) =>
        withStore(url, { create: !dryRun }, (store) =>
          appendMilestone(store, file, { dryRun, sources, strict, signal }),
        ),
      () => 'nothing was appended',
    );
    if (ctx.format === 'json') ctx.out(`${JSON.stringify(result)}\n`);
    else {
      ctx.io.stderr.write(report.problemsAsText(result.ok ? result.warnings : result.problems));
      if (!result.ok) ctx.note('Nothing was appended.');
      else if (result.appended === 0) ctx.out(`Nothing to append: ${result.stream} has it all.\n`);
      else
        ctx.out(
          `${dryRun ? 'Would append' : 'Appended'} ${numbered(result.appended, 'event')} to ${result.stream}${dryRun ? '' : `, now at revision ${result.revision}`}.\n`,
        );
    }
    return result.ok ? 0 : 1;
  },
};

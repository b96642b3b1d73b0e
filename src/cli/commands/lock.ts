import { AskedWrongly } from '../../machine/errors.ts';
import type { Command } from '../command.ts';
import { numbered } from '../format/parts.ts';
import { NO_COLOR } from '../options.ts';

export const command: Command = {
  name: 'lock',
  summary:
    'Takes new events into record.lock, so that nobody can change them unseen: from then on a correction is an event of its own.',
  arguments: [{ usage: '<folder>', summary: 'the folder of milestone files' }],
  options: [NO_COLOR],
  examples: [{ line: 'stood lock my-record', means: 'after stood check my-record has found no error' }],
  details: [
    'The lock holds one line an event: its position, its id, the SHA-256 of its canonical form and the hash of the chain so far. The last hash names the edition. Nothing is written when the record has an error, or when a locked event was edited; the file is replaced whole or not at all.',
  ],
  async run(ctx) {
    const [folder] = ctx.args;
    if (folder === undefined) throw new AskedWrongly('which folder?', 'for instance: stood lock my-record');
    const [{ loadRecord }, { checkRecord }, { problemsAsText }, { extendLock }] = await Promise.all([
      import('../../record/load.ts'),
      import('../../record/rules/index.ts'),
      import('../../record/report.ts'),
      import('../../record/lock.ts'),
    ]);
    const record = await loadRecord(folder);
    const errors = checkRecord(record).filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      ctx.note(problemsAsText(errors).trimEnd());
      ctx.note(`Nothing was locked: ${numbered(errors.length, 'error')}.`);
      return 1;
    }
    const extended = await extendLock(record);
    if (!extended.ok) {
      ctx.note(problemsAsText(extended.problems).trimEnd());
      return 1;
    }
    ctx.out(
      extended.added === 0
        ? `Nothing new: edition ${extended.edition.slice(0, 12)}.\n`
        : `${numbered(extended.added, 'event')} locked: edition ${extended.edition.slice(0, 12)}.\n`,
    );
    return 0;
  },
};

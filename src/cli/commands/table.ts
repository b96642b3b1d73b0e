import { correspondenceSheet } from '../../exporters/sheets.ts';
import type { Correspondence } from '../../machine/answers.ts';
import type { Command, Context } from '../command.ts';
import { twoDays } from '../days.ts';
import { coverageLines, lensOf, numbered } from '../format/parts.ts';
import { LENS, NO_COLOR, RECORD, SELECTION, STORE, STRICT } from '../options.ts';
import { selectionOf } from '../selection.ts';

export const command: Command = {
  name: 'table',
  summary:
    'The correspondence of two days as a file for programs: CSV to join with, JSON, or XKOS for linked data. “stood correspondence” tells the same to people.',
  arguments: [
    { usage: '<from>', summary: 'the day of the data you have' },
    { usage: '<to…>', summary: 'the day to bring it to; put “to” between days of several words' },
  ],
  options: [
    {
      flags: '--format <format>',
      summary: 'csv (default), json, or xkos: Turtle in the vocabulary of statistical classifications',
      choices: ['csv', 'json', 'xkos'],
    },
    { flags: '-o, --output <file>', summary: 'the file to write, whole or not at all (default: standard output)' },
    { flags: '--changed-only', summary: 'leave out bodies that stayed the same' },
    { flags: '--to-kind <kind>', summary: 'only targets of this kind: sub-icb-location, or integrated-care-board' },
    ...SELECTION,
    ...LENS,
    RECORD,
    STORE,
    STRICT,
    NO_COLOR,
  ],
  examples: [
    {
      line: 'stood table 2017-04-01 2022-07-01 --kind CCG --to-kind ICB -o ccg-icb.csv',
      means: 'a table to join with: which board each group led to',
    },
    { line: 'stood table 2026-03-31 2026-04-01 --kind ICB --format xkos', means: 'the same as linked data, in Turtle' },
  ],
  details: [
    'Columns as of “stood correspondence --format csv”. A body with several targets has a row for each, marked ambiguous; an empty share is unknown, not the whole. To bring a file of your own from one day to the other, use “stood rekey”.',
    'XKOS: a concept scheme for each day, a concept for each body as it was on that day with its codes as notations, and an association for each row with its relation, share and events.',
  ],
  async run(ctx) {
    const [from, to] = twoDays(ctx.args, 'table');
    const answer = (await ctx.machine()).correspondence(from, to, {
      ...lensOf(ctx),
      ...(await selectionOf(ctx)),
      unchanged: !ctx.options.changedOnly,
      toKind: ctx.options.toKind,
    });
    const text = await written(ctx, answer);
    const { output } = ctx.options;
    if (output === undefined) ctx.out(text);
    else await (await import('../../record/atomic.ts')).writeAtomically(output, text);
    for (const note of [...coverageLines(answer.coverage), ...answer.notes]) ctx.note(note);
    if (output !== undefined) ctx.note(`${numbered(answer.rows.length, 'row')} written to ${output}.`);
    return 0;
  },
};

async function written({ options }: Context, answer: Correspondence): Promise<string> {
  if (options.format === 'json') return `${JSON.stringify(answer, undefined, 2)}\n`;
  if (options.format === 'xkos') return (await import('../../rekey/xkos.ts')).toXkos(answer);
  return (await import('../../exporters/sheet.ts')).sheetCsv(correspondenceSheet(answer));
}

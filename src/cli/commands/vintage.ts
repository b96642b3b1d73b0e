import type { OddValue, Vintage } from '../../machine/answers.ts';
import { AskedWrongly } from '../../machine/errors.ts';
import type { Command } from '../command.ts';
import { tell } from '../format/answer.ts';
import { dateInWords, lastDayInWords } from '../format/dates.ts';
import { type Document, heading, items, paragraph, strong, table, title } from '../format/document.ts';
import { bodyInWords, capital, closing, coverageLines, kindInWords, lensOf, numbered } from '../format/parts.ts';
import { interruptible } from '../interrupt.ts';
import { COMMON, LENS, SELECTION } from '../options.ts';
import { progressBar } from '../stores.ts';

const MB = 1024 * 1024;

export const command: Command = {
  name: 'vintage',
  summary:
    'What days are all the codes or names in a file from? The days on which all existed together, or most, and the odd ones out with the reason.',
  arguments: [{ usage: '<file>', summary: 'a CSV file, or a list, one a line; - for standard input' }],
  options: [
    { flags: '--column <name>', summary: 'the column to read (default: the one whose values name bodies best)' },
    { flags: '--separator <character>', summary: 'what parts the columns (default: as the file shows)' },
    { flags: '--no-header', summary: 'the first row is data; columns are named by number' },
    ...SELECTION.filter(({ flags }) => flags.startsWith('--kind')),
    ...LENS,
    ...COMMON,
  ],
  examples: [
    { line: 'stood vintage ccgs.csv', means: 'which year’s groups are these?' },
    {
      line: 'stood vintage ccgs.csv --column Code --format json',
      means: 'the same as data, from a column of your choice',
    },
  ],
  details: [
    'A code or a name counts on the days on which it was one, not on all days of its body: codes change when areas do. Names are taken as people write them: & or and, with NHS and CCG or without, in any case; near misses are offered and not taken.',
    'The exit code is 1 when there are odd ones. CSV columns: what (range or odd), value, from, until (the first day no longer), existence, values, reason, why, near.',
  ],
  tooMany: 'one file at a time: stood vintage ccgs.csv',
  async run(ctx) {
    const [file] = ctx.args;
    if (file === undefined) throw new AskedWrongly('no file was named', 'for instance: stood vintage ccgs.csv');
    const { openSource, valuesOfFile } = await import('../../rekey/index.ts');
    const machine = await ctx.machine();
    const asked = { ...lensOf(ctx), kind: ctx.options.kind };
    const source = await openSource(file, ctx.io.input);
    const bar = progressBar(ctx, 'reading, MB');
    try {
      const { options } = ctx;
      const read = await interruptible(ctx, (signal) =>
        valuesOfFile(
          source,
          {
            column: options.column,
            separator: options.separator,
            header: options.header !== false,
            onBytes: (bytes) => {
              if (source.bytes > MB) bar.show(Math.floor(bytes / MB), Math.floor(source.bytes / MB));
            },
            signal,
          },
          (values) => (values.length === 0 ? 0 : machine.vintage(values, asked).known),
        ),
      ).finally(bar.clear);
      if (read.column.chosen !== undefined) ctx.note(read.column.chosen);
      if (!read.header && options.header !== false) ctx.note('the first row names a body: it was taken as data');
      if (read.values.length === 0)
        throw new AskedWrongly(`column “${read.column.name}” is empty`, 'name another with --column');
      const answer = machine.vintage(read.values, asked);
      await tell(ctx, {
        data: { file, column: read.column.name, rows: read.rows, encoding: source.encoding, ...answer },
        document: () => documentOf(answer, file, ctx.format === 'markdown'),
        sheet: () => ({
          header: ['what', 'value', 'from', 'until', 'existence', 'values', 'reason', 'why', 'near'],
          rows: [
            ...answer.ranges.map((range) => ['range', '', range.from, range.until, range.existence, range.values]),
            ...answer.odd.map(({ value, reason, why, near }) => [
              'odd',
              value,
              '',
              '',
              '',
              '',
              reason,
              why,
              near.map(({ id }) => id).join(';'),
            ]),
          ],
        }),
        notes: [summaryOf(answer), ...coverageLines(answer.coverage), ...answer.notes],
      });
      return answer.odd.length > 0 ? 1 : 0;
    } finally {
      await source.close();
    }
  },
};

function rangeInWords({ from, until, existence }: Vintage['ranges'][number]): string {
  const days =
    until === null ? `${dateInWords(from)} on, with no end known` : `${dateInWords(from)} to ${lastDayInWords(until)}`;
  return existence === 'certain' ? days : `${days} (possibly: the dates are not closer known)`;
}

function summaryOf({ values, known, together, ranges }: Vintage): string {
  const [best] = ranges;
  if (!best) return `None of the ${numbered(values, 'value')} is a code or name that the record knows.`;
  if (together && known === values) return `All ${numbered(values, 'value')} were valid together.`;
  return `${best.values} of the ${numbered(values, 'value')} were valid together${known < values ? `; ${values - known} not known` : ''}.`;
}

function oddInWords({ value, why, near }: OddValue): string {
  const meant = near.map((body) =>
    bodyInWords(body)
      .map((piece) => (typeof piece === 'string' ? piece : Object.values(piece)[0]))
      .join(''),
  );
  return `${value}: ${why}${meant.length > 0 ? `; near: ${meant.join('; ')}` : ''}`;
}

function documentOf(answer: Vintage, file: string, isMarkdown: boolean): Document {
  const kind = answer.kind === null ? '' : `, mostly ${kindInWords(answer.kind)}`;
  return [
    title(`What days the values of ${file} are from`),
    paragraph(`${summaryOf(answer)} ${capital(numbered(answer.values, 'different value'))}${kind}.`),
    ...(answer.ranges.length > 0
      ? [items(answer.ranges.map((range) => [strong(rangeInWords(range)), ` (${numbered(range.values, 'value')})`]))]
      : []),
    ...(answer.odd.length > 0
      ? isMarkdown
        ? [
            table(
              ['Odd one out', 'Why', 'Near'],
              answer.odd.map(({ value, why, near }) => [value, why, near.map(({ name }) => name).join('; ')]),
            ),
          ]
        : [heading(`Odd ones out (${answer.odd.length})`), items(answer.odd.map(oddInWords))]
      : []),
    ...closing([...coverageLines(answer.coverage), ...answer.notes], answer.edition),
  ];
}

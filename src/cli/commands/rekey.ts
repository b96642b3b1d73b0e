import { AskedWrongly } from '../../machine/errors.ts';
import type { RekeyReport } from '../../rekey/index.ts';
import type { Command, Context } from '../command.ts';
import { lensOf, numbered } from '../format/parts.ts';
import { interruptible } from '../interrupt.ts';
import { LENS, NO_COLOR, RECORD, SELECTION, STORE, STRICT } from '../options.ts';
import { progressBar } from '../stores.ts';

const MB = 1024 * 1024;
const MOST_TOLD = 12;
const SEPARATOR_NAMES: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

export const command: Command = {
  name: 'rekey',
  summary:
    'Brings a CSV file of yours from the bodies of one day to those of another: each row with its target’s id, name and codes, the relation and the share. Nothing is guessed, and nothing dropped: rows that do not map are exceptions.',
  arguments: [{ usage: '<file>', summary: 'your CSV file, with one column of codes or names; - for standard input' }],
  options: [
    { flags: '--from <date>', summary: 'the day whose bodies your file has' },
    { flags: '--to <date>', summary: 'the day whose bodies you want' },
    { flags: '--column <name>', summary: 'the column that names bodies (default: the one whose values do so best)' },
    { flags: '--to-kind <kind>', summary: 'the kind you want, where several followed: integrated-care-board' },
    {
      flags: '--policy <policy>',
      summary: 'what becomes of a divided body: report (default), largest, share or all',
    },
    {
      flags: '--values <columns>',
      summary: 'columns of numbers, with commas between (may be repeated): split by share, and added up',
      repeat: true,
    },
    {
      flags: '--shares <file>',
      summary:
        'shares that you know: a CSV file with the columns from, to and share (0 to 1); they go before the record’s',
    },
    {
      flags: '--share-of <measure>',
      summary: 'what shares must be of: population (default), postcodes or area',
      choices: ['population', 'postcodes', 'area'],
    },
    {
      flags: '--decimals <number>',
      summary: 'decimals of a split number (default: six more than it has); sums stay exact',
      least: 0,
    },
    { flags: '--any-date', summary: 'follow values of other days than --from, each from its own' },
    { flags: '-o, --output <file>', summary: 'the file to write, whole or not at all (default: standard output)' },
    {
      flags: '--exceptions <file>',
      summary: 'rows that did not map (default: beside the output, as <output>.exceptions.csv)',
    },
    { flags: '--report <file>', summary: 'counts, policy, sums, edition and clocks, as JSON' },
    { flags: '--separator <character>', summary: 'what parts the columns (default: as the file shows)' },
    { flags: '--no-header', summary: 'the first row is data; columns are named by number' },
    ...SELECTION.filter(({ flags }) => flags.startsWith('--kind')),
    ...LENS,
    RECORD,
    STORE,
    STRICT,
    NO_COLOR,
  ],
  examples: [
    {
      line: 'stood rekey mine.csv --from 2017-04-01 --to 2022-07-01 --to-kind ICB -o mine-2022.csv',
      means: 'from groups of 2017 to boards of 2022; divided groups become exceptions',
    },
    {
      line: 'stood rekey mine.csv --from 2017-04-01 --to 2022-07-01 --to-kind ICB --policy share --values Patients -o mine-2022.csv',
      means: 'the patients of a divided group are split by population, where the shares are known',
    },
  ],
  details: [
    'Your columns, their text and the order of rows stay as they are; added columns: target_id, target_name, target_ods, target_gss, relation, share, share_of, share_note, policy, part, existence. Their names get a prefix if the file has one of them already.',
    'Policies: report makes a divided body an exception; largest takes the target with the largest share; share splits the numbers of --values so that their sum stays exact; all gives a row for each target, not to be added up. Where shares are not known, largest and share make exceptions too.',
    'The exit code is 0 when every row came to a target, 1 when there are exceptions, 2 when it was asked wrongly. When values are of other days than --from nothing is written; “stood vintage” tells from which.',
  ],
  tooMany: 'one file at a time: stood rekey mine.csv --from 2017-04-01 --to 2022-07-01',
  async run(ctx) {
    const { options } = ctx;
    const [file] = ctx.args;
    const example = 'for instance: stood rekey mine.csv --from 2017-04-01 --to 2022-07-01';
    if (file === undefined) throw new AskedWrongly('no file was named', example);
    if (options.from === undefined) throw new AskedWrongly('the day of the file is missing: --from', example);
    if (options.to === undefined) throw new AskedWrongly('the day to bring it to is missing: --to', example);
    const { POLICIES, rekeyFile } = await import('../../rekey/index.ts');
    const policy = POLICIES.find(({ name }) => name === (options.policy ?? 'report'));
    if (!policy) {
      const { didYouMean } = await import('../../record/near.ts');
      const names = POLICIES.map(({ name }) => name);
      throw new AskedWrongly(
        `there is no policy “${options.policy}”`,
        [didYouMean(options.policy ?? '', names), ...POLICIES.map(({ name, summary }) => `${name}: ${summary}`)]
          .filter(Boolean)
          .join('\n'),
      );
    }
    if (options.separator !== undefined && options.separator.length !== 1)
      throw new AskedWrongly(`“${options.separator}” is not one character`, "for a tab: --separator $'\\t'");
    const machine = await ctx.machine();
    const [from, to] = [await isoOf(ctx, options.from), await isoOf(ctx, options.to)];
    const bar = progressBar(ctx, 're-keying, MB');
    let size = 0;
    const report = await interruptible(ctx, (signal) =>
      rekeyFile({
        machine,
        file,
        input: ctx.io.input,
        from,
        to,
        column: options.column,
        separator: options.separator,
        header: options.header !== false,
        kind: options.kind,
        toKind: options.toKind,
        policy,
        measure: options.shareOf ?? 'population',
        values: options.values ?? [],
        shares: options.shares,
        decimals: options.decimals,
        anyDate: options.anyDate === true,
        lens: lensOf(ctx),
        output: options.output,
        exceptions: options.exceptions,
        report: options.report,
        signal,
        onSize: (bytes) => {
          size = bytes;
        },
        onBytes: (bytes) => {
          if (size > MB) bar.show(Math.floor(bytes / MB), Math.floor(size / MB));
        },
        onNote: (note) => {
          bar.clear();
          ctx.note(note);
        },
        onOut: (bytes) => ctx.io.stdout.write(bytes),
      }),
    ).finally(bar.clear);
    for (const line of linesOf(report, options.output)) ctx.note(line);
    return report.exceptions > 0 ? 1 : 0;
  },
};

/** A day as typed, as an ISO day. */
async function isoOf(ctx: Context, text: string): Promise<string> {
  return (await ctx.machine()).recognise([], { ...lensOf(ctx), at: text }).at;
}

function linesOf(
  report: RekeyReport & { readonly exceptionsFile: string | undefined },
  output: string | undefined,
): string[] {
  const { rows, mapped, written, exceptions, duplicates, troubles, totals, blankLines } = report;
  const parted = SEPARATOR_NAMES[report.separator] ?? `“${report.separator}”`;
  const where = report.exceptionsFile ?? (output === undefined ? 'no file: name one with --exceptions' : 'no file');
  return [
    `${numbered(rows, 'row')} read as ${report.encoding}, parted by ${parted}; bodies in column “${report.column}”.`,
    `${numbered(mapped, 'row')} came to a target${written === mapped ? '' : ` (${numbered(written, 'row')} written)`}, ${exceptions === 0 ? 'none did not' : `${exceptions.toLocaleString('en-GB')} did not`}${output === undefined ? '' : `; written to ${output}`}.`,
    ...totals.map(
      ({ column, before, after, exceptions: left, conserved, notNumbers }) =>
        `Sum of “${column}”: ${before} before; ${after} after and ${left} in the exceptions: ${conserved ? 'conserved' : 'NOT the same, as the policy has it: do not add them up'}${notNumbers > 0 ? `; ${numbered(notNumbers, 'cell')} without a number` : ''}.`,
    ),
    ...(duplicates > 0
      ? [
          `${numbered(duplicates, 'row')} equal to an earlier one${report.compared < rows ? ` among the first ${report.compared.toLocaleString('en-GB')}` : ''}: kept.`,
        ]
      : []),
    ...(blankLines > 0 ? [`${numbered(blankLines, 'blank line')} left out.`] : []),
    ...(exceptions > 0 ? [`Exceptions are in ${where}:`] : []),
    ...troubles
      .slice(0, MOST_TOLD)
      .map(
        ({ value, detail, near, reason, rows: count }) =>
          `  “${value}” (${numbered(count, 'row')}): ${detail}${reason === 'unknown' && near.length > 0 ? `; near: ${near.map(({ name }) => name).join('; ')}` : ''}`,
      ),
    ...(troubles.length > MOST_TOLD ? [`  … and ${troubles.length - MOST_TOLD} more values`] : []),
    ...Object.entries(report.reasons).flatMap(([reason, count]) =>
      reason === 'bad row' || reason === 'not a number' ? [`  ${numbered(count, 'row')}: ${reason}`] : [],
    ),
  ];
}

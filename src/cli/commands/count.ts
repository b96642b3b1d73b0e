import { countSheet } from '../../exporters/sheets.ts';
import type { Count, CountSeries } from '../../machine/answers.ts';
import { AskedWrongly } from '../../machine/errors.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Command, Context } from '../command.ts';
import { tell } from '../format/answer.ts';
import { askedInWords, onAsked } from '../format/dates.ts';
import { type Document, heading, next, paragraph, strong, table, title } from '../format/document.ts';
import {
  capital,
  closing,
  countedInWords,
  coverageLines,
  coverageSpan,
  kindInWords,
  lensBlocks,
  lensLines,
  lensOf,
  sentence,
} from '../format/parts.ts';
import { AT, COMMON, LENS, PART_OF, WITHOUT } from '../options.ts';
import { resolveId } from '../resolve.ts';

export const command: Command = {
  name: 'count',
  summary: 'How many of a kind there were, or how many held a status, on a day or over time; surely, and at most.',
  arguments: [
    {
      usage: '<kind or status…>',
      summary:
        'a kind (integrated-care-board, CCG, “primary care trusts”) or a status (integrated-care-system), under whichever title it bore that day',
    },
  ],
  options: [
    AT,
    { flags: '--every <step>', summary: 'a series instead', choices: ['day', 'month', 'quarter', 'year', 'change'] },
    { flags: '--from <date>', summary: 'first day of the series (default: where the record begins to cover it)' },
    { flags: '--to <date>', summary: 'last day of the series' },
    PART_OF,
    ...LENS,
    WITHOUT,
    ...COMMON,
  ],
  examples: [
    { line: 'stood count integrated-care-system --on 2020-06-01', means: 'how many were designated by then' },
    { line: 'stood count CCG --every year', means: 'the mergers, year by year' },
    { line: 'stood count ICB --every change --format csv', means: 'each day on which the number changed' },
  ],
  details: [
    'Certain is how many there were on every reading of the dates; possible is how many there were at most, the certain ones included. CSV of a series: at, title, certain, possible, covered.',
  ],
  async run(ctx) {
    const of = ctx.args.join(' ').trim();
    if (of === '')
      throw new AskedWrongly(
        'nothing to count was named',
        'for instance: stood count CCG --on 2013-04-01; see: stood kinds',
      );
    const machine = await ctx.machine();
    const partOf = ctx.options.partOf === undefined ? {} : { partOf: await resolveId(ctx, ctx.options.partOf) };
    const { every, from, to } = ctx.options;
    return every !== undefined || from !== undefined || to !== undefined
      ? series(ctx, machine, of, partOf)
      : once(ctx, machine, of, partOf);
  },
};

async function once(ctx: Context, machine: Machine, of: string, partOf: { partOf?: string }): Promise<number> {
  const count = machine.count(of, { ...lensOf(ctx), ...partOf, at: ctx.options.at ?? 'today' });
  await tell(ctx, {
    data: count,
    document: () => documentOf(count, ctx.format === 'markdown'),
    sheet: () => countSheet(count),
    notes: [...lensLines(count), ...coverageLines([count.coverage]), ...(count.note ? [sentence(count.note)] : [])],
  });
  return 0;
}

function documentOf(count: Count, asTable: boolean): Document {
  const covered = count.coverage.completeness !== 'none';
  const head = [title(`${capital(count.title)} ${onAsked(count.at)}`), ...lensBlocks(count)];
  const notCovered = covered
    ? []
    : [
        paragraph([
          strong('Not covered: '),
          `the record does not say how many there were on this day${count.coverage.from === null ? '' : `; it covers them ${coverageSpan(count.coverage)}`}.`,
        ]),
      ];
  const rows = [
    ...(covered || count.certain > 0 || count.possible > 0
      ? ([
          ['Certain', count.certain],
          ['Possible at most', count.possible],
        ] as const)
      : []),
    ...(count.expected > 0 ? ([['Expected', count.expected]] as const) : []),
  ];
  const doubt = count.waves.some(({ certain, possible }) => possible > certain);
  const waves = count.waves.map(({ wave, certain, possible }) => [
    wave,
    String(certain),
    ...(doubt ? [String(possible)] : []),
  ]);
  return [
    ...head,
    ...notCovered,
    ...(asTable
      ? [
          table(
            ['', { title: 'Number', align: 'right' }],
            rows.map(([name, number]) => [name, String(number)]),
          ),
        ]
      : [
          ...(covered
            ? [
                paragraph([
                  strong(countedInWords(count)),
                  count.possible > count.certain ? `, so ${count.possible} at most` : '',
                  ` (${count.coverage.completeness})`,
                ]),
              ]
            : []),
          ...(count.expected > 0
            ? [paragraph(`Expected: ${count.expected}, announced or continuing beyond what was public or is covered.`)]
            : []),
        ]),
    ...(waves.length > 0
      ? [
          heading('By wave'),
          table(
            [
              'Wave',
              { title: doubt ? 'Certain' : 'Number', align: 'right' },
              ...(doubt ? [{ title: 'At most', align: 'right' as const }] : []),
            ],
            waves,
          ),
        ]
      : []),
    ...(count.note ? [paragraph(sentence(count.note))] : []),
    ...closing(coverageLines(covered ? [count.coverage] : []), count.edition),
    next(
      [`stood why ${count.of} --at ${count.at}`, 'explain the number by name'],
      [`stood count ${count.of} --every change`, 'every day on which it changed'],
    ),
  ];
}

async function series(ctx: Context, machine: Machine, of: string, partOf: { partOf?: string }): Promise<number> {
  const { at, every, from, to } = ctx.options;
  if (at !== undefined)
    throw new AskedWrongly('--on asks for one day, and --every, --from and --to for a series', 'leave one of them out');
  const answer = machine.counts(of, {
    ...lensOf(ctx),
    ...partOf,
    every: every ?? 'year',
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  });
  await tell(ctx, {
    data: answer,
    document: () => seriesOf(answer),
    sheet: () => countSheet(answer),
    notes: [...lensLines(answer), ...coverageLines(answer.coverage)],
  });
  return 0;
}

function seriesOf(answer: CountSeries): Document {
  const titles = [...new Set(answer.counts.map((each) => each.title))];
  const steps = {
    day: 'day by day',
    month: 'month by month',
    quarter: 'quarter by quarter',
    year: 'year by year',
    change: 'whenever it changed',
  }[answer.every];
  const head = title(
    `${capital(kindInWords(answer.of))} from ${askedInWords(answer.from)} to ${askedInWords(answer.to)}, ${steps}`,
  );
  if (answer.counts.length === 0)
    return [head, paragraph('The record covers no day of this time.'), ...closing([], answer.edition)];
  const doubt = answer.counts.some(({ certain, possible }) => possible > certain);
  return [
    head,
    ...lensBlocks(answer),
    table(
      [
        'Day',
        { title: doubt ? 'Certain' : 'Number', align: 'right' },
        ...(doubt ? [{ title: 'At most', align: 'right' as const }] : []),
        ...(titles.length > 1 ? ['Then called'] : []),
        '',
      ],
      answer.counts.map((each) => [
        askedInWords(each.at),
        each.covered || each.certain > 0 ? String(each.certain) : '-',
        ...(doubt ? [each.covered || each.possible > 0 ? String(each.possible) : '-'] : []),
        ...(titles.length > 1 ? [each.title] : []),
        each.covered ? '' : 'not covered',
      ]),
    ),
    ...closing(coverageLines(answer.coverage.filter(({ completeness }) => completeness !== 'none')), answer.edition),
  ];
}

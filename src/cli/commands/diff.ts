import { grouped } from '../../exporters/grouped.ts';
import type { Diff, Difference } from '../../machine/answers.ts';
import type { Command } from '../command.ts';
import { twoDays } from '../days.ts';
import { tell } from '../format/answer.ts';
import { askedInWords } from '../format/dates.ts';
import {
  type Block,
  cite,
  type Document,
  heading,
  type Inline,
  items,
  type Line,
  next,
  paragraph,
  strong,
  table,
  title,
} from '../format/document.ts';
import {
  capital,
  closing,
  countedInWords,
  coverageLines,
  kindInWords,
  lensOf,
  nameOf,
  numbered,
  sourcesOf,
  viaLine,
} from '../format/parts.ts';
import { COMMON, LENS, SELECTION, WITHOUT } from '../options.ts';
import { selectionOf } from '../selection.ts';

export const command: Command = {
  name: 'diff',
  summary:
    'What changed between the ends of two days: bodies that appeared or ended, new names, codes, parents and statuses; each with its cause and source.',
  arguments: [
    { usage: '<from>', summary: 'the earlier day' },
    { usage: '<to…>', summary: 'the later day; put “to” between days of several words' },
  ],
  options: [
    { flags: '--all', summary: 'tell every change, instead of summing up many alike' },
    ...SELECTION,
    ...LENS,
    WITHOUT,
    ...COMMON,
  ],
  examples: [
    { line: 'stood diff 2022-06-30 2022-07-01', means: 'the night in which integrated care boards took over' },
    { line: 'stood diff 1 April 2019 to 1 April 2021 --kind CCG', means: 'two years of mergers' },
    {
      line: 'stood diff 2020-03-31 2020-04-01 --format csv',
      means: 'one row a change: id, name, kind, change, before, after, events, sources',
    },
  ],
  async run(ctx) {
    const [from, to] = twoDays(ctx.args, 'diff');
    const diff = (await ctx.machine()).between(from, to, { ...lensOf(ctx), ...(await selectionOf(ctx)) });
    const most = ctx.options.all || ctx.options.kind || ctx.options.partOf ? Number.POSITIVE_INFINITY : 8;
    await tell(ctx, {
      data: diff,
      document: () => (ctx.format === 'markdown' ? markdownOf(diff) : textOf(diff, most)),
      sheet: () => ({
        header: ['id', 'name', 'kind', 'change', 'before', 'after', 'events', 'sources'],
        rows: diff.differences.map((each) => [
          each.id,
          each.name,
          each.kind,
          each.change,
          each.before,
          each.after,
          each.via.map(({ event }) => event).join(';'),
          sourcesOf(each.via)
            .map(({ source }) => source)
            .join(';'),
        ]),
      }),
      notes: [spanOf(diff), ...coverageLines(diff.coverage), ...diff.notes],
    });
    return 0;
  },
};

function spanOf(diff: Diff): string {
  return `What changed between ${askedInWords(diff.from)} and ${askedInWords(diff.to)}`;
}

/** Differences of one manner, or of one manner and one kind. */
function groupsOf(diff: Diff): (readonly [string, readonly Difference[]])[] {
  return [...grouped(diff.differences, ({ kind, change }) => `${capital(kindInWords(kind))}: ${change}`)];
}

function countsBlock(diff: Diff): Block[] {
  const changed = diff.counts.filter(
    ({ before, after }) => before.certain !== after.certain || before.possible !== after.possible,
  );
  const rows = changed.map(({ kind, before, after }) => [
    capital(kindInWords(kind)),
    countedInWords(before),
    countedInWords(after),
  ]);
  return rows.length > 0
    ? [
        heading('In numbers'),
        table(['Kind', { title: 'Before', align: 'right' }, { title: 'After', align: 'right' }], rows),
      ]
    : [];
}

function nothing(diff: Diff): Block[] {
  return diff.differences.length === 0 ? [paragraph('Nothing that the record holds changed between these days.')] : [];
}

function textOf(diff: Diff, most: number): Document {
  return [
    title(spanOf(diff)),
    ...nothing(diff),
    ...countsBlock(diff),
    ...groupsOf(diff).flatMap(([name, members]): Block[] => [
      heading(`${name} (${members.length})`),
      items([
        ...members.slice(0, most === Number.POSITIVE_INFINITY ? members.length : most).map(differenceLine),
        ...(members.length > most ? [`… and ${numbered(members.length - most, 'other')}; add --all to tell each`] : []),
      ]),
    ]),
    ...closing([...coverageLines(diff.coverage), ...diff.notes], diff.edition),
    next(
      [`stood correspondence ${diff.from} ${diff.to}`, 'what became of each body'],
      [`stood timeline --from ${diff.from} --to ${diff.to}`, 'the events between'],
    ),
  ];
}

function differenceLine(each: Difference): Line {
  const codes = [each.codes.ods, each.codes.gss].filter(Boolean).join(', ');
  return [strong(nameOf(each)), codes ? ` (${codes})` : '', ...change(each), '. ', ...viaLine(each.via)];
}

function change({ change: what, before, after }: Difference): Inline[] {
  if (what === 'appeared' || what === 'ended') return [];
  if (before !== null && after !== null) return [`: from ${before} to ${after}`];
  return after !== null ? [`: ${after}`] : before !== null ? [`: no longer ${before}`] : [];
}

function markdownOf(diff: Diff): Document {
  return [
    title(spanOf(diff)),
    ...nothing(diff),
    ...countsBlock(diff),
    ...groupsOf(diff).flatMap(([name, members]): Block[] => [
      heading(name),
      table(
        ['Name', 'Id', 'Before', 'After', 'When'],
        members.map((each) => [
          [nameOf(each), cite(sourcesOf(each.via))],
          each.id,
          each.before ?? '',
          each.after ?? '',
          [...new Set(each.via.map(({ date }) => date))].join(', '),
        ]),
      ),
    ]),
    ...closing([...coverageLines(diff.coverage), ...diff.notes], diff.edition),
  ];
}

import { withoutSheet } from '../../exporters/sheets.ts';
import type { Difference, Without } from '../../machine/answers.ts';
import { AskedWrongly } from '../../machine/errors.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Command, Context } from '../command.ts';
import { tell } from '../format/answer.ts';
import { askedInWords, yearFirst } from '../format/dates.ts';
import { cite, type Document, heading, items, type Line, paragraph, strong, table, title } from '../format/document.ts';
import {
  capital,
  closing,
  eventLine,
  kindInWords,
  lensBlocks,
  lensOf,
  nameOf,
  numbered,
  summedLines,
} from '../format/parts.ts';
import { AT, COMMON, LENS, SELECTION } from '../options.ts';
import { selectionOf } from '../selection.ts';

export const command: Command = {
  name: 'without',
  summary:
    'What would not have followed without an event: everything that names it as its cause, however far down. Hypothetical throughout.',
  arguments: [
    {
      usage: '<event>',
      summary: 'the id of an event, as timeline, history and why show it in JSON and CSV: milestone/event',
    },
  ],
  options: [
    AT,
    { flags: '--all', summary: 'tell everything that fell, however much' },
    ...SELECTION,
    ...LENS,
    ...COMMON,
  ],
  examples: [
    { line: 'stood without health-and-care-act-2022/royal-assent', means: 'what rests on the Act of 2022' },
    {
      line: 'stood without health-and-care-act-2022/royal-assent --at 2022-07-01 --format json',
      means: 'the same, with how 1 July 2022 would have differed',
    },
  ],
  details: ['It follows only causes that the record names. It does not say what would have happened instead.'],
  async run(ctx) {
    const [event] = ctx.args;
    if (event === undefined)
      throw new AskedWrongly(
        'no event was named',
        'for instance: stood without health-and-care-act-2022/royal-assent; “stood timeline --format csv” lists ids',
      );
    return tellWithout(ctx, event, ctx.options.at ?? 'today');
  },
};

/** Tells what would have differed on a day without an event, of the bodies selected. */
export async function tellWithout(ctx: Context, event: string, at: string): Promise<number> {
  const machine = await ctx.machine();
  const { without: _, ...lens } = lensOf(ctx);
  const answer = machine.without(event, { ...lens, ...(await selectionOf(ctx)), at });
  const most = ctx.options.all ? Number.POSITIVE_INFINITY : 20;
  await tell(ctx, {
    data: answer,
    document: () => (ctx.format === 'markdown' ? markdownOf(answer) : textOf(answer, most, machine)),
    sheet: () => withoutSheet(answer),
    notes: answer.notes,
  });
  return 0;
}

function textOf(answer: Without, most: number, machine: Machine): Document {
  const { fell, differences } = answer;
  const titles = new Map(machine.milestones().map((each) => [each.milestone, each.title]));
  const inTime = [...fell].sort((a, b) => (yearFirst(a.date) < yearFirst(b.date) ? -1 : 1));
  const told =
    most === Number.POSITIVE_INFINITY ? inTime.map(eventLine) : summedLines(inTime, (slug) => titles.get(slug) ?? slug);
  const more = (count: number): Line[] =>
    count > most ? [`… and ${numbered(count - most, 'other')}; add --all to tell each`] : [];
  return [
    title(`Without ${answer.event.id}`),
    paragraph(eventLine(answer.event), 2),
    ...lensBlocks(answer),
    heading(`Would not have followed: ${numbered(fell.length, 'event')}`),
    ...(fell.length > 0 ? [items(told)] : [paragraph('No event names it as its cause.', 2)]),
    heading(`How ${askedInWords(answer.at)} would have differed: ${numbered(differences.length, 'difference')}`),
    ...(differences.length > 0
      ? [items([...differences.slice(0, most).map(differenceLine), ...more(differences.length)])]
      : [paragraph('Not at all, as far as the record says.', 2)]),
    ...closing(answer.notes, answer.edition),
  ];
}

const WOULD_BE: Partial<Record<Difference['change'], string>> = {
  appeared: 'would have existed',
  ended: 'would not have existed',
};

function differenceLine(each: Difference): Line {
  const values = [each.before, each.after].filter((value) => value !== null);
  return [
    `${capital(kindInWords(each.kind, false))} `,
    strong(nameOf(each)),
    `: ${WOULD_BE[each.change] ?? `${each.change}${values.length > 0 ? ` (${values.join(' to ')})` : ''}`}`,
  ];
}

function markdownOf(answer: Without): Document {
  return [
    title(`Without ${answer.event.id}`),
    paragraph(eventLine(answer.event)),
    heading('Would not have followed'),
    ...(answer.fell.length > 0
      ? [
          table(
            ['When', 'What', 'Event'],
            answer.fell.map((event) => [event.dateText, [event.sentence, cite(event.sources)], event.id]),
          ),
        ]
      : [paragraph('No event names it as its cause.')]),
    heading(`How ${askedInWords(answer.at)} would have differed`),
    ...(answer.differences.length > 0
      ? [items(answer.differences.map(differenceLine))]
      : [paragraph('Not at all, as far as the record says.')]),
    ...closing(answer.notes, answer.edition),
  ];
}

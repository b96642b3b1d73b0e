import type { TimelineAnswer } from '../../machine/answers.ts';
import type { Command } from '../command.ts';
import { tell } from '../format/answer.ts';
import { askedInWords } from '../format/dates.ts';
import { type Block, cite, type Document, heading, items, paragraph, table, title } from '../format/document.ts';
import { eventSheet } from '../format/events.ts';
import { closing, eventLine, lensBlocks, lensLines, lensOf, summedLines, withDaysInWords } from '../format/parts.ts';
import { milestoneTyped } from '../milestones.ts';
import { COMMON, LENS, SELECTION } from '../options.ts';
import { resolveId } from '../resolve.ts';
import { selectionOf } from '../selection.ts';

export const command: Command = {
  name: 'timeline',
  summary: 'Events in order of time, each with its sources.',
  tooMany: 'days are given with --from and --to, things with --about',
  arguments: [],
  options: [
    { flags: '--from <date>', summary: 'not before this day' },
    { flags: '--to <date>', summary: 'not after this day' },
    { flags: '--milestone <slug>', summary: 'only events of this milestone; “stood replay” lists them' },
    {
      flags: '--theme <theme>',
      summary: 'only this theme: commissioning, systems, boards, law, policy, plans, money, providers, evidence…',
    },
    { flags: '--about <id>', summary: 'only events that touch this thing: an id, a code or a name' },
    { flags: '--all', summary: 'tell each event, instead of summing up many alike on one day' },
    ...SELECTION,
    ...LENS,
    ...COMMON,
  ],
  examples: [
    { line: 'stood timeline --from 2012 --to 2013', means: 'the years of the reforms' },
    { line: 'stood timeline --about system/frimley', means: 'the events of one system' },
    { line: 'stood timeline --theme law --format markdown', means: 'the law, to paste, with footnotes' },
  ],
  async run(ctx) {
    const machine = await ctx.machine();
    const { from, to, milestone, theme, about } = ctx.options;
    const answer = machine.timeline({
      ...lensOf(ctx),
      ...(await selectionOf(ctx)),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(milestone === undefined ? {} : { milestone: milestoneTyped(ctx, machine, milestone) }),
      ...(theme === undefined ? {} : { theme }),
      ...(about === undefined ? {} : { about: await resolveId(ctx, about) }),
    });
    const summed = ctx.format === 'table' && !ctx.options.all && !about;
    await tell(ctx, {
      data: answer,
      document: () =>
        documentOf(
          answer,
          ctx.format === 'markdown',
          summed,
          (slug) => machine.milestones().find((each) => each.milestone === slug)?.title ?? slug,
        ),
      sheet: () => eventSheet(answer.events),
      notes: lensLines(answer),
    });
    return 0;
  },
};

function documentOf(
  answer: TimelineAnswer,
  asTable: boolean,
  summed: boolean,
  titleOf: (milestone: string) => string,
): Document {
  const head = [
    title(`Events from ${askedInWords(answer.from)} to ${askedInWords(answer.to)}: ${answer.events.length}`),
    ...lensBlocks(answer),
  ];
  const tail = closing([], answer.edition);
  if (answer.events.length === 0)
    return [...head, paragraph('The record holds no event as asked in this time.'), ...tail];
  if (asTable)
    return [
      ...head,
      table(
        ['When', 'What happened', 'Event'],
        answer.events.map((event) => [
          event.dateText,
          [withDaysInWords(event.sentence), cite(event.sources)],
          event.id,
        ]),
      ),
      ...tail,
    ];
  const years = new Map<string, TimelineAnswer['events'][number][]>();
  for (const event of answer.events) {
    const year = /\d{4}/.exec(event.date)?.[0] ?? 'Day unknown';
    years.set(year, [...(years.get(year) ?? []), event]);
  }
  return [
    ...head,
    ...[...years].flatMap(([year, events]): Block[] => [
      heading(year),
      items(summed ? summedLines(events, titleOf) : events.map(eventLine)),
    ]),
    ...tail,
  ];
}

import { grouped } from '../../exporters/grouped.ts';
import type { Sheet } from '../../exporters/sheet.ts';
import { eventSheet } from '../../exporters/sheets.ts';
import type { EventAnswer, TimelineAnswer } from '../../machine/answers.ts';
import type { Command } from '../command.ts';
import { tell } from '../format/answer.ts';
import { askedInWords } from '../format/dates.ts';
import { type Block, cite, type Document, heading, items, paragraph, table, title } from '../format/document.ts';
import {
  closing,
  eventLine,
  lensBlocks,
  lensLines,
  lensOf,
  numbered,
  summedLines,
  withDaysInWords,
} from '../format/parts.ts';
import { milestoneTyped } from '../milestones.ts';
import { COMMON, LENS, SELECTION, WITHOUT } from '../options.ts';
import { resolveId } from '../resolve.ts';
import { selectionOf } from '../selection.ts';

/** Events that may fall in the time asked for, told one by one up to this many. */
const MOST_TOLD = 8;

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
    WITHOUT,
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
      sheet: () => sheetOf(answer),
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
  const unsure = new Set(answer.possible);
  const sure = answer.events.filter(({ id }) => !unsure.has(id));
  const perhaps = answer.events.filter(({ id }) => unsure.has(id));
  const head = [
    title(
      `Events from ${askedInWords(answer.from)} to ${askedInWords(answer.to)}: ${sure.length}${perhaps.length > 0 ? `, and ${perhaps.length} that may fall in this time` : ''}`,
    ),
    ...lensBlocks(answer),
  ];
  const tail = closing([], answer.edition);
  if (answer.events.length === 0)
    return [...head, paragraph('The record holds no event as asked in this time.'), ...tail];
  const listed = (events: readonly EventAnswer[]): Block =>
    asTable
      ? table(
          ['When', 'What happened', 'Event'],
          events.map((event) => [event.dateText, [withDaysInWords(event.sentence), cite(event.sources)], event.id]),
        )
      : items(summed ? summedLines(events, titleOf) : events.map(eventLine));
  const years = grouped(sure, ({ date }) => /\d{4}/.exec(date)?.[0] ?? 'Day unknown');
  const mayFall: Block[] =
    perhaps.length === 0
      ? []
      : [
          heading('May fall in this time'),
          summed && perhaps.length > MOST_TOLD ? items(byMilestone(perhaps, titleOf)) : listed(perhaps),
        ];
  return [
    ...head,
    ...(asTable
      ? sure.length > 0
        ? [listed(sure)]
        : []
      : [...years].flatMap(([year, events]): Block[] => [heading(year), listed(events)])),
    ...mayFall,
    ...tail,
  ];
}

/** Events whose day is not known well enough, counted by milestone. */
function byMilestone(events: readonly EventAnswer[], titleOf: (milestone: string) => string): string[] {
  const counted = [...grouped(events, ({ milestone }) => milestone)].map(([slug, own]) => ({ slug, own }));
  counted.sort((a, b) => b.own.length - a.own.length || (a.slug < b.slug ? -1 : 1));
  const lines = counted.map(
    ({ slug, own }) => `${numbered(own.length, 'event', 'events')} of “${titleOf(slug)}” (${slug})`,
  );
  return [...lines, 'With --all, each.'];
}

function sheetOf(answer: TimelineAnswer): Sheet {
  const unsure = new Set(answer.possible);
  const { header, rows } = eventSheet(answer.events);
  return {
    header: [...header, 'falls'],
    rows: rows.map((row, position) => [
      ...row,
      unsure.has(answer.events[position]?.id ?? '') ? 'possibly' : 'certainly',
    ]),
  };
}

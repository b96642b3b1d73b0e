import type { TimelineAnswer } from '../../machine/answers.ts';
import { AskedWrongly } from '../../machine/errors.ts';
import type { Command } from '../command.ts';
import { tell } from '../format/answer.ts';
import { eventSheet } from '../format/events.ts';
import { askedInWords } from '../format/dates.ts';
import { type Block, cite, type Document, heading, items, paragraph, table, title } from '../format/document.ts';
import { capital, closing, eventLine, lensBlocks, lensLines, lensOf, numbered } from '../format/parts.ts';
import { COMMON, LENS, SELECTION } from '../options.ts';
import { resolveId } from '../resolve.ts';
import { milestoneTyped } from '../milestones.ts';
import { selectionOf } from '../selection.ts';

export const command: Command = {
  name: 'timeline',
  summary: 'Events in order of time, each with its sources.',
  arguments: [],
  options: [
    { flags: '--from <date>', summary: 'not before this day' },
    { flags: '--to <date>', summary: 'not after this day' },
    { flags: '--milestone <slug>', summary: 'only events of this milestone; “stood replay” lists them' },
    { flags: '--theme <theme>', summary: 'only this theme: commissioning, systems, boards, law, policy, plans, money, providers, evidence…' },
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
    if (ctx.args.length > 0) throw new AskedWrongly(`“${ctx.args.join(' ')}” is not expected here`, 'days are given with --from and --to, things with --about');
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
      document: () => documentOf(answer, ctx.format === 'markdown', summed, (slug) => machine.milestones().find((each) => each.milestone === slug)?.title ?? slug),
      sheet: () => eventSheet(answer.events),
      notes: lensLines(answer),
    });
    return 0;
  },
};

/** More events than this of one type, milestone and day are told by the first few and counted. */
const ALIKE = 5;

function documentOf(answer: TimelineAnswer, asTable: boolean, summed: boolean, titleOf: (milestone: string) => string): Document {
  const head = [title(`Events from ${askedInWords(answer.from)} to ${askedInWords(answer.to)}: ${answer.events.length}`), ...lensBlocks(answer)];
  const tail = closing([], answer.edition);
  if (answer.events.length === 0) return [...head, paragraph('The record holds no event as asked in this time.'), ...tail];
  if (asTable) return [...head, table(['When', 'What happened', 'Event'], answer.events.map((event) => [event.dateText, [event.sentence, cite(event.sources)], event.id])), ...tail];
  const years = new Map<string, TimelineAnswer['events'][number][]>();
  for (const event of answer.events) {
    const year = /\d{4}/.exec(event.date)?.[0] ?? 'Day unknown';
    years.set(year, [...(years.get(year) ?? []), event]);
  }
  return [
    ...head,
    ...[...years].flatMap(([year, events]): Block[] => [heading(year), items(summed ? summing(events, titleOf) : events.map(eventLine))]),
    ...tail,
  ];
}

function summing(events: TimelineAnswer['events'], titleOf: (milestone: string) => string) {
  const groups = new Map<string, TimelineAnswer['events'][number][]>();
  for (const event of events) {
    const key = [event.date, event.milestone, event.type].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length <= ALIKE) return group.map(eventLine);
    return [eventLine(first), `${capital(first.dateText)}: ${numbered(group.length - 1, 'event')} more of this sort in “${titleOf(first.milestone)}”; see: stood replay ${first.milestone}`];
  });
}

import { milestoneSheet } from '../../exporters/sheets.ts';
import type { MilestoneAnswer, Replay, ReplayStep } from '../../machine/answers.ts';
import { AskedWrongly } from '../../machine/errors.ts';
import { stretchInWords } from '../../views/dates.ts';
import type { Command, Context } from '../command.ts';
import { tell } from '../format/answer.ts';
import { askedInWords, withDates } from '../format/dates.ts';
import {
  type Block,
  cite,
  type Document,
  faint,
  heading,
  items,
  type Line,
  paragraph,
  strong,
  table,
  title,
} from '../format/document.ts';
import {
  capital,
  closing,
  countedInWords,
  kindInWords,
  lensBlocks,
  lensLines,
  lensOf,
  numbered,
  remarkLines,
  withDaysInWords,
} from '../format/parts.ts';
import { renderText } from '../format/text.ts';
import { milestoneTyped } from '../milestones.ts';
import { COMMON, LENS } from '../options.ts';
import { stepThrough } from '../steps.ts';

export const command: Command = {
  name: 'replay',
  summary:
    'A reform step by step: what there was before, each step with its source and what it changed, and what there was after. Without a milestone, lists them.',
  arguments: [{ usage: '[milestone…]', summary: 'a milestone, one of its events, or words of its title' }],
  options: [
    { flags: '--step <n>', summary: 'only this step', least: 1 },
    { flags: '--all', summary: 'print all the steps, even on a terminal' },
    ...LENS,
    ...COMMON,
  ],
  examples: [
    { line: 'stood replay', means: 'all milestones, in order of time' },
    { line: 'stood replay ccg mergers 2020', means: 'words that only one milestone has are enough' },
    { line: 'stood replay health-and-care-act-2022 | less', means: 'in a pipe, all the steps at once' },
  ],
  details: [
    'On a terminal: right, down, space or enter goes on; left or up goes back; home and end go to the first and the last step; q ends.',
  ],
  async run(ctx) {
    const machine = await ctx.machine();
    if (ctx.args.length === 0) return listMilestones(ctx, machine.milestones());
    const whole = machine.replay(milestoneTyped(ctx, machine, ctx.args.join(' ')), lensOf(ctx));
    const replay = ctx.options.step === undefined ? whole : only(whole, ctx.options.step);
    const { stdin } = ctx.io;
    if (
      ctx.format === 'table' &&
      ctx.io.isTTY &&
      stdin?.isTTY &&
      !ctx.options.all &&
      ctx.options.step === undefined &&
      replay.steps.length > 1
    ) {
      const shown = await withDates(() => screens(replay).map((screen) => renderText(screen, ctx)));
      await stepThrough(shown, stdin, ctx.out);
      return 0;
    }
    await tell(ctx, {
      data: replay,
      document: () =>
        ctx.format === 'markdown'
          ? markdownOf(replay)
          : [
              ...opening(replay),
              ...replay.steps.flatMap((step) => stepBlocks(step, whole.steps.length)),
              ...ending(replay),
            ],
      sheet: () => ({
        header: ['step', 'date', 'event', 'type', 'sentence', 'sources', 'changes'],
        rows: replay.steps.flatMap((step) =>
          step.events.map((event) => [
            step.step,
            event.date,
            event.id,
            event.type,
            event.sentence,
            event.sources.map(({ source }) => source).join(';'),
            step.changes.join('; '),
          ]),
        ),
      }),
      notes: lensLines(replay),
    });
    return 0;
  },
};

async function listMilestones(ctx: Context, milestones: readonly MilestoneAnswer[]): Promise<number> {
  await tell(ctx, {
    data: milestones,
    document: () => [
      title(`${numbered(milestones.length, 'milestone')} of NHS reform`),
      ctx.format === 'markdown'
        ? table(
            ['When', 'Milestone', 'What'],
            milestones.map((each) => [stretchInWords(each.from, each.to), each.milestone, each.title]),
          )
        : items(
            milestones.map((each) => [
              strong(each.milestone),
              `, ${stretchInWords(each.from, each.to)}: ${each.title}`,
            ]),
          ),
      paragraph('Replay one step by step: stood replay <milestone>'),
    ],
    sheet: () => milestoneSheet(milestones),
  });
  return 0;
}

function only(replay: Replay, wanted: number): Replay {
  const steps = replay.steps.filter(({ step }) => step === wanted);
  if (steps.length === 0)
    throw new AskedWrongly(
      `${replay.milestone} has no step ${wanted}`,
      `it has ${numbered(replay.steps.length, 'step')}`,
    );
  return { ...replay, steps };
}

function opening(replay: Replay): Document {
  return [
    title(replay.title),
    paragraph(replay.summary),
    ...lensBlocks(replay),
    ...countsBlock(`Before: ${askedInWords(replay.before.at)}`, replay.before.counts),
  ];
}

function ending(replay: Replay): Document {
  return [
    ...countsBlock(`After: ${askedInWords(replay.after.at)}`, replay.after.counts),
    ...closing([], replay.edition),
  ];
}

function countsBlock(name: string, counts: Replay['before']['counts']): Block[] {
  if (counts.length === 0) return [heading(name), paragraph('Nothing that this milestone counts.', 2)];
  return [
    heading(name),
    items(counts.map(({ kind, count }) => `${capital(kindInWords(kind))}: ${countedInWords(count)}`)),
  ];
}

/** Changes of one step told before the rest is counted. */
const TOLD = 8;

function stepBlocks(step: ReplayStep, of: number): Block[] {
  const sources = new Map(step.events.flatMap(({ sources: list }) => list).map((source) => [source.source, source]));
  const changes = step.changes.filter((change) => change !== step.sentence);
  const remarks = remarkLines(step.events).slice(0, 4);
  return [
    heading(`Step ${step.step} of ${of}: ${step.dateText}`),
    paragraph([withDaysInWords(step.sentence), ' ', cite([...sources.values()])], 2),
    items(
      [
        ...step.counts.map(
          ({ kind, before, after }): Line => [
            strong(capital(kindInWords(kind))),
            `: ${countedInWords(before)}, then ${countedInWords(after)}`,
          ],
        ),
        ...changes.slice(0, TOLD).map(withDaysInWords),
        ...(changes.length > TOLD ? [`… and ${numbered(changes.length - TOLD, 'other change')}`] : []),
        ...remarks,
      ],
      4,
    ),
  ];
}

function screens(replay: Replay): Document[] {
  const keys = paragraph([faint('Right or space goes on, left goes back, q ends.')]);
  return [
    [...opening(replay), keys],
    ...replay.steps.map((step) => stepBlocks(step, replay.steps.length)),
    ending(replay),
  ];
}

function markdownOf(replay: Replay): Document {
  return [
    ...opening(replay),
    heading('Steps'),
    table(
      [{ title: 'Step', align: 'right' }, 'When', 'What happened', 'Before and after'],
      replay.steps.map((step) => [
        String(step.step),
        step.dateText,
        [
          step.sentence,
          cite([
            ...new Map(step.events.flatMap(({ sources }) => sources).map((source) => [source.source, source])).values(),
          ]),
        ],
        step.counts
          .map(
            ({ kind, before, after }) =>
              `${kindInWords(kind)}: ${countedInWords(before)}, then ${countedInWords(after)}`,
          )
          .join('; '),
      ]),
    ),
    ...ending(replay),
  ];
}

import { grouped } from '../../exporters/grouped.ts';
import { whySheet } from '../../exporters/sheets.ts';
import type { Why } from '../../machine/answers.ts';
import { AskedWrongly } from '../../machine/errors.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Command, Context } from '../command.ts';
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
  paragraph,
  strong,
  table,
  title,
} from '../format/document.ts';
import {
  capital,
  closing,
  coverageLines,
  existenceInWords,
  lensBlocks,
  lensLines,
  lensOf,
  nameOf,
  remarkLines,
  sentence,
} from '../format/parts.ts';
import { AT, COMMON, LENS } from '../options.ts';
import { looksLikeId, resolveId } from '../resolve.ts';

export const command: Command = {
  name: 'why',
  summary:
    'Why a body was as it was on a day, or why there were so many of a kind or with a status: by name, event and source.',
  arguments: [
    { usage: '<id, kind or status…>', summary: 'icb/devon, a code or a name; or integrated-care-system, CCG' },
  ],
  options: [AT, ...LENS, ...COMMON],
  examples: [
    { line: 'stood why integrated-care-system --at 2020-06-01', means: 'the 18, by name and wave' },
    { line: 'stood why system/lancashire-and-south-cumbria --at 2018-03-01', means: 'why only possibly' },
    {
      line: 'stood why CCG --at 2020-04-01 --format csv',
      means: 'one row a body: subject, name, what, existence, events, sources',
    },
  ],
  async run(ctx) {
    const typed = ctx.args.join(' ').trim();
    if (typed === '')
      throw new AskedWrongly(
        'nothing to explain was named',
        'for instance: stood why integrated-care-system --at 2020-06-01',
      );
    const machine = await ctx.machine();
    const why = await explained(ctx, machine, typed, ctx.options.at ?? 'today');
    await tell(ctx, {
      data: why,
      document: () => (ctx.format === 'markdown' ? markdownOf(why) : textOf(why)),
      sheet: () => whySheet(why),
      notes: [why.answer, ...lensLines(why), ...coverageLines(why.coverage)],
    });
    return 0;
  },
};

/** An id, a kind or a status as the machine reads it; any other word as a code or a name. */
async function explained(ctx: Context, machine: Machine, typed: string, at: string): Promise<Why> {
  try {
    return machine.why(typed, at, lensOf(ctx));
  } catch (problem) {
    if (!(problem instanceof AskedWrongly) || looksLikeId(typed)) throw problem;
    // Reads the date as well: if that was what was wrong, it is said here.
    if (machine.find(typed, { at, limit: 1 }).found.length === 0) throw problem;
    return machine.why(await resolveId(ctx, typed), at, lensOf(ctx));
  }
}

function titleOf(why: Why): string {
  return `Why: ${why.title}, ${askedInWords(why.at)}`;
}

function textOf(why: Why): Document {
  const groups = grouped(why.reasons, ({ what }) => what);
  const alike = [...groups.values()].some((group) => group.length > 1);
  const remarks = remarkLines(why.reasons.flatMap(({ events }) => events));
  return [
    title(titleOf(why)),
    ...lensBlocks(why),
    paragraph([strong(why.answer)]),
    ...(alike
      ? [...groups].flatMap(([what, reasons]): Block[] => [
          heading(`${capital(what)}${reasons.length > 1 ? ` (${reasons.length})` : ''}`),
          items(reasons.map((reason) => reasonLine(reason, false))),
        ])
      : [items(why.reasons.map((reason) => reasonLine(reason, true)))]),
    ...(remarks.length > 0 ? [heading('Other accounts and remarks'), items(remarks)] : []),
    ...closing(coverageLines(why.coverage), why.edition),
  ];
}

function reasonLine(reason: Why['reasons'][number], saysWhat: boolean): Line {
  return [
    ...(reason.existence === 'certain' ? [] : [`${capital(existenceInWords(reason.existence))}: `]),
    strong(nameOf({ id: reason.subject, name: reason.name })),
    ` (${reason.subject})`,
    saysWhat ? `: ${sentence(reason.what)}` : '.',
    ...reason.events.flatMap((event): Inline[] => [
      ` ${capital(event.dateText)}: ${event.sentence} `,
      cite(event.sources),
    ]),
  ];
}

function markdownOf(why: Why): Document {
  return [
    title(titleOf(why)),
    ...lensBlocks(why),
    paragraph(why.answer),
    ...(why.reasons.length > 0
      ? [
          table(
            ['Name', 'Id', 'What', 'Certainty', 'Because'],
            why.reasons.map((each) => [
              nameOf({ id: each.subject, name: each.name }),
              each.subject,
              each.what,
              each.existence,
              each.events.flatMap((event): Inline[] => [
                `${event.dateText}: ${event.sentence}`,
                cite(event.sources),
                ' ',
              ]),
            ]),
          ),
        ]
      : []),
    ...closing(coverageLines(why.coverage), why.edition),
  ];
}

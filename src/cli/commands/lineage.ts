import type { Lineage, LineageLink, LineageNode } from '../../machine/answers.ts';
import { AskedWrongly } from '../../machine/errors.ts';
import { shareInWords } from '../../views/words.ts';
import type { Command } from '../command.ts';
import { tell } from '../format/answer.ts';
import { dateInWords, periodInWords } from '../format/dates.ts';
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
import { closing, codesInWords, lensBlocks, lensLines, lensOf, nameOf, numbered, sourcesOf } from '../format/parts.ts';
import { COMMON, LENS, WITHOUT } from '../options.ts';
import { resolveId } from '../resolve.ts';

export const command: Command = {
  name: 'lineage',
  summary: 'Who came before a body and who came after, however far, with shares where a source gives them.',
  arguments: [{ usage: '<id…>', summary: 'an id (icb/thames-valley), a code or a name' }],
  options: [
    { flags: '--back', summary: 'only who came before' },
    { flags: '--forward', summary: 'only who came after' },
    ...LENS,
    WITHOUT,
    ...COMMON,
  ],
  examples: [
    { line: 'stood lineage icb/thames-valley', means: 'the boards it was made of, and theirs before them' },
    { line: 'stood lineage icb/north-east-and-north-cumbria --back', means: 'down to the primary care trusts' },
    { line: "stood lineage 'NHS Darlington CCG' --forward", means: 'where it led' },
  ],
  details: [
    'A share that no source gives is not shown: it is unknown, not the whole.',
    'CSV has one row a link: from, to, how, date, share, share_of, event, sources.',
  ],
  async run(ctx) {
    const { back, forward } = ctx.options;
    if (back && forward)
      throw new AskedWrongly('--back and --forward each leave the other out', 'give neither to see both');
    const id = await resolveId(ctx, ctx.args.join(' '));
    const lineage = (await ctx.machine()).lineage(id, {
      ...lensOf(ctx),
      direction: back ? 'back' : forward ? 'forward' : 'both',
    });
    await tell(ctx, {
      data: lineage,
      document: () => (ctx.format === 'markdown' ? markdownOf(lineage) : textOf(lineage)),
      sheet: () => ({
        header: ['from', 'to', 'how', 'date', 'share', 'share_of', 'event', 'sources'],
        rows: lineage.links.flatMap((link) =>
          (link.shares.length > 0 ? link.shares : [undefined]).map((share) => [
            link.from,
            link.to,
            link.how,
            link.date,
            share?.share,
            share?.of,
            link.via.event,
            sourcesOf([link.via])
              .map(({ source }) => source)
              .join(';'),
          ]),
        ),
      }),
      notes: [...lensLines(lineage), ...lineage.notes],
    });
    return 0;
  },
};

function textOf(lineage: Lineage): Document {
  const levels = [...new Set(lineage.nodes.map(({ depth }) => depth))].sort((a, b) => a - b);
  const steps = (depth: number) => lineage.nodes.filter((node) => node.depth === depth);
  const self = lineage.nodes.find(({ id, depth }) => id === lineage.of.id && depth === 0);
  const before = levels.filter((level) => level < 0).reverse();
  const after = levels.filter((level) => level > 0);
  return [
    title([nameOf(lineage.of), ` (${[lineage.of.id, codesInWords(lineage.of.codes)].filter(Boolean).join(', ')})`]),
    ...(self
      ? [paragraph(`${periodInWords(self.from, self.until)}.`.replace(/^./, (first) => first.toUpperCase()))]
      : []),
    ...lensBlocks(lineage),
    ...before.flatMap((depth): Block[] => [
      heading(before.length > 1 ? `Came from, ${numbered(-depth, 'step')} back` : 'Came from'),
      items(steps(depth).map((node) => nodeLine(node, lineage.links, 'to', lineage))),
    ]),
    ...after.flatMap((depth): Block[] => [
      heading(after.length > 1 ? `Led to, ${numbered(depth, 'step')} on` : 'Led to'),
      items(steps(depth).map((node) => nodeLine(node, lineage.links, 'from', lineage))),
    ]),
    ...closing(lineage.notes, lineage.edition),
    next([`stood history ${lineage.of.id}`, 'everything about it']),
  ];
}

/** How a succession reads from the body before ("merged into") and from the body after ("merged from"). */
const MANNER: Readonly<Record<'to' | 'from', Readonly<Record<string, string>>>> = {
  to: {
    merger: 'merged into',
    division: 'divided, in part to',
    absorption: 'absorbed into',
    transfer: 'gave a part to',
    replacement: 'replaced by',
  },
  from: {
    merger: 'merged from',
    division: 'a part of',
    absorption: 'absorbed',
    transfer: 'took a part of',
    replacement: 'took over from',
  },
};

/** A body of the lineage with the links that lead on towards the body asked about. */
function nodeLine(node: LineageNode, links: readonly LineageLink[], towards: 'to' | 'from', lineage: Lineage): Line {
  const own = links.filter(
    (link) =>
      link[towards === 'to' ? 'from' : 'to'] === node.id &&
      lineage.nodes.some(({ id, depth }) => id === link[towards] && Math.abs(depth) < Math.abs(node.depth)),
  );
  const name = (id: string) => nameOf(lineage.nodes.find((other) => other.id === id) ?? { id, name: id });
  return [
    strong(nameOf(node)),
    ` (${[node.id, codesInWords(node.codes)].filter(Boolean).join(', ')}), ${periodInWords(node.from, node.until)}`,
    ...own.flatMap((link): Inline[] => [
      `; ${MANNER[towards][link.how] ?? `${link.how}:`} ${name(link[towards])}, ${dateInWords(link.date)}${sharesInWords(link)} `,
      cite(sourcesOf([link.via])),
    ]),
  ];
}

function sharesInWords({ shares }: LineageLink): string {
  return shares.length > 0 ? `; ${shares.map(shareInWords).join('; ')}` : '';
}

function markdownOf(lineage: Lineage): Document {
  const name = (id: string) => nameOf(lineage.nodes.find((node) => node.id === id) ?? { id, name: id });
  return [
    title(`Lineage of ${nameOf(lineage.of)}`),
    ...lensBlocks(lineage),
    ...(lineage.links.length > 0
      ? [
          table(
            ['From', 'To', 'How', 'When', 'Share'],
            lineage.links.map((link) => [
              `${name(link.from)} (${link.from})`,
              `${name(link.to)} (${link.to})`,
              link.how,
              [dateInWords(link.date), cite(sourcesOf([link.via]))],
              link.shares.map(shareInWords).join('; ') || 'unknown',
            ]),
          ),
        ]
      : [paragraph('Nothing before or after it is recorded.')]),
    ...closing(lineage.notes, lineage.edition),
  ];
}

import { findSheet } from '../../exporters/sheets.ts';
import type { Find, Found } from '../../machine/answers.ts';
import { AskedWrongly } from '../../machine/errors.ts';
import type { Command } from '../command.ts';
import { tell } from '../format/answer.ts';
import { periodInWords } from '../format/dates.ts';
import { type Document, items, type Line, next, paragraph, strong, table, title } from '../format/document.ts';
import {
  bodyInWords,
  capital,
  closing,
  codesInWords,
  kindInWords,
  lensBlocks,
  lensLines,
  lensOf,
  nameOf,
} from '../format/parts.ts';
import { AT, COMMON, LENS } from '../options.ts';
import { quoted } from '../resolve.ts';

export const command: Command = {
  name: 'find',
  summary:
    'Things by any code, present or former name, acronym or id, on any day. Dead ones are found too, and say so and where they led.',
  arguments: [{ usage: '<text…>', summary: 'QHM, E54000050, “West Berkshire”, NHSE…' }],
  options: [AT, { flags: '--limit <n>', summary: 'at most so many', least: 1 }, ...LENS, ...COMMON],
  examples: [
    { line: 'stood find West Berkshire', means: 'a name, or part of one' },
    { line: 'stood find QHM', means: 'a code, and everything that ever bore it' },
    {
      line: 'stood find 13T --format csv',
      means: 'id, name, kind, ods, gss, matched, value, existence, from, until, successors',
    },
  ],
  async run(ctx) {
    const query = ctx.args.join(' ').trim();
    if (query === '') throw new AskedWrongly('nothing to find was given', 'for instance: stood find QHM');
    const answer = (await ctx.machine()).find(query, {
      ...lensOf(ctx),
      ...(ctx.options.at === undefined ? {} : { at: ctx.options.at }),
      ...(ctx.options.limit === undefined ? {} : { limit: ctx.options.limit }),
    });
    await tell(ctx, {
      data: answer,
      document: () => (ctx.format === 'markdown' ? markdownOf(answer) : textOf(answer)),
      sheet: () => findSheet(answer),
      notes: [...lensLines(answer), ...(answer.found.length === 0 ? [nothingFound(answer)] : [])],
    });
    return 0;
  },
};

function nothingFound(answer: Find): string {
  return `Nothing in the record is called “${answer.query}”.${answer.near.length > 0 ? ' Did you mean one of these?' : ''}`;
}

function textOf(answer: Find): Document {
  const [first] = answer.found;
  return [
    title(`Found for “${answer.query}”: ${answer.found.length}`),
    ...lensBlocks(answer),
    ...(first
      ? [items(answer.found.map((found) => foundLine(found, answer.at)))]
      : [paragraph(nothingFound(answer)), items(answer.near.map(bodyInWords))]),
    ...closing([], answer.edition),
    ...(first
      ? [next([`stood history ${first.id}`, 'everything about the first'])]
      : [next([`stood find ${quoted(answer.query.split(' ')[0] ?? '')}`, 'try fewer words'])]),
  ];
}

function foundLine(found: Found, at: string): Line {
  return [
    ...bodyInWords(found),
    `, ${kindInWords(found.kind, false)}. ${matchInWords(found)} ${fateInWords(found, at)}`,
  ];
}

function matchInWords({ matched }: Found): string {
  const when = matched.from === null ? '' : `, ${periodInWords(matched.from, matched.until)}`;
  if (matched.what === 'id') return '';
  return `${capital(matched.what.replace(/^(ods|gss)/, (system) => system.toUpperCase()))} ${matched.what.endsWith('name') ? `“${matched.value}”` : matched.value}${when}.`;
}

function fateInWords(found: Found, at: string): string {
  const period = periodInWords(found.from, found.until);
  if (found.existence === 'ended') {
    const on =
      found.successors.length > 0
        ? ` It led to ${found.successors.map((each) => `${nameOf(each)} (${each.id})`).join(', ')}.`
        : ' No successor is recorded.';
    return `Ended: it existed ${found.until === null ? period : `from ${period}`}.${on}`;
  }
  if (found.existence === 'expected')
    return found.from !== null && found.from > at
      ? `Expected, ${period}.`
      : `Last known to exist, ${period}; expected to go on beyond what the record covers.`;
  return `${found.existence === 'certain' ? 'Exists' : capital(found.existence)}, ${period}.`;
}

function markdownOf(answer: Find): Document {
  return [
    title(`Found for “${answer.query}”`),
    ...lensBlocks(answer),
    ...(answer.found.length > 0
      ? [
          table(
            ['Name', 'Id', 'Kind', 'Codes', 'Matched', 'Existence', 'Led to'],
            answer.found.map((each) => [
              strongless(each),
              each.id,
              kindInWords(each.kind, false),
              codesInWords(each.codes),
              `${each.matched.what} ${each.matched.value}`,
              `${each.existence}, ${periodInWords(each.from, each.until)}`,
              each.successors.map(nameOf).join('; '),
            ]),
          ),
        ]
      : [paragraph(nothingFound(answer)), ...(answer.near.length > 0 ? [items(answer.near.map(bodyInWords))] : [])]),
    ...closing([], answer.edition),
  ];
}

function strongless(found: Found): Line {
  return found.existence === 'ended' ? `${nameOf(found)} (ended)` : [strong(nameOf(found))];
}

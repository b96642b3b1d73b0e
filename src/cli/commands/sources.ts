import { grouped } from '../../exporters/grouped.ts';
import { conflictSheet, sourceSheet } from '../../exporters/sheets.ts';
import type { Conflict, SourceAnswer } from '../../machine/answers.ts';
import type { Command } from '../command.ts';
import { tell } from '../format/answer.ts';
import { askedInWords } from '../format/dates.ts';
import {
  type Block,
  cite,
  type Document,
  heading,
  items,
  type Line,
  paragraph,
  strong,
  table,
  title,
} from '../format/document.ts';
import { capital, lensLines, lensOf, numbered, sentence } from '../format/parts.ts';
import { COMMON, LENS } from '../options.ts';
import { resolveId } from '../resolve.ts';

export const command: Command = {
  name: 'sources',
  summary:
    'The sources of the record, or with --conflicts where another source says otherwise and why it is not followed.',
  tooMany: 'for what concerns one thing: stood sources --about icb/devon',
  arguments: [],
  options: [
    { flags: '--conflicts', summary: 'what other sources and official files say, and the ruling' },
    { flags: '--about <id>', summary: 'only what concerns this thing: an id, a code or a name' },
    ...LENS,
    ...COMMON,
  ],
  examples: [
    { line: 'stood sources', means: 'every source, by kind, with how many events rest on it' },
    { line: 'stood sources --conflicts', means: 'every disagreement between sources, with the ruling' },
    { line: 'stood sources --about system/surrey --conflicts', means: 'those about one system' },
  ],
  async run(ctx) {
    const machine = await ctx.machine();
    const about = ctx.options.about === undefined ? {} : { about: await resolveId(ctx, ctx.options.about) };
    if (ctx.options.conflicts) {
      const conflicts = machine.conflicts({ ...lensOf(ctx), ...about });
      await tell(ctx, {
        data: conflicts,
        document: () => conflictsOf(conflicts, ctx.format === 'markdown'),
        sheet: () => conflictSheet(conflicts),
        notes: lensLines({
          publishedBy: ctx.options.publishedBy ?? null,
          recordedBy: ctx.options.recordedBy ?? null,
          dates: ctx.options.dates ?? 'legal',
        }),
      });
      return 0;
    }
    const sources = machine.sources(about);
    await tell(ctx, {
      data: sources,
      document: () => sourcesOf(sources, ctx.format === 'markdown'),
      sheet: () => sourceSheet(sources),
    });
    return 0;
  },
};

function conflictsOf(conflicts: readonly Conflict[], asTable: boolean): Document {
  const head = title(`Where sources conflict: ${conflicts.length}`);
  if (conflicts.length === 0) return [head, paragraph('The record holds no other account of this.')];
  if (asTable)
    return [
      head,
      table(
        ['When', 'The record says', 'Another source says', 'Ruling'],
        conflicts.map(({ event, source, says, ruling, evidence = [] }) => [
          event.dateText,
          [event.sentence, cite(event.sources)],
          [says, cite([source])],
          [ruling, cite(evidence)],
        ]),
      ),
    ];
  return [
    head,
    ...conflicts.flatMap(({ kind, event, source, says, ruling, evidence = [] }): Block[] => [
      heading(`${capital(event.dateText)} (${event.id})`),
      items([
        ['The record says: ', event.sentence, ' ', cite(event.sources)],
        [
          kind === 'divergence' ? 'An official file has: ' : 'Another source says: ',
          sentence(says),
          ' ',
          cite([source]),
        ],
        ['Ruling: ', sentence(ruling), ...(evidence.length > 0 ? [' ', cite(evidence)] : [])],
      ]),
    ]),
  ];
}

function sourcesOf(sources: readonly SourceAnswer[], asTable: boolean): Document {
  const head = title(numbered(sources.length, 'source'));
  if (sources.length === 0) return [head, paragraph('No source is recorded for this.')];
  if (asTable) {
    return [
      head,
      table(
        ['Source', 'Title', 'Publisher', 'Kind', 'Published', 'Address', { title: 'Events', align: 'right' }],
        sources.map((each) => [
          each.source,
          each.title,
          each.publisher,
          each.kind,
          each.published ? askedInWords(each.published) : '',
          each.url ?? '',
          String(each.events),
        ]),
      ),
    ];
  }
  const kinds = grouped(sources, ({ kind }) => kind);
  return [
    head,
    ...[...kinds].flatMap(([kind, list]): Block[] => [
      heading(`${capital(kind.replace(/-/g, ' '))}: ${list.length}`),
      items(list.map(sourceLine)),
    ]),
  ];
}

function sourceLine(each: SourceAnswer): Line {
  return [
    strong(each.title),
    ` (${each.source}). ${sentence(each.publisher)}${each.published ? ` Published ${askedInWords(each.published)}.` : ''} ${numbered(each.events, 'event')}.${each.url ? ` <${each.url}>` : ''}${each.note ? ` ${sentence(each.note)}` : ''}`,
  ];
}

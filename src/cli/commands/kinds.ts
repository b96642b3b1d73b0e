import { kindSheet } from '../../exporters/sheets.ts';
import { KINDS, type Kind } from '../../vocabulary/kinds.ts';
import type { Command } from '../command.ts';
import { tell } from '../format/answer.ts';
import { type Document, paragraph, table, title } from '../format/document.ts';
import { FORMAT, NO_COLOR, WIDTH } from '../options.ts';

export const command: Command = {
  name: 'kinds',
  summary: 'The kinds of body the record holds, from national to local, as used with --kind and count.',
  arguments: [],
  options: [FORMAT, WIDTH, NO_COLOR],
  examples: [
    { line: 'stood kinds', means: 'names, acronyms, and what each is' },
    { line: 'stood kinds --format json', means: 'for programs' },
  ],
  async run(ctx) {
    const kinds: readonly Kind[] = KINDS;
    await tell(ctx, {
      data: kinds,
      document: () => documentOf(kinds),
      sheet: () => kindSheet(kinds),
    });
    return 0;
  },
};

function documentOf(kinds: readonly Kind[]): Document {
  return [
    title('Kinds of body'),
    table(
      ['Kind', 'Acronym', 'Ids begin', 'What it is'],
      kinds.map((each) => [
        each.name,
        each.acronym ?? '',
        `${each.prefix}/`,
        `${each.summary}${each.statutory ? '' : ' Not statutory.'}`,
      ]),
    ),
    paragraph(
      'Count one with “stood count <kind> --on <date>”. Statuses that bodies hold can be counted too: integrated-care-system, sustainability-and-transformation-partnership.',
    ),
  ];
}

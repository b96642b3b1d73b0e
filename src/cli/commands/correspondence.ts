import { grouped } from '../../exporters/grouped.ts';
import { correspondenceSheet } from '../../exporters/sheets.ts';
import type { Correspondence, CorrespondenceRow, Relation } from '../../machine/answers.ts';
import { shareInWords } from '../../views/words.ts';
import type { Command } from '../command.ts';
import { twoDays } from '../days.ts';
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
import {
  capital,
  closing,
  codesInWords,
  coverageLines,
  kindInWords,
  lensOf,
  nameOf,
  numbered,
  sourcesOf,
} from '../format/parts.ts';
import { COMMON, LENS, SELECTION, WITHOUT } from '../options.ts';
import { selectionOf } from '../selection.ts';

export const command: Command = {
  name: 'correspondence',
  summary:
    'What became of each body between two days: same, renamed, recoded, replaced, merged, divided, partly, ended or new. For re-keying data from one year to another.',
  arguments: [
    { usage: '<from>', summary: 'the day of the data you have' },
    { usage: '<to…>', summary: 'the day to bring it to; put “to” between days of several words' },
  ],
  options: [
    { flags: '--changed-only', summary: 'leave out bodies that stayed the same' },
    { flags: '--to-kind <kind>', summary: 'only targets of this kind: sub-icb-location, or integrated-care-board' },
    ...SELECTION,
    ...LENS,
    WITHOUT,
    ...COMMON,
  ],
  examples: [
    {
      line: 'stood correspondence 2017-04-01 2022-07-01 --kind CCG --to-kind ICB --format csv',
      means: 'a table to join with: which board each group led to',
    },
    {
      line: 'stood correspondence 2026-03-31 2026-04-01 --kind ICB --changed-only',
      means: 'the boards that changed on 1 April 2026',
    },
  ],
  details: [
    'A body with several targets has a row for each, marked ambiguous: which one your data belongs to is for you to decide, with the share where a source gives it. An empty share is unknown, not the whole.',
    'CSV columns: from_id, from_name, from_ods, from_gss, relation, to_id, to_name, to_ods, to_gss, share, share_of, ambiguous, existence, events.',
  ],
  async run(ctx) {
    const [from, to] = twoDays(ctx.args, 'correspondence');
    const answer = (await ctx.machine()).correspondence(from, to, {
      ...lensOf(ctx),
      ...(await selectionOf(ctx)),
      unchanged: !ctx.options.changedOnly,
      toKind: ctx.options.toKind,
    });
    await tell(ctx, {
      data: answer,
      document: () => (ctx.format === 'markdown' ? markdownOf(answer) : textOf(answer)),
      sheet: () => correspondenceSheet(answer),
      notes: [titleOf(answer), summaryOf(answer), ...coverageLines(answer.coverage), ...answer.notes],
    });
    return 0;
  },
};

function titleOf(answer: Correspondence): string {
  return `What became of each ${answer.kind ? kindInWords(answer.kind, false) : 'body'} between ${askedInWords(answer.from)} and ${askedInWords(answer.to)}`;
}

const ORDER: readonly Relation[] = [
  'same',
  'renamed',
  'recoded',
  'replaced',
  'merged',
  'divided',
  'partly',
  'ended',
  'new',
];

function summaryOf(answer: Correspondence): string {
  const parts = ORDER.filter((relation) => (answer.summary[relation] ?? 0) > 0).map(
    (relation) => `${answer.summary[relation]} ${relation}`,
  );
  return parts.length > 0
    ? `${capital(parts.join(', '))}.`
    : 'No body existed on either day, as far as the record says.';
}

function textOf(answer: Correspondence): Document {
  const ambiguous = new Set(answer.rows.filter((row) => row.ambiguous).map((row) => row.from?.id)).size;
  return [
    title(titleOf(answer)),
    paragraph(summaryOf(answer)),
    ...(ambiguous > 0
      ? [
          paragraph(
            `${numbered(ambiguous, 'body went', 'bodies went')} to more than one: the record does not pick one for you.`,
          ),
        ]
      : []),
    ...ORDER.flatMap((relation): Block[] => {
      const rows = answer.rows.filter((row) => row.relation === relation);
      return rows.length === 0
        ? []
        : [
            heading(`${capital(relation)} (${rows.length})`),
            items(
              relation === 'same' && rows.length > 12
                ? [
                    `${rows
                      .slice(0, 6)
                      .map(({ to }) => (to ? nameOf(to) : ''))
                      .join('; ')}; and ${rows.length - 6} more. With --format csv, all.`,
                  ]
                : relation === 'merged'
                  ? mergers(rows)
                  : rows.map(rowLine),
            ),
          ];
    }),
    ...closing([...coverageLines(answer.coverage), ...answer.notes], answer.edition),
  ];
}

function refOf(body: CorrespondenceRow['from']): Line {
  if (!body) return 'none';
  const codes = codesInWords(body.codes);
  return `${nameOf(body)} (${codes || body.id})`;
}

function shareOf({ share }: CorrespondenceRow): string {
  return share ? shareInWords(share) : '';
}

function rowLine(row: CorrespondenceRow): Line {
  const [from, to] = [String(refOf(row.from)), String(refOf(row.to))];
  const what =
    row.relation === 'same'
      ? [strong(to)]
      : row.relation === 'new'
        ? [strong(to)]
        : row.relation === 'ended'
          ? [strong(from), ', no successor recorded']
          : [strong(from), ` to ${to}`];
  const more = [
    shareOf(row),
    row.ambiguous ? 'one of several' : '',
    row.existence === 'certain' ? '' : row.existence,
  ].filter(Boolean);
  return [...what, more.length > 0 ? `; ${more.join('; ')}` : '', ' ', cite(sourcesOf(row.via))];
}

/** Bodies that merged, by what they merged into. */
function mergers(rows: readonly CorrespondenceRow[]): Line[] {
  const targets = grouped(rows, ({ to }) => to?.id ?? '');
  return [...targets.values()].map(
    (group): Line => [
      strong(String(refOf(group[0]?.to ?? null))),
      ` from ${group.map((row) => [refOf(row.from), row.share?.share === 1 ? '' : shareOf(row)].filter(Boolean).join(', ')).join('; ')} `,
      cite(sourcesOf(group.flatMap(({ via }) => via))),
    ],
  );
}

function markdownOf(answer: Correspondence): Document {
  return [
    title(titleOf(answer)),
    paragraph(summaryOf(answer)),
    ...(answer.rows.length > 0
      ? [
          table(
            ['From', 'Relation', 'To', 'Share', 'Ambiguous'],
            answer.rows.map((row) => [
              refOf(row.from),
              [row.relation, cite(sourcesOf(row.via))],
              refOf(row.to),
              shareOf(row),
              row.ambiguous ? 'yes' : '',
            ]),
          ),
        ]
      : []),
    ...closing([...coverageLines(answer.coverage), ...answer.notes], answer.edition),
  ];
}

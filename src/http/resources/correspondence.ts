import { correspondenceSheet } from '../../exporters/sheets.ts';
import type { Correspondence } from '../../machine/index.ts';
import { dateInWords } from '../../views/dates.ts';
import { isYes, LENS, PAGED, SELECTION, text, WITHOUT } from '../parameters.ts';
import type { Resource } from '../resource.ts';
import { isDated } from '../standing.ts';

export const correspondence: Resource = {
  name: 'correspondence',
  summary:
    'What became of each body between two days: same, merged, divided, ended…; for re-keying data from one year to another.',
  paths: ['/correspondence/{from}..{to}'],
  params: { from: 'The day of the data you have.', to: 'The day to bring it to.' },
  query: {
    ...LENS,
    ...SELECTION,
    ...WITHOUT,
    toKind: text('Only targets of this kind.', 'ICB'),
    changedOnly: text('“true” leaves out bodies that stayed the same.', 'true'),
    ...PAGED,
  },
  examples: [
    { path: '/correspondence/2020-03-31..2020-04-01?kind=CCG&changedOnly=true', means: 'the mergers of April 2020' },
    { path: '/correspondence/2017-04-01..2022-07-01?kind=CCG&toKind=ICB', means: 'which board each group led to' },
  ],
  command: 'correspondence',
  answer: (machine, { params, query, lens, selection }) =>
    machine.correspondence(params.from ?? '', params.to ?? '', {
      ...lens,
      ...selection,
      unchanged: !isYes(query.changedOnly),
      toKind: query.toKind,
    }),
  sheet: (answer: Correspondence) => ({
    ...correspondenceSheet(answer),
    title: `What became of each body between ${dateInWords(answer.from)} and ${dateInWords(answer.to)}`,
    notes: answer.notes,
  }),
  list: 'rows',
  dated: ({ params }) => isDated(params.from) && isDated(params.to),
};

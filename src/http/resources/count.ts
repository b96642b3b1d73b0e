import { countSheet } from '../../exporters/sheets.ts';
import { AskedWrongly, type Count, type CountSeries } from '../../machine/index.ts';
import { dateInWords } from '../../views/dates.ts';
import { countsPicture } from '../../views/pictures/index.ts';
import { kindInWords } from '../../views/words.ts';
import { AT, LENS, oneOf, SELECTION, text, WITHOUT } from '../parameters.ts';
import type { Resource } from '../resource.ts';
import { isDated } from '../standing.ts';

const STEPS: readonly CountSeries['every'][] = ['day', 'month', 'quarter', 'year', 'change'];

export const count: Resource = {
  name: 'count',
  summary: 'How many of a kind, or holders of a status, on a day or over time; surely, and at most.',
  paths: ['/count/{kind}'],
  params: { kind: 'A kind of body or a status: integrated-care-board, CCG, integrated-care-system.' },
  query: {
    ...AT,
    every: oneOf(['day', 'month', 'quarter', 'year', 'change'], 'A series instead, by this step.'),
    from: text('First day of the series.', '2013'),
    to: text('Last day of the series.', '2023'),
    ...(SELECTION.partOf ? { partOf: SELECTION.partOf } : {}),
    ...LENS,
    ...WITHOUT,
  },
  examples: [
    { path: '/count/integrated-care-system?at=2020-06-01', means: 'how many were designated by then' },
    { path: '/count/CCG?every=year', means: 'the mergers, year by year' },
    { path: '/count/ICB?every=change', means: 'each day on which the number changed' },
    {
      path: '/count/CCG?at=2022-07-01&without=health-and-care-act-2022/royal-assent',
      means: 'how many groups there would have been without the Act of 2022: hypothetical',
    },
  ],
  command: 'count',
  answer: (machine, { params, query, lens, selection }) => {
    const of = params.kind ?? '';
    const { at, every, from, to } = query;
    if (every === undefined && from === undefined && to === undefined)
      return machine.count(of, { ...lens, partOf: selection.partOf, at: at ?? 'today' });
    if (at !== undefined)
      throw new AskedWrongly('at asks for one day, and every, from and to for a series', 'leave one of them out');
    return machine.counts(of, {
      ...lens,
      partOf: selection.partOf,
      every: STEPS.find((step) => step === every) ?? 'year',
      from,
      to,
    });
  },
  sheet: (answer: Count | CountSeries) => ({
    ...countSheet(answer),
    title:
      'counts' in answer
        ? `How many: ${kindInWords(answer.of)}, from ${dateInWords(answer.from)} to ${dateInWords(answer.to)}`
        : `How many: ${kindInWords(answer.of)}, ${dateInWords(answer.at)}`,
  }),
  picture: (machine, { params, query, lens, selection }) =>
    countsPicture(
      [
        machine.counts(params.kind ?? '', {
          ...lens,
          partOf: selection.partOf,
          every: STEPS.find((step) => step === query.every) ?? 'change',
          from: query.from,
          to: query.to,
        }),
      ],
      { standalone: true, ...(query.at === undefined ? {} : { cursor: machine.day(query.at, lens).at }) },
    ),
  dated: ({ query }) => isDated(query.at) || (isDated(query.from) && isDated(query.to)),
};

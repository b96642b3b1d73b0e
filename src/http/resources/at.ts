import { LENS, NAMED, PAGED, SELECTION, WITHOUT } from '../parameters.ts';
import type { Resource } from '../resource.ts';
import { isDated, stoodOn } from '../standing.ts';

export const at: Resource = {
  name: 'at',
  summary: 'What existed on a day: bodies, names, codes, relations, by which event, says who.',
  paths: ['/at/{date}'],
  params: {
    date: 'The day, as you would write it; a month or a year asks what existed throughout it or at some time in it.',
  },
  query: { ...LENS, ...SELECTION, ...WITHOUT, ...PAGED, ...NAMED },
  examples: [
    { path: '/at/2013-04-01', means: 'the day the reforms of 2012 came into force' },
    { path: '/at/2022-07-01?kind=ICB', means: 'every integrated care board on its first day' },
    {
      path: '/at/2022-04-01?publishedBy=2021-11-01&kind=ICB',
      means: 'what was then expected, seen from five months before',
    },
    { path: '/at/2018-06?partOf=system/frimley', means: 'a month, and what was part of one system in it' },
    {
      path: '/at/2022-07-01?without=health-and-care-act-2022/royal-assent',
      means: 'what would differ without the Act of 2022',
    },
  ],
  command: 'on',
  answer: (machine, ask) => stoodOn(machine, ask, ask.params.date ?? 'today'),
  material: (machine, { params, lens, selection }) => machine.material({ ...lens, ...selection, at: params.date }),
  list: 'bodies',
  supposes: 'differences',
  dated: ({ params }) => isDated(params.date),
};

import { LENS, PAGED, SELECTION, WITHOUT } from '../parameters.ts';
import type { Resource } from '../resource.ts';
import { isDated } from '../standing.ts';

export const compare: Resource = {
  name: 'compare',
  summary: 'What changed between the ends of two days, with cause and source.',
  paths: ['/at/{from}..{to}'],
  params: { from: 'The earlier day.', to: 'The later day.' },
  query: { ...LENS, ...SELECTION, ...WITHOUT, ...PAGED },
  examples: [
    { path: '/at/2013-03-31..2013-04-01', means: 'what the reforms of 2012 changed overnight' },
    { path: '/at/2022-06-30..2022-07-01?kind=ICB', means: 'the boards that appeared' },
    {
      path: '/at/2022-06-30..2022-07-01?kind=CCG&without=health-and-care-act-2022/royal-assent',
      means: 'the same night without the Act of 2022: hypothetical',
    },
  ],
  command: 'diff',
  answer: (machine, { params, lens, selection }) =>
    machine.between(params.from ?? '', params.to ?? '', { ...lens, ...selection }),
  material: (machine, { params, lens, selection }) =>
    machine.material({ ...lens, ...selection, from: params.from, to: params.to }),
  list: 'differences',
  dated: ({ params }) => isDated(params.from) && isDated(params.to),
};

import { AT, LENS } from '../parameters.ts';
import type { Resource } from '../resource.ts';
import { isDated } from '../standing.ts';

export const why: Resource = {
  name: 'why',
  summary: 'Why a body was as it was on a day, or why there were so many of a kind or with a status.',
  paths: ['/why/{id…}'],
  params: { id: 'An id (icb/devon), a kind (CCG) or a status (integrated-care-system).' },
  query: { ...AT, ...LENS },
  examples: [
    { path: '/why/integrated-care-system?at=2020-06-01', means: 'the 18, by name and wave' },
    { path: '/why/system/lancashire-and-south-cumbria?at=2018-03-01', means: 'why only possibly' },
  ],
  command: 'why',
  answer: (machine, { params, query, lens }) => machine.why(params.id ?? '', query.at ?? 'today', lens),
  list: 'reasons',
  dated: ({ query }) => isDated(query.at),
};

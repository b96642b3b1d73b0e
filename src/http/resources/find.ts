import { findSheet } from '../../exporters/sheets.ts';
import { AskedWrongly, type Find } from '../../machine/index.ts';
import { dateInWords } from '../../views/dates.ts';
import { AT, LENS, text, whole } from '../parameters.ts';
import type { Resource } from '../resource.ts';
import { isDated } from '../standing.ts';

export const find: Resource = {
  name: 'find',
  summary: 'Things by any code, present or former name, acronym or id, dead or alive.',
  paths: ['/find'],
  params: {},
  query: {
    q: text('What is looked for.', 'West Berkshire'),
    ...AT,
    limit: whole(1, 500, 'At most so many.'),
    ...LENS,
  },
  examples: [
    { path: '/find?q=West+Berkshire', means: 'a name, or part of one' },
    { path: '/find?q=QHM', means: 'a code, and everything that ever bore it' },
  ],
  command: 'find',
  answer: (machine, { query, lens }) => {
    if (query.q === undefined) throw new AskedWrongly('nothing to find was given', 'for instance: /find?q=QHM');
    return machine.find(query.q, {
      ...lens,
      at: query.at,
      limit: query.limit === undefined ? undefined : Number(query.limit),
    });
  },
  sheet: (answer: Find) => ({
    ...findSheet(answer),
    title: `Found for “${answer.query}”, ${dateInWords(answer.at)}`,
  }),
  dated: ({ query }) => isDated(query.at),
};

import { ABOUT, PAGED } from '../parameters.ts';
import type { Resource } from '../resource.ts';

export const sources: Resource = {
  name: 'sources',
  summary: 'The sources of the record, with how many events rest on each.',
  paths: ['/sources'],
  params: {},
  query: { ...ABOUT, ...PAGED },
  examples: [
    { path: '/sources', means: 'every source' },
    { path: '/sources?about=icb/devon', means: 'those of one body' },
  ],
  command: 'sources',
  answer: (machine, { query }) => machine.sources({ about: query.about }),
  list: '',
  dated: () => true,
};

import { sourceSheet } from '../../exporters/sheets.ts';
import type { SourceAnswer } from '../../machine/index.ts';
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
  sheet: (answer: readonly SourceAnswer[], { query }) => ({
    ...sourceSheet(answer),
    title: query.about === undefined ? 'The sources of the record' : `The sources of ${query.about}`,
  }),
  material: (machine, { query }) => {
    const chosen = machine.sources({ about: query.about });
    const title = query.about === undefined ? 'The sources of the record' : `The sources of ${query.about}`;
    return { ...machine.material({ events: [] }), title, sources: chosen };
  },
  carried: ['.bib', '.csl.json', '.ris', '.ttl', '.jsonld', '.ndjson'],
  list: '',
  dated: () => true,
};

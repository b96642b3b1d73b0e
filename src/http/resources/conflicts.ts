import { conflictSheet } from '../../exporters/sheets.ts';
import type { Conflict } from '../../machine/index.ts';
import { ABOUT, LENS, PAGED } from '../parameters.ts';
import type { Resource } from '../resource.ts';

export const conflicts: Resource = {
  name: 'conflicts',
  summary: 'Where another source says otherwise, and why it is not followed.',
  paths: ['/conflicts'],
  params: {},
  query: { ...ABOUT, ...LENS, ...PAGED },
  examples: [
    { path: '/conflicts', means: 'every disagreement between sources, with the ruling' },
    { path: '/conflicts?about=system/devon', means: 'those about one system' },
  ],
  command: 'sources',
  answer: (machine, { query, lens }) => machine.conflicts({ ...lens, about: query.about }),
  sheet: (answer: readonly Conflict[]) => ({ ...conflictSheet(answer), title: 'Where sources disagree' }),
  list: '',
  dated: () => true,
};

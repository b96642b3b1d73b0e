import { LENS } from '../parameters.ts';
import type { Resource } from '../resource.ts';

export const england: Resource = {
  name: 'england',
  summary: 'Who followed whom in all of England.',
  paths: ['/lineage'],
  params: {},
  query: { ...LENS },
  examples: [{ path: '/lineage', means: 'from health authorities to the boards of 2026' }],
  page: 'lineage',
};

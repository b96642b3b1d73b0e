import { has } from '../src/timeline/change.ts';
import { defineProjection } from './define.ts';

export const lineage = defineProjection({
  name: 'lineage',
  summary: 'Who followed whom: n predecessors, m successors, with shares where a source gives them.',
  on: {
    OrganisationsReorganised: ({ data }) =>
      data.from.flatMap((from) => data.to.map((to) => has(from, 'succeeded-by', to, data.how))),
  },
});

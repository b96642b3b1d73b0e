import { has } from '../src/timeline/change.ts';
import { defineProjection } from './define.ts';

export const lineage = defineProjection({
  name: 'lineage',
  summary: 'Who followed whom: n predecessors, m successors, with shares where a source gives them.',
  on: {
    // The event is the value, so that two successions between the same two bodies stay two.
    OrganisationsReorganised: ({ id, data }) =>
      data.from.flatMap((from) => data.to.map((to) => has(from, 'succeeded-by', to, id))),
  },
});

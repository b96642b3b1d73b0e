import { has, lacks } from '../src/timeline/change.ts';
import { defineProjection, each } from './define.ts';

export const relationships = defineProjection({
  name: 'relationships',
  summary: 'Who is part of, a member of, overseen by, led jointly with or hosted by whom.',
  on: {
    RelationshipBegan: ({ data }) => each(data.from).map((from) => has(from, data.relation, data.to)),
    RelationshipEnded: ({ data }) => each(data.from).map((from) => lacks(from, data.relation, data.to)),
  },
});

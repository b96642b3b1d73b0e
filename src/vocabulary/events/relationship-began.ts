import { defineEventType, many, touch } from '../define.ts';
import { oneOrMany, organisation, text, z } from '../schemas.ts';

export const relationshipBegan = defineEventType({
  name: 'RelationshipBegan',
  family: 'relationships',
  phase: 'relationships begin',
  version: 1,
  summary: 'One or more bodies begin to stand in a relation to another.',
  data: z.strictObject({
    relation: z.enum(['part-of', 'member-of', 'serves', 'overseen-by', 'shares-leadership-with', 'hosts']),
    from: oneOrMany(organisation),
    to: organisation,
    note: text.optional(),
  }),
  touches: ({ from, to }) => [...touch('needs', from), ...touch('needs', to)],
  sentence: ({ relation, from, to }, say) =>
    `${say.list(many(from))} became ${{ 'part-of': 'part of', 'member-of': 'a member of', serves: 'a service to', 'overseen-by': 'overseen by', 'shares-leadership-with': 'joined in leadership with', hosts: 'host to' }[relation]} ${say.name(to)}.`,
  example: { relation: 'part-of', from: ['icb/devon', 'icb/dorset'], to: 'region/south-west' },
});

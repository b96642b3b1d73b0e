import { defineEventType, many, touch } from '../define.ts';
import { oneOrMany, organisation, text, z } from '../schemas.ts';

export const relationshipEnded = defineEventType({
  name: 'RelationshipEnded',
  family: 'relationships',
  phase: 'relationships end',
  version: 1,
  summary: 'A relation ends although both bodies go on; the end of either body ends it anyway.',
  data: z.strictObject({
    relation: z.enum(['part-of', 'member-of', 'serves', 'overseen-by', 'shares-leadership-with', 'hosts']),
    from: oneOrMany(organisation),
    to: organisation,
    note: text.optional(),
  }),
  touches: ({ from, to }) => [...touch('cites', from), ...touch('cites', to)],
  sentence: ({ relation, from, to }, say) =>
    `${say.list(many(from))} ceased to be ${{ 'part-of': 'part of', 'member-of': 'a member of', serves: 'a service to', 'overseen-by': 'overseen by', 'shares-leadership-with': 'joined in leadership with', hosts: 'host to' }[relation]} ${say.name(to)}.`,
  example: { relation: 'part-of', from: 'ccg/east-surrey', to: 'system/sussex' },
});

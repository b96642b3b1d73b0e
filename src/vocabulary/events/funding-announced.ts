import { defineEventType, touch } from '../define.ts';
import { text, thingOrKind, title, z } from '../schemas.ts';

export const fundingAnnounced = defineEventType({
  name: 'FundingAnnounced',
  family: 'figures',
  phase: 'publications',
  version: 1,
  summary: 'Money is announced, and for what.',
  data: z.strictObject({
    of: thingOrKind,
    amount: z.number().positive().describe('In pounds'),
    purpose: text,
    period: title.optional(),
    qualifier: z.enum(['exactly', 'about', 'at least', 'at most', 'more than', 'less than']).optional(),
  }),
  touches: ({ of }) => touch('cites', of),
  sentence: ({ amount, qualifier, purpose }) =>
    `${qualifier && qualifier !== 'exactly' ? `${qualifier[0]?.toUpperCase()}${qualifier.slice(1)} ` : ''}\u00a3${amount.toLocaleString('en-GB')} was announced: ${purpose}`,
  example: {
    of: 'status/integrated-care-system',
    amount: 450000000,
    qualifier: 'at most',
    purpose: 'Transformation funding over four years.',
  },
});

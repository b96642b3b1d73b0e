import { defineEventType, touch } from '../define.ts';
import { organisation, share, text, title, z } from '../schemas.ts';

export const organisationsReorganised = defineEventType({
  name: 'OrganisationsReorganised',
  family: 'bodies',
  phase: 'functions',
  version: 1,
  summary:
    'Who followed whom, kept whole: n predecessors, m successors, and nothing else. Beginnings and endings are events of their own.',
  data: z.strictObject({
    from: z.array(organisation).min(1),
    to: z.array(organisation).min(1),
    how: z.enum(['merger', 'division', 'absorption', 'transfer', 'replacement']),
    shares: z
      .array(
        z.strictObject({
          from: organisation,
          to: organisation,
          share: share.describe('Of the predecessor, 0 to 1'),
          of: z.enum(['population', 'area', 'postcodes']),
          basis: title.optional(),
        }),
      )
      .optional()
      .describe('Absent means unknown'),
    note: text.optional(),
  }),
  touches: ({ from, to }) => [...touch('cites', from), ...touch('cites', to)],
  sentence: ({ from, to, how }, say) =>
    `${say.list(from)} ${from.length > 1 ? 'were' : 'was'} ${{ merger: 'merged into', division: 'divided between', absorption: 'absorbed into', transfer: 'transferred in part to', replacement: 'replaced by' }[how]} ${say.list(to)}.`,
  example: {
    from: ['icb/frimley'],
    to: ['icb/thames-valley', 'icb/surrey-and-sussex', 'icb/hampshire-and-isle-of-wight'],
    how: 'division',
  },
});

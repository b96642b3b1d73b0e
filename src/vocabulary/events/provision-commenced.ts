import { defineEventType, touch } from '../define.ts';
import { legislation, text, title, z } from '../schemas.ts';

export const provisionCommenced = defineEventType({
  name: 'ProvisionCommenced',
  family: 'law and policy',
  phase: 'law',
  version: 1,
  summary: 'Provisions of an Act or instrument come into force, wholly or for some purposes.',
  data: z.strictObject({
    legislation,
    provisions: title.optional().describe('Left out: the whole'),
    by: legislation.optional().describe('The instrument that commences it'),
    extent: text.optional(),
    summary: text.optional(),
  }),
  touches: ({ legislation, by }) => [...touch('needs', legislation), ...touch('cites', by)],
  sentence: ({ legislation, provisions, by, summary }, say) =>
    `${provisions ?? 'The provisions'} of ${say.name(legislation)} came into force${by ? ` by ${say.name(by)}` : ''}${summary ? `: ${summary}` : '.'}`,
  example: { legislation: 'act/2022-31', provisions: 'Part 1', by: 'si/2022-734' },
});

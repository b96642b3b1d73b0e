import { defineEventType, touch } from '../define.ts';
import { legislation, text, title, z } from '../schemas.ts';

export const legislationRepealed = defineEventType({
  name: 'LegislationRepealed',
  family: 'law and policy',
  phase: 'law',
  version: 1,
  summary: 'An Act, instrument or some provisions cease to be law.',
  data: z.strictObject({
    legislation,
    provisions: title.optional().describe('Left out: the whole'),
    by: legislation.optional(),
    summary: text.optional(),
  }),
  touches: ({ legislation, provisions, by }) => [
    ...touch(provisions ? 'needs' : 'ends', legislation),
    ...touch('cites', by),
  ],
  sentence: ({ legislation, provisions, by }, say) =>
    `${provisions ? `${provisions} of ` : ''}${say.name(legislation)} ceased to be law${by ? ` by ${say.name(by)}` : ''}.`,
  example: { legislation: 'act/2012-7', provisions: 'Section 9', by: 'act/2022-31' },
});

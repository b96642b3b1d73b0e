import { defineEventType, touch } from '../define.ts';
import { legislation, text, title, z } from '../schemas.ts';

export const legislationEnacted = defineEventType({
  name: 'LegislationEnacted',
  family: 'law and policy',
  phase: 'law',
  version: 1,
  summary: 'An Act receives Royal Assent, or an instrument is made: it is law, though not all of it need be in force.',
  data: z.strictObject({
    legislation,
    title,
    citation: title.optional(),
    bill: legislation.optional(),
    summary: text.optional(),
  }),
  touches: ({ legislation, bill }) => [...touch('begins', legislation), ...touch('ends', bill)],
  sentence: ({ title, legislation }) =>
    `${title} ${legislation.startsWith('si/') ? 'was made' : 'received Royal Assent'}.`,
  example: { legislation: 'act/2022-31', title: 'Health and Care Act 2022', citation: '2022 c. 31' },
});

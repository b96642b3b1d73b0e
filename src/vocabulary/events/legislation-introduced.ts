import { defineEventType, touch } from '../define.ts';
import { legislation, text, title, z } from '../schemas.ts';

export const legislationIntroduced = defineEventType({
  name: 'LegislationIntroduced',
  family: 'law and policy',
  phase: 'publications',
  version: 1,
  summary: 'A bill is introduced in Parliament.',
  data: z.strictObject({
    legislation,
    title,
    house: z.enum(['Commons', 'Lords']).optional(),
    summary: text.optional(),
  }),
  touches: ({ legislation }) => touch('begins', legislation),
  sentence: ({ title, house }) => `${title} was introduced in ${house ? `the House of ${house}` : 'Parliament'}.`,
  example: { legislation: 'bill/health-and-care-2021', title: 'Health and Care Bill', house: 'Commons' },
});

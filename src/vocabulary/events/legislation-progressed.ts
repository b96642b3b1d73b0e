import { defineEventType, touch } from '../define.ts';
import { legislation, text, title, z } from '../schemas.ts';

export const legislationProgressed = defineEventType({
  name: 'LegislationProgressed',
  family: 'law and policy',
  phase: 'publications',
  version: 1,
  summary: 'A bill passes a stage.',
  data: z.strictObject({ legislation, stage: title, summary: text.optional() }),
  touches: ({ legislation }) => touch('needs', legislation),
  sentence: ({ legislation, stage }, say) => `${say.name(legislation)} reached ${stage}.`,
  example: { legislation: 'bill/health-and-care-2021', stage: 'second reading in the Commons' },
});

import { defineEventType, touch } from '../define.ts';
import { designation, text, z } from '../schemas.ts';

export const statusEnded = defineEventType({
  name: 'StatusEnded',
  family: 'status',
  phase: 'status and programmes',
  version: 1,
  summary: 'A designation ends: absorbed into another, withdrawn, or overtaken.',
  data: z.strictObject({
    designation,
    how: z.enum(['absorbed', 'withdrawn', 'replaced', 'completed']).optional(),
    into: designation.optional().describe('The designation that absorbed or replaced it'),
    reason: text.optional(),
  }),
  touches: ({ designation, into }) => [...touch('ends', designation), ...touch('cites', into)],
  sentence: ({ designation, how, into }, say) =>
    `The designation of ${say.name(designation)} ended${how && into ? `: ${how} by ${say.name(into)}` : how ? ` (${how})` : ''}.`,
  example: {
    designation: 'designation/integrated-care-system-berkshire-west',
    how: 'absorbed',
    into: 'designation/integrated-care-system-buckinghamshire-oxfordshire-and-berkshire-west',
  },
});

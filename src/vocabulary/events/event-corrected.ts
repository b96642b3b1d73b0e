import { defineEventType } from '../define.ts';
import { text, z } from '../schemas.ts';

export const eventCorrected = defineEventType({
  name: 'EventCorrected',
  family: 'record',
  phase: 'publications',
  version: 1,
  summary:
    'An earlier event was recorded wrongly: the replacement holds from the day this is recorded; the old wording stays readable by `recordedBy`.',
  data: z.strictObject({
    event: z.string().min(3).describe('Id of the event that was wrong'),
    replacement: z.looseObject({}).describe('The event as it should have read: any of effective, data, sources, note…'),
    reason: text,
  }),
  touches: () => [],
  sentence: ({ event, reason }) => `The record was corrected: ${event}. ${reason}`,
  example: {
    event: 'example/established',
    replacement: { effective: '2013-04-01' },
    reason: 'The order gives another day.',
  },
});

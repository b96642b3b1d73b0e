import { defineEventType } from '../define.ts';
import { text, z } from '../schemas.ts';

export const eventWithdrawn = defineEventType({
  name: 'EventWithdrawn',
  family: 'record',
  phase: 'publications',
  version: 1,
  summary: 'An earlier event should not have been recorded: it never happened, or no source bears it.',
  data: z.strictObject({ event: z.string().min(3), reason: text }),
  touches: () => [],
  sentence: ({ event, reason }) => `The record withdrew ${event}. ${reason}`,
  example: { event: 'example/established', reason: 'The source describes another body.' },
});

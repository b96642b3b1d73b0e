import { defineEventType, touch } from '../define.ts';
import { plan, text, z } from '../schemas.ts';

export const planMet = defineEventType({
  name: 'PlanMet',
  family: 'plans',
  phase: 'publications',
  version: 1,
  summary: 'What was promised came about, wholly or in part.',
  data: z.strictObject({ plan, extent: z.enum(['wholly', 'partly']).optional(), how: text.optional() }),
  touches: ({ plan }) => touch('ends', plan),
  sentence: ({ plan, extent, how }, say) =>
    `${say.name(plan)} was ${extent === 'partly' ? 'partly met' : 'met'}${how ? `: ${how}` : '.'}`,
  example: { plan: 'plan/statutory-systems', how: '42 boards were established on 1 July 2022.' },
});

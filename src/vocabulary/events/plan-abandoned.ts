import { defineEventType, touch } from '../define.ts';
import { plan, text, z } from '../schemas.ts';

export const planAbandoned = defineEventType({
  name: 'PlanAbandoned',
  family: 'plans',
  phase: 'publications',
  version: 1,
  summary: 'A plan is dropped, or overtaken before it came about.',
  data: z.strictObject({ plan, reason: text.optional() }),
  touches: ({ plan }) => touch('ends', plan),
  sentence: ({ plan, reason }, say) => `${say.name(plan)} was abandoned${reason ? `: ${reason}` : '.'}`,
  example: { plan: 'plan/icp-contract-in-dudley', reason: 'The contract was shelved.' },
});

import { defineEventType, touch } from '../define.ts';
import { edtf, kindName, plan, status, text, title, z } from '../schemas.ts';

export const planRevised = defineEventType({
  name: 'PlanRevised',
  family: 'plans',
  phase: 'publications',
  version: 1,
  summary: 'An open plan gets another day or another promise.',
  data: z.strictObject({
    plan,
    promise: text.optional(),
    expected: edtf.optional(),
    expects: z
      .array(
        z.strictObject({
          kind: kindName,
          count: z.number().int().positive().optional(),
          each: status.optional().describe('One for each holder of this status'),
          bodies: z.array(title).optional().describe('As the source names them'),
        }),
      )
      .optional()
      .describe('Bodies that are to exist if the plan is met'),
    reason: text.optional(),
  }),
  touches: ({ plan }) => touch('needs', plan),
  sentence: ({ plan, expected, promise }, say) =>
    `${say.name(plan)} was revised${expected ? `: now expected ${expected}` : ''}${promise ? `: ${promise}` : '.'}`,
  example: { plan: 'plan/statutory-systems', expected: '2022-07-01' },
});

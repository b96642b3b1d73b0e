import { defineEventType, touch } from '../define.ts';
import { edtf, kindName, oneOrMany, plan, status, text, thingOrKind, title, z } from '../schemas.ts';

export const planAnnounced = defineEventType({
  name: 'PlanAnnounced',
  family: 'plans',
  phase: 'publications',
  version: 1,
  summary: 'Somebody promises a state by a day. What is expected is not yet so.',
  data: z.strictObject({
    plan,
    title,
    promise: text,
    expected: edtf,
    by: oneOrMany(title).optional().describe('Who promised'),
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
    ends: z.array(thingOrKind).optional().describe('Bodies that are to end if the plan is met'),
    about: z.array(thingOrKind).optional(),
  }),
  touches: ({ plan, ends, about }) => [...touch('begins', plan), ...touch('cites', ends), ...touch('cites', about)],
  sentence: ({ title, expected, promise }) => `Announced for ${expected}: ${title}. ${promise}`,
  example: {
    plan: 'plan/statutory-systems',
    title: 'Statutory integrated care boards',
    promise: 'Each system was to have a statutory board.',
    expected: '2022-04-01',
    expects: [{ kind: 'integrated-care-board', each: 'status/integrated-care-system' }],
  },
});

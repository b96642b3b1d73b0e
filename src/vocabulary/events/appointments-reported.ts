import { defineEventType, touch } from '../define.ts';
import { thingOrKind, title, z } from '../schemas.ts';

export const appointmentsReported = defineEventType({
  name: 'AppointmentsReported',
  family: 'office',
  phase: 'publications',
  version: 1,
  summary: 'How many offices of a kind had been filled, and by whom in numbers.',
  data: z.strictObject({
    office: title,
    of: thingOrKind,
    appointed: z.number().int().nonnegative(),
    outOf: z.number().int().positive().optional(),
    breakdown: z.record(z.string(), z.number().int().nonnegative()).optional(),
  }),
  touches: ({ of }) => touch('cites', of),
  sentence: ({ office, of, appointed, outOf, breakdown }, say) =>
    `${appointed}${outOf ? ` of ${outOf}` : ''} appointments as ${office} (${say.name(of)}) had been reported${
      breakdown
        ? `; of these ${Object.entries(breakdown)
            .map(([what, count]) => `${count} ${what}`)
            .join(', ')}`
        : ''
    }.`,
  example: { office: 'chair', of: 'kind/integrated-care-board', appointed: 25, outOf: 42, breakdown: { women: 11 } },
});

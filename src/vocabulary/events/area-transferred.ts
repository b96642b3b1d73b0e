import { defineEventType, touch } from '../define.ts';
import { organisation, share, text, thing, title, z } from '../schemas.ts';

export const areaTransferred = defineEventType({
  name: 'AreaTransferred',
  family: 'areas',
  phase: 'areas',
  version: 1,
  summary: 'A part of one body’s area passes to another, with what is known of its size.',
  data: z.strictObject({
    from: organisation,
    to: organisation,
    what: text.describe('Which part, in words'),
    places: z.array(thing).optional(),
    lsoas: z.number().int().positive().optional(),
    population: z.number().int().nonnegative().optional(),
    basis: title.optional().describe('What the population was counted by'),
    share: share.optional().describe('Of the area that `from` had, by population'),
  }),
  touches: ({ from, to, places }) => [...touch('cites', from), ...touch('needs', to), ...touch('cites', places)],
  sentence: ({ from, to, what }, say) => `${what} passed from ${say.name(from)} to ${say.name(to)}.`,
  example: { from: 'system/greater-manchester', to: 'icb/derby-and-derbyshire', what: 'Glossop' },
});

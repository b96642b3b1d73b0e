import { defineEventType, touch } from '../define.ts';
import { organisation, share, text, thing, title, z } from '../schemas.ts';

export const areaAssigned = defineEventType({
  name: 'AreaAssigned',
  family: 'areas',
  phase: 'areas',
  version: 1,
  summary: 'What a body covers, in words, councils or counted small areas.',
  data: z.strictObject({
    organisation,
    area: text.optional().describe('In words'),
    places: z.array(thing).optional(),
    lsoas: z.number().int().positive().optional(),
    areaKm2: z.number().positive().optional(),
    coterminous: z.boolean().optional(),
    shares: z
      .array(
        z.strictObject({
          place: thing,
          share: share.describe('Of the place, 0 to 1'),
          of: z.enum(['population', 'area', 'postcodes']),
          basis: title.optional(),
        }),
      )
      .optional(),
  }),
  touches: ({ organisation, places, shares }) => [
    ...touch('needs', organisation),
    ...touch('cites', places),
    ...touch(
      'cites',
      (shares ?? []).map((s) => s.place),
    ),
  ],
  sentence: ({ organisation, area, places }, say) =>
    `${say.name(organisation)} covered ${area ?? (places ? say.list(places) : 'its area')}.`,
  example: { organisation: 'icb/devon', area: 'The county of Devon, Plymouth and Torbay' },
});

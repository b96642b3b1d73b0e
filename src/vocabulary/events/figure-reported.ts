import { defineEventType, type Say, touch } from '../define.ts';
import { kindNamed } from '../kinds.ts';
import { thingOrKind, title, z } from '../schemas.ts';

/** Of a kind, all its bodies together: "Primary care trusts: number of bodies 17." */
function subject(of: string, say: Say): string {
  const plural = of.startsWith('kind/') ? kindNamed(of.slice('kind/'.length))?.plural : undefined;
  return plural ? plural.charAt(0).toUpperCase() + plural.slice(1) : say.name(of);
}

export const figureReported = defineEventType({
  name: 'FigureReported',
  family: 'figures',
  phase: 'publications',
  version: 1,
  summary:
    'Somebody reports a number about something, for a day and on a basis; it is never carried to other days silently.',
  data: z.strictObject({
    of: thingOrKind,
    measure: title.describe('population, area, number of bodies…'),
    value: z.number(),
    unit: title.optional(),
    upTo: z.number().optional().describe('Upper end, where a range is reported'),
    basis: title.optional().describe('Census 2021, mid-2020 estimate…'),
    qualifier: z.enum(['exactly', 'about', 'at least', 'at most', 'more than', 'less than']).optional(),
  }),
  touches: ({ of }) => touch('cites', of),
  sentence: ({ of, measure, value, upTo, unit, qualifier }, say) =>
    `${subject(of, say)}: ${measure} ${qualifier && qualifier !== 'exactly' ? `${qualifier} ` : ''}${value.toLocaleString('en-GB')}${upTo === undefined ? '' : ` to ${upTo.toLocaleString('en-GB')}`}${unit ? ` ${unit}` : ''}.`,
  example: { of: 'icb/devon', measure: 'population', value: 1194166, unit: 'people', basis: 'Census 2021' },
});

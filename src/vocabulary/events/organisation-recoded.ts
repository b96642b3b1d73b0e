import { defineEventType, touch } from '../define.ts';
import { codes, organisation, text, z } from '../schemas.ts';

export const organisationRecoded = defineEventType({
  name: 'OrganisationRecoded',
  family: 'bodies',
  phase: 'codes and names',
  version: 1,
  summary: 'A body gets new codes, or loses one (null); it stays the same body.',
  data: z.strictObject({ organisation, codes, reason: text.optional() }),
  touches: ({ organisation }) => touch('needs', organisation),
  sentence: ({ organisation, codes }, say) =>
    `${say.name(organisation)} ${[
      ['ODS', codes.ods],
      ['GSS', codes.gss],
    ]
      .filter(([, code]) => code !== undefined)
      .map(([system, code]) => (code === null ? `lost its ${system} code` : `got the ${system} code ${code}`))
      .join(' and ')}.`,
  example: { organisation: 'ccg/cumbria', codes: { gss: 'E38000215' }, reason: 'Boundary change.' },
});

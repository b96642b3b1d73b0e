import { defineEventType, touch } from '../define.ts';
import { kindName, organisation, text, title, z } from '../schemas.ts';

export const organisationReclassified = defineEventType({
  name: 'OrganisationReclassified',
  family: 'bodies',
  phase: 'codes and names',
  version: 1,
  summary: 'A body becomes one of another kind (an NHS trust becomes a foundation trust); it stays the same body.',
  data: z.strictObject({ organisation, kind: kindName, name: title.optional(), reason: text.optional() }),
  touches: ({ organisation }) => touch('needs', organisation),
  sentence: ({ organisation, kind }, say) =>
    `${say.name(organisation)} became one of another kind: ${kind.replaceAll('-', ' ')}.`,
  example: { organisation: 'trust/example', kind: 'nhs-foundation-trust' },
});

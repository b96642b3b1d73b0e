import { defineEventType, touch } from '../define.ts';
import { name, organisation, text, title, z } from '../schemas.ts';

export const organisationRenamed = defineEventType({
  name: 'OrganisationRenamed',
  family: 'bodies',
  phase: 'codes and names',
  version: 1,
  summary: 'A body takes a new name; it stays the same body.',
  data: z.strictObject({ organisation, name, acronym: title.optional(), reason: text.optional() }),
  touches: ({ organisation }) => touch('needs', organisation),
  sentence: ({ organisation, name }, say) => `${say.name(organisation)} was renamed ${name}.`,
  example: {
    organisation: 'body/nhs-england',
    name: 'NHS England',
    reason: 'Renamed in law by the Health and Care Act 2022.',
  },
});

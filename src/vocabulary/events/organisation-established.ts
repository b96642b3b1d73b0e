import { defineEventType, touch } from '../define.ts';
import { codes, kindName, name, organisation, title, z } from '../schemas.ts';

export const organisationEstablished = defineEventType({
  name: 'OrganisationEstablished',
  family: 'bodies',
  phase: 'established',
  version: 1,
  summary: 'A body begins to exist, with its first name, kind and codes.',
  data: z.strictObject({
    organisation,
    name,
    kind: kindName,
    codes: codes.optional(),
    acronym: title.optional(),
    also: z.array(title).optional().describe('Other names people know it by'),
  }),
  touches: ({ organisation }) => touch('begins', organisation),
  sentence: ({ organisation, name }) => `${name === 'unknown' ? organisation : name} was established.`,
  example: {
    organisation: 'icb/devon',
    name: 'NHS Devon Integrated Care Board',
    kind: 'integrated-care-board',
    codes: { ods: 'QJK', gss: 'E54000037' },
  },
});

import { defineEventType, touch } from '../define.ts';
import { organisation, text, z } from '../schemas.ts';

export const organisationAbolished = defineEventType({
  name: 'OrganisationAbolished',
  family: 'bodies',
  phase: 'abolished',
  version: 1,
  summary: 'A body ceases to exist: the date is the first day on which it is no more.',
  data: z.strictObject({ organisation, reason: text.optional() }),
  touches: ({ organisation }) => touch('ends', organisation),
  sentence: ({ organisation }, say) => `${say.name(organisation)} was abolished.`,
  example: { organisation: 'ccg/darlington', reason: 'Merged.' },
});

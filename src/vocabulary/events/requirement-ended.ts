import { defineEventType, touch } from '../define.ts';
import { requirement, text, z } from '../schemas.ts';

export const requirementEnded = defineEventType({
  name: 'RequirementEnded',
  family: 'rules',
  phase: 'publications',
  version: 1,
  summary: 'A rule ceases to bind.',
  data: z.strictObject({ requirement, reason: text.optional() }),
  touches: ({ requirement }) => touch('ends', requirement),
  sentence: ({ requirement }, say) => `The rule ${say.name(requirement)} ended.`,
  example: { requirement: 'requirement/special-measures' },
});

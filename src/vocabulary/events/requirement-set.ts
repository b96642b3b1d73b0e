import { defineEventType, touch } from '../define.ts';
import { oneOrMany, requirement, text, thingOrKind, title, z } from '../schemas.ts';

export const requirementSet = defineEventType({
  name: 'RequirementSet',
  family: 'rules',
  phase: 'publications',
  version: 1,
  summary: 'A rule that bodies must follow begins: who may chair, minimum membership, oversight themes.',
  data: z.strictObject({
    requirement,
    title,
    of: oneOrMany(thingOrKind).describe('Whom it binds'),
    rule: text,
    force: z.enum(['law', 'guidance', 'contract', 'proposal']).optional(),
    replaces: oneOrMany(requirement).optional(),
  }),
  touches: ({ requirement, of, replaces }) => [
    ...touch('begins', requirement),
    ...touch('cites', of),
    ...touch('ends', replaces),
  ],
  sentence: ({ title, rule }) => `A rule was set: ${title}. ${rule}`,
  example: {
    requirement: 'requirement/icb-minimum-membership',
    title: 'Minimum membership of a board',
    of: 'kind/integrated-care-board',
    rule: 'A chair, a chief executive and at least three others.',
    force: 'law',
  },
});

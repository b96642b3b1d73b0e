import { defineEventType, many, touch } from '../define.ts';
import { oneOrMany, policy, text, thingOrKind, title, z } from '../schemas.ts';

export const policyPublished = defineEventType({
  name: 'PolicyPublished',
  family: 'law and policy',
  phase: 'publications',
  version: 1,
  summary: 'A policy, plan document, guidance or letter is published.',
  data: z.strictObject({
    policy,
    title,
    by: oneOrMany(title).describe('Who published it'),
    about: z.array(thingOrKind).optional(),
    summary: text.describe('What it says, in our words'),
    replaces: policy.optional(),
  }),
  touches: ({ policy, about, replaces }) => [
    ...touch('begins', policy),
    ...touch('cites', about),
    ...touch('cites', replaces),
  ],
  sentence: ({ title, by }) => `${many(by).join(' and ')} published ${title}.`,
  example: {
    policy: 'policy/nhs-long-term-plan',
    title: 'NHS Long Term Plan',
    by: 'NHS England',
    summary: 'Integrated care systems were to cover all of England by April 2021.',
  },
});

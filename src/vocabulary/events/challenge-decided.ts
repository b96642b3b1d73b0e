import { defineEventType, touch } from '../define.ts';
import { challenge, text, title, z } from '../schemas.ts';

export const challengeDecided = defineEventType({
  name: 'ChallengeDecided',
  family: 'law and policy',
  phase: 'publications',
  version: 1,
  summary: 'A court decides a challenge; an appeal is decided by another of these.',
  data: z.strictObject({
    challenge,
    title: title.optional(),
    court: title,
    citation: title.optional(),
    outcome: z.enum(['dismissed', 'allowed', 'partly allowed', 'withdrawn']),
    summary: text.optional(),
  }),
  touches: ({ challenge }) => touch('cites', challenge),
  sentence: ({ challenge, title, court, outcome, citation }, say) =>
    `${court} decided ${title ?? say.name(challenge)}: ${outcome}${citation ? ` (${citation})` : ''}.`,
  example: {
    challenge: 'challenge/999-call',
    court: 'Court of Appeal',
    citation: '[2018] EWCA Civ 2849',
    outcome: 'dismissed',
  },
});

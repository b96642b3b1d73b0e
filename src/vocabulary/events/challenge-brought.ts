import { defineEventType, touch } from '../define.ts';
import { challenge, text, thingOrKind, title, z } from '../schemas.ts';

export const challengeBrought = defineEventType({
  name: 'ChallengeBrought',
  family: 'law and policy',
  phase: 'publications',
  version: 1,
  summary: 'Somebody brings a legal challenge.',
  data: z.strictObject({
    challenge,
    title,
    claimant: title,
    against: title.optional(),
    about: z.array(thingOrKind).optional(),
    summary: text.optional(),
  }),
  touches: ({ challenge, about }) => [...touch('begins', challenge), ...touch('cites', about)],
  sentence: ({ claimant, against, title }) =>
    `${claimant} brought a legal challenge${against ? ` against ${against}` : ''}: ${title}.`,
  example: {
    challenge: 'challenge/999-call',
    title: 'The lawfulness of the ACO contract',
    claimant: '999 Call for the NHS',
    against: 'NHS England',
  },
});

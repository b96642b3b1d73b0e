import { defineEventType, many, touch } from '../define.ts';
import { evaluation, oneOrMany, text, thingOrKind, title, z } from '../schemas.ts';

export const evaluationPublished = defineEventType({
  name: 'EvaluationPublished',
  family: 'discourse',
  phase: 'publications',
  version: 1,
  summary: 'A study, inquiry or review reports what it found.',
  data: z.strictObject({
    evaluation,
    title,
    by: oneOrMany(title),
    about: z.array(thingOrKind).optional(),
    finding: text.describe('In our words'),
    quote: z.string().max(200).optional(),
  }),
  touches: ({ evaluation, about }) => [...touch('begins', evaluation), ...touch('cites', about)],
  sentence: ({ title, by, finding }) => `${many(by).join(' and ')} published ${title}: ${finding}`,
  example: {
    evaluation: 'evaluation/nuffield-2021',
    title: 'Integrating health and social care',
    by: 'Nuffield Trust',
    finding: 'Limited evidence that integration policies had made a difference.',
  },
});

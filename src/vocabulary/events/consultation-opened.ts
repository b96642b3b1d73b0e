import { defineEventType, many, touch } from '../define.ts';
import { consultation, oneOrMany, text, thingOrKind, title, z } from '../schemas.ts';

export const consultationOpened = defineEventType({
  name: 'ConsultationOpened',
  family: 'law and policy',
  phase: 'publications',
  version: 1,
  summary: 'A consultation opens.',
  data: z.strictObject({
    consultation,
    title,
    by: oneOrMany(title),
    about: z.array(thingOrKind).optional(),
    summary: text.optional(),
  }),
  touches: ({ consultation, about }) => [...touch('begins', consultation), ...touch('cites', about)],
  sentence: ({ title, by }) => `${many(by).join(' and ')} opened a consultation: ${title}.`,
  example: {
    consultation: 'consultation/icp-contract',
    title: 'Contracting arrangements for integrated care providers',
    by: 'NHS England',
  },
});

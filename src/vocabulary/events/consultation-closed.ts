import { defineEventType, touch } from '../define.ts';
import { consultation, text, z } from '../schemas.ts';

export const consultationClosed = defineEventType({
  name: 'ConsultationClosed',
  family: 'law and policy',
  phase: 'publications',
  version: 1,
  summary: 'A consultation closes, or is answered.',
  data: z.strictObject({ consultation, outcome: text.optional() }),
  touches: ({ consultation }) => touch('ends', consultation),
  sentence: ({ consultation, outcome }, say) =>
    `The consultation ${say.name(consultation)} closed${outcome ? `: ${outcome}` : '.'}`,
  example: { consultation: 'consultation/icp-contract', outcome: 'The contract would go ahead.' },
});

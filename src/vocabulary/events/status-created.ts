import { defineEventType, touch } from '../define.ts';
import { status, text, title, z } from '../schemas.ts';

export const statusCreated = defineEventType({
  name: 'StatusCreated',
  family: 'status',
  phase: 'status and programmes',
  version: 1,
  summary: 'A status that bodies can hold comes into being, with its first title.',
  data: z.strictObject({ status, title, acronym: title.optional(), description: text.optional() }),
  touches: ({ status }) => touch('begins', status),
  sentence: ({ title }) => `The status of ${title} was created.`,
  example: { status: 'status/integrated-care-system', title: 'accountable care system', acronym: 'ACS' },
});

import { defineEventType, touch } from '../define.ts';
import { status, text, title, z } from '../schemas.ts';

export const statusRetitled = defineEventType({
  name: 'StatusRetitled',
  family: 'status',
  phase: 'status and programmes',
  version: 1,
  summary: 'A status takes a new title for every holder at once: one change on the status, none on its holders.',
  data: z.strictObject({ status, title, acronym: title.optional(), reason: text.optional() }),
  touches: ({ status }) => touch('needs', status),
  sentence: ({ status, title }, say) => `The status of ${say.name(status)} was retitled ${title}.`,
  example: { status: 'status/integrated-care-system', title: 'integrated care system', acronym: 'ICS' },
});

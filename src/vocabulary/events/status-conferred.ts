import { defineEventType, touch } from '../define.ts';
import { designationId } from '../designation.ts';
import { designation, organisation, status, title, z } from '../schemas.ts';

export const statusConferred = defineEventType({
  name: 'StatusConferred',
  family: 'status',
  phase: 'status and programmes',
  version: 1,
  summary:
    'A body is given a status. The designation is a thing of its own: it can widen, change its name and its holder, and still be one.',
  data: z.strictObject({
    status,
    holder: organisation,
    designation: designation.optional().describe('Left out: designation/<status>-<holder>'),
    name: title.optional(),
    wave: title.optional(),
  }),
  touches: (data) => [
    ...touch('needs', data.status),
    ...touch('needs', data.holder),
    ...touch('begins', designationId(data)),
  ],
  sentence: ({ status, holder, name, wave }, say) =>
    `${name ?? say.name(holder)} was designated: ${say.name(status)}${wave ? ` (${wave})` : ''}.`,
  example: { status: 'status/integrated-care-system', holder: 'system/dorset', wave: 'Wave 1' },
});

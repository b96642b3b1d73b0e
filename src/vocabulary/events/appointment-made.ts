import { defineEventType, touch } from '../define.ts';
import { edtf, thingOrKind, title, z } from '../schemas.ts';

export const appointmentMade = defineEventType({
  name: 'AppointmentMade',
  family: 'office',
  phase: 'publications',
  version: 1,
  summary: 'A named person takes an office.',
  data: z.strictObject({ office: title, of: thingOrKind, person: title, until: edtf.optional() }),
  touches: ({ of }) => touch('cites', of),
  sentence: ({ office, of, person }, say) => `${person} became ${office} of ${say.name(of)}.`,
  example: { office: 'chief executive', of: 'body/nhs-england', person: 'Simon Stevens' },
});

import { defineEventType, touch } from '../define.ts';
import { designation, organisation, text, title, z } from '../schemas.ts';

export const statusHolderChanged = defineEventType({
  name: 'StatusHolderChanged',
  family: 'status',
  phase: 'status and programmes',
  version: 1,
  summary:
    'A designation passes to another holder or takes another name (it widened, or its partnership was reshaped); it is still one designation.',
  data: z.strictObject({ designation, holder: organisation, name: title.optional(), reason: text.optional() }),
  touches: ({ designation, holder }) => [...touch('needs', designation), ...touch('cites', holder)],
  sentence: ({ designation, holder }, say) =>
    `The designation of ${say.name(designation)} passed to ${say.name(holder)}.`,
  example: {
    designation: 'designation/integrated-care-system-fylde-coast',
    holder: 'system/lancashire-and-south-cumbria',
    reason: 'Widened to the whole STP.',
  },
});

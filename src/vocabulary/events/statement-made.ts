import { defineEventType, touch } from '../define.ts';
import { text, thingOrKind, title, z } from '../schemas.ts';

export const statementMade = defineEventType({
  name: 'StatementMade',
  family: 'discourse',
  phase: 'publications',
  version: 1,
  summary:
    'Somebody said something of a reform, paraphrased; a claim that is wrong stands here with its ruling in `dissent`.',
  data: z.strictObject({
    by: title,
    about: z.array(thingOrKind).optional(),
    said: text.describe('In our words'),
    quote: z.string().max(200).optional(),
  }),
  touches: ({ about }) => touch('cites', about),
  sentence: ({ by, said }) => `${by}: ${said}`,
  example: {
    by: 'John Sinnott, Leicestershire County Council',
    said: 'Accountable care systems lacked public accountability.',
    about: ['status/integrated-care-system'],
  },
});

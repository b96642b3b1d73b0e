import { LENS, text } from '../parameters.ts';
import type { Resource } from '../resource.ts';

export const lesson: Resource = {
  name: 'lesson',
  summary: 'A lesson: events chosen from the record, with questions.',
  paths: ['/lesson/{name}', '/lesson/{name}/{step}'],
  params: { name: 'Its name.', step: 'One step only, by its number.' },
  query: {
    ...LENS,
    predict: text('Ask what comes next before it is told.', 'true'),
    print: text('Everything on one sheet.', 'true'),
  },
  examples: [],
};

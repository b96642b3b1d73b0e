import { lessonTold } from '../lessons.ts';
import { LENS, text } from '../parameters.ts';
import type { Resource } from '../resource.ts';

export const lesson: Resource = {
  name: 'lesson',
  summary: 'A lesson: events chosen from the record, with questions.',
  paths: ['/lesson/{name}'],
  params: { name: 'Its name.' },
  query: {
    ...LENS,
    predict: text('Ask what comes next before it is told.', 'true'),
    print: text('Everything on one sheet.', 'true'),
  },
  examples: [{ path: '/lesson/why-eighteen', means: 'why there were eighteen, asked and answered' }],
  answer: lessonTold,
  dated: () => true,
};

import { lessonsOf } from '../lessons.ts';
import { LENS } from '../parameters.ts';
import type { Resource } from '../resource.ts';

export const lessons: Resource = {
  name: 'lessons',
  summary: 'The lessons: reforms chosen, put in order and asked about.',
  paths: ['/lessons'],
  params: {},
  query: { ...LENS },
  examples: [{ path: '/lessons', means: 'all of them' }],
  answer: async (machine, ask) =>
    (await lessonsOf(machine, ask)).map(({ lesson, title, summary, steps }) => ({
      lesson,
      title,
      summary,
      steps: steps.length,
    })),
  dated: () => true,
};

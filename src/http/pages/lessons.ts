import { lessonPage, lessonsPage } from '../../views/pages/lesson.tsx';
import { lessonsOf, lessonTold } from '../lessons.ts';
import type { Page } from '../page.ts';
import { isYes } from '../parameters.ts';
import { mapOf } from './drawn.ts';
import { frameOf } from './frame.ts';

/** The list of lessons. */
export const lessons: Page = async (machine, ask) =>
  lessonsPage(
    frameOf(machine, ask, { title: 'Lessons' }),
    (await lessonsOf(machine, ask)).map(({ steps, ...lesson }) => ({ ...lesson, steps: steps.length })),
  );

/** One lesson, every state and answer computed. */
export const lesson: Page = async (machine, ask) => {
  const told = await lessonTold(machine, ask);
  return lessonPage(frameOf(machine, ask, { title: told.title }), {
    ...told,
    steps: told.steps.map(({ mapOf: day, ...step }, n) => {
      const map = day === undefined ? undefined : mapOf(machine, ask, day, `map-${n + 1}`);
      return { ...step, ...(map === undefined ? {} : { map }) };
    }),
    predict: isYes(ask.query.predict),
  });
};

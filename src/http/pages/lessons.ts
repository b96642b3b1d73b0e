import { join } from 'node:path';
import { SHIPPED_RECORD } from '../../machine/cache.ts';
import type { Machine } from '../../machine/index.ts';
import { NotInRecord } from '../../machine/index.ts';
import type { Lesson, LessonAnswer } from '../../record/lessons.ts';
import { didYouMean } from '../../record/near.ts';
import { dateInWords } from '../../views/dates.ts';
import { type Answered, type LessonStep, lessonPage, lessonsPage } from '../../views/pages/lesson.tsx';
import { countedInWords, kindCounted } from '../../views/words.ts';
import type { Ask, Page } from '../page.ts';
import { mapOf } from './drawn.ts';
import { frameOf } from './frame.ts';
import { isYes } from './reforms.ts';

let read: Promise<readonly Lesson[]> | undefined;

/** The lessons that the package ships, read once. */
function shippedLessons(): Promise<readonly Lesson[]> {
  read ??= import('../../record/lessons.ts')
    .then(({ loadLessons }) => loadLessons(join(SHIPPED_RECORD, 'lessons')))
    .then(({ lessons }) => lessons);
  return read;
}

/** The list of lessons. */
export const lessons: Page = async (machine, ask) =>
  lessonsPage(
    frameOf(machine, ask, { title: 'Lessons' }),
    (await shippedLessons()).map(({ steps, ...lesson }) => ({ ...lesson, steps: steps.length })),
  );

/** One lesson, every state and answer computed. */
export const lesson: Page = async (machine, ask) => {
  const wanted = ask.params.name ?? '';
  const all = await shippedLessons();
  const found = all.find((one) => one.lesson === wanted);
  if (!found) {
    const names = all.map((one) => one.lesson);
    throw new NotInRecord(
      'lesson',
      wanted,
      `no lesson is called ${wanted}`,
      didYouMean(wanted, names) ?? `lessons: ${names.join(', ')}`,
    );
  }
  return lessonPage(frameOf(machine, ask, { title: found.title }), {
    ...found,
    steps: found.steps.map((step, n) => stepOf(machine, ask, step, n)),
    predict: isYes(ask.query.predict),
  });
};

function stepOf(machine: Machine, ask: Ask, step: Lesson['steps'][number], n: number): LessonStep {
  const { counts } = step;
  const map = step.map === undefined ? undefined : mapOf(machine, ask, step.map, `map-${n + 1}`);
  return {
    heading: step.heading,
    events: step.events.map((id) => machine.event(id)),
    ...(counts === undefined
      ? {}
      : {
          counts: {
            before: counts.before,
            after: counts.after,
            rows: counts.of.map((of) => ({
              kind: of,
              before: machine.count(of, { ...ask.lens, at: counts.before }),
              after: machine.count(of, { ...ask.lens, at: counts.after }),
            })),
          },
        }),
    ...(map === undefined ? {} : { map }),
    questions: (step.questions ?? []).map(({ ask: question, answer }) => ({
      ask: question,
      answered: answered(machine, ask, answer),
    })),
  };
}

/** What the record answers. */
function answered(machine: Machine, { lens, links }: Ask, answer: LessonAnswer): Answered {
  const counted = (of: string, at: string) =>
    `${countedInWords(machine.count(of, { ...lens, at }))} on ${dateInWords(at)}`;
  if ('count' in answer) {
    return {
      says: `${counted(answer.count, answer.at)}.`,
      events: [],
      bodies: [],
      href: links.to(`/count/${answer.count}`, { at: answer.at }),
    };
  }
  if ('counts' in answer) {
    return {
      says: `${counted(answer.counts, answer.from)}, ${counted(answer.counts, answer.to)}.`,
      events: [],
      bodies: [],
      href: links.to(`/at/${answer.from}..${answer.to}`),
    };
  }
  if ('why' in answer) {
    return {
      says: machine.why(answer.why, answer.at, lens).answer,
      events: [],
      bodies: [],
      href: links.to(`/why/${answer.why}`, { at: answer.at }),
    };
  }
  if ('became' in answer) {
    const { name, successors } = machine.history(answer.became, lens);
    const bodies = successors.map(({ to, toName }) => ({ id: to, name: toName, kind: '', codes: {} }));
    return {
      says: bodies.length === 0 ? `The record names no successor of ${name}.` : `${name} was followed by:`,
      events: [],
      bodies: bodies.filter(({ id }, n) => bodies.findIndex((one) => one.id === id) === n),
      href: links.to(`/lineage/${answer.became}`),
    };
  }
  if ('expected' in answer) {
    const { expected, certain, possible } = machine.count(answer.expected, {
      ...lens,
      at: answer.at,
      publishedBy: answer.publishedBy,
    });
    const sure = possible > 0 ? `; ${countedInWords({ certain, possible })} existed already` : '';
    return {
      says: `${kindCounted(expected, answer.expected)} ${expected === 1 ? 'was' : 'were'} expected for ${dateInWords(answer.at)}, as seen from ${dateInWords(answer.publishedBy)}${sure}.`,
      events: [],
      bodies: [],
      href: links.to(`/at/${answer.at}`, { publishedBy: answer.publishedBy, kind: answer.expected }),
    };
  }
  const events = answer.events.map((id) => machine.event(id));
  return { says: '', events, bodies: [], href: links.to(`/event/${answer.events[0] ?? ''}`) };
}

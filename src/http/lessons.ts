import { join } from 'node:path';
import { SHIPPED_RECORD } from '../machine/cache.ts';
import type { Machine } from '../machine/index.ts';
import { NotInRecord, RecordUnreadable } from '../machine/index.ts';
import type { Lesson, LessonAnswer } from '../record/lessons.ts';
import { didYouMean } from '../record/near.ts';
import { dateInWords } from '../views/dates.ts';
import type { Answered, LessonStep } from '../views/pages/lesson.tsx';
import { countedInWords, kindCounted } from '../views/words.ts';
import type { Ask } from './page.ts';

/** A step of a lesson, told: what it chose and asked, and what the record answers; its map not drawn yet. */
export interface ToldStep extends Omit<LessonStep, 'map'> {
  /** The day to draw the map of. */
  readonly mapOf?: string;
}

/** A lesson, told. */
export interface ToldLesson extends Omit<Lesson, 'steps'> {
  readonly steps: readonly ToldStep[];
}

let shipped: Promise<readonly Lesson[]> | undefined;

/** The lessons that the package ships, read once. */
export function shippedLessons(): Promise<readonly Lesson[]> {
  shipped ??= lessonsIn(SHIPPED_RECORD);
  return shipped;
}

/** The lessons of a record in a folder, in their order; none when it has none. Throws `RecordUnreadable` with every problem, by file and line. */
export async function lessonsIn(folder: string): Promise<readonly Lesson[]> {
  // Loaded here, with the schemas that it brings: a start of the server asks for no lesson.
  const { loadLessons } = await import('../record/lessons.ts');
  const { lessons, problems } = await loadLessons(join(folder, 'lessons'));
  if (problems.length > 0)
    throw new RecordUnreadable(
      `the lessons in ${folder} have ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`,
      problems,
    );
  return lessons;
}

/** The lessons that can be told of a record: those of which it holds every event. */
export async function lessonsOf(machine: Machine, ask: Pick<Ask, 'lessons'>): Promise<readonly Lesson[]> {
  const all = await (ask.lessons ?? shippedLessons)();
  return all.filter(({ steps }) => steps.every(({ events }) => events.every((id) => isHeld(machine, id))));
}

function isHeld(machine: Machine, event: string): boolean {
  try {
    return machine.event(event).id !== '';
  } catch (error) {
    if (error instanceof NotInRecord) return false;
    throw error;
  }
}

/** A lesson of a name, told. Throws `NotInRecord` with the nearest name. */
export async function lessonTold(machine: Machine, ask: Ask): Promise<ToldLesson> {
  const wanted = ask.params.name ?? '';
  const all = await lessonsOf(machine, ask);
  const found = all.find((one) => one.lesson === wanted);
  if (found) return { ...found, steps: found.steps.map((step) => stepOf(machine, ask, step)) };
  const names = all.map((one) => one.lesson);
  throw new NotInRecord(
    'lesson',
    wanted,
    `no lesson is called ${wanted}`,
    didYouMean(wanted, names) ?? (names.length === 0 ? 'this record has none' : `lessons: ${names.join(', ')}`),
  );
}

function stepOf(machine: Machine, ask: Ask, step: Lesson['steps'][number]): ToldStep {
  const { counts } = step;
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
    ...(step.map === undefined ? {} : { mapOf: step.map }),
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

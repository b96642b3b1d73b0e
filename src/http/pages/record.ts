import type { EventAnswer, Machine } from '../../machine/index.ts';
import { isoDay, parseIsoDay } from '../../time/day.ts';
import { dateInWords } from '../../views/dates.ts';
import {
  conflictsPage,
  errorPage,
  eventPage,
  kindsPage,
  type RecordedOn,
  recordPage,
  sourcesPage,
  whyPage,
  withoutPage,
} from '../../views/pages/record.tsx';
import { KINDS } from '../../vocabulary/kinds.ts';
import type { Page } from '../page.ts';
import { dayOf, frameOf } from './frame.ts';

/** Every source, or those of one thing. */
export const sources: Page = async (machine, ask) =>
  sourcesPage(frameOf(machine, ask, { title: 'Sources' }), machine.sources({ about: ask.query.about }));

/** Where sources disagree. */
export const conflicts: Page = async (machine, ask) =>
  conflictsPage(frameOf(machine, ask, { title: 'Where sources disagree' }), {
    conflicts: machine.conflicts({ ...ask.lens, about: ask.query.about }),
    offset: Number(ask.query.offset ?? 0),
  });

/** The record, and what changed in our knowledge. */
export const record: Page = async (machine, ask) => {
  const { events } = machine.timeline();
  const milestones = machine.milestones();
  return recordPage(frameOf(machine, ask, { title: 'The record' }), {
    events: events.length,
    milestones: milestones.length,
    sources: machine.sources().length,
    recorded: recordedOn(machine, events),
    ...coveredOn(machine),
  });
};

/** What is covered on the last day that anything is: on later days nothing is known of any kind. */
function coveredOn(machine: Machine) {
  const today = machine.at('today');
  const ends = today.coverage.flatMap(({ to }) => (to === null ? [] : [parseIsoDay(to) ?? 0]));
  const last = isoDay(Math.max(...ends) - 1);
  const on = ends.length === today.coverage.length && last < today.at ? last : today.at;
  return { on, coverage: machine.at(on).coverage };
}

const AMENDING = new Set(['EventCorrected', 'EventWithdrawn']);

function recordedOn(machine: Machine, events: readonly EventAnswer[]): RecordedOn[] {
  const days = new Map<string, EventAnswer[]>();
  for (const event of events) {
    const known = days.get(event.recorded);
    if (known) known.push(event);
    else days.set(event.recorded, [event]);
  }
  return [...days.entries()]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([day, taken]) => {
      const slugs = new Set(taken.map(({ milestone }) => milestone));
      return {
        day,
        events: taken.length,
        milestones: machine.milestones().filter(({ milestone }) => slugs.has(milestone)),
        corrections: taken.filter(({ type }) => AMENDING.has(type)),
      };
    });
}

/** The kinds of body. */
export const kinds: Page = async (machine, ask) => kindsPage(frameOf(machine, ask, { title: 'Kinds of body' }), KINDS);

/** One event. */
export const event: Page = async (machine, ask) => {
  const answer = machine.event(ask.params.id ?? '');
  const milestone = machine.milestones().find((one) => one.milestone === answer.milestone);
  const onDay = /^\d{4}-\d{2}-\d{2}$/.test(answer.date)
    ? machine.day(answer.date).reforms.find((one) => one.milestone === answer.milestone)?.steps
    : undefined;
  const step = onDay?.find(({ event: first }) => first === answer.id)?.step ?? null;
  return eventPage(frameOf(machine, ask, { title: answer.sentence.replace(/\.$/, '') }), {
    event: answer,
    milestone: milestone?.title ?? answer.milestone,
    step,
    causes: answer.because.map((id) => machine.event(id)),
  });
};

/** What would not have followed without an event. */
export const without: Page = async (machine, ask) => {
  const answer = machine.without(ask.params.event ?? ask.params.id ?? '', {
    ...ask.lens,
    ...ask.selection,
    at: dayOf(machine, ask, ask.query.at) ?? 'today',
  });
  return withoutPage(
    frameOf(machine, ask, {
      title: `Hypothetical: ${dateInWords(answer.at)} without “${answer.event.sentence}”`,
      day: answer.at,
      asked: answer,
      hypothetical: `This supposes that something did not happen: ${answer.event.sentence} Nothing here is so.`,
    }),
    answer,
  );
};

/** Why there were so many, or why a body stood so. */
export const why: Page = async (machine, ask) => {
  const answer = machine.why(
    ask.params.of ?? ask.params.id ?? '',
    dayOf(machine, ask, ask.query.at) ?? machine.day('today').at,
    ask.lens,
  );
  return whyPage(
    frameOf(machine, ask, { title: `Why: ${answer.title}, ${dateInWords(answer.at)}`, day: answer.at, asked: answer }),
    answer,
  );
};

/** An address that has no answer. */
export const error: Page = async (machine, ask) => {
  const trouble = ask.trouble ?? { status: 500, title: 'Something went wrong', detail: 'no answer was made', near: [] };
  return errorPage(frameOf(machine, ask, { title: trouble.title }), trouble);
};

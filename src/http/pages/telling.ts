import { findPage } from '../../views/pages/find.tsx';
import { EVENTS_A_PAGE, timelinePage } from '../../views/pages/timeline.tsx';
import type { Page } from '../page.ts';
import { eventsAsked } from '../standing.ts';
import { timelineOf } from './drawn.ts';
import { dayOf, frameOf } from './frame.ts';

/** Bodies by name, former name, code or acronym. */
export const find: Page = async (machine, ask) => {
  const query = ask.query.q?.trim() ?? '';
  const at = dayOf(machine, ask, ask.query.at);
  const answer =
    query === ''
      ? { ...machine.day(at ?? 'today', ask.lens), query: '', found: [], near: [] }
      : machine.find(query, {
          ...ask.lens,
          at,
          limit: ask.query.limit === undefined ? 60 : Number(ask.query.limit),
        });
  return findPage(
    frameOf(machine, ask, { title: query === '' ? 'Find a body' : `Found: ${query}`, day: answer.at, asked: answer }),
    answer,
  );
};

/** The reforms in order of time, or the events of what was asked about. */
export const timeline: Page = async (machine, ask) => {
  const { query, lens, selection } = ask;
  const narrowed =
    [query.from, query.to, query.milestone, query.theme, query.about].some((one) => one !== undefined) ||
    selection.kind !== undefined ||
    selection.partOf !== undefined;
  const days = machine.days(lens).days;
  const [from, to] = [days[0]?.at ?? machine.day('today').at, days.at(-1)?.at ?? machine.day('today').at];
  if (!narrowed) {
    const known = new Set(days.flatMap(({ milestones }) => milestones.map(({ milestone }) => milestone)));
    return timelinePage(frameOf(machine, ask, { title: 'Timeline' }), {
      milestones: machine.milestones().filter(({ milestone }) => known.has(milestone)),
      picture: timelineOf(machine, ask, dayOf(machine, ask, query.at)),
      from,
      to,
    });
  }
  const answer = eventsAsked(machine, ask);
  const offset = Number(query.offset ?? 0);
  const of = query.about === undefined ? undefined : machine.history(query.about, lens).name;
  return timelinePage(frameOf(machine, ask, { title: of ? `Events of ${of}` : 'Events', asked: answer }), {
    milestones: [],
    events: answer.events.slice(offset, offset + EVENTS_A_PAGE),
    total: answer.events.length,
    offset,
    of: of ? `Events of ${of}` : 'Events',
    from: answer.from,
    to: answer.to,
  });
};

import { didYouMean } from '../record/near.ts';
import { isoDay } from '../time/day.ts';
import { dayInWords } from '../time/words.ts';
import type { Difference, Without } from './answers.ts';
import { type Context, head, isVisible, readDay, told, type View } from './context.ts';
import { differences } from './diff.ts';
import { NotInRecord } from './errors.ts';
import { bodiesOn } from './landscape.ts';
import type { Machine } from './machine.ts';
import { sightAt } from './reader.ts';
import { timelineWithout } from './replay.ts';
import type { StoredEvent } from './stored.ts';

/** The latest wording of an event, or `AskedWrongly` with the nearest id. */
export function theEvent(context: Context, id: string): StoredEvent {
  const latest = context.wordings(id).at(-1);
  if (latest) return latest;
  throw new NotInRecord(
    'event',
    id,
    `no event has the id ${id}`,
    didYouMean(id, context.header.keys) ?? 'stood timeline lists events with their ids',
  );
}

/** The event and everything that names it as its cause, however far down. */
function fallen(view: View, id: string): StoredEvent[] {
  const named = new Map<string, StoredEvent[]>();
  for (let position = 0; position < view.context.eventCount; position++) {
    const event = view.context.eventAt(position);
    if (!isVisible(view, event)) continue;
    for (const cause of event.because) named.set(cause, [...(named.get(cause) ?? []), event]);
  }
  const found = new Map<string, StoredEvent>();
  const queue = [id];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const event of named.get(next) ?? []) {
      if (event.id === id || found.has(event.id)) continue;
      found.set(event.id, event);
      queue.push(event.id);
    }
  }
  return [...found.values()];
}

export const without =
  (view: View): Machine['without'] =>
  (id, options = {}) => {
    const event = view.context.wordings(id).find((one) => isVisible(view, one)) ?? theEvent(view.context, id);
    const fell = fallen(view, id);
    const at =
      options.at === undefined
        ? Math.max(event.latest, ...fell.map(({ latest }) => latest))
        : readDay(view.context, options.at, 'last');
    const hypothetical: View = {
      ...view,
      timeline: timelineWithout(view, new Set([id, ...fell.map((one) => one.id)])),
    };
    const [real, supposed] = [sightAt(view, at), sightAt(hypothetical, at)];
    const all = { kinds: undefined, partOf: undefined };
    const changes: Difference[] = differences(real, supposed, bodiesOn(real, all), bodiesOn(supposed, all));
    return {
      at: isoDay(at),
      ...head(view),
      hypothetical: true,
      event: told(event),
      fell: fell.map(told),
      differences: changes,
      notes: [
        `Hypothetical: the landscape of ${dayInWords(at)} had “${event.sentence}” not happened.`,
        fell.length === 0
          ? 'No event names it as its cause, so nothing else falls with it.'
          : `${fell.length} events name it as their cause, directly or further down, and fall with it. What the record gives no cause for is left standing.`,
      ],
    } satisfies Without;
  };

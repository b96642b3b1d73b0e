import { didYouMean } from '../record/near.ts';
import { isoDay } from '../time/day.ts';
import { dayInWords } from '../time/words.ts';
import type { Difference, Without } from './answers.ts';
import { type Context, head, isVisible, readDay, readId, readKinds, told, type View } from './context.ts';
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

/** Counterfactuals kept for a record: a page asks for one several times, and making one reads every event. */
const KEPT = 8;
const kept = new WeakMap<Context, Map<string, Pick<View, 'timeline'> & { readonly absent: ReadonlySet<string> }>>();

/** The view with an event supposed away, and everything that names it as its cause; the view itself when none is. */
export function supposing(view: View, id: string | undefined): View {
  if (id === undefined) return view;
  theEvent(view.context, id);
  const known = kept.get(view.context) ?? new Map();
  kept.set(view.context, known);
  const key = JSON.stringify([id, view.dates, view.publishedBy ?? null, view.recordedBy ?? null]);
  let found = known.get(key);
  if (!found) {
    const absent = new Set([id, ...fallen(view, id).map((one) => one.id)]);
    found = { absent, timeline: timelineWithout(view, absent) };
    known.set(key, found);
    if (known.size > KEPT) known.delete(known.keys().next().value);
  }
  const { absent, timeline } = found;
  return { ...view, timeline, supposed: { event: id, absent, real: view } };
}

export const without =
  (view: View): Machine['without'] =>
  (id, options = {}) => {
    const event = view.context.wordings(id).find((one) => isVisible(view, one)) ?? theEvent(view.context, id);
    const fell = fallen(view, id);
    const hypothetical = supposing(view, id);
    const at =
      options.at === undefined
        ? Math.max(event.latest, ...fell.map(({ latest }) => latest))
        : readDay(view.context, options.at, 'last');
    const [real, supposed] = [sightAt(view, at), sightAt(hypothetical, at)];
    const chosen = {
      kinds: readKinds(options.kind),
      partOf: options.partOf === undefined ? undefined : readId(view, options.partOf),
    };
    const changes: Difference[] = differences(real, supposed, bodiesOn(real, chosen), bodiesOn(supposed, chosen));
    return {
      at: isoDay(at),
      ...head(hypothetical),
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

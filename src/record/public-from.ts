import type { Day, FuzzyDate } from '../time/day.ts';
import type { Citation, Source } from './types.ts';

/**
 * The day from which the public could know of an event: the earliest that any of its sources gives.
 *
 * A dated source gives the day on which it was published. Published "in 2018" gives the last day of 2018, by which it was
 * certainly out; but when the event itself falls within that time, it gives the event's own first day, since an imprecise
 * date is no reason to hide an event from its own day. A register attests continuously, an encyclopaedia repeats what was known,
 * and of an undated source nothing better can be said: each of these gives the event's own first day, encyclopaedias only when no other source is named.
 */
export function publicFrom(
  effective: FuzzyDate,
  cited: readonly Citation[],
  sources: ReadonlyMap<string, Source>,
): Day {
  const known = cited.map(({ source }) => sources.get(source)).filter((source) => source !== undefined);
  const firsthand = known.filter(({ kind }) => kind !== 'encyclopaedia');
  const days = firsthand.map(({ kind, published }) =>
    kind === 'register' || published === undefined ? effective.earliest : publishedBy(published, effective),
  );
  return days.length === 0 ? effective.earliest : Math.min(...days);
}

function publishedBy(published: FuzzyDate, effective: FuzzyDate): Day {
  if (effective.earliest >= published.earliest && effective.earliest <= published.latest) return effective.earliest;
  return published.latest;
}

import { civilFromDay, type Day, isoDay } from '../time/day.ts';
import { parseEdtf } from '../time/edtf.ts';
import { dayInWords, fuzzyInWords } from '../time/words.ts';

/** The first and the last day that a date can mean; `exact` when it is one day and nobody doubts it. */
export interface Bounds {
  readonly earliest: Day;
  readonly latest: Day;
  readonly exact: boolean;
}

/** The bounds of a date in EDTF; throws a RangeError for a text that is none. */
export function boundsOf(edtf: string): Bounds {
  const { earliest, latest, approximate } = dateOf(edtf);
  return { earliest, latest, exact: earliest === latest && !approximate };
}

/** True when a date in EDTF is one day, without doubt. */
export function isExact(edtf: string): boolean {
  return boundsOf(edtf).exact;
}

/** A date in EDTF as people write it: `1 April 2013`, `2018, day unknown`. */
export function whenInWords(edtf: string): string {
  return fuzzyInWords(dateOf(edtf));
}

/** A period as people write it, its end as its last day: `1 April 2013 to 31 March 2020`, `since 1 July 2022`. */
export function periodInWords(from: string, until: string | null): string {
  if (until === null) return `since ${whenInWords(from)}`;
  const end = boundsOf(until);
  return end.exact
    ? `${whenInWords(from)} to ${dayInWords(end.latest - 1)}`
    : `${whenInWords(from)} to an end in ${whenInWords(until)}`;
}

/**
 * A period by its first and last days, both included, as targets want it that know no doubt: every boundary is taken
 * at the earliest day it can mean, so that what follows on another still does. Of no known end: no last day.
 */
export function lifetime(from: string, until: string | null): { readonly first: Day; readonly last: Day | undefined } {
  const first = boundsOf(from).earliest;
  return { first, last: until === null ? undefined : Math.max(first, boundsOf(until).earliest - 1) };
}

/** The year, month and day of a day number. */
export const civil = civilFromDay;

/** A day number as `YYYY-MM-DD`. */
export const iso = isoDay;

function dateOf(edtf: string) {
  const read = parseEdtf(edtf);
  if (!read.ok) throw new RangeError(read.message);
  return read.date;
}

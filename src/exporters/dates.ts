import { type Day, isoDay, parseIsoDay } from '../time/day.ts';
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
  const read = parseEdtf(edtf);
  if (!read.ok) throw new RangeError(read.message);
  const { earliest, latest, approximate } = read.date;
  return { earliest, latest, exact: earliest === latest && !approximate };
}

/**
 * The last day of a period, for targets that count it in: the day before `until`, our first day no longer. A date less
 * exact than a day gives the first and last day that the last day can be.
 */
export function lastDayOf(until: string): { readonly first: string; readonly last: string } | undefined {
  const read = parseEdtf(until);
  return read.ok ? { first: isoDay(read.date.earliest - 1), last: isoDay(read.date.latest - 1) } : undefined;
}

/** True when a date in EDTF is one day, without doubt. */
export function isExact(edtf: string): boolean {
  return boundsOf(edtf).exact;
}

/** Whether a date is one day, in ISO, and no more is said of it. */
export function isDay(edtf: string): boolean {
  return parseIsoDay(edtf) !== undefined;
}

/** A date in EDTF as people write it: `1 April 2013`, `2018, day unknown`; a text that is no date as it is. */
export function inWords(edtf: string): string {
  const read = parseEdtf(edtf);
  return read.ok ? fuzzyInWords(read.date) : edtf;
}

/** A period as people write it, its end as its last day: `1 April 2013 to 31 March 2020`, `since 1 July 2022`. */
export function periodInWords(from: string, until: string | null): string {
  if (until === null) return `since ${inWords(from)}`;
  const end = boundsOf(until);
  return end.exact
    ? `${inWords(from)} to ${dayInWords(end.latest - 1)}`
    : `${inWords(from)} to an end in ${inWords(until)}`;
}

/**
 * A period by its first and last days, both included, as targets want it that know no doubt: every boundary is taken
 * at the earliest day it can mean, so that what follows on another still does. Of no known end: no last day.
 */
export function lifetime(from: string, until: string | null): { readonly first: Day; readonly last: Day | undefined } {
  const first = boundsOf(from).earliest;
  return { first, last: until === null ? undefined : Math.max(first, boundsOf(until).earliest - 1) };
}

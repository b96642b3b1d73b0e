import { isoDay, parseIsoDay } from '../time/day.ts';
import { parseEdtf } from '../time/edtf.ts';

/** The first and last day that a date can mean, in ISO; undefined for what is no date. */
export function boundsOf(edtf: string): { readonly first: string; readonly last: string } | undefined {
  const read = parseEdtf(edtf);
  return read.ok ? { first: isoDay(read.date.earliest), last: isoDay(read.date.latest) } : undefined;
}

/**
 * The last day of a period, for targets that count it in: the day before `until`, our first day no longer. A date less
 * exact than a day gives the first and last day that the last day can be.
 */
export function lastDayOf(until: string): { readonly first: string; readonly last: string } | undefined {
  const read = parseEdtf(until);
  return read.ok ? { first: isoDay(read.date.earliest - 1), last: isoDay(read.date.latest - 1) } : undefined;
}

/** Whether a date is one day, in ISO, and no more is said of it. */
export function isDay(edtf: string): boolean {
  return parseIsoDay(edtf) !== undefined;
}

import type { FuzzyDate } from '../time/day.ts';
import { parseIsoDay } from '../time/day.ts';
import { afterLastDay, parseEdtf } from '../time/edtf.ts';

/** A register's `YYYYMMDD` as an ISO day; undefined when it is no day. */
export function registerDay(text: string): string | undefined {
  const iso = /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : '';
  return parseIsoDay(iso) === undefined ? undefined : iso;
}

/** A date that is known to be well written. */
export function dateOf(edtf: string): FuzzyDate {
  const read = parseEdtf(edtf);
  if (!read.ok) throw new RangeError(`${edtf} is not a date`);
  return read.date;
}

/** The first day on which a body is no more, from its last. */
export function dayAfter(edtf: string): FuzzyDate {
  return afterLastDay(dateOf(edtf));
}

/** True when both are the same day or span. */
export function sameDate(one: FuzzyDate, other: FuzzyDate): boolean {
  return one.earliest === other.earliest && one.latest === other.latest;
}

/** True when the day of one may be that of the other. */
export function mayBe(one: FuzzyDate, other: FuzzyDate): boolean {
  return one.earliest <= other.latest && other.earliest <= one.latest;
}

import { type Day, parseIsoDay } from '../../time/day.ts';
import { parseEdtf } from '../../time/edtf.ts';
import { dayInWords, fuzzyInWords } from '../../time/words.ts';

/** The first day that an EDTF date of the machine's answers can mean; undefined for a text that is no date. */
export function firstDayOf(edtf: string): Day | undefined {
  const day = parseIsoDay(edtf);
  if (day !== undefined) return day;
  const read = parseEdtf(edtf);
  return read.ok ? read.date.earliest : undefined;
}

/** The last day that it can mean. */
export function lastDayOf(edtf: string): Day | undefined {
  const day = parseIsoDay(edtf);
  if (day !== undefined) return day;
  const read = parseEdtf(edtf);
  return read.ok ? read.date.latest : undefined;
}

/** A date of an answer as people read it: `1 April 2013`, `May 2018`, `some day between September and October 2025`. */
export function inWords(edtf: string): string {
  const day = parseIsoDay(edtf);
  if (day !== undefined) return dayInWords(day);
  const read = parseEdtf(edtf);
  return read.ok ? fuzzyInWords(read.date) : edtf;
}

/** The year a date of an answer begins in, for labels where a day has no room. */
export function yearOf(edtf: string): string {
  return /\d{4}/.exec(edtf)?.[0] ?? edtf;
}

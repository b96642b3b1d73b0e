import { isoDay, parseIsoDay } from '../time/day.ts';
import { parseEdtf } from '../time/edtf.ts';
import { dayInWords, fuzzyInWords, spanInWords } from '../time/words.ts';

/** A date of an event as people write it: `1 April 2013`, `June 2017`, `2018, day unknown`; what is no date is left as it is. */
export function dateInWords(edtf: string): string {
  const day = parseIsoDay(edtf);
  if (day !== undefined) return dayInWords(day);
  const read = parseEdtf(edtf);
  return read.ok ? fuzzyInWords(read.date) : edtf;
}

/** A date that was asked about: `1 April 2013`, `June 2017`, `2018`. */
export function askedInWords(at: string): string {
  const day = parseIsoDay(at);
  if (day !== undefined) return dayInWords(day);
  const read = parseEdtf(at);
  if (!read.ok || read.date.approximate) return at;
  return spanInWords({ from: read.date.earliest, to: read.date.latest + 1 });
}

/** The first and the last day of a month, a year or the like, ISO; undefined for a text that is no date. */
export function spanOf(at: string): { readonly first: string; readonly last: string } | undefined {
  const read = parseEdtf(at);
  return read.ok ? { first: isoDay(read.date.earliest), last: isoDay(read.date.latest) } : undefined;
}

/** The last day of a period from its first day no longer: `30 June 2022`, `some day in 2018`. */
export function lastDayInWords(until: string): string {
  const day = parseIsoDay(until);
  if (day !== undefined) return dayInWords(day - 1);
  const read = parseEdtf(until);
  if (!read.ok) return until;
  const { earliest, latest, approximate } = read.date;
  const words = fuzzyInWords(read.date);
  // Days are counted back; a month or a year loosely known is as good for the last day as for the first day no longer.
  if (!/between \d+ \D/.test(words))
    return words.startsWith('some day') ? words : `some day in ${words.replace(', day unknown', '')}`;
  return fuzzyInWords({ edtf: '', earliest: earliest - 1, latest: latest - 1, approximate });
}

/** A period as people write it: `1 April 2013 to 30 June 2022`, `since 1 July 2022`. */
export function periodInWords(from: string | null, until: string | null): string {
  if (from === null) return until === null ? 'dates unknown' : `until ${lastDayInWords(until)}`;
  return until === null ? `since ${dateInWords(from)}` : `${dateInWords(from)} to ${lastDayInWords(until)}`;
}

/** When something happened that took from one ISO day to another: `1 April 2000`, `April 2000`, `1988`, `1991 to 2026`. */
export function stretchInWords(from: string, to: string): string {
  const [first, last] = [parseIsoDay(from), parseIsoDay(to)];
  if (first === undefined || last === undefined) return from === to ? askedInWords(from) : `${from} to ${to}`;
  const [began, ended] = [from.slice(0, 4), to.slice(0, 4)];
  return began === ended ? spanInWords({ from: first, to: last + 1 }) : `${began} to ${ended}`;
}

/** A text with its ISO days as people write them. */
export function withDaysInWords(text: string): string {
  return text.replace(/(?<![\w/-])\d{4}-\d{2}-\d{2}(?![\w/-])/g, (day) => dateInWords(day));
}

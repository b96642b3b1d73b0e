import { type Day, dayFromCivil, parseIsoDay } from '../../time/day.ts';
import { dayInWords, monthName } from '../../time/words.ts';

/** The first day that an EDTF date of the machine's answers can mean; undefined for one it cannot read. */
export function firstDayOf(edtf: string): Day | undefined {
  return edgeOf(edtf, 'first');
}

/** The last day that it can mean. */
export function lastDayOf(edtf: string): Day | undefined {
  return edgeOf(edtf, 'last');
}

function edgeOf(edtf: string, side: 'first' | 'last'): Day | undefined {
  const bare = edtf.replaceAll(/[~?%[\]]/g, '');
  const ends = bare.split(/\.\.|\/|,/).filter((part) => part !== '');
  const text = side === 'first' ? ends[0] : ends.at(-1);
  const day = text === undefined ? undefined : parseIsoDay(text);
  if (day !== undefined) return day;
  const [, year, month] = /^(\d{4})(?:-(\d{2}))?$/.exec(text ?? '') ?? [];
  if (year === undefined) return undefined;
  const first = month === undefined ? 1 : Number(month);
  if (first < 1 || first > 12) return undefined;
  if (side === 'first') return dayFromCivil(Number(year), first, 1);
  if (month === undefined) return dayFromCivil(Number(year) + 1, 1, 1) - 1;
  return (first === 12 ? dayFromCivil(Number(year) + 1, 1, 1) : dayFromCivil(Number(year), first + 1, 1)) - 1;
}

/** A date of an answer as people read it: `1 April 2013`, `May 2018`, `2018`, `between 1 September 2025 and 31 October 2025`. */
export function inWords(edtf: string): string {
  const day = parseIsoDay(edtf);
  if (day !== undefined) return dayInWords(day);
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(edtf) ?? [];
  if (year !== undefined && month !== undefined) return `${monthName(Number(month))} ${year}`;
  if (/^\d{4}$/.test(edtf)) return edtf;
  const [first, last] = [firstDayOf(edtf), lastDayOf(edtf)];
  return first === undefined || last === undefined ? edtf : `between ${dayInWords(first)} and ${dayInWords(last)}`;
}

/** The year a date of an answer begins in, for labels where a day has no room. */
export function yearOf(edtf: string): string {
  return /\d{4}/.exec(edtf)?.[0] ?? edtf;
}

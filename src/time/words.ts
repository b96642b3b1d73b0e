import { BEGINNING, civilFromDay, type Day, dayFromCivil, daysInMonth, FOREVER, type FuzzyDate } from './day.ts';

/** Names of the months as written in English, January first. */
export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const SEASON_NAMES = ['spring', 'summer', 'autumn', 'winter'] as const;

/** A period of days `[from, to)`. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
}

/** Name of a month, 1-12. */
export function monthName(month: number): string {
  return MONTH_NAMES[month - 1] ?? '';
}

/** A day as people write it: `1 April 2013`. */
export function dayInWords(day: Day): string {
  if (day >= FOREVER) return 'no end known';
  if (day <= BEGINNING) return 'the beginning';
  const { year, month, day: date } = civilFromDay(day);
  return `${date} ${monthName(month)} ${year}`;
}

/** The end of a period as people write it, from the first day on which it no longer holds: `until 30 June 2022`. */
export function untilInWords(end: Day): string {
  return end >= FOREVER ? 'with no end known' : `until ${dayInWords(end - 1)}`;
}

/**
 * A date of whatever precision as people write it: `1 April 2013`, `June 2017`, `2018, day unknown`, `spring 2018`,
 * `some day between September 2017 and June 2019`; `~` reads "about", `?` reads "perhaps".
 */
export function fuzzyInWords(date: FuzzyDate): string {
  const doubt = date.approximate
    ? `${/[?%]/.test(date.edtf) ? 'perhaps ' : ''}${/[~%]/.test(date.edtf) ? 'about ' : ''}`
    : '';
  return doubt + bareInWords(date);
}

function bareInWords({ edtf, earliest, latest }: FuzzyDate): string {
  if (earliest === latest) return dayInWords(earliest);
  const season = /^(\d{4})-(2[1-4])\b/.exec(edtf);
  if (season) return `${SEASON_NAMES[Number(season[2]) - 21]} ${season[1]}`;
  const choices = /^\[([\d,-]+)\]$/.exec(edtf)?.[1]?.split(',') ?? [];
  if (choices.length > 1 && choices.length < 6) return listOr(choices.map(choiceInWords));
  const first = civilFromDay(earliest);
  const last = civilFromDay(latest);
  if (wholeYears({ from: earliest, to: latest + 1 }))
    return first.year === last.year ? `${first.year}, day unknown` : `some day between ${first.year} and ${last.year}`;
  if (!wholeMonths({ from: earliest, to: latest + 1 }))
    return `some day between ${dayInWords(earliest)} and ${dayInWords(latest)}`;
  const [start, end] = [`${monthName(first.month)} ${first.year}`, `${monthName(last.month)} ${last.year}`];
  return start === end ? start : `some day between ${start} and ${end}`;
}

/** One choice of a set: a year, a month or a day in ISO. */
function choiceInWords(iso: string): string {
  const [year, month, day] = iso.split('-');
  return [day === undefined ? undefined : Number(day), month === undefined ? undefined : monthName(Number(month)), year]
    .filter((part) => part !== undefined)
    .join(' ');
}

function listOr(parts: readonly string[]): string {
  return `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
}

/** A span as people write it: `2017`, `June 2017`, `2013/14`, `1 April 2013`, else its first and last day. */
export function spanInWords(span: Span): string {
  const { year, month } = civilFromDay(span.from);
  if (span.to === span.from + 1) return dayInWords(span.from);
  if (span.to === dayFromCivil(year + 1, 1, 1) && wholeYears(span)) return String(year);
  if (wholeMonths(span) && span.to === span.from + daysInMonth(year, month)) return `${monthName(month)} ${year}`;
  const financial = financialYear(financialYearOf(span.from));
  if (span.from === financial.from && span.to === financial.to) return financial.name;
  return `${dayInWords(span.from)} to ${dayInWords(span.to - 1)}`;
}

function wholeMonths({ from, to }: Span): boolean {
  return civilFromDay(from).day === 1 && civilFromDay(to).day === 1;
}

function wholeYears({ from, to }: Span): boolean {
  return wholeMonths({ from, to }) && civilFromDay(from).month === 1 && civilFromDay(to).month === 1;
}

/** The year in which the financial year of a day began: 2013 for 31 March 2014. */
export function financialYearOf(day: Day): number {
  const { year, month } = civilFromDay(day);
  return month >= 4 ? year : year - 1;
}

/** The financial year that began on 1 April of `year`, and its name: `2013/14`. */
export function financialYear(year: number): Span & { readonly name: string } {
  return {
    from: dayFromCivil(year, 4, 1),
    to: dayFromCivil(year + 1, 4, 1),
    name: `${year}/${String((year + 1) % 100).padStart(2, '0')}`,
  };
}

/** The span of a month, 1-12. */
export function monthSpan(year: number, month: number): Span {
  return { from: dayFromCivil(year, month, 1), to: dayFromCivil(year, month, daysInMonth(year, month)) + 1 };
}

/** The span of a calendar year. */
export function yearSpan(year: number): Span {
  return { from: dayFromCivil(year, 1, 1), to: dayFromCivil(year + 1, 1, 1) };
}

/**
 * First and last day of an EDTF season, 21 spring to 24 winter, by the Met Office's months:
 * spring is March to May; winter is December of the year named to February of the next.
 */
export function seasonBounds(year: number, season: number): { readonly earliest: Day; readonly latest: Day } {
  const month = 3 * (season - 20);
  return {
    earliest: dayFromCivil(year, month, 1),
    latest: dayFromCivil(month === 12 ? year + 1 : year, month === 12 ? 3 : month + 3, 1) - 1,
  };
}

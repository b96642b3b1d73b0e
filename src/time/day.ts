/**
 * A calendar day as an integer: days since 1 January 1970 in the proleptic Gregorian calendar.
 * Never an instant: midnight in London in summer is 23:00 UTC the day before.
 */
export type Day = number;

/** Before every day the record can hold. */
export const BEGINNING: Day = -2_147_483_648;
/** After every day the record can hold; as the end of a period: no end is known of. */
export const FOREVER: Day = 2_147_483_647;

/**
 * What a source said of a date: the EDTF as written and the first and last day it can mean.
 * `approximate` keeps EDTF's `~` and `?`; it does not widen the bounds.
 */
export interface FuzzyDate {
  readonly edtf: string;
  readonly earliest: Day;
  readonly latest: Day;
  readonly approximate: boolean;
}

/**
 * The day number of a civil date; months 1-12, days 1-31. Does not check the month's length: see `isCivilDate`.
 * Algorithm: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil).
 */
export function dayFromCivil(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Year, month (1-12) and day (1-31) of a day number; the inverse of `dayFromCivil`. */
export function civilFromDay(value: Day): { year: number; month: number; day: number } {
  const z = value + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1,
  };
}

/** Days in a month (1-12) of a year. */
export function daysInMonth(year: number, month: number): number {
  return month === 12 ? 31 : dayFromCivil(year, month + 1, 1) - dayFromCivil(year, month, 1);
}

/** True when the year, month and day name a day that exists (30 February does not). */
export function isCivilDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The day of an ISO date `YYYY-MM-DD`, or undefined when it is not one or the day does not exist. */
export function parseIsoDay(text: string): Day | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  return isCivilDate(year, month, day) ? dayFromCivil(year, month, day) : undefined;
}

/** A day as `YYYY-MM-DD`. */
export function isoDay(value: Day): string {
  const { year, month, day } = civilFromDay(value);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

import { type Day, dayFromCivil } from '../time/day.ts';

/** The calendar day in London now: a day in England, whatever the clock of the machine says. */
export function todayInEngland(now: number = Date.now()): Day {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  return dayFromCivil(part('year'), part('month'), part('day'));
}

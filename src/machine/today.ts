import { DateTime } from 'luxon';
import { type Day, dayFromCivil } from '../time/day.ts';

/** The calendar day in England now, whatever the clock of the machine says. */
export function todayInEngland(now: number = Date.now()): Day {
  const { year, month, day } = DateTime.fromMillis(now, { zone: 'Europe/London' });
  return dayFromCivil(year, month, day);
}

import { createRequire } from 'node:module';
import type * as Luxon from 'luxon';
import { type Day, dayFromCivil } from '../time/day.ts';

const require = createRequire(import.meta.url);

/** The calendar day in England now, whatever the clock of the machine says. Luxon is read only when somebody asks. */
export function todayInEngland(now: number = Date.now()): Day {
  const { DateTime } = require('luxon') as typeof Luxon;
  const { year, month, day } = DateTime.fromMillis(now, { zone: 'Europe/London' });
  return dayFromCivil(year, month, day);
}

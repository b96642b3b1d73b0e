import { civilFromDay, type Day, dayFromCivil, daysInMonth, isCivilDate } from './day.ts';
import {
  dayInWords,
  financialYear,
  MONTH_NAMES,
  monthName,
  monthSpan,
  type Span,
  spanInWords,
  yearSpan,
} from './words.ts';

/** The date a person asked about: a day, or a span `[from, to)` when they named a month or a year. */
export type Asked =
  | { readonly kind: 'day'; readonly day: Day; readonly text: string }
  | { readonly kind: 'span'; readonly from: Day; readonly to: Day; readonly text: string };

/** What came of reading what a person typed; `text` of a good answer is the date in words. */
export type ReadAsked =
  | { readonly ok: true; readonly asked: Asked }
  | { readonly ok: false; readonly message: string; readonly hint: string };

const HINT = 'write 2013-04-01, 1 April 2013, 1/4/2013 (day first), April 2013, 2013, 2013/14 or today';
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+/;

/** Reads a date as a person types it, day before month; `today` is the clock, given by the caller. */
export function parseAsked(text: string, { today }: { readonly today: Day }): ReadAsked {
  const typed = text.trim().replace(/\s+/g, ' ');
  const plain = typed
    .toLowerCase()
    .replace(/^on /, '')
    .replace(WEEKDAY, '')
    .replace(/[.,]+$/, '')
    .replace(/,/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '') return wrong('no date was given', HINT);
  if (plain === 'today' || plain === 'now') return ofDay(today);
  if (plain === 'yesterday') return ofDay(today - 1);
  if (plain === 'tomorrow') return ofDay(today + 1);
  return readNumbers(plain, typed) ?? readMonthNamed(plain, typed, civilFromDay(today).year) ?? unreadable(typed);
}

function readNumbers(plain: string, typed: string): ReadAsked | undefined {
  const year = /^(\d{4})$/.exec(plain);
  if (year) return ofSpan(yearSpan(Number(year[1])));
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  const yearFirst = compact ?? /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(plain)?.filter((_, i) => i !== 2);
  if (yearFirst) return ofCivil(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]), typed);
  const financial = /^(?:fy ?)?(\d{4}) ?\/ ?(\d{2}|\d{4})$/.exec(plain) ?? /^fy ?(\d{4})-(\d{2}|\d{4})$/.exec(plain);
  if (financial) return ofFinancialYear(Number(financial[1]), financial[2] ?? '', typed);
  const month = /^(\d{4})-(\d{1,2})$/.exec(plain);
  if (month) return ofMonth(Number(month[1]), Number(month[2]), typed);
  const dayFirst = /^(\d{1,2})([-/.])(\d{1,2})\2(\d+)$/.exec(plain);
  if (dayFirst) return ofDayFirst(Number(dayFirst[1]), Number(dayFirst[3]), dayFirst[4] ?? '', typed);
  const monthSlashYear = /^(\d{1,2})[/.-](\d{4})$/.exec(plain);
  if (monthSlashYear) return ofMonth(Number(monthSlashYear[2]), Number(monthSlashYear[1]), typed);
  return undefined;
}

function ofDayFirst(day: number, month: number, year: string, typed: string): ReadAsked {
  if (year.length !== 4)
    return wrong(
      `“${typed}” does not give the year in four digits`,
      `write ${day}/${month}/20${year.slice(-2).padStart(2, '0')}, say`,
    );
  if (month > 12 && day <= 12) {
    const last = daysInMonth(Number(year), day);
    return wrong(
      `“${typed}” is read day first, and there is no month ${month}`,
      month <= last
        ? `did you mean ${month}/${day}/${year}, ${month} ${monthName(day)} ${year}?`
        : `write the day first, as in ${last}/${day}/${year}; ${monthName(day)} ${year} had ${last} days`,
    );
  }
  return ofCivil(Number(year), month, day, typed);
}

function readMonthNamed(plain: string, typed: string, thisYear: number): ReadAsked | undefined {
  const dayFirst = /^(\d{1,2}) ?(?:st|nd|rd|th)?(?: of)?[ -]?([a-z]{3,9})\.?(?:[ -](\d+))?$/.exec(plain);
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d+))?$/.exec(plain);
  const monthOnly = /^([a-z]{3,9})\.?(?:[ -](\d{3,}))?$/.exec(plain);
  const [dayText, monthText, yearText] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : monthOnly
      ? [undefined, monthOnly[1], monthOnly[2]]
      : monthFirst
        ? [monthFirst[2], monthFirst[1], monthFirst[3]]
        : [];
  const month = monthText === undefined ? undefined : monthOf(monthText);
  if (month === undefined) return undefined;
  if (yearText === undefined)
    return wrong(
      `“${typed}” does not say which year`,
      `write ${[dayText, monthName(month), thisYear].filter(Boolean).join(' ')}, say`,
    );
  if (yearText.length !== 4)
    return wrong(
      `“${typed}” does not give the year in four digits`,
      `write ${[dayText, monthName(month), `20${yearText.slice(-2).padStart(2, '0')}`].filter(Boolean).join(' ')}, say`,
    );
  return dayText === undefined
    ? ofMonth(Number(yearText), month, typed)
    : ofCivil(Number(yearText), month, Number(dayText), typed);
}

/** Month of a name or its beginning: `apr`, `sept`. */
function monthOf(text: string): number | undefined {
  const found = MONTH_NAMES.findIndex((name) => name.toLowerCase().startsWith(text));
  return found === -1 ? undefined : found + 1;
}

function ofCivil(year: number, month: number, day: number, typed: string): ReadAsked {
  if (month < 1 || month > 12) return noMonth(month, typed, day);
  if (isCivilDate(year, month, day)) return ofDay(dayFromCivil(year, month, day));
  const last = daysInMonth(year, month);
  if (day < 1) return wrong(`“${typed}” is not a day: days count from 1`, `write 1 ${monthName(month)} ${year}`);
  return wrong(
    `“${typed}” is not a day: ${monthName(month)} ${year} had ${last} days`,
    `its last day was ${last} ${monthName(month)} ${year}`,
  );
}

function ofMonth(year: number, month: number, typed: string): ReadAsked {
  if (month === (year + 1) % 100 && month > 12)
    return wrong(
      `“${typed}” is not a month: there is no month ${month}`,
      `for the financial year write ${financialYear(year).name}`,
    );
  return month < 1 || month > 12 ? noMonth(month, typed, undefined) : ofSpan(monthSpan(year, month));
}

function ofFinancialYear(year: number, second: string, typed: string): ReadAsked {
  const wanted = second.length === 4 ? year + 1 : (year + 1) % 100;
  if (Number(second) === wanted) return ofSpan(financialYear(year));
  const month = Number(second);
  return wrong(
    `“${typed}” is not a financial year: the one that began in ${year} is ${financialYear(year).name}`,
    month >= 1 && month <= 12
      ? `for ${monthName(month)} ${year} write ${year}-${second}`
      : `write ${financialYear(year).name}`,
  );
}

function noMonth(month: number, typed: string, day: number | undefined): ReadAsked {
  return wrong(
    `“${typed}”: there is no month ${month}`,
    day === undefined || day > 12
      ? 'months are 1 to 12; write 2013-04, or 2013-04-01 for a day'
      : 'write the year, the month, the day: 2013-04-01',
  );
}

function ofDay(day: Day): ReadAsked {
  return { ok: true, asked: { kind: 'day', day, text: dayInWords(day) } };
}

function ofSpan({ from, to }: Span): ReadAsked {
  return { ok: true, asked: { kind: 'span', from, to, text: spanInWords({ from, to }) } };
}

function unreadable(typed: string): ReadAsked {
  return wrong(`“${typed.length > 40 ? `${typed.slice(0, 40)}…` : typed}” is not a date this program can read`, HINT);
}

function wrong(message: string, hint: string): ReadAsked {
  return { ok: false, message, hint };
}

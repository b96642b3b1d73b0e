import type { Machine } from '../machine/index.ts';
import { parseAsked } from '../time/asked.ts';
import { civilFromDay, type Day, dayFromCivil, isCivilDate, isoDay, parseIsoDay } from '../time/day.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** The day from which days are numbered was a Thursday. */
const THURSDAY = 4;

/** The start of a day as HTTP writes a moment: `Mon, 01 Apr 2013 00:00:00 GMT`. */
export function httpDate(day: Day): string {
  const { year, month, day: date } = civilFromDay(day);
  const weekday = WEEKDAYS[(((day + THURSDAY) % 7) + 7) % 7] ?? '';
  return `${weekday}, ${String(date).padStart(2, '0')} ${MONTHS[month - 1]} ${String(year).padStart(4, '0')} 00:00:00 GMT`;
}

/** The day of a moment as HTTP writes one; undefined for anything else (RFC 7089 wants GMT and the English names). */
export function dayOfHttpDate(text: string): Day | undefined {
  const read = /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) \d{2}:\d{2}:\d{2} GMT$/.exec(
    text.trim(),
  );
  if (!read) return undefined;
  const [date, month, year] = [Number(read[1]), MONTHS.indexOf(read[2] ?? '') + 1, Number(read[3])];
  return month > 0 && isCivilDate(year, month, date) ? dayFromCivil(year, month, date) : undefined;
}

/** The days on which something changed, up to and with `today`, in order. */
export function changeDays(machine: Machine, today: Day): readonly Day[] {
  const held = known.get(machine);
  if (held?.today === today) return held.days;
  const days = machine.days().days.flatMap(({ at }) => {
    const day = parseIsoDay(at);
    return day === undefined || day > today ? [] : [day];
  });
  known.set(machine, { today, days });
  return days;
}

const known = new WeakMap<Machine, { readonly today: Day; readonly days: readonly Day[] }>();

/** The day that a date in an address means; undefined when it means a span, or nothing. */
export function singleDay(date: string, today: Day): Day | undefined {
  const read = parseAsked(date, { today });
  return read.ok && read.asked.kind === 'day' ? read.asked.day : undefined;
}

/** What `/at/<day>` says of itself as a memento: its moment, and the way to the others. */
export function mementoHeaders(
  machine: Machine,
  day: Day,
  today: Day,
  prefix: string,
): { readonly datetime: string; readonly links: string } {
  const days = changeDays(machine, today);
  const after = days.find((other) => other > day);
  const before = days.findLast((other) => other < day);
  const links = [...frame(prefix)];
  const memento = (other: Day | undefined, rel: string): void => {
    if (other !== undefined)
      links.push(`<${prefix}/at/${isoDay(other)}>; rel="${rel} memento"; datetime="${httpDate(other)}"`);
  };
  memento(days[0], 'first');
  memento(before, 'prev');
  memento(after, 'next');
  memento(days.at(-1), 'last');
  return { datetime: httpDate(day), links: links.join(', ') };
}

/** The links that every answer of the time gate has. */
export function frame(prefix: string): readonly string[] {
  return [
    `<${prefix}/at>; rel="original timegate"`,
    `<${prefix}/timemap>; rel="timemap"; type="application/link-format"`,
  ];
}

/** Every memento there is, in link format: one for each day on which something changed. */
export function timeMap(machine: Machine, today: Day, prefix: string): string {
  const days = changeDays(machine, today);
  const [first, last] = [days[0], days.at(-1)];
  const span =
    first === undefined || last === undefined ? '' : `; from="${httpDate(first)}"; until="${httpDate(last)}"`;
  const links = [
    `<${prefix}/at>; rel="original timegate"`,
    `<${prefix}/timemap>; rel="self"; type="application/link-format"${span}`,
    ...days.map(
      (day) => `<${prefix}/at/${isoDay(day)}>; rel="${relOf(day, first, last)}"; datetime="${httpDate(day)}"`,
    ),
  ];
  return `${links.join(',\n')}\n`;
}

function relOf(day: Day, first: Day | undefined, last: Day | undefined): string {
  return [...(day === first ? ['first'] : []), ...(day === last ? ['last'] : []), 'memento'].join(' ');
}

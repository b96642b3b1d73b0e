import { civilFromDay, type Day, dayFromCivil, daysInMonth, FOREVER, type FuzzyDate, isoDay } from '../time/day.ts';
import { dayInWords, fuzzyInWords } from '../time/words.ts';

const isoDays = new Map<Day, string>();
const daysInWords = new Map<Day, string>();

/** A few thousand days carry every boundary of the record: each is written out once. */
function once(known: Map<Day, string>, day: Day, write: (day: Day) => string): string {
  let text = known.get(day);
  if (text === undefined) {
    text = write(day);
    known.set(day, text);
  }
  return text;
}

/** A boundary as EDTF: a day, a month, a year, or one of a set of days. */
export function edtfOf({ earliest, latest }: { readonly earliest: Day; readonly latest: Day }): string {
  if (earliest === latest) return once(isoDays, earliest, isoDay);
  const first = civilFromDay(earliest);
  const last = civilFromDay(latest);
  if (first.year === last.year && first.day === 1) {
    if (first.month === last.month && last.day === daysInMonth(last.year, last.month))
      return isoDay(earliest).slice(0, 7);
    if (first.month === 1 && last.month === 12 && last.day === 31) return isoDay(earliest).slice(0, 4);
  }
  return `[${isoDay(earliest)}..${isoDay(latest)}]`;
}

/** A boundary in words: `1 April 2013`, `2018, day unknown`. */
export function boundaryInWords(bounds: { readonly earliest: Day; readonly latest: Day }): string {
  if (bounds.earliest === bounds.latest) return once(daysInWords, bounds.earliest, dayInWords);
  return fuzzyInWords(asFuzzy(bounds));
}

function asFuzzy({ earliest, latest }: { readonly earliest: Day; readonly latest: Day }): FuzzyDate {
  return { edtf: edtfOf({ earliest, latest }), earliest, latest, approximate: false };
}

/** "A, B and C". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** The words after the slash of an id. */
export function tail(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** What an id's family is: the words before the slash. */
export function family(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

/** First days of the periods between two days: for `every`. */
export function steps(from: Day, to: Day, every: 'day' | 'month' | 'quarter' | 'year'): Day[] {
  const days: Day[] = [];
  if (every === 'day') {
    for (let day = from; day <= to; day++) days.push(day);
    return days;
  }
  const months = { month: 1, quarter: 3, year: 12 }[every];
  const start = civilFromDay(from);
  for (let n = 0; ; n++) {
    const month = start.month - 1 + n * months;
    const year = start.year + Math.floor(month / 12);
    const inYear = (month % 12) + 1;
    const day = dayFromCivil(year, inYear, Math.min(start.day, daysInMonth(year, inYear)));
    if (day > to || day >= FOREVER) return days;
    days.push(day);
  }
}

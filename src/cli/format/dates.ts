import { dayFromCivil, daysInMonth, type FuzzyDate, parseIsoDay } from '../../time/day.ts';
import { fuzzyInWords, spanInWords } from '../../time/words.ts';

type ReadEdtf = (text: string) => { readonly ok: true; readonly date: FuzzyDate } | { readonly ok: false };

let readEdtf: ReadEdtf | undefined;

/** Dates that need the EDTF grammar: anything but a day, a month or a year. */
const FANCY =
  /"(?:from|until|to|at|since|date|expected|published|accessed)": ?"(?=[\d[{])(?!\d{4}(?:-\d{2}){0,2}")[\dXY~?%[\]{}.,/-]+"/;

/** Loads the EDTF grammar when an answer has dates that need it: most have none, and the command starts faster. */
export async function readyDates(answer: unknown): Promise<void> {
  if (!readEdtf && FANCY.test(JSON.stringify(answer))) readEdtf = (await import('../../time/edtf.ts')).parseEdtf;
}

/** The first and last day a date can mean, or undefined when it is not one. */
function boundsOf(edtf: string): FuzzyDate | undefined {
  const day = parseIsoDay(edtf);
  if (day !== undefined) return { edtf, earliest: day, latest: day, approximate: false };
  const plain = /^(\d{4})(?:-(0[1-9]|1[0-2]))?$/.exec(edtf);
  if (plain) {
    const year = Number(plain[1]);
    const [first, last] = plain[2] === undefined ? [1, 12] : [Number(plain[2]), Number(plain[2])];
    return {
      edtf,
      earliest: dayFromCivil(year, first, 1),
      latest: dayFromCivil(year, last, daysInMonth(year, last)),
      approximate: false,
    };
  }
  const read = readEdtf?.(edtf);
  return read?.ok ? read.date : undefined;
}

/** A date of an event as people write it: `1 April 2013`, `June 2017`, `2018, day unknown`. */
export function dateInWords(edtf: string): string {
  const date = boundsOf(edtf);
  return date ? fuzzyInWords(date) : edtf;
}

/** A date that was asked about: `1 April 2013`, `June 2017`, `2018`. */
export function askedInWords(at: string): string {
  const date = boundsOf(at);
  if (date && !date.approximate) return spanInWords({ from: date.earliest, to: date.latest + 1 });
  const span = /^(\d{4}-\d{2}-\d{2})\/(\d{4}-\d{2}-\d{2})$/.exec(at);
  return span ? `${dateInWords(span[1] ?? '')} to ${dateInWords(span[2] ?? '')}` : at;
}

/** The same after its preposition: `on 1 April 2013`, `in June 2017`. */
export function onAsked(at: string): string {
  return `${/^\d{4}-\d{2}-\d{2}$/.test(at) ? 'on' : 'in'} ${askedInWords(at)}`;
}

/** `since 1 April 2013`. */
function sinceInWords(from: string): string {
  return `since ${dateInWords(from)}`;
}

/** The last day of a period, as people write it, from its first day no longer: `30 June 2022`, `some day in 2018`. */
export function lastDayInWords(until: string): string {
  const end = boundsOf(until);
  if (!end) return until;
  if (end.earliest === end.latest) return fuzzyInWords({ ...end, earliest: end.earliest - 1, latest: end.latest - 1 });
  const words = fuzzyInWords(end);
  const shifted = fuzzyInWords({
    edtf: '',
    earliest: end.earliest - 1,
    latest: end.latest - 1,
    approximate: end.approximate,
  });
  const best = words.includes('some day between') && shifted.length < words.length ? shifted : words;
  return best.startsWith('some day') ? best : `some day in ${best.replace(', day unknown', '')}`;
}

/** A period as people write it: `1 April 2013 to 30 June 2022`, `since 1 July 2022`. */
export function periodInWords(from: string | null, until: string | null): string {
  if (from === null) return until === null ? 'dates unknown' : `until ${lastDayInWords(until)}`;
  return until === null ? sinceInWords(from) : `${dateInWords(from)} to ${lastDayInWords(until)}`;
}

/** An EDTF date without the marks before its first year: enough to sort by. */
export function yearFirst(edtf: string): string {
  return edtf.replace(/^[^\d]+/, '');
}

import { type EdtfNode, parse } from 'edtf';
import { type Day, dayFromCivil, daysInMonth, type FuzzyDate, isCivilDate, isoDay, parseIsoDay } from './day.ts';
import { seasonBounds } from './words.ts';

/** What came of reading a date as a source gives it. */
export type ReadDate =
  | { readonly ok: true; readonly date: FuzzyDate }
  | { readonly ok: false; readonly message: string; readonly hint: string };

interface Bounds {
  readonly earliest: Day;
  readonly latest: Day;
}

const HINT = 'write 2017-06-15, 2017-06, 2018, [2017-09..2019-06] for some day between, 2018? or 2004-06~ when unsure';

const remembered = new Map<string, ReadDate>();

/**
 * Reads a date in EDTF (levels 0 and 1, and the level 2 sets): the day on which one thing happened, as precisely as known.
 * An interval means one day somewhere within it. The grammar is the `edtf` package's; the bounds are reckoned here,
 * because that package takes `[a..b]` to end with a, drops unknown ends and puts spring in January.
 */
export function parseEdtf(text: string): ReadDate {
  const known = remembered.get(text);
  if (known) return known;
  const read = readPlain(text) ?? readTree(text);
  if (remembered.size < 20_000) remembered.set(text, read);
  return read;
}

/**
 * The day after a date that names a last day: what the rest of the house calls the end.
 * A month as last day becomes "from the second of the month to the first of the next".
 */
export function afterLastDay(date: FuzzyDate): FuzzyDate {
  const earliest = date.earliest + 1;
  const latest = date.latest + 1;
  const mark = date.approximate ? (/[?~%]/.exec(date.edtf)?.[0] ?? '~') : '';
  const edtf = earliest === latest ? isoDay(earliest) + mark : `${isoDay(earliest)}${mark}/${isoDay(latest)}${mark}`;
  return { edtf, earliest, latest, approximate: date.approximate };
}

/** Nearly every date in the record is a day, a month or a year: those need no grammar. */
function readPlain(text: string): ReadDate | undefined {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!found) return undefined;
  const year = Number(found[1]);
  if (found[2] === undefined)
    return fine(text, { earliest: dayFromCivil(year, 1, 1), latest: dayFromCivil(year, 12, 31) }, false);
  const month = Number(found[2]);
  if (found[3] !== undefined) {
    const day = parseIsoDay(text);
    return day === undefined ? impossible(text, year, month) : fine(text, { earliest: day, latest: day }, false);
  }
  if (month >= 21) return undefined;
  if (month < 1 || month > 12) return impossible(text, year, month);
  return fine(
    text,
    { earliest: dayFromCivil(year, month, 1), latest: dayFromCivil(year, month, daysInMonth(year, month)) },
    false,
  );
}

function readTree(text: string): ReadDate {
  let tree: EdtfNode;
  try {
    if (text.length > 60) throw new RangeError('too long');
    tree = parse(text);
  } catch {
    const shaped = /^[\d?~%.,/[\]-]{1,60}$/.test(text) ? text.matchAll(/(?<!\d)\d{4}-\d{2}(?:-\d{2})?(?!\d)/g) : [];
    const part = [...shaped].map((found) => readPlain(found[0])).find((read) => read?.ok === false);
    return part ?? wrong(`“${shorten(text)}” is not a date in EDTF`, HINT);
  }
  if (tree.type === 'List')
    return wrong(
      `“${text}” means all of these dates, and one event has one day`,
      'write [a,b] for one of them, or one event for each',
    );
  if (tree.earlier || tree.later) return open(text);
  const parts = tree.type === 'Interval' || tree.type === 'Set' ? tree.values.flat() : [tree];
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (const part of parts) {
    if (!isNode(part)) return open(text);
    const bounds = boundsOf(part);
    if (bounds === undefined) return wrong(`“${text}” does not say which day, month or year is meant`, HINT);
    if (tree.type === 'Interval' && bounds.earliest < earliest && earliest !== Number.POSITIVE_INFINITY)
      return backwards(text);
    earliest = Math.min(earliest, bounds.earliest);
    latest = Math.max(latest, bounds.latest);
  }
  for (const range of tree.type === 'Set' ? tree.values : []) {
    const [first, last] = (Array.isArray(range) ? range : []).map((part) => boundsOf(part as EdtfNode));
    if (first && last && first.earliest > last.latest) return backwards(text);
  }
  return fine(text, { earliest, latest }, /[?~%]/.test(text));
}

function isNode(part: unknown): part is EdtfNode {
  return typeof part === 'object' && part !== null && 'type' in part;
}

function boundsOf(node: EdtfNode): Bounds | undefined {
  const [year, month, day] = node.values as readonly number[];
  if (year === undefined || year < 0 || year > 9999 || node.values.length > 3) return undefined;
  if (node.type === 'Season') return month !== undefined && month <= 24 ? seasonBounds(year, month) : undefined;
  if (node.type !== 'Date') return undefined;
  const mask = node.unspecified ?? 0;
  const years = digits(String(year).padStart(4, '0'), mask & 15);
  if (years.startsWith('X')) return undefined;
  const months = month === undefined ? 'XX' : digits(String(month + 1).padStart(2, '0'), (mask >> 4) & 3);
  const days = day === undefined ? 'XX' : digits(String(day).padStart(2, '0'), (mask >> 6) & 3);
  const first = firstMatch(candidates(years, 0, 9999), candidates(months, 1, 12), candidates(days, 1, 31));
  const last = firstMatch(
    candidates(years, 0, 9999).reverse(),
    candidates(months, 1, 12).reverse(),
    candidates(days, 1, 31).reverse(),
  );
  return first === undefined || last === undefined ? undefined : { earliest: first, latest: last };
}

/** Puts an X where the mask (lowest bit first digit) says that a digit is not specified. */
function digits(written: string, mask: number): string {
  return [...written].map((digit, i) => (mask & (1 << i) ? 'X' : digit)).join('');
}

function candidates(pattern: string, least: number, most: number): number[] {
  let found = [''];
  for (const digit of pattern)
    found = found.flatMap((start) => (digit === 'X' ? [...'0123456789'] : [digit]).map((next) => start + next));
  return found.map(Number).filter((value) => value >= least && value <= most);
}

function firstMatch(years: readonly number[], months: readonly number[], days: readonly number[]): Day | undefined {
  for (const year of years)
    for (const month of months)
      for (const day of days) if (isCivilDate(year, month, day)) return dayFromCivil(year, month, day);
  return undefined;
}

function fine(edtf: string, { earliest, latest }: Bounds, approximate: boolean): ReadDate {
  return { ok: true, date: { edtf, earliest, latest, approximate } };
}

function wrong(message: string, hint: string): ReadDate {
  return { ok: false, message, hint };
}

function open(text: string): ReadDate {
  return wrong(
    `“${text}” has an open or unknown end, and an event has one day`,
    'give both bounds: [2017-09..2019-06] means some day between them',
  );
}

function backwards(text: string): ReadDate {
  return wrong(`“${text}” ends before it begins`, 'put the earlier date first');
}

function impossible(text: string, year: number, month: number): ReadDate {
  if (month < 1 || month > 12)
    return wrong(
      `“${text}”: there is no month ${String(month).padStart(2, '0')}`,
      'write year, month, day: 2017-06-15; seasons are 2018-21 (spring) to 2018-24 (winter)',
    );
  return wrong(
    `“${text}”: that month had ${daysInMonth(year, month)} days`,
    `the last day was ${isoDay(dayFromCivil(year, month, daysInMonth(year, month)))}`,
  );
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

import type { Day } from '../time/day.ts';
import type { Boundary, Held, Scalar } from './types.ts';

/** One visible change of one key, read out of the columns or of what came in since they were compiled. */
export interface Row {
  readonly earliest: Day;
  readonly latest: Day;
  readonly value: Scalar;
  readonly member: string | undefined;
  readonly event: string;
  /** Sorts changes that fall on one day; the event's number when both rows are compiled, its order otherwise. */
  readonly rank: number;
  readonly order: () => string;
}

/** True when `a` comes first of two changes that fall on one day. */
function goesBefore(a: Row, b: Row): boolean {
  if (a.rank >= 0 && b.rank >= 0) return a.rank < b.rank;
  const [orderA, orderB] = [a.order(), b.order()];
  return orderA === orderB ? a.event < b.event : orderA < orderB;
}

/** Order of the rows of one key. */
export function compareRows(a: Row, b: Row): number {
  return a.earliest - b.earliest || (goesBefore(a, b) ? -1 : goesBefore(b, a) ? 1 : 0);
}

/** What a key may be on a day: the rows that may be the last to have happened, and whether it may be that none has. */
interface Candidates {
  readonly rows: readonly number[];
  readonly none: boolean;
}

/**
 * The rows (sorted) that on some reading are the last to have happened by the day `at`.
 * A row does best when it happens as late as it can; then every other must either still lie ahead
 * or be able to have happened before it.
 */
function candidatesAt(rows: readonly Row[], at: Day): Candidates {
  let strongest = -1;
  let second = -1;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as Row;
    if (row.earliest > at) break;
    if (row.latest > at) continue;
    second = strongest;
    strongest = index;
  }
  const found: number[] = [];
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as Row;
    if (row.earliest > at) break;
    const rival = rows[index === strongest ? second : strongest];
    if (!rival || canFollow(row, rival, at)) found.push(index);
  }
  return { rows: found, none: strongest < 0 };
}

/** True when `row`, happening as late as it can by the day `at`, can come after `rival` at its earliest. */
function canFollow(row: Row, rival: Row, at: Day): boolean {
  const day = Math.min(row.latest, at);
  return rival.earliest < day || (rival.earliest === day && goesBefore(rival, row));
}

function boundary(row: Row): Boundary {
  return { earliest: row.earliest, latest: row.latest, event: row.event };
}

/** First and last row of the run of one value that holds this row: setting a value again does not end it. */
function runOf(rows: readonly Row[], index: number): { first: number; last: number } {
  const { value } = rows[index] as Row;
  let first = index;
  while (first > 0 && (rows[first - 1] as Row).value === value) first--;
  let last = index;
  while (last + 1 < rows.length && (rows[last + 1] as Row).value === value) last++;
  return { first, last };
}

/** A value with its provenance. */
function held(rows: readonly Row[], index: number, certainty: Held['certainty'], publishedBy: Day | undefined): Held {
  const { first, last } = runOf(rows, index);
  const { value, member } = rows[index] as Row;
  const from = rows[first] as Row;
  const next = rows[last + 1];
  return {
    value,
    certainty,
    expected: publishedBy !== undefined && from.earliest > publishedBy,
    from: boundary(from),
    ...(next && { until: boundary(next) }),
    ...(member !== undefined && { member }),
  };
}

/** Every value one key may have on a day, in the order of the changes that set them. */
export function heldAt(rows: readonly Row[], at: Day, publishedBy: Day | undefined): Held[] {
  const { rows: found, none } = candidatesAt(rows, at);
  const latest = new Map<Scalar, number>();
  for (const index of found) latest.set((rows[index] as Row).value, index);
  const certainty = latest.size === 1 && !none ? 'certain' : 'possible';
  const values: Held[] = [];
  for (const [value, index] of latest) if (value !== null) values.push(held(rows, index, certainty, publishedBy));
  return values;
}

/** Days, ascending, on which what the rows allow may change; between two of them it does not. */
export function turningDays(rows: readonly Row[]): Day[] {
  // Where every change is exact, none of them leaves anything open for the day after.
  const exact = rows.every(({ earliest, latest }) => earliest === latest);
  const days = rows.flatMap(({ earliest, latest }) => (exact ? [earliest] : [earliest, earliest + 1, latest]));
  return [...new Set(days)].sort((a, b) => a - b);
}

/** The history of one key: each run of a value that holds at the end of some day on some reading. */
export function spellsOf(rows: readonly Row[], publishedBy: Day | undefined): Held[] {
  const exact = rows.every((row) => row.earliest === row.latest);
  const days = exact ? [] : turningDays(rows);
  const states = days.map((at) => candidatesAt(rows, at));
  const spells: Held[] = [];
  for (let index = 0; index < rows.length; ) {
    const { last } = runOf(rows, index);
    const run = { from: index, to: last };
    index = last + 1;
    if ((rows[last] as Row).value === null) continue;
    const inRun = (row: number): boolean => row >= run.from && row <= run.to;
    let happens: boolean;
    let certain = true;
    if (exact) {
      const { earliest } = rows[last] as Row;
      happens = rows[last + 1]?.earliest !== earliest || (rows[run.from] as Row).earliest < earliest;
    } else {
      happens = states.some((state) => state.rows.some(inRun));
      certain = states.some((state) => !state.none && state.rows.length > 0 && state.rows.every(inRun));
    }
    if (happens) spells.push(held(rows, last, certain ? 'certain' : 'possible', publishedBy));
  }
  return spells;
}

/** Something a key may be, with what that asks of the events behind it. */
interface Option {
  readonly value: Scalar;
  /** Imprecise events that must have happened by the day, and those that must not have. */
  readonly done: readonly string[];
  readonly ahead: readonly string[];
}

function optionsAt(rows: readonly Row[], at: Day): readonly Option[] {
  const { rows: found, none } = candidatesAt(rows, at);
  const open = rows.filter((row) => row.earliest <= at && row.latest > at);
  const options: Option[] = found.map((index) => {
    const row = rows[index] as Row;
    return {
      value: row.value,
      done: row.latest > at ? [row.event] : [],
      ahead: open.filter((other) => other !== row && !canFollow(row, other, at)).map(({ event }) => event),
    };
  });
  if (none) options.push({ value: null, done: [], ahead: open.map(({ event }) => event) });
  return options;
}

// Beyond this many combinations the keys are taken as independent: still an upper bound, only a looser one.
const MOST_COMBINATIONS = 4096;

function distinctValues(options: readonly Option[]): Option[] {
  return [...new Map(options.map((option) => [option.value, option])).values()];
}

/**
 * What several keys of one subject may be together on a day. One event falls on one day for all its changes,
 * so combinations in which an event both has happened and has not are left out; what remains is an upper bound.
 */
export function jointlyAt(keys: readonly (readonly Row[])[], at: Day): readonly (readonly Scalar[])[] {
  const options = keys.map((rows) => optionsAt(rows, at));
  const combinations = options.reduce((product, list) => product * list.length, 1);
  const strict = combinations <= MOST_COMBINATIONS;
  const found = new Map<string, readonly Scalar[]>();
  const extend = (chosen: readonly Option[]): void => {
    const key = options[chosen.length];
    if (!key) {
      const values = chosen.map(({ value }) => value);
      found.set(JSON.stringify(values), values);
      return;
    }
    for (const option of key) {
      const clash = (other: Option): boolean =>
        option.done.some((event) => other.ahead.includes(event)) ||
        option.ahead.some((event) => other.done.includes(event));
      if (!strict || !chosen.some(clash)) extend([...chosen, option]);
    }
  };
  if (!strict) for (const [index, list] of options.entries()) options[index] = distinctValues(list);
  extend([]);
  return [...found.values()];
}

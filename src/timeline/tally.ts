import { type Day, FOREVER } from '../time/day.ts';
import {
  type Block,
  type Columns,
  type Days,
  decodeScalar,
  lowerBound,
  NULL_CODE,
  narrowDays,
  slotOf,
} from './columns.ts';
import type { Knowledge, Scalar } from './types.ts';

/** Knowledge as the columns are asked for it: "all that is known now" is the day before forever. */
export interface Sight {
  readonly recordedBy: Day;
  readonly publishedBy: Day;
}

/** The two clocks as plain numbers. */
export function sightOf({ recordedBy, publishedBy }: Knowledge): Sight {
  return { recordedBy: recordedBy ?? FOREVER - 1, publishedBy: publishedBy ?? FOREVER };
}

/** True when the row was believed, and its event public. */
export function isVisible(columns: Columns, block: Block, row: number, sight: Sight): boolean {
  return (
    (block.recordedTo[row] as number) > Math.min(sight.recordedBy, block.lastKnown) &&
    (block.recordedFrom[row] as number) <= sight.recordedBy &&
    (sight.publishedBy === FOREVER || (columns.publicFrom[block.event[row] as number] as number) <= sight.publishedBy)
  );
}

/** The row of exactly dated changes in `[from, to)` that holds on a day, or -1. */
export function currentRow(columns: Columns, block: Block, from: number, to: number, at: Day, sight: Sight): number {
  for (let row = to - 1; row >= from; row--) {
    if ((block.day[row] as number) <= at && isVisible(columns, block, row, sight)) return row;
  }
  return -1;
}

/** The first day and the first recording of each slot of a block: most subjects asked for in vain are told by these alone. */
export interface Firsts {
  readonly day: Days;
  readonly recordedFrom: Days;
  /** Room to gather slots and their cells in, kept from one question to the next. */
  readonly found: Uint32Array;
  readonly cellOf: Int32Array;
}

/** Reads the firsts of a block. */
export function firstsOf(block: Block): Firsts {
  const slots = block.offsets.length - 1;
  const day = new Int32Array(slots);
  const recordedFrom = new Int32Array(slots);
  for (let slot = 0; slot < slots; slot++) {
    const [from, to] = [block.offsets[slot] as number, block.offsets[slot + 1] as number];
    if (from < to) {
      day[slot] = block.day[from] as number;
      recordedFrom[slot] = FOREVER;
    }
    for (let row = from; row < to; row++) {
      recordedFrom[slot] = Math.min(recordedFrom[slot] as number, block.recordedFrom[row] as number);
    }
  }
  return {
    day: narrowDays(day),
    recordedFrom: narrowDays(recordedFrom),
    found: new Uint32Array(slots),
    cellOf: new Int32Array(slots),
  };
}

/** The values of one attribute, sorted and numbered from 1; 0 is no value. */
interface Numbering {
  readonly codes: readonly number[];
  readonly values: readonly (Scalar | undefined)[];
  /** The number of a value code, at the code less the lowest. */
  readonly dense: Int32Array;
  readonly lowest: number;
  of(code: number): number;
}

function numberingOf(columns: Columns, block: Block | undefined): Numbering {
  const distinct = new Set<number>(block?.value);
  distinct.delete(NULL_CODE);
  let [lowest, highest] = [Number.POSITIVE_INFINITY, -1];
  for (const code of distinct) {
    if (code < lowest) lowest = code;
    if (code > highest) highest = code;
  }
  const found = Array.from(distinct, (code) => ({ code, value: decodeScalar(columns, code) }));
  found.sort((a, b) => compareScalars(a.value, b.value));
  const dense = new Int32Array(highest < 0 ? 0 : highest - lowest + 1);
  for (const [index, { code }] of found.entries()) dense[code - lowest] = index + 1;
  return {
    codes: [NULL_CODE, ...found.map(({ code }) => code)],
    values: [undefined, ...found.map(({ value }) => value)],
    dense,
    lowest: highest < 0 ? 0 : lowest,
    of: (code) => (code === NULL_CODE ? 0 : (dense[code - lowest] as number)),
  };
}

/** Order of values in a table: none first, then numbers, texts and the rest. */
export function compareScalars(a: Scalar | undefined, b: Scalar | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === typeof b && a !== null && b !== null && a !== undefined && b !== undefined)
    return a < b ? -1 : a > b ? 1 : 0;
  return placeOf(a) - placeOf(b);
}

function placeOf(value: Scalar | undefined): number {
  if (value === undefined || value === null) return 0;
  return typeof value === 'number' ? 1 : typeof value === 'string' ? 2 : 3;
}

/** Subjects that agree in every attribute, and how many they are. */
export interface PlainGroup {
  readonly values: readonly (Scalar | undefined)[];
  readonly count: number;
}

/** Counts of the plain subjects (every change exactly dated, nothing newer than the columns), by exact joint state. */
export interface Tally {
  /** Sorted by their values. */
  crosstab(at: Day, sight: Sight): readonly PlainGroup[];
  /** Adds to `totals`, one slot a day of `days` (ascending), how many plain subjects have these value codes. */
  series(wanted: readonly number[], days: ArrayLike<Day>, sight: Sight, totals: Int32Array): void;
  bytes(): number;
}

// Above this many cells the counts are kept by the cells met, and no history of them is built.
const MOST_CELLS = 1 << 20;
// The history of the counts pays for itself when the same question comes again and again, as from a slider.
const ASKED_OFTEN = 3;

/** Counts over these attributes; `exists` is the block that says who exists. */
export function tallyOf(
  columns: Columns,
  exists: Block,
  blocks: readonly (Block | undefined)[],
  isSpecial: Uint8Array,
  firsts: () => Firsts,
): Tally {
  const numberings = blocks.map((block) => numberingOf(columns, block));
  const sizes = numberings.map(({ codes }) => codes.length);
  const cells = sizes.reduce((product, size) => product * size, 1);
  const cellValues = new Map<number, readonly (Scalar | undefined)[]>();
  const valuesOf = (cell: number): readonly (Scalar | undefined)[] => {
    let values = cellValues.get(cell);
    if (!values) {
      let rest = cell;
      const found = new Array<Scalar | undefined>(sizes.length);
      for (let index = sizes.length - 1; index >= 0; index--) {
        const size = sizes[index] as number;
        found[index] = (numberings[index] as Numbering).values[rest % size];
        rest = Math.floor(rest / size);
      }
      values = found;
      if (cells <= MOST_CELLS) cellValues.set(cell, values);
    }
    return values;
  };

  let asked = 0;
  let history: History | undefined;
  const historyFor = (sight: Sight): History | undefined => {
    if (sight.recordedBy !== FOREVER - 1 || sight.publishedBy !== FOREVER || cells > MOST_CELLS) return undefined;
    if (!history && ++asked >= ASKED_OFTEN) {
      const cellOf = (values: Uint32Array): number => {
        let cell = 0;
        for (let index = 0; index < sizes.length; index++) {
          cell = cell * (sizes[index] as number) + (numberings[index] as Numbering).of(values[index] as number);
        }
        return cell;
      };
      history = historyOf(columns, exists, blocks, isSpecial, sight, cellOf);
    }
    return history;
  };

  return {
    crosstab(at, sight) {
      const known = historyFor(sight);
      const groups: PlainGroup[] = [];
      const add = (cell: number, count: number): void => {
        if (count > 0) groups.push({ values: valuesOf(cell), count });
      };
      if (known) {
        known.countsAt(at, add);
        return groups;
      }
      const first = firsts();
      const subjects = subjectsHere(columns, exists, first, isSpecial, at, sight);
      const few = cells <= MOST_CELLS;
      const cellOf = few ? first.cellOf.subarray(0, subjects.length).fill(0) : new Float64Array(subjects.length);
      for (const [index, block] of blocks.entries()) {
        if (block) addDigits(columns, block, numberings[index] as Numbering, subjects, at, sight, cellOf);
      }
      if (few) {
        const counts = new Int32Array(cells);
        for (let index = 0; index < cellOf.length; index++) {
          const cell = cellOf[index] as number;
          counts[cell] = (counts[cell] as number) + 1;
        }
        for (let cell = 0; cell < cells; cell++) add(cell, counts[cell] as number);
        return groups;
      }
      const met = new Map<number, number>();
      for (const cell of cellOf) met.set(cell, (met.get(cell) ?? 0) + 1);
      for (const [cell, count] of [...met].sort(([a], [b]) => a - b)) add(cell, count);
      return groups;
    },

    series(wanted, days, sight, totals) {
      const known = historyFor(sight);
      if (known) {
        let cell = 0;
        for (let index = 0; index < sizes.length; index++) {
          const number = (numberings[index] as Numbering).codes.indexOf(wanted[index] as number);
          if (number < 0) return;
          cell = cell * (sizes[index] as number) + number;
        }
        known.addSeries(cell, days, totals);
        return;
      }
      const steps = new Int32Array(days.length + 1);
      const matches = (values: Uint32Array): number => {
        for (let index = 0; index < wanted.length; index++) if (values[index] !== wanted[index]) return -1;
        return 0;
      };
      const slot = slotFinder(days);
      transitions(columns, exists, blocks, isSpecial, sight, matches, (day, _cell, sign) => {
        const from = slot(day);
        steps[from] = (steps[from] as number) + sign;
      });
      let running = 0;
      for (let index = 0; index < days.length; index++) {
        running += steps[index] as number;
        totals[index] = (totals[index] as number) + running;
      }
    },

    bytes: () => history?.bytes ?? 0,
  };
}

/** The plain subjects, ascending, that exist: first those that can, by their firsts, then those that do. */
function subjectsHere(
  columns: Columns,
  exists: Block,
  firsts: Firsts,
  isSpecial: Uint8Array,
  at: Day,
  sight: Sight,
): Uint32Array {
  const { listed, offsets, day, value, event, recordedFrom, recordedTo } = exists;
  const { publicFrom } = columns;
  const { recordedBy, publishedBy } = sight;
  const stillBelieved = Math.min(recordedBy, exists.lastKnown);
  const { found } = firsts;
  const possible = slotsBegun(firsts, at, recordedBy);
  let length = 0;
  for (let index = 0; index < possible; index++) {
    const slot = found[index] as number;
    const subject = listed ? (listed[slot] as number) : slot;
    if (isSpecial[subject] !== 0) continue;
    const from = offsets[slot] as number;
    for (let row = (offsets[slot + 1] as number) - 1; row >= from; row--) {
      if ((day[row] as number) > at) continue;
      if ((recordedTo[row] as number) <= stillBelieved || (recordedFrom[row] as number) > recordedBy) continue;
      if (publishedBy !== FOREVER && (publicFrom[event[row] as number] as number) > publishedBy) continue;
      if (value[row] !== NULL_CODE) found[length++] = subject;
      break;
    }
  }
  return found.subarray(0, length);
}

/** The slots that had begun and were recorded by then. Without a branch, for no processor can guess which. */
function slotsBegun({ day, recordedFrom, found }: Firsts, at: Day, recordedBy: Day): number {
  let length = 0;
  for (let slot = 0; slot < day.length; slot++) {
    found[length] = slot;
    length += 1 & ~(isLess(at, day[slot] as number) | isLess(recordedBy, recordedFrom[slot] as number));
  }
  return length;
}

/** -1 when the one whole number is less than the other, else 0, whatever the two are. */
function isLess(one: number, other: number): number {
  return ((one & ~other) | (~(one ^ other) & (one - other))) >> 31;
}

/** Puts what each subject has of one attribute into its cell, as the last digit. */
function addDigits(
  columns: Columns,
  block: Block,
  numbering: Numbering,
  subjects: Uint32Array,
  at: Day,
  sight: Sight,
  cellOf: Int32Array | Float64Array,
): void {
  const { listed, offsets, day, value, event, recordedFrom, recordedTo } = block;
  const { publicFrom } = columns;
  const { recordedBy, publishedBy } = sight;
  const stillBelieved = Math.min(recordedBy, block.lastKnown);
  const { codes, dense, lowest } = numbering;
  const size = codes.length;
  let next = 0;
  for (let index = 0; index < subjects.length; index++) {
    let slot = subjects[index] as number;
    if (listed) {
      while (next < listed.length && (listed[next] as number) < slot) next++;
      slot = listed[next] === slot ? next : -1;
    }
    let digit = 0;
    const from = slot < 0 ? 0 : (offsets[slot] as number);
    for (let row = slot < 0 ? -1 : (offsets[slot + 1] as number) - 1; row >= from; row--) {
      if ((day[row] as number) > at) continue;
      if ((recordedTo[row] as number) <= stillBelieved || (recordedFrom[row] as number) > recordedBy) continue;
      if (publishedBy !== FOREVER && (publicFrom[event[row] as number] as number) > publishedBy) continue;
      const code = value[row] as number;
      if (code !== NULL_CODE) digit = dense[code - lowest] as number;
      break;
    }
    cellOf[index] = (cellOf[index] as number) * size + digit;
  }
}

// A table of every day between the first and the last asked for, as long as it stays small.
function slotFinder(days: ArrayLike<Day>): (day: Day) => number {
  const first = days[0] ?? 0;
  const span = (days[days.length - 1] ?? 0) - first + 1;
  if (span > 1 << 18) return (day) => lowerBound(days, day);
  const table = new Uint32Array(span);
  for (let slot = 0, day = 0; day < span; day++) {
    while ((days[slot] as number) < first + day) slot++;
    table[day] = slot;
  }
  return (day) => (day <= first ? 0 : day - first < span ? (table[day - first] as number) : days.length);
}

/** How the count of every cell went, as steps: for each cell its days of change and the count from each on. */
interface History {
  readonly bytes: number;
  countsAt(at: Day, tell: (cell: number, count: number) => void): void;
  addSeries(cell: number, days: ArrayLike<Day>, totals: Int32Array): void;
}

function historyOf(
  columns: Columns,
  exists: Block,
  blocks: readonly (Block | undefined)[],
  isSpecial: Uint8Array,
  sight: Sight,
  cellOf: (values: Uint32Array) => number,
): History {
  // A step as one number that sorts by cell, then day: cell (20 bits), day from the beginning (32), sign (1).
  let steps = new Float64Array(1024);
  let length = 0;
  transitions(columns, exists, blocks, isSpecial, sight, cellOf, (day, cell, sign) => {
    if (length === steps.length) {
      const larger = new Float64Array(length * 2);
      larger.set(steps);
      steps = larger;
    }
    steps[length++] = cell * 2 ** 33 + (day + 2 ** 31) * 2 + (sign > 0 ? 1 : 0);
  });
  steps = steps.subarray(0, length).sort();
  const dayOfStep = (step: number): number => Math.floor((step % 2 ** 33) / 2) - 2 ** 31;
  const cells: number[] = [];
  const starts: number[] = [];
  const days = new Int32Array(length);
  const counts = new Int32Array(length);
  let place = 0;
  for (let index = 0; index < length; ) {
    const cell = Math.floor((steps[index] as number) / 2 ** 33);
    cells.push(cell);
    starts.push(place);
    let running = 0;
    while (index < length && Math.floor((steps[index] as number) / 2 ** 33) === cell) {
      const day = dayOfStep(steps[index] as number);
      const before = running;
      while (
        index < length &&
        Math.floor((steps[index] as number) / 2 ** 33) === cell &&
        dayOfStep(steps[index] as number) === day
      ) {
        running += (steps[index] as number) % 2 === 1 ? 1 : -1;
        index++;
      }
      if (running === before) continue;
      days[place] = day;
      counts[place++] = running;
    }
  }
  starts.push(place);
  const dayOf = days.slice(0, place);
  const countFrom = counts.slice(0, place);
  return {
    bytes: dayOf.byteLength + countFrom.byteLength,
    countsAt(at, tell) {
      for (let index = 0; index < cells.length; index++) {
        const from = starts[index] as number;
        const next = lowerBound(dayOf, at + 1, from, starts[index + 1] as number);
        if (next > from) tell(cells[index] as number, countFrom[next - 1] as number);
      }
    },
    addSeries(cell, asked, totals) {
      const index = lowerBound(cells, cell);
      if (cells[index] !== cell) return;
      const from = starts[index] as number;
      const to = starts[index + 1] as number;
      for (let slot = 0, next = from; slot < asked.length; slot++) {
        while (next < to && (dayOf[next] as number) <= (asked[slot] as number)) next++;
        if (next > from) totals[slot] = (totals[slot] as number) + (countFrom[next - 1] as number);
      }
    },
  };
}

/**
 * Tells every move of a plain subject into (+1) and out of (-1) a cell, cell -1 being none.
 * `cellOf` is given the value codes of the attributes of a subject that exists.
 */
function transitions(
  columns: Columns,
  exists: Block,
  blocks: readonly (Block | undefined)[],
  isSpecial: Uint8Array,
  sight: Sight,
  cellOf: (values: Uint32Array) => number,
  tell: (day: Day, cell: number, sign: 1 | -1) => void,
): void {
  const all = [exists, ...blocks];
  const next = new Uint32Array(all.length);
  const end = new Uint32Array(all.length);
  const values = new Uint32Array(blocks.length);
  for (let subject = 0; subject < columns.subjects; subject++) {
    if (isSpecial[subject] !== 0) continue;
    for (let index = 0; index < all.length; index++) {
      const block = all[index];
      const slot = block ? slotOf(block, subject) : -1;
      next[index] = block && slot >= 0 ? (block.offsets[slot] as number) : 0;
      end[index] = block && slot >= 0 ? (block.offsets[slot + 1] as number) : 0;
    }
    if (next[0] === end[0]) continue;
    values.fill(NULL_CODE);
    let here = false;
    let cell = -1;
    for (;;) {
      let day = Number.POSITIVE_INFINITY;
      for (let index = 0; index < all.length; index++) {
        const block = all[index];
        if (!block) continue;
        let row = next[index] as number;
        while (row < (end[index] as number) && !isVisible(columns, block, row, sight)) row++;
        next[index] = row;
        if (row < (end[index] as number) && (block.day[row] as number) < day) day = block.day[row] as number;
      }
      if (day === Number.POSITIVE_INFINITY) break;
      for (let index = 0; index < all.length; index++) {
        const block = all[index];
        if (!block) continue;
        let row = next[index] as number;
        for (; row < (end[index] as number) && block.day[row] === day; row++) {
          if (!isVisible(columns, block, row, sight)) continue;
          if (index === 0) here = block.value[row] !== NULL_CODE;
          else values[index - 1] = block.value[row] as number;
        }
        next[index] = row;
      }
      const now = here ? cellOf(values) : -1;
      if (now === cell) continue;
      if (cell >= 0) tell(day, cell, -1);
      if (now >= 0) tell(day, now, 1);
      cell = now;
    }
  }
}

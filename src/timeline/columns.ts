import { type Day, FOREVER } from '../time/day.ts';
import { findText, type Texts } from './texts.ts';
import type { Scalar } from './types.ts';

/** Days as numbers, in half the room when they all lie between 1880 and 2059. */
export type Days = Int16Array | Int32Array;

const NARROW_FOREVER = 32_767;

/** The days in as little room as they need. */
export function narrowDays(days: Int32Array): Days {
  for (const day of days) if (day < -NARROW_FOREVER || day >= NARROW_FOREVER) return days;
  return Int16Array.from(days);
}

/** Ends, of which any may be `FOREVER`, in as little room as they need; and the last day that they can be compared with. */
export function narrowEnds(days: Int32Array): Pick<Block, 'recordedTo' | 'lastKnown'> {
  for (const day of days) {
    if (day !== FOREVER && (day < -NARROW_FOREVER || day >= NARROW_FOREVER)) {
      return { recordedTo: days, lastKnown: lastKnownOf(days) };
    }
  }
  const recordedTo = Int16Array.from(days, (day) => Math.min(day, NARROW_FOREVER));
  return { recordedTo, lastKnown: lastKnownOf(recordedTo) };
}

/** The last day that these ends can be compared with: all of them that are not `FOREVER` lie before. */
export function lastKnownOf(ends: Days): Day {
  return ends instanceof Int16Array ? NARROW_FOREVER - 1 : FOREVER - 1;
}

/** The day from which a row was no longer believed, or `FOREVER`. */
export function recordedToOf(block: Block, row: number): Day {
  const day = block.recordedTo[row] as number;
  return day > block.lastKnown ? FOREVER : day;
}

/**
 * The changes of one attribute, sorted by (subject, member, earliest day, event). One row is one change.
 * A late event is one more row and a correction one more number: nothing is ever rewritten to make room for it.
 */
export interface Block {
  readonly attribute: string;
  /** Ordinals of the subjects that have rows, ascending; left out when most subjects do and `offsets` has one slot a subject. */
  readonly listed: Uint32Array | undefined;
  /** Where the rows of each (listed) subject begin; one more slot closes the last. */
  readonly offsets: Uint32Array;
  readonly day: Days;
  readonly value: Uint32Array;
  /** Events are numbered by (order, id), so that the number settles which of two on one day comes first. */
  readonly event: Uint32Array;
  readonly recordedFrom: Days;
  /** To be read with `recordedToOf`, or compared with a day no later than `lastKnown`. */
  recordedTo: Days;
  lastKnown: Day;
  /** Code of the member plus one, 0 for none; left out when the attribute is never a set. */
  readonly member: Uint32Array | undefined;
}

/** Everything known, compiled. Text codes below `subjects` are subjects; those and the rest are each in sorted order. */
export interface Columns {
  readonly texts: Texts;
  readonly subjects: number;
  readonly numbers: Float64Array;
  readonly ids: Texts;
  readonly orders: Texts;
  readonly publicFrom: Days;
  /** Events whose day is not known exactly, ascending, and their last possible days. */
  readonly fuzzyEvent: Uint32Array;
  readonly fuzzyLatest: Int32Array;
  /** 1 for a subject that any imprecise event changes. */
  readonly fuzzySubject: Uint8Array;
  /** Sorted by attribute. */
  readonly blocks: readonly Block[];
  readonly rows: number;
}

export const NULL_CODE = 0;
const TRUE_CODE = 1;
const FALSE_CODE = 2;
const FIRST_CODE = 3;

/** The code of a value, given where its text or number stands. */
export function encodeScalar(value: Scalar, text: (text: string) => number, number: (value: number) => number): number {
  if (value === null) return NULL_CODE;
  if (value === true) return TRUE_CODE;
  if (value === false) return FALSE_CODE;
  return typeof value === 'string' ? FIRST_CODE + 2 * text(value) : FIRST_CODE + 1 + 2 * number(value);
}

/** The code a text has as a value. */
export function textValueCode(text: number): number {
  return FIRST_CODE + 2 * text;
}

/** The text code inside a value code, or -1 when the value is not a text. */
export function textOfValueCode(code: number): number {
  return code >= FIRST_CODE && (code - FIRST_CODE) % 2 === 0 ? (code - FIRST_CODE) / 2 : -1;
}

/** The value code for another numbering of the texts and numbers. */
export function recodeScalar(code: number, texts: Uint32Array): number {
  const text = textOfValueCode(code);
  return text < 0 ? code : textValueCode(texts[text] as number);
}

/** The value of a code. */
export function decodeScalar(columns: Columns, code: number): Scalar {
  if (code === NULL_CODE) return null;
  if (code === TRUE_CODE) return true;
  if (code === FALSE_CODE) return false;
  const index = (code - FIRST_CODE) >>> 1;
  return (code - FIRST_CODE) % 2 === 0 ? columns.texts.get(index) : (columns.numbers[index] as number);
}

/** Code of a text, or -1 when nothing bears it. */
export function codeOfText(columns: Columns, text: string): number {
  const subject = findText(columns.texts, text, 0, columns.subjects);
  return subject >= 0 ? subject : findText(columns.texts, text, columns.subjects, columns.texts.length);
}

/** Where a number stands among the sorted ones `[0, length)`: the first index whose number is not below it. */
export function lowerBound(sorted: ArrayLike<number>, wanted: number, from = 0, to = sorted.length): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The slot of a subject in a block's offsets, or -1. */
export function slotOf(block: Block, subject: number): number {
  if (!block.listed) return subject;
  const slot = lowerBound(block.listed, subject);
  return slot < block.listed.length && block.listed[slot] === subject ? slot : -1;
}

/** Last day an event can have happened on, given its first. */
export function latestOf(columns: Columns, event: number, earliest: Day): Day {
  const slot = lowerBound(columns.fuzzyEvent, event);
  return columns.fuzzyEvent[slot] === event ? (columns.fuzzyLatest[slot] as number) : earliest;
}

/** Bytes of the typed arrays. */
export function columnBytes(columns: Columns): number {
  let bytes =
    columns.numbers.byteLength +
    columns.publicFrom.byteLength +
    columns.fuzzyEvent.byteLength +
    columns.fuzzyLatest.byteLength +
    columns.fuzzySubject.byteLength;
  for (const block of columns.blocks) {
    bytes += block.offsets.byteLength + block.day.byteLength + block.value.byteLength + block.event.byteLength;
    bytes += block.recordedFrom.byteLength + block.recordedTo.byteLength;
    bytes += (block.listed?.byteLength ?? 0) + (block.member?.byteLength ?? 0);
  }
  return bytes;
}

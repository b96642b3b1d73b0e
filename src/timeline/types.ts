import type { Day } from '../time/day.ts';

/** What a value may be. `null` says the attribute was taken away ("has no ODS code from this day"). */
export type Scalar = string | number | boolean | null;

/**
 * What one event changes: from the event's day on, `attribute` of `subject` is `value`.
 * With a `member` the attribute is a set: `value: null` takes the member out, anything else puts it in
 * (a share, a manner, or plainly `true`).
 */
export interface Change {
  readonly subject: string;
  readonly attribute: string;
  readonly value: Scalar;
  readonly member?: string;
}

/** The attribute that says whether a subject exists: `true` from its first day, `null` from the day it is no more. */
export const EXISTS = 'exists';

/**
 * When an event holds, and when anyone could know of it.
 * `earliest`..`latest` (both inclusive) are the days on which its change may have come into force.
 * `order` sorts events that fall on one day; it never depends on the order of import.
 */
export interface TimedEvent {
  readonly id: string;
  readonly earliest: Day;
  readonly latest: Day;
  readonly order: string;
  /** Visible to `publishedBy` from this day. */
  readonly publicFrom: Day;
  /** Believed by the record in `[recordedFrom, recordedTo)`; `FOREVER` when it still is. */
  readonly recordedFrom: Day;
  readonly recordedTo: Day;
}

/** An event and what it changes: the unit the engine takes in. */
export interface Entry {
  readonly event: TimedEvent;
  readonly changes: readonly Change[];
}

/** The two clocks of knowledge; left out, they mean "all that is known now". */
export interface Knowledge {
  readonly publishedBy?: Day;
  readonly recordedBy?: Day;
}

/** A point on all three clocks. */
export interface Moment extends Knowledge {
  readonly at: Day;
}

/** `certain`: so on every reading of the dates. `possible`: so on some. */
export type Certainty = 'certain' | 'possible' | 'no';

/** First and last day on which a boundary may lie, both inclusive. */
export interface Boundary {
  readonly earliest: Day;
  readonly latest: Day;
  /** Id of the event that makes it. */
  readonly event: string;
}

/** A value as read at a moment, with what set it and what ends it: provenance is how reading works. */
export interface Held {
  readonly value: Scalar;
  readonly certainty: 'certain' | 'possible';
  /** True when the change lies after `publishedBy`: announced by then, not yet so. */
  readonly expected: boolean;
  readonly from: Boundary;
  readonly until?: Boundary;
  readonly member?: string;
}

/** A subject found by one of its values, and how sure the finding is. */
export interface Bearer {
  readonly subject: string;
  readonly held: Held;
}

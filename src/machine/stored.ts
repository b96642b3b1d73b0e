import type { Milestone } from '../record/types.ts';
import type { Day } from '../time/day.ts';
import type { Conflict, CountSeries, EventAnswer, Generations, SourceAnswer, SourceRef } from './answers.ts';

/** The shape of the compiled form: bump it when that changes, and caches are made anew. */
export const FORMAT = 5;

/** An event as the compiled record keeps it: told, with what the machine needs to find and replay it. */
export interface StoredEvent extends EventAnswer {
  /** Key of this wording: the id, or `id~2` and on for the wordings that corrections brought in. */
  readonly key: string;
  readonly data: unknown;
  /** Ids of the things it touches. */
  readonly subjects: readonly string[];
  readonly earliest: Day;
  readonly latest: Day;
  readonly order: string;
  readonly publicDay: Day;
  readonly recordedFrom: Day;
  readonly recordedTo: Day;
  /** For the events of a plan that name a day. */
  readonly promised?: Promised;
  /** First and last day by the operational account, where one stands beside the legal one. */
  readonly operational?: { readonly earliest: Day; readonly latest: Day };
}

/** The day a plan's event promised, resolved when the record was compiled. */
export interface Promised {
  readonly earliest: Day;
  readonly latest: Day;
}

export type StoredMilestone = Pick<Milestone, 'slug' | 'title' | 'summary' | 'themes'>;

export interface StoredCoverage {
  readonly of: string;
  readonly from: Day;
  readonly to: Day;
  readonly completeness: 'complete' | 'partial';
  readonly note?: string;
}

/** A declared divergence, told; its event is told where it is read. */
export interface StoredDivergence extends Omit<Conflict, 'event'> {
  readonly event: string;
}

/** What every command needs of the compiled record; the rest is read when asked for. */
export interface Header {
  readonly format: number;
  readonly edition: string;
  readonly coverage: readonly StoredCoverage[];
  /** The day the record took in its first event; null while it is empty. */
  readonly begun: Day | null;
  /** Key of each event, in the order of the events file. */
  readonly keys: readonly string[];
  /** Byte offset of each event in the events file, and the end of the last. */
  readonly offsets: readonly number[];
  /** What the store that it came from held beside the record. */
  readonly skipped?: { readonly foreign: number; readonly unknown: Readonly<Record<string, number>> };
}

/** Who says so, for every event: kept apart so that a landscape of hundreds of bodies need not read their events. */
export interface Cites {
  /** Every citation that occurs, once. */
  readonly refs: readonly SourceRef[];
  /** For each event, positions in `refs`. */
  readonly of: readonly (readonly number[])[];
}

/** When an event was and by which clocks it is seen: what a calendar needs of it, without reading the event. */
export type Dated = Pick<
  StoredEvent,
  'id' | 'type' | 'earliest' | 'latest' | 'publicDay' | 'recordedFrom' | 'recordedTo'
> & {
  /** Its position among the events. */
  readonly position: number;
};

/** The same for every event in the order of the events file, as columns. */
export interface Dates {
  /** Every type of event that occurs, once. */
  readonly types: readonly string[];
  /** For each event, the position of its type in `types`. */
  readonly type: readonly number[];
  readonly earliest: readonly Day[];
  readonly latest: readonly Day[];
  readonly publicDay: readonly Day[];
  readonly recordedFrom: readonly Day[];
  readonly recordedTo: readonly Day[];
}

/** What some commands need beside it. */
export interface Index {
  readonly milestones: readonly (StoredMilestone & {
    readonly events: readonly number[];
    readonly from: Day;
    readonly to: Day;
  })[];
  readonly sources: readonly SourceAnswer[];
  readonly divergences: readonly StoredDivergence[];
  /** Positions of the events that touch a thing. */
  readonly subjects: Readonly<Record<string, readonly number[]>>;
  readonly dates: Dates;
}

/** Answers that take every body of every kind to find and that most pages bear, worked out once: on the clocks that nobody set. */
export interface Kept {
  readonly generations: Pick<Generations, 'generations' | 'passages' | 'ends'>;
  /** Counts by change of each covered kind, from the first day covered to the last. */
  readonly series: Readonly<Record<string, Pick<CountSeries, 'from' | 'to' | 'counts'>>>;
}

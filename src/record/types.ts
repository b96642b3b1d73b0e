import type { Day, FuzzyDate } from '../time/day.ts';

/** Where in a file something stands; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something wrong with the data: reported all at once, never thrown. */
export interface Problem extends Place {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint?: string;
}

export const SOURCE_KINDS = [
  'legislation',
  'register',
  'official-publication',
  'parliament',
  'organisation',
  'press',
  'academic',
  'encyclopaedia',
  'blog',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** One entry of `events/sources.yaml`. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly kind: SourceKind;
  readonly url?: string;
  /** When it was made public; missing when not known. */
  readonly published?: FuzzyDate;
  readonly accessed?: FuzzyDate;
  readonly licence?: string;
  readonly note?: string;
  readonly place: Place;
}

/** A source, and where in it (article, page, row). */
export interface Citation {
  readonly source: string;
  readonly at?: string;
}

/** What another source says, and why the record does not follow it. */
export interface Dissent {
  readonly source: string;
  readonly says: string;
  readonly ruling: string;
  readonly at?: string;
}

export const DATE_BASES = ['legal', 'operational', 'reported', 'inferred'] as const;
export type DateBasis = (typeof DATE_BASES)[number];

/** A second account of the same event's day (the register's beside the law's). */
export interface AlsoDated {
  readonly date: FuzzyDate;
  readonly basis: DateBasis;
  readonly source?: string;
  readonly note?: string;
}

/** How sure we are of the fact itself (its date's precision is told by the date). */
export type Confidence = 'high' | 'medium' | 'low';

/** An event as it stands in the record, checked and with its dates resolved. */
export interface RecordedEvent {
  readonly id: string;
  readonly type: string;
  readonly milestone: string;
  /** Position within the milestone, from 0. */
  readonly sequence: number;
  /** Day on which the record took it in. */
  readonly recorded: Day;
  readonly effective: FuzzyDate;
  readonly basis: DateBasis;
  readonly alsoDated: readonly AlsoDated[];
  /** Day from which the public could know: see `publicFrom` in the glossary. */
  readonly publicFrom: Day;
  /** Version of the event type's schema that `data` follows, after upcasting. */
  readonly schema: number;
  readonly data: unknown;
  readonly sources: readonly Citation[];
  readonly because: readonly string[];
  readonly dissent: readonly Dissent[];
  readonly confidence: Confidence;
  readonly note?: string;
  /** SHA-256 of the canonical form, in hex. */
  readonly hash: string;
  readonly place: Place;
}

/** One YAML file of `events/`: one milestone, one stream. */
export interface Milestone {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly recorded: Day;
  readonly themes: readonly string[];
  readonly events: readonly RecordedEvent[];
  readonly place: Place;
}

/** What the record claims to know of one kind of body, or of the holders of one status. */
export interface CoverageSpan {
  readonly of: string;
  readonly from: Day;
  /** First day no longer covered. */
  readonly to: Day;
  readonly completeness: 'complete' | 'partial';
  readonly note?: string;
  /** Ids of the sources that the claim rests on. */
  readonly sources: readonly string[];
  readonly place: Place;
}

/** Where the record differs from an official file, declared: a field of an event, or a count of a kind on a day. */
export interface Divergence {
  readonly event: string;
  readonly field?: string;
  readonly count?: string;
  readonly on?: string;
  readonly about?: string;
  readonly official: string;
  readonly ours: string;
  /** The official file, and where in it. */
  readonly source: string;
  readonly at?: string;
  readonly why: string;
  /** Ids of the sources that ours rests on. */
  readonly evidence: readonly string[];
  readonly place: Place;
}

/** An event as believed in `[recordedFrom, recordedTo)`, after corrections and withdrawals. */
export interface BelievedEvent extends RecordedEvent {
  readonly recordedFrom: Day;
  readonly recordedTo: Day;
  /** The EventCorrected event that brought this wording in, when one did. */
  readonly correctedBy?: string;
}

/** One line of `record.lock`: an event that may no longer be edited. */
export interface LockLine {
  /** From 1, in the order in which events were locked. */
  readonly position: number;
  readonly id: string;
  /** SHA-256 of the event's canonical form. */
  readonly hash: string;
  /** SHA-256 over the chain so far and this line. */
  readonly chain: string;
  readonly place: Place;
}

/** The record as read from a folder. */
export interface LoadedRecord {
  readonly folder: string;
  readonly milestones: readonly Milestone[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly coverage: readonly CoverageSpan[];
  readonly divergences: readonly Divergence[];
  /** Every wording of every event, with the days on which the record believed it. */
  readonly believed: readonly BelievedEvent[];
  readonly lock: readonly LockLine[];
  /** Last hash of the chain over every event: names the edition an answer came from. */
  readonly edition: string;
  readonly problems: readonly Problem[];
}

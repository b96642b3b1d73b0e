import type {
  Conflict,
  Correspondence,
  Count,
  CountSeries,
  Diff,
  EventAnswer,
  Find,
  History,
  Landscape,
  Lineage,
  MilestoneAnswer,
  Replay,
  SourceAnswer,
  TimelineAnswer,
  Why,
  Without,
} from './answers.ts';

/** The two clocks of knowledge and the account of dates to follow; every question takes them. */
export interface Lens {
  /** Use only what had been made public by this day (ISO day, or anything a person types). */
  readonly publishedBy?: string | undefined;
  /** Use only what this record held by this day. */
  readonly recordedBy?: string | undefined;
  /** Which account of a body's first day to follow where law and register differ; `legal` unless given. */
  readonly dates?: 'legal' | 'operational' | undefined;
}

/** Which bodies to show. */
export interface Selection {
  /** Kind or kinds, by name, plural or acronym: `clinical-commissioning-group`, `CCG`. */
  readonly kind?: string | readonly string[] | undefined;
  /** Only bodies that are part of this one, however far down: `region/london`. */
  readonly partOf?: string | undefined;
}

/** The library's front door: every question the record answers. Throws `AskedWrongly` for a question it cannot read. */
export interface Machine {
  readonly edition: string;
  /** What existed on a day; for a month or a year, throughout it or at some time in it. */
  at(at: string, options?: Lens & Selection): Landscape;
  /** What changed between the ends of two days, with cause and source. */
  between(from: string, to: string, options?: Lens & Selection): Diff;
  /** Everything the record holds of one thing. */
  history(id: string, options?: Lens): History;
  /** Who came before and after, however far. */
  lineage(id: string, options?: Lens & { readonly direction?: 'back' | 'forward' | 'both' | undefined }): Lineage;
  /** What became of each body between two days. */
  correspondence(
    from: string,
    to: string,
    options?: Lens & Selection & { readonly unchanged?: boolean | undefined },
  ): Correspondence;
  /** A reform step by step: before, each step, after. */
  replay(milestone: string, options?: Lens): Replay;
  /** How many of a kind, or holders of a status, on a day. */
  count(of: string, options?: Lens & { readonly at?: string | undefined; readonly partOf?: string | undefined }): Count;
  /** The same over time. */
  counts(
    of: string,
    options?: Lens & {
      readonly from?: string | undefined;
      readonly to?: string | undefined;
      readonly every?: CountSeries['every'] | undefined;
      readonly partOf?: string | undefined;
    },
  ): CountSeries;
  /** Why a body was so, or why there were so many of a kind. */
  why(of: string, at: string, options?: Lens): Why;
  /** What would not have followed without an event. Hypothetical throughout. */
  without(event: string, options?: Lens & { readonly at?: string | undefined }): Without;
  /** Things by id, code, present or former name, or acronym, on any day. */
  find(query: string, options?: Lens & { readonly at?: string | undefined; readonly limit?: number | undefined }): Find;
  /** Events in order of time. */
  timeline(
    options?: Lens &
      Selection & {
        readonly from?: string | undefined;
        readonly to?: string | undefined;
        readonly milestone?: string | undefined;
        readonly theme?: string | undefined;
        readonly about?: string | undefined;
      },
  ): TimelineAnswer;
  milestones(): readonly MilestoneAnswer[];
  event(id: string): EventAnswer;
  sources(options?: { readonly about?: string | undefined }): readonly SourceAnswer[];
  conflicts(options?: Lens & { readonly about?: string | undefined }): readonly Conflict[];
}

/** What was asked for on the command line. */
export interface BenchOptions {
  /** 10 k and 100 k changes only. */
  readonly quick: boolean;
  /** Peers at 10 million changes too. */
  readonly all: boolean;
}

/** What a section found: text for people, data for programs, and what went wrong (any problem fails the run). */
export interface SectionResult {
  readonly markdown: string;
  readonly data: unknown;
  readonly problems: readonly string[];
}

/** One part of the benchmark: one file, listed in `sections.ts`. */
export interface Section {
  readonly name: string;
  readonly title: string;
  run(options: BenchOptions, say: (line: string) => void): Promise<SectionResult>;
}

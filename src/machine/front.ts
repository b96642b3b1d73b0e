import type { LoadedRecord } from '../record/types.ts';
import type { Day } from '../time/day.ts';
import { type Context, told, viewThrough } from './context.ts';
import { correspondence } from './correspondence.ts';
import { count, counts } from './counting.ts';
import { day, days } from './days.ts';
import { between } from './diff.ts';
import { RecordUnreadable } from './errors.ts';
import { find } from './find.ts';
import { generations } from './generations.ts';
import { history } from './history.ts';
import { landscape } from './landscape.ts';
import { lineage } from './lineage.ts';
import type { Lens, Machine, Supposing } from './machine.ts';
import { material } from './material.ts';
import { places } from './places.ts';
import { recognise } from './recognise.ts';
import { milestones, replay } from './replay.ts';
import { standing } from './standing.ts';
import { conflicts, sources, timelineOf } from './telling.ts';
import { vintage } from './vintage.ts';
import { why } from './why.ts';
import { supposing, theEvent, without } from './without.ts';

/** What a store held beside the record. */
export interface Skipped {
  /** Events of streams that are not the record's. */
  readonly foreign: number;
  /** Events of the record's streams whose type the vocabulary does not have, by type. */
  readonly unknown: Readonly<Record<string, number>>;
}

/** A store that is open already. Only what names it is told here, so that the library's types need none of a store's own. */
export interface OpenStore {
  readonly url: string;
  close(): Promise<void>;
}

/** Where to read the record from, and which day "today" is. */
export interface OpenOptions {
  /** A folder of milestone files; the record that the package ships unless given. */
  readonly folder?: string | undefined;
  /** A store to read it from instead: `sqlite:my-events.sqlite`, `esdb://…`, or one that is open already (and stays so). */
  readonly store?: string | OpenStore | undefined;
  /** Refuse a store that holds event types the vocabulary does not have, instead of passing them over. */
  readonly strict?: boolean | undefined;
  /** Told what was passed over in a store, when anything was. */
  readonly onSkipped?: ((skipped: Skipped) => void) | undefined;
  /** The day that "today" means, asked only when a question needs it; for answers that must be repeatable. */
  readonly today?: (() => Day) | undefined;
  /** Whether to keep the compiled form for the next opening, and to read one that was kept; true unless given. */
  readonly cache?: boolean | undefined;
}

/** Throws `RecordUnreadable` with every error of a record that has any. */
export function refuseErrors(record: Pick<LoadedRecord, 'problems'>, where: string): void {
  const errors = record.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new RecordUnreadable(
      `the record in ${where} has ${errors.length} ${errors.length === 1 ? 'problem' : 'problems'}`,
      errors,
    );
  }
}

/** The front door over an open context. */
export function machineOver(context: Context): Machine {
  const seen = (lens: (Lens & Supposing) | undefined) => supposing(viewThrough(context, lens), lens?.without);
  return {
    edition: context.header.edition,
    at: (at, options) => landscape(seen(options), at, options),
    between: (from, to, options) => between(seen(options))(from, to, options),
    history: (id, options) => history(seen(options))(id, options),
    lineage: (id, options) => lineage(seen(options))(id, options),
    generations: (options) => generations(seen(options))(options),
    correspondence: (from, to, options) => correspondence(seen(options))(from, to, options),
    replay: (milestone, options) => replay(seen(options))(milestone, options),
    count: (of, options) => count(seen(options))(of, options),
    counts: (of, options) => counts(seen(options))(of, options),
    places: (at, options) => places(seen(options))(at, options),
    why: (of, at, options) => why(seen(options))(of, at, options),
    without: (event, options) => without(seen(options))(event, options),
    find: (query, options) => find(seen(options))(query, options),
    recognise: (values, options) => recognise(seen(options))(values, options),
    vintage: (values, options) => vintage(seen(options))(values, options),
    timeline: (options) => timelineOf(seen(options))(options),
    days: (options) => days(seen(options)),
    day: (at, options) => day(seen(options), at),
    standing: (at, options) => standing(seen(options), at),
    milestones: () => milestones(context),
    event: (id) => told(theEvent(context, id)),
    sources: (options) => sources(seen(undefined))(options),
    conflicts: (options) => conflicts(seen(options))(options),
    material: (options) => material(seen(options))(options),
  };
}

import { resolveBeliefs } from '../record/believe.ts';
import { canonicalJson } from '../record/canonical.ts';
import { assembleRecord, reread } from '../record/load.ts';
import { editionOf } from '../record/lock.ts';
import { readEvent } from '../record/read-event.ts';
import type { BelievedEvent, LoadedRecord, Problem, RecordedEvent, Source } from '../record/types.ts';
import type { Path } from '../record/yaml.ts';
import { milestoneOf, REGISTRY } from '../store/envelope.ts';
import type { StoredEvent as Envelope, EventStore, Position } from '../store/port.ts';
import { createShelf, type Shelf } from '../store/shelf.ts';
import { type Day, FOREVER, isoDay, parseIsoDay } from '../time/day.ts';
import { parseEdtf } from '../time/edtf.ts';
import { createTimeline, type Timeline } from '../timeline/index.ts';
import { eventTypeNamed } from '../vocabulary/index.ts';
import type { EventAnswer, Landscape } from './answers.ts';
import {
  begunOn,
  comparePlaced,
  indexOf,
  type PlacedEvent,
  placeOf,
  sourceAnswers,
  storedCoverage,
  storyteller,
} from './compile.ts';
import { type Context, told } from './context.ts';
import { entryOf } from './entries.ts';
import { machineOver } from './front.ts';
import { differencesBetween, type LandscapeChange } from './live-changes.ts';
import type { Machine } from './machine.ts';
import { FORMAT, type StoredEvent } from './stored.ts';
import { partsOf, recordOf, refuseUnknown } from './stored-record.ts';
import { todayInEngland } from './today.ts';

/** How far a live record has come. */
export interface LiveStatus {
  /** Events of the record taken in. */
  readonly events: number;
  /** True when everything that the store held has been taken in and nothing new has come since. */
  readonly caughtUp: boolean;
  /** How long ago the store took in the last event that was read, while there are more to read; 0 when caught up. */
  readonly behindMilliseconds: number;
  /** Where a reader would resume. */
  readonly checkpoint: Position | undefined;
  /** How often the connection was lost or the reader fell behind, and the last reason. */
  readonly fellBehind: number;
  readonly because: string | undefined;
  /** What was passed over: events of other streams, and of unknown types. */
  readonly skipped: Shelf['skipped'];
  /** Events that could not be read as events of a record; they change nothing. */
  readonly problems: readonly Problem[];
}

/** A new event, told, and what it changed in the landscape of the days it concerns. */
export interface LiveEvent {
  readonly event: EventAnswer;
  readonly changes: readonly LandscapeChange[];
}

/** An event of the record and its place in the store. */
export interface Logged {
  readonly position: Position;
  readonly id: string;
}

export interface LiveOptions {
  readonly today?: (() => Day) | undefined;
  /** Refuse unknown event types: the subscription then ends with `UnknownEvents`. */
  readonly strict?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of every event of the record that was taken in, from the first one on, in the order of the store. */
  readonly onTaken?: ((taken: readonly Logged[]) => void) | undefined;
  /** Told of each new event once caught up (from the first event on with `fromBeginning`). */
  readonly onEvent?: ((happened: LiveEvent) => void) | undefined;
  readonly onCaughtUp?: (() => void) | undefined;
  readonly fromBeginning?: boolean | undefined;
}

/** A record that follows its store: every projection is current after each batch, whatever day an event is of. */
export interface Live {
  /** Answers as of now. Ask for it anew for each question: an older one may not know of what came since. */
  machine(): Machine;
  status(): LiveStatus;
  /** Kept when the store has been caught up with for the first time; broken when following failed before. */
  readonly ready: Promise<void>;
  /** Kept when following ended: by `close`, the signal or the store's closing; broken when it failed. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** Follows a store, keeping every projection current. The store stays open when the live record is closed. */
export function followRecord(store: EventStore, options: LiveOptions = {}): Live {
  const state = createLiveState(store.url, options.today ?? (() => todayInEngland()));
  const stop = new AbortController();
  const { signal } = options;
  let [caughtUp, fellBehind] = [false, 0];
  let checkpoint: Position | undefined;
  let because: string | undefined;
  let lastCreated = Date.now();
  let isReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });

  const take = (events: readonly Envelope[], wasReady: boolean): void => {
    const observed = options.onEvent !== undefined && (wasReady || options.fromBeginning === true);
    for (const batch of observed ? events.map((event) => [event]) : [events]) {
      const happened = state.apply(batch, observed);
      if (options.strict) refuseUnknown(state.shelf, store.url);
      const taken = state.newlyTaken();
      if (taken.length > 0) options.onTaken?.(taken);
      for (const one of happened) options.onEvent?.(one);
    }
    lastCreated = Date.parse(events.at(-1)?.created ?? '') || lastCreated;
  };

  const ended = (async () => {
    let wasReady = false;
    const both = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]);
    for await (const notice of store.subscribe({ signal: both })) {
      checkpoint = notice.checkpoint ?? checkpoint;
      if (notice.kind === 'events') {
        caughtUp = false;
        take(notice.events, wasReady);
      } else if (notice.kind === 'fell-behind') {
        caughtUp = false;
        fellBehind++;
        because = notice.because;
      } else {
        caughtUp = true;
        if (!wasReady) options.onCaughtUp?.();
        wasReady = true;
        isReady();
      }
    }
  })();
  // Whoever waits for either hears of a failure; nobody has to wait for both.
  ended.catch(() => undefined);
  const readyOrFailed = Promise.race([ready, ended]);
  readyOrFailed.catch(() => undefined);

  return {
    machine: () => state.machine(),
    status: () => ({
      events: state.count(),
      caughtUp,
      behindMilliseconds: caughtUp ? 0 : Math.max(0, Date.now() - lastCreated),
      checkpoint,
      fellBehind,
      because,
      skipped: state.shelf.skipped,
      problems: state.problems(),
    }),
    ready: readyOrFailed,
    ended,
    close: async () => {
      stop.abort();
      await ended.catch(() => undefined);
    },
  };
}

/** Wordings beside the columns above which they are built anew when a question comes. */
const MOST_LATE = 2000;

/** Everything a live record holds, and how it takes in the next events. */
function createLiveState(url: string, today: () => Day) {
  const shelf = createShelf((type) => eventTypeNamed(type) !== undefined);
  let events = new Map<string, RecordedEvent>();
  let amendments = new Map<string, RecordedEvent[]>();
  let wordings = new Map<string, PlacedEvent[]>();
  let problems: Problem[] = [];
  let sources: ReadonlyMap<string, Source> = new Map();
  let cited = new Set<string>();
  let legal: Timeline = createTimeline();
  let operational: Timeline | undefined;
  let generation = 0;
  /** Wordings that came since the columns were last built. */
  let late = 0;
  let [sourcesStale, mustRebuild] = [false, false];
  let snapshot: Context | undefined;
  let justTaken: Logged[] = [];

  const registry = (): LoadedRecord => assembleRecord({ ...partsOf(shelf, url), milestones: [] });

  const append = (placed: readonly PlacedEvent[]): void => {
    late += placed.length;
    legal.append(placed.map((one) => entryOf(one)));
    operational?.append(placed.map((one) => entryOf(one, 'operational')));
  };

  const keyed = (event: BelievedEvent): PlacedEvent =>
    placeOf(event, wordings.has(event.id) ? `${event.id}~${++generation}` : event.id);

  /** Brings the timelines from the wordings of an event that they hold to those that are now believed. */
  const believe = (id: string, believed: readonly BelievedEvent[]): void => {
    const held = wordings.get(id) ?? [];
    const last = held.length - 1;
    const goesOn =
      held.length <= believed.length &&
      held.every(({ event }, i) => sameWording(event, believed[i] as BelievedEvent, i === last));
    if (!goesOn) {
      mustRebuild = true;
      return;
    }
    const [old, now] = [held[last], believed[last]];
    if (old && now && now.recordedTo !== old.recordedTo) {
      legal.retire(old.key, now.recordedTo);
      operational?.retire(old.key, now.recordedTo);
    }
    const kept = held.map(({ key }, i) => placeOf(believed[i] as BelievedEvent, key));
    const added = believed.slice(held.length).map((event) => {
      const placed = keyed(event);
      wordings.set(id, [...(wordings.get(id) ?? []), placed]);
      return placed;
    });
    append(added);
    wordings.set(id, [...kept, ...added]);
  };

  const closure = (id: string, found = new Set<RecordedEvent>()): Set<RecordedEvent> => {
    const event = events.get(id);
    if (event === undefined || found.has(event)) return found;
    found.add(event);
    for (const amendment of amendments.get(id) ?? []) closure(amendment.id, found);
    return found;
  };

  const resolve = (id: string): void => {
    const alone = amendments.has(id) ? undefined : events.get(id);
    if (alone !== undefined) {
      believe(id, [{ ...alone, recordedFrom: alone.recorded, recordedTo: FOREVER }]);
      return;
    }
    const slugs = [...shelf.milestones.values()];
    const { believed } = resolveBeliefs([...closure(id)], (written, original, correction) =>
      reread(written, original, correction, slugs, sources),
    );
    believe(
      id,
      believed.filter((event) => event.id === id),
    );
  };

  const read = (envelope: Envelope): RecordedEvent | undefined => {
    const slug = milestoneOf(envelope.stream) ?? '';
    const milestone = shelf.milestones.get(slug);
    const recordedText = String(milestone?.head?.recorded ?? envelope.metadata.recordedAt);
    const at = (_: Path) => ({ file: envelope.stream, line: envelope.revision + 1, column: 1 });
    const { schema } = envelope.metadata;
    const result = readEvent(envelope.data, {
      milestone: slug,
      recorded: parseIsoDay(recordedText) ?? 0,
      recordedText,
      sequence: (milestone?.events.length ?? 1) - 1,
      sources,
      locator: { at, atKey: at, spelling: () => undefined },
      base: [],
      schema: typeof schema === 'number' ? schema : undefined,
    });
    problems.push(...result.problems);
    if (result.event !== undefined && events.has(result.event.id)) {
      problems.push({
        ...at([]),
        rule: 'duplicate-id',
        severity: 'error',
        message: `the event ${result.event.id} stands in the store already`,
      });
      return undefined;
    }
    return result.event;
  };

  const takeIn = (event: RecordedEvent): void => {
    events.set(event.id, event);
    for (const { source } of event.sources) cited.add(source);
    const target = targetOf(event);
    if (target !== undefined) amendments.set(target, [...(amendments.get(target) ?? []), event]);
    resolve(event.id);
    const seen = new Set([event.id]);
    for (let id = target; id !== undefined && !seen.has(id); id = targetOf(events.get(id))) {
      seen.add(id);
      if (events.has(id)) resolve(id);
    }
  };

  const rebuild = (): void => {
    const record = recordOf(shelf, url);
    [sources, problems] = [record.sources, record.problems.filter(({ severity }) => severity === 'error')];
    events = new Map(record.milestones.flatMap((milestone) => milestone.events).map((event) => [event.id, event]));
    cited = new Set([...events.values()].flatMap((event) => event.sources.map(({ source }) => source)));
    amendments = new Map();
    for (const event of events.values()) {
      const target = targetOf(event);
      if (target !== undefined) amendments.set(target, [...(amendments.get(target) ?? []), event]);
    }
    wordings = new Map();
    for (const event of record.believed) {
      const placed = keyed(event);
      wordings.set(event.id, [...(wordings.get(event.id) ?? []), placed]);
    }
    const all = [...wordings.values()].flat();
    legal = createTimeline(all.map((one) => entryOf(one)));
    operational = undefined;
    late = 0;
    [sourcesStale, mustRebuild] = [false, false];
  };

  const take = (envelope: Envelope): RecordedEvent | undefined => {
    const kind = shelf.take(envelope);
    if (kind === 'registry') {
      if (envelope.stream === REGISTRY.sources) {
        sourcesStale = true;
        // What a source says of its day decides what its events say of theirs.
        if (cited.has(String(envelope.data.source))) mustRebuild = true;
      } else if (Array.isArray(envelope.data.events) && milestoneOf(envelope.stream) !== undefined) mustRebuild = true;
    }
    if (kind !== 'event') return undefined;
    justTaken.push({ position: envelope.position, id: String(envelope.data.id) });
    if (sourcesStale) {
      sources = registry().sources;
      sourcesStale = false;
    }
    const event = read(envelope);
    if (event) takeIn(event);
    return event;
  };

  const context = (): Context => {
    const placed = [...wordings.values()].flat().sort(comparePlaced);
    if (late > MOST_LATE && late > placed.length / 10) {
      // Columns answer faster than what came after them; built anew, they hold the same.
      legal = createTimeline(placed.map((one) => entryOf(one)));
      operational = undefined;
      late = 0;
    }
    const held = registry();
    const parts = partsOf(shelf, url);
    const citing = sourceAnswers(
      held,
      placed.map(({ event }) => event),
    );
    const tell = storyteller(legal, citing);
    const memo = new Map<number, StoredEvent>();
    const positions = new Map(placed.map(({ key }, position) => [key, position]));
    const eventAt = (position: number): StoredEvent => {
      const one = placed[position];
      if (one === undefined) throw new RangeError(`no event at position ${position}`);
      const known = memo.get(position) ?? tell(one);
      memo.set(position, known);
      return known;
    };
    const event = (key: string): StoredEvent => eventAt(positions.get(key) ?? -1);
    const heads = parts.milestones.flatMap(({ file }) => {
      const {
        milestone: slug,
        title,
        summary,
        themes = [],
      } = file.value as {
        readonly milestone?: string;
        readonly title: string;
        readonly summary: string;
        readonly themes?: readonly string[];
      };
      return slug === undefined ? [] : [{ slug, title, summary, themes }];
    });
    const index = lazily(() => indexOf({ milestones: heads, divergences: held.divergences }, placed, citing));
    return {
      header: {
        format: FORMAT,
        edition: editionOf([...events.values()], held.lock),
        coverage: storedCoverage(held.coverage),
        begun: begunOn(placed),
        keys: placed.map(({ key }) => key),
        offsets: [],
      },
      today,
      timeline: (dates) => {
        if (dates === 'legal') return legal;
        operational ??= placed.some((one) => one.operational)
          ? createTimeline(placed.map((one) => entryOf(one, 'operational')))
          : undefined;
        return operational ?? legal;
      },
      index,
      event,
      eventAt,
      wordings: (id) =>
        placed
          .flatMap((one, position) => (one.event.id === id ? [eventAt(position)] : []))
          .sort((a, b) => a.recordedFrom - b.recordedFrom),
      cited: (key) => {
        const { id, sources: refs } = event(key);
        return { event: id, sources: refs };
      },
      eventCount: placed.length,
    };
  };

  const current = (): Context => {
    if (mustRebuild) rebuild();
    snapshot ??= context();
    return snapshot;
  };

  return {
    shelf,
    count: () => events.size,
    problems: () => problems,
    machine: () => machineOver(current()),
    /** Events taken in since this was last asked. */
    newlyTaken: (): readonly Logged[] => {
      const taken = justTaken;
      justTaken = [];
      return taken;
    },
    /** Takes in events in the order of the store; with `observed`, says what each of them changed. */
    apply: (batch: readonly Envelope[], observed: boolean): LiveEvent[] => {
      const days = observed ? [...new Set(batch.flatMap(daysOf))].sort((a, b) => a - b) : [];
      const landscapes = () => days.map((day) => machineOver(current()).at(isoDay(day)));
      const before = observed ? landscapes() : [];
      const taken = batch.flatMap((envelope) => take(envelope) ?? []);
      snapshot = undefined;
      if (mustRebuild) rebuild();
      if (!observed) return [];
      const after = landscapes();
      return taken.map((event) => ({
        event: tellOf(event),
        changes: days.flatMap((day, i) =>
          differencesBetween(before[i] as Landscape, after[i] as Landscape, isoDay(day)),
        ),
      }));
    },
  };

  /** The days that an event concerns: its own, and for an amendment those of what it amends, as it was and as it will be. */
  function daysOf({ data: written, metadata }: Envelope): Day[] {
    const { event: target, replacement } = (written.data ?? {}) as {
      readonly event?: unknown;
      readonly replacement?: { readonly effective?: unknown };
    };
    const effective = replacement?.effective;
    const corrected =
      typeof effective === 'object' && effective !== null && 'date' in effective ? effective.date : effective;
    const amended = written.type === 'EventCorrected' || written.type === 'EventWithdrawn';
    const texts = amended ? [corrected] : [metadata.effective];
    const dated = texts.flatMap((text) => {
      const parsed = text === undefined ? undefined : parseEdtf(String(text));
      return parsed?.ok ? [parsed.date.latest] : [];
    });
    const standing = amended ? (wordings.get(String(target)) ?? []).map(({ latest }) => latest) : [];
    return [...dated, ...standing];
  }

  function tellOf(event: RecordedEvent): EventAnswer {
    const [placed] = wordings.get(event.id) ?? [];
    if (placed !== undefined) return told(current().event(placed.key));
    return told(
      storyteller(
        legal,
        new Map(),
      )(placeOf({ ...event, recordedFrom: event.recorded, recordedTo: event.recorded }, event.id)),
    );
  }
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function targetOf(event: Pick<RecordedEvent, 'type' | 'data'> | undefined): string | undefined {
  if (event?.type !== 'EventCorrected' && event?.type !== 'EventWithdrawn') return undefined;
  return (event.data as { readonly event: string }).event;
}

function sameWording(held: BelievedEvent, now: BelievedEvent, isLast: boolean): boolean {
  if (held.recordedFrom !== now.recordedFrom || held.correctedBy !== now.correctedBy || held.hash !== now.hash)
    return false;
  if (
    held.publicFrom !== now.publicFrom ||
    (held.correctedBy !== undefined && canonicalJson(wordingOf(held)) !== canonicalJson(wordingOf(now)))
  )
    return false;
  return held.recordedTo === now.recordedTo || (isLast && now.recordedTo < held.recordedTo);
}

function wordingOf({ effective, basis, data, sources }: BelievedEvent): unknown {
  return { effective, basis, data, sources };
}

import { believe } from '../record/believe.ts';
import { divergenceInWords } from '../record/divergences.ts';
import { orderKey } from '../record/order.ts';
import type { BelievedEvent, Citation, LoadedRecord, Milestone } from '../record/types.ts';
import { type Day, FOREVER, isoDay } from '../time/day.ts';
import { parseEdtf } from '../time/edtf.ts';
import { fuzzyInWords } from '../time/words.ts';
import { createTimeline, type Timeline } from '../timeline/index.ts';
import type { Say } from '../vocabulary/define.ts';
import { eventTypeNamed } from '../vocabulary/index.ts';
import { kindNamed } from '../vocabulary/kinds.ts';
import type { SourceAnswer, SourceRef } from './answers.ts';
import { entryOf, type Placed } from './entries.ts';
import { type Cites, type Dates, FORMAT, type Header, type Index, type Kept, type StoredEvent } from './stored.ts';
import { family, listed, tail } from './words.ts';

/** The compiled record: what the cache holds, part by part. */
export interface Compiled {
  readonly header: Header;
  readonly index: Index;
  readonly cites: Cites;
  readonly timeline: Uint8Array;
  readonly operational: Uint8Array;
  /** One JSON line an event. */
  readonly events: Uint8Array;
  /** Worked out only for a form that is kept. */
  readonly kept?: Kept;
}

/** Names in a sentence before the list is cut and counted. */
const LIST_LIMIT = 4;

/** A wording of an event with its key and its place on the three clocks. */
export interface PlacedEvent extends Placed {
  readonly event: BelievedEvent;
}

/** Places a wording on the three clocks. */
export function placeOf(event: BelievedEvent, key: string): PlacedEvent {
  const operational = event.alsoDated.find((other) => other.basis === 'operational');
  return {
    event,
    key,
    type: event.type,
    data: event.data,
    earliest: event.effective.earliest,
    latest: event.effective.latest,
    order: orderKey(event),
    publicDay: event.publicFrom,
    recordedFrom: event.recordedFrom,
    recordedTo: event.recordedTo,
    ...(operational ? { operational: { earliest: operational.date.earliest, latest: operational.date.latest } } : {}),
  };
}

/** The order of events in time: first possible day, order within the day, key. */
export function comparePlaced(a: PlacedEvent, b: PlacedEvent): number {
  return a.earliest - b.earliest || (a.order < b.order ? -1 : a.order > b.order ? 1 : 0) || (a.key < b.key ? -1 : 1);
}

/** Makes of a citation what answers give of it. */
function referrer(citing: ReadonlyMap<string, SourceAnswer>): (citation: Citation) => SourceRef {
  return (citation) => {
    const source = citing.get(citation.source);
    return {
      source: citation.source,
      title: source?.title ?? citation.source,
      ...(citation.at ? { at: citation.at } : {}),
      ...(source?.url ? { url: source.url } : {}),
      ...(source?.published ? { published: source.published } : {}),
    };
  };
}

/** Tells events as the machine's answers do: in a sentence that speaks of things by their names of that day. */
export function storyteller(
  timeline: Pick<Timeline, 'values' | 'spells'>,
  citing: ReadonlyMap<string, SourceAnswer>,
): (placed: PlacedEvent) => StoredEvent {
  const reference = referrer(citing);
  const name = (id: string, at: number): string => {
    if (id.startsWith('kind/')) return `every ${kindNamed(tail(id))?.singular ?? tail(id)}`;
    const read = (attribute: string) => timeline.values(id, attribute, { at });
    const named = read('name')[0] ?? timeline.spells(id, 'name', {})[0];
    if (named) return String(named.value);
    if (family(id) === 'designation') {
      const holder = (read('holder')[0] ?? timeline.spells(id, 'holder', {})[0])?.value;
      if (typeof holder === 'string') return name(holder, at);
    }
    const ods = read('ods')[0] ?? timeline.spells(id, 'ods', {})[0];
    const kind = read('kind')[0]?.value;
    return ods ? `${kindNamed(String(kind))?.singular ?? 'body'} ${ods.value} (name not known)` : id;
  };
  const sayAt = (at: number): Say => ({
    name: (id) => name(id, at),
    list: (ids) =>
      ids.length > LIST_LIMIT + 1
        ? `${ids
            .slice(0, LIST_LIMIT)
            .map((id) => name(id, at))
            .join(', ')} and ${ids.length - LIST_LIMIT} others`
        : listed(ids.map((id) => name(id, at))),
  });

  return ({ event, type: typeName, ...rest }) => {
    const type = eventTypeNamed(typeName);
    // Spoken of as they were called when it happened; what an event ends still has its name the day before.
    const renames = type?.phase === 'abolished' || type?.phase === 'codes and names' || typeName === 'StatusRetitled';
    const sayDay = renames ? rest.earliest - 1 : rest.earliest;
    return {
      id: event.id,
      type: event.type,
      milestone: event.milestone,
      date: event.effective.edtf,
      dateText: fuzzyInWords(event.effective),
      basis: event.basis,
      sentence: type ? type.sentence(event.data, sayAt(sayDay)) : event.id,
      sources: event.sources.map(reference),
      because: event.because,
      dissent: event.dissent.map((one) => ({ source: reference(one), says: one.says, ruling: one.ruling })),
      alsoDated: event.alsoDated.map((also) => ({
        date: also.date.edtf,
        basis: also.basis,
        ...(also.note ? { note: also.note } : {}),
      })),
      confidence: event.confidence,
      publicFrom: isoDay(event.publicFrom),
      recorded: isoDay(event.recordedFrom),
      ...(event.note ? { note: event.note } : {}),
      ...rest,
      ...promised(event.data),
      subjects: touchedBy(event),
    };
  };
}

/** Ids of the things that an event touches. */
function touchedBy(event: Pick<BelievedEvent, 'type' | 'data'>): readonly string[] {
  return [...new Set((eventTypeNamed(event.type)?.touches(event.data) ?? []).map(({ id }) => id))];
}

/** Turns a loaded record into columns, told events and indexes. Takes time (it runs every projection); reading it back does not. */
export function compileRecord(record: LoadedRecord): Compiled {
  const believed = believe(record);
  const wordings = new Map<string, number>();
  const placed = believed.map((event) => {
    const nth = (wordings.get(event.id) ?? 0) + 1;
    wordings.set(event.id, nth);
    return placeOf(event, nth === 1 ? event.id : `${event.id}~${nth}`);
  });
  placed.sort(comparePlaced);
  const timeline = createTimeline(placed.map((event) => entryOf(event)));
  const hasOperational = placed.some((event) => event.operational);
  const operational = hasOperational ? createTimeline(placed.map((event) => entryOf(event, 'operational'))) : undefined;
  const citing = sourceAnswers(record, believed);
  const tell = storyteller(timeline, citing);

  const lines: string[] = [];
  const refs: SourceRef[] = [];
  const places = new Map<string, number>();
  const placeOfRef = (ref: SourceRef): number => {
    const text = JSON.stringify(ref);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, refs.length);
    return refs.push(ref) - 1;
  };
  const cites: number[][] = [];
  placed.forEach((event) => {
    const stored = tell(event);
    cites.push(stored.sources.map(placeOfRef));
    lines.push(JSON.stringify(stored));
  });

  const encoder = new TextEncoder();
  const chunks = lines.map((line) => encoder.encode(`${line}\n`));
  const offsets = [0];
  for (const chunk of chunks) offsets.push((offsets.at(-1) as number) + chunk.length);
  const events = new Uint8Array(offsets.at(-1) as number);
  chunks.forEach((chunk, position) => {
    events.set(chunk, offsets[position]);
  });

  return {
    header: {
      format: FORMAT,
      edition: record.edition,
      coverage: storedCoverage(record.coverage),
      begun: begunOn(placed),
      keys: placed.map(({ key }) => key),
      offsets,
    },
    index: indexOf(record, placed, citing),
    cites: { refs, of: cites },
    timeline: timeline.toBytes(),
    operational: operational?.toBytes() ?? new Uint8Array(),
    events,
  };
}

/** Coverage as the header bears it. */
export function storedCoverage(coverage: LoadedRecord['coverage']): Header['coverage'] {
  return coverage.map(({ of, from, to, completeness, note }) => ({
    of,
    from,
    to,
    completeness,
    ...(note ? { note } : {}),
  }));
}

/** The first day on which the record held anything; null while it holds nothing. */
export function begunOn(placed: readonly PlacedEvent[]): Day | null {
  if (placed.length === 0) return null;
  return placed.reduce((least, { recordedFrom }) => Math.min(least, recordedFrom), FOREVER);
}

/** What is found where: positions in `placed` by milestone and by thing touched. */
export function indexOf(
  {
    milestones,
    divergences,
  }: {
    readonly milestones: readonly Pick<Milestone, 'slug' | 'title' | 'summary' | 'themes'>[];
    readonly divergences: LoadedRecord['divergences'];
  },
  placed: readonly PlacedEvent[],
  citing: ReadonlyMap<string, SourceAnswer>,
): Index {
  const reference = referrer(citing);
  const subjects: Record<string, number[]> = Object.create(null);
  const byMilestone = new Map<string, number[]>();
  placed.forEach(({ event }, position) => {
    for (const id of touchedBy(event)) {
      const positions = subjects[id] ?? [];
      positions.push(position);
      subjects[id] = positions;
    }
    const positions = byMilestone.get(event.milestone) ?? [];
    positions.push(position);
    byMilestone.set(event.milestone, positions);
  });
  return {
    milestones: milestones.map(({ slug, title, summary, themes }) => {
      const events = byMilestone.get(slug) ?? [];
      const dated = events.map((position) => placed[position]).filter((event) => event !== undefined);
      const from = dated.reduce((least, { earliest }) => Math.min(least, earliest), Number.POSITIVE_INFINITY);
      const to = dated.reduce((most, { latest }) => Math.max(most, latest), Number.NEGATIVE_INFINITY);
      return { slug, title, summary, themes, events, from, to };
    }),
    sources: [...citing.values()],
    divergences: divergences.map((one) => ({
      kind: 'divergence',
      event: one.event,
      source: reference(one),
      says: divergenceInWords(one),
      ruling: one.why,
      official: one.official,
      ours: one.ours,
      evidence: one.evidence.map((source) => reference({ source })),
    })),
    subjects,
    dates: datesOf(placed),
  };
}

function datesOf(placed: readonly PlacedEvent[]): Dates {
  const types = [...new Set(placed.map(({ type }) => type))];
  const places = new Map(types.map((type, place) => [type, place]));
  return {
    types,
    type: placed.map(({ type }) => places.get(type) as number),
    earliest: placed.map(({ earliest }) => earliest),
    latest: placed.map(({ latest }) => latest),
    publicDay: placed.map(({ publicDay }) => publicDay),
    recordedFrom: placed.map(({ recordedFrom }) => recordedFrom),
    recordedTo: placed.map(({ recordedTo }) => recordedTo),
  };
}

/** The bounds of the day that a plan's event names. */
function promised(data: unknown): Pick<StoredEvent, 'promised'> {
  const expected = (data as { readonly expected?: unknown }).expected;
  const read = typeof expected === 'string' ? parseEdtf(expected) : undefined;
  return read?.ok ? { promised: { earliest: read.date.earliest, latest: read.date.latest } } : {};
}

/** Every source with how many events rest on it. */
export function sourceAnswers(
  record: Pick<LoadedRecord, 'sources'>,
  believed: Iterable<BelievedEvent>,
): Map<string, SourceAnswer> {
  const used = new Map<string, number>();
  for (const event of believed) {
    if (event.recordedTo !== FOREVER) continue;
    for (const { source } of event.sources) used.set(source, (used.get(source) ?? 0) + 1);
  }
  return new Map(
    [...record.sources.values()].map((source) => [
      source.id,
      {
        source: source.id,
        title: source.title,
        publisher: source.publisher,
        kind: source.kind,
        ...(source.url ? { url: source.url } : {}),
        ...(source.published ? { published: source.published.edtf } : {}),
        ...(source.accessed ? { accessed: source.accessed.edtf } : {}),
        ...(source.licence ? { licence: source.licence } : {}),
        ...(source.note ? { note: source.note } : {}),
        events: used.get(source.id) ?? 0,
      },
    ]),
  );
}

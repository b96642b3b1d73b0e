import { hash } from 'node:crypto';
import type { CoverageSpan, LoadedRecord, Milestone, RecordedEvent, Source } from '../record/types.ts';
import { isoDay } from '../time/day.ts';
import type { Json, JsonObject, NewEvent } from './port.ts';

const MILESTONE = 'milestone-';
/** The streams of what belongs to no milestone: the registry of sources, coverage, and the lock. */
export const REGISTRY = {
  sources: 'registry-sources',
  coverage: 'registry-coverage',
  divergences: 'registry-divergences',
  lock: 'registry-lock',
} as const;

/** Event types of the store itself, beside those of the vocabulary. */
export const STORE_TYPES = {
  /** Head of a milestone; the last one counts. First in its stream. */
  milestone: 'MilestoneDescribed',
  /** One source; the last one of an id counts. */
  source: 'SourceDescribed',
  /** Which sources there are and in which order, where that is not the order of their first descriptions. */
  sources: 'SourcesListed',
  /** All of the coverage; the last one counts. */
  coverage: 'CoverageDeclared',
  /** Where the record differs from official files, all of it; the last one counts. */
  divergences: 'DivergencesDeclared',
  /** Events that may no longer be edited, in the order of the lock. */
  lock: 'EventsLocked',
} as const;

/** Namespace of our ids: every id is a UUID of version 5 in it. */
const NAMESPACE = Buffer.from('5b0f1f2c3d6a5c0e9b7a1f4e2d8c6a90', 'hex');

/** UUID of version 5 (RFC 9562) of a name within our namespace. */
export function uuidOf(name: string): string {
  const bytes = Buffer.from(hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(name, 'utf8')]), 'hex'), 'hex').subarray(
    0,
    16,
  );
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The stream of a milestone. */
export function streamOf(milestone: string): string {
  return `${MILESTONE}${milestone}`;
}

/** The milestone of a stream; undefined when it is not that of one. */
export function milestoneOf(stream: string): string | undefined {
  return stream.startsWith(MILESTONE) ? stream.slice(MILESTONE.length) : undefined;
}

/** Store id of an event of the record: its id and what it says. */
export function eventUuid(event: Pick<RecordedEvent, 'id' | 'hash'>): string {
  return uuidOf(`event ${event.id} ${event.hash}`);
}

/**
 * An event of the record as the store keeps it. `written` is the event as its file has it; `causes` finds the events it names
 * as its causes, whose store ids it bears (one that is not found is named by its own id).
 */
export function envelopeOf(
  event: RecordedEvent,
  written: JsonObject,
  causes: (id: string) => Pick<RecordedEvent, 'id' | 'hash'> | undefined,
): NewEvent {
  const [cause] = event.because;
  const causing = cause === undefined ? undefined : causes(cause);
  return {
    id: eventUuid(event),
    type: event.type,
    data: written,
    metadata: {
      effective: event.effective.edtf,
      sources: [...new Set(event.sources.map(({ source }) => source))],
      recordedAt: isoDay(event.recorded),
      hash: event.hash,
      milestone: event.milestone,
      sequence: event.sequence,
      schema: typeof written.schema === 'number' ? written.schema : event.schema,
      ...(cause === undefined ? {} : { $causationId: causing === undefined ? cause : eventUuid(causing) }),
      $correlationId: uuidOf(`milestone ${event.milestone}`),
    },
  };
}

/** Head of a milestone as the store keeps it. `events` gives their order where it is not that of the stream. */
export function headOf(milestone: Milestone, file: string, events?: readonly string[]): JsonObject {
  const { slug, title, summary, recorded, themes } = milestone;
  return {
    milestone: slug,
    title,
    summary,
    recorded: isoDay(recorded),
    ...(themes.length > 0 ? { themes } : {}),
    file,
    ...(events === undefined ? {} : { events }),
  };
}

/** A source as `sources.yaml` has it, and its id. */
export function sourceData(source: Source): JsonObject {
  const { id, title, publisher, kind, url, published, accessed, licence, note } = source;
  return {
    source: id,
    title,
    publisher,
    kind,
    ...(url === undefined ? {} : { url }),
    ...(published === undefined ? {} : { published: published.edtf }),
    ...(accessed === undefined ? {} : { accessed: accessed.edtf }),
    ...(licence === undefined ? {} : { licence }),
    ...(note === undefined ? {} : { note }),
  };
}

/** The whole coverage of a record as `coverage.yaml` has it. */
export function coverageData(coverage: readonly CoverageSpan[]): JsonObject {
  return {
    spans: coverage.map(
      ({ of, from, to, completeness, note, sources }): Json => ({
        of,
        from: isoDay(from),
        to: isoDay(to),
        completeness,
        ...(note === undefined ? {} : { note }),
        ...(sources.length > 0 ? { sources } : {}),
      }),
    ),
  };
}

/** All declared divergences as `divergences.yaml` has them. */
export function divergencesData(divergences: LoadedRecord['divergences']): JsonObject {
  return { divergences: divergences.map(({ place: _, ...divergence }): Json => divergence) };
}

/** Lines of a lock, without what follows from them. */
export function lockData(lock: LoadedRecord['lock']): JsonObject {
  return { events: lock.map(({ id, hash: of }) => ({ event: id, hash: of })) };
}

/**
 * An event of the store's own. Its id is made of its content and of where it goes, so that a repeated append is known
 * for one and a return to an earlier wording is not.
 */
export function ownEvent(
  type: string,
  data: JsonObject,
  stream: string,
  revision: number,
  recordedAt: string,
): NewEvent {
  const text = JSON.stringify(data);
  return {
    id: uuidOf(`${stream} ${revision} ${type} ${text}`),
    type,
    data,
    metadata: { recordedAt, hash: hash('sha256', text), $correlationId: uuidOf(stream) },
  };
}

import { assembleRecord, type MilestoneFile, type RecordParts } from '../record/load.ts';
import { formatLock, parseLock } from '../record/lock.ts';
import { compareText } from '../record/order.ts';
import type { LoadedRecord, Place, Problem } from '../record/types.ts';
import type { Path, YamlFile } from '../record/yaml.ts';
import { REGISTRY, streamOf } from '../store/envelope.ts';
import type { EventStore } from '../store/port.ts';
import { createShelf, inOrder, type Shelf, type ShelvedEvent, type ShelvedMilestone } from '../store/shelf.ts';
import { eventTypeNamed } from '../vocabulary/index.ts';
import { UnknownEvents } from './errors.ts';

/** Reads everything a store holds of a record. With `strict`, throws `UnknownEvents` where it holds types that the vocabulary does not have. */
export async function readShelf(
  store: EventStore,
  { strict = false, signal }: { readonly strict?: boolean | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<Shelf> {
  const shelf = createShelf((type) => eventTypeNamed(type) !== undefined);
  for await (const batch of store.readAll({ signal })) for (const event of batch) shelf.take(event);
  // A reading that was stopped is no record.
  signal?.throwIfAborted();
  if (strict) refuseUnknown(shelf, store.url);
  return shelf;
}

/** Throws `UnknownEvents` when a shelf passed over events of the record's own streams. */
export function refuseUnknown(shelf: Shelf, url: string): void {
  if (shelf.skipped.unknown.size > 0) throw new UnknownEvents(url, shelf.skipped.unknown);
}

/** What was passed over, in one sentence; undefined when nothing was. */
export function skippedInWords({ foreign, unknown }: Shelf['skipped']): string | undefined {
  const types = [...unknown].map(([type, count]) => `${count} of type ${type.slice(0, 60)}`);
  const said = [
    ...(foreign > 0 ? [`${foreign} ${foreign === 1 ? 'event' : 'events'} of streams that are not the record’s`] : []),
    ...(types.length > 0
      ? [
          `${types.slice(0, 5).join(', ')}${types.length > 5 ? ` and ${types.length - 5} more types` : ''}, unknown to this program`,
        ]
      : []),
  ];
  return said.length > 0 ? `passed over: ${said.join('; ')}` : undefined;
}

/**
 * The record that a shelf holds: what `loadRecord` made of the files it came from, save that places name streams:
 * the file is the stream, the line the revision plus one.
 */
export function recordOf(shelf: Shelf, url: string): LoadedRecord {
  return assembleRecord(partsOf(shelf, url));
}

/** The parts of the record that a shelf holds, before they are read together. */
export function partsOf(shelf: Shelf, url: string): RecordParts {
  const problems: Problem[] = [];
  const milestones = [...shelf.milestones.values()]
    .map((milestone) => fileOf(milestone, problems))
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.file.file, b.file.file));
  const lock = parseLock(formatLock(shelf.lock), REGISTRY.lock);
  const sources = Object.fromEntries([...shelf.sources()].map(([id, { source: _, ...rest }]) => [id, rest]));
  return {
    folder: url,
    sources: plainFile(REGISTRY.sources, sources),
    coverage: plainFile(REGISTRY.coverage, shelf.coverage()),
    divergences: plainFile(REGISTRY.divergences, shelf.divergences()),
    milestones,
    lock: lock.lines,
    problems: [...problems, ...lock.problems],
  };
}

function fileOf(milestone: ShelvedMilestone, problems: Problem[]): MilestoneFile {
  const stream = streamOf(milestone.slug);
  const events = inOrder(milestone);
  for (const event of events) noteStranger(event, milestone.slug, stream, problems);
  const { file, events: _, ...head } = milestone.head ?? {};
  const at = (path: Path): Place => ({
    file: stream,
    line: (path[0] === 'events' ? (events[Number(path[1])]?.revision ?? 0) : 0) + 1,
    column: 1,
  });
  const value = { ...head, events: events.map(({ written }) => written) };
  return {
    name: typeof file === 'string' ? file : `${stream}.yaml`,
    file: { file: stream, value, problems: [], at, atKey: at, spelling: () => undefined },
    schemaOf: (sequence) => {
      const schema = events[sequence]?.metadata.schema;
      return typeof schema === 'number' ? schema : undefined;
    },
  };
}

/** Somebody else's event in one of our streams: of a type we know, and yet not ours. */
function noteStranger(event: ShelvedEvent, slug: string, stream: string, problems: Problem[]): void {
  if (event.written.type === event.type && event.metadata.milestone === slug) return;
  problems.push({
    file: stream,
    line: event.revision + 1,
    column: 1,
    rule: 'shape',
    severity: 'error',
    message: `the event ${event.id.slice(0, 100)} was not put there by this program: its type or its milestone is not what the stream says`,
    hint: 'append to these streams with stood append or stood store push only',
  });
}

function plainFile(stream: string, value: unknown): YamlFile {
  const at = (): Place => ({ file: stream, line: 1, column: 1 });
  return { file: stream, value, problems: [], at, atKey: at, spelling: () => undefined };
}

import { createHash } from 'node:crypto';
import { openStore } from '../store/index.ts';
import type { EventStore } from '../store/port.ts';
import type { Shelf } from '../store/shelf.ts';
import { openCompiledAs, opened } from './cache.ts';
import { type Compiled, compileRecord } from './compile.ts';
import { createContext } from './context.ts';
import { UnknownEvents } from './errors.ts';
import { machineOver, type OpenOptions, type OpenStore, refuseErrors } from './front.ts';
import { withKept } from './kept.ts';
import type { Machine } from './machine.ts';
import { FORMAT } from './stored.ts';
import { readShelf, recordOf } from './stored-record.ts';
import { todayInEngland } from './today.ts';

/** Opens the record that a store holds; a compiled form is kept for each content of a store that outlives the process. */
export async function openFromStore(where: string | OpenStore, options: OpenOptions): Promise<Machine> {
  if (typeof where !== 'string') return read(where as EventStore, options);
  const store = await openStore(where, { readOnly: true });
  try {
    return await read(store, options);
  } finally {
    await store.close();
  }
}

async function read(
  store: EventStore,
  { today = () => todayInEngland(), strict = false, onSkipped }: OpenOptions,
): Promise<Machine> {
  const compiled = await compiledOf(store);
  const { skipped } = compiled.header;
  const unknown = new Map(Object.entries(skipped?.unknown ?? {}));
  if (strict && unknown.size > 0) throw new UnknownEvents(store.url, unknown);
  if (skipped && (skipped.foreign > 0 || unknown.size > 0)) onSkipped?.(skipped);
  return machineOver(createContext(compiled, today));
}

async function compiledOf(store: EventStore) {
  if (!store.capabilities.durable) return opened(compile(await readShelf(store), store.url));
  const fingerprint = await store.fingerprint();
  if (fingerprint !== undefined)
    return openCompiledAs(fingerprint, FORMAT, async () => withKept(compile(await readShelf(store), store.url)));
  const shelf = await readShelf(store);
  return openCompiledAs(contentOf(shelf), FORMAT, async () => withKept(compile(shelf, store.url)));
}

function compile(shelf: Shelf, url: string): Compiled {
  const record = recordOf(shelf, url);
  refuseErrors(record, url);
  const compiled = compileRecord(record);
  const { foreign, unknown } = shelf.skipped;
  return { ...compiled, header: { ...compiled.header, skipped: { foreign, unknown: Object.fromEntries(unknown) } } };
}

/** A name for the content of a shelf: ids of events are made of what the events say. */
function contentOf(shelf: Shelf): string {
  const hash = createHash('sha256');
  const add = (value: unknown) => hash.update(`${JSON.stringify(value)}\n`);
  for (const { slug, head, events } of shelf.milestones.values())
    add([slug, head, events.map(({ uuid, revision, metadata }) => [uuid, revision, metadata])]);
  add([...shelf.sources()]);
  add(shelf.coverage());
  add(shelf.divergences());
  add(shelf.lock);
  add([shelf.skipped.foreign, [...shelf.skipped.unknown]]);
  return `content ${hash.digest('hex')}`;
}

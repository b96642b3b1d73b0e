import { milestoneOf, REGISTRY } from '../store/envelope.ts';
import { StoreError } from '../store/errors.ts';
import { type EventStore, gathered, lastRevision, type NewEvent } from '../store/port.ts';
import type { PushProgress } from './push.ts';

/** The store copied into holds something else where the copy would go. */
class StoresDiffer extends StoreError {
  override readonly name = 'StoresDiffer';
}

/**
 * Copies the record's streams of one store into another: each stream's missing end in one append, ids and bytes as they were.
 * Repeated, it copies nothing; stopped anywhere and repeated, it ends the same. Throws `StoresDiffer`, having copied
 * nothing of that stream, where the other store's stream is not the beginning of this one's.
 */
export async function copyStore(
  source: EventStore,
  target: EventStore,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: PushProgress) => void } = {},
): Promise<{ readonly copied: number; readonly passedOver: number }> {
  const { signal } = options;
  const own = new Set<string>(Object.values(REGISTRY));
  const streams = new Map<string, number>();
  let passedOver = 0;
  for await (const batch of source.readAll({ signal })) {
    for (const { stream } of batch) {
      if (own.has(stream) || milestoneOf(stream) !== undefined) streams.set(stream, (streams.get(stream) ?? 0) + 1);
      else passedOver++;
    }
  }
  signal?.throwIfAborted();
  const total = [...streams.values()].reduce((sum, count) => sum + count, 0);
  let [done, copied] = [0, 0];
  for (const [stream, count] of streams) {
    signal?.throwIfAborted();
    const last = await lastRevision(target, stream);
    const events = await gathered(source.readStream(stream, { signal }));
    signal?.throwIfAborted();
    if (last !== undefined) await agree(target, stream, events, last);
    const missing = events.slice(last === undefined ? 0 : last + 1);
    if (missing.length > 0) {
      const { written } = await target.append(
        stream,
        missing.map(({ id, type, data, metadata }): NewEvent => ({ id, type, data, metadata })),
        { expected: last ?? 'none' },
      );
      copied += written;
    }
    done += count;
    options.onProgress?.({ done, total });
  }
  return { copied, passedOver };
}

async function agree(target: EventStore, stream: string, events: readonly NewEvent[], last: number): Promise<void> {
  let revision = 0;
  for await (const batch of target.readStream(stream)) {
    for (const { id } of batch) {
      if (events[revision]?.id !== id)
        throw new StoresDiffer(
          `the stream ${stream} of ${target.url} is not a beginning of the one to be copied: it differs at revision ${revision} of ${last}`,
          { hint: 'copy into an empty store' },
        );
      revision++;
    }
  }
}

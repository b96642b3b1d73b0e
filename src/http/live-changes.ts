import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { changesOf } from './changes.ts';
import { Problem } from './problem.ts';
import type { Source } from './source.ts';

/** Most followers at one time. */
const MOST_FOLLOWERS = 200;
/** How often a silent stream says that it is still there, in milliseconds. */
const HEARTBEAT = 15_000;
const AT_ONCE = 100;

let followers = 0;

/**
 * Follows the log as server-sent events: first what stands after the place given (`?after=` or `Last-Event-ID`; without either only what comes),
 * then each event as it is taken in. The id of each is its place, so that a browser that reconnects misses none and gets none twice.
 */
export async function liveChanges(
  context: Context,
  source: Source,
  prefix: string,
  signal: AbortSignal | undefined,
): Promise<Response> {
  if (source.attached === undefined)
    throw new Problem('not-found', 'no store is attached here, so nothing comes in', {
      hint: `what the record took in is at ${prefix}/changes; with “stood serve --store …” it is told as it comes`,
    });
  if (followers >= MOST_FOLLOWERS)
    throw new Problem('unavailable', 'too many are following already', {
      hint: `ask ${prefix}/changes from time to time instead`,
      headers: { 'retry-after': '60' },
    });
  const log = await source.log();
  const asked = context.req.header('last-event-id') || context.req.query('after') || undefined;
  if (asked !== undefined && log.after(asked, 1) === undefined)
    throw new Problem('not-found', 'the log has no such place', { hint: 'places are those of /changes' });
  let place = asked ?? log.last;
  const response = streamSSE(context, async (stream) => {
    followers++;
    let wake: () => void = () => {};
    const ignore = log.listen(() => wake());
    const end = (): void => {
      wake();
    };
    stream.onAbort(end);
    signal?.addEventListener('abort', end);
    try {
      await stream.write(': following\n\n');
      while (!stream.aborted && !stream.closed && !signal?.aborted) {
        const page = log.after(place, AT_ONCE);
        const events = page?.events ?? [];
        if (events.length === 0) {
          let timer: NodeJS.Timeout | undefined;
          const silent = await new Promise<boolean>((resolve) => {
            wake = () => resolve(false);
            timer = setTimeout(() => resolve(true), HEARTBEAT);
            if (stream.aborted || signal?.aborted || log.last !== place) resolve(false);
          });
          clearTimeout(timer);
          if (silent) await stream.write(': still here\n\n');
          continue;
        }
        for (const change of changesOf(await source.machine(), events, prefix)) {
          await stream.writeSSE({ id: change.position, event: 'change', data: JSON.stringify(change) });
          place = change.position;
        }
      }
    } finally {
      followers--;
      ignore();
      signal?.removeEventListener('abort', end);
    }
  });
  response.headers.set('cache-control', 'no-store');
  response.headers.set('x-accel-buffering', 'no');
  return response;
}

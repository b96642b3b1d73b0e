import type { ResolvedEvent } from '@eventstore/db-client';
import { StoreTimeout } from '../errors.ts';
import { breathe } from '../waiting.ts';

/** A word of the server between two events. */
export type Mark =
  | { readonly kind: 'confirmed' | 'caughtUp' | 'fellBehind' }
  | { readonly kind: 'checkpoint'; readonly commit: bigint; readonly prepare: bigint };

/** What a feed brings: some events, a mark between them, or that it has ended. */
export type Brought =
  | { readonly kind: 'events'; readonly events: readonly ResolvedEvent[] }
  | { readonly kind: 'mark'; readonly mark: Mark }
  | { readonly kind: 'end' };

/** The client's stream, as far as it matters here: a Node readable with a few events of its own. */
export interface Source {
  on(event: string, listener: (...given: never[]) => void): unknown;
  pause(): unknown;
  resume(): unknown;
  readonly readableLength: number;
}

export interface Feed {
  /**
   * The next of what comes, at most so many events. Throws what the source throws, and `StoreTimeout` when nothing comes for so many
   * milliseconds (0: waits for ever).
   */
  next(most: number, patience: number): Promise<Brought>;
  /** Says something between the events, at the place where the source stands now. */
  mark(mark: Mark): void;
  /** Lets go of the source. */
  close(): void;
}

/** Turns a stream of the client into something to be asked, which is never ahead of the asker by more than `room` events. */
export function createFeed(source: Source, room: number, cancel: () => Promise<unknown>): Feed {
  const queue: (ResolvedEvent | Mark)[] = [];
  const late: { readonly after: number; readonly mark: Mark }[] = [];
  let seen = 0;
  let paused = false;
  let over: 'end' | { readonly error: unknown } | undefined;
  let closed = false;
  let wake: (() => void) | undefined;

  const rouse = (): void => {
    wake?.();
    wake = undefined;
  };
  const finish = (how: 'end' | { readonly error: unknown }): void => {
    over ??= how;
    rouse();
  };

  source.on('data', (event: ResolvedEvent) => {
    if (closed) return;
    queue.push(event);
    seen += 1;
    for (let next = late[0]; next !== undefined && next.after <= seen; next = late[0]) {
      queue.push(next.mark);
      late.shift();
    }
    if (!paused && queue.length >= room) {
      paused = true;
      source.pause();
    }
    rouse();
  });
  source.on('end', () => finish('end'));
  source.on('close', () => finish('end'));
  // Stays for good: an error that comes when nobody listens any more would end the process.
  source.on('error', (error: unknown) => finish({ error }));

  function take(most: number): Brought | undefined {
    const [first] = queue;
    if (first === undefined) return undefined;
    if ('kind' in first) {
      queue.shift();
      return { kind: 'mark', mark: first };
    }
    let count = 0;
    while (count < queue.length && count < most && !('kind' in (queue[count] as ResolvedEvent | Mark))) count += 1;
    const events = queue.splice(0, count) as ResolvedEvent[];
    if (paused && queue.length < room / 2) {
      paused = false;
      source.resume();
    }
    return { kind: 'events', events };
  }

  return {
    async next(most, patience) {
      for (;;) {
        const taken = take(most);
        if (taken !== undefined) return taken;
        if (over === 'end') return { kind: 'end' };
        if (over !== undefined) throw over.error;
        const inTime = await new Promise<boolean>((resolve) => {
          const timer = patience > 0 ? setTimeout(() => resolve(false), patience) : undefined;
          wake = () => {
            clearTimeout(timer);
            resolve(true);
          };
        });
        if (!inTime) {
          wake = undefined;
          throw new StoreTimeout(`nothing was heard for ${patience} ms`);
        }
        // Events come one by one; those that came in one go are handed on in one go.
        await breathe();
      }
    },
    mark(mark) {
      if (closed) return;
      // The source may hold events back that were sent before this; they go first.
      const after = seen + source.readableLength;
      if (after === seen) queue.push(mark);
      else late.push({ after, mark });
      rouse();
    },
    close() {
      if (closed) return;
      closed = true;
      queue.length = 0;
      finish('end');
      void cancel().catch(() => undefined);
      // Destroyed it would never come to its end, and the client would wait for that when it is disposed of.
      source.resume();
    },
  };
}

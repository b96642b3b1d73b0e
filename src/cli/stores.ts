import { AskedWrongly } from '../machine/errors.ts';
import type { EventStore, OpenStoreOptions } from '../store/port.ts';
import type { Context } from './command.ts';

/** The store that the command is to work on, from `--store` or STOOD_STORE. */
export function storeUrl(ctx: Context): string {
  const url = ctx.options.store ?? ctx.io.env.STOOD_STORE;
  if (url) return url;
  throw new AskedWrongly('no store is named', 'add --store sqlite:my-events.sqlite, or set STOOD_STORE');
}

/** Opens a store for as long as some work takes, and lets go of it whatever comes of the work. */
export async function withStore<T>(
  url: string,
  options: OpenStoreOptions,
  work: (store: EventStore) => Promise<T>,
): Promise<T> {
  const { openStore } = await import('../store/index.ts');
  const store = await openStore(url, options);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A bar on stderr with rate and time left, when stderr is a terminal that can redraw a line; otherwise silence. */
export function progressBar(ctx: Context, what: string): { show(done: number, total: number): void; clear(): void } {
  if (!ctx.io.progress || ctx.io.env.TERM === 'dumb') return { show: () => {}, clear: () => {} };
  const began = performance.now();
  let drawn = -Infinity;
  const width = 24;
  return {
    show: (done, total) => {
      const now = performance.now();
      if (now - drawn < 100 && done < total) return;
      drawn = now;
      const rate = done / Math.max(0.001, (now - began) / 1000);
      const share = total === 0 ? 1 : done / total;
      const bar = '█'.repeat(Math.round(share * width)).padEnd(width, '░');
      const left = rate > 0 && done < total ? `, ${seconds((total - done) / rate)} left` : '';
      ctx.io.stderr.write(`\r\u001b[K${what} ${bar} ${done}/${total}, ${Math.round(rate)} a second${left}`);
    },
    clear: () => void ctx.io.stderr.write('\r\u001b[K'),
  };
}

function seconds(value: number): string {
  return value < 90 ? `${Math.ceil(value)} s` : `${Math.ceil(value / 60)} min`;
}

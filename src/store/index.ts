import { BadStoreUrl } from './errors.ts';
import type { EventStore, OpenStoreOptions } from './port.ts';

/** A kind of store: the URLs it answers to, and its adapter, loaded only when asked for. */
interface Adapter {
  readonly name: string;
  readonly example: string;
  readonly answers: (url: string) => boolean;
  readonly load: () => Promise<(url: string, options?: OpenStoreOptions) => Promise<EventStore>>;
}

/** Every kind of store. */
const ADAPTERS: readonly Adapter[] = [
  {
    name: 'memory',
    example: 'memory:',
    answers: (url) => url.startsWith('memory:'),
    load: async () => (await import('./memory/index.ts')).openMemory,
  },
  {
    name: 'sqlite',
    example: 'sqlite:my-events.sqlite',
    answers: (url) => /^(sqlite|file):./.test(url) || (!/^[a-z+]+:\/\//.test(url) && /.\.(sqlite3?|db)$/.test(url)),
    load: async () => (await import('./sqlite/index.ts')).openSqlite,
  },
  {
    name: 'eventstoredb',
    example: 'esdb://user:password@host:2113',
    answers: (url) => /^(esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\//i.test(url),
    load: async () => (await import('./eventstoredb/index.ts')).openEventStoreDB,
  },
];

/** Opens the store that a URL names. Throws `BadStoreUrl` when no adapter answers to it, and what the adapter throws when it cannot be opened. */
export async function openStore(url: string, options: OpenStoreOptions = {}): Promise<EventStore> {
  const adapter = ADAPTERS.find(({ answers }) => answers(url));
  if (adapter === undefined) {
    throw new BadStoreUrl(`no kind of store is called ${url.replace(/\/\/[^/@]*@/, '//…@')}`, {
      hint: `write ${ADAPTERS.map(({ example }) => example).join(', ')}`,
    });
  }
  return (await adapter.load())(url, options);
}

export * from './errors.ts';
export type * from './port.ts';

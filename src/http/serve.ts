import { createWriteStream, type WriteStream } from 'node:fs';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { AskedWrongly } from '../machine/index.ts';
import type { EventStore } from '../store/port.ts';
import type { Day } from '../time/day.ts';
import { type Access, createApp } from './app.ts';
import { readAssets } from './assets.ts';
import { folderSource, storeSource } from './source.ts';

/** How the door is opened. */
export interface ServeOptions {
  /** `127.0.0.1` unless given: nobody else's machine. */
  readonly host?: string | undefined;
  /** 4013 unless given; 0 for any that is free. */
  readonly port?: number | undefined;
  /** Where a proxy has put the whole: `/nhs`. */
  readonly prefix?: string | undefined;
  /** The folder of another record than the one shipped. */
  readonly record?: string | undefined;
  /** A store to follow instead, by its URL or open already. */
  readonly store?: string | EventStore | undefined;
  readonly strict?: boolean | undefined;
  /** Whoever shows it may append to the store. */
  readonly token?: string | undefined;
  /** Where the access log goes: a file, `off`, or (unless given) what `onLine` does with a line. */
  readonly log?: string | undefined;
  readonly logQuery?: boolean | undefined;
  readonly onLine?: ((line: string) => void) | undefined;
  readonly version?: string | undefined;
  readonly today?: (() => Day) | undefined;
  readonly cache?: boolean | undefined;
}

/** An open door. */
export interface Serving {
  /** Where it is, prefix included: `http://127.0.0.1:4013/`. */
  readonly address: string;
  readonly port: number;
  /** Takes no more questions, finishes the answers under way, then lets go of store, log and port. */
  close(): Promise<void>;
}

const DEFAULT_PORT = 4013;
const DEFAULT_HOST = '127.0.0.1';

const MOST_CONNECTIONS = 2000;
/** Milliseconds that answers under way have to finish when the door is closed. */
const GRACE = 10_000;
const SHORTEST_TOKEN = 16;

/** Opens the door; the promise is kept when it answers. Throws `AskedWrongly` for a port that is taken or an option that cannot be. */
export async function serve(options: ServeOptions = {}): Promise<Serving> {
  const { host = DEFAULT_HOST, port = DEFAULT_PORT, store, token, today, version } = options;
  const prefix = prefixOf(options.prefix);
  if (token !== undefined) {
    if (store === undefined)
      throw new AskedWrongly(
        'a token opens nothing where no store is attached',
        'add --store sqlite:my-events.sqlite, or leave the token out',
      );
    if (token.length < SHORTEST_TOKEN || /\s/.test(token))
      throw new AskedWrongly(
        `a token has at least ${SHORTEST_TOKEN} characters and no spaces`,
        'make one with: openssl rand -hex 32',
      );
  }
  if (port > 65_535) throw new AskedWrongly(`there is no port ${port}`, 'ports go up to 65535');
  const log = await openLog(options);
  const ending = new AbortController();
  const source =
    store === undefined
      ? await folderSource({ folder: options.record, today, cache: options.cache })
      : await storeSource(store, { writable: token !== undefined, strict: options.strict, today });
  const app = createApp({
    source,
    prefix,
    version,
    token,
    assets: await readAssets(),
    onAccess: log.access,
    logQuery: options.logQuery,
    onTrouble: log.trouble,
    signal: ending.signal,
  });
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { maxHeaderSize: 16 * 1024, headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 5000 },
  }) as Server;
  server.maxHeadersCount = 100;
  server.maxConnections = MOST_CONNECTIONS;
  const letGo = async (): Promise<void> => {
    await source.close();
    await log.close();
  };
  try {
    await listening(server, host, port);
  } catch (error) {
    await letGo();
    throw error;
  }
  const bound = server.address();
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    ending.abort();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), GRACE);
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    await closed;
    clearTimeout(late);
    clearInterval(idle);
    await letGo();
  };
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${actual}${prefix}/`,
    port: actual,
    close: () => (closing ??= close()),
  };
}

/** A prefix as addresses take it: `/nhs`, without a slash at its end; nothing for none. */
export function prefixOf(typed: string | undefined): string {
  const bare = (typed ?? '').replace(/^\/+|\/+$/g, '');
  if (bare === '') return '';
  if (!/^[A-Za-z0-9._~-]+(\/[A-Za-z0-9._~-]+)*$/.test(bare) || bare.split('/').includes('..'))
    throw new AskedWrongly(`“${typed}” is no prefix of addresses`, 'for instance: --prefix /nhs');
  return `/${bare}`;
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new AskedWrongly(
            `port ${port} is taken on ${host}`,
            `give another with --port ${port + 1}, or --port 0 for any`,
          ),
        );
      else if (error.code === 'EACCES')
        reject(new AskedWrongly(`port ${port} may not be used`, 'give one above 1023: --port 4013'));
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
        reject(
          new AskedWrongly(`${host} is no address of this machine`, 'for instance: --host 127.0.0.1 or --host 0.0.0.0'),
        );
      else reject(error);
    });
    server.listen(port, host, resolve);
  });
}

interface Log {
  readonly access: ((access: Access) => void) | undefined;
  readonly trouble: (error: unknown) => void;
  close(): Promise<void>;
}

/** The access log, a line of JSON for each answer. What should not happen is told in it as well. */
async function openLog({ log, onLine }: ServeOptions): Promise<Log> {
  let stream: WriteStream | undefined;
  if (log !== undefined && log !== 'off') {
    const file = createWriteStream(log, { flags: 'a' });
    await new Promise<void>((resolve, reject) => {
      file.once('open', () => resolve());
      file.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          new AskedWrongly(
            `the log ${log} cannot be written (${error.code ?? 'unknown error'})`,
            'name a file in a folder that is there',
          ),
        ),
      );
    });
    file.on('error', (error) => onLine?.(JSON.stringify({ log: error.message })));
    stream = file;
  }
  const write = (entry: object): void => {
    const line = JSON.stringify(entry);
    if (stream) stream.write(`${line}\n`);
    else onLine?.(line);
  };
  return {
    access: log === 'off' || (stream === undefined && onLine === undefined) ? undefined : write,
    trouble: (error) =>
      write({
        time: new Date().toISOString(),
        trouble: error instanceof Error ? (error.stack ?? error.message).slice(0, 4000) : String(error).slice(0, 4000),
      }),
    close: () => new Promise((resolve) => (stream ? stream.end(() => resolve()) : resolve())),
  };
}

import type { IncomingMessage } from 'node:http';
import { LONGEST_ADDRESS } from './paths.ts';

/** A request as Node reads it: its headers cost a tenth of the standard ones. */
export type Incoming = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>;

/** What is remembered by how exactly it was asked for, as long as nothing has changed since. */
export interface Ready<T> {
  get(incoming: Incoming): T | undefined;
  keep(incoming: Incoming, value: T): void;
}

/** Ways of asking that are remembered; all are forgotten when there are more. */
const MOST = 10_000;
/** Longest header that is part of a way of asking, in characters. */
const LONGEST_HEADER = 500;

/**
 * Remembers by address and by the headers that choose between the forms of an answer. What is asked with more headers than
 * `mostHeaders`, under a condition or for a moment is never found: that is for those who read a request in full. `now`
 * names the state that values were made in; what was kept in another is not found either, and nothing in none.
 */
export function createReady<T>(now: () => string | undefined, mostHeaders: number): Ready<T> {
  const held = new Map<string, T>();
  let state: string | undefined;
  const keyOf = ({ method, url = '', headers, rawHeaders }: Incoming): string | undefined => {
    if (method !== 'GET' || url.length > LONGEST_ADDRESS || rawHeaders.length > mostHeaders * 2) return undefined;
    if (headers['if-none-match'] !== undefined || headers['accept-datetime'] !== undefined) return undefined;
    const { accept = '', 'accept-encoding': encoding = '' } = headers;
    if (accept.length > LONGEST_HEADER || encoding.length > LONGEST_HEADER) return undefined;
    const is = now();
    if (is !== state) {
      held.clear();
      state = is;
    }
    return is === undefined ? undefined : `${url}\n${accept}\n${encoding}`;
  };
  return {
    get: (incoming) => {
      const key = keyOf(incoming);
      return key === undefined ? undefined : held.get(key);
    },
    keep: (incoming, value) => {
      const key = keyOf(incoming);
      if (key === undefined) return;
      if (held.size >= MOST) held.clear();
      held.set(key, value);
    },
  };
}

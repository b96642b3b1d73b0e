/** An answer made, ready to be sent. */
export interface Made {
  readonly body: Uint8Array<ArrayBuffer>;
  /** The same, compressed; left out where that makes it no smaller. */
  readonly gzip?: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers by address, the least recently used forgotten first when they take more than so many bytes. */
export interface Cache {
  get(key: string): Made | undefined;
  set(key: string, made: Made): void;
  clear(): void;
  readonly bytes: number;
}

/** Bytes that an entry takes beside its content, roughly. */
const OVERHEAD = 500;

/** A cache that holds at most so many bytes; one answer may take a quarter of them. */
export function createCache(most: number): Cache {
  const held = new Map<string, Made>();
  let bytes = 0;
  const size = (key: string, { body, gzip }: Made): number =>
    OVERHEAD + key.length * 2 + body.byteLength + (gzip?.byteLength ?? 0);
  const drop = (key: string): void => {
    const made = held.get(key);
    if (made === undefined) return;
    held.delete(key);
    bytes -= size(key, made);
  };
  return {
    get: (key) => {
      const made = held.get(key);
      if (made === undefined) return undefined;
      held.delete(key);
      held.set(key, made);
      return made;
    },
    set: (key, made) => {
      drop(key);
      const needed = size(key, made);
      if (needed > most / 4) return;
      held.set(key, made);
      bytes += needed;
      for (const oldest of held.keys()) {
        if (bytes <= most) break;
        drop(oldest);
      }
    },
    clear: () => {
      held.clear();
      bytes = 0;
    },
    get bytes() {
      return bytes;
    },
  };
}

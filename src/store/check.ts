import { BadEvent, EventTooLarge, NotSerialisable } from './errors.ts';
import type { Capabilities, NewEvent } from './port.ts';

/** An event checked and written out: what an adapter sends or saves. */
export interface Prepared {
  readonly id: string;
  readonly type: string;
  /** JSON text; keys in the order given, so that every store holds the same bytes. */
  readonly data: string;
  readonly metadata: string;
  /** Bytes of both in UTF-8. */
  readonly bytes: number;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const DEEPEST = 100;
const CONTROL = /\p{Cc}/u;

/**
 * Checks an append before anything is sent, the same for every adapter: names, ids, that the payload survives JSON, sizes.
 * Throws `BadEvent`, `NotSerialisable`, `EventTooLarge`; `RangeError` when there are no events.
 */
export function prepare(
  stream: string,
  events: readonly NewEvent[],
  limits: Pick<Capabilities, 'maxEventBytes' | 'maxAppendBytes'>,
): readonly Prepared[] {
  if (events.length === 0) throw new RangeError('an append has at least one event');
  checkStreamName(stream);
  const ids = new Set<string>();
  let total = 0;
  const prepared = events.map((event): Prepared => {
    if (typeof event.id !== 'string' || !UUID.test(event.id))
      throw new BadEvent(`the id of an event is a UUID in lower case, not ${shown(event.id)}`);
    if (ids.has(event.id)) throw new BadEvent(`the event ${event.id} stands twice in one append`);
    ids.add(event.id);
    if (
      typeof event.type !== 'string' ||
      event.type.trim() === '' ||
      event.type.startsWith('$') ||
      event.type.length > 200 ||
      CONTROL.test(event.type)
    ) {
      throw new BadEvent(`the event ${event.id} has no type that a store can hold: ${shown(event.type)}`);
    }
    const data = jsonText(event.id, 'data', event.data);
    const metadata = jsonText(event.id, 'metadata', event.metadata);
    const bytes = Buffer.byteLength(data) + Buffer.byteLength(metadata);
    if (bytes > limits.maxEventBytes) throw new EventTooLarge(event.id, bytes, limits.maxEventBytes);
    total += bytes;
    return { id: event.id, type: event.type, data, metadata, bytes };
  });
  if (total > limits.maxAppendBytes) throw new EventTooLarge(undefined, total, limits.maxAppendBytes);
  return prepared;
}

/** Throws `BadEvent` for a name that no stream can have; those that begin with `$` belong to the store itself. */
function checkStreamName(stream: string): void {
  if (
    typeof stream !== 'string' ||
    stream === '' ||
    stream.startsWith('$') ||
    stream.length > 500 ||
    CONTROL.test(stream)
  ) {
    throw new BadEvent(`no stream can be called ${shown(stream)}`);
  }
}

function jsonText(id: string, path: string, value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new NotSerialisable(id, path, 'not a map');
  if (!isPlain(value, 0)) check(id, path, value, []);
  return JSON.stringify(value);
}

/** Whether JSON holds all of a value; most do, and only one that does not is gone through again to say where. */
function isPlain(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'string') return !LONE_SURROGATE.test(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype || 'toJSON' in value) return false;
  for (const key in value) {
    const item = (value as Readonly<Record<string, unknown>>)[key];
    if (item !== undefined && !isPlain(item, depth + 1)) return false;
  }
  return true;
}

function check(id: string, path: string, value: unknown, above: readonly object[]): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    if (LONE_SURROGATE.test(value)) throw new NotSerialisable(id, path, 'a text cut in the middle of a character');
    return;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotSerialisable(id, path, `the number ${value}`);
    return;
  }
  if (typeof value !== 'object') throw new NotSerialisable(id, path, `a ${typeof value}`);
  if (above.includes(value)) throw new NotSerialisable(id, path, 'part of itself');
  if (above.length > DEEPEST) throw new NotSerialisable(id, path, `nested more than ${DEEPEST} levels deep`);
  const within = [...above, value];
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) check(id, `${path}[${i}]`, item, within);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new NotSerialisable(id, path, `a ${value.constructor?.name ?? 'strange object'}`);
  if ('toJSON' in value && typeof value.toJSON === 'function')
    throw new NotSerialisable(id, path, 'a map with a way of its own of becoming JSON');
  for (const [key, item] of Object.entries(value)) if (item !== undefined) check(id, `${path}.${key}`, item, within);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : `a ${typeof value}`;
}

import type { Locator } from './explain.ts';
import type { Place, RecordedEvent } from './types.ts';
import type { Path } from './yaml.ts';

/** Where an event was read from: kept beside the events, since nobody who asks the record needs it. */
export interface Origin {
  /** The event as its file spells it. */
  readonly written: Readonly<Record<string, unknown>>;
  readonly locator: Locator;
  /** Path of the event within its file. */
  readonly base: Path;
}

const origins = new WeakMap<RecordedEvent, Origin>();

/** Keeps where an event was read from. */
export function rememberOrigin(event: RecordedEvent, origin: Origin | undefined): void {
  if (origin) origins.set(event, origin);
}

/** Where an event was read from; undefined for events that no file holds. */
export function originOf(event: RecordedEvent): Origin | undefined {
  return origins.get(event);
}

/** Place of a value within an event: `['data', 'organisation']`; of the event itself when it is not to be found. */
export function placeWithin(event: RecordedEvent, path: Path): Place {
  const origin = origins.get(event);
  return origin === undefined ? event.place : origin.locator.at([...origin.base, ...path]);
}

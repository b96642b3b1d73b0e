import type { Change } from '../src/timeline/types.ts';
import type { EventData, EventName } from '../src/vocabulary/index.ts';

/** What a projection sees of an event: its id and its payload. Its dates and sources are the engine's business. */
export interface Told<Name extends EventName = EventName> {
  readonly id: string;
  readonly data: EventData<Name>;
}

/** A view of the log: for each event type it cares about, purely what one event changes. */
export interface Projection {
  readonly name: string;
  /** One line that says what it answers. */
  readonly summary: string;
  readonly on: { readonly [Name in EventName]?: (event: Told<Name>) => readonly Change[] };
}

/** Defines a projection; handlers get the payload type of their event. */
export function defineProjection(projection: Projection): Projection {
  return projection;
}

/** One value or several, as a list. */
export function each<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

import { PROJECTIONS } from '../../projections/index.ts';
import type { Change, Entry } from '../timeline/types.ts';
import type { StoredEvent } from './stored.ts';

type Handler = (event: { readonly id: string; readonly data: unknown }) => readonly Change[];

const handlers = new Map<string, Handler[]>();
for (const projection of PROJECTIONS) {
  for (const [type, handler] of Object.entries(projection.on)) {
    handlers.set(type, [...(handlers.get(type) ?? []), handler as unknown as Handler]);
  }
}

/** The fields of a stored event that place it in time and say what it changes. */
export type Placed = Pick<
  StoredEvent,
  | 'key'
  | 'type'
  | 'data'
  | 'earliest'
  | 'latest'
  | 'order'
  | 'publicDay'
  | 'recordedFrom'
  | 'recordedTo'
  | 'operational'
>;

/** What an event changes, by every projection, placed on the three clocks. */
export function entryOf(event: Placed, dates: 'legal' | 'operational' = 'legal'): Entry {
  const told = { id: event.key, data: event.data };
  const when = dates === 'operational' && event.operational ? event.operational : event;
  return {
    event: {
      id: event.key,
      earliest: when.earliest,
      latest: when.latest,
      order: event.order,
      publicFrom: event.publicDay,
      recordedFrom: event.recordedFrom,
      recordedTo: event.recordedTo,
    },
    changes: (handlers.get(event.type) ?? []).flatMap((handler) => handler(told)),
  };
}

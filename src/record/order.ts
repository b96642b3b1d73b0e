import { eventTypeNamed } from '../vocabulary/index.ts';
import { phaseRank } from '../vocabulary/phases.ts';

/** What the order of events within one day depends on; never the file system or the order of import. */
export interface Ordered {
  readonly id: string;
  readonly type: string;
  readonly milestone: string;
  readonly sequence: number;
}

/** Sort key of an event within its day: phase, milestone, place in the milestone, id. Compare it by code unit. */
export function orderKey(event: Ordered): string {
  const type = eventTypeNamed(event.type);
  const phase = type === undefined ? 99 : phaseRank(type.phase);
  return `${String(phase).padStart(2, '0')} ${event.milestone} ${String(event.sequence).padStart(6, '0')} ${event.id}`;
}

/** Compares by code unit, the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares events in the order in which the record took them in: day recorded, milestone, place in the milestone. */
export function compareRecorded(
  a: Ordered & { readonly recorded: number },
  b: Ordered & { readonly recorded: number },
): number {
  return (
    a.recorded - b.recorded ||
    compareText(a.milestone, b.milestone) ||
    a.sequence - b.sequence ||
    compareText(a.id, b.id)
  );
}

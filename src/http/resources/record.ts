import type { EventAnswer, Machine } from '../../machine/index.ts';
import { PAGED } from '../parameters.ts';
import type { Resource } from '../resource.ts';

/** What the record took in on one day. */
interface TakenIn {
  readonly recorded: string;
  readonly events: number;
  readonly milestones: readonly string[];
  /** Corrections and withdrawals: what changed in our knowledge, not in the NHS. */
  readonly changes: readonly EventAnswer[];
}

export const record: Resource = {
  name: 'record',
  summary: 'The record itself: its edition, and what it took in or corrected on which day.',
  paths: ['/record'],
  params: {},
  query: { ...PAGED },
  examples: [{ path: '/record', means: 'the edition, and the days on which our knowledge changed' }],
  answer: recordOf,
  material: (machine, { lens }) => machine.material(lens),
  list: 'takenIn',
  dated: () => true,
};

const AMENDING = new Set(['EventCorrected', 'EventWithdrawn']);

function recordOf(machine: Machine): unknown {
  const { events } = machine.timeline();
  const days = new Map<string, EventAnswer[]>();
  for (const event of events) {
    const known = days.get(event.recorded);
    if (known) known.push(event);
    else days.set(event.recorded, [event]);
  }
  return {
    edition: machine.edition,
    events: events.length,
    milestones: machine.milestones().length,
    sources: machine.sources().length,
    takenIn: [...days.entries()]
      .sort(([a], [b]) => (a < b ? 1 : -1))
      .map(
        ([recorded, taken]): TakenIn => ({
          recorded,
          events: taken.length,
          milestones: [...new Set(taken.map(({ milestone }) => milestone))].sort(),
          changes: taken.filter(({ type }) => AMENDING.has(type)),
        }),
      ),
  };
}

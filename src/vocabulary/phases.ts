/**
 * The order of events within one day (DESIGN: law commences first, publications come last).
 * It never changes the state at the end of the day; it makes replay and the log read in a sensible order.
 */
export const PHASES = [
  'law',
  'areas',
  'relationships end',
  'established',
  'codes and names',
  'functions',
  'relationships begin',
  'status and programmes',
  'abolished',
  'publications',
] as const;
export type Phase = (typeof PHASES)[number];

/** Position of a phase within the day, from 0. */
export function phaseRank(phase: Phase): number {
  return PHASES.indexOf(phase);
}

import type { Size } from '../generator.ts';
import type { BodyQuestion, ChildrenQuestion, LandscapeQuestion, SeriesQuestion } from '../questions.ts';

type Answer<Value> = Value | Promise<Value>;

/** `[kind, region, count]`, in any order. */
export type LandscapeRows = readonly (readonly [number, number, number])[];
/** Kind, region, parent and name, when the body exists. */
export type BodyRow = readonly [number, number, number, string] | undefined;

/** An engine that has been loaded; what it answers is compared, how long it takes is measured. */
export interface LoadedEngine {
  landscape(question: LandscapeQuestion): Answer<LandscapeRows>;
  children(question: ChildrenQuestion): Answer<readonly number[]>;
  body(question: BodyQuestion): Answer<BodyRow>;
  series(question: SeriesQuestion): Answer<readonly number[]>;
  /** Things worth reporting of what it holds. */
  facts?(): { bytes: number };
  close(): Answer<void>;
}

/** An engine in the race: one file in this folder. */
export interface Engine {
  readonly name: string;
  load(size: Size): Promise<LoadedEngine>;
}

/** Days at which a count steps, and by how much, as counts on the asked days. */
export function countsFromSteps(steps: Iterable<readonly [number, number]>, days: readonly number[]): number[] {
  const counts = new Array<number>(days.length).fill(0);
  let slot = 0;
  let running = 0;
  for (const [day, step] of steps) {
    while (slot < days.length && (days[slot] as number) < day) counts[slot++] = running;
    running += step;
  }
  while (slot < days.length) counts[slot++] = running;
  return counts;
}

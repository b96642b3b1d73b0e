import type { z } from 'zod';
import type { Phase } from './phases.ts';

/** The families of event types, in the order in which the documentation lists them. */
export const FAMILIES = [
  'bodies',
  'areas',
  'relationships',
  'functions',
  'status',
  'law and policy',
  'plans',
  'rules',
  'figures',
  'office',
  'discourse',
  'record',
] as const;
export type Family = (typeof FAMILIES)[number];

/**
 * How an event touches a thing: it `begins` it (which must not exist yet), `ends` it (which must exist until then),
 * `needs` it (which must exist on the day), or `cites` it (which the record must know of, on whatever day).
 */
export interface Touch {
  readonly id: string;
  readonly role: 'begins' | 'ends' | 'needs' | 'cites';
}

/** How a sentence speaks of things: by the name each bore on the day of the event. */
export interface Say {
  /** The name of a thing, or its id when no name is known. */
  readonly name: (id: string) => string;
  /** Several names as people write a list: "A, B and C"; a long list is shortened and counted. */
  readonly list: (ids: readonly string[]) => string;
}

/** One word of the vocabulary: schema, sentence and example in one object. Everything else derives from it. */
export interface EventType<Name extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly name: Name;
  readonly family: Family;
  readonly phase: Phase;
  /** Version of `data`; older payloads are brought up by `upcast[n]`, from version n to n + 1. */
  readonly version: number;
  /** One line that says what the event means. */
  readonly summary: string;
  readonly data: Schema;
  /** The things an event touches, and how: what the rules check and the index of a body's history is made from. */
  readonly touches: (data: z.output<Schema>) => readonly Touch[];
  /** One sentence, past tense, without date. */
  readonly sentence: (data: z.output<Schema>, say: Say) => string;
  readonly example: z.input<Schema>;
  readonly upcast?: Readonly<Record<number, (data: unknown) => unknown>>;
}

/** Defines an event type; the types of its payload are inferred from the schema. */
export function defineEventType<Name extends string, Schema extends z.ZodType>(
  type: EventType<Name, Schema>,
): EventType<Name, Schema> {
  return type;
}

/** One value or several, as a list. */
export function many<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** Touches of one role for one id or several. */
export function touch(role: Touch['role'], ids: string | readonly string[] | undefined): Touch[] {
  return many(ids).map((id) => ({ id, role }));
}

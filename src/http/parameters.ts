import { z } from 'zod';
import type { QueryShape } from './resource.ts';

/** Longest value of a parameter, in characters. */
export const LONGEST_VALUE = 200;

/** Most entries of a list in one answer; more are to be had by the `next` link. */
export const MOST_LISTED = 10_000;

/** A text of bounded length, as a parameter. */
export function text(description: string, example?: string) {
  return z
    .string()
    .max(LONGEST_VALUE, `it has more than ${LONGEST_VALUE} characters`)
    .optional()
    .meta({ description, ...(example === undefined ? {} : { example }) });
}

/** One of some words, as a parameter. */
export function oneOf(words: readonly [string, ...string[]], description: string) {
  return z.enum(words).optional().meta({ description });
}

/** A whole number within bounds, as a parameter. */
export function whole(least: number, most: number, description: string) {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'it must be a whole number')
    .refine((value) => Number(value) >= least && Number(value) <= most, `it must be from ${least} to ${most}`)
    .optional()
    .meta({ description, type: 'integer', minimum: least, maximum: most, example: Math.max(least, 10) });
}

const DATES = 'As a person writes a date: 2013-04-01, 1 April 2013, April 2013, 2013.';

/** The day on the first clock. */
export const AT: QueryShape = { at: text(`The day asked about. ${DATES}`, '2020-06-01') };

/** The two clocks of knowledge, and whose dates to follow. */
export const LENS: QueryShape = {
  publishedBy: text(`Use only what had been made public by this day: as people then saw it. ${DATES}`, '2021-11-01'),
  recordedBy: text(`Use only what this record held by this day: repeats an old answer. ${DATES}`, '2026-11-21'),
  dates: oneOf(
    ['legal', 'operational'],
    'Where law and register differ, whose first day to follow; legal unless given.',
  ),
};

/** Which bodies to show. */
export const SELECTION: QueryShape = {
  kind: text('Only this kind of body: name, plural or acronym. May be given several times, or with commas.', 'ICB'),
  partOf: text('Only bodies that are part of this one, however far down.', 'region/london'),
};

/** Which bodies the page of a day lists. */
export const NAMED: QueryShape = {
  name: text('On the page: only bodies with this in name, id or code.', 'Devon'),
};

/** Only what concerns one thing. */
export const ABOUT: QueryShape = { about: text('Only what concerns this thing.', 'system/frimley') };

/** An event to suppose away. */
export const WITHOUT: QueryShape = {
  without: text(
    'Suppose away this event and all that names it as its cause: the answer says what would differ, and is hypothetical throughout.',
    'health-and-care-act-2022/royal-assent',
  ),
};

/** A part of a long list. */
export const PAGED: QueryShape = {
  limit: whole(1, MOST_LISTED, 'At most so many entries; where there are more, the Link header has the next.'),
  offset: whole(0, 100_000_000, 'Leave out so many entries first.'),
};

/** What every address takes. */
export const EVERYWHERE: QueryShape = {
  edition: z
    .string()
    .regex(/^[0-9a-f]{12,64}$/, 'it must be an edition, or its first twelve digits at least')
    .optional()
    .meta({
      description: 'Answer from this edition of the record or not at all; the answer may then be kept for ever.',
    }),
};

/** QueryShape that may be given several times. */
export const REPEATABLE: ReadonlySet<string> = new Set(['kind']);

/** Parameters that say yes or no: given without a word they say yes. */
export const YES_OR_NO: ReadonlySet<string> = new Set(['predict', 'print', 'changedOnly']);

/** Whether a parameter that says yes or no says yes; given without a word it does. */
export function isYes(value: string | undefined): boolean {
  return value !== undefined && !/^(false|no|0)$/i.test(value);
}

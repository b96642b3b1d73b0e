import { dayFromCivil } from '../../src/time/day.ts';
import {
  FIRST_DAY,
  FIRST_RECORDED,
  KINDS,
  LAST_DAY,
  LAST_RECORDED,
  parentsOf,
  randomFrom,
  type Size,
} from './generator.ts';

/** Bodies by kind and region on a day; with `recordedBy`, as the record had it then. */
export interface LandscapeQuestion {
  readonly at: number;
  readonly recordedBy?: number;
}

export interface ChildrenQuestion {
  readonly parent: number;
  readonly at: number;
}

export interface BodyQuestion {
  readonly body: number;
  readonly at: number;
  readonly recordedBy: number;
}

export interface SeriesQuestion {
  readonly kind: number;
  readonly days: readonly number[];
}

/** The questions every engine is asked; the answers are text, the same from all of them. */
export interface Questions {
  readonly landscapeNow: readonly LandscapeQuestion[];
  readonly landscapeThen: readonly LandscapeQuestion[];
  readonly children: readonly ChildrenQuestion[];
  readonly body: readonly BodyQuestion[];
  readonly series: readonly SeriesQuestion[];
}

export type QuestionName = keyof Questions;

export const QUESTION_TITLES: Readonly<Record<QuestionName, string>> = {
  landscapeNow: 'landscape, as known now',
  landscapeThen: 'landscape, as recorded earlier',
  children: 'children of a parent',
  body: "one body's values",
  series: '936-month series',
};

/** First days of the 936 months from July 1948. */
const MONTHS: readonly number[] = Array.from({ length: 936 }, (_, index) =>
  dayFromCivil(1948 + Math.floor((index + 6) / 12), ((index + 6) % 12) + 1, 1),
);

/** Seeded questions for a size. */
export function questionsFor(size: Size): Questions {
  const random = randomFrom(size.changes + 1);
  const integer = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const many = <Question>(length: number, make: () => Question): Question[] => Array.from({ length }, make);
  const at = (): number => integer(FIRST_DAY + 3650, LAST_DAY);
  const recordedBy = (): number => integer(FIRST_RECORDED + 365, LAST_RECORDED);
  return {
    landscapeNow: many(12, () => ({ at: at() })),
    landscapeThen: many(12, () => ({ at: at(), recordedBy: recordedBy() })),
    children: many(200, () => ({ parent: integer(0, parentsOf(size) - 1), at: at() })),
    body: many(200, () => ({ body: integer(0, size.bodies - 1), at: at(), recordedBy: recordedBy() })),
    series: many(6, () => ({ kind: integer(0, KINDS - 1), days: MONTHS })),
  };
}

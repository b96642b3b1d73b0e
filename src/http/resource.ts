import type { z } from 'zod';
import type { TitledSheet } from '../exporters/sheet.ts';
import type { Machine, Material } from '../machine/index.ts';
import type { Ask } from './page.ts';

/** An address to try, and what it answers. */
export interface Example {
  readonly path: string;
  readonly means: string;
}

/** What an address may be asked: each parameter of its query with its schema, which reads it, bounds it and documents it. */
export type QueryShape = Readonly<Record<string, z.ZodType<string | undefined>>>;

/**
 * One sort of address: where it is, what it takes and what it answers. Routes, checks, OpenAPI, the page at `/api` and the tests derive from it.
 * The answer is the plain one of the machine, which the command line prints as JSON.
 */
export interface Resource {
  /** Also the name of its page, unless `page` says otherwise. */
  readonly name: string;
  readonly summary: string;
  /** Patterns: `/at/{date}`; `{id…}` takes slashes too and stands last; `/{from}..{to}` two in one part. */
  readonly paths: readonly string[];
  /** Each part that varies, in words. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: QueryShape;
  readonly examples: readonly Example[];
  readonly page?: string;
  /** The command of `stood` that gives the same JSON. */
  readonly command?: string;
  /** The answer; left out by an address that is a page and nothing else. Throws `AskedWrongly` as the machine does. */
  readonly answer?: (machine: Machine, ask: Ask) => unknown;
  /** What the exporters make their formats of; left out where they have none to offer. */
  readonly material?: (machine: Machine, ask: Ask) => Material;
  /** Endings of the exporters that can carry the material; all of them unless given. */
  readonly carried?: readonly string[];
  /** Its answer as a table of plain values, for `.csv` and `.md`; it goes before what the exporters would make of the material. */
  sheet?(answer: unknown, ask: Ask): TitledSheet;
  /** Its answer as a picture that stands alone, for `.svg`; it goes before what the exporter would draw. */
  readonly picture?: (machine: Machine, ask: Ask) => string;
  /** Which list of the answer is given in pages when it is long: the name of its property, or `''` when the answer is a list. */
  readonly list?: string;
  /**
   * What it answers when an event is supposed away, where it takes `without`: `answer`, its own answer as it would have been, unless given;
   * `differences`, what would have been otherwise.
   */
  readonly supposes?: 'answer' | 'differences';
  /** True when today is no part of the question, so that the answer is the same on any day; false unless given. */
  readonly dated?: (ask: Ask) => boolean;
}

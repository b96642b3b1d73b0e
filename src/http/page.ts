import type { Lens, Machine, Selection, Supposing } from '../machine/index.ts';
import type { Lesson } from '../record/lessons.ts';

/** How a page writes addresses: under the prefix of the proxy, with the clocks and the selection of the page it is on. */
export interface Links {
  /** An address of ours, `/body/icb/devon`, with the clocks of this page and these parameters (null drops one). */
  to(path: string, query?: Readonly<Record<string, string | null>>): string;
  /** A script, style or picture of the page, by file name. */
  asset(file: string): string;
}

/** A format in which the address of a page answers too. */
export interface Format {
  /** The ending that asks for it: `.json`. */
  readonly extension: string;
  readonly title: string;
  readonly href: string;
}

/** What an address asks, read and bounded; shared by every format it answers in. */
export interface Ask {
  /** The address without prefix, ending or query: `/at/2013-04-01`. */
  readonly path: string;
  /** The parts of the path that vary, decoded: `{ date: '2013-04-01' }`. */
  readonly params: Readonly<Record<string, string>>;
  /** QueryShape of the query, those the resource knows. */
  readonly query: Readonly<Record<string, string>>;
  /** How the question looks; with `without` where the answer itself is a counterfactual, but not where it tells differences. */
  readonly lens: Lens & Supposing;
  readonly selection: Selection;
  /** An event to suppose away: the answer is hypothetical throughout. */
  readonly without?: string;
  readonly links: Links;
  readonly formats: readonly Format[];
  /** In a site of files: no address with a query answers, and nothing can be typed in. */
  readonly fixed?: boolean;
  /** The lessons there are; those the package ships unless given. */
  readonly lessons?: () => Promise<readonly Lesson[]>;
  /** What the page named `error` has to tell. */
  readonly trouble?: Trouble;
}

/** Why an address has no answer, for people: what the problem document says to programs. */
export interface Trouble {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly hint?: string;
  /** Addresses that may have been meant. */
  readonly near: readonly { readonly title: string; readonly href: string }[];
}

/** Makes the HTML of an address, whole. Throws `AskedWrongly` as the machine does. */
export type Page = (machine: Machine, ask: Ask) => Promise<string>;

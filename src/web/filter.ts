import { searched } from '../views/narrow.ts';

/** What filtering a list does to the page; the page and the tests each have their own. */
export interface FilterStage {
  /** Shows the rows that have this in name or code and hides the others; gives how many are shown. */
  show(wanted: string): number;
  /** Fetches the rows that have it from the record and puts them in the place of those here; true when it gave every one. */
  load(wanted: string): Promise<boolean>;
  /** Says how many there are, aloud too. */
  say(count: number, wanted: string): void;
  /** Remembers what is asked in the address. */
  remember(wanted: string): void;
  /** Call back after so many milliseconds; returns what cancels it. */
  later(milliseconds: number, then: () => void): () => void;
}

/** Milliseconds without a key before anything is fetched or said. */
export const PAUSE = 300;

/** Filters a list as somebody types. */
export interface Filter {
  type(text: string): void;
}

/**
 * A filter over rows of which every one that has `held` in it is on the page already; null when some are not. Each key
 * filters what is there at once; after a pause the rest is fetched, unless all that can match is there.
 */
export function createFilter(held: string | null, stage: FilterStage): Filter {
  let base = held;
  let turn = 0;
  let cancel = (): void => {};

  async function settle(text: string, mine: number): Promise<void> {
    const wanted = searched(text);
    // Whatever has the longer text in it has the shorter too.
    if (base !== null && wanted.includes(base)) {
      stage.say(stage.show(text), text);
    } else {
      const whole = await stage.load(text);
      base = whole && mine === turn ? wanted : null;
      if (mine !== turn) return;
    }
    stage.remember(text);
  }

  return {
    type(text) {
      const mine = ++turn;
      cancel();
      stage.show(text);
      cancel = stage.later(PAUSE, () => void settle(text, mine));
    },
  };
}

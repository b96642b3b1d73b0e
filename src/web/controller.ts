/** A stop of the walk: a day of change, and what it is known for. */
export interface Stop {
  readonly at: string;
  readonly words: string;
}

/** What the walk does to the page; the page and the tests each have their own. */
export interface Stage {
  /** Show a stop. `rest` is false while it will move on at once: then no new entry of the history is made and nothing is said aloud. */
  show(stop: Stop, position: number, rest: boolean): Promise<void>;
  /** Say something aloud. */
  say(text: string): void;
  /** Playing began or ended. */
  playing(on: boolean): void;
  /** Call back after so many milliseconds; returns what cancels it. */
  later(milliseconds: number, then: () => void): () => void;
}

/** Seconds that a change stays while playing. */
export const PACES = [1, 2, 5] as const;
export type Pace = (typeof PACES)[number];

/** A walk through the days of change, without a page. */
export interface Walk {
  readonly position: () => number;
  readonly isPlaying: () => boolean;
  /** One change on (1) or back (-1). */
  step(by: 1 | -1): Promise<void>;
  /** Ten changes on or back. */
  leap(by: 1 | -1): Promise<void>;
  first(): Promise<void>;
  last(): Promise<void>;
  to(position: number): Promise<void>;
  /** Plays from here, from the beginning when at the end; or stops. */
  toggle(): Promise<void>;
  /** Stops playing: any touch does. */
  stop(): void;
  pace(seconds: Pace): void;
}

const LEAP = 10;

/** A walk over these stops; begins at a position (-1 is before the first, 3.5 between two) and never plays by itself. */
export function createWalk(stops: readonly Stop[], begin: number, stage: Stage): Walk {
  let position = clamp(begin);
  let playing = false;
  let seconds: Pace = 2;
  let cancel = (): void => {};

  function clamp(to: number): number {
    return Math.min(Math.max(to, -1), stops.length - 1);
  }

  function neighbour(by: 1 | -1): number {
    return by === 1 ? Math.floor(position) + 1 : Math.ceil(position) - 1;
  }

  function stop(): void {
    cancel();
    cancel = () => {};
    if (!playing) return;
    playing = false;
    stage.playing(false);
    const here = stops[Math.floor(position)];
    if (here) stage.say(here.words);
  }

  async function go(to: number, rest = true): Promise<void> {
    const wanted = Math.max(clamp(Math.round(to)), 0);
    const there = stops[wanted];
    if (!there || wanted === position) return;
    position = wanted;
    await stage.show(there, wanted, rest);
    if (rest && position === wanted) stage.say(there.words);
  }

  function wait(): void {
    cancel = stage.later(seconds * 1000, () => {
      void onward();
    });
  }

  async function onward(): Promise<void> {
    if (!playing) return;
    await go(neighbour(1), neighbour(1) >= stops.length - 1);
    if (!playing) return;
    if (position >= stops.length - 1) stop();
    else wait();
  }

  const moved = (to: () => number) => async () => {
    stop();
    await go(to());
  };

  return {
    position: () => position,
    isPlaying: () => playing,
    step: (by) => moved(() => neighbour(by))(),
    leap: (by) => moved(() => neighbour(by) + by * (LEAP - 1))(),
    first: moved(() => 0),
    last: moved(() => stops.length - 1),
    to: (wanted) => moved(() => wanted)(),
    async toggle() {
      if (playing) return stop();
      if (stops.length === 0) return;
      playing = true;
      stage.playing(true);
      if (position >= stops.length - 1) await go(0, false);
      if (playing) wait();
    },
    stop,
    pace(wanted) {
      seconds = wanted;
      if (!playing) return;
      cancel();
      wait();
    },
  };
}

/** What a key asks for; undefined for keys that are none of ours. */
export type Command = 'next' | 'previous' | 'leap on' | 'leap back' | 'first' | 'last' | 'play' | 'find' | 'keys';

const KEYS: Readonly<Record<string, Command>> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  PageDown: 'leap on',
  PageUp: 'leap back',
  Home: 'first',
  End: 'last',
  '/': 'find',
  '?': 'keys',
};

/** Where the focus is when a key is pressed. */
export interface Focus {
  /** In a box that takes text, or a list to choose from. */
  readonly writing: boolean;
  /** On the slider, where the browser's own keys move it. */
  readonly slider: boolean;
  /** In the bar that moves through time. */
  readonly bar: boolean;
  /** In something that the arrow keys scroll. */
  readonly scrolls: boolean;
}

/**
 * Reads a key: never one with a modifier, nor while somebody writes. Outside the bar the keys that page and scroll stay
 * the browser's; on the slider all are, but for Space, which plays.
 */
export function commandOf(
  key: { readonly key: string; readonly ctrlKey: boolean; readonly altKey: boolean; readonly metaKey: boolean },
  focus: Focus,
): Command | undefined {
  if (key.ctrlKey || key.altKey || key.metaKey || focus.writing) return undefined;
  const command = KEYS[key.key];
  if (command === 'find' || command === 'keys') return command;
  if (focus.slider) return key.key === ' ' ? 'play' : undefined;
  if (focus.bar) return command;
  return !focus.scrolls && (command === 'next' || command === 'previous') ? command : undefined;
}

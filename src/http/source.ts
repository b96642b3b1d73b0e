import { SHIPPED_RECORD } from '../machine/cache.ts';
import type { ChangeLog } from '../machine/change-log.ts';
import { changeLogOf, createChangeLog } from '../machine/change-log.ts';
import { type Machine, openRecord } from '../machine/index.ts';
import type { Live } from '../machine/live.ts';
import { todayInEngland } from '../machine/today.ts';
import type { Lesson } from '../record/lessons.ts';
import type { EventStore } from '../store/port.ts';
import type { Day } from '../time/day.ts';
import { lessonsIn, shippedLessons } from './lessons.ts';

/** What the door answers from: the record as it is now. */
export interface Source {
  /** The machine as of now; ask for it anew for each answer. */
  machine(): Promise<Machine>;
  /** The edition that answers now, told at once; undefined while it cannot be. */
  edition(): string | undefined;
  today(): Day;
  /** The log of what the record took in, read when first asked for. */
  log(): Promise<ChangeLog>;
  /** The lessons that go with it: of a folder those in its `lessons/`, with a store those that the package ships. */
  lessons(): Promise<readonly Lesson[]>;
  /** The store that is followed, where one is attached. */
  readonly attached?: {
    readonly store: EventStore;
    readonly live: Live;
    /** True once following has ended or failed: what is appended from then on is not in the answers. */
    readonly ended: () => boolean;
  };
  close(): Promise<void>;
}

/** How long a reading of the clock is good for, in milliseconds. */
const CLOCK_GOOD_FOR = 1000;

/** The day in England, read from the clock once a second at most. */
function englishDay(now: () => number = Date.now): () => Day {
  let [readAt, day] = [Number.NEGATIVE_INFINITY, 0];
  return () => {
    const at = now();
    if (at - readAt >= CLOCK_GOOD_FOR || at < readAt) [readAt, day] = [at, todayInEngland(at)];
    return day;
  };
}

/** A record in a folder (the one shipped unless given). It is opened anew when the day turns, since it then knows another today. */
export async function folderSource(options: {
  readonly folder?: string | undefined;
  readonly today?: (() => Day) | undefined;
  readonly cache?: boolean | undefined;
}): Promise<Source> {
  const { folder, today = englishDay(), cache } = options;
  const open = (day: Day): Promise<Machine> => openRecord({ folder, cache, today: () => day });
  let day = today();
  let edition: string | undefined;
  const opened = async (one: Promise<Machine>): Promise<Machine> => {
    edition = undefined;
    const ready = await one;
    edition = ready.edition;
    return ready;
  };
  let machine = opened(open(day));
  await machine;
  const lessons = folder === undefined ? undefined : await lessonsIn(folder);
  let log: Promise<ChangeLog> | undefined;
  return {
    machine: () => {
      if (today() !== day) {
        day = today();
        const before = machine;
        // A record that cannot be read any more must not take the answers of yesterday with it.
        machine = opened(open(day).catch(() => before));
      }
      return machine;
    },
    edition: () => edition,
    today,
    log: () => (log ??= changeLogOf(folder ?? SHIPPED_RECORD)),
    lessons: async () => lessons ?? shippedLessons(),
    close: async () => {},
  };
}

/** A store, followed: what is appended is in the answers at once. It has been caught up with when the promise is kept. */
export async function storeSource(
  url: string | EventStore,
  options: {
    readonly writable?: boolean | undefined;
    readonly strict?: boolean | undefined;
    readonly today?: (() => Day) | undefined;
  } = {},
): Promise<Source> {
  const { today = englishDay(), writable = false, strict } = options;
  const [{ openStore }, { followRecord }] = await Promise.all([
    import('../store/index.ts'),
    import('../machine/live.ts'),
  ]);
  const store = typeof url === 'string' ? await openStore(url, writable ? { create: false } : { readOnly: true }) : url;
  const log = createChangeLog();
  const live = followRecord(store, { today, strict, onTaken: (taken) => log.add(taken) });
  let over = false;
  const end = (): void => {
    over = true;
  };
  live.ended.then(end, end);
  const close = async (): Promise<void> => {
    await live.close();
    await store.close();
  };
  try {
    await live.ready;
    live.machine();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    machine: async () => live.machine(),
    edition: () => {
      try {
        return live.machine().edition;
      } catch {
        return undefined;
      }
    },
    today,
    log: async () => log,
    lessons: shippedLessons,
    attached: { store, live, ended: () => over },
    close,
  };
}

import { dayFromCivil, FOREVER } from '../../src/time/day.ts';
import { begins, type Change, type Entry, ends, is } from '../../src/timeline/index.ts';

/** How much to generate. */
export interface Size {
  readonly changes: number;
  readonly bodies: number;
}

export const KINDS = 18;
const REGIONS = 42;
export const FIRST_DAY = dayFromCivil(1948, 7, 5);
export const LAST_DAY = dayFromCivil(2026, 6, 30);
export const FIRST_RECORDED = dayFromCivil(2020, 1, 1);
export const LAST_RECORDED = dayFromCivil(2026, 6, 30);
const CORRECTED = 0.05;
const PER_PARENT = 100;

/** How many bodies are parents of others. */
export function parentsOf(size: Size): number {
  return Math.max(1, Math.floor(size.bodies / PER_PARENT));
}

/** Seeded random numbers in [0, 1): mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const bodyId = (body: number): string => `body/${body}`;
export const kindId = (kind: number): string => `kind/${kind}`;
const regionId = (region: number): string => `region/${region}`;

/** The entries of one body after another, always the same for the same size. All days are exact: the peers' tables hold no others. */
export function* generate(size: Size): Iterable<{ body: number; entries: Entry[] }> {
  const random = randomFrom(size.changes);
  const integer = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const parents = parentsOf(size);
  let left = size.changes;
  for (let body = 0; body < size.bodies; body++) {
    const entries: Entry[] = [];
    const id = bodyId(body);
    let serial = 0;
    const put = (day: number, order: string, changes: Change[]): void => {
      const event = { id: `event/${body}-${serial++}`, order, publicFrom: day - integer(0, 200) };
      const recorded = integer(FIRST_RECORDED, LAST_RECORDED - 2);
      left -= changes.length;
      const wrong = random() < CORRECTED && left >= changes.length;
      if (!wrong) {
        entries.push({
          event: { ...event, earliest: day, latest: day, recordedFrom: recorded, recordedTo: FOREVER },
          changes,
        });
        return;
      }
      const corrected = integer(recorded + 1, LAST_RECORDED);
      const before = Math.max(FIRST_DAY, day + integer(-400, 400));
      entries.push({
        event: { ...event, earliest: before, latest: before, recordedFrom: recorded, recordedTo: corrected },
        changes,
      });
      entries.push({
        event: { ...event, earliest: day, latest: day, recordedFrom: corrected, recordedTo: FOREVER },
        changes,
      });
      left -= changes.length;
    };
    const share = Math.max(5, Math.round(left / (size.bodies - body)));
    const floor = left - share;
    put(integer(FIRST_DAY, LAST_DAY - 3650), '1', [
      begins(id),
      is(id, 'kind', kindId(integer(0, KINDS - 1))),
      is(id, 'region', regionId(integer(0, REGIONS - 1))),
      is(id, 'parent', bodyId(integer(0, parents - 1))),
      is(id, 'name', `Body ${body}`),
    ]);
    while (left > floor && left > 0) {
      const day = integer(FIRST_DAY, LAST_DAY);
      const what = random();
      if (what < 0.3) put(day, '3', [is(id, 'name', `Body ${body} named ${serial}`)]);
      else if (what < 0.5) put(day, '3', [is(id, 'region', regionId(integer(0, REGIONS - 1)))]);
      else if (what < 0.75) put(day, '4', [is(id, 'parent', bodyId(integer(0, parents - 1)))]);
      else if (what < 0.85) put(day, '3', [is(id, 'kind', kindId(integer(0, KINDS - 1)))]);
      else if (what < 0.95) put(day, '9', [ends(id)]);
      else put(day, '1', [begins(id)]);
    }
    yield { body, entries };
  }
}

/** One state of a body over a stretch of days, as believed over a stretch of the record: a row of the peers' tables. */
interface Rectangle {
  readonly body: number;
  readonly kind: number;
  readonly region: number;
  readonly parent: number;
  readonly name: string;
  readonly validFrom: number;
  readonly validTo: number;
  readonly recordedFrom: number;
  recordedTo: number;
}

const NONE = -1;

/** The rectangles of one body, folded from its log for each stretch of the record; while it exists only. */
export function rectanglesOf(body: number, entries: readonly Entry[]): Rectangle[] {
  const turns = [...new Set(entries.flatMap(({ event }) => [event.recordedFrom, event.recordedTo]))].sort(
    (a, b) => a - b,
  );
  const done: Rectangle[] = [];
  let open: Rectangle[] = [];
  for (let index = 0; index + 1 < turns.length; index++) {
    const [from, to] = [turns[index] as number, turns[index + 1] as number];
    const states = statesOf(body, entries, from, to);
    const next: Rectangle[] = [];
    for (const state of states) {
      const same = open.find(
        (old) =>
          old.validFrom === state.validFrom &&
          old.validTo === state.validTo &&
          old.kind === state.kind &&
          old.region === state.region &&
          old.parent === state.parent &&
          old.name === state.name,
      );
      if (same) same.recordedTo = to;
      next.push(same ?? state);
    }
    done.push(...open.filter((old) => !next.includes(old)));
    open = next;
  }
  return [...done, ...open];
}

function statesOf(body: number, entries: readonly Entry[], recordedFrom: number, recordedTo: number): Rectangle[] {
  const believed = entries
    .filter(({ event }) => event.recordedFrom <= recordedFrom && recordedFrom < event.recordedTo)
    .sort(
      ({ event: a }, { event: b }) =>
        a.earliest - b.earliest || (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1),
    );
  const states: Rectangle[] = [];
  const now: Record<string, Change['value']> = {};
  const code = (attribute: string): number => {
    const value = now[attribute];
    return typeof value === 'string' ? Number(value.slice(value.indexOf('/') + 1)) : NONE;
  };
  for (let index = 0; index < believed.length; index++) {
    const { event, changes } = believed[index] as Entry;
    for (const { attribute, value } of changes) now[attribute] = value;
    const validTo = believed[index + 1]?.event.earliest ?? FOREVER;
    if (validTo === event.earliest || now.exists !== true) continue;
    const state = {
      body,
      kind: code('kind'),
      region: code('region'),
      parent: code('parent'),
      name: typeof now.name === 'string' ? now.name : '',
      validFrom: event.earliest,
      validTo,
      recordedFrom,
      recordedTo,
    };
    const last = states.at(-1);
    const goesOn =
      last?.validTo === state.validFrom &&
      last.kind === state.kind &&
      last.region === state.region &&
      last.parent === state.parent &&
      last.name === state.name;
    if (goesOn) states[states.length - 1] = { ...state, validFrom: last.validFrom };
    else states.push(state);
  }
  return states;
}

import { type Day, FOREVER } from '../../src/time/day.ts';
import {
  type Certainty,
  type Entry,
  EXISTS,
  type Knowledge,
  type Moment,
  type Scalar,
  type TimedEvent,
} from '../../src/timeline/index.ts';

// The oracle: the log itself, folded from the beginning for every question and once for every reading of its dates.
// It knows nothing of columns, sorting or candidates, so it cannot share a mistake with the engine.

/** One reading of the dates: for every event the day it fell on. */
type Reading = ReadonlyMap<TimedEvent, Day>;

/** Attributes (with member, for sets) of one subject and what they are at the end of a day, on one reading. */
type State = ReadonlyMap<string, Scalar>;

/** The events that knowledge lets one see. */
export function visible(log: readonly Entry[], { publishedBy, recordedBy }: Knowledge): Entry[] {
  return log.filter(({ event }) => {
    const believed =
      recordedBy === undefined
        ? event.recordedTo === FOREVER
        : event.recordedFrom <= recordedBy && recordedBy < event.recordedTo;
    return believed && (publishedBy === undefined || event.publicFrom <= publishedBy);
  });
}

function readings(events: readonly TimedEvent[]): Reading[] {
  let all: Reading[] = [new Map()];
  for (const event of events) {
    const next: Reading[] = [];
    for (const reading of all) {
      for (let day = event.earliest; day <= event.latest; day++) next.push(new Map([...reading, [event, day]]));
    }
    all = next;
  }
  return all;
}

const key = (attribute: string, member?: string): string =>
  JSON.stringify(member === undefined ? [attribute] : [attribute, member]);

/** The states a subject may be in at the end of a day, one a reading. */
export function statesOf(log: readonly Entry[], subject: string, moment: Moment): State[] {
  const seen = visible(log, moment).filter(({ changes }) => changes.some((change) => change.subject === subject));
  return readings(seen.map(({ event }) => event)).map((reading) => {
    const told = seen
      .map((entry) => ({ entry, day: reading.get(entry.event) as Day }))
      .filter(({ day }) => day <= moment.at)
      .sort((a, b) => {
        if (a.day !== b.day) return a.day - b.day;
        const [one, other] = [a.entry.event, b.entry.event];
        if (one.order !== other.order) return one.order < other.order ? -1 : 1;
        return one.id < other.id ? -1 : 1;
      });
    const state = new Map<string, Scalar>();
    for (const { entry } of told) {
      for (const change of entry.changes) {
        if (change.subject === subject) state.set(key(change.attribute, change.member), change.value);
      }
    }
    return state;
  });
}

export function subjectsOf(log: readonly Entry[]): string[] {
  return [...new Set(log.flatMap(({ changes }) => changes.map(({ subject }) => subject)))].sort();
}

/** Each value an attribute (or member) may have, with how sure it is; none is left out. */
export function valuesOf(
  log: readonly Entry[],
  subject: string,
  attribute: string,
  moment: Moment,
  member?: string,
): Map<Scalar, Certainty> {
  const states = statesOf(log, subject, moment).map((state) => state.get(key(attribute, member)) ?? null);
  const found = new Map<Scalar, Certainty>();
  for (const value of states) {
    if (value !== null) found.set(value, states.every((other) => other === value) ? 'certain' : 'possible');
  }
  return found;
}

/** The members a set ever had. */
export function membersOf(log: readonly Entry[], attribute: string): string[] {
  const changes = log.flatMap((entry) => entry.changes.filter((change) => change.attribute === attribute));
  return [...new Set(changes.flatMap(({ member }) => (member === undefined ? [] : [member])))].sort();
}

/** How many subjects exist and fit: `possible` as the readings have it, and as it would be with every attribute on its own. */
export function countOf(
  log: readonly Entry[],
  selection: Readonly<Record<string, Scalar>>,
  moment: Moment,
): { certain: number; possible: number; separately: number } {
  const wanted = Object.entries({ ...selection, [EXISTS]: true });
  const counted = { certain: 0, possible: 0, separately: 0 };
  for (const subject of subjectsOf(log)) {
    const states = statesOf(log, subject, moment);
    const fits = states.map((state) =>
      wanted.map(([attribute, value]) => (state.get(key(attribute)) ?? null) === value),
    );
    if (fits.every((each) => each.every(Boolean))) counted.certain++;
    if (fits.some((each) => each.every(Boolean))) counted.possible++;
    if (wanted.every((_, index) => fits.some((each) => each[index]))) counted.separately++;
  }
  return counted;
}

/** The log after corrections: what was believed of a retired event ends on the day it was retired. */
export function retiring(log: readonly Entry[], retired: ReadonlyMap<string, Day>): Entry[] {
  return log.map(({ event, changes }) => {
    const day = retired.get(event.id);
    return { event: day === undefined ? event : { ...event, recordedTo: Math.min(event.recordedTo, day) }, changes };
  });
}

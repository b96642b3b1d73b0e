import { type Day, FOREVER } from '../time/day.ts';
import { canonicalJson } from './canonical.ts';
import { didYouMean } from './near.ts';
import { compareRecorded } from './order.ts';
import { originOf, placeWithin, rememberOrigin } from './origins.ts';
import type { ReadEvent } from './read-event.ts';
import type { BelievedEvent, LoadedRecord, Problem, RecordedEvent } from './types.ts';

/** Every wording of every event with the days on which the record believed it: corrections and withdrawals resolved. */
export function believe(record: LoadedRecord): readonly BelievedEvent[] {
  return record.believed;
}

type Written = Readonly<Record<string, unknown>>;
/** Reads a corrected wording afresh; its problems stand where the correction does. */
export type Reread = (written: Written, original: RecordedEvent, correction: RecordedEvent) => ReadEvent;

interface Wording {
  readonly written: Written;
  readonly correctedBy?: string;
}

/**
 * Resolves corrections and withdrawals per `recordedBy`. The wording of an event on a day of recording is the event as written,
 * with every correction recorded by then merged over it in order: keys of the replacement replace keys of the event,
 * those of `data` one by one. A correction can itself be corrected or withdrawn.
 */
export function resolveBeliefs(
  events: readonly RecordedEvent[],
  reread: Reread,
): { readonly believed: readonly BelievedEvent[]; readonly problems: readonly Problem[] } {
  const byId = new Map(events.map((event) => [event.id, event]));
  const problems: Problem[] = [];
  const amendments = new Map<string, RecordedEvent[]>();
  for (const event of [...events].sort(compareRecorded)) {
    if (event.type !== 'EventCorrected' && event.type !== 'EventWithdrawn') continue;
    const target = targetOf(event, byId, problems);
    if (target) amendments.set(target.id, [...(amendments.get(target.id) ?? []), event]);
  }
  const believed = events.flatMap((event): BelievedEvent[] => {
    if (!amendments.has(event.id))
      return [withOrigin(event, { ...event, recordedFrom: event.recorded, recordedTo: FOREVER })];
    return wordingsOf(event, amendments, byId, reread, problems);
  });
  return { believed, problems };
}

function targetOf(
  amendment: RecordedEvent,
  byId: ReadonlyMap<string, RecordedEvent>,
  problems: Problem[],
): RecordedEvent | undefined {
  const { event: id } = amendment.data as { readonly event: string };
  const target = byId.get(id);
  const say = (message: string, hint: string): undefined => {
    problems.push({
      ...placeWithin(amendment, ['data', 'event']),
      rule: 'unknown-event',
      severity: 'error',
      message,
      hint,
    });
    return undefined;
  };
  if (target === undefined)
    return say(`no event has the id ${id}`, didYouMean(id, byId.keys()) ?? 'name the event that was wrong by its id');
  if (target === amendment) return say('an event cannot amend itself', 'name the event that was wrong');
  if (target.recorded > amendment.recorded)
    return say(`${id} was recorded only after this`, 'an amendment is recorded on or after the day of what it amends');
  return target;
}

function wordingsOf(
  event: RecordedEvent,
  amendments: ReadonlyMap<string, readonly RecordedEvent[]>,
  byId: ReadonlyMap<string, RecordedEvent>,
  reread: Reread,
  problems: Problem[],
): BelievedEvent[] {
  const days = [...new Set([event.recorded, ...daysOfAmending(event.id, amendments, new Set())])].sort((a, b) => a - b);
  const believed: BelievedEvent[] = [];
  let last: { readonly key: string; readonly event: RecordedEvent } | undefined;
  for (const [i, day] of days.entries()) {
    const wording = wordingOn(day, event, amendments, new Set());
    const until = days[i + 1] ?? FOREVER;
    if (wording === undefined) {
      last = undefined;
      continue;
    }
    const key = `${wording.correctedBy ?? ''} ${canonicalJson(wording.written)}`;
    const before = believed.at(-1);
    if (last?.key === key && before) {
      believed[believed.length - 1] = withOrigin(last.event, { ...before, recordedTo: until });
      continue;
    }
    const correction = wording.correctedBy === undefined ? undefined : byId.get(wording.correctedBy);
    const read = correction === undefined ? { event, problems: [] } : reread(wording.written, event, correction);
    problems.push(...read.problems);
    const reading: RecordedEvent = read.event ?? last?.event ?? event;
    last = { key, event: reading };
    believed.push(
      withOrigin(reading, {
        ...reading,
        recordedFrom: day,
        recordedTo: until,
        ...(correction === undefined ? {} : { correctedBy: correction.id }),
      }),
    );
  }
  return believed;
}

/** Undefined when the event stands withdrawn on that day. */
function wordingOn(
  day: Day,
  event: RecordedEvent,
  amendments: ReadonlyMap<string, readonly RecordedEvent[]>,
  visiting: Set<string>,
): Wording | undefined {
  let wording: Wording = { written: originOf(event)?.written ?? {} };
  if (visiting.has(event.id)) return wording;
  visiting.add(event.id);
  let withdrawn = false;
  for (const amendment of amendments.get(event.id) ?? []) {
    if (amendment.recorded > day) continue;
    const asAmended = wordingOn(day, amendment, amendments, visiting);
    if (asAmended === undefined) continue;
    if (amendment.type === 'EventWithdrawn') withdrawn = true;
    else wording = { written: merged(wording.written, asAmended.written), correctedBy: amendment.id };
  }
  visiting.delete(event.id);
  return withdrawn ? undefined : wording;
}

function merged(written: Written, correction: Written): Written {
  const { replacement } = correction.data as { readonly replacement: Written };
  return {
    ...written,
    ...replacement,
    id: written.id,
    data: { ...(written.data as Written), ...(replacement.data as Written | undefined) },
  };
}

function daysOfAmending(
  id: string,
  amendments: ReadonlyMap<string, readonly RecordedEvent[]>,
  seen: Set<string>,
): Day[] {
  if (seen.has(id)) return [];
  seen.add(id);
  return (amendments.get(id) ?? []).flatMap((amendment) => [
    amendment.recorded,
    ...daysOfAmending(amendment.id, amendments, seen),
  ]);
}

function withOrigin(from: RecordedEvent, event: BelievedEvent): BelievedEvent {
  rememberOrigin(event, originOf(from));
  return event;
}

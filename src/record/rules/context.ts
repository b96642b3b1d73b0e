import { type Day, FOREVER } from '../../time/day.ts';
import { fuzzyInWords } from '../../time/words.ts';
import type { Touch } from '../../vocabulary/define.ts';
import { type EventData, type EventName, eventTypeNamed } from '../../vocabulary/index.ts';
import { type Kind, kindNamed } from '../../vocabulary/kinds.ts';
import { compareText, orderKey } from '../order.ts';
import { placeWithin } from '../origins.ts';
import type { BelievedEvent, LoadedRecord, Place } from '../types.ts';
import type { Path } from '../yaml.ts';

/** One life of a thing: what began it, and what ended it if anything did. */
export interface Life {
  readonly begin: BelievedEvent;
  readonly end?: BelievedEvent;
}

/** What the rules look at: the record as believed now, indexed once. */
export interface RuleContext {
  readonly record: LoadedRecord;
  /** Events as believed now, by first possible day, then by order within the day. */
  readonly events: readonly BelievedEvent[];
  readonly touches: (event: BelievedEvent) => readonly Touch[];
  readonly begins: ReadonlyMap<string, readonly BelievedEvent[]>;
  readonly ends: ReadonlyMap<string, readonly BelievedEvent[]>;
  readonly lives: (id: string) => readonly Life[];
  /** The kind a body was established as. */
  readonly kindOf: (id: string) => Kind | undefined;
  /** Events of one type, with their payloads. */
  readonly ofType: <Name extends EventName>(
    name: Name,
  ) => readonly { readonly event: BelievedEvent; readonly data: EventData<Name> }[];
  /** The day up to which the record speaks: the last day on which it took something in. */
  readonly lastRecorded: Day;
}

/** Indexes a record for the rules. */
export function ruleContext(record: LoadedRecord): RuleContext {
  const events = record.believed
    .filter(({ recordedTo }) => recordedTo === FOREVER)
    .map((event) => ({ event, key: orderKey(event), ...event.effective }))
    .sort((a, b) => a.earliest - b.earliest || a.latest - b.latest || compareText(a.key, b.key))
    .map(({ event }) => event);
  const touched = new Map<BelievedEvent, readonly Touch[]>();
  const begins = new Map<string, BelievedEvent[]>();
  const ends = new Map<string, BelievedEvent[]>();
  const byType = new Map<string, { event: BelievedEvent; data: unknown }[]>();
  for (const event of events) {
    const touches = eventTypeNamed(event.type)?.touches(event.data) ?? [];
    touched.set(event, touches);
    for (const { id, role } of touches) {
      if (role === 'begins') push(begins, id, event);
      if (role === 'ends') push(ends, id, event);
    }
    push(byType, event.type, { event, data: event.data });
  }
  const kinds = new Map<string, string>();
  for (const { data } of byType.get('OrganisationEstablished') ?? []) {
    const { organisation, kind } = data as EventData<'OrganisationEstablished'>;
    kinds.set(organisation, kind);
  }
  const lives = new Map<string, readonly Life[]>();
  return {
    record,
    events,
    touches: (event) => touched.get(event) ?? [],
    begins,
    ends,
    lives: (id) => {
      const known = lives.get(id) ?? livesFrom(begins.get(id) ?? [], ends.get(id) ?? []);
      lives.set(id, known);
      return known;
    },
    kindOf: (id) => kindNamed(kinds.get(id) ?? ''),
    ofType: <Name extends EventName>(name: Name) =>
      (byType.get(name) ?? []) as { event: BelievedEvent; data: EventData<Name> }[],
    lastRecorded: record.milestones.reduce((last, { recorded }) => Math.max(last, recorded), 0),
  };
}

/** Pairs each beginning with the first ending that can follow it before the next beginning. */
function livesFrom(begins: readonly BelievedEvent[], ends: readonly BelievedEvent[]): Life[] {
  const left = [...ends];
  return begins.map((begin, i) => {
    const next = begins[i + 1];
    const at = left.findIndex(
      (end) =>
        end.effective.latest >= begin.effective.earliest &&
        (next === undefined || end.effective.earliest <= next.effective.latest),
    );
    const end = at === -1 ? undefined : left.splice(at, 1)[0];
    return end === undefined ? { begin } : { begin, end };
  });
}

/** Adds a value to the list under a key. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Place of a value within an event. */
export function placeOf(event: BelievedEvent, path: Path): Place {
  return placeWithin(event, path);
}

/** Place at which an event's payload names a thing; of its `data` when the id is made up from it. */
export function placeNaming(event: BelievedEvent, id: string): Place {
  return placeWithin(event, ['data', ...(pathTo(event.data, id) ?? [])]);
}

function pathTo(value: unknown, id: string): Path | undefined {
  if (value === id) return [];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const path = pathTo(inner, id);
    if (path) return [Array.isArray(value) ? Number(key) : key, ...path];
  }
  return undefined;
}

/** When an event took effect, in words that fit a sentence: `on 1 July 2022`, `in May 2018`, `some day between …`. */
export function when(event: BelievedEvent): string {
  const words = fuzzyInWords(event.effective);
  if (/^\d{1,2} [A-Z]/.test(words)) return `on ${words}`;
  return /^(?:[A-Z]|\d|spring|summer|autumn|winter)/.test(words) ? `in ${words.replace(', day unknown', '')}` : words;
}

import { didYouMean } from '../record/near.ts';
import { type Asked as AskedTime, parseAsked } from '../time/asked.ts';
import { type Day, FOREVER, isoDay, parseIsoDay } from '../time/day.ts';
import { type Timeline, timelineFromBytes } from '../timeline/index.ts';
import type { Knowledge } from '../timeline/types.ts';
import { KINDS } from '../vocabulary/kinds.ts';
import type { Asked, EventAnswer, SourceRef } from './answers.ts';
import type { OpenCompiled } from './cache.ts';
import { AskedWrongly, NotInRecord } from './errors.ts';
import type { Lens } from './machine.ts';
import type { Header, Index, Kept, StoredEvent } from './stored.ts';
import { tail } from './words.ts';

/** An open record: its timelines, its told events and its indexes, each read when first needed. */
export interface Context {
  readonly header: Header;
  /** The day that "today" means; asked of the system only when a question needs it. */
  readonly today: () => Day;
  readonly timeline: (dates: 'legal' | 'operational') => Timeline;
  readonly index: () => Index;
  /** The event of a key (see `StoredEvent.key`). */
  readonly event: (key: string) => StoredEvent;
  readonly eventAt: (position: number) => StoredEvent;
  /** Every wording of the event of an id, the latest last; none when there is no such event. */
  readonly wordings: (id: string) => readonly StoredEvent[];
  /** Id and sources of the event of a key, without reading the event. */
  readonly cited: (key: string) => { readonly event: string; readonly sources: readonly SourceRef[] };
  readonly eventCount: number;
  /** What was worked out when the record was compiled; undefined where it was not kept, as with a store that is followed. */
  readonly kept?: () => Kept | undefined;
}

/** Opens a context over a compiled record; `today` is the day that "today" means. */
export function createContext(open: OpenCompiled, today: () => Day): Context {
  const once = <T>(make: () => T) => {
    let made: { readonly value: T } | undefined;
    return () => {
      made ??= { value: make() };
      return made.value;
    };
  };
  const legal = once(() => timelineFromBytes(open.timeline));
  const operational = once(() => {
    const bytes = open.operational();
    return bytes.length > 0 ? timelineFromBytes(bytes) : legal();
  });
  const decoder = new TextDecoder();
  const bytes = once(open.events);
  const positions = once(() => new Map(open.header.keys.map((key, position) => [key, position])));
  const citing = once(open.cites);
  const positionsOf = once(() => {
    const found = new Map<string, number[]>();
    for (const [position, key] of open.header.keys.entries()) {
      const known = found.get(idOfKey(key));
      if (known) known.push(position);
      else found.set(idOfKey(key), [position]);
    }
    return found;
  });
  const read = new Map<number, StoredEvent>();
  const eventAt = (position: number): StoredEvent => {
    let event = read.get(position);
    if (!event) {
      const [from, to] = [open.header.offsets[position], open.header.offsets[position + 1]];
      if (from === undefined || to === undefined) throw new RangeError(`no event at position ${position}`);
      event = JSON.parse(decoder.decode(bytes().subarray(from, to))) as StoredEvent;
      read.set(position, event);
    }
    return event;
  };
  return {
    header: open.header,
    today: once(today),
    timeline: (dates) => (dates === 'operational' ? operational() : legal()),
    index: once(open.index),
    eventAt,
    wordings: (id) => (positionsOf().get(id) ?? []).map(eventAt).sort((a, b) => a.recordedFrom - b.recordedFrom),
    event: (key) => {
      const position = positions().get(key);
      if (position === undefined) throw new RangeError(`no event ${key}`);
      return eventAt(position);
    },
    cited: (key) => {
      const cites = citing();
      const refs = cites.of[positions().get(key) ?? -1];
      if (refs === undefined) throw new RangeError(`no event ${key}`);
      return { event: idOfKey(key), sources: refs.map((position) => cites.refs[position] as SourceRef) };
    },
    eventCount: open.header.keys.length,
    kept: once(open.kept),
  };
}

/** The id of the event that a key is a wording of. */
function idOfKey(key: string): string {
  const wording = key.indexOf('~');
  return wording < 0 ? key : key.slice(0, wording);
}

/** A lens as read: days, and the timeline they are read from. */
export interface View extends Knowledge {
  readonly context: Context;
  readonly timeline: Timeline;
  readonly dates: 'legal' | 'operational';
  /** In a counterfactual: the event supposed away, all that is absent with it, and the view as it really was. */
  readonly supposed?: { readonly event: string; readonly absent: ReadonlySet<string>; readonly real: View };
}

function single(text: string, what: string, context: Context): Day {
  const iso = parseIsoDay(text);
  if (iso !== undefined) return iso;
  const read = parseAsked(text, { today: context.today() });
  if (!read.ok) throw new AskedWrongly(`${what}: ${read.message}`, read.hint);
  // Known "by June 2017" means by the end of June.
  return read.asked.kind === 'day' ? read.asked.day : read.asked.to - 1;
}

/** Reads the lens of a question. */
export function viewThrough(context: Context, lens: Lens = {}): View {
  const dates = lens.dates ?? 'legal';
  return {
    context,
    dates,
    timeline: context.timeline(dates),
    ...(lens.publishedBy === undefined ? {} : { publishedBy: single(lens.publishedBy, 'published by', context) }),
    ...(lens.recordedBy === undefined ? {} : { recordedBy: single(lens.recordedBy, 'recorded by', context) }),
  };
}

/** What was worked out beforehand, when the view is the one that it was worked out for. */
export function keptFor(view: View): Kept | undefined {
  const { context, publishedBy, recordedBy, dates, supposed } = view;
  const isDefault = publishedBy === undefined && recordedBy === undefined && dates === 'legal' && !supposed;
  // A series begins no later than today, so that a record of the future would have another one.
  if (!isDefault || context.header.coverage.some(({ from }) => from > context.today())) return undefined;
  return context.kept?.();
}

/** Reads the date asked for: a day, or a span for a month or a year. */
export function readAsked(context: Context, text: string): AskedTime {
  const iso = parseIsoDay(text);
  if (iso !== undefined) return { kind: 'day', day: iso, text };
  const read = parseAsked(text, { today: context.today() });
  if (!read.ok) throw new AskedWrongly(read.message, read.hint);
  return read.asked;
}

/** Reads a date that must be one day: of a month or year the first day, or the last. */
export function readDay(context: Context, text: string, of: 'first' | 'last' = 'first'): Day {
  const asked = readAsked(context, text);
  if (asked.kind === 'day') return asked.day;
  return of === 'first' ? asked.from : asked.to - 1;
}

/** The knowledge part of a view, for the engine. */
export function knowledge(view: View): Knowledge {
  return {
    ...(view.publishedBy === undefined ? {} : { publishedBy: view.publishedBy }),
    ...(view.recordedBy === undefined ? {} : { recordedBy: view.recordedBy }),
  };
}

/** The head that every answer bears: its clocks and the edition. */
export function head(view: View): Omit<Asked, 'at'> {
  return {
    publishedBy: view.publishedBy === undefined ? null : isoDay(view.publishedBy),
    recordedBy: view.recordedBy === undefined ? null : isoDay(view.recordedBy),
    dates: view.dates,
    edition: view.context.header.edition,
    ...(view.supposed ? { hypothetical: true, without: view.supposed.event } : {}),
  };
}

/** True when the wording was believed and public on the view's clocks, and is not supposed away. */
export function isVisible(
  view: View,
  event: Pick<StoredEvent, 'id' | 'publicDay' | 'recordedFrom' | 'recordedTo'>,
): boolean {
  if (view.supposed?.absent.has(event.id)) return false;
  const believed =
    view.recordedBy === undefined
      ? event.recordedTo === FOREVER
      : event.recordedFrom <= view.recordedBy && view.recordedBy < event.recordedTo;
  return believed && (view.publishedBy === undefined || event.publicDay <= view.publishedBy);
}

/** A stored event as an answer tells it. */
export function told(event: StoredEvent): EventAnswer {
  const {
    id,
    type,
    milestone,
    date,
    dateText,
    basis,
    sentence,
    sources,
    because,
    dissent,
    alsoDated,
    confidence,
    publicFrom,
    recorded,
    note,
  } = event;
  return {
    id,
    type,
    milestone,
    date,
    dateText,
    basis,
    sentence,
    sources,
    because,
    dissent,
    alsoDated,
    confidence,
    publicFrom,
    recorded,
    ...(note ? { note } : {}),
  };
}

/** The kind people mean by a word: its name, singular, plural or acronym, or what its ids begin with when only one kind's do. */
function kindOf(text: string): string | undefined {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/^kind\//, '')
    .replaceAll(' ', '-');
  const says = (own: string) => [own, `${own}s`].some((form) => form.toLowerCase().replaceAll(' ', '-') === word);
  const named = KINDS.find(
    (kind) => says(kind.name) || says(kind.singular) || says(kind.plural) || ('acronym' in kind && says(kind.acronym)),
  );
  if (named) return named.name;
  const begun = KINDS.filter(({ prefix }) => says(prefix));
  return begun.length === 1 ? begun[0]?.name : undefined;
}

/** The kinds a person named, or `AskedWrongly` with the nearest. */
export function readKinds(kinds: string | readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (kinds === undefined) return undefined;
  const asked = typeof kinds === 'string' ? [kinds] : kinds;
  if (asked.length === 0) return undefined;
  return new Set(
    asked.map((text) => {
      const kind = kindOf(text);
      if (kind) return kind;
      throw new NotInRecord(
        'kind',
        text,
        `unknown kind: ${text}`,
        suggestion(
          text,
          KINDS.flatMap((one) => [one.name]),
          'stood kinds lists them all',
        ),
      );
    }),
  );
}

/** Statuses by slug and by every title they have borne. */
function statuses(view: View): Map<string, string> {
  const names = new Map<string, string>();
  for (const id of Object.keys(view.context.index().subjects)) {
    if (!id.startsWith('status/')) continue;
    names.set(tail(id), id);
    for (const spell of view.timeline.spells(id, 'name', {})) names.set(slug(String(spell.value)), id);
    for (const spell of view.timeline.spells(id, 'acronym', {})) names.set(slug(String(spell.value)), id);
  }
  return names;
}

function slug(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** What a count is of: a kind of body, or a status under any title it has borne. */
export function readCounted(view: View, text: string): { readonly kind: string } | { readonly status: string } {
  const kind = kindOf(text);
  if (kind) return { kind };
  const names = statuses(view);
  const bare = slug(text.replace(/^status\//, ''));
  const status = names.get(bare) ?? names.get(bare.replace(/s$/, ''));
  if (status) return { status };
  throw new NotInRecord(
    'kind',
    text,
    `neither a kind of body nor a status: ${text}`,
    suggestion(slug(text), [...KINDS.map((one) => one.name), ...names.keys()], 'stood kinds lists them all'),
  );
}

/** The id, checked; or `AskedWrongly` with the nearest ids. */
export function readId(view: View, text: string): string {
  const id = text.trim();
  const subjects = view.context.index().subjects;
  if (Object.hasOwn(subjects, id)) return id;
  throw new NotInRecord(
    'thing',
    text,
    `nothing in the record is called ${text}`,
    suggestion(id, Object.keys(subjects), `try: stood find '${tail(id).replaceAll('-', ' ')}'`),
  );
}

/** "did you mean …", or what to try instead. */
function suggestion(word: string, words: Iterable<string>, otherwise: string): string {
  return didYouMean(word, words) ?? otherwise;
}

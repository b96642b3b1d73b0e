import { type Day, type FuzzyDate, parseIsoDay } from '../time/day.ts';
import { afterLastDay, parseEdtf } from '../time/edtf.ts';
import { type EventType, many } from '../vocabulary/define.ts';
import { EVENT_TYPES, eventTypeNamed } from '../vocabulary/index.ts';
import { edtf, type z } from '../vocabulary/schemas.ts';
import { canonicalEvent, sha256 } from './canonical.ts';
import { explain, type Locator } from './explain.ts';
import { didYouMean } from './near.ts';
import { rememberOrigin } from './origins.ts';
import { publicFrom } from './public-from.ts';
import { eventSchema, type WrittenEvent } from './schemas.ts';
import type { Problem, RecordedEvent, Source } from './types.ts';
import type { Path } from './yaml.ts';

/** What an event needs to know of the file and the record it stands in. */
export interface EventSetting {
  readonly milestone: string;
  readonly recorded: Day;
  readonly recordedText: string;
  readonly sequence: number;
  readonly sources: ReadonlyMap<string, Source>;
  readonly locator: Locator;
  readonly base: Path;
  /** Version of the schema that `data` was written by where the event does not say; the newest when left out. */
  readonly schema?: number | undefined;
}

/** An event read and checked by itself, or what is wrong with it. */
export interface ReadEvent {
  readonly event?: RecordedEvent;
  readonly problems: readonly Problem[];
}

/** Reads one event of a milestone: its envelope, its payload by type and version, its dates. */
export function readEvent(raw: unknown, setting: EventSetting): ReadEvent {
  const { locator, base, milestone } = setting;
  const envelope = eventSchema.safeParse(raw);
  const problems: Problem[] = envelope.success ? [] : explain(envelope.error.issues, raw, eventSchema, base, locator);
  const typeName = (raw as { type?: unknown } | null)?.type;
  const type = typeof typeName === 'string' ? eventTypeNamed(typeName) : undefined;
  if (typeof typeName === 'string' && type === undefined) {
    problems.push({
      ...locator.at([...base, 'type']),
      rule: 'unknown-type',
      severity: 'error',
      message: `no event type is called ${typeName.slice(0, 60)}`,
      hint:
        didYouMean(
          typeName,
          EVENT_TYPES.map(({ name }) => name),
        ) ?? '`stood kinds` lists the event types',
    });
  }
  const dates = dateReader(locator, base, problems);
  const data = type === undefined ? undefined : readData(raw, type, setting, dates, problems);
  const { id } = Object(raw) as { readonly id?: unknown };
  if (typeof id === 'string' && !id.startsWith(`${milestone}/`)) {
    problems.push({
      ...locator.at([...base, 'id']),
      rule: 'shape',
      severity: 'error',
      message: `the id ${id.slice(0, 120)} does not begin with its milestone`,
      hint: `write ${milestone}/${id.slice(id.indexOf('/') + 1).slice(0, 120)}`,
    });
  }
  if (!envelope.success) {
    const { effective } = Object(raw) as { readonly effective?: unknown };
    const whole = typeof effective === 'object' && effective !== null && 'date' in effective;
    const date = whole ? effective.date : effective;
    if (typeof date === 'string' || typeof date === 'number')
      dates.read(date, whole ? ['effective', 'date'] : ['effective']);
    return { problems };
  }
  const written = envelope.data;
  const when = readWhen(written, dates);
  if (when === undefined || type === undefined || data === undefined || problems.length > 0) return { problems };
  const event: RecordedEvent = {
    id: written.id,
    type: type.name,
    milestone,
    sequence: setting.sequence,
    recorded: setting.recorded,
    ...when,
    publicFrom: publicFrom(when.effective, citations(written), setting.sources),
    schema: type.version,
    data,
    sources: citations(written),
    because: many(written.because),
    dissent: (written.dissent ?? []).map(({ source, says, ruling, at }) => ({
      source,
      says,
      ruling,
      ...(at === undefined ? {} : { at }),
    })),
    confidence: written.confidence ?? 'high',
    ...(written.note === undefined ? {} : { note: written.note }),
    hash: sha256(canonicalEvent(milestone, setting.recordedText, raw as Record<string, unknown>)),
    place: locator.at(base),
  };
  const announced = written.public === undefined ? undefined : dates.read(written.public, ['public']);
  if (problems.length > 0) return { problems };
  const read = announced === undefined ? event : { ...event, publicFrom: announced.latest };
  rememberOrigin(read, { written: raw as Record<string, unknown>, locator, base });
  return { event: read, problems };
}

type Dates = ReturnType<typeof dateReader>;

function readWhen(
  written: WrittenEvent,
  dates: Dates,
): Pick<RecordedEvent, 'effective' | 'basis' | 'alsoDated'> | undefined {
  const { effective } = written;
  const whole = typeof effective === 'object' ? effective : { date: effective };
  const date = dates.read(whole.date, typeof effective === 'object' ? ['effective', 'date'] : ['effective']);
  const alsoDated = (written.alsoDated ?? []).flatMap(({ date: other, basis, source, note }, i) => {
    const read = dates.read(other, ['alsoDated', i, 'date']);
    return read === undefined
      ? []
      : [
          {
            date: read,
            basis: basis ?? ('reported' as const),
            ...(source === undefined ? {} : { source }),
            ...(note === undefined ? {} : { note }),
          },
        ];
  });
  if (date === undefined) return undefined;
  return {
    effective: 'convention' in whole && whole.convention === 'last-day' ? afterLastDay(date) : date,
    basis: ('basis' in whole ? whole.basis : undefined) ?? 'reported',
    alsoDated,
  };
}

function readData(
  raw: unknown,
  type: EventType,
  { locator, base, schema: assumed }: EventSetting,
  dates: Dates,
  problems: Problem[],
): unknown {
  const { data, schema = assumed ?? type.version } = raw as { data?: unknown; schema?: unknown };
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  const newest = upcast(data, Number(schema), type);
  if (newest === undefined) {
    problems.push({
      ...locator.at([...base, 'schema']),
      rule: 'shape',
      severity: 'error',
      message: `${type.name} has no version ${String(schema)} that this program can read`,
      hint: `the newest is ${type.version}`,
    });
    return undefined;
  }
  const read = type.data.safeParse(newest);
  if (!read.success) {
    problems.push(
      ...explain(read.error.issues, newest, type.data, [...base, 'data'], locator).map((problem) => ({
        ...problem,
        message: `${type.name}: ${problem.message}`,
      })),
    );
    return undefined;
  }
  for (const field of edtfFields(type)) {
    const value = (read.data as Readonly<Record<string, unknown>>)[field];
    if (typeof value === 'string') dates.read(value, ['data', field]);
  }
  return read.data;
}

/** Brings a payload up to the newest version of its type; undefined when there is no way. */
export function upcast(data: unknown, version: number, type: Pick<EventType, 'version' | 'upcast'>): unknown {
  let newest = data;
  for (let step = version; step < type.version; step++) {
    const up = type.upcast?.[step];
    if (up === undefined) return undefined;
    newest = up(newest);
  }
  return version > type.version ? undefined : newest;
}

const fieldsByType = new Map<string, readonly string[]>();

/** The fields of a payload that hold a date in EDTF. */
function edtfFields(type: EventType): readonly string[] {
  const known = fieldsByType.get(type.name);
  if (known) return known;
  const shape = (type.data as unknown as { shape?: Readonly<Record<string, z.ZodType>> }).shape ?? {};
  const fields = Object.keys(shape).filter((key) => {
    const field = shape[key] as unknown as { def: { innerType?: unknown } };
    return (field as unknown) === edtf || field.def.innerType === edtf;
  });
  fieldsByType.set(type.name, fields);
  return fields;
}

function citations(written: WrittenEvent): { source: string; at?: string }[] {
  return written.sources.map((cited) =>
    typeof cited === 'string'
      ? { source: cited }
      : { source: cited.source, ...(cited.at === undefined ? {} : { at: cited.at }) },
  );
}

/** Reads dates of one file and notes those that cannot be read. */
export function dateReader(locator: Locator, base: Path, problems: Problem[]) {
  return {
    read: (value: string | number, path: Path): FuzzyDate | undefined => {
      const read = parseEdtf(String(value));
      if (read.ok) return read.date;
      problems.push({
        ...locator.at([...base, ...path]),
        rule: 'date',
        severity: 'error',
        message: read.message,
        hint: read.hint,
      });
      return undefined;
    },
    readDay: (value: string, path: Path): Day | undefined => {
      const day = parseIsoDay(value);
      if (day !== undefined) return day;
      const read = parseEdtf(value);
      problems.push({
        ...locator.at([...base, ...path]),
        rule: 'date',
        severity: 'error',
        message: read.ok ? `“${value}” is not one day` : read.message,
        hint: read.ok ? 'write 2026-11-21' : read.hint,
      });
      return undefined;
    },
  };
}

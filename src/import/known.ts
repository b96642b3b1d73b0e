import type { AlsoDated, LoadedRecord } from '../record/types.ts';
import type { FuzzyDate } from '../time/day.ts';
import { FOREVER } from '../time/day.ts';
import type { EventData } from '../vocabulary/index.ts';

/** A value and the date from which a body had it. */
export interface Since {
  readonly value: string;
  readonly from: FuzzyDate;
}

/** What the record knows of a body, as far as the files of the registers speak of it. */
export interface KnownBody {
  readonly id: string;
  readonly kind: string;
  readonly begins: readonly { readonly date: FuzzyDate; readonly also: readonly AlsoDated[] }[];
  readonly ends: readonly { readonly date: FuzzyDate; readonly also: readonly AlsoDated[] }[];
  readonly names: readonly Since[];
  readonly ods: readonly Since[];
  readonly gss: readonly Since[];
  /** Bodies it was ever part of, from when. */
  readonly parents: readonly Since[];
}

/** The record, indexed by what files know bodies by. */
export interface KnownRecord {
  readonly body: (id: string) => KnownBody | undefined;
  /** Every body that ever bore a code. */
  readonly bearers: (system: 'ods' | 'gss', code: string) => readonly KnownBody[];
  readonly successions: (from: string, to: string) => readonly FuzzyDate[];
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] };

/** Indexes what the record believes now. */
export function knownRecord(record: LoadedRecord): KnownRecord {
  const bodies = new Map<string, Writable<KnownBody>>();
  const codes = { ods: new Map<string, string[]>(), gss: new Map<string, string[]>() };
  const links = new Map<string, FuzzyDate[]>();
  const events = record.believed
    .filter(({ recordedTo }) => recordedTo === FOREVER)
    .sort((a, b) => a.effective.earliest - b.effective.earliest);
  const body = (id: string): Writable<KnownBody> => {
    const known = bodies.get(id) ?? { id, kind: '', begins: [], ends: [], names: [], ods: [], gss: [], parents: [] };
    bodies.set(id, known);
    return known;
  };
  const coded = (id: string, given: EventData<'OrganisationRecoded'>['codes'] | undefined, from: FuzzyDate): void => {
    for (const system of ['ods', 'gss'] as const) {
      const code = given?.[system];
      if (typeof code !== 'string') continue;
      body(id)[system].push({ value: code, from });
      add(codes[system], code, id);
    }
  };
  for (const { type, data, effective, alsoDated } of events) {
    if (type === 'OrganisationEstablished') {
      const { organisation, name, kind, codes: given } = data as EventData<'OrganisationEstablished'>;
      const begun = body(organisation);
      begun.kind = kind;
      begun.begins.push({ date: effective, also: alsoDated });
      if (name !== 'unknown') begun.names.push({ value: name, from: effective });
      coded(organisation, given, effective);
    } else if (type === 'OrganisationRenamed') {
      const { organisation, name } = data as EventData<'OrganisationRenamed'>;
      body(organisation).names.push({ value: name, from: effective });
    } else if (type === 'OrganisationReclassified') {
      const { organisation, kind, name } = data as EventData<'OrganisationReclassified'>;
      body(organisation).kind = kind;
      if (name !== undefined) body(organisation).names.push({ value: name, from: effective });
    } else if (type === 'OrganisationRecoded') {
      const { organisation, codes: given } = data as EventData<'OrganisationRecoded'>;
      coded(organisation, given, effective);
    } else if (type === 'OrganisationAbolished') {
      const { organisation } = data as EventData<'OrganisationAbolished'>;
      body(organisation).ends.push({ date: effective, also: alsoDated });
    } else if (type === 'OrganisationsReorganised') {
      const { from, to } = data as EventData<'OrganisationsReorganised'>;
      for (const one of from) for (const other of to) add(links, `${one} ${other}`, effective);
    } else if (type === 'RelationshipBegan') {
      const { relation, from, to } = data as EventData<'RelationshipBegan'>;
      if (relation !== 'part-of') continue;
      for (const one of Array.isArray(from) ? from : [from]) body(one).parents.push({ value: to, from: effective });
    }
  }
  return {
    body: (id) => bodies.get(id),
    bearers: (system, code) => [...new Set(codes[system].get(code) ?? [])].flatMap((id) => bodies.get(id) ?? []),
    successions: (from, to) => links.get(`${from} ${to}`) ?? [],
  };
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** True when the body may have existed on some day of a date. */
export function mayExist(body: KnownBody, on: FuzzyDate): boolean {
  const begun = body.begins.some(({ date }) => date.earliest <= on.latest);
  const over = body.ends.length >= body.begins.length && body.ends.every(({ date }) => date.latest <= on.earliest);
  return begun && !over;
}

/** Values that a body may have had on some day of a date: the last before it, and those that began within it. */
export function valuesOn(values: readonly Since[], on: FuzzyDate): readonly string[] {
  const before = values.filter(({ from }) => from.latest <= on.earliest).at(-1);
  const within = values.filter(({ from }) => from.latest > on.earliest && from.earliest <= on.latest);
  return [...(before ? [before] : []), ...within].map(({ value }) => value);
}

/** Two spellings of one name: case, punctuation and `&` do not matter. */
export function sameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(name: string): string {
  return name
    .toUpperCase()
    .replaceAll('&', ' AND ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

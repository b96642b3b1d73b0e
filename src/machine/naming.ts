import { FOREVER } from '../time/day.ts';
import type { Boundary, Held } from '../timeline/types.ts';
import { KINDS } from '../vocabulary/kinds.ts';
import { type Context, knowledge, type View } from './context.ts';
import { family } from './words.ts';

/**
 * A name as people compare them: lower case, `&` as `and`, no punctuation, without the words that every body of a kind
 * bears (NHS, CCG, integrated care board…).
 */
export function comparable(name: string): string {
  return plain(name)
    .replaceAll(
      /\b(nhs|the|ccg|icb|pct|stp|ics|clinical commissioning group|integrated care board|integrated care system|primary care trust|health authority|health and care partnership)\b/g,
      ' ',
    )
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Lower case, no accents, `&` as `and`, apostrophes gone, any other punctuation a single space. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/['’‘`´]/g, '')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** A name taken apart: what it is the name of, and the kind of body that it says it is, if it does. */
export interface Spelled {
  /** Without NHS, “and”, “the” and the words for its kind; empty when nothing else was there. */
  readonly core: string;
  readonly kind: string | undefined;
}

const SMALL = /\b(nhs|the|and)\b/g;

function without(text: string): string {
  return text.replaceAll(SMALL, ' ').replaceAll(/\s+/g, ' ').trim();
}

/** What names of a kind end with, longest first. */
const ENDINGS: readonly (readonly [ending: string, kind: string])[] = [
  ...KINDS.flatMap((kind): [string, string][] => [
    [without(plain(kind.singular)), kind.name],
    ...('acronym' in kind ? [[plain(kind.acronym), kind.name] as [string, string]] : []),
  ]),
  ['tpct', 'primary-care-trust'] as const,
  ['teaching pct', 'primary-care-trust'] as const,
  ['teaching primary care trust', 'primary-care-trust'] as const,
  ['stp', 'system'] as const,
  ['ics', 'system'] as const,
  ['sustainability transformation partnership', 'system'] as const,
  ['sustainability transformation plan', 'system'] as const,
  ['integrated care system', 'system'] as const,
].sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));

/** Takes a name apart, whether it was written with `&` or `and`, with NHS and its kind or without, in any case. */
export function spelled(name: string): Spelled {
  const words = without(plain(name));
  for (const [ending, kind] of ENDINGS) {
    if (words === ending) return { core: '', kind };
    if (words.endsWith(` ${ending}`)) return { core: words.slice(0, -ending.length - 1), kind };
  }
  return { core: words, kind: undefined };
}

/** A code as registers write it: without spaces, in capitals. */
function codeOf(text: string): string {
  return text.replaceAll(/\s+/g, '').toUpperCase();
}

/** What a body has been called, or coded as, while it existed. */
export interface Naming {
  readonly id: string;
  readonly what: 'id' | 'ods code' | 'gss code' | 'name' | 'acronym';
  /** As the record writes it. */
  readonly value: string;
  readonly from: Boundary;
  readonly until?: Boundary;
}

/** Everything bodies have been called and coded as, to be looked up as people write it. */
export interface NameIndex {
  /** What a text may name: by id, by code, or by name; none when nothing is written so. */
  readonly named: (text: string) => readonly Naming[];
  /** The kinds that a body has been of. */
  readonly kinds: (id: string) => ReadonlySet<string>;
  /** Cores of all names, and all codes, with the bodies of each: to look for near misses in. */
  readonly cores: () => ReadonlyMap<string, readonly string[]>;
  readonly codes: () => ReadonlyMap<string, readonly string[]>;
  /** The days on which the body existed. */
  readonly lives: (id: string) => readonly Held[];
}

const BODIES = new Set<string>(KINDS.map(({ prefix }) => prefix));
const known = new WeakMap<Context, Map<string, { readonly changes: number; readonly index: NameIndex }>>();

/** The index of names on the view's clocks; made once for a state of the record. */
export function nameIndexOf(view: View): NameIndex {
  const key = `${view.publishedBy ?? ''} ${view.recordedBy ?? ''} ${view.dates}`;
  const { changes } = view.timeline.stats();
  const all = known.get(view.context) ?? new Map();
  known.set(view.context, all);
  const found = all.get(key);
  if (found?.changes === changes) return found.index;
  const index = makeIndex(view);
  all.set(key, { changes, index });
  return index;
}

interface Entry extends Naming {
  readonly kind: string | undefined;
}

function makeIndex(view: View): NameIndex {
  const names = new Map<string, Entry[]>();
  const codes = new Map<string, Naming[]>();
  const kinds = new Map<string, ReadonlySet<string>>();
  const lives = new Map<string, readonly Held[]>();
  const put = <T>(map: Map<string, T[]>, key: string, entry: T) => {
    const list = map.get(key);
    if (list) list.push(entry);
    else map.set(key, [entry]);
  };
  const spells = (id: string, attribute: string) => view.timeline.spells(id, attribute, knowledge(view));
  for (const id of Object.keys(view.context.index().subjects)) {
    if (!BODIES.has(family(id))) continue;
    const life = spells(id, 'exists').filter(({ value }) => value === true);
    if (life.length === 0) continue;
    lives.set(id, life);
    kinds.set(id, new Set(spells(id, 'kind').map(({ value }) => String(value))));
    for (const held of life) put(codes, id.toUpperCase(), { id, what: 'id', value: id, ...periodOf(held) });
    for (const attribute of ['ods', 'gss'] as const) {
      for (const naming of during(life, spells(id, attribute)))
        put(codes, codeOf(naming.value), { id, what: `${attribute} code`, ...naming });
    }
    const called = view.timeline
      .attributes(id)
      .filter((attribute) => attribute === 'name' || attribute === 'acronym' || attribute.startsWith('also:'));
    for (const attribute of called) {
      for (const naming of during(life, spells(id, attribute))) {
        const { core, kind } = spelled(naming.value);
        if (core === '') continue;
        put(names, core, { id, what: attribute === 'acronym' ? 'acronym' : 'name', kind, ...naming });
      }
    }
  }
  const none: ReadonlySet<string> = new Set();
  const kindsOf = (id: string) => kinds.get(id) ?? none;
  let allCores: ReadonlyMap<string, readonly string[]> | undefined;
  let allCodes: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    kinds: kindsOf,
    lives: (id) => lives.get(id) ?? [],
    cores: () => (allCores ??= idsOf(names)),
    codes: () => (allCodes ??= idsOf(codes)),
    named: (text) => {
      const byCode = codes.get(codeOf(text));
      if (byCode) return byCode;
      const { core, kind } = spelled(text);
      if (core === '') return [];
      return (names.get(core) ?? []).filter(
        (entry) => kind === undefined || entry.kind === kind || kindsOf(entry.id).has(kind),
      );
    },
  };
}

function idsOf(namings: ReadonlyMap<string, readonly Naming[]>): Map<string, readonly string[]> {
  return new Map([...namings].map(([text, list]) => [text, [...new Set(list.map(({ id }) => id))]]));
}

function periodOf({ from, until }: Held): Pick<Naming, 'from' | 'until'> {
  return until ? { from, until } : { from };
}

/** The spells of a name or code, as far as the body existed. */
function during(life: readonly Held[], spells: readonly Held[]): Pick<Naming, 'value' | 'from' | 'until'>[] {
  return spells.flatMap((spell) => {
    if (spell.value === null) return [];
    return life.flatMap((held) => {
      const from = later(spell.from, held.from);
      const until = earlier(spell.until, held.until);
      if (until && until.latest <= from.earliest) return [];
      return [{ value: String(spell.value), from, ...(until ? { until } : {}) }];
    });
  });
}

function later(a: Boundary, b: Boundary): Boundary {
  return {
    earliest: Math.max(a.earliest, b.earliest),
    latest: Math.max(a.latest, b.latest),
    event: a.earliest >= b.earliest ? a.event : b.event,
  };
}

function earlier(a: Boundary | undefined, b: Boundary | undefined): Boundary | undefined {
  if (!a || !b) return a ?? b;
  return {
    earliest: Math.min(a.earliest, b.earliest),
    latest: Math.min(a.latest, b.latest),
    event: a.latest <= b.latest ? a.event : b.event,
  };
}

/** Whether a naming held on a day. */
export function heldOn({ from, until }: Pick<Naming, 'from' | 'until'>, day: number): 'certain' | 'possible' | 'no' {
  if (day < from.earliest || day >= (until?.latest ?? FOREVER)) return 'no';
  return day >= from.latest && day < (until?.earliest ?? FOREVER) ? 'certain' : 'possible';
}

import type { BodyRef, CorrespondenceRow, Coverage, NamedBody } from '../machine/answers.ts';
import { AskedWrongly } from '../machine/errors.ts';
import type { Lens, Machine } from '../machine/machine.ts';
import { isoDay, parseIsoDay } from '../time/day.ts';
import { parseEdtf } from '../time/edtf.ts';
import { dayInWords } from '../time/words.ts';
import { kindNamed } from '../vocabulary/kinds.ts';

/** Why a row did not come to a target. */
export const REASONS = {
  empty: 'the cell is empty',
  unknown: 'nothing in the record is called or coded so',
  ambiguous: 'several bodies of that day are called so',
  'other dates': 'the code or name is of other days',
  divided: 'the body went to several, and the policy does not say which',
  ended: 'the body ended, and no successor is recorded',
  'no such successor': 'nothing of the kind asked for followed it',
  'not a number': 'a number was to be split, and is none',
  'bad row': 'the row has not as many cells as the header, or cannot be read',
} as const;

export type Reason = keyof typeof REASONS;

/** What a value leads to: targets, or the reason why there is none. */
export type Found =
  | { readonly targets: readonly CorrespondenceRow[]; readonly body: NamedBody }
  | { readonly reason: Reason; readonly detail: string; readonly near: readonly BodyRef[] };

/** What to find: from which day, to which, among which kinds. */
export interface Search {
  readonly from: string;
  readonly to: string;
  readonly kind: readonly string[] | undefined;
  readonly toKind: string | undefined;
  readonly prefer: string | undefined;
  /** Follow a code or name of other days from its own last day, or its own first. */
  readonly anyDate: boolean;
  readonly lens: Lens;
}

/** Values that name nothing for which near misses are looked for; looking is slow. */
const MOST_NEAR = 200;

/** Finds what values lead to, one at a time; each correspondence is read once. */
export function finder(machine: Machine, search: Search): (value: string) => Found {
  const tables = new Map<string, ReadonlyMap<string, readonly CorrespondenceRow[]>>();
  let lookedNear = 0;
  const tableOf = (from: string, kind: string) => {
    const key = `${from} ${kind}`;
    let table = tables.get(key);
    if (!table) {
      const rows = new Map<string, CorrespondenceRow[]>();
      const { lens, to, toKind } = search;
      for (const row of machine.correspondence(from, to, { ...lens, kind, toKind }).rows) {
        if (row.from === null) continue;
        const known = rows.get(row.from.id);
        if (known) known.push(row);
        else rows.set(row.from.id, [row]);
      }
      table = rows;
      tables.set(key, table);
    }
    return table;
  };
  const lead = (body: NamedBody, from: string): Found => {
    const rows = tableOf(from, body.kind).get(body.id) ?? [];
    const targets = rows.filter(({ to }) => to !== null);
    const kinds = new Set(targets.filter(({ to }) => to?.id !== body.id).map(({ to }) => to?.kind ?? ''));
    if (search.toKind === undefined && kinds.size > 1) {
      throw new AskedWrongly(
        `${body.name} was followed by bodies of ${kinds.size} kinds: ${[...kinds].map(nameOfKind).join(', ')}`,
        `say which you want: ${[...kinds].map((kind) => `--to-kind ${kind}`).join(' or ')}`,
      );
    }
    if (targets.length > 0) return { targets, body };
    return rows.length > 0 || search.toKind === undefined
      ? { reason: 'ended', detail: `${body.name} ended, and no successor is recorded`, near: [] }
      : {
          reason: 'no such successor',
          detail: `nothing of the kind ${nameOfKind(search.toKind)} followed ${body.name}`,
          near: [],
        };
  };
  const recognise = (value: string, at: string, near: boolean) => {
    const { kind, prefer, lens } = search;
    const [found] = machine.recognise([value], { ...lens, at, kind, prefer: prefer ?? '', near }).values;
    return found;
  };
  return (value) => {
    if (value.trim() === '') return { reason: 'empty', detail: REASONS.empty, near: [] };
    const found = recognise(value, search.from, lookedNear < MOST_NEAR);
    const [body] = found?.bodies ?? [];
    if (!found || found.outcome === 'unknown' || !body) {
      lookedNear++;
      return { reason: 'unknown', detail: REASONS.unknown, near: found?.near ?? [] };
    }
    if (found.outcome === 'recognised') return lead(body, search.from);
    if (found.outcome === 'ambiguous')
      return { reason: 'ambiguous', detail: `may be ${found.bodies.map(told).join(' or ')}`, near: found.bodies };
    if (!search.anyDate) return { reason: 'other dates', detail: found.bodies.map(spell).join('; '), near: [] };
    const own = ownDay(found.bodies, search.from);
    if (own === undefined || own > search.to)
      return { reason: 'other dates', detail: `${found.bodies.map(spell).join('; ')}: after ${search.to}`, near: [] };
    const then = recognise(value, own, false);
    const [meant] = then?.bodies ?? [];
    return then?.outcome === 'recognised' && meant
      ? lead(meant, own)
      : { reason: 'ambiguous', detail: `may be ${found.bodies.map(told).join(' or ')}`, near: found.bodies };
  };
}

/** The last day before the one asked about on which one of them was so, or else the first after it. */
function ownDay(bodies: readonly NamedBody[], from: string): string | undefined {
  const day = parseIsoDay(from) ?? 0;
  const before = bodies.flatMap(({ until }) => {
    const read = until === null ? undefined : parseEdtf(until);
    return read?.ok && read.date.earliest <= day ? [read.date.earliest - 1] : [];
  });
  if (before.length > 0) return isoDay(Math.max(...before));
  const after = bodies.flatMap((body) => {
    const read = parseEdtf(body.from);
    return read.ok && read.date.latest > day ? [read.date.latest] : [];
  });
  return after.length > 0 ? isoDay(Math.min(...after)) : undefined;
}

function told({ name, id }: NamedBody): string {
  return `${name} (${id})`;
}

function spell({ matched, name, from, until }: NamedBody): string {
  return `${matched.what} of ${name} from ${from}${until === null ? '' : ` until before ${until}`}`;
}

function nameOfKind(kind: string): string {
  return kindNamed(kind)?.name ?? kind;
}

/** Throws when the record claims to know nothing of a kind on a day. */
export function refuseUncovered(machine: Machine, kind: string, day: string, option: string, lens: Lens): Coverage {
  const { coverage } = machine.count(kind, { ...lens, at: day });
  if (coverage.completeness !== 'none') return coverage;
  const { from, to } = coverage;
  const named = kindNamed(kind)?.plural ?? kind;
  const last = to === null ? undefined : parseIsoDay(to);
  throw new AskedWrongly(
    `the record does not cover ${named} on ${inWords(day)}`,
    from === null || last === undefined
      ? 'it claims to be complete for none of its days'
      : `it covers them from ${inWords(from)} to ${dayInWords(last - 1)}: for instance ${option} ${day < from ? from : isoDay(last - 1)}`,
  );
}

function inWords(day: string): string {
  const read = parseIsoDay(day);
  return read === undefined ? day : dayInWords(read);
}

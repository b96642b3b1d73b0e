import { isoDay } from '../time/day.ts';
import { dayInWords } from '../time/words.ts';
import type { Boundary } from '../timeline/types.ts';
import { KINDS } from '../vocabulary/kinds.ts';
import type { Body, BoundaryRef, Coverage, Diff, Difference } from './answers.ts';
import { head, knowledge, readDay, readId, readKinds, type View } from './context.ts';
import { countsByKind } from './counting.ts';
import { AskedWrongly } from './errors.ts';
import { bodiesOn, knowledgeNotes } from './landscape.ts';
import type { Machine } from './machine.ts';
import { boundaryRef, coverageOf, descendants, type Sight, sightAt } from './reader.ts';

export const between =
  (view: View): Machine['between'] =>
  (fromText, toText, options = {}) => {
    const from = readDay(view.context, fromText, 'first');
    const to = readDay(view.context, toText, 'last');
    if (to < from) throw new AskedWrongly(`${isoDay(to)} is before ${isoDay(from)}`, 'give the earlier date first');
    const kinds = readKinds(options.kind);
    const chosen = { kinds, partOf: options.partOf === undefined ? undefined : readId(view, options.partOf) };
    const [before, after] = [sightAt(view, from), sightAt(view, to)];
    const { partOf } = chosen;
    const inside =
      partOf === undefined ? undefined : { before: descendants(before, partOf), after: descendants(after, partOf) };
    const counts = countsByKind(before, after, kinds, inside);
    const concerned = kinds ?? new Set(counts.map(({ kind }) => kind));
    const coverage: Coverage[] = [...concerned].flatMap((kind) => {
      const [first, last] = [coverageOf(view, kind, from), coverageOf(view, kind, to)];
      return first.completeness === last.completeness ? [first] : [first, last];
    });
    return {
      ...head(view),
      from: isoDay(from),
      to: isoDay(to),
      coverage,
      counts,
      differences: differences(before, after, bodiesOn(before, chosen), bodiesOn(after, chosen)),
      notes: [...uncovered([before, after], kinds), ...knowledgeNotes(after)],
    } satisfies Diff;
  };

/** The days of which nothing is known, of the kinds asked for or of any: there "no difference" says nothing. */
function uncovered(sights: readonly Sight[], kinds: ReadonlySet<string> | undefined): string[] {
  const asked = [...(kinds ?? KINDS.map(({ name }) => name))];
  return sights
    .filter((sight) => asked.every((kind) => coverageOf(sight, kind, sight.at).completeness === 'none'))
    .map(({ at }) => `${dayInWords(at)} is not covered for what was asked.`);
}

/** What differs between two lists of bodies, with the events that made each difference. */
export function differences(before: Sight, after: Sight, was: readonly Body[], now: readonly Body[]): Difference[] {
  const then = new Map(was.map((body) => [body.id, body]));
  const found: Difference[] = [];
  for (const body of now) {
    const old = then.get(body.id);
    then.delete(body.id);
    if (old) found.push(...changesOf(before, after, old, body));
    else found.push(difference(body, 'appeared', null, body.name, [body.began]));
  }
  for (const gone of then.values()) {
    found.push(difference(gone, 'ended', gone.name, null, endOf(after, gone)));
  }
  return found.sort(
    (a, b) =>
      ORDER.indexOf(a.change) - ORDER.indexOf(b.change) ||
      (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.id < b.id ? -1 : 1),
  );
}

const ORDER: Difference['change'][] = [
  'ended',
  'appeared',
  'renamed',
  'recoded',
  'reclassified',
  'moved',
  'status gained',
  'status lost',
  'status retitled',
  'became certain',
  'became possible',
];

function difference(
  body: Body,
  change: Difference['change'],
  before: string | null,
  after: string | null,
  via: readonly BoundaryRef[],
): Difference {
  const { id, name, kind, codes } = body;
  return { id, name, kind, codes, change, before, after, via };
}

function endOf(after: Sight, gone: Body): BoundaryRef[] {
  if (gone.ends) return [gone.ends];
  const ended = after.timeline
    .spells(gone.id, 'exists', knowledge(after))
    .findLast(({ until }) => until && until.earliest <= after.at)?.until;
  return ended ? [boundaryRef(after, ended)] : [];
}

function changesOf(before: Sight, after: Sight, old: Body, body: Body): Difference[] {
  const found: Difference[] = [];
  const say = (change: Difference['change'], was: string | null, now: string | null, via: BoundaryRef[]) =>
    found.push(difference(body, change, was, now, via));
  if (old.name !== body.name) say('renamed', old.name, body.name, changed(before, after, body.id, 'name'));
  for (const system of ['ods', 'gss'] as const) {
    if (old.codes[system] === body.codes[system]) continue;
    say('recoded', old.codes[system] ?? null, body.codes[system] ?? null, changed(before, after, body.id, system));
  }
  if (old.kind !== body.kind) say('reclassified', old.kind, body.kind, changed(before, after, body.id, 'kind'));
  const [wasPart, isPart] = [old.partOf.map(({ id }) => id), body.partOf.map(({ id }) => id)];
  const left = wasPart.filter((id) => !isPart.includes(id));
  const joined = isPart.filter((id) => !wasPart.includes(id));
  if (left.length > 0 || joined.length > 0) {
    say('moved', left.join('; ') || null, joined.join('; ') || null, movedBy(before, after, old, body));
  }
  for (const status of body.status) {
    const held = old.status.find((one) => one.status === status.status);
    if (!held) say('status gained', null, status.title, statusVia(before, after, body.id, status.status));
    else if (held.title !== status.title)
      say('status retitled', held.title, status.title, changed(before, after, `status/${status.status}`, 'name'));
  }
  for (const status of old.status) {
    if (!body.status.some((one) => one.status === status.status))
      say('status lost', status.title, null, statusVia(before, after, body.id, status.status));
  }
  if (old.existence !== body.existence && (old.existence === 'possible' || body.existence === 'possible')) {
    const via = ['exists', 'kind'].map((attribute) => changed(before, after, body.id, attribute));
    say(
      body.existence === 'possible' ? 'became possible' : 'became certain',
      old.existence,
      body.existence,
      via.find((some) => some.length > 0) ?? [body.began],
    );
  }
  return found;
}

function within(before: Sight, after: Sight, boundary: Boundary | undefined): boundary is Boundary {
  return boundary !== undefined && boundary.latest > before.at && boundary.earliest <= after.at;
}

function refs(sight: Sight, boundaries: readonly Boundary[]): BoundaryRef[] {
  const events = new Map(boundaries.map((boundary) => [boundary.event, boundary]));
  return [...events.values()].map((boundary) => boundaryRef(sight, boundary));
}

function changed(before: Sight, after: Sight, id: string, attribute: string): BoundaryRef[] {
  const boundaries = after.timeline
    .spells(id, attribute, knowledge(after))
    .flatMap(({ from, until }) => [from, until])
    .filter((boundary) => within(before, after, boundary));
  return refs(after, boundaries as Boundary[]);
}

/** What took a body out of some parents or into others: relations of its own or of a parent, or the life of a parent. */
function movedBy(before: Sight, after: Sight, old: Body, body: Body): BoundaryRef[] {
  const [were, are] = [old.partOf.map(({ id }) => id), body.partOf.map(({ id }) => id)];
  const differing = new Set([...were.filter((id) => !are.includes(id)), ...are.filter((id) => !were.includes(id))]);
  const line = new Set([body.id, ...were, ...are]);
  const boundaries = [
    ...[...line].flatMap((id) =>
      after.timeline.spells(id, 'part-of', knowledge(after)).filter(({ member }) => differing.has(member as string)),
    ),
    ...[...differing].flatMap((id) => after.timeline.spells(id, 'exists', knowledge(after))),
  ]
    .flatMap(({ from, until }) => [from, until])
    .filter((boundary) => within(before, after, boundary));
  return refs(after, boundaries as Boundary[]);
}

function statusVia(before: Sight, after: Sight, id: string, status: string): BoundaryRef[] {
  const ofStatus = new Set(after.timeline.everBearers('status', `status/${status}`));
  return after.timeline
    .everBearers('holder', id)
    .filter((designation) => ofStatus.has(designation))
    .flatMap((designation) => [
      ...changed(before, after, designation, 'exists'),
      ...changed(before, after, designation, 'holder'),
    ])
    .filter((ref, position, all) => all.findIndex(({ event }) => event === ref.event) === position);
}

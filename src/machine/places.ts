import { type Day, dayFromCivil, isoDay } from '../time/day.ts';
import { dayInWords } from '../time/words.ts';
import { kindNamed } from '../vocabulary/kinds.ts';
import type { BodyRef, LineOfPlace, Place, Places } from './answers.ts';
import { head, readAsked, type View } from './context.ts';
import { AskedWrongly } from './errors.ts';
import { knowledgeNotes } from './landscape.ts';
import { areaGiven, linkOf, successors } from './lineage.ts';
import type { Machine } from './machine.ts';
import {
  bodiesAt,
  bodyRef,
  coverageOf,
  exists,
  kindOf,
  partOf,
  type Sight,
  type Standing,
  sightAt,
  standingOf,
} from './reader.ts';

/** The day whose boards are the places: the first on which one board answered for every part of England. */
const DAY_OF_PLACES: Day = dayFromCivil(2022, 7, 1);
const KIND_OF_PLACES = 'integrated-care-board';

/** Who commissioned most care, the latest first. */
const COMMISSIONERS = [
  KIND_OF_PLACES,
  'clinical-commissioning-group',
  'primary-care-trust',
  'health-authority',
] as const;

/** Where a body's successions lead: every end, and the one that its main line leads to. */
interface Reach {
  readonly ends: ReadonlySet<string>;
  readonly main: string | undefined;
}

const NOWHERE: Reach = { ends: new Set(), main: undefined };

/**
 * Follows successions, and with `areas` parts of areas given away, from bodies of one day to those of a kind on a later day. The main line goes, at each step, to the
 * one body that replaced or absorbed it; of several, to where more than half went by a source's shares; else it is lost.
 */
function followed(later: Sight, kind: string, areas: boolean): (id: string, from: Day) => Reach {
  const known = new Map<string, Reach>();
  const isEnd = (id: string) => exists(later, id) !== undefined && kindOf(later, id) === kind;
  const reach = (id: string, from: Day, since: Day, passed: ReadonlySet<string>): Reach => {
    const key = `${id} ${from} ${since}`;
    const found = known.get(key);
    if (found) return found;
    const stays = isEnd(id);
    const links = successors(later, id)
      .filter(({ to, held }) => from < held.from.latest && held.from.earliest <= later.at && !passed.has(to))
      .map((succession) => ({
        ...linkOf(later, succession),
        // What follows on the day of the succession itself follows it.
        reach: reach(
          succession.to,
          succession.held.from.earliest - 1,
          succession.held.from.earliest,
          new Set([...passed, id]),
        ),
      }))
      .filter((link) => link.reach.ends.size > 0);
    const given = (areas ? areaGiven(later, id) : [])
      .filter(({ to, on }) => since < on.latest && on.earliest <= later.at && !passed.has(to))
      .filter(({ to }) => !links.some((link) => link.to === to))
      .flatMap(({ to, on }) => [...reach(to, on.earliest - 1, on.earliest, new Set([...passed, id])).ends]);
    const ends = new Set([...(stays ? [id] : []), ...links.flatMap((link) => [...link.reach.ends]), ...given]);
    const heirs = new Map(links.filter(({ how }) => how !== 'transfer').map((link) => [link.to, link]));
    const main = stays ? id : mainOf([...heirs.values()]);
    const result: Reach = ends.size === 0 ? NOWHERE : { ends, main };
    known.set(key, result);
    return result;
  };
  return (id, from) => reach(id, from, from, new Set([id]));
}

interface Heir {
  readonly shares: readonly { readonly share: number; readonly of: string }[];
  readonly reach: Reach;
}

/** Where the one heir's main line leads; of several heirs, where those lead that a source gives more than half together. */
function mainOf(heirs: readonly Heir[]): string | undefined {
  const mains = [...new Set(heirs.map(({ reach }) => reach.main))];
  if (mains.length < 2) return mains[0];
  const measures = new Set(['population', ...heirs.flatMap(({ shares }) => shares.map(({ of }) => of))]);
  for (const measure of measures) {
    for (const main of mains) {
      const given = heirs
        .filter(({ reach }) => reach.main === main)
        .reduce((sum, { shares }) => sum + (shares.find(({ of }) => of === measure)?.share ?? 0), 0);
      if (given > 0.5) return main;
    }
  }
  return undefined;
}

/** Which of the places each body of a day answered for, and the other way about. */
export const places =
  (view: View): Machine['places'] =>
  (at) => {
    const asked = readAsked(view.context, at ?? 'today');
    if (asked.kind === 'span') {
      throw new AskedWrongly(`${asked.text} is a span: a map is of one day`, `name a day: ${isoDay(asked.from)}`);
    }
    const sight = sightAt(view, asked.day);
    // The places are a grid to draw on, not something that people of the day knew of.
    const { publishedBy: _, ...frame } = view;
    const grid = sightAt(frame, DAY_OF_PLACES);
    const standing = (kind: string) => bodiesAt(sight, new Set([kind]));
    const kind = COMMISSIONERS.find((one) => standing(one).length > 0) ?? null;
    const bodies = kind === null ? [] : standing(kind);
    const ids = bodiesAt(grid, new Set([KIND_OF_PLACES])).map(({ id }) => id);
    const lines = linesOf(sight, grid, frame, kind, bodies, ids);
    const standingById = new Map(bodies.map((body) => [body.id, body]));
    const toBody = ({ id, ...line }: Line): Place['bodies'][number] => ({
      ...bodyRef(sight, id),
      existence: standingOf(sight, standingById.get(id) as Standing),
      ...line,
    });
    const found = ids.sort().map((id): Place => {
      const here = (lines.get(id) ?? []).map(toBody).sort(byLine);
      return {
        place: id,
        name: bodyRef(grid, id).name.replace(/^NHS | Integrated Care Board$/g, ''),
        region: regionOf(sight, here) ?? null,
        regionOfPlace: parentRegion(grid, id) ?? null,
        bodies: here,
      };
    });
    const placed = new Set([...lines.values()].flat().map(({ id }) => id));
    const coverage = coverageOf(view, kind ?? COMMISSIONERS[0], sight.at);
    const unplaced = bodies.filter(({ id }) => !placed.has(id)).map(({ id }) => bodyRef(sight, id));
    return {
      at: isoDay(sight.at),
      ...head(view),
      kind,
      placesOf: isoDay(DAY_OF_PLACES),
      places: found,
      bodies: bodies.length,
      unplaced: unplaced.sort((a, b) => (a.id < b.id ? -1 : 1)),
      clusters: clustersOf(sight, bodies),
      coverage,
      notes: notes(sight, kind, unplaced.length, ids.length),
    } satisfies Places;
  };

interface Line {
  readonly id: string;
  readonly line: LineOfPlace;
}

/** By place, the bodies of the day whose line leads there; for a day after that of the places, those to which its line led. */
function linesOf(
  sight: Sight,
  grid: Sight,
  frame: View,
  kind: string | null,
  bodies: readonly Standing[],
  ids: readonly string[],
): Map<string, Line[]> {
  const lines = new Map<string, Line[]>();
  const put = (place: string, id: string, line: LineOfPlace) =>
    lines.set(place, [...(lines.get(place) ?? []), { id, line }]);
  if (kind === null) return lines;
  if (sight.at <= grid.at) {
    const reach = followed(grid, KIND_OF_PLACES, true);
    for (const { id } of bodies) {
      const to = reach(id, sight.at);
      for (const place of to.ends) put(place, id, lineOf(to, place));
    }
    return lines;
  }
  const reach = followed(sightAt(frame, sight.at), kind, false);
  const standing = new Set(bodies.map(({ id }) => id));
  for (const place of ids) {
    const to = reach(place, grid.at);
    for (const id of to.ends) if (standing.has(id)) put(place, id, lineOf(to, id));
  }
  return lines;
}

function lineOf({ ends, main }: Reach, end: string): LineOfPlace {
  if (ends.size === 1) return 'whole';
  if (main === undefined) return 'shared';
  return main === end ? 'main' : 'part';
}

const LINES: readonly LineOfPlace[] = ['whole', 'main', 'part', 'shared'];

function byLine(a: Place['bodies'][number], b: Place['bodies'][number]): number {
  return LINES.indexOf(a.line) - LINES.indexOf(b.line) || (a.id < b.id ? -1 : 1);
}

function parentRegion(sight: Sight, id: string): BodyRef | undefined {
  const found = partOf(sight, id).find((body) => body.kind === 'nhs-region');
  if (!found) return undefined;
  const { existence: _, ...region } = found;
  return region;
}

/** The region of the day that most of a place's own bodies were part of; none when none was, or no one region had most. */
function regionOf(sight: Sight, here: Place['bodies']): BodyRef | undefined {
  const regions = here
    .filter(({ line }) => line === 'whole' || line === 'main')
    .flatMap(({ id }) => parentRegion(sight, id) ?? []);
  const first = regions.toSorted(
    (a, b) => regions.filter(({ id }) => id === b.id).length - regions.filter(({ id }) => id === a.id).length,
  )[0];
  return first && regions.filter(({ id }) => id === first.id).length * 2 > regions.length ? first : undefined;
}

/** Bodies that shared their leaders on the day, in groups of which each member shares with every other; one may be of several. */
function clustersOf(sight: Sight, bodies: readonly Standing[]): Places['clusters'] {
  const ids = new Set(bodies.map(({ id }) => id));
  const joined = new Map<string, Set<string>>();
  const doubtful = new Set<string>();
  const join = (a: string, b: string) => joined.set(a, (joined.get(a) ?? new Set()).add(b));
  for (const id of ids) {
    for (const held of sight.timeline.members(id, 'shares-leadership-with', sight.moment)) {
      const other = held.member as string;
      if (!ids.has(other)) continue;
      join(id, other);
      join(other, id);
      if (held.certainty !== 'certain' || held.expected) doubtful.add(`${id} ${other}`).add(`${other} ${id}`);
    }
  }
  return cliques(joined).map((members) => ({
    bodies: members.map((id) => bodyRef(sight, id)),
    existence: members.some((a) => members.some((b) => doubtful.has(`${a} ${b}`))) ? 'possible' : 'certain',
  }));
}

/** The largest groups in which all are joined with all; the algorithm of Bron and Kerbosch (1973), version 1. */
function cliques(joined: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const found: string[][] = [];
  const grow = (group: readonly string[], open: readonly string[], done: readonly string[]) => {
    if (open.length === 0 && done.length === 0 && group.length > 1) found.push([...group].sort());
    const [left, past] = [[...open], [...done]];
    for (const id of open) {
      const near = joined.get(id) ?? new Set();
      grow(
        [...group, id],
        left.filter((other) => near.has(other)),
        past.filter((other) => near.has(other)),
      );
      left.splice(left.indexOf(id), 1);
      past.push(id);
    }
  };
  grow([], [...joined.keys()].sort(), []);
  return found.sort((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1));
}

function notes(sight: Sight, kind: string | null, unplaced: number, grid: number): string[] {
  const plural = kind === null ? '' : (kindNamed(kind)?.plural ?? kind);
  return [
    ...(grid === 0 ? ['The record as it then was knows no boards of 1 July 2022: there is nothing to draw on.'] : []),
    ...(kind === null ? [`No body that commissioned care is recorded on ${dayInWords(sight.at)}.`] : []),
    ...(unplaced > 0 ? [`${unplaced} ${plural} are in no place: the record holds no line from them to it.`] : []),
    ...(kind === 'primary-care-trust' && bodiesAt(sight, new Set(['health-authority'])).length > 0
      ? ['Health authorities commissioned beside the first trusts; the record holds no line from them to a place.']
      : []),
    ...knowledgeNotes(sight),
  ];
}

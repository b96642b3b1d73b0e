import type { BoundaryRef, Material } from '../machine/index.ts';
import type { Fact } from './facts.ts';

const known = new WeakMap<Material, ReadonlySet<string>>();

/** Whether a statement or a succession of the material begins or ends with this event, or rests on this source through it. */
export function isBoundary({ record }: Fact, material: Material): boolean {
  let found = known.get(material);
  if (found === undefined) {
    found = new Set(
      boundariesOf(material).flatMap(({ event, sources }) => [event, ...sources.map(({ source }) => source)]),
    );
    known.set(material, found);
  }
  return found.has(record);
}

/** The beginnings and ends of every statement of the bodies, and the events of the successions. */
function boundariesOf({ bodies, links }: Material): BoundaryRef[] {
  const spells = bodies.flatMap(({ existence, names, codeSpells, kinds, relations, statuses }) => [
    ...[...existence, ...names, ...codeSpells, ...kinds],
    ...[...relations, ...statuses],
  ]);
  return [...spells.flatMap(({ began, ends }) => (ends ? [began, ends] : [began])), ...links.map(({ via }) => via)];
}

const cited = new WeakMap<Material, ReadonlySet<string>>();

/** Whether an event selected rests on this source, or rules on what it says. */
export function citedBy({ record }: Fact, material: Material): boolean {
  let found = cited.get(material);
  if (found === undefined) {
    found = new Set(
      material.events.flatMap(({ sources, dissent }) => [
        ...sources.map(({ source }) => source),
        ...dissent.map(({ source }) => source.source),
      ]),
    );
    cited.set(material, found);
  }
  return found.has(record);
}

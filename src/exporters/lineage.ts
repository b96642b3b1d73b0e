import type { LineageLink, Material, MaterialBody } from '../machine/index.ts';

/** A body as a point of a graph; one that is only named by another, as the end of a relation, has no statements of its own. */
export interface Point {
  readonly id: string;
  readonly name: string;
  readonly body: MaterialBody | undefined;
}

/** A relation between two bodies as one holds it. */
export type Tie = MaterialBody['relations'][number];

/** Everything of one sort that leads from one body to another: successions, or the spells of one relation. */
export interface Arrow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** `succession`, or the relation: `part-of`. */
  readonly kind: string;
  readonly successions: readonly LineageLink[];
  readonly ties: readonly Tie[];
}

/** Bodies and what leads from one to another; ends outside the selection stand there by name only. */
export function graphOf({ bodies, links }: Material): {
  readonly points: readonly Point[];
  readonly arrows: readonly Arrow[];
} {
  const points = new Map<string, Point>(bodies.map((body) => [body.id, { id: body.id, name: body.name, body }]));
  const arrows = new Map<string, Omit<Arrow, 'successions' | 'ties'> & { successions: LineageLink[]; ties: Tie[] }>();
  const arrow = (from: string, to: string, kind: string) => {
    const id = `${from} ${kind} ${to}`;
    const found = arrows.get(id) ?? { id, from, to, kind, successions: [], ties: [] };
    arrows.set(id, found);
    return found;
  };
  for (const link of links) arrow(link.from, link.to, 'succession').successions.push(link);
  for (const body of bodies)
    for (const tie of body.relations) {
      if (!points.has(tie.value)) points.set(tie.value, { id: tie.value, name: tie.name, body: undefined });
      arrow(body.id, tie.value, tie.relation).ties.push(tie);
    }
  return { points: [...points.values()], arrows: [...arrows.values()] };
}

type Groups = ReadonlyMap<string, { readonly id: string; readonly name: string }>;

const known = new WeakMap<Material, Groups>();

/** The body that each is drawn within: the system, else the region, else any other that it was last part of. */
export function groupsOf(material: Material): Groups {
  const found = known.get(material) ?? grouping(material);
  known.set(material, found);
  return found;
}

function grouping({ bodies }: Material): Groups {
  const rank = (id: string) => ['system/', 'region/'].findIndex((prefix) => id.startsWith(prefix)) + 1 || 3;
  const groups = new Map<string, { readonly id: string; readonly name: string }>();
  for (const { id, relations } of bodies) {
    const wholes = relations.filter(({ relation }) => relation === 'part-of');
    const nearest = Math.min(...wholes.map(({ value }) => rank(value)));
    const last = wholes.filter(({ value }) => rank(value) === nearest).at(-1);
    if (last) groups.set(id, { id: last.value, name: last.name });
  }
  return groups;
}

/** Titles of the sources that some boundaries rest on, once each, with the place in them. */
export function citation(boundaries: readonly (MaterialBody['existence'][number]['began'] | undefined)[]): string {
  const cited = boundaries.flatMap((boundary) => boundary?.sources ?? []);
  return [...new Set(cited.map(({ title, at, url }) => [title, at, url].filter(Boolean).join(', ')))].join('; ');
}

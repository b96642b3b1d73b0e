import type { Machine, Places } from '../../machine/index.ts';
import type { Drawn } from '../../views/parts.tsx';
import { tileMap, tileTable } from '../../views/pictures/index.ts';
import type { Ask } from '../page.ts';

/** Where the things of a picture lead on to. */
export function leadingOn({ links }: Ask, at?: string): (id: string) => string {
  return (id) => links.to(`/body/${id}`, at === undefined ? {} : { at });
}

/** The map of a day: who commissioned care in each of the 42 places; none where nobody did. */
export function mapOf(machine: Machine, ask: Ask, at: string, prefix = 'map'): Drawn | undefined {
  const places: Places = machine.places(at, ask.lens);
  if (places.kind === null || places.bodies === 0) return undefined;
  return { svg: tileMap(places, { prefix, href: leadingOn(ask, at) }), table: tileTable(places) };
}

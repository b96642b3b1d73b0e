import type { CountSeries, Lens, Machine, Places } from '../../machine/index.ts';
import type { Drawn } from '../../views/parts.tsx';
import {
  TIMELINE_KINDS,
  tileMap,
  tileTable,
  timelineModel,
  timelinePicture,
  timelineTable,
} from '../../views/pictures/index.ts';
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

const KEPT = 8;
const series = new WeakMap<Machine, Map<string, readonly CountSeries[]>>();

/** How the kinds of the timeline rose and fell, kept for a pair of clocks: every timeline is drawn from it. */
function seriesOf(machine: Machine, lens: Lens): readonly CountSeries[] {
  const known = series.get(machine) ?? new Map<string, readonly CountSeries[]>();
  series.set(machine, known);
  const key = JSON.stringify(lens);
  const found = known.get(key) ?? TIMELINE_KINDS.map((kind) => machine.counts(kind, { ...lens, every: 'change' }));
  known.set(key, found);
  if (known.size > KEPT) known.delete(known.keys().next().value as string);
  return found;
}

/** The timeline of England, with a cursor on a day. */
export function timelineOf(machine: Machine, ask: Ask, cursor?: string): Drawn {
  const known = new Set(
    machine.days(ask.lens).days.flatMap(({ milestones }) => milestones.map(({ milestone }) => milestone)),
  );
  const model = timelineModel({
    series: seriesOf(machine, ask.lens),
    milestones: machine.milestones().filter(({ milestone }) => known.has(milestone)),
    cursor,
  });
  const href = (id: string): string | undefined =>
    id.startsWith('milestone/')
      ? ask.links.to(`/reform/${id.slice('milestone/'.length)}`)
      : id.startsWith('kind/')
        ? ask.links.to(`/count/${id.slice('kind/'.length).split('/')[0]}`)
        : undefined;
  return {
    svg: timelinePicture(model, { prefix: 'timeline', href }),
    table: timelineTable(model),
    scrolls: true,
  };
}

import type { CountSeries, Generations, Lens, Machine, Places } from '../../machine/index.ts';
import { dateInWords, periodInWords } from '../../views/dates.ts';
import type { Drawn, Strip } from '../../views/parts.tsx';
import {
  englandStrip,
  generationsOfStrip,
  TIMELINE_KINDS,
  tileMap,
  tileTable,
  timelineModel,
  timelinePicture,
  timelineStrip,
  timelineTable,
} from '../../views/pictures/index.ts';
import { kindCounted } from '../../views/words.ts';
import type { Ask } from '../page.ts';

/** Where the things of a picture lead on to. */
export function leadingOn({ links }: Ask, at?: string): (id: string) => string {
  // The picture of all England links its bands to days.
  return (id) => (id.startsWith('at/') ? links.to(`/${id}`) : links.to(`/body/${id}`, at === undefined ? {} : { at }));
}

/** The map of a day: who commissioned care in each of the 42 places; none where nobody did. */
export function mapOf(machine: Machine, ask: Ask, at: string, prefix = 'map'): Drawn | undefined {
  const places: Places = machine.places(at, ask.lens);
  if (places.kind === null || places.bodies === 0) return undefined;
  return { svg: tileMap(places, { prefix, href: leadingOn(ask, at) }), table: tileTable(places) };
}

const KEPT = 8;

/** What a pair of clocks shows is the same for every day: made once for each, the last few kept. */
function keptFor<T>(make: (machine: Machine, lens: Lens) => T): (machine: Machine, lens: Lens) => T {
  const held = new WeakMap<Machine, Map<string, T>>();
  return (machine, lens) => {
    const known = held.get(machine) ?? new Map<string, T>();
    held.set(machine, known);
    const key = JSON.stringify(lens);
    const found = known.get(key) ?? make(machine, lens);
    known.set(key, found);
    if (known.size > KEPT) known.delete(known.keys().next().value as string);
    return found;
  };
}

/** How the kinds of the timeline rose and fell: every timeline is drawn from it. */
const seriesOf = keptFor<readonly CountSeries[]>((machine, lens) =>
  TIMELINE_KINDS.map((kind) => machine.counts(kind, { ...lens, every: 'change' })),
);

const generationsOf = keptFor<Generations>((machine, lens) => machine.generations(lens));

/** Where a day lies in time and in the line of succession: two strips on one scale, with the day marked on both. */
export function stripsOf(
  machine: Machine,
  ask: Ask,
  cursor: string,
): { readonly timeline: Strip; readonly lineage: Strip } {
  const { lens, links } = ask;
  const model = timelineStrip({ series: seriesOf(machine, lens), days: machine.days(lens).days, cursor });
  const kindOf = (id: string) => id.slice('kind/'.length);
  const generations = generationsOf(machine, lens);
  const all = generationsOfStrip(generations);
  return {
    timeline: {
      svg: timelinePicture(model, {
        prefix: 'time',
        href: (id) => (id.startsWith('kind/') ? links.to(`/count/${kindOf(id)}`, { at: cursor }) : undefined),
      }),
      items: model.spans.map(({ id, label, from, to, openStart, now }) => ({
        text: label,
        href: links.to(`/count/${kindOf(id)}`, { at: cursor }),
        detail: openStart ? `before ${periodInWords(from, to)}` : periodInWords(from, to),
        ...(now === undefined ? {} : { now: `${now} on this day` }),
      })),
      note: `Each mark is a day on which something changed.${
        model.spans.some(({ now }) => now?.startsWith('(')) ? ' Numbers in brackets are expected, not known.' : ''
      }`,
    },
    lineage: {
      svg: englandStrip(generations, {
        prefix: 'line',
        cursor,
        from: model.from,
        to: model.to,
        href: leadingOn(ask),
      }),
      items: all.map(({ kind, at, certain }) => ({
        text: dateInWords(at),
        href: links.to(`/at/${at}`),
        detail: kindCounted(certain, kind),
        ...(at === cursor ? { now: 'this day' } : {}),
      })),
      note: `Bars are as tall as there were bodies.${
        all.some(({ at }) => at === cursor) ? ' What passed on this day is in the colour of the line.' : ''
      }`,
    },
  };
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

import type { Material, MaterialBody } from '../../machine/index.ts';
import { spanOf } from '../../views/dates.ts';
import { type LineageModel, lineagePicture, type TimelineModel, timelinePicture } from '../../views/pictures/index.ts';
import { kindNamed } from '../../vocabulary/kinds.ts';
import { dropped, type Exporter, holding, type Losing } from '../exporter.ts';

/** More bodies than this are drawn by kind and by the days between which they existed. */
const MANY = 120;

const DRAWN: Losing = { how: 'flattened', why: 'It is drawn, and cannot be read back as it was.' };
const LABELLED: Losing = {
  how: 'flattened',
  why: 'A body has one label: its name as last known, cut where there is no room; many bodies are drawn as one.',
};
const NOT_DRAWN = dropped('A picture does not show it.');

/** A picture to print: successions as ribbons between columns, or where there are none, existence to scale of time. */
export const svg: Exporter = {
  name: 'svg',
  summary:
    'A picture to print: who followed whom as ribbons, or when each existed to scale, with title and description',
  audience: 'print',
  extension: '.svg',
  aliases: ['picture'],
  mediaType: 'image/svg+xml',
  conventions: {
    intervals: 'A length ends where the first day no longer begins; one that goes on reaches the edge.',
    precision:
      'A date less exact than a day is drawn dashed from the first to the last day it can mean; labels give years.',
  },
  holds: holding(NOT_DRAWN, {
    existence: DRAWN,
    'existence.events': NOT_DRAWN,
    'name.value': LABELLED,
    'kind.value': DRAWN,
    succession: DRAWN,
    'succession.event': NOT_DRAWN,
    'event.milestone': DRAWN,
    'event.date': DRAWN,
    'milestone.title': LABELLED,
    'answer.edition': 'kept',
    'answer.notes': { how: 'flattened', why: 'Notes stand in the description, run together.' },
  }),
  write: (material) => {
    const drawing = { standalone: true };
    const picture =
      material.links.length > 0
        ? lineagePicture(lineOf(material), drawing)
        : timelinePicture(timeOf(material), drawing);
    return { is: 'text', chunks: [picture, '\n'] };
  },
};

/** What the picture says of itself beside what it shows. */
function notesOf({ edition, notes }: Material): string[] {
  return [...notes, `As It Stood, edition ${edition}.`];
}

function lifeOf({ existence }: MaterialBody): { readonly from: string | null; readonly until: string | null } {
  return { from: existence[0]?.from ?? null, until: existence.at(-1)?.until ?? null };
}

function lineOf(material: Material): LineageModel {
  return {
    title: material.title,
    nodes: material.bodies.map((body) => ({ ...body, ...lifeOf(body) })),
    links: material.links,
    asked: material.selection.subject ?? undefined,
    notes: notesOf(material),
  };
}

function timeOf(material: Material): TimelineModel {
  const { bodies, milestones, events, selection } = material;
  const groups = new Map<string, MaterialBody[]>();
  for (const body of bodies) {
    const { from, until } = lifeOf(body);
    const key = bodies.length > MANY ? `${body.kind} ${from} ${until}` : body.id;
    groups.set(key, [...(groups.get(key) ?? []), body]);
  }
  const spans = [...groups.values()].flatMap((group) => {
    const body = group[0];
    if (!body) return [];
    const kind = kindNamed(body.kind);
    const lane = kind?.plural ?? body.kind;
    const short = kind?.acronym ? `${kind.acronym}s` : lane;
    return body.existence.map((spell) => ({
      id: body.id,
      lane: `${short.charAt(0).toUpperCase()}${short.slice(1)}`,
      label: group.length === 1 ? body.name : `${group.length} ${lane}`,
      from: spell.from,
      to: spell.until,
    }));
  });
  const ticks = milestones.flatMap(({ milestone, title }) => {
    const dates = new Map<string, number>();
    for (const event of events) {
      if (event.milestone === milestone) dates.set(event.date, (dates.get(event.date) ?? 0) + 1);
    }
    return [...dates].map(([date, weight]) => ({
      id: `milestone/${milestone}`,
      lane: 'Milestones',
      label: title,
      date,
      weight,
    }));
  });
  const days = [
    ...spans.flatMap(({ from, to }) => [spanOf(from)?.first, to === null ? undefined : spanOf(to)?.last]),
    ...ticks.map(({ date }) => spanOf(date)?.first),
    ...[selection.at, selection.from, selection.to],
    // What goes on is drawn as far as the record knows.
    ...(spans.some(({ to }) => to === null) ? material.coverage.map(({ to }) => to) : []),
  ]
    .filter((day) => day !== undefined && day !== null)
    .sort();
  return {
    title: material.title,
    from: selection.from ?? days[0] ?? '2000-01-01',
    to: selection.to ?? days.at(-1) ?? '2026-01-01',
    cursor: selection.at ?? undefined,
    spans,
    ticks,
    notes: notesOf(material),
  };
}

import type { ChangeDays, Machine } from '../../machine/index.ts';
import type { Frame, Stop, Walk } from '../../views/frame.tsx';
import type { Ask } from '../page.ts';

/** What differs from page to page. */
export interface Framed {
  readonly title: string;
  /** The day the page is about, ISO; with `walk`, the bar that moves through time is shown. */
  readonly day?: string;
  readonly walk?: boolean;
  readonly hypothetical?: string;
  /** The address to cite and to link, when it is not the one asked for. */
  readonly path?: string;
  /** The clocks as the answer read them, when it did. */
  readonly asked?: { readonly publishedBy: string | null; readonly recordedBy: string | null };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CLOCKS = new Set(['publishedBy', 'recordedBy', 'dates']);

/** The frame of a page: what every page has around its answer. */
export function frameOf(machine: Machine, ask: Ask, of: Framed): Frame {
  const { lens, links } = ask;
  const hypothetical = of.hypothetical ?? supposed(machine, lens.without);
  return {
    title: of.title,
    path: of.path ?? ask.path,
    links,
    formats: ask.formats,
    fixed: ask.fixed ?? false,
    publishedBy: of.asked ? of.asked.publishedBy : (lens.publishedBy ?? null),
    recordedBy: of.asked ? of.asked.recordedBy : (lens.recordedBy ?? null),
    dates: lens.dates ?? 'legal',
    // The day of a page without an event is in its path already.
    carried: Object.fromEntries(
      Object.entries(ask.query).filter(
        ([name]) => !CLOCKS.has(name) && !(name === 'at' && ask.path.startsWith('/at/')),
      ),
    ),
    edition: machine.edition,
    unanswered: ask.trouble !== undefined,
    ...(of.day === undefined ? {} : { day: of.day }),
    ...(of.walk && of.day !== undefined ? { walk: walkOf(machine.days(lens), of.day) } : {}),
    ...(hypothetical === undefined ? {} : { hypothetical }),
  };
}

/** What a page says that supposes an event away. */
function supposed(machine: Machine, event: string | undefined): string | undefined {
  if (event === undefined) return undefined;
  return `This supposes that something did not happen: ${machine.event(event).sentence} Nothing here is so. What the record gives no cause for is left standing.`;
}

/** Where a day stands among the days of change. */
function walkOf({ days }: ChangeDays, day: string): Walk {
  const stops: Stop[] = days.map((day) => ({ at: day.at, title: stopTitle(day) }));
  const position = stops.findLastIndex(({ at }) => at <= day);
  const on = stops[position]?.at === day;
  return {
    stops,
    position,
    previous: stops[on ? position - 1 : position] ?? null,
    next: stops[position + 1] ?? null,
  };
}

function stopTitle({ milestones, certain }: ChangeDays['days'][number]): string {
  const [first, ...others] = milestones;
  const title = others.length === 0 ? (first?.title ?? '') : `${first?.title} and ${others.length} more`;
  return certain ? title : `then or later, ${title}`;
}

/** The day that a person wrote, as ISO; of a month or a year the first. Undefined when none was written. */
export function dayOf(machine: Machine, { lens }: Ask, written: string | undefined): string | undefined {
  if (written === undefined || written.trim() === '') return undefined;
  return DAY.test(written) ? written : machine.day(written, lens).at;
}

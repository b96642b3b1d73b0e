import type { CountSeries, MilestoneAnswer } from '../../machine/index.ts';
import { type Day, dayFromCivil } from '../../time/day.ts';
import { KINDS, type Kind, kindNamed } from '../../vocabulary/kinds.ts';
import { numbered } from '../words.ts';
import { firstDayOf, inWords, lastDayOf } from './days.ts';
import { STRIP_LEFT, STRIP_RIGHT } from './england.ts';
import { PICTURE_CSS } from './style.ts';
import { type Drawing, el, escaped, fitted, label, linked, type PictureTable, rounded, svgOf, widthOf } from './svg.ts';

/** A thing that lasted, in its lane. Days are EDTF; `to` is the first day no longer, null while it goes on. */
export interface TimelineSpan {
  readonly id: string;
  readonly lane: string;
  readonly label: string;
  /** For a span too short for the label. */
  readonly short?: string | undefined;
  readonly from: string;
  readonly to: string | null;
  /** True when it may have begun before `from`: what lies before is not covered. */
  readonly openStart?: boolean | undefined;
  /** What is said of it on the day of the cursor: `211`; in brackets when that is only expected. */
  readonly now?: string | undefined;
  /** The last day on which it is known to go on, when it goes on; after it, it is expected to. */
  readonly known?: string | undefined;
}

/** Something that happened, in its lane. */
export interface TimelineTick {
  readonly id: string;
  readonly lane: string;
  readonly label: string;
  readonly date: string;
  /** The heavier are named first, where there is room. */
  readonly weight: number;
}

/** What a picture of time is drawn from. */
export interface TimelineModel {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly cursor?: string | undefined;
  readonly spans: readonly TimelineSpan[];
  readonly ticks: readonly TimelineTick[];
  readonly notes?: readonly string[] | undefined;
  /** True for a strip below other things: what happened is marked, and not named. */
  readonly strip?: boolean | undefined;
}

const TIERS: Readonly<Record<NonNullable<Kind['tier']>, string>> = {
  national: 'National',
  regional: 'Regions',
  intermediate: 'Between',
  local: 'Local',
  place: 'Places',
};

/** Kinds that a timeline of England has a span for. */
export const TIMELINE_KINDS: readonly string[] = KINDS.filter(
  (kind) => 'tier' in kind && kind.tier !== 'national' && kind.name !== 'system',
).map(({ name }) => name);

/**
 * The timeline of England: when each kind existed, by the days on which its number changed, and when each milestone was.
 * The series are counts by change of `TIMELINE_KINDS`.
 */
export function timelineModel(asked: {
  readonly series: readonly CountSeries[];
  readonly milestones: readonly MilestoneAnswer[];
  readonly cursor?: string | undefined;
}): TimelineModel {
  const { series, milestones, cursor } = asked;
  const order = Object.values(TIERS);
  const spans = series
    .flatMap((one) => spansOf(one, cursor))
    .sort((a, b) => order.indexOf(a.lane) - order.indexOf(b.lane));
  const first = [...spans, ...milestones].map(({ from }) => from).sort()[0] ?? '2000-01-01';
  const from = spans.map((span) => span.from).sort()[0] ?? first;
  const to =
    series
      .map((one) => one.to)
      .sort()
      .at(-1) ??
    milestones
      .map((one) => one.to)
      .sort()
      .at(-1) ??
    first;
  return {
    title: `Who commissioned and managed care in England, ${from.slice(0, 4)} to ${to.slice(0, 4)}`,
    from,
    to,
    cursor,
    spans,
    ticks: milestones.map(({ milestone, title, themes, from, events }) => ({
      id: `milestone/${milestone}`,
      lane: (themes[0] ?? 'other').replaceAll('-', ' '),
      label: title,
      date: from,
      weight: events,
    })),
  };
}

/** How far beyond what is known a strip reaches to have its cursor in it, in days. */
const BEYOND = 3 * 365;

/**
 * The timeline as a strip below a day: the same spans, a mark for every day on which something changed, and the cursor,
 * on a scale that reaches from the first of those days to the last.
 */
export function timelineStrip(asked: {
  readonly series: readonly CountSeries[];
  readonly days: readonly { readonly at: string }[];
  readonly cursor: string;
}): TimelineModel {
  const { series, days, cursor } = asked;
  const model = timelineModel({ series, milestones: [], cursor });
  const [first, last] = [days[0]?.at ?? model.from, days.at(-1)?.at ?? model.to];
  const [now, known] = [firstDayOf(cursor) ?? 0, lastDayOf(model.to) ?? 0];
  const to = [model.to, last, ...(now - known < BEYOND ? [cursor] : [])].sort().at(-1) ?? model.to;
  return {
    ...model,
    from: first < model.from ? first : model.from,
    to,
    strip: true,
    ticks: days.map(({ at }) => ({ id: `at/${at}`, lane: 'changes', label: inWords(at), date: at, weight: 1 })),
  };
}

function spansOf({ of, from, to, counts }: CountSeries, cursor: string | undefined): TimelineSpan[] {
  const kind = kindNamed(of);
  const plural = kind?.plural ?? of;
  const name = `${plural.charAt(0).toUpperCase()}${plural.slice(1)}`;
  const found: { -readonly [Field in keyof TimelineSpan]: TimelineSpan[Field] }[] = [];
  let open: (typeof found)[number] | undefined;
  for (const [n, { at, possible, certain, covered }] of counts.entries()) {
    if (possible > 0 && covered && !open) {
      open = {
        id: `kind/${of}`,
        lane: kind?.tier ? TIERS[kind.tier] : 'Others',
        label: name,
        short: kind?.acronym ? `${kind.acronym}s` : undefined,
        from: at,
        to: null,
        openStart: at === from,
      };
      found.push(open);
    }
    if (open && possible === 0) {
      open.to = at;
      open = undefined;
    }
    const next = counts[n + 1]?.at;
    if (open && cursor !== undefined && at <= cursor && (next === undefined || cursor < next)) {
      const count = certain === possible ? `${certain}` : `${certain}–${possible}`;
      open.now = cursor > to ? `(${count})` : count;
    }
  }
  if (open) open.known = to;
  return found;
}

const WIDTH = 1120;
const LEFT = STRIP_LEFT;
const RIGHT = 14;
const ROW = 30;
const TICK_ROW = 22;
const HEAD = 26;
const NAMED_ROWS = 6;

/** Puts what overlaps into rows of its own. */
function inRows<T>(items: readonly T[], extent: (item: T) => readonly [number, number]): T[][] {
  const rows: T[][] = [];
  for (const item of items) {
    const [from, to] = extent(item);
    const free = rows.find((row) => row.every((other) => extent(other)[1] <= from || to <= extent(other)[0]));
    if (free) free.push(item);
    else rows.push([item]);
  }
  return rows;
}

interface Scale {
  readonly first: Day;
  readonly last: Day;
  readonly x: (day: Day) => number;
}

function scaleOf(model: TimelineModel): Scale {
  const first = firstDayOf(model.from) ?? 0;
  const last = Math.max(lastDayOf(model.to) ?? first + 1, first + 1);
  const right = model.strip ? STRIP_RIGHT : RIGHT;
  return {
    first,
    last,
    x: (day) => LEFT + ((clamped(day, first, last) - first) / (last - first)) * (WIDTH - LEFT - right),
  };
}

function clamped(day: Day, first: Day, last: Day): Day {
  return Math.min(Math.max(day, first), last);
}

/** Years as the room allows: every one, two, five or ten, heavier at a decade. */
function yearLines({ first, last, x }: Scale, top: number, bottom: number): string[] {
  const years = (last - first) / 365.25;
  const step = [1, 2, 5, 10, 20, 50, 100].find((every) => years / every <= 16) ?? 200;
  const parts: string[] = [];
  const begin = Math.ceil((1970 + first / 365.2425) / step) * step;
  for (let year = begin; ; year += step) {
    const day = dayFromCivil(year, 1, 1);
    if (day > last) break;
    if (day < first) continue;
    parts.push(
      el('path', { class: year % 10 === 0 ? 'decade' : 'grid', d: `M${rounded(x(day))} ${top}V${rounded(bottom)}` }),
    );
    parts.push(label(x(day), top - 6, String(year), year % 10 === 0 ? 'strong' : 'quiet', 'middle'));
  }
  return parts;
}

function edges(span: TimelineSpan, { first, last }: Scale) {
  const begins = [firstDayOf(span.from) ?? first, lastDayOf(span.from) ?? first] as const;
  const ends =
    span.to === null
      ? ([Math.min(lastDayOf(span.known ?? '') ?? last, last), last] as const)
      : ([firstDayOf(span.to) ?? last, lastDayOf(span.to) ?? last] as const);
  return { begins, ends };
}

function spanOf(span: TimelineSpan, y: number, scale: Scale, cursor: Day | undefined, drawing: Drawing): string {
  const { begins, ends } = edges(span, scale);
  const [from, to] = [scale.x(begins[0]), scale.x(ends[1])];
  const surely = [scale.x(begins[1]), scale.x(ends[0])] as const;
  const isNow = cursor !== undefined && begins[0] <= cursor && cursor < ends[1] + (span.to === null ? 1 : 0);
  const room = to - from - 14;
  const now = isNow && span.now !== undefined ? `${span.now} ` : '';
  const size = isNow ? 13 : 12;
  const text = [...[span.label, span.short].flatMap((one) => (one === undefined ? [] : [`${now}${one}`])), now.trim()]
    .filter((one) => one !== '')
    .find((one) => widthOf(one, size) <= room);
  const shown = text ?? (room > 24 ? fitted(span.short ?? span.label, size, room) : '');
  const said = `${span.label}, ${span.openStart ? 'before ' : ''}${inWords(span.from)} ${span.to === null ? 'and going on' : `until ${inWords(span.to)}`}`;
  const body = el('rect', {
    class: isNow ? 'span-now' : 'span',
    x: surely[0] < surely[1] ? surely[0] : from,
    y,
    width: Math.max(1, surely[0] < surely[1] ? surely[1] - surely[0] : to - from),
    height: ROW - 6,
    rx: span.openStart || span.to === null ? 0 : 2,
  });
  const maybe = [
    [from, surely[0]],
    [surely[1], to],
  ]
    .filter(([a = 0, b = 0]) => surely[0] < surely[1] && b - a > 0.5)
    .map(([a = 0, b = 0]) => el('rect', { class: 'span-maybe', x: a, y, width: b - a, height: ROW - 6 }));
  return linked(
    drawing,
    span.id,
    said,
    el('title', {}, escaped(said)),
    body,
    ...maybe,
    shown === '' ? '' : label(Math.max(from, surely[0]) + 7, y + 16, shown, isNow ? 'now-text' : ''),
  );
}

/** The milestones named above the ticks: the heaviest first, each where there is still room. */
function named(
  ticks: readonly TimelineTick[],
  { x }: Scale,
): {
  readonly tick: TimelineTick;
  readonly row: number;
  readonly text: string;
  readonly at: number;
  readonly end: boolean;
}[] {
  const rows: [number, number][][] = Array.from({ length: NAMED_ROWS }, () => []);
  const found: ReturnType<typeof named> = [];
  for (const tick of ticks.toSorted((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))) {
    const day = firstDayOf(tick.date);
    if (day === undefined) continue;
    const at = x(day);
    const text = fitted(tick.label, 11, 230);
    const wide = widthOf(text, 11) + 10;
    const end = at + wide > WIDTH - RIGHT;
    const [from, to] = end ? [at - wide, at + 4] : [at - 4, at + wide];
    if (from < LEFT - 4) continue;
    const row = rows.findIndex((taken) => taken.every(([a, b]) => to <= a || b <= from));
    if (row < 0) continue;
    rows[row]?.push([from, to]);
    found.push({ tick, row, text, at, end });
  }
  return found;
}

/** A picture of time, to scale: what lasted as bars in lanes, what happened as ticks, and the day of the cursor. Gives a whole `<svg>`. */
export function timelinePicture(model: TimelineModel, drawing: Drawing = {}): string {
  const scale = scaleOf(model);
  const cursor = model.cursor === undefined ? undefined : firstDayOf(model.cursor);
  const shownCursor = cursor !== undefined && scale.first <= cursor && cursor <= scale.last ? cursor : undefined;
  const parts: string[] = [];
  let y = HEAD + 6;
  for (const lane of new Set(model.spans.map((span) => span.lane))) {
    const spans = model.spans
      .filter((span) => span.lane === lane)
      .sort((a, b) => edges(a, scale).begins[0] - edges(b, scale).begins[0] || (a.label < b.label ? -1 : 1));
    const rows = inRows(spans, (span) => [scale.x(edges(span, scale).begins[0]), scale.x(edges(span, scale).ends[1])]);
    parts.push(label(8, y + 16, fitted(lane, 12, LEFT - 14), 'strong'));
    for (const row of rows) {
      for (const span of row) parts.push(spanOf(span, y, scale, shownCursor, drawing));
      y += ROW;
    }
    y += 4;
  }
  const inside = model.ticks.filter(({ date }) => {
    const day = firstDayOf(date);
    return day !== undefined && scale.first <= day && day <= scale.last;
  });
  const names = model.strip ? [] : named(inside, scale);
  const nameTop = y + 10;
  const used = names.reduce((most, { row }) => Math.max(most, row + 1), 0);
  const ticksTop = nameTop + used * 16 + 6;
  for (const { tick, row, text, at, end } of names) {
    const line = nameTop + row * 16;
    parts.push(el('path', { class: 'grid', d: `M${rounded(at)} ${rounded(line)}V${rounded(ticksTop)}` }));
    parts.push(
      linked(
        drawing,
        tick.id,
        tick.label,
        label(end ? at - 4 : at + 4, line + 10, text, 'small halo', end ? 'end' : 'start'),
      ),
    );
  }
  y = ticksTop;
  for (const lane of new Set(inside.toSorted((a, b) => (a.lane < b.lane ? -1 : 1)).map((tick) => tick.lane))) {
    parts.push(label(8, y + 13, fitted(`${lane.charAt(0).toUpperCase()}${lane.slice(1)}`, 12, LEFT - 14), 'quiet'));
    const marks = inside
      .filter((tick) => tick.lane === lane)
      .map(({ date }) => `M${rounded(scale.x(firstDayOf(date) ?? 0))} ${rounded(y + 2)}v14`);
    parts.push(el('path', { class: 'tick', d: [...new Set(marks)].sort().join('') }));
    y += TICK_ROW;
  }
  const bottom = y + 4;
  const line =
    shownCursor === undefined
      ? []
      : [
          el('path', { class: 'cursor', d: `M${rounded(scale.x(shownCursor))} ${HEAD - 2}V${rounded(bottom)}` }),
          flag(scale.x(shownCursor), bottom, inWords(model.cursor ?? '')),
        ];
  return svgOf(
    {
      name: 'timeline',
      title: model.title,
      description: [
        `From ${inWords(model.from)} to ${inWords(model.to)}, to scale.`,
        ...(cursor === undefined ? [] : [`The line marks ${inWords(model.cursor ?? '')}.`]),
        ...model.spans.map(
          ({ label: name, from, to, now }) =>
            `${name}: ${inWords(from)} ${to === null ? 'and going on' : `until ${inWords(to)}`}${now === undefined ? '' : `, ${now} on the day`}.`,
        ),
        model.strip
          ? `${numbered(inside.length, 'day')} of change below.`
          : `${numbered(inside.length, 'milestone')} below.`,
        ...(model.notes ?? []),
      ].join(' '),
      width: WIDTH,
      height: bottom + (line.length > 0 ? 24 : 6),
      parts: [...yearLines(scale, HEAD, bottom), ...parts, ...line],
    },
    drawing,
    PICTURE_CSS,
  );
}

/** The day of the cursor, written at its foot, within the picture. */
function flag(x: number, y: number, text: string): string {
  const half = widthOf(text, 12) / 2;
  return label(Math.min(Math.max(x, half + 4), WIDTH - half - 4), y + 15, text, 'strong', 'middle');
}

/** The same as rows: what lasted, then what happened, each in order of time. */
export function timelineTable(model: TimelineModel): PictureTable {
  return {
    caption: model.title,
    header: ['What', 'Lane', 'From', 'Until', 'On the day'],
    rows: [
      ...model.spans
        .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
        .map(({ label: name, lane, from, to, openStart, now }) => [
          name,
          lane,
          `${openStart ? 'before ' : ''}${inWords(from)}`,
          to === null ? 'goes on' : inWords(to),
          now ?? '',
        ]),
      ...model.ticks
        .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
        .map(({ label: name, lane, date }) => [name, lane, inWords(date), '', '']),
    ],
  };
}

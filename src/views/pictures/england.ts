import { area, curveBumpX } from 'd3-shape';

import type { Generation, Generations, Passage } from '../../machine/index.ts';
import { kindNamed } from '../../vocabulary/kinds.ts';
import { capital, kindCounted, kindInWords } from '../words.ts';
import { firstDayOf, inWords } from './days.ts';
import { PICTURE_CSS } from './style.ts';
import { type Drawing, el, escaped, label, linked, type PictureTable, rounded, svgOf, widthOf } from './svg.ts';

const WIDTH = 1120;
const LEFT = 16;
const RIGHT = 130;
/** Where strips that stand under one another begin and end. */
export const STRIP_LEFT = 112;
export const STRIP_RIGHT = 60;
const BAR = 9;
const LANE_HEAD = 22;
const LABEL = 32;
/** Pixels a body. */
const SCALE = 0.62;
const LEAST = 5;

/** The lanes: who commissioned care locally in the middle, what stood over them above, what is smaller or looser below. */
const LANES: readonly (readonly [title: string, kinds: readonly string[]])[] = [
  ['Over them', ['health-authority', 'strategic-health-authority', 'area-team', 'local-office']],
  ['Commissioners', ['primary-care-trust', 'clinical-commissioning-group', 'integrated-care-board']],
  ['Parts of boards', ['sub-icb-location']],
  ['Partnerships', ['system']],
];

interface Bar extends Generation {
  readonly x: number;
  readonly top: number;
  readonly height: number;
}

const key = ({ kind, at }: { readonly kind: string; readonly at: string }): string => `${kind} ${at}`;

const MANNERS: readonly Passage['manner'][] = ['went on', 'replaced', 'merged', 'divided'];
const CLASS_OF: Readonly<Record<Passage['manner'], string>> = {
  'went on': 'went-on',
  replaced: 'replaced',
  merged: 'merged',
  divided: 'divided',
};

/** How much of the picture is drawn, and where. */
interface Manner {
  readonly left: number;
  readonly right: number;
  /** Pixels a body. */
  readonly scale: number;
  readonly lanes: typeof LANES;
  /** True for a strip: the names of lanes stand beside them. */
  readonly strip?: boolean;
  /** The ends of the scale of time, when other things are drawn on the same. */
  readonly first?: number | undefined;
  readonly last?: number | undefined;
  /** The day to mark, ISO, and with it the passages that came about on it. */
  readonly cursor?: string;
}

const WHOLE: Manner = { left: LEFT, right: RIGHT, scale: SCALE, lanes: LANES };

interface Layout {
  readonly bars: readonly Bar[];
  readonly lanes: readonly { readonly title: string; readonly top: number; readonly height: number }[];
  readonly x: (day: number) => number;
  readonly first: number;
  readonly last: number;
  readonly height: number;
}

function layoutOf(generations: Generations, { left, right, scale, lanes: shown, strip, ...ends }: Manner): Layout {
  const days = generations.generations.flatMap(({ at }) => firstDayOf(at) ?? []);
  const first = ends.first ?? Math.min(...days);
  const last = ends.last ?? Math.max(...days, ...generations.ends.flatMap(({ at }) => firstDayOf(at) ?? []));
  const span = Math.max(1, last - first);
  const x = (day: number) => left + ((day - first) / span) * (WIDTH - left - right);
  const heightOf = (bodies: number): number => Math.max(LEAST, bodies * scale);
  const bars: Bar[] = [];
  const lanes: { title: string; top: number; height: number }[] = [];
  const laneHead = strip ? 0 : LANE_HEAD;
  let top = strip ? 22 : 30;
  for (const [title, kinds] of shown) {
    const here = generations.generations.filter(({ kind }) => kinds.includes(kind));
    if (here.length === 0) continue;
    const tall = Math.max(...here.map(({ certain }) => heightOf(certain)));
    lanes.push({ title, top, height: laneHead + LABEL + tall });
    for (const one of here) {
      bars.push({
        ...one,
        x: x(firstDayOf(one.at) ?? first),
        top: top + laneHead + LABEL,
        height: heightOf(one.certain),
      });
    }
    top += laneHead + LABEL + tall + (strip ? 12 : 26);
  }
  return { bars, lanes, x, first, last, height: top };
}

/** The ribbons between bars: at each end as thick as the bodies it counts, one under another in the order of manners. */
function ribbonsOf(
  generations: Generations,
  bars: readonly Bar[],
  prefix: string,
  cursor: string | undefined,
): string[] {
  const byKey = new Map(bars.map((bar) => [key(bar), bar]));
  const left = new Map<string, number>();
  const arrived = new Map<string, number>();
  const ribbon = area<{ readonly x: number; readonly top: number; readonly bottom: number }>()
    .x((point) => point.x)
    .y0((point) => point.top)
    .y1((point) => point.bottom)
    .curve(curveBumpX)
    .digits(1);
  const ordered = generations.passages.toSorted((a, b) => MANNERS.indexOf(a.manner) - MANNERS.indexOf(b.manner));
  return ordered.flatMap((passage) => {
    const [from, to] = [byKey.get(key(passage.from)), byKey.get(key(passage.to))];
    if (!from || !to) return [];
    // A kind that ends is followed in several tiers, each by the whole of it.
    const within = passage.from.kind === passage.to.kind;
    const leaving = within ? key(passage.from) : `${key(passage.from)} to ${passage.to.kind}`;
    const scaleOut = within
      ? from.height / Math.max(from.certain, outOf(generations, passage))
      : from.height / from.certain;
    const [out, into] = [left.get(leaving) ?? 0, arrived.get(key(passage.to)) ?? 0];
    const begin = Math.min(passage.before * scaleOut, from.height);
    const end = Math.min(passage.after * (to.height / Math.max(to.certain, intoOf(generations, passage))), to.height);
    left.set(leaving, out + begin);
    arrived.set(key(passage.to), into + end);
    const path = ribbon([
      { x: from.x + BAR, top: from.top + out, bottom: from.top + Math.min(out + begin, from.height) },
      { x: to.x, top: to.top + into, bottom: to.top + Math.min(into + end, to.height) },
    ]);
    if (path === null) return [];
    const [middle, thick] = [(from.x + BAR + to.x) / 2, (begin + end) / 2];
    const told =
      passage.manner === 'went on'
        ? ''
        : `${passage.before} ${passage.manner === 'replaced' ? '' : `${passage.manner} `}→ ${passage.after}`;
    const fits = thick >= 16 && widthOf(told, 12) + 30 <= to.x - from.x - BAR;
    const changed = passage.to.at === cursor && passage.manner !== 'went on';
    return [
      // In a strip the titles would weigh more than what is drawn; the whole picture has them.
      cursor === undefined
        ? ribbonOf(prefix, CLASS_OF[passage.manner], path, sentence(passage))
        : ribbonOf(prefix, changed ? 'changed' : CLASS_OF[passage.manner], path),
      ...(told !== '' && fits
        ? [label(middle, (from.top + out + to.top + into + thick) / 2 + 4, told, 'halo', 'middle')]
        : []),
    ];
  });
}

function outOf({ passages }: Generations, { from, to }: Passage): number {
  return passages
    .filter((one) => key(one.from) === key(from) && one.to.kind === to.kind)
    .reduce((sum, { before }) => sum + before, 0);
}

function intoOf({ passages }: Generations, { to }: Passage): number {
  return passages.filter((one) => key(one.to) === key(to)).reduce((sum, { after }) => sum + after, 0);
}

function sentence({ from, to, manner, before, after }: Passage): string {
  const was = kindCounted(before, from.kind);
  const became = from.kind === to.kind ? `${after}` : kindCounted(after, to.kind);
  const verb = before === 1 ? 'was' : 'were';
  const words =
    manner === 'went on'
      ? `${was} went on`
      : manner === 'replaced'
        ? `${was} ${verb} followed by ${became}`
        : manner === 'merged'
          ? `${was} ${verb} merged into ${became}`
          : `${was} ${verb} divided between ${became}`;
  return `${words}, ${inWords(from.at)} to ${inWords(to.at)}`;
}

/** Kinds that ended and were followed by nothing: a band to the day of their end. */
function endings(generations: Generations, { bars, x }: Layout): string[] {
  return generations.ends.flatMap(({ kind, at }) => {
    const bar = bars.findLast((one) => one.kind === kind);
    const day = firstDayOf(at);
    const followed = generations.passages.some(({ from, to }) => from.kind === kind && to.kind !== kind);
    if (!bar || day === undefined || followed) return [];
    const end = x(day);
    return [
      el('rect', { class: 'ribbon went-on', x: bar.x + BAR, y: bar.top, width: end - bar.x - BAR, height: bar.height }),
      el('rect', { class: 'bar-end', x: end - BAR, y: bar.top, width: BAR, height: bar.height }),
      label(end, bar.top + bar.height + 14, `gone by ${at.slice(0, 4)}`, 'small quiet halo', 'end'),
    ];
  });
}

/** The names and numbers over the bars; where bars stand close a label goes as far as there is room for. */
function labels(bars: readonly Bar[]): string[] {
  const roomOf = (bar: Bar): number =>
    bars.filter((one) => one.top === bar.top && one.x > bar.x).reduce((least, one) => Math.min(least, one.x), WIDTH) -
    bar.x -
    6;
  return bars.flatMap((bar) => {
    const kin = bars.filter(({ kind }) => kind === bar.kind);
    const long = capital(kindInWords(bar.kind));
    const acronym = kindNamed(bar.kind)?.acronym;
    const short = acronym ? `${acronym}s` : long;
    const named = kin.find((one) => widthOf(long, 13) <= roomOf(one));
    const shortly = kin.find((one) => widthOf(short, 13) <= roomOf(one));
    const name = named === bar ? long : named === undefined && shortly === bar ? short : '';
    const count = `${bar.certain}${bar.possible > bar.certain ? `–${bar.possible}` : ''}`;
    const full = `${count} · ${bar.at.slice(0, 4)}`;
    const under = [full, count].find((text) => widthOf(text, 12) <= roomOf(bar)) ?? '';
    return [
      ...(name === '' ? [] : [label(bar.x, bar.top - 18, name, 'strong halo')]),
      ...(under === '' ? [] : [label(bar.x, bar.top - 4, under, 'quiet halo')]),
    ];
  });
}

/** Years along the foot, every five, and a line up from each. */
function years({ x, first, last, height }: Layout): string[] {
  const parts: string[] = [];
  for (let year = 1900; year <= 2200; year += 5) {
    const day = firstDayOf(String(year)) ?? 0;
    if (day < first || day > last) continue;
    parts.push(el('path', { class: 'grid', d: `M${rounded(x(day))} 20V${rounded(height)}` }));
    parts.push(label(x(day), 14, String(year), 'small quiet', 'middle'));
  }
  return parts;
}

const HATCHED = new Set(['merged', 'divided']);

/** A ribbon in the manner of its class, with what it says when it says anything: hatched where colour alone would tell. */
export function ribbonOf(prefix: string, manner: string, d: string, said?: string): string {
  const look = HATCHED.has(manner)
    ? { class: 'ribbon', fill: `url(#${prefix}-${manner})`, d }
    : { class: `ribbon ${manner}`, d };
  return el('path', look, ...(said === undefined ? [] : [el('title', {}, escaped(said))]));
}

/** Patterns of the ribbons that are not plain: hatching up for merged, down for divided. */
export function hatchings(prefix: string): string {
  const pattern = (name: string, d: string) =>
    el(
      'pattern',
      { id: `${prefix}-${name}`, width: 8, height: 8, patternUnits: 'userSpaceOnUse' },
      el('rect', { class: name, width: 8, height: 8 }),
      el('path', { class: 'hatch', d }),
    );
  return el('defs', {}, pattern('merged', 'M-1 9L9 -1'), pattern('divided', 'M-1 -1L9 9'));
}

/** The key to the manners of passing on. */
export function mannerKey(prefix: string, y: number, manners: ReadonlySet<string>, left = LEFT): string[] {
  const words: readonly (readonly [string, string])[] = [
    ['went-on', 'went on, or one for another'],
    ['merged', 'merged'],
    ['divided', 'divided'],
  ];
  let x = left;
  return words
    .filter(([name]) => manners.has(name))
    .flatMap(([name, text]) => {
      const at = x;
      x += 34 + widthOf(text, 12) + 18;
      const box = { x: at, y: y - 11, width: 24, height: 14 };
      return [
        el(
          'rect',
          HATCHED.has(name)
            ? { class: 'ribbon', fill: `url(#${prefix}-${name})`, ...box }
            : { class: `ribbon ${name}`, ...box },
        ),
        label(at + 32, y, text, 'quiet'),
      ];
    });
}

/**
 * The lineage of England, to scale in time: a bar for each generation of a kind as tall as its number, ribbons for how one
 * passed into the next. Gives a whole `<svg>`.
 */
export function englandPicture(generations: Generations, drawing: Drawing = {}): string {
  const { generations: all, passages, notes } = generations;
  return pictureOf(generations, WHOLE, drawing, {
    title: `The lineage of England’s health bodies, ${all[0]?.at.slice(0, 4) ?? ''} to ${all.at(-1)?.at.slice(0, 4) ?? ''}`,
    description: [
      'Bars are as tall as there were bodies, ribbons show how they passed on.',
      ...all.map(({ kind, at, certain }) => `${inWords(at)}: ${kindCounted(certain, kind)}.`),
      ...passages.filter(({ manner }) => manner !== 'went on').map((one) => `${sentence(one)}.`),
      ...notes,
    ],
  });
}

/** Kinds of the strip: who commissioned care, and who stood over them. */
const STRIP_LANES = LANES.slice(0, 2);
const STRIP_KINDS = new Set(STRIP_LANES.flatMap(([, kinds]) => kinds));

/**
 * The lineage as a strip below a day, on the scale of the timeline's strip above it: the cursor on the day, and what
 * passed on that day in the colour of what changed. Days are ISO. Gives a whole `<svg>`.
 */
export function englandStrip(
  generations: Generations,
  { cursor, from, to, ...drawing }: Drawing & { readonly cursor: string; readonly from: string; readonly to: string },
): string {
  const shown = generationsOfStrip(generations);
  const changed = generations.passages.filter(
    (one) => one.to.at === cursor && one.manner !== 'went on' && STRIP_KINDS.has(one.to.kind),
  );
  const manner: Manner = {
    left: STRIP_LEFT,
    right: STRIP_RIGHT,
    scale: 0.25,
    lanes: STRIP_LANES,
    strip: true,
    first: firstDayOf(from),
    last: firstDayOf(to),
    cursor,
  };
  return pictureOf({ ...generations, generations: shown }, manner, drawing, {
    title: `How those who commissioned care, and those over them, passed into one another, with ${inWords(cursor)}`,
    description: [
      'Bars are as tall as there were bodies, ribbons show how they passed on.',
      ...shown.map(({ kind, at, certain }) => `${inWords(at)}: ${kindCounted(certain, kind)}.`),
      ...changed.map((one) => `On the day: ${sentence(one)}.`),
    ],
  });
}

/** The generations that the strip has, in order of time. */
export function generationsOfStrip({ generations }: Generations): readonly Generation[] {
  return generations.filter(({ kind }) => STRIP_KINDS.has(kind));
}

function pictureOf(
  generations: Generations,
  manner: Manner,
  drawing: Drawing,
  { title, description }: { readonly title: string; readonly description: readonly string[] },
): string {
  const prefix = drawing.prefix ?? 'england';
  const layout = layoutOf(generations, manner);
  const { bars, lanes } = layout;
  const drawn = generations.passages.filter(({ from, to }) =>
    [from, to].every((end) => bars.some((bar) => key(bar) === key(end))),
  );
  const manners = new Set(drawn.map(({ manner: how }) => (how === 'replaced' ? 'went-on' : CLASS_OF[how])));
  return svgOf(
    {
      name: 'england',
      title,
      description: description.join(' '),
      width: WIDTH,
      height: layout.height + 30,
      parts: [
        hatchings(prefix),
        ...(bars.length > 0 ? years(layout) : []),
        ...lanes.map(({ title: lane, top }) =>
          manner.strip ? label(8, top + LABEL + 10, lane, 'strong') : label(LEFT, top + 12, lane, 'small quiet halo'),
        ),
        ...endings(generations, layout),
        ...ribbonsOf(generations, bars, prefix, manner.cursor),
        ...bars.map((bar) =>
          linked(
            drawing,
            `at/${bar.at}`,
            `${kindCounted(bar.certain, bar.kind)} on ${inWords(bar.at)}`,
            el('rect', { class: 'bar', x: bar.x, y: bar.top, width: BAR, height: bar.height }),
          ),
        ),
        ...cursorOf(layout, manner.cursor),
        ...labels(bars),
        ...mannerKey(prefix, layout.height + 14, manners, manner.left),
      ],
    },
    drawing,
    PICTURE_CSS,
  );
}

/** The line on the day of the cursor, where the scale has that day. */
function cursorOf({ x, first, last, height }: Layout, cursor: string | undefined): string[] {
  const day = cursor === undefined ? undefined : firstDayOf(cursor);
  if (day === undefined || day < first || day > last) return [];
  return [el('path', { class: 'cursor', d: `M${rounded(x(day))} 20V${rounded(height)}` })];
}

/** The same as rows: each passage of one generation into the next. */
export function englandTable(generations: Generations): PictureTable {
  return {
    caption: 'How the generations of England’s health bodies passed into one another',
    header: ['From', 'Since', 'Manner', 'Bodies before', 'Into', 'Since', 'Bodies after'],
    rows: generations.passages
      .toSorted((a, b) => (a.to.at < b.to.at ? -1 : a.to.at > b.to.at ? 1 : 0))
      .map(({ from, to, manner, before, after }) => [
        capital(kindInWords(from.kind)),
        inWords(from.at),
        manner,
        String(before),
        capital(kindInWords(to.kind)),
        inWords(to.at),
        String(after),
      ]),
  };
}

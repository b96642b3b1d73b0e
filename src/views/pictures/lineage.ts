import { sankey, sankeyRight } from 'd3-sankey';
import { area, curveBumpX } from 'd3-shape';
import type { BodyRef, Lineage, LineageLink } from '../../machine/index.ts';
import { KINDS, kindNamed } from '../../vocabulary/kinds.ts';
import { firstDayOf, inWords, yearOf } from './days.ts';
import { hatchings, mannerKey, ribbonOf } from './england.ts';
import { PICTURE_CSS } from './style.ts';
import { type Drawing, el, escaped, fitted, label, linked, type PictureTable, rounded, svgOf, wrapped } from './svg.ts';

/** A body of a lineage; of the bodies of a longer answer any that have a beginning and an end will do. */
export interface LineageBody extends BodyRef {
  readonly from: string | null;
  readonly until: string | null;
}

/** What a picture of lineage is drawn from: bodies, who followed whom, and the body asked about when it was one. */
export interface LineageModel {
  readonly title: string;
  readonly nodes: readonly LineageBody[];
  readonly links: readonly Pick<LineageLink, 'from' | 'to' | 'how' | 'date' | 'shares'>[];
  readonly asked?: string | undefined;
  readonly notes?: readonly string[] | undefined;
}

/** What is drawn of the lineage of one body. */
export function lineageModel({ of, nodes, links, notes }: Lineage): LineageModel {
  return { title: `The line of ${of.name}`, nodes, links, asked: of.id, notes };
}

/** More bodies than this are drawn by kind and year. */
const MANY = 200;
const WIDEST = 1120;
const BAR = 9;
const LEFT = 12;
const HEAD = 44;
const LINE = 14;

/** A body, or several of one kind that began in one year. */
interface Group {
  readonly id: string;
  readonly kind: string;
  readonly bodies: readonly LineageBody[];
}

/** One succession as drawn: how much of the first body went along it, 1 for all, undefined where no source says. */
interface Tie {
  readonly from: string;
  readonly to: string;
  readonly manner: 'went-on' | 'merged' | 'divided';
  readonly share: number | undefined;
  readonly said: string;
}

interface Node {
  readonly group: Group;
}

interface Edge {
  readonly source: string;
  readonly target: string;
  readonly value: number;
  readonly tie: Tie;
}

const MANNER: Readonly<Record<string, Tie['manner']>> = {
  merger: 'merged',
  absorption: 'merged',
  division: 'divided',
  transfer: 'divided',
};

function groupsOf({ nodes, asked }: LineageModel): Map<string, Group> {
  const groups = new Map<string, Group>();
  const of = new Map<string, Group>();
  for (const node of nodes) {
    const id = nodes.length <= MANY || node.id === asked ? node.id : `${node.kind} ${yearOf(node.from ?? '')}`;
    const group: Group = { id, kind: node.kind, bodies: [...(groups.get(id)?.bodies ?? []), node] };
    groups.set(id, group);
  }
  for (const group of groups.values()) for (const { id } of group.bodies) of.set(id, group);
  return of;
}

/** Successions between groups, one for each pair; what a source gives of several is added up. */
function tiesOf({ links, nodes }: LineageModel, groups: ReadonlyMap<string, Group>): Tie[] {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const ties = new Map<string, Tie>();
  for (const link of links) {
    const [from, to] = [groups.get(link.from)?.id, groups.get(link.to)?.id];
    if (from === undefined || to === undefined || from === to) continue;
    // One follower in each tier has the whole of a body, and several do not.
    const rivals = new Set(
      links.filter((one) => one.from === link.from && kinds.get(one.to) === kinds.get(link.to)).map((one) => one.to),
    );
    const given = link.shares.find(({ of }) => of === 'population') ?? link.shares[0];
    const share = given?.share ?? (rivals.size === 1 && link.how !== 'transfer' ? 1 : undefined);
    const known = ties.get(`${from} ${to}`);
    ties.set(`${from} ${to}`, {
      from,
      to,
      manner: known?.manner ?? MANNER[link.how] ?? 'went-on',
      share:
        known === undefined
          ? share
          : known.share === undefined || share === undefined
            ? undefined
            : known.share + share,
      said: `${link.how}, ${inWords(link.date)}${given ? `, ${percent(given.share)} of its ${given.of}` : ''}`,
    });
  }
  return [...ties.values()];
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

/** The ties without those that would lead round in a circle. */
function withoutCircles(ties: readonly Tie[]): Tie[] {
  const next = new Map<string, string[]>();
  const leads = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return (next.get(from) ?? []).some((one) => leads(one, to, seen));
  };
  return ties.filter(({ from, to }) => {
    if (leads(to, from)) return false;
    next.set(from, [...(next.get(from) ?? []), to]);
    return true;
  });
}

/** Thickness of every tie in bodies: each body that nothing precedes is one, and what goes on is divided by its shares. */
function edgesOf(groups: readonly Group[], ties: readonly Tie[]): Edge[] {
  const weights = new Map<string, number>();
  const weigh = (id: string): number => {
    const known = weights.get(id);
    if (known !== undefined) return known;
    const before = ties.filter(({ to }) => to === id);
    const own = groups.find((group) => group.id === id)?.bodies.length ?? 1;
    const sum = before.reduce((total, tie) => total + flowOf(tie), 0);
    const weight = before.length === 0 ? own : sum;
    weights.set(id, weight);
    return weight;
  };
  const flowOf = ({ from, share }: Tie): number => {
    const bodies = groups.find((group) => group.id === from)?.bodies.length ?? 1;
    return (share === undefined ? 0.1 : Math.max(0.005, share / bodies)) * weigh(from);
  };
  return ties.map((tie) => ({ source: tie.from, target: tie.to, value: flowOf(tie), tie }));
}

/** A name with the acronym of its kind in place of its words. */
function shortName({ name, kind }: BodyRef): string {
  const found = kindNamed(kind);
  if (!found?.acronym) return name;
  return name.replace(new RegExp(found.singular.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i'), found.acronym);
}

function nameOf(group: Group): string {
  const only = group.bodies[0];
  if (group.bodies.length === 1 && only) return shortName(only);
  return `${group.bodies.length} ${kindNamed(group.kind)?.plural ?? group.kind}`;
}

function yearsOf({ bodies }: Group): string {
  const from = bodies.map((body) => body.from ?? '').sort()[0] ?? '';
  const until = bodies.some((body) => body.until === null)
    ? null
    : (bodies
        .map((body) => body.until ?? '')
        .sort()
        .at(-1) ?? '');
  if (from === '') return '';
  return until === null ? `since ${yearOf(from)}` : `${yearOf(from)}–${yearOf(until)}`;
}

interface Laid {
  readonly parts: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly manners: ReadonlySet<string>;
  readonly unmeasured: boolean;
}

function laidOut(model: LineageModel, prefix: string, drawing: Drawing): Laid {
  const byBody = groupsOf(model);
  const groups = [...new Map([...byBody.values()].map((group) => [group.id, group])).values()].sort(byTime);
  const ties = withoutCircles(
    tiesOf(model, byBody).sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1)),
  );
  const edges = edgesOf(groups, ties);
  const depth = new Map<string, number>();
  const depthOf = (id: string): number => {
    const known = depth.get(id);
    if (known !== undefined) return known;
    const found = Math.max(-1, ...ties.filter(({ from }) => from === id).map(({ to }) => depthOf(to))) + 1;
    depth.set(id, found);
    return found;
  };
  const columns = Math.max(0, ...groups.map(({ id }) => depthOf(id))) + 1;
  const pitch = Math.min(230, (WIDEST - LEFT * 2) / columns);
  const width = Math.max(420, LEFT * 2 + pitch * columns);
  const lines = new Map(groups.map((group) => [group.id, labelLines(group, pitch - BAR - 12)]));
  const byColumn = new Map<number, Group[]>();
  for (const group of groups) {
    const column = depthOf(group.id);
    byColumn.set(column, [...(byColumn.get(column) ?? []), group]);
  }
  const deepest = Math.max(...[...lines.values()].map((text) => text.length + 1), 2);
  const padding = deepest * LINE + 6;
  const most = Math.max(1, ...[...byColumn.values()].map((column) => column.length));
  const height = Math.max(120, most * (padding + 10));
  const graph = sankey<Node, Edge>()
    .nodeId(({ group }) => group.id)
    .nodeAlign(sankeyRight)
    .nodeWidth(BAR)
    .nodePadding(padding)
    .extent([
      [LEFT, HEAD],
      [LEFT + pitch * (columns - 1) + BAR, HEAD + height - padding],
    ])
    .iterations(24);
  // Without any succession there is nothing to lay out: a list.
  const { nodes, links } =
    edges.length > 0
      ? graph({ nodes: groups.map((group) => ({ group })), links: edges.map((edge) => ({ ...edge })) })
      : { nodes: groups.map((group, n) => listed(group, HEAD + n * (padding + 10))), links: [] };
  const ribbon = area<{ readonly x: number; readonly y: number }>()
    .x(({ x }) => x)
    .curve(curveBumpX)
    .digits(1);
  const end = (part: number | Node | string): Node & { x0?: number; x1?: number } => part as never;
  const ribbons = links.flatMap((link) => {
    const [from, to] = [end(link.source as never), end(link.target as never)];
    const half = Math.max(0.75, (link.width ?? 0) / 2);
    const path = ribbon.y0(({ y }) => y - half).y1(({ y }) => y + half)([
      { x: from.x1 ?? 0, y: link.y0 ?? 0 },
      { x: to.x0 ?? 0, y: link.y1 ?? 0 },
    ]);
    if (path === null) return [];
    const said = `${nameOf(from.group)} to ${nameOf(to.group)}: ${link.tie.said}`;
    if (link.tie.share === undefined) {
      const middle = ribbon.y0(({ y }) => y).y1(({ y }) => y);
      const line = middle([
        { x: from.x1 ?? 0, y: link.y0 ?? 0 },
        { x: to.x0 ?? 0, y: link.y1 ?? 0 },
      ]);
      return [el('path', { class: 'unmeasured', d: (line ?? '').split('L')[0] }, el('title', {}, escaped(said)))];
    }
    return [ribbonOf(prefix, link.tie.manner, path, said)];
  });
  const bars = nodes.flatMap((node) => {
    const [x, top, bottom] = [node.x0 ?? 0, node.y0 ?? 0, node.y1 ?? 0];
    const text = lines.get(node.group.id) ?? [];
    const isAsked = node.group.id === model.asked;
    return [
      linked(
        drawing,
        node.group.id,
        `${nameOf(node.group)}, ${yearsOf(node.group)}`,
        el('rect', { class: isAsked ? 'bar-asked' : 'bar', x, y: top, width: BAR, height: Math.max(2, bottom - top) }),
        ...text.map((line, n) => label(x + BAR + 5, top + 10 + n * LINE, line, isAsked ? 'strong halo' : 'halo')),
        label(x + BAR + 5, top + 10 + text.length * LINE, yearsOf(node.group), 'small quiet halo'),
      ),
    ];
  });
  const heads = [...byColumn].map(([column, here]) => {
    const x = LEFT + pitch * (columns - 1 - column);
    const kinds = [...new Set(here.map(({ kind }) => kind))].sort((a, b) => rankOf(a) - rankOf(b));
    const texts = kinds.map((kind) => kindNamed(kind)?.plural ?? kind).join(', ');
    return wrapped(`${texts.charAt(0).toUpperCase()}${texts.slice(1)}`, 12, pitch - 10)
      .slice(0, 2)
      .map((line, n) => label(x, 14 + n * LINE, line, 'quiet'))
      .join('');
  });
  const lowest = Math.max(HEAD, ...nodes.map((node) => Math.max(node.y1 ?? 0, (node.y0 ?? 0) + deepest * LINE)));
  return {
    parts: [...heads, ...ribbons, ...bars],
    width,
    height: lowest + 8,
    manners: new Set(ties.filter(({ share }) => share !== undefined).map(({ manner }) => manner)),
    unmeasured: ties.some(({ share }) => share === undefined),
  };
}

function listed(group: Group, top: number) {
  return { group, x0: LEFT, x1: LEFT + BAR, y0: top, y1: top + 10 };
}

function rankOf(kind: string): number {
  return KINDS.findIndex(({ name }) => name === kind);
}

function byTime(a: Group, b: Group): number {
  const day = ({ bodies }: Group) => firstDayOf(bodies[0]?.from ?? '') ?? 0;
  return day(a) - day(b) || (a.id < b.id ? -1 : 1);
}

/** A name in at most three lines of a width. */
function labelLines(group: Group, width: number): string[] {
  const all = wrapped(nameOf(group), 12, width);
  const kept = all.length > 3 ? [...all.slice(0, 2), all.slice(2).join(' ')] : all;
  return kept.map((line) => fitted(line, 12, width));
}

/**
 * The lineage of a body: its forerunners to the left, what followed to the right, a column for each step. Ribbons are as
 * wide as what a source says went along them; dashed lines where none does. Gives a whole `<svg>`.
 */
export function lineagePicture(model: LineageModel, drawing: Drawing = {}): string {
  const prefix = drawing.prefix ?? 'lineage';
  const laid = laidOut(model, prefix, drawing);
  const key = laid.height + 18;
  const keyed = mannerKey(prefix, key, laid.manners);
  return svgOf(
    {
      name: 'lineage',
      title: model.title,
      description: [
        `${model.nodes.length} ${model.nodes.length === 1 ? 'body' : 'bodies'} and ${model.links.length} ${model.links.length === 1 ? 'succession' : 'successions'}, earliest to the left.`,
        'A ribbon is as wide as the share that went along it, where a source gives one; each body that nothing precedes counts the same.',
        ...(model.notes ?? []),
      ].join(' '),
      width: laid.width,
      height: key + (laid.unmeasured ? 26 : 8),
      parts: [
        hatchings(prefix),
        ...laid.parts,
        ...keyed,
        ...(laid.unmeasured
          ? [
              el('path', { class: 'unmeasured', d: `M${LEFT} ${rounded(key + 14)}h24` }),
              label(LEFT + 36, key + 18, 'the share is not known', 'quiet'),
            ]
          : []),
      ],
    },
    drawing,
    PICTURE_CSS,
  );
}

/** The same as rows: one a succession, in order of time. */
export function lineageTable({ title, nodes, links }: LineageModel): PictureTable {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return {
    caption: title,
    header: ['Date', 'From', 'How', 'To', 'Share'],
    rows: links
      .toSorted((a, b) => (firstDayOf(a.date) ?? 0) - (firstDayOf(b.date) ?? 0))
      .map(({ from, to, how, date, shares }) => [
        inWords(date),
        names.get(from) ?? from,
        how,
        names.get(to) ?? to,
        shares.map(({ share, of }) => `${percent(share)} of ${of}`).join('; ') || 'not known',
      ]),
  };
}

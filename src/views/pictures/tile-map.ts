import type { Place, Places } from '../../machine/index.ts';
import { parseIsoDay } from '../../time/day.ts';
import { dayInWords } from '../../time/words.ts';
import { kindNamed } from '../../vocabulary/kinds.ts';
import { PICTURE_CSS } from './style.ts';
import { type Drawing, el, escaped, label, linked, type PictureTable, svgOf, widthOf, wrapped } from './svg.ts';
import { TILES, type Tile } from './tiles.ts';

const SIZE = 58;
const GAP = 7;
const PITCH = SIZE + GAP;
const LEFT = 6;
const TOP = 6;
const WIDTH = LEFT * 2 + 8 * PITCH;
const LINE = 18;

/** A tile with what stands on it. */
interface Square extends Tile {
  readonly is: Place;
  /** Bodies whose own place it is. */
  readonly own: Place['bodies'];
  /** Bodies that reach into it from elsewhere, or whose own place no source tells. */
  readonly beside: Place['bodies'];
  readonly region: string | undefined;
  readonly step: 0 | 1 | 2 | 3;
  /** True when the record does not know who commissioned here. */
  readonly unknown: boolean;
  /** True when the place itself was divided between bodies. */
  readonly divided: boolean;
  /** The one body that it shares with other tiles, since they were merged. */
  readonly block: string | undefined;
  /** True for the first tile of a block, on which its number stands. */
  readonly first: boolean;
  readonly expected: boolean;
}

function squaresOf(places: Places): Square[] {
  const byId = new Map(places.places.map((place) => [place.place, place]));
  const blind = places.kind === null || places.coverage.completeness === 'none';
  // Regions of the day where the record has them for every place; else those of the day of the places.
  const current = places.places.every(({ region }) => region !== null);
  const seen = new Set<string>();
  return TILES.flatMap((tile): Square[] => {
    const is = byId.get(tile.place);
    if (!is) return [];
    const own = is.bodies.filter(({ line }) => line === 'whole' || line === 'main');
    const beside = is.bodies.filter(({ line }) => line === 'part' || line === 'shared');
    const later = places.at > places.placesOf;
    const only = own.length === 1 ? own[0]?.id : undefined;
    const shared = places.places.filter(({ bodies }) =>
      bodies.some(({ id, line }) => id === only && (line === 'whole' || line === 'main')),
    ).length;
    const block = only !== undefined && shared > 1 ? only : undefined;
    const first = block === undefined || !seen.has(block);
    if (block !== undefined) seen.add(block);
    const unknown = is.bodies.length === 0 && (blind || places.unplaced.length > 0);
    return [
      {
        ...tile,
        is,
        own,
        beside,
        region: (current ? is.region : is.regionOfPlace)?.id,
        step: own.length === 0 ? 0 : own.length < 4 ? 1 : own.length < 7 ? 2 : 3,
        unknown,
        divided: later && is.bodies.length > 1,
        block,
        first,
        expected: own.length > 0 && own.every(({ existence }) => existence === 'expected'),
      },
    ];
  });
}

const leftOf = ({ column }: Tile): number => LEFT + column * PITCH;
const topOf = ({ row }: Tile): number => TOP + row * PITCH;

/** How many, as a tile says it: `5`, `3–4` when only three are certain, `?` when the record does not know. */
function numberOf(square: Square): string {
  if (square.unknown) return '?';
  const possible = square.own.length;
  const certain = square.own.filter(({ existence }) => existence !== 'possible').length;
  const number = certain === possible ? `${possible}` : `${certain}–${possible}`;
  return square.expected ? `(${number})` : number;
}

function inWords(square: Square, places: Places): string {
  const said = square.unknown ? 'not known' : `${numberOf(square)} ${kindWord(places, square.own.length)}`;
  return `${square.is.name}: ${said}${square.beside.length > 0 ? `, ${square.beside.length} more beside` : ''}`;
}

function drawn(square: Square, places: Places, drawing: Drawing): string {
  const [x, y] = [leftOf(square), topOf(square)];
  const fill = square.unknown ? 'unknown' : `step-${square.step}${square.expected ? ' prospective' : ''}`;
  // A diagonal runs between the number and the letters.
  const [middle, numberAt] = square.divided ? [x + 5, y + 21] : [x + SIZE / 2, y + 29];
  const inside = [
    ...(square.first ? [el('tspan', { class: 'number' }, escaped(numberOf(square)))] : []),
    ...(square.beside.length > 0 ? [el('tspan', { dx: 2, class: 'small' }, `+${square.beside.length}`)] : []),
  ];
  const number =
    square.first && square.beside.length === 0
      ? el('text', { x: middle, y: numberAt, class: 'number' }, escaped(numberOf(square)))
      : el('text', { x: middle, y: numberAt }, ...inside);
  const letters = square.divided
    ? label(x + SIZE - 4, y + SIZE - 6, square.letters, 'small end')
    : label(middle, y + 47, square.letters, 'small');
  const on = square.unknown || square.step === 0 ? '' : ` on-${square.step}`;
  return linked(
    drawing,
    square.place,
    inWords(square, places),
    el(
      'g',
      { class: `tile${square.divided ? ' cut' : ''}${on}`, 'data-place': square.place },
      el('title', {}, escaped(inWords(square, places))),
      el('rect', { class: fill, x, y, width: SIZE, height: SIZE, rx: 2 }),
      square.divided ? el('path', { class: 'diagonal', d: `M${x} ${y + SIZE}L${x + SIZE} ${y}` }) : '',
      square.first || square.beside.length > 0 ? number : '',
      letters,
    ),
  );
}

/** What fills the gap between tiles of one body: between neighbours a strip, at corners a bridge. */
function joins(squares: readonly Square[]): string[] {
  return squares.flatMap((a) =>
    squares.flatMap((b) => {
      if (a.block === undefined || a.block !== b.block) return [];
      const [across, down] = [b.column - a.column, b.row - a.row];
      const [x, y] = [leftOf(a), topOf(a)];
      const kind = `step-${a.step}`;
      if (across === 1 && down === 0) {
        return [el('rect', { class: kind, x: x + SIZE - 2, y, width: GAP + 4, height: SIZE })];
      }
      if (across === 0 && down === 1) {
        return [el('rect', { class: kind, x, y: y + SIZE - 2, width: SIZE, height: GAP + 4 })];
      }
      const between = squares.some(
        (c) =>
          c.block === a.block &&
          ((c.column === a.column && c.row === b.row) || (c.column === b.column && c.row === a.row)),
      );
      if (Math.abs(across) === 1 && down === 1 && !between) {
        const corner = across === 1 ? x + SIZE : x;
        const [from, to] = [y + SIZE, y + SIZE + GAP];
        const side = across * GAP;
        const thick = across * 8;
        return [
          el('path', {
            class: kind,
            d: `M${corner - thick} ${from - 1}L${corner} ${from - 8}L${corner + side + thick} ${to + 1}L${corner + side} ${to + 8}Z`,
          }),
        ];
      }
      return [];
    }),
  );
}

/** Heavy lines in the gaps between neighbours of different regions. */
function borders(squares: readonly Square[]): string[] {
  const at = new Map(squares.map((square) => [`${square.column} ${square.row}`, square]));
  const moves = squares.flatMap((square) => {
    const [x, y] = [leftOf(square) - GAP / 2, topOf(square) - GAP / 2];
    const right = at.get(`${square.column + 1} ${square.row}`);
    const below = at.get(`${square.column} ${square.row + 1}`);
    return [
      ...(right && right.region !== square.region ? [`M${x + PITCH} ${y}v${PITCH}`] : []),
      ...(below && below.region !== square.region ? [`M${x} ${y + PITCH}h${PITCH}`] : []),
    ];
  });
  return moves.length === 0 ? [] : [el('path', { class: 'border', d: moves.join('') })];
}

/** A group of places whose bodies shared their leaders, and its letter; in reading order. */
interface Cluster {
  readonly letter: string;
  readonly members: readonly Square[];
}

function clustersOf(places: Places, squares: readonly Square[]): Cluster[] {
  const groups = places.clusters
    .map(({ bodies, existence }) => ({
      existence,
      members: squares.filter(({ own }) => own.some(({ id }) => bodies.some((one) => one.id === id))),
    }))
    .filter(({ members }) => members.length > 1);
  const order = ({ members }: { readonly members: readonly Square[] }) =>
    members.map((member) => String(squares.indexOf(member)).padStart(2, '0')).join(' ');
  return groups
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(({ existence, members }, n) => ({
      letter: `${String.fromCharCode(97 + (n % 26))}${existence === 'certain' ? '' : '?'}`,
      members,
    }));
}

/** The letters of the groups that a tile is of. */
function lettersOf(clusters: readonly Cluster[], square: Square): string {
  return clusters
    .filter(({ members }) => members.includes(square))
    .map(({ letter }) => letter)
    .join(' ');
}

function kindWord(places: Places, many: number): string {
  const kind = places.kind === null ? undefined : kindNamed(places.kind);
  if (!kind) return many === 1 ? 'commissioner' : 'commissioners';
  return many === 1 ? kind.singular : kind.plural;
}

function dayOf(iso: string): string {
  const day = parseIsoDay(iso);
  return day === undefined ? iso : dayInWords(day);
}

function titleOf(places: Places): string {
  const word = kindWord(places, 2);
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} in England’s ${places.places.length} places on ${dayOf(places.at)}`;
}

function regionLine(places: Places, squares: readonly Square[]): string {
  const regions = new Set(squares.map(({ region }) => region)).size;
  return places.places.every(({ region }) => region !== null)
    ? `the ${regions} regions of the day`
    : `the ${regions} regions of ${dayOf(places.placesOf)}, to find one’s way`;
}

function description(places: Places, squares: readonly Square[]): string {
  const { bodies, unplaced } = places;
  const shared = sharedOf(places);
  return [
    `${bodies} ${kindWord(places, bodies)} on ${dayOf(places.at)}.`,
    `Each tile is the area of one integrated care board of ${dayOf(places.placesOf)}; its number says how many ${kindWord(places, 2)} had it as the place of their main line of succession.`,
    ...(shared > 0
      ? [`${shared} of several places, none of which had most of it, ${shared === 1 ? 'is' : 'are'} counted beside.`]
      : []),
    ...(unplaced.length > 0 ? [`${unplaced.length} in no place.`] : []),
    `Heavy lines divide ${regionLine(places, squares)}.`,
    ...places.notes,
  ].join(' ');
}

function sharedOf(places: Places): number {
  return new Set(
    places.places.flatMap(({ bodies }) => bodies.filter(({ line }) => line === 'shared').map(({ id }) => id)),
  ).size;
}

interface Entry {
  readonly sign: string;
  readonly text: string;
}

/** Draws a legend from rows of a sign, 24 wide, and a text; gives its parts and its height. */
function legend(entries: readonly Entry[], y: number): { readonly parts: string[]; readonly height: number } {
  const parts: string[] = [];
  let at = y;
  for (const { sign, text } of entries) {
    parts.push(el('g', { transform: `translate(${LEFT} ${at})` }, sign));
    for (const line of wrapped(text, 12, WIDTH - LEFT * 2 - 34)) {
      parts.push(label(LEFT + 32, at + 12, line, 'quiet'));
      at += LINE;
    }
  }
  return { parts, height: at - y };
}

function swatch(step: string): string {
  return el('rect', { class: step, x: 4, y: 1, width: 16, height: 14, rx: 2 });
}

function entriesOf(places: Places, squares: readonly Square[]): Entry[] {
  const entries: Entry[] = [];
  const known = squares.filter(({ unknown }) => !unknown);
  const steps = new Set(known.map(({ step }) => step));
  const word = kindWord(places, 2);
  const later = places.at > places.placesOf;
  for (const [step, text] of [
    [1, '1 to 3'],
    [2, '4 to 6'],
    [3, '7 or more'],
    [0, 'none'],
  ] as const) {
    if (steps.has(step))
      entries.push({
        sign: swatch(`step-${step}`),
        text: `${text} ${step === 0 ? 'whose main line leads here' : word}`,
      });
  }
  if (known.length < squares.length) {
    entries.push({
      sign: swatch('unknown'),
      text: `?  not known: the record holds no line to this place on ${dayOf(places.at)}`,
    });
  }
  if (squares.some(({ expected }) => expected)) {
    entries.push({
      sign: swatch('step-1 prospective'),
      text: '(1)  expected: after what the record covers, or not yet so',
    });
  }
  if (squares.some(({ beside }) => beside.length > 0)) {
    entries.push({
      sign: label(12, 12, '+n', 'small strong', 'middle'),
      text: later
        ? 'more boards that took a lesser part of the place'
        : 'more, of which only a lesser or an unknown part of the area came to this place',
    });
  }
  if (squares.some(({ divided }) => divided)) {
    entries.push({
      sign: swatch('step-1') + el('path', { class: 'diagonal', d: 'M4 15L20 1' }),
      text: 'divided between boards; the number counts the one with most of it',
    });
  }
  if (squares.some(({ block }) => block !== undefined)) {
    entries.push({
      sign: el('rect', { class: 'step-1', x: 0, y: 1, width: 24, height: 14, rx: 2 }),
      text: 'tiles without a gap: one board; its number stands on the first',
    });
  }
  entries.push({
    sign: el('path', { class: 'border', d: 'M4 8h16' }),
    text: `divides ${regionLine(places, squares)}`,
  });
  return entries;
}

/** The sign of a group: its letters in a ring, about a point. */
function ring(letters: string, x: number, y: number): string {
  const wide = Math.max(18, widthOf(letters, 11) + 10);
  return (
    el('rect', { class: 'sign', x: x - wide / 2, y: y - 9, width: wide, height: 18, rx: 9 }) +
    label(x, y + 4, letters, 'small strong', 'middle')
  );
}

/** The groups that share leaders, in columns under the legend. */
function clusterList(places: Places, clusters: readonly Cluster[], y: number) {
  if (clusters.length === 0) return { parts: [], height: 0 };
  const word = kindWord(places, 2);
  const texts = clusters.map(({ members }) => members.map(({ letters }) => letters).join(' · '));
  const widest = Math.max(...texts.map((text) => widthOf(text, 12))) + 42;
  const columns = Math.max(1, Math.min(3, Math.floor((WIDTH - LEFT * 2) / widest)));
  const rows = Math.ceil(clusters.length / columns);
  const parts = [
    label(LEFT, y + 14, `${word.charAt(0).toUpperCase()}${word.slice(1)} that share their leaders`, 'strong'),
  ];
  clusters.forEach(({ letter }, n) => {
    const x = LEFT + (Math.floor(n / rows) * (WIDTH - LEFT * 2)) / columns;
    const at = y + 36 + (n % rows) * 21;
    parts.push(ring(letter, x + 12, at - 4), label(x + 30, at, texts[n] ?? '', 'quiet'));
  });
  return { parts, height: 36 + rows * 21 };
}

/**
 * The map of a day: one tile for each of the 42 places, its shade and its number the bodies that commissioned care there.
 * Gives a whole `<svg>`.
 */
export function tileMap(places: Places, drawing: Drawing = {}): string {
  const squares = squaresOf(places);
  const clusters = clustersOf(places, squares);
  const tiles = squares.map((square) => drawn(square, places, drawing));
  const rings = squares.flatMap((square) => {
    const letters = lettersOf(clusters, square);
    return letters === '' ? [] : [ring(letters, leftOf(square) + SIZE - 5, topOf(square) + 6)];
  });
  const foot = TOP + 9 * PITCH + 4;
  const key = legend(entriesOf(places, squares), foot);
  const list = clusterList(places, clusters, foot + key.height + 4);
  return svgOf(
    {
      name: 'tiles',
      title: titleOf(places),
      description: description(places, squares),
      width: WIDTH,
      height: foot + key.height + list.height + 10,
      parts: [...joins(squares), ...tiles, ...borders(squares), ...rings, ...key.parts, ...list.parts],
    },
    drawing,
    PICTURE_CSS,
  );
}

const LINE_WORDS: Readonly<Record<Place['bodies'][number]['line'], string>> = {
  whole: '',
  main: ' (most of it)',
  part: ' (lesser part)',
  shared: ' (shared)',
};

/** The map as rows, one a place, from north to south; numbers as on the tiles. */
export function tileTable(places: Places): PictureTable {
  const squares = squaresOf(places);
  const clusters = clustersOf(places, squares);
  return {
    caption: titleOf(places),
    header: ['Place', 'Letters', 'Region', 'Number', 'Beside', 'Which', 'Shares leaders with'],
    rows: squares.map((square) => [
      square.is.name,
      square.letters,
      (square.is.region ?? square.is.regionOfPlace)?.name ?? '',
      numberOf(square),
      square.beside.length === 0 ? '' : `+${square.beside.length}`,
      square.is.bodies.map(({ name, line }) => `${name}${LINE_WORDS[line]}`).join('; '),
      clusters
        .filter(({ members }) => members.includes(square))
        .map(({ members }) =>
          members
            .filter((one) => one !== square)
            .map(({ is }) => is.name)
            .join('; '),
        )
        .join(' | '),
    ]),
  };
}

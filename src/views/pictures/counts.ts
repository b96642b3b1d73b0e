import type { CountSeries } from '../../machine/index.ts';
import { dayFromCivil } from '../../time/day.ts';
import { kindNamed } from '../../vocabulary/kinds.ts';
import { firstDayOf, inWords } from './days.ts';
import { PICTURE_CSS } from './style.ts';
import { type Drawing, el, label, type PictureTable, rounded, svgOf, wrapped } from './svg.ts';

const WIDTH = 720;
const LEFT = 52;
const RIGHT = 20;
const TALL = 150;
const GAP = 54;

function titleOf({ of, counts }: CountSeries): string {
  const kind = kindNamed(of);
  const name = kind?.plural ?? counts.at(-1)?.title ?? of;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Round numbers to rule a scale by, from 0 to at least the most there were. */
function rules(most: number): number[] {
  const rough = Math.max(1, most) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough) ?? rough);
  const found = [0];
  while ((found.at(-1) ?? 0) < most) found.push((found.at(-1) ?? 0) + step);
  return found;
}

/** One chart of a kind: a step line for what is certain, a band up to what is possible, nothing where nothing is covered. */
function chart(series: CountSeries, top: number, first: number, last: number, cursor: number | undefined): string[] {
  const x = (day: number) => LEFT + ((day - first) / Math.max(1, last - first)) * (WIDTH - LEFT - RIGHT);
  const most = Math.max(1, ...series.counts.map(({ possible }) => possible));
  const scale = rules(most);
  const highest = scale.at(-1) ?? most;
  const y = (count: number) => top + TALL - (count / highest) * TALL;
  const runs: { readonly from: number; readonly to: number; readonly certain: number; readonly possible: number }[][] =
    [];
  let open: (typeof runs)[number] | undefined;
  for (const [n, { at, certain, possible, covered }] of series.counts.entries()) {
    const from = firstDayOf(at) ?? first;
    const next = series.counts[n + 1]?.at;
    const to = Math.min(last, next === undefined ? last : (firstDayOf(next) ?? last));
    if (!covered) {
      open = undefined;
      continue;
    }
    if (!open) {
      open = [];
      runs.push(open);
    }
    open.push({ from, to, certain, possible });
  }
  const stepped = (run: (typeof runs)[number], count: (one: (typeof run)[number]) => number, begin: string) =>
    run
      .map(
        (one, n) => `${n === 0 ? begin : 'L'}${rounded(x(one.from))} ${rounded(y(count(one)))}H${rounded(x(one.to))}`,
      )
      .join('');
  const bands = runs
    .filter((run) => run.some(({ certain, possible }) => possible > certain))
    .map((run) => {
      const back = run
        .toReversed()
        .map((one) => `L${rounded(x(one.to))} ${rounded(y(one.certain))}H${rounded(x(one.from))}`)
        .join('');
      return el('path', { class: 'perhaps', d: `${stepped(run, ({ possible }) => possible, 'M')}${back}Z` });
    });
  const peak = series.counts.reduce((best, one) => (one.certain > best.certain ? one : best), { at: '', certain: 0 });
  const peakDay = firstDayOf(peak.at);
  const end = runs.at(-1)?.at(-1);
  return [
    label(LEFT, top - 14, titleOf(series), 'strong'),
    ...scale.flatMap((count) => [
      el('path', { class: count === 0 ? 'axis' : 'grid', d: `M${LEFT} ${rounded(y(count))}H${WIDTH - RIGHT}` }),
      label(LEFT - 6, y(count) + 4, String(count), 'small quiet', 'end'),
    ]),
    ...bands,
    ...runs.map((run) => el('path', { class: 'surely', d: stepped(run, ({ certain }) => certain, 'M') })),
    ...(peakDay === undefined || peak.certain === 0
      ? []
      : [
          label(Math.min(x(peakDay) + 4, WIDTH - RIGHT - 30), y(peak.certain) - 5, String(peak.certain), 'strong halo'),
        ]),
    ...(end && end.certain > 0 && end.certain !== peak.certain
      ? [label(x(end.to), y(end.certain) + 15, String(end.certain), 'strong halo', 'end')]
      : []),
    ...(cursor === undefined
      ? []
      : [el('path', { class: 'cursor', d: `M${rounded(x(cursor))} ${top - 4}V${rounded(top + TALL)}` })]),
    ...years(first, last).map((year) =>
      label(x(dayFromCivil(year, 1, 1)), top + TALL + 16, String(year), 'small quiet', 'middle'),
    ),
  ];
}

function years(first: number, last: number): number[] {
  const span = (last - first) / 365.25;
  const step = [1, 2, 5, 10, 20, 50].find((every) => span / every <= 10) ?? 100;
  const found: number[] = [];
  for (let year = Math.ceil((1970 + first / 365.2425) / step) * step; dayFromCivil(year, 1, 1) <= last; year += step) {
    if (dayFromCivil(year, 1, 1) >= first) found.push(year);
  }
  return found;
}

/** How many of each there were over time, a chart under a chart on one scale of time. Gives a whole `<svg>`. */
export function countsPicture(
  all: readonly CountSeries[],
  drawing: Drawing & { readonly cursor?: string | undefined } = {},
): string {
  const first = Math.min(...all.map(({ from }) => firstDayOf(from) ?? 0));
  const last = Math.max(...all.map(({ to }) => firstDayOf(to) ?? 0));
  const day = drawing.cursor === undefined ? undefined : firstDayOf(drawing.cursor);
  const cursor = day !== undefined && first <= day && day <= last ? day : undefined;
  const doubtful = all.some(({ counts }) => counts.some(({ certain, possible }) => possible > certain));
  const foot = 30 + all.length * (TALL + GAP);
  const notes = [
    'The line counts what is certain.',
    ...(doubtful ? ['The dashed band reaches up to what is possible.'] : []),
    'Where there is no line, the record does not know.',
  ];
  const lines = wrapped(notes.join(' '), 12, WIDTH - LEFT - RIGHT);
  return svgOf(
    {
      name: 'counts',
      title: `How many there were: ${all.map((one) => titleOf(one).toLowerCase()).join(', ')}`,
      description: [
        ...all.map((one) => {
          // A day on which the title alone changed says nothing of how many there were.
          const known = one.counts
            .filter(({ covered }) => covered)
            .filter(
              ({ certain, possible }, n, all) => certain !== all[n - 1]?.certain || possible !== all[n - 1]?.possible,
            );
          return `${titleOf(one)}: ${known
            .map(
              ({ at, certain, possible }) =>
                `${certain === possible ? certain : `${certain} to ${possible}`} from ${inWords(at)}`,
            )
            .slice(0, 40)
            .join(', ')}.`;
        }),
        ...notes,
      ].join(' '),
      width: WIDTH,
      height: foot + lines.length * 16 + 8,
      parts: [
        ...all.flatMap((series, n) => chart(series, 30 + n * (TALL + GAP), first, last, cursor)),
        ...lines.map((line, n) => label(LEFT, foot + 6 + n * 16, line, 'quiet')),
      ],
    },
    drawing,
    PICTURE_CSS,
  );
}

/** The same as rows: every day on which a number changed. */
export function countsTable(all: readonly CountSeries[]): PictureTable {
  return {
    caption: `How many there were: ${all.map((one) => titleOf(one).toLowerCase()).join(', ')}`,
    header: ['Of', 'From', 'Certain', 'Possible'],
    rows: all.flatMap((one) =>
      one.counts.map(({ at, certain, possible, covered }) => [
        titleOf(one),
        inWords(at),
        covered ? String(certain) : 'not covered',
        covered ? String(possible) : 'not covered',
      ]),
    ),
  };
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CountSeries, Generations, Place, Places } from '../../../src/machine/index.ts';
import {
  countsPicture,
  englandPicture,
  type LineageModel,
  lineagePicture,
  lineageTable,
  PICTURE_CSS,
  TILES,
  type TimelineModel,
  tileMap,
  tileTable,
  timelinePicture,
} from '../../../src/views/pictures/index.ts';
import { escaped, fitted, rounded, wrapped } from '../../../src/views/pictures/svg.ts';
import { all, readPicture, textsOf } from './xml.ts';

/** What breaks writers of XML that do not expect it. */
const text = fc.oneof(
  fc.constantFrom('<b>&amp;</b> ]]>', '"quoted" \'both\'', 'Ynys Môn – “dash”', '🏥', '\u0000\u0008\uFFFE', 'url(#x)'),
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
);
const day = fc.constantFrom(
  '1999-04-01',
  '2013-04-01',
  '2018-05',
  '2018',
  '[2017-09-01..2019-06-30]',
  '2022-07-01',
  '2026-04-01',
);
const kind = fc.constantFrom(
  'primary-care-trust',
  'clinical-commissioning-group',
  'integrated-care-board',
  'of-no-list',
);
const asked = { publishedBy: null, recordedBy: null, dates: 'legal', edition: 'an-edition' } as const;
const drawing = fc.record(
  { standalone: fc.boolean(), href: fc.constant((id: string) => (id.length % 2 ? `/x/${id}?a=1&b=2` : undefined)) },
  { requiredKeys: ['standalone'] },
);

const body = fc.record({
  id: fc.constantFrom('ccg/a', 'ccg/b', 'ccg/c', 'ccg/d', 'ccg/e'),
  name: text,
  kind,
  codes: fc.constant({}),
  existence: fc.constantFrom('certain' as const, 'possible' as const, 'expected' as const),
  line: fc.constantFrom('whole' as const, 'main' as const, 'part' as const, 'shared' as const),
});
const region = fc.option(
  fc.constantFrom('region/a', 'region/b').map((id) => ({ id, name: id, kind: 'nhs-region', codes: {} })),
);
const places: fc.Arbitrary<Places> = fc
  .tuple(
    fc.tuple(
      ...TILES.map(({ place }) =>
        fc.record({
          place: fc.constant(place),
          name: text,
          region,
          regionOfPlace: region,
          bodies: fc.array(body, { maxLength: 9 }),
        }),
      ),
    ),
    fc.constantFrom('2013-04-01', '2026-04-01'),
    fc.option(kind),
    fc.subarray(['ccg/a', 'ccg/b', 'ccg/c', 'ccg/d']),
    fc.nat({ max: 42 }),
  )
  .map(([list, at, kind, group, cut]) => ({
    at,
    ...asked,
    kind,
    placesOf: '2022-07-01',
    places: (list as Place[]).slice(cut),
    bodies: 5,
    unplaced: [],
    clusters: [{ bodies: group.map((id) => ({ id, name: id, kind: 'x', codes: {} })), existence: 'possible' }],
    coverage: { of: 'x', completeness: 'complete', from: null, to: null },
    notes: ['A note & more.'],
  }));

const lineage: fc.Arbitrary<LineageModel> = fc
  .tuple(
    text,
    fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 25 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(), day), { maxLength: 60 }),
  )
  .chain(([title, numbers, pairs]) =>
    fc.tuple(
      fc.constant(title),
      fc.constant(numbers),
      fc.constant(pairs),
      fc.array(fc.tuple(text, kind, day), { minLength: 5, maxLength: 5 }),
    ),
  )
  .map(([title, numbers, pairs, names]) => ({
    title,
    nodes: numbers.map((n) => {
      const [name, of, from] = names[n % 5] ?? ['x', 'x', '2013-04-01'];
      return { id: `b/${n}`, name, kind: of, codes: {}, from, until: n % 3 === 0 ? null : '2026-04-01' };
    }),
    links: pairs.flatMap(([a, b, date], n) => {
      const [from, to] = [numbers[a % Math.max(1, numbers.length)], numbers[b % Math.max(1, numbers.length)]];
      if (from === undefined || to === undefined) return [];
      return [
        {
          from: `b/${from}`,
          to: `b/${to}`,
          how: ['merger', 'division', 'transfer', 'replacement'][n % 4] ?? 'merger',
          date,
          shares: n % 2 === 0 ? [] : [{ share: (n % 10) / 10, of: 'population' }],
        },
      ];
    }),
  }));

const series: fc.Arbitrary<CountSeries> = fc
  .tuple(
    kind,
    fc.array(fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 20 }), fc.boolean()), { minLength: 1, maxLength: 12 }),
  )
  .map(([of, counts]) => ({
    ...asked,
    of,
    from: '2000-01-01',
    to: '2026-06-30',
    every: 'change',
    coverage: [],
    counts: counts.map(([certain, more, covered], n) => ({
      at: `${2000 + n}-04-01`,
      title: of,
      covered,
      certain,
      possible: certain + more,
    })),
  }));

const timeline: fc.Arbitrary<TimelineModel> = fc.record({
  title: text,
  from: fc.constantFrom('1990-01-01', '2013-04-01'),
  to: fc.constantFrom('2013-04-01', '2026-06-30'),
  cursor: fc.constantFrom(undefined, '1980-01-01', '2013-04-01', '2020-01-01'),
  spans: fc.array(
    fc.record({
      id: text,
      lane: fc.constantFrom('One', 'Two'),
      label: text,
      from: day,
      to: fc.option(day),
      openStart: fc.boolean(),
      now: fc.constantFrom(undefined, '7'),
    }),
    { maxLength: 12 },
  ),
  ticks: fc.array(fc.record({ id: text, lane: text, label: text, date: day, weight: fc.nat() }), { maxLength: 30 }),
});

describe('every picture of anything is well-formed, named and small', () => {
  test('maps', () => {
    fc.assert(
      fc.property(places, drawing, (model, how) => {
        const root = readPicture(tileMap(model, how));
        const rows = tileTable(model).rows;
        expect(rows.length).toBe(model.places.length);
        expect(all(root, 'g').filter((one) => one.hasAttribute('data-place')).length).toBe(rows.length);
        expect(all(root, 'a').length > 0).toBe(
          how.href !== undefined && model.places.some(({ place }) => place.length % 2),
        );
      }),
      { numRuns: 30 },
    );
  });

  test('lineages, whatever they lead round in', () => {
    fc.assert(
      fc.property(lineage, drawing, (model, how) => {
        readPicture(lineagePicture(model, how));
        expect(lineageTable(model).rows.length).toBe(model.links.length);
      }),
      { numRuns: 30 },
    );
  });

  test('counts and timelines', () => {
    fc.assert(
      fc.property(fc.array(series, { minLength: 1, maxLength: 3 }), timeline, drawing, (counts, model, how) => {
        readPicture(countsPicture(counts, how));
        readPicture(timelinePicture(model, how));
      }),
      { numRuns: 50 },
    );
  });

  test('nothing at all', () => {
    const none: Generations = { ...asked, generations: [], passages: [], ends: [], notes: [] };
    readPicture(englandPicture(none));
    readPicture(lineagePicture({ title: 'None', nodes: [], links: [] }));
    readPicture(countsPicture([]));
  });
});

describe('more than two hundred bodies', () => {
  const many = (count: number): LineageModel => ({
    title: 'Many',
    asked: 'b/0',
    nodes: Array.from({ length: count }, (_, n) => ({
      id: `b/${n}`,
      name: `Body ${n}`,
      kind: 'clinical-commissioning-group',
      codes: {},
      from: n === 0 ? '2022-07-01' : '2013-04-01',
      until: '2022-07-01',
    })),
    links: Array.from({ length: count - 1 }, (_, n) => ({
      from: `b/${n + 1}`,
      to: 'b/0',
      how: 'merger',
      date: '2022-07-01',
      shares: [],
    })),
  });

  test('are drawn by kind and year, the one asked for by itself', () => {
    const bars = (model: LineageModel) =>
      all(readPicture(lineagePicture(model)), 'rect').filter((one) => /^bar/.test(one.getAttribute('class') ?? ''))
        .length;
    expect(bars(many(200))).toBe(200);
    expect(bars(many(201))).toBe(2);
    expect(lineagePicture(many(201))).toContain('200 clinical');
  });
});

describe('several pictures in one page', () => {
  test('bear no id twice when each has its prefix', () => {
    const model: LineageModel = { title: 'One', nodes: [], links: [] };
    const page = `<svg>${lineagePicture(model, { prefix: 'a' })}${lineagePicture(model, { prefix: 'b' })}</svg>`;
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[ab]-/.test(id ?? ''))).toBe(true);
  });

  test('bring no style of their own; a file of its own brings all of it', () => {
    const model: LineageModel = { title: 'One', nodes: [], links: [] };
    expect(lineagePicture(model)).not.toContain('<style');
    const style = all(readPicture(lineagePicture(model, { standalone: true })), 'style')[0];
    expect(style?.textContent).toBe(PICTURE_CSS);
  });
});

describe('writing', () => {
  test('numbers have two decimals at most, and no minus zero', () => {
    expect([1, 0.1 + 0.2, -0.001, 1 / 3, 12.345].map(rounded)).toEqual(['1', '0.3', '0', '0.33', '12.35']);
  });

  test('text is cut to its room, and broken between words', () => {
    expect(fitted('Hampshire', 12, 1000)).toBe('Hampshire');
    expect(fitted('Hampshire and Isle of Wight', 12, 80)).toMatch(/^Hampshire ?\w*…$/);
    expect(wrapped('one two three', 12, 40).join(' ')).toBe('one two three');
    expect(wrapped('one two three', 12, 40).length).toBeGreaterThan(1);
  });

  test('what XML cannot hold is replaced, not written', () => {
    expect(escaped('a\u0000b\uD800c<d>')).toBe('a\uFFFDb\uFFFDc&lt;d&gt;');
  });
});

describe('the style', () => {
  test('has a rule for every class that a picture uses', () => {
    const model: LineageModel = {
      title: 'One',
      nodes: [
        { id: 'a', name: 'A', kind: 'x', codes: {}, from: '2013', until: '2014' },
        { id: 'b', name: 'B', kind: 'x', codes: {}, from: '2014', until: null },
      ],
      links: [{ from: 'a', to: 'b', how: 'transfer', date: '2014', shares: [] }],
      asked: 'a',
    };
    const pictures = [lineagePicture(model), ...fc.sample(places, { numRuns: 20, seed: 1 }).map((one) => tileMap(one))];
    const used = new Set(
      pictures.flatMap((svg) => [...svg.matchAll(/ class="([^"]+)"/g)].flatMap(([, names = '']) => names.split(' '))),
    );
    const ruled = [...used].filter(
      (name) => PICTURE_CSS.includes(`.${name} `) || PICTURE_CSS.includes(`.${name}:`) || name.startsWith('picture-'),
    );
    expect([...used].filter((name) => !ruled.includes(name))).toEqual([]);
  });

  test('has no text smaller than eleven pixels', () => {
    const sizes = [...PICTURE_CSS.matchAll(/font-size: (\d+)px/g)].map(([, size]) => Number(size));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
    expect(
      textsOf(readPicture(lineagePicture({ title: 'One', nodes: [], links: [] }, { standalone: true })), 'heading'),
    ).toEqual(['One']);
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { type Machine, openRecord } from '../../../src/machine/index.ts';
import {
  countsPicture,
  countsTable,
  englandPicture,
  englandStrip,
  englandTable,
  lineageModel,
  lineagePicture,
  lineageTable,
  TILES,
  TIMELINE_KINDS,
  tileMap,
  tileTable,
  timelineModel,
  timelinePicture,
  timelineStrip,
  timelineTable,
} from '../../../src/views/pictures/index.ts';
import { all, readPicture, textsOf } from './xml.ts';

/** The record as it was first locked, so that what it learns later changes no picture here. */
const lens = { recordedBy: '2026-11-21' };
const standalone = { standalone: true };

let record: Machine;
beforeAll(async () => {
  record = await openRecord();
});

const DAYS = ['2005-01-01', '2013-04-01', '2016-06-01', '2019-06-20', '2022-07-01', '2026-04-01'];

describe('the map of a day', () => {
  test.each(DAYS)('%s', async (day) => {
    const svg = tileMap(record.places(day, lens), standalone);
    readPicture(svg);
    await expect(svg).toMatchFileSnapshot(`golden/tiles-${day}.svg`);
  });

  test.each(DAYS)('on %s counts every body that the machine counts, once', (day) => {
    const places = record.places(day, lens);
    const { certain, possible } = record.count(places.kind ?? '', { at: day, ...lens });
    expect(certain).toBe(possible);
    const numbers = textsOf(readPicture(tileMap(places)), 'number').map(Number);
    const sharedOnly = new Set(
      places.places.flatMap(({ bodies }) => bodies.filter(({ line }) => line === 'shared').map(({ id }) => id)),
    );
    expect(numbers.reduce((sum, one) => sum + one, 0) + sharedOnly.size + places.unplaced.length).toBe(certain);
  });

  test.each(DAYS)('on %s says the same as its table', (day) => {
    const places = record.places(day, lens);
    const root = readPicture(tileMap(places));
    const rows = tileTable(places).rows;
    expect(rows.length).toBe(42);
    const tiles = all(root, 'g').filter((one) => one.hasAttribute('data-place'));
    for (const [n, tile] of tiles.entries()) {
      const [name = '', letters, , number, beside = ''] = rows[n] ?? [];
      const texts = all(tile, 'text').map((one) => one.textContent ?? '');
      expect(all(tile, 'title')[0]?.textContent).toContain(`${name}:`);
      expect(texts.at(-1)).toBe(letters);
      // The number of boards that were merged stands on the first of their tiles.
      if (texts.length > 1) expect([`${number}${beside}`, beside]).toContain(texts[0]);
    }
  });

  test('England in April 2013: 211 groups, and Gloucestershire had one', () => {
    const rows = tileTable(record.places('2013-04-01', lens)).rows;
    const own = rows.map(([, , , number]) => Number(number));
    expect(own.reduce((sum, one) => sum + one, 0)).toBe(211);
    expect(rows.find(([name]) => name === 'Gloucestershire')).toEqual([
      'Gloucestershire',
      'GLOS',
      'South of England',
      '1',
      '',
      'NHS Gloucestershire CCG',
      '',
    ]);
  });

  test('the day before the mergers of 2026 has 42 numbers, the day itself 36', () => {
    const numbers = (day: string) => textsOf(readPicture(tileMap(record.places(day, lens))), 'number');
    expect(numbers('2026-03-31')).toEqual(Array(42).fill('1'));
    expect(numbers('2026-04-01')).toEqual(Array(36).fill('1'));
    expect(numbers('2026-04-02')).toEqual(Array(36).fill('1'));
  });

  test('the three places divided in 2026 bear a diagonal, and only from that day', () => {
    const divided = (day: string) =>
      all(readPicture(tileMap(record.places(day, lens))), 'g')
        .filter((one) => one.hasAttribute('data-place') && textsOf(one, 'diagonal').length > 0)
        .map((one) => one.getAttribute('data-place'))
        .sort();
    expect(divided('2026-03-31')).toEqual([]);
    expect(divided('2026-04-01')).toEqual([
      'icb/frimley',
      'icb/hertfordshire-and-west-essex',
      'icb/suffolk-and-north-east-essex',
    ]);
  });

  test('boards that share leaders bear a letter; one of two groups bears two', () => {
    const rows = tileTable(record.places('2025-12-01', lens)).rows;
    const shares = (name: string) => rows.find((row) => row[0] === name)?.[6];
    expect(shares('Devon')).toBe('Cornwall and the Isles of Scilly');
    expect(shares('Frimley')).toBe('Buckinghamshire, Oxfordshire and Berkshire West | Surrey Heartlands; Sussex');
    expect(shares('North East London')).toBe('');
    const svg = tileMap(record.places('2025-09-15', lens));
    expect(textsOf(readPicture(svg), 'strong')).toContain('a?');
  });

  test('before the record can say where, no tile has a number', () => {
    const places = record.places('1998-01-01', lens);
    expect(places.unplaced.length).toBe(100);
    expect(new Set(textsOf(readPicture(tileMap(places)), 'number'))).toEqual(new Set(['?']));
  });

  test('after what the record covers, every number is in brackets', () => {
    expect(new Set(textsOf(readPicture(tileMap(record.places('2027-06-01', lens))), 'number'))).toEqual(
      new Set(['(1)']),
    );
  });

  test('every tile is one of the 42 boards of 1 July 2022, once, and no two stand on one spot', () => {
    const boards = record.at('2022-07-01', { kind: 'ICB', ...lens }).bodies.map(({ id }) => id);
    expect(TILES.map(({ place }) => place).sort()).toEqual(boards.sort());
    expect(new Set(TILES.map(({ column, row }) => `${column} ${row}`)).size).toBe(42);
    expect(new Set(TILES.map(({ letters }) => letters)).size).toBe(42);
    for (const { column, row } of TILES) {
      expect(column).toBeLessThan(8);
      expect(row).toBeLessThan(9);
    }
  });

  test('the tiles of each region of 2022 touch, at a side or a corner', () => {
    const regions = new Map(
      record.places('2022-07-01', lens).places.map(({ place, region }) => [place, region?.id ?? '']),
    );
    for (const region of new Set(regions.values())) {
      const tiles = TILES.filter(({ place }) => regions.get(place) === region);
      const reached = new Set(tiles.slice(0, 1));
      for (const tile of reached) {
        for (const other of tiles) {
          if (Math.abs(other.column - tile.column) < 2 && Math.abs(other.row - tile.row) < 2) reached.add(other);
        }
      }
      expect([region, reached.size]).toEqual([region, tiles.length]);
    }
  });
});

describe('the line of a body', () => {
  test('Frimley', async () => {
    const model = lineageModel(record.lineage('icb/frimley', lens));
    const svg = lineagePicture(model, standalone);
    const root = readPicture(svg);
    await expect(svg).toMatchFileSnapshot('golden/lineage-icb-frimley.svg');
    const bars = all(root, 'rect').filter((one) => /^bar/.test(one.getAttribute('class') ?? ''));
    expect(bars.length).toBe(model.nodes.length);
    const ribbons = all(root, 'path').filter((one) => /^(ribbon|unmeasured)/.test(one.getAttribute('class') ?? ''));
    expect(ribbons.length).toBe(model.links.length);
    expect(lineageTable(model).rows.length).toBe(model.links.length);
    expect(lineageTable(model).rows.at(-1)).toEqual([
      '1 April 2026',
      'NHS Frimley Integrated Care Board',
      'division',
      'NHS Thames Valley Integrated Care Board',
      '57.1 % of population; 56 % of area',
    ]);
  });
});

describe('the lineage of England', () => {
  test('as a picture and as rows', async () => {
    const generations = record.generations(lens);
    const svg = englandPicture(generations, standalone);
    const root = readPicture(svg);
    await expect(svg).toMatchFileSnapshot('golden/england.svg');
    // One trust is followed, not one trusts.
    expect(svg).toContain('1 primary care trust was followed by 1,');
    expect(svg).not.toMatch(
      /(?<![\d,])1 (?:[a-z-]+ )+?(?:trusts|groups|boards|teams|offices|authorities|systems|locations)\b/,
    );
    for (const { kind, at, certain } of generations.generations) {
      expect([kind, at, record.count(kind, { at, ...lens }).certain]).toEqual([kind, at, certain]);
    }
    expect(all(root, 'rect').filter((one) => one.getAttribute('class') === 'bar').length).toBe(
      generations.generations.length,
    );
    const { rows } = englandTable(generations);
    expect(rows.length).toBe(generations.passages.length);
    expect(rows).toContainEqual([
      'Clinical commissioning groups',
      '1 April 2021',
      'replaced',
      '106',
      'Integrated care boards',
      '1 July 2022',
      '42',
    ]);
  });
});

describe('time', () => {
  test('the timeline of England with the day of the cursor', async () => {
    const series = TIMELINE_KINDS.map((kind) => record.counts(kind, { ...lens, every: 'change' }));
    const known = new Set(record.timeline(lens).events.map(({ milestone }) => milestone));
    const milestones = record.milestones().filter(({ milestone }) => known.has(milestone));
    const model = timelineModel({ series, milestones, cursor: '2013-04-01' });
    const svg = timelinePicture(model, standalone);
    readPicture(svg);
    await expect(svg).toMatchFileSnapshot('golden/timeline.svg');
    const groups = timelineTable(model).rows.find(([name]) => name === 'Clinical commissioning groups');
    expect(groups).toEqual(['Clinical commissioning groups', 'Local', '1 April 2013', '1 July 2022', '211']);
    expect(svg).toContain('211 Clinical commissioning groups');
    const before = timelinePicture({ ...model, ...timelineModel({ series, milestones: [], cursor: '2013-03-31' }) });
    expect(before).toContain('151 Primary care trusts');
    expect(before).not.toContain('211 ');
  });

  test('counts: what is certain as a line, what is possible as a band', async () => {
    const all = ['PCT', 'ICS'].map((of) => record.counts(of, { ...lens, every: 'change' }));
    const svg = countsPicture(all, { ...standalone, cursor: '2020-05-15' });
    readPicture(svg);
    await expect(svg).toMatchFileSnapshot('golden/counts.svg');
    expect(countsTable(all).rows).toContainEqual(['Integrated care system', '1 May 2020', '14', '18']);
    expect(svg).toContain('class="perhaps"');
    expect(countsPicture(all.slice(0, 1))).not.toContain('class="perhaps"');
  });
});

describe('the strips below a day', () => {
  const strips = (cursor: string) => {
    const series = TIMELINE_KINDS.map((kind) => record.counts(kind, { ...lens, every: 'change' }));
    const time = timelineStrip({ series, days: record.days(lens).days, cursor });
    const { from, to } = time;
    return { time, line: englandStrip(record.generations(lens), { ...standalone, cursor, from, to }) };
  };
  const marks = (svg: string, name: string) =>
    all(readPicture(svg), 'path')
      .filter((one) => (one.getAttribute('class') ?? '').split(' ').includes(name))
      .map((one) => one.getAttribute('d') ?? '');

  test('1 April 2013: every day of change has its mark, and what passed on the day is told apart', async () => {
    const { time, line } = strips('2013-04-01');
    const svg = timelinePicture(time, standalone);
    await expect(svg).toMatchFileSnapshot('golden/strip-time.svg');
    await expect(line).toMatchFileSnapshot('golden/strip-line.svg');
    const { days } = record.days(lens);
    expect(time.from).toBe(days[0]?.at);
    expect(marks(svg, 'tick').join('').split('M').length - 1).toBe(days.length);
    expect(svg).toContain('>211 CCGs<');
    expect(marks(line, 'changed').length).toBe(1);
    expect(line).toContain('151 primary care trusts were followed by 211 clinical commissioning groups');
  });

  test('both mark a day at the same place', () => {
    for (const day of ['1988-01-01', '2002-04-01', '2019-06-30', '2026-11-21']) {
      const { time, line } = strips(day);
      const at = (d: string | undefined) => /^M([\d.]+)/.exec(d ?? '')?.[1];
      expect(at(marks(timelinePicture(time), 'cursor')[0])).toMatch(/^\d/);
      expect(at(marks(line, 'cursor')[0])).toBe(at(marks(timelinePicture(time), 'cursor')[0]));
    }
  });

  test('the day before and the day after nothing passed', () => {
    for (const day of ['2013-03-31', '2013-04-02']) expect(marks(strips(day).line, 'changed')).toEqual([]);
  });

  test('up to the last day that is covered a number is known, from the next it is expected', () => {
    const now = (day: string) => strips(day).time.spans.find(({ id }) => id === 'kind/integrated-care-board')?.now;
    expect([now('2022-06-30'), now('2022-07-01')]).toEqual([undefined, '42']);
    expect([now('2026-06-30'), now('2026-07-01'), now('2026-11-21')]).toEqual(['36', '(36)', '(36)']);
    const after = timelinePicture(strips('2026-11-21').time);
    expect(all(readPicture(after), 'rect').some((one) => one.getAttribute('class') === 'span-maybe')).toBe(true);
  });

  test('a day that lies far off is not drawn, and stretches nothing', () => {
    for (const day of ['1948-07-05', '2100-01-01']) {
      const { time, line } = strips(day);
      expect(time.to < '2027').toBe(true);
      expect(marks(timelinePicture(time), 'cursor')).toEqual([]);
      expect(marks(line, 'cursor')).toEqual([]);
    }
  });
});

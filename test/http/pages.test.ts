import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Ask } from '../../src/http/page.ts';
import { PAGES } from '../../src/http/pages/index.ts';
import { type Machine, openRecord } from '../../src/machine/index.ts';
import { parseIsoDay } from '../../src/time/day.ts';
import { established, given } from '../support/given.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await openRecord({ today: () => parseIsoDay('2026-11-21') as number });
});

interface Asking {
  readonly params?: Ask['params'];
  readonly query?: Ask['query'];
  readonly lens?: Ask['lens'];
  readonly selection?: Ask['selection'];
  readonly fixed?: boolean;
}

function asking(path: string, { params = {}, query = {}, lens = {}, selection = {}, fixed = false }: Asking): Ask {
  return {
    path,
    params,
    query,
    lens,
    selection,
    fixed,
    formats: [{ extension: '.json', title: 'JSON', href: `${path}.json` }],
    links: {
      to: (to, more = {}) => {
        const all = { publishedBy: lens.publishedBy ?? null, recordedBy: lens.recordedBy ?? null, ...more };
        const given = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
        return `${to}${given.length > 0 ? `?${new URLSearchParams(given)}` : ''}`;
      },
      asset: (file) => `/assets/${file}`,
    },
  };
}

async function shown(name: string, path: string, options: Asking = {}, of: Machine = machine): Promise<Document> {
  const page = PAGES[name];
  if (!page) throw new Error(`no page ${name}`);
  return new JSDOM(await page(of, asking(path, options))).window.document;
}

const texts = (root: ParentNode, selector: string) =>
  [...root.querySelectorAll(selector)].map((one) => (one.textContent ?? '').replaceAll(/\s+/g, ' ').trim());

describe('the page of a day', () => {
  test('the day is the heading, and what it counts is what the machine counts', async () => {
    const page = await shown('at', '/at/2013-04-01', { params: { date: '2013-04-01' } });
    expect(texts(page, 'h1')).toEqual(['The NHS in England on 1 April 2013']);
    expect(page.title).toBe('The NHS in England on 1 April 2013 – As It Stood');
    const rows = new Map(
      [...page.querySelectorAll('[aria-labelledby=counts] tbody tr')].map((row) => [
        row.querySelector('a')?.textContent ?? '',
        texts(row, 'td'),
      ]),
    );
    const count = (at: string, of: string) => String(machine.count(of, { at }).certain);
    expect(rows.get('Primary care trusts')).toEqual([count('2013-03-31', 'PCT'), count('2013-04-01', 'PCT'), '−151']);
    expect(rows.get('Clinical commissioning groups')).toEqual([
      count('2013-03-31', 'CCG'),
      count('2013-04-01', 'CCG'),
      '+211',
    ]);
  });

  test.each([
    ['2013-03-31', '2013-03-22', '2013-04-01'],
    ['2013-04-01', '2013-03-22', '2013-07-01'],
    ['2013-04-02', '2013-04-01', '2013-07-01'],
  ])('from %s one steps back to %s and on to %s', async (date, previous, next) => {
    const page = await shown('at', `/at/${date}`, { params: { date } });
    expect(page.querySelector('[data-move=prev]')?.getAttribute('href')).toBe(`/at/${previous}`);
    expect(page.querySelector('[data-move=next]')?.getAttribute('href')).toBe(`/at/${next}`);
  });

  test('narrowed to a kind it lists every body of it, with its code, since when, how sure and who says so', async () => {
    const page = await shown('at', '/at/2022-07-01', {
      params: { date: '2022-07-01' },
      query: { kind: 'integrated-care-board' },
      selection: { kind: 'integrated-care-board' },
    });
    const rows = [...page.querySelectorAll('#bodies-section tbody tr:not(.group)')];
    expect(rows.length).toBe(42);
    for (const row of rows) {
      const [ods, gss, , since, , sure, source] = texts(row, 'td');
      expect([ods, gss]).toEqual([expect.stringMatching(/^Q[A-Z0-9]{2}$/), expect.stringMatching(/^E54\d{6}$/)]);
      expect([since, sure]).toEqual(['1 July 2022', '● certain']);
      expect(source).not.toBe('');
    }
  });

  test('narrowed by a name it says how many of how many', async () => {
    const page = await shown('at', '/at/2022-07-01', { params: { date: '2022-07-01' }, query: { name: 'devon' } });
    expect(texts(page, '[data-filter-said]')[0]).toMatch(
      /^\d+ bodies of \d+ with “devon” in name or code on 1 July 2022\.$/,
    );
    expect(texts(page, '#bodies-section tbody tr:not(.group) th').every((name) => /devon/i.test(name))).toBe(true);
  });

  test('a day that is only the first of those that something may be of never claims it', async () => {
    const page = await shown('at', '/at/1988-01-01', { params: { date: '1988-01-01' } });
    expect(texts(page, '#changed ~ p')[0]).toMatch(
      /^Nothing is recorded for this very day; 1 event is dated no closer than to a time that begins with it\./,
    );
    const after = await shown('at', '/at/1988-01-02', { params: { date: '1988-01-02' } });
    expect(texts(after, '#changed ~ p')[0]).toMatch(/^Nothing is recorded for this day\./);
    expect(texts(page, '[data-stops] option')[0]).toMatch(/^1 January 1988: then or later, /);
    expect(texts(page, '#meanwhile ~ *').join(' ')).toContain('1988');
    const reforms = await shown('reforms', '/reforms', {});
    expect(texts(reforms, '.when')[0]).toBe('1988 to 2018');
  });

  test('what is not covered is said to be so, and no table stands in for it', async () => {
    const page = await shown('at', '/at/1985-01-01', { params: { date: '1985-01-01' } });
    expect(texts(page, '.callout')[0]).toMatch(/^Not covered\. The record begins on 1 April 1996/);
    expect(page.querySelector('#bodies-section')).toBeNull();
    expect(page.querySelector('main .picture-tiles')).toBeNull();
  });

  test('seen from another day it says so first of all, and its links keep the clock', async () => {
    const page = await shown('at', '/at/2022-04-01', {
      params: { date: '2022-04-01' },
      query: { publishedBy: '2021-11-01' },
      lens: { publishedBy: '2021-11-01' },
    });
    expect(texts(page, 'main > .banner')[0]).toMatch(/^◌ As seen from 1 November 2021\./);
    expect(page.body.className).toBe('clocks-on');
    const links = [...page.querySelectorAll('main a[href^="/"]')].map((one) => one.getAttribute('href') ?? '');
    const away = links.filter((href) => !href.includes('publishedBy=2021-11-01'));
    expect(new Set(away.map((href) => href.split('?')[0]))).toEqual(new Set(['/at/2022-04-01']));
    expect(texts(page, '.sure.expected').length).toBeGreaterThan(0);
  });

  test('as a file it has no form, and all the days of change are links', async () => {
    const page = await shown('at', '/at/2013-04-01', { params: { date: '2013-04-01' }, fixed: true });
    expect(page.querySelectorAll('form').length).toBe(0);
    expect(page.querySelectorAll('.stops a').length).toBe(machine.days().days.length);
  });
});

describe('hypothetical', () => {
  test('is said at the top and on every line', async () => {
    const event = 'health-and-care-act-2022/royal-assent';
    const page = await shown('without', `/without/${event}`, { params: { event } });
    expect(texts(page, '.banner.hypothetical').length).toBe(1);
    const lines = [
      ...page.querySelectorAll('[aria-labelledby=differences] tbody tr'),
      ...page.querySelectorAll('[aria-labelledby=fell] li'),
    ];
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) expect(line.textContent).toContain('hypothetical');
  });
});

describe('a reform', () => {
  const slug = 'pcts-and-shas-end-2013';

  test('opens on the day before, with its counts', async () => {
    const page = await shown('reform', `/reform/${slug}`, { params: { milestone: slug } });
    expect(texts(page, 'h1 .over')).toEqual(['Before: 31 March 2013']);
    expect(texts(page, 'main table tbody tr').some((row) => /^Primary care trusts ?151$/.test(row))).toBe(true);
  });

  test('asked to predict, it tells nothing of this step or of later ones but behind a lid', async () => {
    const page = await shown('reform', `/reform/${slug}/2`, {
      params: { milestone: slug, step: '2' },
      query: { predict: 'true' },
    });
    expect(texts(page, '.question details .sentence')).toEqual([
      '151 primary care trusts and 10 strategic health authorities were abolished.',
    ]);
    for (const lid of page.querySelectorAll('details')) lid.remove();
    expect(page.querySelector('main')?.textContent).not.toContain('abolished');
  });

  test.each(['3', '0x1', '-1', '99999'])('has no step %s, and says how many it has', async (step) => {
    await expect(shown('reform', `/reform/${slug}/${step}`, { params: { milestone: slug, step } })).rejects.toThrow(
      /has no step/,
    );
  });
});

describe('a lesson', () => {
  test('answers are what the record says', async () => {
    const page = await shown('lesson', '/lesson/why-eighteen', { params: { name: 'why-eighteen' } });
    expect(texts(page, '.answer').some((text) => text.startsWith(machine.why('ICS', '2020-06-01').answer))).toBe(true);
    const count = machine.count('ICS', { at: '2018-05-15' });
    expect(texts(page, '.answer')[0]).toMatch(new RegExp(`^${count.certain} to ${count.possible} on 15 May 2018`));
  });

  test('one that is not there names the nearest', async () => {
    await expect(shown('lesson', '/lesson/why-eightteen', { params: { name: 'why-eightteen' } })).rejects.toMatchObject(
      {
        message: 'no lesson is called why-eightteen',
        hint: expect.stringContaining('why-eighteen'),
      },
    );
  });
});

describe('every page', () => {
  const ASKED: readonly (readonly [name: string, path: string, asking?: Asking])[] = [
    ['home', '/'],
    ['at', '/at/2019-06-20', { params: { date: '2019-06-20' } }],
    ['at', '/at/2018', { params: { date: '2018' } }],
    ['compare', '/at/2013-03-31..2013-04-01', { params: { from: '2013-03-31', to: '2013-04-01' } }],
    ['correspondence', '/correspondence/2020-03-31..2020-04-01', { params: { from: '2020-03-31', to: '2020-04-01' } }],
    ['body', '/body/icb/frimley', { params: { id: 'icb/frimley' } }],
    ['body', '/body/act/2012-7', { params: { id: 'act/2012-7' } }],
    ['lineage', '/lineage'],
    ['api', '/api'],
    ['lineage', '/lineage/icb/devon', { params: { id: 'icb/devon' } }],
    ['reform', '/reform/nhs-switchover-2013/3', { params: { milestone: 'nhs-switchover-2013', step: '3' } }],
    ['reforms', '/reforms'],
    ['lessons', '/lessons'],
    ['lesson', '/lesson/the-mergers-of-2026', { params: { name: 'the-mergers-of-2026' } }],
    ['timeline', '/timeline'],
    ['count', '/count/PCT', { params: { kind: 'PCT' } }],
    ['find', '/find', { query: { q: 'Leeds' } }],
    ['sources', '/sources'],
    ['conflicts', '/conflicts'],
    ['record', '/record'],
    ['why', '/why/icb/devon', { params: { of: 'icb/devon' }, query: { at: '2023-01-01' } }],
    ['event', '/event/nhs-switchover-2013/act-in-force', { params: { id: 'nhs-switchover-2013/act-in-force' } }],
    ['kinds', '/kinds'],
    ['error', '/nowhere'],
  ];

  test.each(ASKED.map(([name, path, options = {}]) => [name, path, options] as const))(
    '%s %s: one heading, ids once, labels that lead somewhere, no script or style in it, cited',
    async (name, path, options) => {
      const page = await shown(name, path, options);
      expect(page.querySelectorAll('h1').length).toBe(1);
      const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id);
      expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
      for (const one of page.querySelectorAll('[aria-labelledby], [aria-describedby], label[for]')) {
        for (const attribute of ['aria-labelledby', 'aria-describedby', 'for']) {
          for (const id of (one.getAttribute(attribute) ?? '').split(' ').filter(Boolean)) expect(ids).toContain(id);
        }
      }
      for (const link of page.querySelectorAll('main a[href^="#"]')) {
        expect(ids).toContain((link.getAttribute('href') ?? '').slice(1));
      }
      expect(page.querySelectorAll('style, [style], script:not([src])').length).toBe(0);
      expect(
        [...page.querySelectorAll('*')].flatMap((one) => [...one.attributes]).filter((each) => /^on/i.test(each.name)),
      ).toEqual([]);
      expect(page.querySelector('.citation')?.textContent).toContain(machine.edition.slice(0, 12));
      expect(page.body.textContent).not.toMatch(/undefined|\[object|NaN/);
    },
  );
});

test('a citation is of the answer that was asked for, and of nothing that only shows it otherwise', async () => {
  const cited = async (...[name, path, options]: Parameters<typeof shown>) =>
    texts(await shown(name, path, options), '.citation .address')[0];
  const without = 'health-and-care-act-2022/royal-assent';
  expect(
    await cited('count', '/count/CCG', {
      params: { kind: 'CCG' },
      query: { at: '2022-07-01', without },
      lens: { without },
    }),
  ).toBe(`/count/CCG?${new URLSearchParams({ at: '2022-07-01', without })}`);
  expect(await cited('find', '/find', { query: { q: 'devon' } })).toBe('/find?q=devon');
  expect(
    await cited('reform', '/reform/ccg-mergers-2020/1', {
      params: { milestone: 'ccg-mergers-2020', step: '1' },
      query: { predict: 'true' },
    }),
  ).toBe('/reform/ccg-mergers-2020/1');
});

test.each([
  ['2022-06-30', 'complete'],
  ['2023-01-01', 'complete'],
  ['2026-06-30', 'complete'],
  ['2026-07-01', 'not covered on this day'],
])('the page of a board on %s says what is covered on that day: %s', async (at, coverage) => {
  const page = await shown('body', '/body/icb/devon', { params: { id: 'icb/devon' }, query: { at } });
  expect(texts(page, 'dd').find((text) => text.startsWith('Integrated care boards: '))).toContain(coverage);
});

test('what is in the record stays text, whatever it looks like', async () => {
  const hostile = '<img src=x onerror=alert(1)>"\'&amp;</script>';
  const story = await given([established('icb/devon', '2022-07-01', { name: hostile })]).open();
  const page = await shown('at', '/at/2022-07-01', { params: { date: '2022-07-01' }, query: { name: hostile } }, story);
  expect(page.querySelectorAll('img').length).toBe(0);
  expect(texts(page, '#bodies-section tbody th a')).toEqual([hostile]);
  expect(page.querySelector('#name')?.getAttribute('value')).toBe(hostile);
});

import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PROBLEMS } from '../../src/http/problem.ts';
import { door, findBrowser, violations } from './support.ts';

/** One address of every sort. */
const PAGES = [
  '/',
  '/at/2013-04-01',
  '/at/2018-06',
  '/at/1985-01-01',
  '/at/2022-04-01?publishedBy=2021-11-01',
  '/at/2022-07-01?kind=integrated-care-board&recordedBy=2026-11-21',
  '/at/2013-03-31..2013-04-01',
  '/correspondence/2020-03-31..2020-04-01?kind=CCG',
  '/body/icb/devon',
  '/body/ccg/darlington',
  '/body/act/2022-31',
  '/lineage',
  '/lineage/icb/frimley',
  '/reforms',
  '/reform/integrated-care-boards-2022',
  '/reform/integrated-care-boards-2022/2',
  '/reform/integrated-care-boards-2022/2?predict=true',
  '/reform/integrated-care-boards-2022?print=true',
  '/lessons',
  '/lesson/why-eighteen',
  '/lesson/why-eighteen?predict=true',
  '/timeline',
  '/timeline?about=icb/devon',
  '/count/clinical-commissioning-group',
  '/count/integrated-care-system?at=2020-05-15',
  '/find?q=Devon',
  '/find?q=xyzzy',
  '/sources',
  '/conflicts',
  '/record',
  '/why/integrated-care-system?at=2020-06-01',
  '/without/health-and-care-act-2022/royal-assent',
  '/event/health-and-care-act-2022/royal-assent',
  '/kinds',
  '/api',
  '/at/2013-04-01?without=health-and-social-care-act-2012/royal-assent',
];

const { open, address } = door();

describe('every sort of page', () => {
  test.each(PAGES)(
    '%s: axe finds nothing in either scheme, the console is silent, nothing is asked of others, 320 pixels are enough',
    async (path) => {
      const { page, context, complaints, elsewhere } = await open({ colorScheme: 'light' });
      const response = await page.goto(path);
      expect(response?.status()).toBe(200);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await violations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      const [wide, shown] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as number[];
      expect(wide).toBeLessThanOrEqual(shown ?? 0);
      expect(complaints).toEqual([]);
      expect(elsewhere).toEqual([]);
      await context.close();
    },
    120_000,
  );
});

test('an address that is not there says so, and is as accessible', async () => {
  const { page, context, elsewhere } = await open();
  const response = await page.goto('/body/icb/devn');
  expect(response?.status()).toBe(404);
  expect(await page.locator('h1').textContent()).not.toBe('');
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page)).toEqual([]);
  expect(elsewhere).toEqual([]);
  await context.close();
});

test('what a problem document names as its type is a line of the page of addresses, with what to do', async () => {
  const { page, context } = await open();
  const answer = await page.request.get('/body/icb/devn.json');
  const { type } = (await answer.json()) as { readonly type: string };
  await page.goto(type);
  const line = page.locator(':target');
  expect(await line.getByRole('rowheader').innerText()).toContain('not-found');
  expect(await line.getByRole('cell').last().innerText()).toMatch(/find the body by its name or code/);
  const anchors = await page.locator('#problems ~ section tr[id]').evaluateAll((rows) => rows.map((row) => row.id));
  expect(anchors.sort()).toEqual(Object.keys(PROBLEMS).sort());
  await context.close();
});

describe('the browser', () => {
  test('is the one named, when one is', () => {
    expect(findBrowser(process.execPath, [], () => false)).toBe(process.execPath);
    expect(() => findBrowser('/nowhere/chromium', [], () => false)).toThrow(/CHROMIUM_PATH names \/nowhere\/chromium/);
  });

  test('is installed where that can be done, and else the tests fail and say what to do', () => {
    let installed = 0;
    const paths = [process.execPath].filter(existsSync);
    expect(findBrowser(undefined, paths, () => false)).toBe(process.execPath);
    expect(() => findBrowser(undefined, ['/nowhere'], () => ++installed > 0)).toThrow(/apt-get install chromium/);
    expect(installed).toBe(1);
  });

  test('was given pages of our own', () => {
    expect(address()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { door, violations } from './support.ts';

const { open } = door();

const h1 = (page: Page) => page.locator('h1').innerText();

describe('a researcher', () => {
  test('asks what existed on a day, follows a dead body to what came of it, and takes the data away', async () => {
    const { page, context, complaints } = await open();
    await page.goto('/');
    await page.getByLabel('Date', { exact: true }).fill('30 June 2019');
    await page.getByRole('button', { name: 'Go' }).first().click();
    await page.waitForURL('**/at/2019-06-30');
    expect(await h1(page)).toContain('30 June 2019');

    await page.getByLabel('Kind', { exact: true }).selectOption('clinical-commissioning-group');
    await page.getByLabel('Name or code').fill('Darlington');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page
      .getByRole('link', { name: /Darlington CCG/ })
      .first()
      .click();
    expect(await h1(page)).toContain('Darlington');
    const after = page.getByRole('region', { name: 'Forerunners and successors' });
    await after
      .getByRole('row', { name: /Went to/ })
      .getByRole('link')
      .first()
      .click();
    expect(await h1(page)).toContain('Tees Valley');

    const json = await page.getByRole('link', { name: /JSON/ }).first().getAttribute('href');
    const answer = await page.request.get(json ?? '');
    expect(answer.status()).toBe(200);
    expect(((await answer.json()) as { readonly id: string }).id).toMatch(/^ccg\//);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is told beside the box what is wrong with a date, and loses nothing', async () => {
    const { page, context } = await open();
    await page.goto('/at/2013-04-01');
    const box = page.getByLabel('Date', { exact: true });
    await box.fill('31 February 2013');
    await page.getByRole('button', { name: 'Go' }).first().click();
    const said = page.locator('[data-bar] [role=alert]');
    await said.filter({ hasText: 'February' }).waitFor();
    expect(await box.getAttribute('aria-invalid')).toBe('true');
    expect(await box.inputValue()).toBe('31 February 2013');
    expect(await h1(page)).toContain('1 April 2013');
    await box.fill('1/7/2022');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/at/2022-07-01');
    expect(await box.inputValue()).toBe('1 July 2022');
    await context.close();
  });

  test('finds a body in the table while typing, and is told how many there are', async () => {
    const { page, context, complaints } = await open();
    await page.goto('/at/2013-04-01');
    const rows = page.locator('#bodies-section tbody tr:visible:not(.group)');
    const said = page.locator('#bodies-section [role=status]');
    expect(await page.getByRole('row', { name: /NHS Darlington CCG/ }).count()).toBe(0);
    await page.getByLabel('Name or code').pressSequentially('darling');
    await page.getByRole('row', { name: /NHS Darlington CCG/ }).waitFor();
    await said
      .filter({ hasText: /^\d+ (body|bodies) of 492 with “darling” in name or code on 1 April 2013\.$/ })
      .waitFor();
    expect(await rows.count()).toBe(Number.parseInt(await said.innerText(), 10));
    await page.waitForURL('**/at/2013-04-01?name=darling');
    const typed = await page.locator('#bodies-section table').innerText();
    await page.reload();
    expect(await page.locator('#bodies-section table').innerText()).toBe(typed);
    await page.getByLabel('Name or code').fill('no such body');
    await said.filter({ hasText: /^0 bodies/ }).waitFor();
    expect(await rows.count()).toBe(0);
    await page.getByLabel('Name or code').fill('');
    await said.filter({ hasText: /^492 bodies on/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('a student', () => {
  test('replays a reform step by step, predicts, and reveals', async () => {
    const { page, context, complaints } = await open();
    await page.goto('/reforms');
    await page.getByRole('link', { name: '42 integrated care boards and partnerships' }).click();
    expect(await h1(page)).toContain('Before: 30 June 2022');
    await page.getByRole('link', { name: 'Predict each step, then reveal it' }).click();
    await page.getByRole('link', { name: 'Begin ›' }).click();
    await page.getByRole('link', { name: 'Next step ›' }).click();
    const told = page.getByText('42 integrated care boards and 42 integrated care partnerships were established.');
    expect(await told.isVisible()).toBe(false);
    await page.getByText('Reveal', { exact: true }).click();
    expect(await told.isVisible()).toBe(true);
    const row = page.getByRole('row', { name: /Integrated care boards/ }).first();
    expect((await row.innerText()).split(/\s+/).slice(-3)).toEqual(['0', '42', '+42']);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('works through a lesson whose answers are not there until asked for', async () => {
    const { page, context } = await open();
    await page.goto('/lessons');
    await page.getByRole('link', { name: 'Why eighteen?' }).click();
    const answers = page.locator('.answer');
    expect(await answers.count()).toBeGreaterThan(4);
    for (const answer of await answers.all()) expect(await answer.isVisible()).toBe(false);
    // Printed, it is a sheet of questions with room to write; nothing is given away.
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    for (const answer of await answers.all()) expect(await answer.isVisible()).toBe(false);
    expect(await page.getByText('Reveal', { exact: true }).first().isVisible()).toBe(false);
    const room = await page.locator('.question').first().boundingBox();
    expect(room?.height).toBeGreaterThan(80);
    await page.emulateMedia({ media: 'screen' });
    await page.locator('.question summary').last().click();
    expect(await answers.last().innerText()).toMatch(/^18 on 1 June 2020/);
    await context.close();
  });

  test('sees what was expected, and cannot overlook that it is not today’s view', async () => {
    const { page, context } = await open();
    await page.goto('/at/2022-04-01?kind=ICB');
    await page.getByText('Look through other eyes').click();
    await page.getByLabel('As seen from').fill('1 November 2021');
    await page.getByRole('button', { name: 'Look', exact: true }).click();
    await page.waitForURL('**publishedBy=**');
    expect(await page.locator('.banner').innerText()).toContain('As seen from 1 November 2021');
    expect(await page.locator('.sure.expected').count()).toBeGreaterThan(40);
    await page.getByRole('link', { name: 'Back to what is known today' }).click();
    expect(await page.locator('.banner').count()).toBe(0);
    await context.close();
  });
});

describe('a historian', () => {
  test('finds a body by its old name, follows the line, and cites', async () => {
    const { page, context } = await open();
    await page.goto('/');
    await page.getByLabel('Find a body').fill('NHS Commissioning Board');
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await page.getByRole('link', { name: 'NHS England' }).first().click();
    expect(await h1(page)).toContain('NHS England');
    await page.goto('/lineage/icb/frimley');
    expect(await page.locator('main svg').count()).toBe(1);
    await page
      .getByRole('region', { name: 'Who followed whom' })
      .getByRole('link', { name: /Thames Valley/ })
      .first()
      .click();
    expect(await h1(page)).toContain('Thames Valley');
    expect(await page.locator('.citation').innerText()).toMatch(/Edition [0-9a-f]{12}/);
    await context.close();
  });
});

describe('with the keyboard alone', () => {
  test('the first Tab skips to the answer; arrows walk; / finds; ? tells the keys', async () => {
    const { page, context, complaints } = await open();
    await page.goto('/at/2013-04-01');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the answer');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL('**/at/2013-07-01');
    await page.locator('h1', { hasText: '1 July 2013' }).waitFor();
    expect(await page.title()).toContain('1 July 2013');
    await page.locator('#live', { hasText: '1 July 2013' }).waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL('**/at/2013-04-01');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('q');
    await page.keyboard.type('Devon/?');
    expect(await page.inputValue('#q')).toBe('Devon/?');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('QJK');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/find?*');
    expect(await page.locator('main').innerText()).toContain('Devon');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('the slider is a slider: its own keys move it, and it says where it is', async () => {
    const { page, context } = await open();
    await page.goto('/at/2013-04-01');
    const slider = page.getByRole('slider', { name: 'Day of change' });
    await slider.focus();
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^1 April 2013: .*, change \d+ of \d+$/);
    await page.keyboard.press('ArrowRight');
    await page.waitForURL('**/at/2013-07-01');
    await page.keyboard.press('End');
    await page.waitForURL('**/at/2026-07-01');
    await page.keyboard.press('Home');
    await page.waitForURL((url) => !url.pathname.includes('2026'));
    expect(await page.evaluate("document.querySelector('input[type=range]').valueAsNumber")).toBe(0);
    await context.close();
  });

  test('the single keys can be turned off, and stay off', async () => {
    const { page, context } = await open();
    await page.goto('/at/2013-04-01');
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.getByLabel('Use these keys').uncheck();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).not.toBe('q');
    await context.close();
  });
});

describe('moving', () => {
  test('back in the browser goes back in time', async () => {
    const { page, context } = await open();
    await page.goto('/at/2013-04-01');
    await page.locator('[data-move=next]').click();
    await page.waitForURL('**/at/2013-07-01');
    await page.locator('h1', { hasText: 'July' }).waitFor();
    await page.goBack();
    await page.waitForURL('**/at/2013-04-01');
    await page.locator('h1', { hasText: '1 April 2013' }).waitFor();
    await context.close();
  });

  test('the clocks stay on while one moves', async () => {
    const { page, context } = await open();
    await page.goto('/at/2022-04-01?publishedBy=2021-11-01');
    await page.locator('[data-move=prev]').click();
    await page.waitForURL((url) => !url.pathname.includes('2022-04-01'));
    expect(new URL(page.url()).searchParams.get('publishedBy')).toBe('2021-11-01');
    expect(await page.locator('.banner').innerText()).toContain('As seen from 1 November 2021');
    await context.close();
  });

  test('every form of a page looks on through the same eyes, with scripts or without', async () => {
    const eyes = { publishedBy: '2021-11-01', recordedBy: '2026-11-21', dates: 'operational' };
    const query = new URLSearchParams(eyes).toString();
    const { page, context } = await open({ javaScriptEnabled: false });
    for (const path of ['/at/2022-04-01', '/at/2021-03-31..2021-04-01', '/count/clinical-commissioning-group']) {
      await page.goto(`${path}?${query}`);
      for (const form of await page.locator('form').all()) {
        for (const [name, value] of Object.entries(eyes)) {
          const field = form.locator(`[name=${name}]`);
          expect(await field.count(), `${path} ${await form.innerText()} ${name}`).toBe(1);
          // A date in a box is written as people write it.
          if ((await field.getAttribute('type')) === 'hidden') expect(await field.inputValue()).toBe(value);
        }
      }
    }
    await context.close();
  });

  test('it plays when told to, and stops on any touch', async () => {
    const { page, context } = await open();
    await page.goto('/at/2013-04-01');
    await page.waitForTimeout(1500);
    expect(page.url()).toContain('2013-04-01');
    await page.getByLabel('Seconds a change').selectOption('1');
    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForURL((url) => !url.pathname.includes('2013-04-01'));
    await page.mouse.click(600, 600);
    expect(await page.getByRole('button', { name: 'Play' }).getAttribute('aria-pressed')).toBe('false');
    const at = page.url();
    await page.waitForTimeout(2500);
    expect(page.url()).toBe(at);
    await context.close();
  });

  test('what a swap shows is what a reload shows, and is as accessible', async () => {
    const { page, context } = await open();
    await page.goto('/at/2022-06-30');
    await page.locator('[data-move=next]').click();
    await page.locator('h1', { hasText: '1 July 2022' }).waitFor();
    const swapped = await page.locator('main').innerText();
    expect(await violations(page)).toEqual([]);
    await page.reload();
    expect(await page.locator('main').innerText()).toBe(swapped);
    await context.close();
  });
});

describe('with scripts off', () => {
  test('everything is a link or a form, and nothing is there that cannot be used', async () => {
    const { page, context } = await open({ javaScriptEnabled: false });
    await page.goto('/at/2013-04-01');
    expect(await page.getByRole('slider').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Play' }).count()).toBe(0);
    await page.getByRole('link', { name: /Next change: 1 July 2013/ }).click();
    expect(await h1(page)).toContain('1 July 2013');
    await page.getByText(/^All \d+ days of change/).click();
    await page.getByLabel('Jump to').selectOption('2022-07-01');
    await page.getByRole('button', { name: 'Go' }).last().click();
    expect(await h1(page)).toContain('1 July 2022');
    await page.locator('main svg a').first().click();
    expect(page.url()).toContain('/body/');
    await page.goto('/at/2013-04-01');
    await page.getByLabel('Date', { exact: true }).fill('31 February 2013');
    await page.getByRole('button', { name: 'Go' }).first().click();
    await page.locator('main .callout', { hasText: 'February' }).waitFor();
    await page.goto('/at/2013-04-01');
    await page.getByLabel('Name or code').fill('Darling');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForURL('**name=Darling**');
    await page.getByRole('row', { name: /NHS Darlington CCG/ }).waitFor();
    await page.goto('/at/2013-03-31..2013-04-01');
    await page.getByLabel('To', { exact: true }).fill('1 April 2014');
    await page.getByRole('button', { name: 'Compare' }).click();
    expect(await h1(page)).toContain('1 April 2014');
    await context.close();
  });
});

describe('on paper', () => {
  const afterOf = (page: Page, selector: string) =>
    page.evaluate(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => getComputedStyle(one, '::after').content)`,
    ) as Promise<string[]>;

  test.each(['/at/2013-04-01', '/at/2018-04-01', '/at/2022-07-01', '/at/2026-04-01'])(
    '%s is a handout of two pages, without what only a screen can use',
    async (path) => {
      const { page, context } = await open();
      await page.goto(path);
      const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(2);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('[data-bar]').isVisible()).toBe(false);
      expect(await page.locator('.citation').isVisible()).toBe(true);
      await context.close();
    },
  );

  test('the address of a source is spelled out, and of nothing else', async () => {
    const { page, context } = await open();
    await page.goto('/at/2022-07-01');
    for (const content of await afterOf(page, 'a')) expect(content).toBe('none');
    await page.emulateMedia({ media: 'print' });
    const spelled = await afterOf(page, '.cited a');
    expect(spelled.length).toBeGreaterThan(5);
    for (const content of spelled) expect(content).toMatch(/^" <https?:\/\/.+>"$/);
    for (const content of await afterOf(page, 'a:not(.cited a)')) expect(content).toBe('none');
    await context.close();
  });

  test('a lesson is a sheet with its answers, and with its sources', async () => {
    const { page, context } = await open();
    await page.goto('/lesson/why-eighteen');
    await page.emulateMedia({ media: 'print' });
    for (const answer of await page.locator('.answer').all()) expect(await answer.isVisible()).toBe(true);
    expect((await afterOf(page, '.cited a')).length).toBeGreaterThan(3);
    expect(await page.getByText('Hide the answers').isVisible()).toBe(false);
    await context.close();
  });
});

describe('where there is no room', () => {
  test.each(['/at/2013-04-01', '/timeline', '/lineage', '/lineage/icb/frimley'])(
    '%s has lists that lead on in place of what cannot be read, and pictures where there is room',
    async (path) => {
      const { page, context } = await open({ viewport: { width: 320, height: 640 } });
      await page.goto(path);
      const lists = await page.locator('.strip > ul').all();
      expect(lists.length).toBe(path.startsWith('/at/') ? 2 : 1);
      for (const list of lists) expect(await list.getByRole('link').count()).toBeGreaterThan(8);
      expect(await page.locator('.strip svg:visible').count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 1100, height: 800 });
      for (const list of lists) expect(await list.isVisible()).toBe(false);
      expect(await page.locator('.strip svg:visible').count()).toBe(lists.length);
      await context.close();
    },
  );
});

describe('with reduced motion, forced colours and 400 % zoom', () => {
  test('all is there, and nothing moves by itself', async () => {
    const { page, context } = await open({
      reducedMotion: 'reduce',
      forcedColors: 'active',
      viewport: { width: 320, height: 256 },
    });
    await page.goto('/at/2013-04-01');
    expect(await page.evaluate("getComputedStyle(document.querySelector('button')).transitionDuration")).toBe('0s');
    expect(await page.evaluate("getComputedStyle(document.querySelector('[data-bar]')).position")).toBe('static');
    await page.getByRole('link', { name: /Next change/ }).click();
    await page.waitForURL('**/at/2013-07-01');
    await context.close();
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foundInWords, hasInIt, searched } from '../../src/views/narrow.ts';
import { createFilter, PAUSE } from '../../src/web/filter.ts';

/** A page of rows without a browser: the record behind it gives at most so many. */
function stageOf(record: readonly string[], here: readonly string[], most = Number.POSITIVE_INFINITY) {
  let rows = here;
  let shown: readonly string[] = here;
  const timers: { at: number; then: () => void }[] = [];
  let now = 0;
  const done = { loads: [] as string[], said: [] as string[], remembered: [] as string[] };
  const having = (all: readonly string[], wanted: string) => all.filter((row) => hasInIt([row], searched(wanted)));
  return {
    done,
    shown: () => shown,
    stage: {
      show(wanted: string) {
        shown = having(rows, wanted);
        return shown.length;
      },
      async load(wanted: string) {
        done.loads.push(wanted);
        const all = having(record, wanted);
        rows = all.slice(0, most);
        shown = rows;
        done.said.push(`${all.length} “${wanted}”`);
        return all.length <= most;
      },
      say: (count: number, wanted: string) => void done.said.push(`${count} “${wanted}”`),
      remember: (wanted: string) => void done.remembered.push(wanted),
      later(milliseconds: number, then: () => void) {
        const timer = { at: now + milliseconds, then };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    },
    async wait(milliseconds: number) {
      now += milliseconds;
      for (const timer of timers.splice(0).filter((one) => one.at <= now || !timers.push(one))) timer.then();
      for (let n = 0; n < 5; n += 1) await Promise.resolve();
    },
  };
}

const RECORD = ['NHS Devon', 'NHS Derby', 'NHS Dorset', 'NHS Kernow', 'QJK'];

describe('while somebody types', () => {
  test('what is there is filtered with every key, and the count is said once the keys rest', async () => {
    const page = stageOf(RECORD, RECORD);
    const filter = createFilter('', page.stage);
    filter.type('d');
    expect(page.shown()).toEqual(['NHS Devon', 'NHS Derby', 'NHS Dorset']);
    filter.type('de');
    filter.type('dev');
    expect(page.shown()).toEqual(['NHS Devon']);
    expect(page.done.said).toEqual([]);
    await page.wait(PAUSE - 1);
    expect(page.done.said).toEqual([]);
    await page.wait(1);
    expect(page.done).toEqual({ loads: [], said: ['1 “dev”'], remembered: ['dev'] });
    filter.type('');
    await page.wait(PAUSE);
    expect(page.shown()).toEqual(RECORD);
  });

  test('rows that are not on the page are fetched, once, and what is longer is found among them', async () => {
    const page = stageOf(RECORD, RECORD.slice(3));
    const filter = createFilter(null, page.stage);
    filter.type('De');
    expect(page.shown()).toEqual([]);
    await page.wait(PAUSE);
    expect(page.shown()).toEqual(['NHS Devon', 'NHS Derby']);
    filter.type('DEV');
    await page.wait(PAUSE);
    expect(page.shown()).toEqual(['NHS Devon']);
    expect(page.done).toEqual({ loads: ['De'], said: ['2 “De”', '1 “DEV”'], remembered: ['De', 'DEV'] });
    filter.type('D');
    await page.wait(PAUSE);
    expect(page.done.loads).toEqual(['De', 'D']);
  });

  test('a part of what was found is not taken for the whole', async () => {
    const page = stageOf(RECORD, [], 2);
    const filter = createFilter(null, page.stage);
    filter.type('nhs');
    await page.wait(PAUSE);
    filter.type('nhs k');
    await page.wait(PAUSE);
    expect(page.shown()).toEqual(['NHS Kernow']);
    expect(page.done.loads).toEqual(['nhs', 'nhs k']);
  });

  test('an answer that comes after the next key is not remembered', async () => {
    const page = stageOf(RECORD, []);
    let answer = (): void => {};
    const slow = {
      ...page.stage,
      load: async (wanted: string) => {
        await new Promise<void>((done) => {
          answer = done;
        });
        return page.stage.load(wanted);
      },
    };
    const filter = createFilter(null, slow);
    filter.type('dev');
    await page.wait(PAUSE);
    filter.type('dor');
    answer();
    await page.wait(0);
    expect(page.done.remembered).toEqual([]);
    await page.wait(PAUSE);
    answer();
    await page.wait(0);
    expect(page.done.remembered).toEqual(['dor']);
    expect(page.shown()).toEqual(['NHS Dorset']);
  });

  test('whatever is typed, in the end the page shows what the record has', async () => {
    const letters = fc.string({ unit: fc.constantFrom('d', 'e', 'N', ' ', 'k', 'q'), maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(letters, fc.boolean()), { minLength: 1, maxLength: 8 }),
        fc.subarray(RECORD),
        async (keys, here) => {
          const page = stageOf(RECORD, here);
          const filter = createFilter(here.length === RECORD.length ? '' : null, page.stage);
          for (const [text, rests] of keys) {
            filter.type(text);
            if (rests) await page.wait(PAUSE);
          }
          await page.wait(PAUSE);
          const last = keys.at(-1)?.[0] ?? '';
          const naive = RECORD.filter((row) => row.toLowerCase().includes(last.trim().toLowerCase()));
          expect([...page.shown()].sort()).toEqual([...naive].sort());
        },
      ),
    );
  });
});

describe('what was found', () => {
  const narrowing = { one: 'body', many: 'bodies', on: 'on 1 April 2013', of: 1492 };

  test('is counted in words', () => {
    expect(foundInWords(1492, '', narrowing)).toBe('1,492 bodies on 1 April 2013.');
    expect(foundInWords(1, ' Devon ', narrowing)).toBe('1 body of 1,492 with “Devon” in name or code on 1 April 2013.');
    expect(foundInWords(0, 'x', { ...narrowing, of: undefined })).toBe(
      '0 bodies with “x” in name or code on 1 April 2013.',
    );
  });
});

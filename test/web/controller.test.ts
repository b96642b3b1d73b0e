import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Command, commandOf, createWalk, type Pace, type Stop } from '../../src/web/controller.ts';

const STOPS: readonly Stop[] = Array.from({ length: 24 }, (_, n) => ({
  at: `20${String(n).padStart(2, '0')}-04-01`,
  words: `change ${n + 1} of 24`,
}));

/** A walk on a stage that remembers, with a clock that the story moves. */
function walking(begin: number, stops: readonly Stop[] = STOPS) {
  const shown: { readonly position: number; readonly rest: boolean }[] = [];
  const said: string[] = [];
  const played: boolean[] = [];
  let now = 0;
  let timers: { readonly at: number; readonly then: () => void }[] = [];
  const walk = createWalk(stops, begin, {
    show: async (_, position, rest) => {
      shown.push({ position, rest });
    },
    say: (text) => said.push(text),
    playing: (on) => played.push(on),
    later(milliseconds, then) {
      const timer = { at: now + milliseconds, then };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  });
  return {
    walk,
    shown,
    said,
    played,
    waiting: () => timers.length,
    async pass(milliseconds: number) {
      now += milliseconds;
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers = timers.filter((one) => one !== timer);
        timer.then();
        for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      }
    },
  };
}

describe('moving', () => {
  test('one on, one back, ten on, the first and the last', async () => {
    const { walk, shown, said } = walking(3);
    await walk.step(1);
    await walk.step(-1);
    await walk.leap(1);
    await walk.leap(-1);
    await walk.last();
    await walk.first();
    expect(shown.map(({ position }) => position)).toEqual([4, 3, 13, 3, 23, 0]);
    expect(said).toEqual(shown.map(({ position }) => STOPS[position]?.words));
  });

  test.each([
    ['back from the first', 0, -1, []],
    ['on from the last', 23, 1, []],
    ['on from before the first', -1, 1, [0]],
    ['back from before the first', -1, -1, [0]],
    ['on from between two', 3.5, 1, [4]],
    ['back from between two', 3.5, -1, [3]],
  ] as const)('%s', async (_, begin, by, positions) => {
    const { walk, shown } = walking(begin);
    await walk.step(by);
    expect(shown.map(({ position }) => position)).toEqual(positions);
  });

  test('nothing happens where there is no stop', async () => {
    const { walk, shown, waiting } = walking(-1, []);
    await walk.step(1);
    await walk.toggle();
    expect([shown, waiting(), walk.isPlaying()]).toEqual([[], 0, false]);
  });
});

describe('playing', () => {
  test('never begins by itself', async () => {
    const { walk, shown, pass } = walking(0);
    await pass(60_000);
    expect([walk.isPlaying(), shown]).toEqual([false, []]);
  });

  test.each([1, 2, 5] as const)('goes on every %i seconds', async (seconds: Pace) => {
    const { walk, shown, pass } = walking(0);
    walk.pace(seconds);
    await walk.toggle();
    await pass(seconds * 1000 - 1);
    expect(shown).toEqual([]);
    await pass(1);
    expect(shown).toEqual([{ position: 1, rest: false }]);
    await pass(seconds * 1000);
    expect(shown.map(({ position }) => position)).toEqual([1, 2]);
  });

  test('says nothing aloud until it stops, then where it is', async () => {
    const { walk, said, pass } = walking(5);
    await walk.toggle();
    await pass(2000);
    await pass(2000);
    expect(said).toEqual([]);
    walk.stop();
    expect(said).toEqual([STOPS[7]?.words]);
  });

  test('stops at the end, and from there plays again from the first', async () => {
    const { walk, shown, played, pass, waiting } = walking(22);
    await walk.toggle();
    await pass(2000);
    expect([shown, played, waiting()]).toEqual([[{ position: 23, rest: true }], [true, false], 0]);
    await walk.toggle();
    expect(shown.at(-1)).toEqual({ position: 0, rest: false });
    await pass(2000);
    expect(shown.at(-1)).toEqual({ position: 1, rest: false });
  });

  test('any move stops it, and no late timer moves it again', async () => {
    const { walk, shown, pass, waiting } = walking(0);
    await walk.toggle();
    await pass(2000);
    await walk.to(10);
    expect([walk.isPlaying(), waiting()]).toEqual([false, 0]);
    await pass(60_000);
    expect(shown.map(({ position }) => position)).toEqual([1, 10]);
  });

  test('a change of pace begins the wait anew', async () => {
    const { walk, shown, pass } = walking(0);
    await walk.toggle();
    await pass(1500);
    walk.pace(5);
    await pass(4999);
    expect(shown).toEqual([]);
    await pass(1);
    expect(shown.length).toBe(1);
  });
});

test('whatever is asked, in whatever order, the walk stays among its stops and shows each place it comes to', async () => {
  const moves = fc.array(
    fc.oneof(
      fc.constantFrom<Command>('next', 'previous', 'leap on', 'leap back', 'first', 'last', 'play'),
      fc.integer({ min: -50, max: 50 }),
    ),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(moves, fc.integer({ min: -1, max: 23 }), async (asked, begin) => {
      const { walk, shown, pass } = walking(begin);
      for (const move of asked) {
        if (typeof move === 'number') await walk.to(move);
        else if (move === 'next') await walk.step(1);
        else if (move === 'previous') await walk.step(-1);
        else if (move === 'leap on') await walk.leap(1);
        else if (move === 'leap back') await walk.leap(-1);
        else if (move === 'first') await walk.first();
        else if (move === 'last') await walk.last();
        else {
          await walk.toggle();
          await pass(2000);
        }
        expect(walk.position()).toBeGreaterThanOrEqual(-1);
        expect(walk.position()).toBeLessThan(24);
        if (shown.length > 0) expect(walk.position()).toBe(shown.at(-1)?.position);
      }
      expect(shown.some(({ position }, n) => n > 0 && shown[n - 1]?.position === position)).toBe(false);
    }),
    { numRuns: 200 },
  );
});

describe('keys', () => {
  const nowhere = { writing: false, slider: false, bar: false, scrolls: false };
  const plain = { ctrlKey: false, altKey: false, metaKey: false };
  const asks = (key: string, focus: Partial<typeof nowhere> = {}, more: Partial<typeof plain> = {}) =>
    commandOf({ key, ...plain, ...more }, { ...nowhere, ...focus });

  test.each([
    ['ArrowRight', 'next'],
    ['ArrowLeft', 'previous'],
    ['/', 'find'],
    ['?', 'keys'],
    ['Home', undefined],
    ['PageDown', undefined],
    [' ', undefined],
    ['a', undefined],
  ])('anywhere: %s', (key, command) => {
    expect(asks(key)).toBe(command);
  });

  test.each([
    ['Home', 'first'],
    ['End', 'last'],
    ['PageDown', 'leap on'],
    ['PageUp', 'leap back'],
    ['ArrowRight', 'next'],
  ])('in the bar: %s', (key, command) => {
    expect(asks(key, { bar: true })).toBe(command);
  });

  test.each(['ArrowRight', 'Home', 'PageUp'])('on the slider the browser’s own %s works', (key) => {
    expect(asks(key, { bar: true, slider: true })).toBeUndefined();
  });

  test('on the slider Space plays', () => {
    expect(asks(' ', { bar: true, slider: true })).toBe('play');
  });

  test.each(['ArrowRight', '/', '?', ' '])('nobody who writes is disturbed by %s', (key) => {
    expect(asks(key, { writing: true })).toBeUndefined();
  });

  test('an arrow in a table that scrolls belongs to the table', () => {
    expect(asks('ArrowRight', { scrolls: true })).toBeUndefined();
    expect(asks('/', { scrolls: true })).toBe('find');
  });

  test.each(['ctrlKey', 'altKey', 'metaKey'])('with %s it is the browser’s', (modifier) => {
    expect(asks('ArrowRight', {}, { [modifier]: true })).toBeUndefined();
  });
});

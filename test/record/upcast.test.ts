import { expect, test } from 'vitest';
import { upcast } from '../../src/record/read-event.ts';

const type = {
  version: 3,
  upcast: {
    1: (data: unknown) => ({ ...(data as object), two: true }),
    2: (data: unknown) => ({ ...(data as object), three: true }),
  },
};

test('an older payload is brought up one version at a time', () => {
  expect(upcast({ one: true }, 1, type)).toEqual({ one: true, two: true, three: true });
  expect(upcast({ one: true }, 2, type)).toEqual({ one: true, three: true });
  expect(upcast({ one: true }, 3, type)).toEqual({ one: true });
});

test('a version before the first upcaster, or after the newest, cannot be read', () => {
  expect(upcast({}, 0, type)).toBeUndefined();
  expect(upcast({}, 4, type)).toBeUndefined();
  expect(upcast({}, 1, { version: 2 })).toBeUndefined();
});

import { expect, test } from 'vitest';
import { didYouMean, hints, nearest } from '../../src/record/near.ts';

test.each([
  ['icb/devno', ['icb/devon', 'icb/dorset'], 'icb/devon'],
  ['integrated-care-bord', ['integrated-care-board', 'integrated-care-partnership'], 'integrated-care-board'],
  ['ICB/Devon', ['icb/devon'], 'icb/devon'],
  ['devon', ['icb/devon', 'icb/dorset'], 'icb/devon'],
  ['ccg/frimley', ['icb/frimley', 'icb/dorset'], 'icb/frimley'],
  ['ab', ['ba', 'zz'], 'ba'],
])('%s is meant to be one of %j: %s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});

test('nothing is offered when nothing is near, or two are meant as much', () => {
  expect(nearest('zebra', ['icb/devon'])).toBeUndefined();
  expect(nearest('devon', ['icb/devon', 'system/devon'])).toBeUndefined();
  expect(nearest('', ['icb/devon'])).toBeUndefined();
  expect(nearest('x'.repeat(5000), ['x'])).toBeUndefined();
  expect(didYouMean('zebra', [])).toBeUndefined();
});

test('a thousand unknown words are not looked for one by one', () => {
  const hint = hints('look it up');
  let looked = 0;
  const candidates = () => {
    looked++;
    return new Map([['icb/devon', 1]]).keys();
  };
  for (let i = 0; i < 1000; i++) hint(`icb/devon-${i % 500}`, candidates);
  expect(looked).toBe(200);
  expect(hint('icb/devon-1', candidates)).toBe('did you mean icb/devon?');
  expect(hint('icb/devon-499', candidates)).toBe('look it up');
});

import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/record/near.ts';

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

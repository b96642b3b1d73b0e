import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decimal, decimalOf, isEqual, parted, plus, summing, written, ZERO } from '../../src/rekey/decimals.ts';

const number = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(9))
  .map(([digits, scale]): Decimal => ({ digits, scale }));
const weights = fc
  .array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 })
  .filter((all) => all.some((weight) => weight > 0));

describe('a number that is split', () => {
  test('adds up to what it was, exactly, whatever the weights and decimals', () => {
    fc.assert(
      fc.property(number, weights, fc.option(fc.nat(12), { nil: undefined }), (amount, by, decimals) => {
        const parts = parted(amount, by, decimals);
        expect(parts).toHaveLength(by.length);
        expect(isEqual(parts.reduce(plus, ZERO), amount)).toBe(true);
      }),
    );
  });

  test('gives each within one last unit of its share', () => {
    fc.assert(
      fc.property(number, weights, (amount, by) => {
        const whole = by.reduce((sum, weight) => sum + BigInt(weight), 0n);
        for (const [at, part] of parted(amount, by).entries()) {
          const exact = amount.digits * 10n ** BigInt(part.scale - amount.scale) * BigInt(by[at] ?? 0);
          const off = part.digits * whole - exact;
          expect(off < 0n ? -off : off).toBeLessThan(whole);
        }
      }),
    );
  });

  test.each([
    ['100', [1, 1, 1], 0, ['34', '33', '33']],
    ['-100', [1, 1, 1], 0, ['-34', '-33', '-33']],
    ['1', [128_900, 871_100], undefined, ['0.1289', '0.8711']],
    ['0.05', [1, 1], 2, ['0.03', '0.02']],
    ['0.05', [1, 1], 0, ['0.03', '0.02']],
    ['0', [1, 2], undefined, ['0', '0']],
    ['7', [0, 1], 0, ['0', '7']],
  ] as const)('%s by %j to %s decimals', (amount, by, decimals, parts) => {
    expect(parted(decimalOf(amount) as Decimal, by, decimals).map((part) => written(part))).toEqual(parts);
  });
});

describe('what a cell says', () => {
  test.each([
    ['12', '12'],
    [' 1,234.50 ', '1234.5'],
    ['-0.10', '-0.1'],
    ['+3', '3'],
    ['1,234,567', '1234567'],
    ['007', '7'],
  ])('%j is %s', (text, value) => expect(written(decimalOf(text) as Decimal)).toBe(value));

  test.each(['', '*', '-', '1e5', '£5', '12,34', '1,2345', '.5', '5.', '1 000', '5%', 'NaN', '١'])(
    '%j is no number',
    (text) => {
      expect(decimalOf(text)).toBeUndefined();
    },
  );

  test('decimals that were there stay', () => expect(written({ digits: 1500n, scale: 2 }, 2)).toBe('15.00'));
});

test('a sum is that of its numbers, and says which cells are none', () => {
  const text = fc.oneof(
    number.map((each) => written(each)),
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((each) => each.toFixed(4)),
    fc.constantFrom('', '*', '1,234.5', '-', '5.', '-.5', '000', '-0', '999999999999999', '0.1234567'),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 40 }), (cells) => {
      const sum = summing();
      let expected = ZERO;
      for (const cell of cells) {
        const value = decimalOf(cell);
        expect(sum.add(cell)).toBe(value !== undefined || cell === '');
        if (value) expected = plus(expected, value);
      }
      expect(isEqual(sum.total(), expected)).toBe(true);
    }),
  );
});

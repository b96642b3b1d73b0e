/** An exact decimal number: `digits` / 10^`scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export const ZERO: Decimal = { digits: 0n, scale: 0 };

/** Decimals that a part of a split number gets beyond those of the number, when nobody says how many: those of a share. */
const MORE_DECIMALS = 6;

const NUMBER = /^\s*([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?\s*$/;

/** The number that a cell says (`1,234.50` too); undefined when it says none. */
export function decimalOf(text: string): Decimal | undefined {
  const found = NUMBER.exec(text);
  if (!found) return undefined;
  const [, sign, whole = '', decimals = ''] = found;
  const digits = BigInt(whole.replaceAll(',', '') + decimals);
  return { digits: sign === '-' ? -digits : digits, scale: decimals.length };
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: scaled(a, scale) + scaled(b, scale), scale };
}

export function isEqual(a: Decimal, b: Decimal): boolean {
  const scale = Math.max(a.scale, b.scale);
  return scaled(a, scale) === scaled(b, scale);
}

function scaled({ digits, scale }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - scale);
}

/** A number as people write it, without zeros at its end beyond `least` decimals. */
export function written({ digits, scale }: Decimal, least = 0): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  let decimals = text.slice(text.length - scale);
  while (decimals.length > least && decimals.endsWith('0')) decimals = decimals.slice(0, -1);
  return `${digits < 0n ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`;
}

/**
 * Parts a number by weights so that the parts add up to it exactly: each is cut off at `decimals` (six more than the
 * number has unless given), and what is left over goes, a last unit each, to those that lost most by it; of equals to
 * the first.
 */
export function parted(number: Decimal, weights: readonly number[], decimals?: number): Decimal[] {
  const scale = Math.max(decimals ?? number.scale + MORE_DECIMALS, number.scale);
  const total = scaled(number, scale);
  const isNegative = total < 0n;
  const amount = isNegative ? -total : total;
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  const parts = weights.map((weight) => (amount * BigInt(weight)) / whole);
  const lost = weights.map((weight) => (amount * BigInt(weight)) % whole);
  const left = Number(amount - parts.reduce((sum, part) => sum + part, 0n));
  const neediest = weights
    .map((_, at) => at)
    .sort((a, b) => {
      const [one, other] = [lost[a] as bigint, lost[b] as bigint];
      return one === other ? a - b : one > other ? -1 : 1;
    })
    .slice(0, left);
  for (const at of neediest) parts[at] = (parts[at] as bigint) + 1n;
  return parts.map((digits) => ({ digits: isNegative ? -digits : digits, scale }));
}

/** Adds up many cells fast: whole numbers of up to fifteen digits without making a bigint of each. */
export interface Sum {
  /** False when the cell says no number; an empty cell is none, and is no fault. */
  add(cell: string): boolean;
  total(): Decimal;
}

const MOST = 9_000_000_000_000_000;

export function summing(): Sum {
  const small = new Float64Array(8);
  let sum = ZERO;
  const flush = (scale: number) => {
    sum = plus(sum, { digits: BigInt(small[scale] as number), scale });
    small[scale] = 0;
  };
  return {
    add: (cell) => {
      const length = cell.length;
      let digits = 0;
      let scale = -1;
      if (length <= 15) {
        let at = 0;
        const isNegative = cell.charCodeAt(0) === 45;
        if (isNegative) at = 1;
        const first = at;
        for (; at < length; at++) {
          const code = cell.charCodeAt(at);
          if (code >= 48 && code <= 57) digits = digits * 10 + code - 48;
          else if (code === 46 && scale < 0 && at > first) scale = length - at - 1;
          else break;
        }
        if (at === length && at > first && scale !== 0 && scale < small.length) {
          const place = Math.max(scale, 0);
          small[place] = (small[place] as number) + (isNegative ? -digits : digits);
          if (Math.abs(small[place] as number) > MOST / 2) flush(place);
          return true;
        }
      }
      if (cell.trim() === '') return true;
      const number = decimalOf(cell);
      if (number === undefined) return false;
      sum = plus(sum, number);
      return true;
    },
    total: () => {
      for (let scale = 0; scale < small.length; scale++) flush(scale);
      return sum;
    },
  };
}

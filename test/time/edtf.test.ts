import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayFromCivil, isoDay } from '../../src/time/day.ts';
import { afterLastDay, parseEdtf } from '../../src/time/edtf.ts';

function read(text: string) {
  const result = parseEdtf(text);
  if (!result.ok) throw new Error(`${text}: ${result.message}`);
  return result.date;
}

function bounds(text: string): string {
  const { earliest, latest, approximate } = read(text);
  return `${isoDay(earliest)} ${isoDay(latest)}${approximate ? ' about' : ''}`;
}

describe('a date as a source gives it', () => {
  test.each([
    ['2017-06-15', '2017-06-15 2017-06-15'],
    ['2017-06', '2017-06-01 2017-06-30'],
    ['2016-02', '2016-02-01 2016-02-29'],
    ['2017-12', '2017-12-01 2017-12-31'],
    ['2018', '2018-01-01 2018-12-31'],
    ['2016-10/2016-12', '2016-10-01 2016-12-31'],
    ['2016-03-22/2016-10', '2016-03-22 2016-10-31'],
    ['2018?', '2018-01-01 2018-12-31 about'],
    ['2004-06%', '2004-06-01 2004-06-30 about'],
    ['201X', '2010-01-01 2019-12-31'],
    ['2018-XX', '2018-01-01 2018-12-31'],
    ['2018-02-XX', '2018-02-01 2018-02-28'],
    ['2018-XX-31', '2018-01-31 2018-12-31'],
    ['2018-1X', '2018-10-01 2018-12-31'],
    ['201X-02-29', '2012-02-29 2016-02-29'],
    ['[2018-04,2018-06]', '2018-04-01 2018-06-30'],
    ['[2018-06,2018-04]', '2018-04-01 2018-06-30'],
    ['[2017-09..2019-06]', '2017-09-01 2019-06-30'],
  ])('%s runs from and to %s', (text, expected) => {
    expect(bounds(text)).toBe(expected);
  });

  test('a set is not taken to end with its first date, as the parser’s own max would have it', () => {
    expect(isoDay(read('[2017-09-05..2019-06-19]').latest)).toBe('2019-06-19');
  });

  test('“about” does not widen the bounds, it marks them', () => {
    const { edtf: _plain, ...plain } = read('2004-06');
    const { edtf: _about, ...about } = read('2004-06~');
    expect(about).toEqual({ ...plain, approximate: true });
  });

  test.each([
    ['2018-21', '2018-03-01 2018-05-31'],
    ['2018-22', '2018-06-01 2018-08-31'],
    ['2018-23', '2018-09-01 2018-11-30'],
    ['2018-24', '2018-12-01 2019-02-28'],
    ['2019-24', '2019-12-01 2020-02-29'],
  ])('season %s is %s: spring begins in March, winter runs into the next year', (text, expected) => {
    expect(bounds(text)).toBe(expected);
  });

  test.each([
    ['2013-04-01/', /open or unknown end/],
    ['2013-04-01/..', /open or unknown end/],
    ['../2018', /open or unknown end/],
    ['[..2018]', /open or unknown end/],
    ['[2018..]', /open or unknown end/],
    ['{2018-04,2018-06}', /all of these/],
    ['2018/2016', /ends before it begins/],
    ['[2019..2018]', /ends before it begins/],
    ['2013-02-30', /had 28 days/],
    ['2012-02-30', /had 29 days/],
    ['2013-13-01', /no month 13/],
    ['2013-00', /no month 00/],
    ['[2013-02-30..2013-06]', /had 28 days/],
    ['2018-37', /does not say which/],
    ['2017-06-15T10:00:00Z', /does not say which/],
    ['Y12018', /does not say which/],
    ['XXXX-06-15', /does not say which/],
    ['c.2013-15', /not a date in EDTF/],
    ['2017-06-19 (as labelled)', /not a date in EDTF/],
    ['', /not a date in EDTF/],
  ])('%s is refused', (text, message) => {
    const result = parseEdtf(text);
    expect(result).toMatchObject({
      ok: false,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/./),
    });
  });

  test('a text of twenty thousand letters is refused at once, and not repeated in full', () => {
    const result = parseEdtf('2018,'.repeat(4000));
    expect(result.ok ? '' : result.message).toMatch(/^.{20,90}$/);
  });

  test('every day of four centuries reads back as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: dayFromCivil(1700, 1, 1), max: dayFromCivil(2100, 12, 31) }), (day) => {
        expect(read(isoDay(day))).toEqual({ edtf: isoDay(day), earliest: day, latest: day, approximate: false });
      }),
    );
  });

  test('any interval of days runs from the first to the last', () => {
    const day = fc.integer({ min: 0, max: 25_000 });
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        for (const text of [
          `${isoDay(first)}/${isoDay(last)}`,
          `[${isoDay(first)}..${isoDay(last)}]`,
          `[${isoDay(last)},${isoDay(first)}]`,
        ]) {
          expect(read(text)).toMatchObject({ earliest: first, latest: last });
        }
      }),
      { numRuns: 50 },
    );
  });

  test('no text whatever makes it throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[[{]?[0-9X?~%.,/-]{0,20}[\]}]?$/)),
        (text) => parseEdtf(text).ok !== undefined,
      ),
      { numRuns: 300 },
    );
  });
});

describe('a last day becomes the first day no more', () => {
  test.each([
    ['2022-06-30', '2022-07-01', '2022-07-01 2022-07-01'],
    ['2016-02-28', '2016-02-29', '2016-02-29 2016-02-29'],
    ['2018-12-31', '2019-01-01', '2019-01-01 2019-01-01'],
    ['2018-03', '2018-03-02/2018-04-01', '2018-03-02 2018-04-01'],
    ['2018-03~', '2018-03-02~/2018-04-01~', '2018-03-02 2018-04-01 about'],
    ['2018-03-31?', '2018-04-01?', '2018-04-01 2018-04-01 about'],
  ])('last day %s ends it on %s', (text, edtf, expected) => {
    const moved = afterLastDay(read(text));
    expect(moved.edtf).toBe(edtf);
    expect(bounds(moved.edtf)).toBe(expected);
    expect(read(moved.edtf)).toEqual(moved);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAsked } from '../../src/time/asked.ts';
import { dayFromCivil, isoDay } from '../../src/time/day.ts';
import { dayInWords } from '../../src/time/words.ts';

const today = dayFromCivil(2026, 11, 21);

function read(text: string): string {
  const result = parseAsked(text, { today });
  if (!result.ok) return `${result.message}; ${result.hint}`;
  return result.asked.kind === 'day'
    ? isoDay(result.asked.day)
    : `${isoDay(result.asked.from)} to before ${isoDay(result.asked.to)}: ${result.asked.text}`;
}

describe('what a person types', () => {
  test.each([
    '1 April 2013',
    '1st April 2013',
    '1st of April, 2013',
    '01 apr 2013',
    '1 Apr. 2013',
    '1-Apr-2013',
    'April 1 2013',
    'April 1st, 2013',
    '1/4/2013',
    '01/04/2013',
    '1.4.2013',
    '1-4-2013',
    '2013-04-01',
    '2013-4-1',
    '2013/04/01',
    '20130401',
    '  1   April   2013 ',
    '1 APRIL 2013',
    'Monday 1 April 2013',
    'Mon, 1 Apr 2013',
    'on 1 April 2013',
    'on Monday, 1st April 2013',
  ])('“%s” is 1 April 2013', (text) => {
    expect(read(text)).toBe('2013-04-01');
  });

  test.each([
    ['April 2013', '2013-04-01 to before 2013-05-01: April 2013'],
    ['Apr 2013', '2013-04-01 to before 2013-05-01: April 2013'],
    ['Sept 2013', '2013-09-01 to before 2013-10-01: September 2013'],
    ['May 2013', '2013-05-01 to before 2013-06-01: May 2013'],
    ['2017-06', '2017-06-01 to before 2017-07-01: June 2017'],
    ['6/2017', '2017-06-01 to before 2017-07-01: June 2017'],
    ['2012-02', '2012-02-01 to before 2012-03-01: February 2012'],
    ['2011-12', '2011-12-01 to before 2012-01-01: December 2011'],
    ['2017', '2017-01-01 to before 2018-01-01: 2017'],
    ['2013/14', '2013-04-01 to before 2014-04-01: 2013/14'],
    ['2013/2014', '2013-04-01 to before 2014-04-01: 2013/14'],
    ['FY 2013/14', '2013-04-01 to before 2014-04-01: 2013/14'],
    ['1999/00', '1999-04-01 to before 2000-04-01: 1999/00'],
    ['2011/12', '2011-04-01 to before 2012-04-01: 2011/12'],
  ])('“%s” is a span: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('today, yesterday and tomorrow are reckoned from the clock that is given', () => {
    expect([read('today'), read('Yesterday'), read('tomorrow')]).toEqual(['2026-11-21', '2026-11-20', '2026-11-22']);
  });

  test.each([
    ['30 February 2013', /February 2013 had 28 days; its last day was 28 February 2013/],
    ['30/2/2012', /February 2012 had 29 days/],
    ['31/4/2013', /April 2013 had 30 days/],
    ['0/4/2013', /days count from 1/],
    ['2013-13-01', /there is no month 13; write the year, the month, the day/],
    ['2013-00', /there is no month 0/],
    [
      '4/31/2013',
      /read day first, and there is no month 31; write the day first, as in 30\/4\/2013; April 2013 had 30 days/,
    ],
    ['4/30/2013', /no month 30; did you mean 30\/4\/2013, 30 April 2013\?/],
    ['31/31/2013', /no month 31/],
    ['1/4/13', /four digits; write 1\/4\/2013, say/],
    ['1 April 13', /four digits; write 1 April 2013, say/],
    ['1 April', /which year; write 1 April 2026, say/],
    ['April', /which year; write April 2026, say/],
    ['2012-13', /no month 13; for the financial year write 2012\/13/],
    ['2013/04', /not a financial year: the one that began in 2013 is 2013\/14; for April 2013 write 2013-04/],
    ['2013/15', /write 2013\/14/],
    ['soon', /“soon” is not a date this program can read; write 2013-04-01/],
    ['1 Foo 2013', /not a date/],
    ['', /no date was given/],
    ['Monday', /not a date/],
  ])('“%s” says what to do', (text, expected) => {
    expect(read(text)).toMatch(expected);
  });

  test('every day, in words and in ISO and day first, reads back as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: dayFromCivil(1900, 1, 1), max: dayFromCivil(2099, 12, 31) }), (day) => {
        const [year, month, date] = isoDay(day).split('-');
        for (const text of [isoDay(day), dayInWords(day), `${Number(date)}/${Number(month)}/${year}`])
          expect(read(text)).toBe(isoDay(day));
      }),
    );
  });

  test('no text whatever makes it throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-z ./-]{0,16}$/)),
        (text) => parseAsked(text, { today }).ok !== undefined,
      ),
      { numRuns: 500 },
    );
  });
});

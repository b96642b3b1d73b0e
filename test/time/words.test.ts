import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BEGINNING, dayFromCivil, FOREVER, isoDay } from '../../src/time/day.ts';
import { parseEdtf } from '../../src/time/edtf.ts';
import {
  dayInWords,
  financialYear,
  financialYearOf,
  fuzzyInWords,
  monthSpan,
  spanInWords,
  untilInWords,
  yearSpan,
} from '../../src/time/words.ts';

describe('days as a person reads them', () => {
  test('a day has no leading nought', () => {
    expect(dayInWords(dayFromCivil(2013, 4, 1))).toBe('1 April 2013');
  });

  test('an end is told by the last day that still counted', () => {
    expect(untilInWords(dayFromCivil(2022, 7, 1))).toBe('until 30 June 2022');
    expect(untilInWords(dayFromCivil(2020, 3, 1))).toBe('until 29 February 2020');
    expect(untilInWords(dayFromCivil(2019, 1, 1))).toBe('until 31 December 2018');
  });

  test('the ends of time are not printed as dates', () => {
    expect(untilInWords(FOREVER)).toBe('with no end known');
    expect(dayInWords(FOREVER)).not.toMatch(/\d/);
    expect(dayInWords(BEGINNING)).not.toMatch(/\d/);
  });

  test.each([
    ['2013-04-01', '1 April 2013'],
    ['2017-06', 'June 2017'],
    ['2018', '2018, day unknown'],
    ['2018-XX', '2018, day unknown'],
    ['[2017-09..2019-06]', 'some day between September 2017 and June 2019'],
    ['2016-10/2016-12', 'some day between October 2016 and December 2016'],
    ['2016-03-22/2016-10-21', 'some day between 22 March 2016 and 21 October 2016'],
    ['201X', 'some day between 2010 and 2019'],
    ['[2018-04,2018-06]', 'April 2018 or June 2018'],
    ['[2018-04-01,2019,2018-06]', '1 April 2018, 2019 or June 2018'],
    ['2018-21', 'spring 2018'],
    ['2018-24', 'winter 2018'],
    ['2004-06~', 'about June 2004'],
    ['2018?', 'perhaps 2018, day unknown'],
    ['2018-05-01%', 'perhaps about 1 May 2018'],
    ['2018-03-02/2018-04-01', 'some day between 2 March 2018 and 1 April 2018'],
  ])('%s reads “%s”', (edtf, expected) => {
    const read = parseEdtf(edtf);
    expect(read.ok && fuzzyInWords(read.date)).toBe(expected);
  });

  test('a financial year begins on 1 April', () => {
    expect(financialYearOf(dayFromCivil(2014, 3, 31))).toBe(2013);
    expect(financialYearOf(dayFromCivil(2014, 4, 1))).toBe(2014);
    const { from, to, name } = financialYear(1999);
    expect([isoDay(from), isoDay(to), name]).toEqual(['1999-04-01', '2000-04-01', '1999/00']);
  });

  test('a span is named when it has a name', () => {
    expect(spanInWords(monthSpan(2016, 2))).toBe('February 2016');
    expect(spanInWords(yearSpan(2016))).toBe('2016');
    expect(spanInWords(financialYear(2016))).toBe('2016/17');
    expect(spanInWords({ from: dayFromCivil(2016, 1, 1), to: dayFromCivil(2016, 1, 2) })).toBe('1 January 2016');
    expect(spanInWords({ from: dayFromCivil(2016, 1, 1), to: dayFromCivil(2018, 1, 1) })).toBe(
      '1 January 2016 to 31 December 2017',
    );
    expect(spanInWords({ from: dayFromCivil(2016, 2, 2), to: dayFromCivil(2016, 3, 2) })).toBe(
      '2 February 2016 to 1 March 2016',
    );
  });

  test('what the command needs to start fast imports no package', () => {
    for (const file of ['day', 'words', 'asked']) {
      const text = readFileSync(new URL(`../../src/time/${file}.ts`, import.meta.url), 'utf8');
      expect(
        [...text.matchAll(/from '([^']+)'/g)].map((found) => found[1]).filter((from) => !from?.startsWith('./')),
      ).toEqual([]);
    }
  });
});

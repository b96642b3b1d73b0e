import { describe, expect, it } from 'vitest';
import {
  askedInWords,
  dateInWords,
  lastDayInWords,
  onAsked,
  periodInWords,
  withDates,
} from '../../src/cli/format/dates.ts';

describe('dates as people write them', () => {
  it('says an end by its last day, from the first day no longer', () => {
    expect(lastDayInWords('2022-07-01')).toBe('30 June 2022');
    expect(lastDayInWords('2020-03-01')).toBe('29 February 2020');
    expect(lastDayInWords('2018')).toBe('some day in 2018');
    expect(lastDayInWords('2018-06')).toBe('some day in June 2018');
    expect(lastDayInWords('[2022-06-02..2022-07-01]')).toBe('some day in June 2022');
    expect(lastDayInWords('[2022-06-02..2022-06-20]')).toBe('some day between 1 June 2022 and 19 June 2022');
  });

  it('tells no end from an end', () => {
    expect(periodInWords('2013-04-01', null)).toBe('since 1 April 2013');
    expect(periodInWords('2013-04-01', '2022-07-01')).toBe('1 April 2013 to 30 June 2022');
    expect(periodInWords(null, '2022-07-01')).toBe('until 30 June 2022');
    expect(periodInWords(null, null)).toBe('dates unknown');
  });

  it('says a date asked about with its preposition', () => {
    expect(onAsked('2013-04-01')).toBe('on 1 April 2013');
    expect(onAsked('2018-06')).toBe('in June 2018');
    expect(onAsked('June 2018')).toBe('in June 2018');
    expect(askedInWords('2018')).toBe('2018');
  });

  it('loads the EDTF grammar only for dates that need it', async () => {
    let made = 0;
    const words = (edtf: string) => () => {
      made++;
      return dateInWords(edtf);
    };
    expect(await withDates(words('2018'))).toBe('2018, day unknown');
    expect(await withDates(words('[2018-01-02..2018-03-04]'))).toBe('some day between 2 January 2018 and 4 March 2018');
    expect(made).toBe(2);
    expect(await withDates(words('2004-06~'))).toBe('about June 2004');
    expect(made).toBe(4);
    expect(await withDates(words('not a date'))).toBe('not a date');
  });
});

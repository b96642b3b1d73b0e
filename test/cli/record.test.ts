import { describe, expect, it } from 'vitest';
import { openRecord } from '../../src/machine/index.ts';
import { type Typed, stood as typed } from './stood.ts';

/** Types a command over the record that is shipped. */
function stood(line: string | readonly string[]): Promise<Typed> {
  return typed(line, { openRecord, now: undefined });
}

describe('the shipped record, asked at the command line', () => {
  const DESIGNATED = [
    ['2017-06-14', 0],
    ['2017-06-16', 10],
    ['2018-06-01', 14],
    ['2019-06-20', 14],
    ['2020-06-01', 18],
    ['2021-01-01', 29],
    ['2021-04-01', 42],
  ] as const;
  for (const [day, certain] of DESIGNATED) {
    it(`counts ${certain} integrated care systems on ${day}, whatever they were called then`, async () => {
      const { out } = await stood(`count integrated-care-system --on ${day} --format json`);
      expect(JSON.parse(out)).toMatchObject({ at: day, certain });
    });
  }

  const COUNTED = [
    ['sustainability-and-transformation-partnership', '2016-04-01', 44],
    ['sustainability-and-transformation-partnership', '2019-05-01', 42],
    ['integrated-care-board', '2022-06-30', 0],
    ['integrated-care-board', '2022-07-01', 42],
    ['integrated-care-board', '2026-04-01', 36],
    ['clinical-commissioning-group', '2013-04-01', 211],
  ] as const;
  for (const [of, day, certain] of COUNTED) {
    it(`counts ${certain} of ${of} on ${day}`, async () => {
      expect(JSON.parse((await stood(`count ${of} --on ${day} --format json`)).out).certain).toBe(certain);
    });
  }

  it('fits 1 April 2013 on a screen or two: what, by which law, who says so, how sure, what next', async () => {
    const { out } = await stood('on 2013-04-01');
    expect(out.split('\n').length).toBeLessThan(105);
    expect(out).toContain('Clinical commissioning groups: 211 (complete)');
    expect(out).toContain('Health and Social Care Act 2012');
    expect(out).toMatch(/\nSources\n {2}\[1\] /);
    expect(out).toMatch(/What to type next\n( {2}stood .*\n {4}.*\n)+$/);
  });

  it('shows the boards of 1 April 2022 as expected, seen from November 2021, and as put off, seen from January', async () => {
    const november = (await stood('on 2022-04-01 --published-by 2021-11-01')).out;
    expect(november).toMatch(/Expected, as seen from 1 November 2021\n {2}Integrated care boards: 42/);
    const january = (await stood('on 2022-04-01 --published-by 2022-01-15')).out;
    expect(january).not.toMatch(/Integrated care boards: \d/);
    expect(january).toMatch(/Expected, as seen from 15 January 2022[\s\S]*1 July 2022: /);
  });

  it('says possible and why on 1 March 2018', async () => {
    const { out } = await stood('on 2018-03-01 --kind system');
    expect(out.replace(/\s+/g, ' ')).toMatch(/Possibly: Blackpool and Fylde Coast[^[]*dated no closer than 2018/);
  });

  it('says what is not covered', async () => {
    expect((await stood('on 1975-01-01')).out).toContain('Not covered: ');
    expect((await stood('on 2031-01-01')).out).toMatch(/Not covered: [\s\S]*\nExpected\n/);
  });

  it('lists every milestone to replay', async () => {
    expect((await stood('replay')).out).toContain('health-and-care-act-2022');
  });
});

import { describe, expect, test } from 'vitest';
import {
  abolished,
  corrected,
  designated,
  designationOf,
  established,
  given,
  joined,
  left,
  renamed,
  statusMade,
} from '../support/given.ts';

describe('why a body was so', () => {
  const events = [
    {
      id: 'story/act',
      type: 'LegislationEnacted',
      effective: '2012-03-27',
      data: { legislation: 'act/2012-7', title: 'The Act' },
    } as const,
    established('ccg/devon', '2013-04-01', { codes: { ods: '99P' } }, { id: 'story/est', because: 'story/act' }),
    corrected('story/act', '2026-12-01', { data: { title: 'The 2012 Act' } }),
    renamed('ccg/devon', '2014-04-01', 'New Devon', { id: 'story/named' }),
    established('system/devon', '2016-03-15'),
    established('system/gone', '2016-03-15'),
    joined('ccg/devon', 'system/devon', '2016-03-15', { id: 'story/joined' }),
    joined('ccg/devon', 'system/gone', '2016-03-15'),
    abolished('system/gone', '2018-04-01'),
    abolished('ccg/devon', '2022-07-01', { id: 'story/end' }),
  ];
  const why = async (day: string, id = 'ccg/devon') => (await given(events).open()).why(id, day);

  test('what it was and by which events, with their causes in the wording now believed', async () => {
    const { answer, reasons } = await why('2019-01-01');
    expect(answer).toBe('It existed on 1 January 2019.');
    expect(reasons.map(({ what, events: by }) => [what, by.map(({ id }) => id)])).toEqual([
      ['it existed from 1 April 2013', ['story/est', 'story/act']],
      ['it was to exist until its end, 1 July 2022', ['story/end']],
      ['its name was New Devon', ['story/named']],
      ['it was part of Devon', ['story/joined']],
    ]);
    expect(reasons[0]?.events[1]?.sentence).toContain('The 2012 Act');
  });

  test('a part of what has ended is no reason', async () => {
    const parents = async (day: string) =>
      (await why(day)).reasons.filter(({ what }) => what.startsWith('it was part of')).map(({ what }) => what);
    expect(await parents('2018-03-31')).toEqual(['it was part of Devon', 'it was part of Gone']);
    expect(await parents('2018-04-01')).toEqual(['it was part of Devon']);
  });

  test('why it was not: before and after', async () => {
    expect((await why('2013-03-31')).answer).toBe('It did not exist on 31 March 2013: it began later, 1 April 2013.');
    expect((await why('2022-07-01')).answer).toBe('It did not exist on 1 July 2022: it had ended, 1 July 2022.');
    expect((await why('2022-07-01')).reasons[0]).toMatchObject({ existence: 'ended', events: [{ id: 'story/end' }] });
  });

  test('a status is explained by its own designation only', async () => {
    const machine = await given([
      statusMade(),
      { type: 'StatusCreated', effective: '2016-03-15', data: { status: 'status/other', title: 'other' } },
      established('system/devon', '2016-03-15'),
      designated('system/devon', '2017-06-15', 'Wave 1', { id: 'story/acs' }),
      {
        id: 'story/other',
        type: 'StatusConferred',
        effective: '2016-03-16',
        data: { status: 'status/other', holder: 'system/devon' },
      },
    ]).open();
    const { reasons } = machine.why('system/devon', '2018-01-01');
    expect(reasons.slice(1).map(({ what, events: by }) => [what, by.map(({ id }) => id)])).toEqual([
      ['it held the status of other', ['story/other']],
      ['it held the status of accountable care system (Wave 1)', ['story/acs']],
    ]);
  });

  test('a doubt is told with its reason', async () => {
    const machine = await given([established('ccg/devon', '2018')]).open();
    expect(machine.why('ccg/devon', '2018-07-01').answer).toBe(
      'It may have existed on 1 July 2018: its beginning is dated no closer than 2018, day unknown.',
    );
  });

  test('what was not known by then cannot be explained', async () => {
    const machine = await given(events).open();
    expect(() => machine.why('ccg/devon', '2019-01-01', { recordedBy: '2020-01-01' })).toThrow(
      'nothing of ccg/devon was known by then',
    );
  });

  test('a relation that was ended is none', async () => {
    const machine = await given([...events, left('ccg/devon', 'system/devon', '2017-04-01')]).open();
    expect(machine.why('ccg/devon', '2018-06-01').reasons.map(({ what }) => what)).not.toContain(
      'it was part of Devon',
    );
  });
});

describe('why so many', () => {
  const machine = () =>
    given([
      statusMade(),
      ...['a', 'b', 'c'].map((name) => established(`system/${name}`, '2016-03-15')),
      designated('system/a', '2017-06-15', 'Wave 1'),
      designated('system/b', '2017-06-15', 'Wave 1'),
      designated('system/c', '2018-05', 'Wave 2'),
      {
        type: 'StatusEnded',
        effective: '2019-06-19',
        data: { designation: designationOf('system/a'), how: 'absorbed', into: designationOf('system/b') },
      },
    ]).open();

  test('the sum by wave, less those that had ended, each by name', async () => {
    const { answer, reasons } = (await machine()).why('ACS', '2019-06-20');
    expect(answer).toBe('2 on 20 June 2019: 2 (Wave 1) + 1 (Wave 2) − 1 that had ended or been absorbed.');
    expect(reasons.map(({ name, what, existence }) => `${name}: ${what} (${existence})`)).toEqual([
      'B: Wave 1, since 15 June 2017 (certain)',
      'C: Wave 2, since May 2018 (certain)',
      'A: Wave 1; ended, 19 June 2019, absorbed by B (ended)',
    ]);
  });

  test('at most as many as may be', async () => {
    expect((await machine()).why('status/integrated-care-system', '2018-05-15').answer).toBe(
      '2 certain, at most 3 on 15 May 2018: 2 (Wave 1) + 1 (Wave 2).',
    );
  });

  test('of a kind: every body with its beginning', async () => {
    const { answer, reasons } = (await machine()).why('system', '2018-01-01');
    expect(answer).toBe('3 on 1 January 2018.');
    expect(reasons.map(({ subject, what }) => [subject, what])).toContainEqual([
      'system/a',
      'existed from 15 March 2016',
    ]);
  });
});

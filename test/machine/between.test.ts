import { describe, expect, test } from 'vitest';
import type { Diff } from '../../src/machine/answers.ts';
import {
  abolished,
  designated,
  established,
  given,
  ICS,
  joined,
  recoded,
  renamed,
  statusMade,
} from '../support/given.ts';

/** Differences in lines: `renamed ccg/devon: Devon -> New Devon (story/2)`. */
function lines({ differences }: Diff): string[] {
  return differences.map(
    ({ change, id, before, after, via }) =>
      `${change} ${id}: ${before ?? '-'} -> ${after ?? '-'} (${via.map(({ event }) => event).join(', ')})`,
  );
}

describe('what changed between two days', () => {
  const record = given([
    established('ccg/devon', '2013-04-01', { codes: { ods: '99P' } }),
    renamed('ccg/devon', '2019-04-01', 'New Devon'),
    recoded('ccg/devon', '2020-04-01', { ods: '15N' }),
    abolished('ccg/devon', '2022-07-01'),
    established('icb/devon', '2022-07-01'),
  ]);
  const between = async (from: string, to: string) => lines((await record.open()).between(from, to));

  test('each difference with the event that made it', async () => {
    expect(await between('2018-01-01', '2021-01-01')).toEqual([
      'renamed ccg/devon: Devon -> New Devon (story/2)',
      'recoded ccg/devon: 99P -> 15N (story/3)',
    ]);
    expect(await between('2022-06-30', '2022-07-01')).toEqual([
      'ended ccg/devon: New Devon -> - (story/4)',
      'appeared icb/devon: - -> Devon (story/5)',
    ]);
  });

  test('both days count at their end, so a day differs from itself in nothing', async () => {
    expect(await between('2019-04-01', '2019-04-01')).toEqual([]);
    expect(await between('2019-03-31', '2019-04-01')).toEqual(['renamed ccg/devon: Devon -> New Devon (story/2)']);
    expect(await between('2019-04-01', '2020-03-31')).toEqual([]);
  });

  test('of a month or year, from its first day and to its last', async () => {
    expect((await record.open()).between('2019', '2019')).toMatchObject({ from: '2019-01-01', to: '2019-12-31' });
    expect(await between('2019-04', '2020')).toEqual(
      ['renamed ccg/devon: Devon -> New Devon (story/2)', 'recoded ccg/devon: 99P -> 15N (story/3)'].slice(1),
    );
  });

  test('counts of each kind before and after', async () => {
    expect((await record.open()).between('2022-06-30', '2022-07-01').counts).toEqual([
      {
        kind: 'clinical-commissioning-group',
        before: { certain: 1, possible: 1 },
        after: { certain: 0, possible: 0 },
      },
      { kind: 'integrated-care-board', before: { certain: 0, possible: 0 }, after: { certain: 1, possible: 1 } },
    ]);
  });

  test('the earlier day comes first', async () => {
    const machine = await record.open();
    expect(() => machine.between('2020-01-01', '2019-01-01')).toThrow('2019-01-01 is before 2020-01-01');
  });

  test('days that are not covered are said not to be: no difference there says nothing', async () => {
    const machine = await given([], { coverage: ['system'] }).open();
    expect(machine.between('1975-01-01', '1976-01-01')).toMatchObject({
      differences: [],
      notes: ['1 January 1975 is not covered for what was asked.', '1 January 1976 is not covered for what was asked.'],
    });
    expect(machine.between('2014-01-01', '2015-01-01').notes).toEqual([]);
    expect(machine.between('2014-01-01', '2015-01-01', { kind: 'CCG' }).coverage).toEqual([
      { of: 'clinical-commissioning-group', completeness: 'none', from: null, to: null },
    ]);
  });
});

describe('a body that stays but stands otherwise', () => {
  const events = [
    established('region/north', '2013-04-01'),
    established('region/south', '2013-04-01'),
    established('system/devon', '2013-04-01'),
    established('ccg/devon', '2013-04-01'),
    joined('ccg/devon', 'system/devon', '2013-04-01'),
    joined('system/devon', 'region/north', '2013-04-01'),
    abolished('region/north', '2018-04-01'),
    joined('system/devon', 'region/south', '2018-04-01'),
    statusMade(),
    designated('system/devon', '2018-05-01', 'Wave 1'),
    {
      type: 'StatusRetitled',
      effective: '2018-06-01',
      data: { status: ICS, title: 'integrated care system' },
    } as const,
    { type: 'StatusCreated', effective: '2016-01-01', data: { status: 'status/other', title: 'other' } } as const,
    {
      type: 'StatusConferred',
      effective: '2018-05-02',
      data: { status: 'status/other', holder: 'system/devon' },
    } as const,
    {
      type: 'StatusEnded',
      effective: '2019-01-01',
      data: { designation: 'designation/integrated-care-system-devon' },
    } as const,
  ];
  const between = async (from: string, to: string, options = {}) =>
    lines((await given(events).open()).between(from, to, options));

  test('moved by the end of a parent and by a relation further up, and the events say so', async () => {
    expect(await between('2018-03-31', '2018-04-01', { kind: ['CCG', 'system'] })).toEqual([
      'moved ccg/devon: region/north -> region/south (story/8, story/7)',
      'moved system/devon: region/north -> region/south (story/8, story/7)',
    ]);
  });

  test('a status gained, retitled and lost, each by its own events', async () => {
    expect(await between('2018-04-30', '2018-05-02', { kind: 'system' })).toEqual([
      'status gained system/devon: - -> accountable care system (story/10)',
      'status gained system/devon: - -> other (story/13)',
    ]);
    expect(await between('2018-05-31', '2018-06-01', { kind: 'system' })).toEqual([
      'status retitled system/devon: accountable care system -> integrated care system (story/11)',
    ]);
    expect(await between('2018-12-31', '2019-01-01', { kind: 'system' })).toEqual([
      'status lost system/devon: integrated care system -> - (story/14)',
    ]);
  });

  test('counts are of the part asked for', async () => {
    const machine = await given(events).open();
    expect(machine.between('2018-03-31', '2018-04-01', { partOf: 'region/north' }).counts).toEqual([
      { kind: 'clinical-commissioning-group', before: { certain: 1, possible: 1 }, after: { certain: 0, possible: 0 } },
      { kind: 'system', before: { certain: 1, possible: 1 }, after: { certain: 0, possible: 0 } },
    ]);
  });

  test('reclassified', async () => {
    const machine = await given([
      established('trust/x', '2013-04-01'),
      {
        type: 'OrganisationReclassified',
        effective: '2018-06-01',
        data: { organisation: 'trust/x', kind: 'nhs-foundation-trust' },
      },
    ]).open();
    expect(lines(machine.between('2018-01-01', '2019-01-01'))).toEqual([
      'reclassified trust/x: nhs-trust -> nhs-foundation-trust (story/2)',
    ]);
  });

  test('sure, then unsure, then sure again', async () => {
    const machine = await given([established('ccg/devon', '2018'), abolished('ccg/devon', '2020')]).open();
    expect(lines(machine.between('2018-06-01', '2019-06-01'))).toEqual([
      'became certain ccg/devon: possible -> certain (story/1)',
    ]);
    expect(lines(machine.between('2019-06-01', '2020-06-01'))).toEqual([
      'became possible ccg/devon: certain -> possible (story/2)',
    ]);
    expect(lines(machine.between('2019-06-01', '2021-06-01'))).toEqual(['ended ccg/devon: Devon -> - (story/2)']);
  });
});

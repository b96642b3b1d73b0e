import { describe, expect, test } from 'vitest';
import { abolished, designated, designationOf, established, given, ICS, joined, statusMade } from '../support/given.ts';

const waves = [
  statusMade(),
  ...['a', 'b', 'c', 'd'].map((name) => established(`system/${name}`, '2016-03-15')),
  established('region/north', '2013-04-01'),
  joined(['system/a', 'system/b'], 'region/north', '2016-03-15'),
  designated('system/a', '2017-06-15', 'Wave 1'),
  designated('system/b', '2017-06-15', 'Devolution areas'),
  {
    type: 'StatusRetitled',
    effective: '2018-02-02',
    data: { status: ICS, title: 'integrated care system', acronym: 'ICS' },
  } as const,
  designated('system/c', '2018-05', 'Wave 2'),
  {
    type: 'StatusEnded',
    effective: '2019-06-19',
    data: { designation: designationOf('system/a'), how: 'absorbed', into: designationOf('system/b') },
  } as const,
  abolished('system/b', '2020-04-01'),
];
const covered = { coverage: [{ of: ICS, from: '2000-04-01', to: '2021-01-01' }, 'system'] };

describe('how many', () => {
  const count = async (at: string, of = 'integrated-care-system', options = {}) => {
    const { certain, possible, title } = (await given(waves, covered).open()).count(of, { at, ...options });
    return [certain, possible, title];
  };

  test('holders of a status, surely and at most, under the title of the day', async () => {
    expect(await count('2017-06-14')).toEqual([0, 0, 'accountable care system']);
    expect(await count('2017-06-15')).toEqual([2, 2, 'accountable care system']);
    expect(await count('2018-02-01')).toEqual([2, 2, 'accountable care system']);
    expect(await count('2018-02-02')).toEqual([2, 2, 'integrated care system']);
    expect(await count('2018-05-01')).toEqual([2, 3, 'integrated care system']);
    expect(await count('2018-05-31')).toEqual([3, 3, 'integrated care system']);
    expect(await count('2019-06-18')).toEqual([3, 3, 'integrated care system']);
    expect(await count('2019-06-19')).toEqual([2, 2, 'integrated care system']);
  });

  test('a designation ends with its holder', async () => {
    expect(await count('2020-03-31')).toEqual([2, 2, 'integrated care system']);
    expect(await count('2020-04-01')).toEqual([1, 1, 'integrated care system']);
  });

  test.each(['ACS', 'accountable care systems', 'Integrated care system', 'status/integrated-care-system'])(
    'asked for as %s',
    async (name) => {
      expect(await count('2018-06-01', name)).toEqual([3, 3, 'integrated care system']);
    },
  );

  test('bodies of a kind, all or in one place', async () => {
    expect(await count('2018-01-01', 'system')).toEqual([4, 4, 'system']);
    expect(await count('2018-01-01', 'system', { partOf: 'region/north' })).toEqual([2, 2, 'system']);
    expect(await count('2018-06-01', 'ICS', { partOf: 'region/north' })).toEqual([2, 2, 'integrated care system']);
  });

  test('by wave', async () => {
    const machine = await given(waves, covered).open();
    expect(machine.count('ICS', { at: '2018-05-15' }).waves).toEqual([
      { wave: 'Devolution areas', certain: 1, possible: 1 },
      { wave: 'Wave 1', certain: 1, possible: 1 },
      { wave: 'Wave 2', certain: 0, possible: 1 },
    ]);
    expect(machine.count('system', { at: '2018-05-15' }).waves).toEqual([]);
  });

  test('the holder may be in doubt where the designation is not', async () => {
    const machine = await given([
      statusMade(),
      established('system/fylde', '2016-03-15'),
      established('system/lancashire', '2016-03-15'),
      designated('system/fylde', '2017-06-15', 'Wave 1'),
      {
        type: 'StatusHolderChanged',
        effective: '2018',
        data: { designation: designationOf('system/fylde'), holder: 'system/lancashire' },
      },
      abolished('system/fylde', '2018'),
    ]).open();
    for (const at of ['2017-12-31', '2018-03-01', '2018-12-31'])
      expect(machine.count('ACS', { at })).toMatchObject({ certain: 1, possible: 1 });
    expect(machine.count('ACS', { at: '2018-03-01', partOf: 'system/fylde' })).toMatchObject({ possible: 0 });
  });

  test('today, unless a day is named', async () => {
    const machine = await given(waves, { ...covered, today: '2017-07-01' }).open();
    expect(machine.count('ICS')).toMatchObject({ at: '2017-07-01', certain: 2 });
  });

  test('after what is covered none is known, and those last known are expected', async () => {
    const machine = await given(waves, { coverage: [{ of: ICS, from: '2000-04-01', to: '2019-01-01' }] }).open();
    expect(machine.count('ICS', { at: '2018-12-31' })).toMatchObject({ certain: 3, expected: 0 });
    expect(machine.count('ICS', { at: '2019-01-01' })).toMatchObject({
      certain: 0,
      possible: 0,
      expected: 3,
      note: 'Not covered: known up to 2019-01-01 (exclusive). 3 expected, as last known or promised.',
    });
    expect(machine.count('ICS', { at: '1999-01-01' }).note).toBe(
      'Not covered: the record does not know how many there were.',
    );
  });

  test('a span has no one count, and neither has a thing unknown', async () => {
    const machine = await given(waves, covered).open();
    expect(() => machine.count('ICS', { at: '2018' })).toThrow('2018 is a span: a count is of one day');
    expect(() => machine.count('integrated-care-sistem')).toThrow('neither a kind of body nor a status');
    try {
      machine.count('integrated-care-sistem');
    } catch (error) {
      expect((error as { hint?: string }).hint).toContain('integrated-care-system');
    }
  });
});

describe('how many over time', () => {
  const series = async (options: object, of = 'ICS') =>
    (await given(waves, covered).open())
      .counts(of, options)
      .counts.map(({ at, certain, possible }) => `${at} ${certain}${possible > certain ? `-${possible}` : ''}`);

  test('by year, quarter, month and day', async () => {
    expect(await series({ from: '2016-06-30', to: '2020-06-30', every: 'year' })).toEqual([
      '2016-06-30 0',
      '2017-06-30 2',
      '2018-06-30 3',
      '2019-06-30 2',
      '2020-06-30 1',
    ]);
    expect(await series({ from: '2017-05-31', to: '2018-06-01', every: 'quarter' })).toEqual([
      '2017-05-31 0',
      '2017-08-31 2',
      '2017-11-30 2',
      '2018-02-28 2',
      '2018-05-31 3',
    ]);
    expect(await series({ from: '2018-04-15', to: '2018-06', every: 'month' })).toEqual([
      '2018-04-15 2',
      '2018-05-15 2-3',
      '2018-06-15 3',
    ]);
    expect(await series({ from: '2017-06-14', to: '2017-06-16', every: 'day' })).toEqual([
      '2017-06-14 0',
      '2017-06-15 2',
      '2017-06-16 2',
    ]);
  });

  test('by change: each day on which the number or the title may turn, also when a month is over and a doubt with it', async () => {
    const days = await series({ from: '2017-01-01', to: '2020-12-31', every: 'change' });
    expect(days).toEqual([
      '2017-01-01 0',
      '2017-06-15 2',
      '2018-02-02 2',
      '2018-05-01 2-3',
      '2018-05-31 3',
      '2019-06-19 2',
      '2020-04-01 1',
    ]);
  });

  test('by change in a place, also when what it is part of comes to lie elsewhere or ends', async () => {
    const machine = await given(
      [
        ...waves,
        established('region/all', '2017-01-01'),
        joined(['region/north'], 'region/all', '2018-01-01'),
        abolished('region/north', '2019-04-01'),
      ],
      covered,
    ).open();
    const { counts } = machine.counts('system', {
      from: '2017-01-01',
      to: '2020-12-31',
      every: 'change',
      partOf: 'region/all',
    });
    expect(counts.map(({ at, certain }) => `${at} ${certain}`)).toEqual([
      '2017-01-01 0',
      '2018-01-01 2',
      '2019-04-01 0',
    ]);
  });

  test('a series by change misses nothing that a series by day has', async () => {
    const machine = await given(waves, covered).open();
    const span = { from: '2017-06-01', to: '2020-05-01' };
    for (const of of ['ICS', 'system']) {
      const turns = new Map(machine.counts(of, { ...span, every: 'change' }).counts.map((one) => [one.at, one]));
      let last: object = {};
      for (const { at, certain, possible } of machine.counts(of, { ...span, every: 'day' }).counts) {
        const turn = turns.get(at);
        if (turn) last = { certain: turn.certain, possible: turn.possible };
        expect({ certain, possible }, at).toEqual(last);
      }
    }
  });

  test('over all that is covered, unless days are named; days outside it are marked', async () => {
    const machine = await given(waves, { coverage: [{ of: ICS, from: '2016-01-01', to: '2019-01-01' }] }).open();
    expect(machine.counts('ICS').counts.map(({ at, covered: known }) => [at, known])).toEqual([
      ['2016-01-01', true],
      ['2017-01-01', true],
      ['2018-01-01', true],
    ]);
    expect(machine.counts('ICS', { from: '2015', to: '2015' }).counts[0]?.covered).toBe(false);
  });

  test('a series too long, or the wrong way round, is refused', async () => {
    const machine = await given(waves, covered).open();
    expect(() => machine.counts('ICS', { from: '2000', to: '2020', every: 'day' })).toThrow('more than 5000');
    expect(() => machine.counts('ICS', { from: '2020', to: '2019' })).toThrow('before it begins');
  });
});

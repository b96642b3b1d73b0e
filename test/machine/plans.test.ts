import { describe, expect, test } from 'vitest';
import { designated, established, given, ICS, joined, lines, statusMade, type Told } from '../support/given.ts';

const told = (type: Told['type'], day: string, data: object, more: Partial<Told> = {}): Told => ({
  type,
  effective: day,
  data: { plan: 'plan/boards', ...data },
  said: day,
  ...more,
});

const story: Told[] = [
  statusMade('2017-06-15', 'integrated care system', 'ICS'),
  established('region/south', '2013-04-01'),
  established('system/devon', '2016-03-15'),
  established('ccg/devon', '2013-04-01'),
  joined('system/devon', 'region/south', '2016-03-15'),
  designated('system/devon', '2021-04-01'),
  told('PlanAnnounced', '2021-02-11', {
    title: 'Statutory boards',
    promise: 'Each system was to have a board.',
    expected: '2022-04-01',
    expects: [{ kind: 'integrated-care-board', each: ICS }],
    ends: ['kind/clinical-commissioning-group'],
  }),
  told('PlanRevised', '2021-12-24', { expected: '2022-07-01' }),
  told('PlanMet', '2022-07-02', {}),
];

describe('what was promised', () => {
  const at = async (day: string, publishedBy?: string, kind?: string) =>
    (await given(story).open()).at(day, { publishedBy, kind });

  test('as seen before the plan, on its day and after its revision', async () => {
    expect(lines((await at('2022-04-01', '2021-02-10')).bodies)).not.toContain('(plan/boards/devon)');
    const first = await at('2022-04-01', '2021-11-01', 'ICB');
    expect(first.bodies).toMatchObject([
      {
        id: 'plan/boards/devon',
        name: 'integrated care board for Devon',
        existence: 'expected',
        from: '2022-04-01',
        because: 'promised by Statutory boards',
        partOf: [{ id: 'system/devon' }, { id: 'region/south' }],
      },
    ]);
    expect(first.expected).toMatchObject([{ plan: 'plan/boards', state: 'open', expected: '2022-04-01' }]);
    const second = await at('2022-04-01', '2022-01-15', 'ICB');
    expect(second.bodies).toEqual([]);
    expect(second.expected).toMatchObject([{ state: 'revised', expected: '2022-07-01', expectedText: '1 July 2022' }]);
    expect(second.notes).toContain(
      'Statutory boards: expected 1 July 2022 (moved on 24 December 2021). Each system was to have a board.',
    );
  });

  test('a body that was to end by then says so', async () => {
    const body = async (day: string) => (await at(day, '2021-11-01', 'CCG')).bodies[0]?.because;
    expect(await body('2022-03-31')).toBeUndefined();
    expect(await body('2022-04-01')).toBe('expected to end by 1 April 2022: Statutory boards');
  });

  test('nobody who looks from before its day can call it missed', async () => {
    const state = async (day: string, publishedBy?: string) => (await at(day, publishedBy)).expected[0]?.state;
    expect(await state('2022-06-01', '2021-11-01')).toBe('open');
    expect(await state('2022-07-01')).toBe('revised');
    expect(await state('2022-07-02', '2022-07-01')).toBe('revised');
    expect(await state('2022-07-02')).toBeUndefined();
  });

  test('what is promised counts as expected, in its place too', async () => {
    const machine = await given(story).open();
    const count = (options: object) =>
      machine.count('ICB', { at: '2022-04-01', publishedBy: '2021-11-01', ...options });
    expect(count({})).toMatchObject({ certain: 0, possible: 0, expected: 1 });
    expect(count({ partOf: 'region/south' })).toMatchObject({ expected: 1 });
    expect(count({ publishedBy: undefined })).toMatchObject({ expected: 0 });
  });
});

describe('what came of it', () => {
  const announced = told('PlanAnnounced', '2016-01-01', { title: 'A plan', promise: 'Soon.', expected: '2017-03' });
  const stateAt = async (events: Told[], day: string) =>
    (await given(events).open()).at(day).expected.map(({ state }) => state);

  test('open until its day is over, then missed', async () => {
    expect(await stateAt([announced], '2015-12-31')).toEqual([]);
    expect(await stateAt([announced], '2016-01-01')).toEqual(['open']);
    expect(await stateAt([announced], '2017-03-31')).toEqual(['open']);
    expect(await stateAt([announced], '2017-04-01')).toEqual(['missed']);
    expect((await given([announced]).open()).at('2017-04-01', { publishedBy: '2017-05-01' }).expected[0]?.state).toBe(
      'missed',
    );
  });

  test('met or abandoned, it is expected no more', async () => {
    expect(await stateAt([announced, told('PlanMet', '2017-03-15', {})], '2017-03-14')).toEqual(['open']);
    expect(await stateAt([announced, told('PlanMet', '2017-03-15', {})], '2017-03-15')).toEqual([]);
    expect(await stateAt([announced, told('PlanAbandoned', '2016-06-01', {})], '2016-06-01')).toEqual([]);
  });

  test('whether a promise for a day after what is covered was kept, nobody here can know', async () => {
    const machine = await given([announced], { coverage: [{ of: 'system', to: '2017-01-01' }] }).open();
    expect(machine.at('2018-01-01').expected[0]?.state).toBe('open');
  });

  test('bodies named by the source are expected under those names', async () => {
    const machine = await given(
      [
        told('PlanAnnounced', '2026-01-01', {
          title: 'Mergers',
          promise: 'Two boards.',
          expected: '2027-04-01',
          expects: [{ kind: 'integrated-care-board', bodies: ['East & West', 'North'] }],
        }),
      ],
      { coverage: [{ of: 'integrated-care-board', to: '2026-07-01' }] },
    ).open();
    expect(machine.at('2026-06-30').bodies).toEqual([]);
    expect(machine.at('2027-03-31').bodies).toEqual([]);
    expect(machine.at('2027-04-01').bodies.map(({ id, name }) => [id, name])).toEqual([
      ['plan/boards/east-west', 'East & West'],
      ['plan/boards/north', 'North'],
    ]);
    expect(machine.count('ICB', { at: '2027-04-01' })).toMatchObject({ certain: 0, expected: 2 });
  });
});

import { describe, expect, test } from 'vitest';
import { abolished, established, given, type Told } from '../support/given.ts';

const act: Told = {
  type: 'LegislationEnacted',
  effective: '2012-03-27',
  data: { legislation: 'act/2012-7', title: 'The Act', citation: '2012 c. 7' },
};
const commenced: Told = { type: 'ProvisionCommenced', effective: '2013-04-01', data: { legislation: 'act/2012-7' } };
const repealed: Told = { type: 'LegislationRepealed', effective: '2022-07-01', data: { legislation: 'act/2012-7' } };

describe('law', () => {
  test.each([
    ['2012-03-26', []],
    ['2012-03-27', ['The Act: enacted']],
    ['2013-03-31', ['The Act: enacted']],
    ['2013-04-01', ['The Act: in force']],
    ['2022-06-30', ['The Act: in force']],
    ['2022-07-01', []],
  ])('on %s', async (at, laws) => {
    const machine = await given([act, commenced, repealed]).open();
    expect(machine.standing(at).laws.map(({ title, detail }) => `${title}: ${detail}`)).toEqual(laws);
  });
});

describe('functions', () => {
  const story: Told[] = [
    established('region/england', '2013-04-01'),
    established('icb/devon', '2022-07-01'),
    {
      type: 'FunctionConferred',
      effective: '2013-04-01',
      data: { function: 'function/pharmacy', title: 'Pharmacy', holder: 'region/england' },
    },
    {
      type: 'FunctionDelegated',
      effective: '2022-07-01',
      data: { function: 'function/pharmacy', from: 'region/england', to: 'kind/integrated-care-board' },
    },
    abolished('region/england', '2025-04-01'),
  ];

  test.each([
    ['2013-03-31', []],
    ['2013-04-01', ['Pharmacy: England']],
    ['2022-06-30', ['Pharmacy: England']],
    ['2022-07-01', ['Pharmacy: England, delegated to every integrated care board']],
  ])('on %s', async (at, held) => {
    const machine = await given(story).open();
    expect(
      machine
        .standing(at)
        .functions.map(({ title, holders, delegates }) =>
          [
            `${title}: ${holders.map(({ name }) => name).join()}`,
            ...delegates.map(({ name }) => `delegated to ${name}`),
          ].join(', '),
        ),
    ).toEqual(held);
  });

  test('a body that is no more holds none', async () => {
    const machine = await given(story).open();
    expect(machine.standing('2025-03-31').functions[0]?.holders).toHaveLength(1);
    expect(machine.standing('2025-04-01').functions[0]?.holders).toHaveLength(0);
  });
});

describe('rules and policies', () => {
  const story: Told[] = [
    {
      type: 'RequirementSet',
      effective: '2022-07-01',
      data: {
        requirement: 'requirement/chair',
        title: 'Who may chair',
        of: 'kind/integrated-care-board',
        rule: 'Not an MP.',
      },
    },
    { type: 'RequirementEnded', effective: '2023-07-01', data: { requirement: 'requirement/chair' } },
    {
      type: 'PolicyPublished',
      effective: '2019-01-07',
      data: { policy: 'policy/plan', title: 'The Plan', by: ['A', 'B'], summary: 'What it says.' },
    },
  ];

  test('a rule binds from its first day until it ends', async () => {
    const machine = await given(story).open();
    const rules = (at: string) => machine.standing(at).rules.map(({ title, detail, of }) => [title, detail, of]);
    expect(rules('2022-06-30')).toEqual([]);
    expect(rules('2022-07-01')).toEqual([
      ['Who may chair', 'Not an MP.', [{ id: 'kind/integrated-care-board', name: 'every integrated care board' }]],
    ]);
    expect(rules('2023-07-01')).toEqual([]);
  });

  test('a policy stands with its authors', async () => {
    const machine = await given(story).open();
    expect(machine.standing('2019-01-06').policies).toEqual([]);
    expect(machine.standing('2019-01-07').policies).toMatchObject([{ id: 'policy/plan', detail: 'A and B' }]);
  });
});

describe('what was being said', () => {
  const said = (effective: string): Told => ({
    id: `story/said-${effective}`,
    type: 'StatementMade',
    effective,
    data: { by: 'Somebody', said: `Something, ${effective}.` },
    said: effective.slice(0, 10),
  });

  test('is what was said in the twelve months up to the day, the latest first', async () => {
    const machine = await given([said('2019-03-01'), said('2020-02-29'), said('2020-03-01')]).open();
    const heard = (at: string) => machine.standing(at).said.map(({ date }) => date);
    expect(heard('2019-02-28')).toEqual([]);
    expect(heard('2019-03-01')).toEqual(['2019-03-01']);
    expect(heard('2020-02-29')).toEqual(['2020-02-29', '2019-03-01']);
    expect(heard('2020-03-01')).toEqual(['2020-03-01', '2020-02-29']);
    expect(heard('2021-02-28')).toEqual(['2020-03-01', '2020-02-29']);
    expect(heard('2021-03-01')).toEqual([]);
  });

  test('and nothing that was not public on the day one looks from', async () => {
    const machine = await given([said('2020-02-01'), said('2020-03-01')]).open();
    expect(machine.standing('2020-03-01', { publishedBy: '2020-02-29' }).said.map(({ date }) => date)).toEqual([
      '2020-02-01',
    ]);
  });

  test('a day outside everything covered says so', async () => {
    const machine = await given([said('2020-02-01')]).open();
    expect(machine.standing('1989-12-31').covered).toBe(false);
    expect(machine.standing('1990-01-01').covered).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import { abolished, designated, established, given, renamed, statusMade } from '../support/given.ts';

describe('a reform step by step', () => {
  const merger = 'merger';
  const events = [
    ...['a', 'b', 'c', 'd'].map((name) => established(`ccg/${name}`, '2013-04-01')),
    ...['a', 'b', 'c', 'd'].map((name) => abolished(`ccg/${name}`, '2018-04-01', { milestone: merger })),
    established('ccg/abcd', '2018-04-01', {}, { milestone: merger }),
    renamed('ccg/abcd', '2018-06', 'All Four', { milestone: merger }),
    established('ccg/other', '2018-05-01', {}, { milestone: 'another' }),
  ];

  test('before, each step, after; events alike are one step', async () => {
    const replay = (await given(events).open()).replay(merger);
    expect(replay).toMatchObject({ milestone: merger, title: 'The merger', summary: 'What happened in the merger.' });
    expect(replay.before).toEqual({
      at: '2018-03-31',
      counts: [{ kind: 'clinical-commissioning-group', count: { certain: 4, possible: 4 } }],
    });
    expect(
      replay.steps.map(({ step, dateText, sentence, counts }) => [
        step,
        dateText,
        sentence,
        counts.map(({ before, after }) => [before.certain, after.certain]),
      ]),
    ).toEqual([
      [1, '1 April 2018', 'Abcd was established.', [[4, 5]]],
      [2, '1 April 2018', '4 clinical commissioning groups were abolished.', [[5, 1]]],
      [3, 'June 2018', 'Abcd was renamed All Four.', []],
    ]);
    expect(replay.after).toEqual({
      at: '2018-06-30',
      counts: [{ kind: 'clinical-commissioning-group', count: { certain: 2, possible: 2 } }],
    });
  });

  test('what comes after is read on the last day on which any of it may have happened', async () => {
    const machine = await given([
      established('ccg/a', '2018', {}, { milestone: merger }),
      established('ccg/b', '2018-06-01', {}, { milestone: merger }),
    ]).open();
    expect(machine.replay(merger).after).toEqual({
      at: '2018-12-31',
      counts: [{ kind: 'clinical-commissioning-group', count: { certain: 2, possible: 2 } }],
    });
  });

  test('statuses are counted too', async () => {
    const machine = await given([
      statusMade(),
      established('system/a', '2016-03-15'),
      designated('system/a', '2017-06-15', 'Wave 1', { milestone: 'wave' }),
    ]).open();
    expect(machine.replay('wave').steps[0]?.counts).toEqual([
      { kind: 'integrated-care-system', before: { certain: 0, possible: 0 }, after: { certain: 1, possible: 1 } },
    ]);
  });

  test('only what was known by then', async () => {
    const machine = await given(events).open();
    expect(machine.replay(merger, { publishedBy: '2018-04-30' }).steps).toHaveLength(2);
    expect(() => machine.replay(merger, { publishedBy: '2017-01-01' })).toThrow('nothing of merger was known by then');
  });

  test('an unknown milestone, with the nearest; and the list of all', async () => {
    const machine = await given(events).open();
    expect(() => machine.replay('mergre')).toThrow('no milestone is called mergre');
    expect(machine.milestones().map(({ milestone, from, to, events: n }) => [milestone, from, to, n])).toEqual([
      ['story', '2013-04-01', '2013-04-01', 4],
      ['merger', '2018-04-01', '2018-06-30', 6],
      ['another', '2018-05-01', '2018-05-01', 1],
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openRecord } from '../../src/machine/index.ts';
import { isoDay, parseIsoDay } from '../../src/time/day.ts';
import { abolished, corrected, established, followed, given } from '../support/given.ts';

const mergers = [
  established('ccg/east', '2013-04-01', {}, { milestone: 'beginnings' }),
  established('ccg/west', '2013-04-01', {}, { milestone: 'beginnings' }),
  established('ccg/all', '2020-04-01', {}, { milestone: 'merger' }),
  followed(['ccg/east', 'ccg/west'], ['ccg/all'], '2020-04-01', 'merger'),
  abolished('ccg/east', '2020-04-01', { milestone: 'merger' }),
  abolished('ccg/west', '2020-04-01', { milestone: 'merger' }),
];

describe('the days on which something changed', () => {
  test('are in order, with their reforms, the one with most events first', async () => {
    const { days } = (await given(mergers).open()).days();
    expect(days).toEqual([
      {
        at: '2013-04-01',
        events: 2,
        certain: true,
        milestones: [{ milestone: 'beginnings', title: 'The beginnings', events: 2 }],
      },
      {
        at: '2020-04-01',
        events: 4,
        certain: true,
        milestones: [
          { milestone: 'merger', title: 'The merger', events: 3 },
          { milestone: 'story', title: 'The story', events: 1 },
        ],
      },
    ]);
  });

  test('say which of them are only the first day of a period that something is dated to', async () => {
    const machine = await given([
      established('ccg/east', '2018-02'),
      established('ccg/west', '2018-03-01'),
      established('ccg/north', '2018-03'),
    ]).open();
    expect(machine.days().days.map(({ at, certain }) => [at, certain])).toEqual([
      ['2018-02-01', false],
      ['2018-03-01', true],
    ]);
  });

  test('are those that were public by a day, and no others', async () => {
    const machine = await given([
      established('ccg/east', '2013-04-01', {}, { said: '2013-01-01' }),
      established('icb/all', '2022-07-01', {}, { said: '2022-05-01' }),
    ]).open();
    const seen = (publishedBy: string) => machine.days({ publishedBy }).days.map(({ at }) => at);
    expect(seen('2022-04-30')).toEqual(['2013-04-01']);
    expect(seen('2022-05-01')).toEqual(['2013-04-01', '2022-07-01']);
  });

  test('follow a correction from the day it was recorded', async () => {
    const machine = await given([
      established('ccg/east', '2013-04-01', {}, { id: 'story/east' }),
      corrected('story/east', '2026-12-01', { effective: '2013-04-02' }),
    ]).open();
    expect(machine.days({ recordedBy: '2026-11-30' }).days.map(({ at }) => at)).toEqual(['2013-04-01']);
    expect(machine.days({ recordedBy: '2026-12-01' }).days.map(({ at }) => at)).toEqual(['2013-04-02']);
  });
});

describe('what happened on a day', () => {
  test('is told by reform, with the counts of the evening before', async () => {
    const answer = (await given(mergers).open()).day('2020-04-01');
    expect(answer).toMatchObject({ at: '2020-04-01', previous: '2013-04-01', next: null, meanwhile: [] });
    expect(answer.reforms.map(({ milestone }) => milestone)).toEqual(['merger', 'story']);
    expect(answer.reforms[0]?.steps.map(({ step, sentence }) => [step, sentence])).toEqual([
      [1, 'All was established.'],
      [2, 'East was abolished.'],
      [3, 'West was abolished.'],
    ]);
    expect(answer.counts).toMatchObject([
      { kind: 'clinical-commissioning-group', before: { certain: 2 }, after: { certain: 1 } },
    ]);
  });

  test.each([
    ['the day before', '2020-03-31', '2013-04-01', '2020-04-01', []],
    ['the day after', '2020-04-02', '2020-04-01', null, []],
  ])('is nothing on %s', async (_, at, previous, next, reforms) => {
    expect((await given(mergers).open()).day(at)).toMatchObject({ previous, next, reforms });
  });

  test('keeps apart what no source dates closer than to a period with the day in it', async () => {
    const machine = await given([established('ccg/east', '2018-02'), established('ccg/west', '2018-02-01')]).open();
    const told = (at: string) => {
      const { reforms, meanwhile } = machine.day(at);
      return [reforms.flatMap(({ steps }) => steps.map(({ event }) => event)), meanwhile.map(({ id }) => id)];
    };
    expect(told('2018-01-31')).toEqual([[], []]);
    expect(told('2018-02-01')).toEqual([['story/2'], ['story/1']]);
    expect(told('2018-02-28')).toEqual([[], ['story/1']]);
    expect(told('2018-03-01')).toEqual([[], []]);
  });
});

describe('in the record', () => {
  test('from any day, one step on and one step back come to where one was', async () => {
    const machine = await openRecord();
    const all = machine.days().days.map(({ at }) => at);
    expect(all).toEqual([...new Set(all)].sort());
    const [first, last] = [parseIsoDay(all[0] ?? ''), parseIsoDay(all.at(-1) ?? '')] as [number, number];
    fc.assert(
      fc.property(fc.integer({ min: first - 3, max: last + 3 }), (day) => {
        const at = isoDay(day);
        const { previous, next } = machine.day(at);
        expect(previous).toBe(all.filter((one) => one < at).at(-1) ?? null);
        expect(next).toBe(all.find((one) => one > at) ?? null);
      }),
      { numRuns: 25 },
    );
  });
});

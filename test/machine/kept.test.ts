import { beforeAll, describe, expect, test } from 'vitest';
import { type Machine, openRecord } from '../../src/machine/index.ts';
import { dayFromCivil, isoDay } from '../../src/time/day.ts';
import { KINDS } from '../../src/vocabulary/kinds.ts';
import { established, filesOf, folderOf } from '../support/given.ts';

const TODAY = dayFromCivil(2026, 11, 21);

/** Every answer that may be kept, under one lens: each kind by change, and the generations of all. */
function answers(machine: Machine, lens: { publishedBy?: string; recordedBy?: string; dates?: 'operational' } = {}) {
  return {
    generations: machine.generations(lens),
    series: KINDS.map(({ name }) => machine.counts(name, { every: 'change', ...lens })),
    within: machine.counts('ccg', { every: 'change', from: '2015', to: '2021', ...lens }),
    placed: machine.counts('ccg', { every: 'change', partOf: 'region/london', ...lens }),
  };
}

describe('what is worked out when the record is compiled', () => {
  let kept: Machine;
  let live: Machine;
  beforeAll(async () => {
    await openRecord();
    const options = { today: () => TODAY };
    [kept, live] = await Promise.all([openRecord(options), openRecord({ ...options, cache: false })]);
  });

  test('is what anybody would have worked out', () => {
    const found = answers(kept);
    expect(found).toEqual(answers(live));
    expect(found.generations.passages.length).toBeGreaterThan(20);
    expect(found.series.find(({ of }) => of === 'clinical-commissioning-group')?.counts.length).toBeGreaterThan(5);
  });

  test.each([{ publishedBy: '2012-06-01' }, { recordedBy: '2026-11-20' }, { dates: 'operational' } as const])(
    'answers nobody who looks through %o',
    (lens) => {
      expect(answers(kept, lens)).toEqual(answers(live, lens));
    },
  );

  test('answers nobody in a counterfactual', () => {
    const without = 'ccg-mergers-2020/to-bath-and-north-east-somerset-swindon-and-wiltshire';
    const options = { every: 'change', without } as const;
    expect(kept.counts('ccg', options)).toEqual(live.counts('ccg', options));
    expect(kept.counts('ccg', options).counts).not.toEqual(kept.counts('ccg', { every: 'change' }).counts);
  });

  test('keeps no record from being opened: one with more changes than a series may tell is refused only that series', async () => {
    const many = Array.from({ length: 5001 }, (_, n) => established(`ccg/n${n}`, isoDay(dayFromCivil(2000, 1, 1) + n)));
    const options = { folder: await folderOf(filesOf(many, { coverage: ['clinical-commissioning-group'] })) };
    const machine = await openRecord({ ...options, today: () => TODAY });
    expect(machine.count('ccg', { at: '2010-01-01' }).certain).toBe(3654);
    expect(() => machine.counts('ccg', { every: 'change' })).toThrow('more than 5000');
    expect(machine.counts('ccg', { every: 'change', to: '2013-01-01' }).counts.length).toBeGreaterThan(4700);
  });

  test('is left aside where today comes before what is covered, since a series begins no later than today', async () => {
    const early = await openRecord({ today: () => dayFromCivil(1900, 1, 1) });
    expect(early.counts('ccg', { every: 'change' }).from).toBe('1900-01-01');
  });
});

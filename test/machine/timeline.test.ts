import { describe, expect, test } from 'vitest';
import type { Machine } from '../../src/machine/index.ts';
import {
  abolished,
  corrected,
  designated,
  established,
  given,
  joined,
  statusMade,
  withdrawn,
} from '../support/given.ts';

const record = given(
  [
    established('region/south', '2013-04-01', {}, { id: 'story/south' }),
    established('system/devon', '2016-03-15', {}, { id: 'story/devon' }),
    joined('system/devon', 'region/south', '2016-03-15', { id: 'story/joined' }),
    statusMade(),
    designated('system/devon', '2017-06-15', 'Wave 1', { id: 'story/wave', milestone: 'story' }),
    established('ccg/devon', '2018', {}, { id: 'other/ccg', milestone: 'other' }),
    abolished('ccg/devon', '2022-07-01', {
      id: 'other/end',
      milestone: 'other',
      said: '2022-04-28',
      dissent: [{ source: 'an-encyclopaedia', says: 'It ended in 2021.', ruling: 'The order gives 2022.' }],
    }),
    withdrawn('other/ccg', '2026-12-01'),
    corrected('story/south', '2026-12-01', { data: { name: 'The South' } }),
  ],
  { sources: { 'an-encyclopaedia': { title: 'E', publisher: 'P', kind: 'encyclopaedia' } } },
);

describe('events in order of time', () => {
  const ids = async (options: Parameters<Machine['timeline']>[0]) =>
    (await record.open())
      .timeline(options)
      .events.map(({ id }) => id)
      .filter((id) => !id.includes('as-of'));

  test('between two days, the imprecise ones included where they may fall', async () => {
    expect(await ids({ from: '2017', to: '2018-06-01', recordedBy: '2026-11-21' })).toEqual([
      'story/4',
      'story/wave',
      'other/ccg',
    ]);
    expect(await ids({ from: '2016-03-15', to: '2016-03-15' })).toEqual(['story/devon', 'story/joined']);
    expect(await ids({ from: '2016-03-16', to: '2017-06-14' })).toEqual([]);
  });

  test('those whose day is not known well enough to lie surely within are named', async () => {
    const machine = await record.open();
    const possible = (from: string, to: string) =>
      machine.timeline({ from, to, recordedBy: '2026-11-21' }).possible.filter((id) => !id.includes('as-of'));
    expect(possible('2018-05-10', '2018-05-20')).toEqual(['other/ccg']);
    expect(possible('2018-01-01', '2018-12-31')).toEqual([]);
    expect(possible('2018-01-02', '2018-12-31')).toEqual(['other/ccg']);
    expect(possible('2018-01-01', '2018-12-30')).toEqual(['other/ccg']);
  });

  test('what was withdrawn is left out, what was corrected is told as corrected', async () => {
    const { events } = (await record.open()).timeline();
    expect(events.map(({ id }) => id)).not.toContain('other/ccg');
    expect(events.find(({ id }) => id === 'story/south')?.sentence).toBe('The South was established.');
  });

  test('of a kind, a place, a milestone, a thing', async () => {
    expect(await ids({ kind: 'system' })).toEqual(['story/devon', 'story/joined', 'story/wave']);
    expect(await ids({ partOf: 'region/south' })).toEqual(['story/south', 'story/devon', 'story/joined', 'story/wave']);
    expect(await ids({ milestone: 'other' })).toEqual(['other/end']);
    expect(await ids({ about: 'system/devon' })).toEqual(['story/devon', 'story/joined', 'story/wave']);
    expect(await ids({ publishedBy: '2022-04-27', about: 'ccg/devon' })).toEqual([]);
    expect(await ids({ publishedBy: '2022-04-28', about: 'ccg/devon' })).toEqual(['other/end']);
  });

  test('questions that cannot be read', async () => {
    const machine = await record.open();
    expect(() => machine.timeline({ milestone: 'othre' })).toThrow('no milestone is called othre');
    expect(() => machine.timeline({ theme: 'gardening' })).toThrow('no milestone has the theme gardening');
    expect(() => machine.timeline({ from: '2020', to: '2019' })).toThrow('before it begins');
    expect(() => machine.timeline({ about: 'ccg/nowhere' })).toThrow('nothing in the record is called ccg/nowhere');
  });
});

describe('who says so', () => {
  test('every source with how many events rest on it, or those of one thing', async () => {
    const machine = await record.open();
    const all = Object.fromEntries(machine.sources().map(({ source, events }) => [source, events]));
    expect(all).toEqual({ 'a-register': 7, 'an-encyclopaedia': 0, 'said-2022-04-28': 1 });
    expect(machine.sources({ about: 'ccg/devon' }).map(({ source, events }) => [source, events])).toEqual([
      ['said-2022-04-28', 1],
    ]);
  });

  test('where another source disagrees, both stand with the ruling', async () => {
    const machine = await record.open();
    expect(machine.conflicts()).toMatchObject([
      {
        event: { id: 'other/end' },
        source: { source: 'an-encyclopaedia' },
        says: 'It ended in 2021.',
        ruling: 'The order gives 2022.',
      },
    ]);
    expect(machine.conflicts({ about: 'system/devon' })).toEqual([]);
    expect(machine.conflicts({ publishedBy: '2022-01-01' })).toEqual([]);
  });
});

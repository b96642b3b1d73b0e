import { describe, expect, test } from 'vitest';
import type { Machine } from '../../src/machine/index.ts';
import { abolished, established, given, recoded, renamed } from '../support/given.ts';

const EVENTS = [
  established('ccg/bath', '2013-04-01', {
    name: 'NHS Bath and North East Somerset CCG',
    codes: { ods: '11E', gss: 'E38000009' },
  }),
  established('ccg/st-helens', '2013-04-01', { name: 'NHS St Helens CCG', codes: { ods: '01X' } }),
  established('ccg/cumbria', '2013-04-01', { name: 'NHS Cumbria CCG', codes: { ods: '01H', gss: 'E38000041' } }),
  renamed('ccg/cumbria', '2017-04-01', 'NHS North Cumbria CCG'),
  recoded('ccg/cumbria', '2017-04-01', { gss: 'E38000215' }),
  established('ccg/devon', '2019-04-01', { name: 'NHS Devon CCG', codes: { ods: '15N' } }),
  established('system/devon', '2016-03-15', { name: 'Devon', codes: { ods: 'QJK' } }),
  recoded('system/devon', '2022-07-01', { ods: null }),
  established('icb/devon', '2022-07-01', { name: 'NHS Devon Integrated Care Board', codes: { ods: 'QJK' } }),
  ...['ccg/bath', 'ccg/st-helens', 'ccg/cumbria', 'ccg/devon'].map((id) => abolished(id, '2022-07-01')),
] as const;

const record = () => given(EVENTS).open();

async function one(value: string, at: string, options: Partial<Parameters<Machine['recognise']>[1]> = {}) {
  const [found] = (await record()).recognise([value], { at, ...options }).values;
  return [found?.outcome, ...(found?.bodies.map(({ id }) => id) ?? [])].join(' ');
}

describe('a body is recognised as people write it', () => {
  test.each([
    'NHS Bath and North East Somerset CCG',
    'NHS BATH AND NORTH EAST SOMERSET CCG',
    'Bath & North East Somerset',
    'Bath and North East Somerset Clinical Commissioning Group',
    '  bath   and north-east somerset ccg ',
    'NHS Bath, North East Somerset CCG',
    'BATH AND NORTH EAST SOMERSET NHS CCG',
    '11E',
    ' 11e ',
    '11 E',
    'e38000009',
    'ccg/bath',
  ])('%j', async (value) => {
    expect(await one(value, '2018-01-01')).toBe('recognised ccg/bath');
  });

  test.each(['St. Helens', 'St Helen’s', "st helen's ccg", 'ST HELENS'])('%j', async (value) => {
    expect(await one(value, '2018-01-01')).toBe('recognised ccg/st-helens');
  });

  test.each(['', ' ', 'CCG', 'NHS', 'the and', 'NHS CCG', '—'])('%j names nobody', async (value) => {
    expect(await one(value, '2018-01-01')).toBe('unknown');
  });

  test('a kind that the name says is kept to', async () => {
    expect(await one('Devon CCG', '2020-01-01')).toBe('recognised ccg/devon');
    expect(await one('Devon ICB', '2023-01-01')).toBe('recognised icb/devon');
    expect(await one('Devon STP', '2020-01-01')).toBe('recognised system/devon');
    expect(await one('Devon PCT', '2020-01-01')).toBe('unknown');
  });
});

describe('a name that fits several', () => {
  test('is ambiguous on a day when several had it', async () => {
    expect(await one('Devon', '2020-01-01')).toBe('ambiguous ccg/devon system/devon');
  });

  test('is decided by the day when only one existed then', async () => {
    expect(await one('Devon', '2019-03-31')).toBe('recognised system/devon');
    expect(await one('Devon', '2019-04-01')).toBe('ambiguous ccg/devon system/devon');
  });

  test('is decided by the kind asked for', async () => {
    expect(await one('Devon', '2020-01-01', { kind: 'CCG' })).toBe('recognised ccg/devon');
    expect(await one('Devon', '2020-01-01', { prefer: 'system' })).toBe('recognised system/devon');
  });

  test('is decided by what the others are', async () => {
    const answer = (await record()).recognise(['Devon', 'St Helens', '11E'], { at: '2020-01-01' });
    expect(answer.kind).toBe('clinical-commissioning-group');
    expect(answer.values.map(({ bodies }) => bodies.map(({ id }) => id))).toEqual([
      ['ccg/devon'],
      ['ccg/st-helens'],
      ['ccg/bath'],
    ]);
  });

  test('a code that two bodies bore one after the other is decided by the day', async () => {
    expect(await one('QJK', '2022-06-30')).toBe('recognised system/devon');
    expect(await one('QJK', '2022-07-01')).toBe('recognised icb/devon');
  });
});

describe('codes and names of other days', () => {
  test('a body is meant by a name it had before or would have, while it existed', async () => {
    expect(await one('Cumbria CCG', '2017-03-31')).toBe('recognised ccg/cumbria');
    expect(await one('Cumbria CCG', '2018-01-01')).toBe('recognised ccg/cumbria');
    expect(await one('North Cumbria CCG', '2014-01-01')).toBe('recognised ccg/cumbria');
    expect(await one('North Cumbria CCG', '2022-07-01')).toBe('other dates ccg/cumbria');
  });

  test('but a code of another day is another area', async () => {
    expect(await one('E38000041', '2017-03-31')).toBe('recognised ccg/cumbria');
    expect(await one('E38000041', '2017-04-01')).toBe('other dates ccg/cumbria');
    expect(await one('E38000215', '2017-03-31')).toBe('other dates ccg/cumbria');
    expect(await one('E38000215', '2022-06-30')).toBe('recognised ccg/cumbria');
    expect(await one('E38000215', '2022-07-01')).toBe('other dates ccg/cumbria');
  });
});

test('near misses are offered and not taken, those of the kind that was written first', async () => {
  const { values } = (await record()).recognise(['Devonn CCG', 'Devonn ICB', '15M'], { at: '2020-01-01' });
  expect(values.map(({ outcome, near }) => [outcome, near[0]?.id])).toEqual([
    ['unknown', 'ccg/devon'],
    ['unknown', 'icb/devon'],
    ['unknown', 'ccg/devon'],
  ]);
});

test('each distinct value is answered once, in the order given', async () => {
  const { values } = (await record()).recognise(['15N', '11E', '15N'], { at: '2020-01-01' });
  expect(values.map(({ value }) => value)).toEqual(['15N', '11E']);
});

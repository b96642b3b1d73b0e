import { describe, expect, test } from 'vitest';
import { abolished, established, followed, given, recoded, renamed } from '../support/given.ts';

describe('found by any code or name it ever bore', () => {
  const record = given([
    established('ccg/berkshire-west', '2013-04-01', {
      codes: { ods: '15A', gss: 'E38000221' },
      also: ['The Western Group'],
    }),
    renamed('ccg/berkshire-west', '2018-04-01', 'NHS Royal County CCG'),
    recoded('ccg/berkshire-west', '2019-04-01', { ods: '15B' }),
    abolished('ccg/berkshire-west', '2022-07-01'),
    established('icb/thames', '2022-07-01', { acronym: 'TVX', codes: { ods: '15A' } }),
    abolished('icb/thames', '2026-04-01'),
    established('icb/thames-valley', '2026-04-01'),
    followed(['ccg/berkshire-west'], ['icb/thames'], '2022-07-01', 'replacement'),
    followed(['icb/thames'], ['icb/thames-valley'], '2026-04-01', 'replacement'),
  ]);
  const find = async (query: string, at?: string) =>
    (await record.open())
      .find(query, { at })
      .found.map(({ id, matched, existence }) => `${id} ${matched.what} ${existence}`);

  test('a code, present or former, in any case; the living first', async () => {
    expect(await find('15b', '2020-01-01')).toEqual(['ccg/berkshire-west ods code certain']);
    expect(await find('15A', '2023-01-01')).toEqual([
      'icb/thames ods code certain',
      'ccg/berkshire-west ods code ended',
    ]);
    expect(await find('E38000221', '2020-01-01')).toEqual(['ccg/berkshire-west gss code certain']);
  });

  test('a name, a former name, another name, words in any order, an acronym, an id', async () => {
    expect(await find('Royal County', '2020-01-01')).toEqual(['ccg/berkshire-west name certain']);
    expect(await find('NHS West Berkshire CCG', '2020-01-01')).toEqual(['ccg/berkshire-west former name certain']);
    expect(await find('western group', '2020-01-01')).toEqual(['ccg/berkshire-west former name certain']);
    expect(await find('tvx', '2023-01-01')).toEqual(['icb/thames acronym certain']);
    expect(await find('icb/thames-valley')).toEqual(['icb/thames-valley id certain']);
  });

  test('a dead body leads on to the living end of its line', async () => {
    const machine = await record.open();
    const heirs = (at: string) => machine.find('15b', { at }).found[0]?.successors.map(({ id }) => id);
    expect(heirs('2020-01-01')).toEqual([]);
    expect(heirs('2023-01-01')).toEqual(['icb/thames']);
    expect(heirs('2026-11-21')).toEqual(['icb/thames-valley']);
    expect(machine.find('15b', { at: '2023-01-01' }).found[0]).toMatchObject({
      from: '2013-04-01',
      until: '2022-07-01',
      name: 'NHS Royal County CCG',
    });
  });

  test('one that had not begun had not ended', async () => {
    expect(await find('Thames Valley', '2020-01-01')).toContain('icb/thames-valley name expected');
  });

  test('nothing found: the nearest names', async () => {
    const { found, near } = (await record.open()).find('Thamse Vally');
    expect(found).toEqual([]);
    expect(near.map(({ id }) => id)).toContain('icb/thames-valley');
  });

  test('no more than asked for', async () => {
    expect((await record.open()).find('Thames', { limit: 1 }).found).toHaveLength(1);
  });
});

import { describe, expect, test } from 'vitest';
import type { Correspondence } from '../../src/machine/answers.ts';
import type { Machine } from '../../src/machine/index.ts';
import { abolished, established, followed, given, recoded, renamed } from '../support/given.ts';

type Options = Parameters<Machine['correspondence']>[2];

/** Rows in lines: `a -> b merged 1 of whole *`, with `*` for a row that is one of several. */
function lines({ rows }: Correspondence): string[] {
  return rows.map(({ from, to, relation, share, ambiguous, existence }) =>
    [
      `${from?.id ?? '-'} -> ${to?.id ?? '-'} ${relation}`,
      share ? `${share.share} of ${share.of}` : '',
      ambiguous ? '*' : '',
      existence === 'certain' ? '' : existence,
    ]
      .filter(Boolean)
      .join(' '),
  );
}

type Events = Parameters<typeof given>[0];
async function between(events: Events, from: string, to: string, options?: Options): Promise<string[]> {
  return lines((await given(events).open()).correspondence(from, to, options));
}

const start = (...ids: string[]) => ids.map((id) => established(id, '2013-04-01'));
const end = (effective: string, ...ids: string[]) => ids.map((id) => abolished(id, effective));

describe('what became of each body', () => {
  test('the same, renamed, recoded, ended and new', async () => {
    const events = [
      ...start('ccg/a', 'ccg/b', 'ccg/c', 'ccg/d'),
      renamed('ccg/b', '2018-04-01', 'Bee'),
      recoded('ccg/c', '2018-04-01', { ods: '15N' }),
      abolished('ccg/d', '2018-04-01'),
      established('ccg/e', '2018-04-01'),
    ];
    expect(await between(events, '2018-03-31', '2018-04-01')).toEqual([
      'ccg/a -> ccg/a same',
      'ccg/b -> ccg/b renamed',
      'ccg/c -> ccg/c recoded',
      'ccg/d -> - ended',
      '- -> ccg/e new',
    ]);
    expect(await between(events, '2018-03-31', '2018-04-01', { unchanged: false })).toHaveLength(4);
    const { summary, rows } = (await given(events).open()).correspondence('2018-03-31', '2018-04-01');
    expect(summary).toMatchObject({ same: 1, renamed: 1, recoded: 1, ended: 1, new: 1, merged: 0 });
    expect(rows.map(({ via }) => via.map(({ event }) => event))).toEqual([
      [],
      ['story/5'],
      ['story/6'],
      ['story/7'],
      ['story/8'],
    ]);
  });

  test('merged, replaced and divided, with shares where a source gives them', async () => {
    const events = [
      ...start('ccg/a', 'ccg/b', 'ccg/c', 'ccg/d'),
      ...end('2018-04-01', 'ccg/a', 'ccg/b', 'ccg/c', 'ccg/d'),
      ...['ccg/ab', 'ccg/cc', 'ccg/d1', 'ccg/d2'].map((id) => established(id, '2018-04-01')),
      followed(['ccg/a', 'ccg/b'], ['ccg/ab'], '2018-04-01', 'merger'),
      followed(['ccg/c'], ['ccg/cc'], '2018-04-01', 'replacement'),
      followed(['ccg/d'], ['ccg/d1', 'ccg/d2'], '2018-04-01', 'division', [['ccg/d', 'ccg/d1', 0.7]]),
    ];
    expect(await between(events, '2018-03-31', '2018-04-01')).toEqual([
      'ccg/a -> ccg/ab merged 1 of whole',
      'ccg/b -> ccg/ab merged 1 of whole',
      'ccg/c -> ccg/cc replaced 1 of whole',
      'ccg/d -> ccg/d1 divided 0.7 of population *',
      'ccg/d -> ccg/d2 divided *',
    ]);
    expect((await given(events).open()).correspondence('2018-03-31', '2018-04-01').notes).toEqual([
      '1 body has more than one target: every target is listed and none is preferred. A share that is missing is not known.',
    ]);
  });

  test('shares multiply along the way and add up where ways meet', async () => {
    const events = [
      ...start('ccg/a'),
      ...['ccg/b', 'ccg/c'].map((id) => established(id, '2015-04-01')),
      ...['ccg/d', 'ccg/e'].map((id) => established(id, '2018-04-01')),
      abolished('ccg/a', '2015-04-01'),
      ...end('2018-04-01', 'ccg/b', 'ccg/c'),
      followed(['ccg/a'], ['ccg/b', 'ccg/c'], '2015-04-01', 'division', [
        ['ccg/a', 'ccg/b', 0.6],
        ['ccg/a', 'ccg/c', 0.4],
      ]),
      followed(['ccg/b'], ['ccg/d', 'ccg/e'], '2018-04-01', 'division', [
        ['ccg/b', 'ccg/d', 0.5],
        ['ccg/b', 'ccg/e', 0.5],
      ]),
      followed(['ccg/c'], ['ccg/e'], '2018-04-01', 'absorption'),
    ];
    expect(await between(events, '2014-01-01', '2019-01-01')).toEqual([
      'ccg/a -> ccg/d divided 0.3 of population *',
      'ccg/a -> ccg/e divided 0.7 of population *',
    ]);
    expect(await between(events, '2014-01-01', '2016-01-01')).toEqual([
      'ccg/a -> ccg/b divided 0.6 of population *',
      'ccg/a -> ccg/c divided 0.4 of population *',
    ]);
    expect(await between(events, '2016-01-01', '2019-01-01')).toEqual([
      'ccg/b -> ccg/d divided 0.5 of population *',
      'ccg/b -> ccg/e divided 0.5 of population *',
      'ccg/c -> ccg/e merged 1 of whole',
    ]);
  });

  test('a share of the people and a share of the land do not multiply', async () => {
    const events = [
      ...start('ccg/a'),
      ...['ccg/b', 'ccg/c'].map((id) => established(id, '2015-04-01')),
      ...['ccg/d', 'ccg/e'].map((id) => established(id, '2018-04-01')),
      abolished('ccg/a', '2015-04-01'),
      abolished('ccg/b', '2018-04-01'),
      followed(['ccg/a'], ['ccg/b', 'ccg/c'], '2015-04-01', 'division', [['ccg/a', 'ccg/b', 0.6]]),
      followed(['ccg/b'], ['ccg/d', 'ccg/e'], '2018-04-01', 'division', [['ccg/b', 'ccg/d', 0.5, 'area']]),
    ];
    expect(await between(events, '2014-01-01', '2019-01-01')).toEqual([
      'ccg/a -> ccg/c divided *',
      'ccg/a -> ccg/d divided *',
      'ccg/a -> ccg/e divided *',
    ]);
  });

  test('a body divided that goes on itself did not pass whole to the other part', async () => {
    const events = [
      ...start('ccg/a'),
      established('ccg/b', '2018-04-01'),
      followed(['ccg/a'], ['ccg/a', 'ccg/b'], '2018-04-01', 'division'),
    ];
    expect(await between(events, '2018-01-01', '2019-01-01')).toEqual([
      'ccg/a -> ccg/a partly *',
      'ccg/a -> ccg/b partly *',
    ]);
  });

  test('a part that passed on is followed, twice between the same two, and into whatever came of the other', async () => {
    const events = [
      ...start('ccg/a', 'ccg/b'),
      followed(['ccg/a'], ['ccg/b'], '2014-04-01', 'transfer'),
      followed(['ccg/a'], ['ccg/b'], '2016-04-01', 'transfer'),
      established('ccg/c', '2018-04-01'),
      abolished('ccg/b', '2018-04-01'),
      followed(['ccg/b'], ['ccg/c'], '2018-04-01', 'replacement'),
    ];
    expect(await between(events, '2015-01-01', '2017-01-01')).toEqual([
      'ccg/a -> ccg/a partly *',
      'ccg/a -> ccg/b partly *',
      'ccg/b -> ccg/b same',
    ]);
    expect(await between(events, '2017-01-01', '2017-06-01')).toEqual(['ccg/a -> ccg/a same', 'ccg/b -> ccg/b same']);
    expect(await between(events, '2015-01-01', '2019-01-01')).toEqual([
      'ccg/a -> ccg/a partly *',
      'ccg/a -> ccg/c partly *',
      'ccg/b -> ccg/c replaced 1 of whole',
    ]);
  });

  test('an area given away makes two targets', async () => {
    const events = [
      ...start('ccg/a', 'ccg/b'),
      { type: 'AreaTransferred', effective: '2016-04-01', data: { from: 'ccg/a', to: 'ccg/b', what: 'Glossop' } },
    ] as Events;
    expect(await between(events, '2016-03-31', '2016-04-01')).toEqual([
      'ccg/a -> ccg/a partly *',
      'ccg/a -> ccg/b partly *',
      'ccg/b -> ccg/b same',
    ]);
  });

  test('a succession dated no closer than a year is followed from within that year', async () => {
    const events = [
      ...start('ccg/a'),
      abolished('ccg/a', '2018'),
      established('ccg/b', '2018'),
      followed(['ccg/a'], ['ccg/b'], '2018', 'replacement'),
    ];
    expect(await between(events, '2018-07-01', '2019-01-01')).toEqual([
      'ccg/a -> ccg/b replaced 1 of whole possible',
      'ccg/b -> ccg/b same possible',
    ]);
  });

  test('a body that goes back to one before it ends the search', async () => {
    const events = [
      ...start('ccg/a'),
      abolished('ccg/a', '2015-04-01'),
      established('ccg/b', '2015-04-01'),
      abolished('ccg/b', '2017-04-01'),
      followed(['ccg/a'], ['ccg/b'], '2015-04-01', 'replacement'),
      followed(['ccg/b'], ['ccg/a'], '2017-04-01', 'replacement'),
    ];
    expect(await between(events, '2014-01-01', '2018-01-01')).toEqual(['ccg/a -> - ended']);
  });
});

describe('of some kinds only', () => {
  const events = [
    ...start('ccg/a', 'pct/p'),
    ...end('2018-04-01', 'ccg/a', 'pct/p'),
    ...['icb/a', 'icb/p', 'icb/n'].map((id) => established(id, '2018-04-01')),
    followed(['ccg/a'], ['icb/a'], '2018-04-01', 'replacement'),
    followed(['pct/p'], ['icb/p'], '2018-04-01', 'replacement'),
  ];

  test('targets of other kinds are found, and what followed a body not asked for is not called new', async () => {
    expect(await between(events, '2018-01-01', '2019-01-01', { kind: 'CCG' })).toEqual([
      'ccg/a -> icb/a replaced 1 of whole',
      '- -> icb/n new',
    ]);
  });

  test('none on the earlier day', async () => {
    const machine = await given(events).open();
    expect(machine.correspondence('2010-01-01', '2011-01-01', { kind: 'CCG' })).toMatchObject({
      rows: [],
      notes: ['None is recorded on the earlier date: clinical commissioning groups.'],
    });
    expect(machine.correspondence('2018-01-01', '2019-01-01', { kind: 'PCT' }).coverage[0]?.completeness).toBe('none');
    expect(machine.correspondence('2010-01-01', '2011-01-01', { kind: 'council' }).notes).toEqual([
      'The earlier date is not covered for what was asked.',
    ]);
  });

  test('from later to earlier is refused with what to do', async () => {
    const machine = await given(events).open();
    expect(() => machine.correspondence('2019', '2018')).toThrow('2018-12-31 is before 2019-01-01');
  });
});

describe('an area that was given away is followed on', () => {
  const gave = (effective: string, from: string, to: string, share?: number) =>
    ({
      type: 'AreaTransferred',
      effective,
      data: { from, to, what: 'The south', ...(share === undefined ? {} : { share }) },
    }) as const;
  const cumbria = (...transfers: readonly ReturnType<typeof gave>[]) =>
    [
      ...start('ccg/cumbria', 'ccg/lancashire'),
      ...transfers,
      ...end('2022-07-01', 'ccg/cumbria', 'ccg/lancashire'),
      ...['icb/north', 'icb/lancashire'].map((id) => established(id, '2022-07-01')),
      followed(['ccg/cumbria'], ['icb/north'], '2022-07-01', 'replacement'),
      followed(['ccg/lancashire'], ['icb/lancashire'], '2022-07-01', 'replacement'),
    ] as Events;
  const boards = (events: Events, from: string) => between(events, from, '2022-07-01', { toKind: 'ICB', kind: 'CCG' });

  test('to what took over from the one that got it, when that one has gone', async () => {
    expect(await boards(cumbria(gave('2017-04-01', 'ccg/cumbria', 'ccg/lancashire')), '2017-03-31')).toEqual([
      'ccg/cumbria -> icb/lancashire divided *',
      'ccg/cumbria -> icb/north divided *',
      'ccg/lancashire -> icb/lancashire replaced 1 of whole',
    ]);
  });

  test('but a table of the day of the transfer has it behind it', async () => {
    expect(await boards(cumbria(gave('2017-04-01', 'ccg/cumbria', 'ccg/lancashire')), '2017-04-01')).toEqual([
      'ccg/cumbria -> icb/north replaced 1 of whole',
      'ccg/lancashire -> icb/lancashire replaced 1 of whole',
    ]);
  });

  test('with its share, where one is given', async () => {
    expect(await boards(cumbria(gave('2017-04-01', 'ccg/cumbria', 'ccg/lancashire', 0.37)), '2017-03-31')).toEqual([
      'ccg/cumbria -> icb/lancashire divided 0.37 of population *',
      'ccg/cumbria -> icb/north divided *',
      'ccg/lancashire -> icb/lancashire replaced 1 of whole',
    ]);
  });

  test('and when both parts came to one body in the end, all of it is there', async () => {
    const events = [
      ...start('ccg/a', 'ccg/b'),
      gave('2017-04-01', 'ccg/a', 'ccg/b'),
      ...end('2022-07-01', 'ccg/a', 'ccg/b'),
      established('icb/x', '2022-07-01'),
      followed(['ccg/a', 'ccg/b'], ['icb/x'], '2022-07-01', 'replacement'),
    ] as Events;
    expect(await boards(events, '2017-03-31')).toEqual([
      'ccg/a -> icb/x merged 1 of whole',
      'ccg/b -> icb/x merged 1 of whole',
    ]);
  });

  test('what a successor gave away before it took over was never of the body', async () => {
    const events = [
      ...start('ccg/a', 'ccg/b', 'ccg/c'),
      gave('2015-04-01', 'ccg/b', 'ccg/c'),
      abolished('ccg/a', '2018-04-01'),
      followed(['ccg/a'], ['ccg/b'], '2018-04-01', 'absorption'),
    ] as Events;
    expect(await between(events, '2014-01-01', '2019-01-01', { partOf: undefined, unchanged: false })).toEqual([
      'ccg/a -> ccg/b merged 1 of whole',
      'ccg/b -> ccg/b partly *',
      'ccg/b -> ccg/c partly *',
    ]);
  });
});

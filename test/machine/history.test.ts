import { describe, expect, test } from 'vitest';
import type { Spell } from '../../src/machine/answers.ts';
import {
  abolished,
  corrected,
  designated,
  designationOf,
  established,
  followed,
  given,
  ICS,
  joined,
  recoded,
  renamed,
  statusMade,
} from '../support/given.ts';

const spell = ({ value, from, until, certainty }: Spell) =>
  `${value} ${from}/${until ?? ''}${certainty === 'certain' ? '' : ' ?'}`;

describe('everything the record holds of one thing', () => {
  const record = given([
    established('region/south', '2013-04-01'),
    established('system/devon', '2016-03-15', { codes: { ods: 'QJK' } }, { id: 'story/est' }),
    renamed('system/devon', '2018', 'Devon Together'),
    recoded('system/devon', '2020-04-01', { ods: 'QXX', gss: 'E54000037' }),
    recoded('system/devon', '2021-04-01', { gss: null }),
    joined('system/devon', 'region/south', '2016-03-15'),
    abolished('region/south', '2020-04-01'),
    statusMade(),
    designated('system/devon', '2017-06-15', 'Wave 1', { id: 'story/wave' }),
    {
      type: 'StatusRetitled',
      effective: '2018-02-02',
      data: { status: ICS, title: 'integrated care system' },
      id: 'story/retitled',
    },
    {
      type: 'FigureReported',
      effective: '2019-01-01',
      data: { of: 'system/devon', measure: 'population', value: 1_200_000 },
      id: 'story/figure',
    },
    abolished('system/devon', '2022-07-01', { id: 'story/end' }),
    corrected('story/figure', '2026-12-01', { data: { value: 1_190_000 } }),
  ]);

  test('spells of names, codes, kinds and relations, none of them longer than the body’s own', async () => {
    const history = (await record.open()).history('system/devon');
    expect(history).toMatchObject({ id: 'system/devon', name: 'Devon Together', codes: { ods: 'QXX' } });
    expect(history.names.map(spell)).toEqual(['Devon 2016-03-15/2018', 'Devon Together 2018/2022-07-01']);
    expect(history.codeSpells.map((code) => `${code.system} ${spell(code)}`)).toEqual([
      'ods QJK 2016-03-15/2020-04-01',
      'ods QXX 2020-04-01/2022-07-01',
      'gss E54000037 2020-04-01/2021-04-01',
    ]);
    expect(history.kinds.map(spell)).toEqual(['system 2016-03-15/2022-07-01']);
    expect(history.existence.map(spell)).toEqual(['exists 2016-03-15/2022-07-01']);
    expect(history.relations.map((one) => `${one.relation} ${one.name} ${spell(one)}`)).toEqual([
      'part-of South region/south 2016-03-15/2020-04-01',
    ]);
    expect(history.relations[0]?.ends?.event).toBe('story/7');
  });

  test('a status under each of its titles, to the end of its holder', async () => {
    const { statuses } = (await record.open()).history('system/devon');
    expect(statuses.map((one) => `${one.title} (${one.wave}) ${spell(one)}`)).toEqual([
      'accountable care system (Wave 1) integrated-care-system 2017-06-15/2018-02-02',
      'integrated care system (Wave 1) integrated-care-system 2018-02-02/2022-07-01',
    ]);
  });

  test('its events in order of time, those of its designation and titles among them, in the wording now believed', async () => {
    const { events, figures } = (await record.open()).history('system/devon');
    const order = events.map(({ id }) => id);
    expect(order[0]).toBe('story/est');
    expect(order.at(-1)).toBe('story/end');
    expect(order.indexOf('story/wave')).toBeLessThan(order.indexOf('story/retitled'));
    expect(figures.map(({ sentence }) => sentence)).toEqual(['Devon Together: population 1,190,000.']);
    const earlier = (await record.open()).history('system/devon', { recordedBy: '2026-11-30' });
    expect(earlier.figures.map(({ sentence }) => sentence)).toEqual(['Devon Together: population 1,200,000.']);
  });

  test('an imprecise day sorts at its beginning', async () => {
    const machine = await given([
      established('ccg/a', '2013-04-01'),
      joined('ccg/a', 'region/x', '[2015-01-01..2017-01-01]'),
      established('region/x', '2013-04-01'),
      established('region/y', '2013-04-01'),
      joined('ccg/a', 'region/y', '2016-01-01'),
    ]).open();
    expect(machine.history('ccg/a').relations.map(({ value }) => value)).toEqual(['region/x', 'region/y']);
    expect(machine.history('ccg/a').events.map(({ date }) => date)).toEqual([
      '2013-04-01',
      '[2015-01-01..2017-01-01]',
      '2016-01-01',
    ]);
  });

  test('a designation that passed on is in the history of both, each for its time', async () => {
    const machine = await given([
      statusMade(),
      established('system/a', '2016-03-15'),
      established('system/b', '2016-03-15'),
      designated('system/a', '2017-06-15'),
      {
        type: 'StatusHolderChanged',
        effective: '2018',
        data: { designation: designationOf('system/a'), holder: 'system/b' },
      },
    ]).open();
    const statuses = (id: string) => machine.history(id).statuses.map(spell);
    expect(statuses('system/a')).toEqual(['integrated-care-system 2017-06-15/2018']);
    expect(statuses('system/b')).toEqual(['integrated-care-system 2018/']);
  });

  test('an unknown thing, with the nearest', async () => {
    const machine = await record.open();
    expect(() => machine.history('system/devno')).toThrow('nothing in the record is called system/devno');
  });
});

describe('who came before and after', () => {
  const lineage = async (events: Parameters<typeof given>[0], id: string, direction?: 'back' | 'forward') => {
    const answer = (await given(events).open()).lineage(id, { direction });
    return {
      nodes: answer.nodes.map((node) => `${node.depth} ${node.id}`),
      links: answer.links.map(
        ({ from, to, how, shares }) => `${from} ${how} ${to}${shares[0] ? ` ${shares[0].share}` : ''}`,
      ),
      notes: answer.notes,
    };
  };
  const chain = [
    ...['ccg/a', 'ccg/b'].map((id) => established(id, '2013-04-01')),
    established('ccg/ab', '2018-04-01'),
    ...['icb/x', 'icb/y'].map((id) => established(id, '2022-07-01')),
    ...['ccg/a', 'ccg/b'].map((id) => abolished(id, '2018-04-01')),
    abolished('ccg/ab', '2022-07-01'),
    followed(['ccg/a', 'ccg/b'], ['ccg/ab'], '2018-04-01', 'merger'),
    followed(['ccg/ab'], ['icb/x', 'icb/y'], '2022-07-01', 'division', [['ccg/ab', 'icb/x', 0.8]]),
  ];

  test('however far, both ways', async () => {
    expect(await lineage(chain, 'ccg/a')).toEqual({
      nodes: ['0 ccg/a', '1 ccg/ab', '2 icb/x', '2 icb/y'],
      links: ['ccg/a merger ccg/ab', 'ccg/ab division icb/x 0.8', 'ccg/ab division icb/y'],
      notes: [
        'The record holds no predecessor of A.',
        'Where a body was divided and no share is given, the share is not known.',
      ],
    });
    expect((await lineage(chain, 'icb/y', 'back')).nodes).toEqual(['-2 ccg/a', '-2 ccg/b', '-1 ccg/ab', '0 icb/y']);
    expect((await lineage(chain, 'ccg/ab')).nodes).toEqual(['-1 ccg/a', '-1 ccg/b', '0 ccg/ab', '1 icb/x', '1 icb/y']);
    expect((await lineage(chain, 'ccg/ab', 'forward')).nodes).toEqual(['0 ccg/ab', '1 icb/x', '1 icb/y']);
  });

  test('the end of a line: gone on, or lost to the record', async () => {
    expect((await lineage(chain, 'icb/x', 'forward')).notes).toEqual(['X goes on: nothing has followed it.']);
    expect(
      (await lineage([established('ccg/a', '2013-04-01'), abolished('ccg/a', '2018-04-01')], 'ccg/a', 'forward')).notes,
    ).toEqual(['The record holds no successor of A.']);
  });

  test('a circle comes to an end', async () => {
    const circle = [
      established('ccg/a', '2013-04-01'),
      established('ccg/b', '2014-04-01'),
      followed(['ccg/a'], ['ccg/b'], '2014-04-01', 'replacement'),
      followed(['ccg/b'], ['ccg/a'], '2015-04-01', 'replacement'),
    ];
    expect(await lineage(circle, 'ccg/a')).toMatchObject({
      nodes: ['-1 ccg/b', '0 ccg/a'],
      links: ['ccg/a replacement ccg/b', 'ccg/b replacement ccg/a'],
    });
  });

  test('two parts passed on in different years are two links', async () => {
    const twice = [
      ...['ccg/a', 'ccg/b'].map((id) => established(id, '2013-04-01')),
      followed(['ccg/a'], ['ccg/b'], '2014-04-01', 'transfer'),
      followed(['ccg/a'], ['ccg/b'], '2016-04-01', 'transfer'),
    ];
    expect((await lineage(twice, 'ccg/a')).links).toHaveLength(2);
  });
});

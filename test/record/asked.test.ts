import { beforeAll, expect, test } from 'vitest';
import { type Machine, openRecord } from '../../src/machine/index.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await openRecord();
}, 60_000);

test('the groups of Kent and Medway at the end of 2019: eight, each in its office, its system and its region', () => {
  const { bodies, coverage } = machine.at('2019-12-31', {
    kind: 'clinical-commissioning-group',
    partOf: 'system/kent-and-medway',
  });
  expect(bodies.map(({ name }) => name)).toEqual([
    'NHS Ashford CCG',
    'NHS Canterbury and Coastal CCG',
    'NHS Dartford, Gravesham and Swanley CCG',
    'NHS Medway CCG',
    'NHS South Kent Coast CCG',
    'NHS Swale CCG',
    'NHS Thanet CCG',
    'NHS West Kent CCG',
  ]);
  for (const { partOf, until } of bodies) {
    expect(partOf.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['office/kent-surrey-and-sussex', 'system/kent-and-medway', 'region/south-east']),
    );
    expect(until).toBe('2020-04-01');
  }
  expect(coverage[0]?.completeness).toBe('complete');
});

test('the board of the North East goes back through its groups to the primary care trusts of 2001', () => {
  const { nodes, links } = machine.lineage('icb/north-east-and-north-cumbria', { direction: 'back' });
  const kinds = new Set(nodes.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['clinical-commissioning-group', 'integrated-care-board', 'primary-care-trust']);
  expect(nodes.find(({ id }) => id === 'pct/sunderland')).toMatchObject({
    name: 'Sunderland Teaching PCT',
    from: '2002-04-01',
    until: '2013-04-01',
  });
  expect(links.find(({ from, to }) => from === 'pct/sunderland' && to === 'ccg/sunderland')?.shares).toEqual([
    expect.objectContaining({ of: 'postcodes', share: 1 }),
  ]);
});

test('every group of 2017 finds its board and its location of 2022, and only those whose area was divided find two', () => {
  const { rows, summary } = machine.correspondence('2017-04-01', '2022-07-01', {
    kind: 'clinical-commissioning-group',
  });
  expect(summary).toMatchObject({ ended: 0, new: 0 });
  for (const kind of ['integrated-care-board', 'sub-icb-location']) {
    expect(new Set(rows.filter(({ to }) => to?.kind === kind).map(({ from }) => from?.id)).size, kind).toBe(207);
  }
  const darlington = rows.filter(({ from }) => from?.id === 'ccg/darlington');
  expect(
    darlington.map(({ relation, ambiguous, to, share }) => [relation, ambiguous, to?.codes.ods, share?.share]),
  ).toEqual([
    ['merged', false, '16C', 1],
    ['merged', false, 'QHM', 1],
  ]);
  const ambiguous = new Set(rows.filter((row) => row.ambiguous).map(({ from }) => from?.id));
  expect([...ambiguous].sort()).toEqual([
    'ccg/cambridgeshire-and-peterborough',
    // Gave a part of its area away in 2020, and so did the two of Lancashire in 2018.
    'ccg/coastal-west-sussex',
    'ccg/dudley',
    'ccg/greater-preston',
    'ccg/lancashire-north',
    'ccg/sandwell-and-west-birmingham',
    'ccg/tameside-and-glossop',
    'ccg/walsall',
    'ccg/wolverhampton',
  ]);
});

test('a share of a merged body is nobody’s share of its parts', () => {
  const { rows } = machine.correspondence('2017-04-01', '2022-07-01', { kind: 'CCG' });
  const west = rows.filter(({ from, to }) => from?.id === 'ccg/dudley' && to?.id === 'icb/birmingham-and-solihull');
  expect(west.map(({ share, relation }) => [share, relation])).toEqual([[undefined, 'divided']]);
});

test('13T is a group that ended and a location that goes on, with where each led', () => {
  const { found } = machine.find('13T');
  expect(found.map(({ id }) => id).sort()).toEqual(['ccg/newcastle-gateshead', 'sicbl/newcastle-gateshead']);
  const group = found.find(({ id }) => id === 'ccg/newcastle-gateshead');
  expect(group).toMatchObject({ existence: 'ended', from: '2015-04-01', until: '2022-07-01' });
  expect(group?.successors.map(({ id }) => id)).toContain('icb/north-east-and-north-cumbria');
});

test('overnight to 1 April 2020: 74 groups end and 18 begin, each with the event and its source', () => {
  const { counts, differences } = machine.between('2020-03-31', '2020-04-01');
  expect(counts.find(({ kind }) => kind === 'clinical-commissioning-group')).toMatchObject({
    before: { certain: 191 },
    after: { certain: 135 },
  });
  const groups = differences.filter(({ kind }) => kind === 'clinical-commissioning-group');
  expect(groups.filter(({ change }) => change === 'ended')).toHaveLength(74);
  expect(groups.filter(({ change }) => change === 'appeared')).toHaveLength(18);
  for (const { via } of groups) expect(via[0]?.sources.length).toBeGreaterThan(0);
});

test('groups year by year, with no year left out', () => {
  const { counts } = machine.counts('clinical-commissioning-group', {
    every: 'year',
    from: '2012-04-01',
    to: '2023-04-01',
  });
  expect(counts.map(({ certain }) => certain)).toEqual([0, 211, 211, 209, 209, 207, 195, 191, 135, 106, 106, 0]);
});

test('the board that took most of Frimley, and the two that took the rest, with people', () => {
  const { rows } = machine.correspondence('2026-03-31', '2026-04-01', { kind: 'ICB', unchanged: false });
  const frimley = rows.filter(({ from }) => from?.id === 'icb/frimley');
  expect(frimley).toHaveLength(3);
  expect(frimley.reduce((sum, { share }) => sum + (share?.share ?? Number.NaN), 0)).toBeCloseTo(1, 2);
  for (const { share } of frimley) expect(share).toMatchObject({ of: 'population', basis: 'Census 2021' });
});

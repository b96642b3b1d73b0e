import { expect, test } from 'vitest';
import { openRecord } from '../../src/machine/index.ts';
import { checkRecord } from '../../src/record/rules/index.ts';
import { recordOf } from './shelf.ts';

const SOURCES =
  'law: { title: The order, publisher: Parliament, kind: legislation }\nregister: { title: The register, publisher: ODS, kind: register }\n';
const GROUP =
  'milestone: groups\ntitle: Groups\nsummary: Groups.\nrecorded: 2026-11-21\nevents:\n  - { id: groups/newcastle, type: OrganisationEstablished, effective: 2015-04-01, data: { organisation: ccg/newcastle, name: Newcastle, kind: clinical-commissioning-group }, sources: [law] }\n';
const differs = (more: string) =>
  `- { event: groups/newcastle, ${more}, source: register, why: The law is followed., evidence: [law] }\n`;

const checked = async (divergences: string) =>
  checkRecord(
    await recordOf({ 'sources.yaml': SOURCES, '2015-groups.yaml': GROUP, 'divergences.yaml': divergences }),
  ).map(({ rule, message }) => `${rule}: ${message}`);

test('a divergence that holds is no problem', async () => {
  expect(await checked(differs('field: effective, official: 2014-11-26, ours: 2015-04-01'))).toEqual([]);
  expect(await checked(differs('count: clinical-commissioning-group, on: 2015-03-31, official: 1, ours: 0'))).toEqual(
    [],
  );
});

test('one whose official value is what the record says has outlived its reason', async () => {
  expect(await checked(differs('field: data.name, official: Newcastle, ours: Gateshead'))).toEqual([
    'divergence-no-longer-differs: groups/newcastle now says Newcastle, as the official file does',
  ]);
  expect(await checked(differs('count: clinical-commissioning-group, on: 2015-04-01, official: 1, ours: 0'))).toEqual([
    'divergence-no-longer-differs: groups/newcastle now says 1, as the official file does',
  ]);
});

test('one that misreports the record is found out', async () => {
  expect(await checked(differs('field: effective, official: 2014-11-26, ours: 2016-04-01'))).toEqual([
    'divergence-no-longer-differs: groups/newcastle now says 2015-04-01, not 2016-04-01',
  ]);
  expect(await checked(differs('field: data.codes.ods, official: 13T, ours: 13X'))).toEqual([
    'divergence-no-longer-differs: groups/newcastle now says nothing there, not 13X',
  ]);
});

test('one about an event or a source that nobody knows is found out', async () => {
  const odd =
    '- { event: groups/gateshead, field: effective, official: 2014, ours: 2015, source: hearsay, why: None., evidence: [law] }\n';
  expect(await checked(odd)).toEqual([
    'divergence-no-longer-differs: there is no event groups/gateshead',
    'source-missing: sources.yaml has no source called hearsay',
    'source-missing: nothing names the source register',
  ]);
});

test('one with neither field nor count is not understood', async () => {
  expect((await checked(differs('official: 1, ours: 2')))[0]).toMatch(/^shape: /);
});

test('the shipped divergences are told among the conflicts, with both values and what ours rests on', async () => {
  const machine = await openRecord();
  const told = machine.conflicts({ about: 'ccg/newcastle-gateshead' }).filter(({ kind }) => kind === 'divergence');
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({
    official: '2014-11-26',
    ours: '2015-04-01',
    says: 'Dated 26 November 2014, where the record has 1 April 2015.',
    source: { source: 'ods-eccg-2025-12', at: 'row 13T' },
  });
  expect(told[0]?.evidence?.length).toBeGreaterThan(0);
  expect(machine.conflicts().some(({ kind }) => kind === 'dissent')).toBe(true);
});

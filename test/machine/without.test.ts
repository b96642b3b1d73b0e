import { describe, expect, test } from 'vitest';
import type { Machine, Supposing } from '../../src/machine/index.ts';
import { abolished, corrected, established, followed, given, joined, renamed } from '../support/given.ts';

describe('had it not happened', () => {
  const events = [
    {
      id: 'story/act',
      type: 'LegislationEnacted',
      effective: '2012-03-27',
      data: { legislation: 'act/2012-7', title: 'The Act' },
    } as const,
    established('pct/devon', '2006-10-01'),
    established('ccg/devon', '2013-04-01', {}, { id: 'story/ccg', because: 'story/act' }),
    abolished('pct/devon', '2013-04-01', { id: 'story/pct', because: 'story/ccg' }),
    established('ccg/other', '2013-04-01', {}, { id: 'story/other' }),
  ];

  test('everything that names it as its cause falls too, however far down', async () => {
    const answer = (await given(events).open()).without('story/act');
    expect(answer).toMatchObject({ hypothetical: true, at: '2013-04-01', event: { id: 'story/act' } });
    expect(answer.fell.map(({ id }) => id).sort()).toEqual(['story/ccg', 'story/pct']);
    expect(answer.differences.map(({ change, id }) => `${change} ${id}`)).toEqual([
      'ended ccg/devon',
      'appeared pct/devon',
    ]);
    expect(answer.notes[0]).toBe(
      'Hypothetical: the landscape of 1 April 2013 had “The Act was enacted.” not happened.'.replace(
        'The Act was enacted.',
        answer.event.sentence,
      ),
    );
  });

  test('an event nobody depends on takes away only what it set', async () => {
    const answer = (await given(events).open()).without('story/other', { at: '2014-01-01' });
    expect(answer.fell).toEqual([]);
    expect(answer.differences.map(({ change, id }) => `${change} ${id}`)).toEqual(['ended ccg/other']);
    expect(answer.notes[1]).toBe('No event names it as its cause, so nothing else falls with it.');
  });

  test('before its day nothing is different', async () => {
    expect((await given(events).open()).without('story/other', { at: '2013-03-31' }).differences).toEqual([]);
  });

  test('the event is told as now believed', async () => {
    const machine = await given([
      ...events,
      corrected('story/ccg', '2026-12-01', { effective: '2013-05-01', data: { name: 'Corrected' } }),
    ]).open();
    expect(machine.without('story/ccg').event.date).toBe('2013-05-01');
    expect(machine.event('story/ccg').sentence).toBe('Corrected was established.');
    expect(machine.without('story/ccg', { recordedBy: '2026-11-30' }).event.date).toBe('2013-04-01');
    expect(machine.without('story/ccg').differences.map(({ change, id }) => `${change} ${id}`)).toEqual([
      'ended ccg/devon',
      'appeared pct/devon',
    ]);
  });

  test('an unknown event, with the nearest', async () => {
    const machine = await given(events).open();
    expect(() => machine.without('story/atc')).toThrow('no event has the id story/atc');
    expect(() => machine.event('story/atc')).toThrow('no event has the id story/atc');
  });
});

describe('every question that takes a counterfactual', () => {
  const world = [
    established('region/south', '2012-04-01', {}, { id: 'story/region' }),
    established('pct/devon', '2006-10-01', {}, { id: 'story/pct' }),
    established('ccg/devon', '2013-04-01', { codes: { ods: '15N' } }, { id: 'story/ccg' }),
    { ...joined(['ccg/devon'], 'region/south', '2013-04-01'), id: 'story/joined', because: 'story/ccg' },
    {
      ...followed(['pct/devon'], ['ccg/devon'], '2013-04-01', 'replacement'),
      id: 'story/followed',
      because: 'story/ccg',
    },
    abolished('pct/devon', '2013-04-01', { id: 'story/abolished', because: 'story/followed' }),
    { ...renamed('ccg/devon', '2016-04-01', 'NHS Devon CCG'), id: 'story/renamed', because: 'story/ccg' },
    established('ccg/kernow', '2013-04-01', {}, { id: 'story/kernow' }),
  ];
  const taken = new Set(['story/ccg', 'story/joined', 'story/followed', 'story/abolished', 'story/renamed']);

  const QUESTIONS: Readonly<Record<string, (machine: Machine, supposing: Supposing) => object>> = {
    between: (machine, supposing) => machine.between('2013-03-31', '2013-04-01', supposing),
    history: (machine, supposing) => machine.history('pct/devon', supposing),
    lineage: (machine, supposing) => machine.lineage('pct/devon', supposing),
    correspondence: (machine, supposing) => machine.correspondence('2013-03-31', '2014-04-01', supposing),
    count: (machine, supposing) => machine.count('CCG', { at: '2013-04-01', ...supposing }),
    counts: (machine, supposing) => machine.counts('PCT', { every: 'change', ...supposing }),
    timeline: (machine, supposing) => machine.timeline(supposing),
  };

  test.each(Object.keys(QUESTIONS))('%s answers as a record without those events does, and says so', async (name) => {
    const ask = QUESTIONS[name] as (typeof QUESTIONS)[string];
    const machine = await given(world).open();
    const lacking = await given(world.filter(({ id = '' }) => !taken.has(id))).open();
    const { edition: _, ...expected } = ask(lacking, {}) as { readonly edition: string };
    const { edition, ...answer } = ask(machine, { without: 'story/ccg' }) as { readonly edition: string };
    expect(answer).toEqual({ ...expected, hypothetical: true, without: 'story/ccg' });
    expect(edition).toBe(machine.edition);
    const real = ask(machine, {});
    expect(real).not.toHaveProperty('hypothetical');
    expect(real).not.toMatchObject(expected);
    expect(() => ask(machine, { without: 'story/cgc' })).toThrow('no event has the id story/cgc');
  });

  test('a body that would not have been keeps its name, and holds nothing', async () => {
    const machine = await given([
      ...world,
      { ...joined(['ccg/devon'], 'region/south', '2015-04-01', {}), id: 'story/again' },
    ]).open();
    expect(machine.history('ccg/devon').relations).not.toEqual([]);
    const supposed = machine.history('ccg/devon', { without: 'story/ccg' });
    expect(supposed).toMatchObject({ name: 'NHS Devon CCG', codes: { ods: '15N' }, existence: [], relations: [] });
  });

  test('before its day nothing is otherwise, from it on everything is', async () => {
    const machine = await given(world).open();
    const before = { at: '2013-03-31', without: 'story/ccg' };
    expect(machine.count('PCT', before).certain).toBe(1);
    expect(machine.count('PCT', { ...before, at: '2013-04-01' }).certain).toBe(1);
    expect(machine.count('PCT', { at: '2013-04-01' }).certain).toBe(0);
  });

  test('differences are those of the bodies selected', async () => {
    const machine = await given(world).open();
    const told = (options: { readonly kind?: string; readonly partOf?: string }) =>
      machine
        .without('story/ccg', { at: '2014-01-01', ...options })
        .differences.map(({ id, change }) => `${change} ${id}`);
    expect(told({})).toEqual(['ended ccg/devon', 'appeared pct/devon']);
    expect(told({ kind: 'PCT' })).toEqual(['appeared pct/devon']);
    expect(told({ partOf: 'region/south' })).toEqual(['ended ccg/devon']);
    expect(() => told({ kind: 'PTC' })).toThrow('unknown kind');
  });
});

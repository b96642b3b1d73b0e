import { describe, expect, test } from 'vitest';
import { abolished, corrected, established, given } from '../support/given.ts';

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

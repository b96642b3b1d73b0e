import { beforeAll, describe, expect, test } from 'vitest';
import { type Machine, openRecord } from '../../src/machine/index.ts';

const lens = { recordedBy: '2026-11-21' };
let record: Machine;
beforeAll(async () => {
  record = await openRecord();
});

describe('what exports are made of', () => {
  test('a landscape: the bodies of the day, their statements of that day, and what those rest on', () => {
    const boards = record.material({ at: '2026-04-01', kind: 'ICB', ...lens });
    expect(boards.bodies.map(({ id }) => id)).toEqual(
      record.at('2026-04-01', { kind: 'ICB', ...lens }).bodies.map(({ id }) => id),
    );
    expect(boards.title).toBe('Integrated care boards on 1 April 2026');
    expect(boards.links).toEqual([]);
    for (const { names, existence } of boards.bodies) {
      expect(names).toHaveLength(1);
      expect(existence).toHaveLength(1);
    }
    const known = new Set([...boards.events, ...boards.cited].map(({ id }) => id));
    for (const { relations, names } of boards.bodies)
      for (const { began } of [...relations, ...names]) expect(known).toContain(began.event);
  });

  test.each([
    ['2026-03-31', 'icb/frimley', true],
    ['2026-04-01', 'icb/frimley', false],
    ['2026-04-02', 'icb/frimley', false],
    ['2022-06-30', 'icb/frimley', false],
    ['2022-07-01', 'icb/frimley', true],
  ])('on %s, %s is there: %s', (at, id, there) => {
    expect(record.material({ at, kind: 'ICB', ...lens }).bodies.some((body) => body.id === id)).toBe(there);
  });

  test('as then foreseen: bodies promised, marked expected, resting on the promise', () => {
    const { bodies, events } = record.material({ at: '2022-04-01', kind: 'ICB', publishedBy: '2021-11-01', ...lens });
    expect(bodies).toHaveLength(42);
    for (const { existence } of bodies) expect(existence.map(({ certainty }) => certainty)).toEqual(['expected']);
    expect(events.map(({ type }) => type)).toEqual(['PlanRevised']);
  });

  test('the line of a body: its ancestors and heirs, and the successions between them', () => {
    const line = record.material({ subject: 'icb/frimley', ...lens });
    const lineage = record.lineage('icb/frimley', lens);
    expect(line.bodies.map(({ id }) => id).sort()).toEqual(lineage.nodes.map(({ id }) => id).sort());
    expect(line.links.length).toBe(lineage.links.length);
  });

  test('a stretch of time: its events, and the bodies that existed in it', () => {
    const year = record.material({ from: '2013-04-01', to: '2014-03-31', kind: 'CCG', ...lens });
    expect(year.bodies).toHaveLength(211);
    expect(year.events.map(({ id }) => id)).toEqual(
      record.timeline({ from: '2013-04-01', to: '2014-03-31', kind: 'CCG', ...lens }).events.map(({ id }) => id),
    );
    const before = record.material({ from: '2012-04-01', to: '2013-03-31', kind: 'CCG', ...lens });
    expect(before.bodies).toEqual([]);
  });

  test('events by id: these alone, the bodies they touch, and who says so', () => {
    const id = 'integrated-care-boards-2022/devon';
    const one = record.material({ events: [id], ...lens });
    expect(one.events.map((event) => event.id)).toEqual([id]);
    expect(one.title).toBe(record.event(id).sentence.replace(/\.$/, ''));
    expect(one.bodies.map((body) => body.id)).toEqual(['icb/devon']);
    expect(one.sources.map(({ source }) => source)).toEqual(
      expect.arrayContaining(record.event(id).sources.map(({ source }) => source)),
    );
    expect(record.material({ events: [], ...lens })).toMatchObject({ events: [], bodies: [], sources: [] });
    expect(record.material({ events: [id], publishedBy: '2020-01-01' }).events).toEqual([]);
    expect(() => record.material({ events: ['integrated-care-boards-2022/devom'] })).toThrow('no event has the id');
    expect(() => record.material({ at: '2022-07-01', events: [id] })).toThrow('takes no events');
  });

  test('a day and a stretch of time are two questions', () => {
    expect(() => record.material({ at: '2013-04-01', from: '2012' })).toThrow('a landscape on a day takes no from');
    expect(() => record.material({ subject: 'icb/frimly' })).toThrow('nothing in the record is called icb/frimly');
    expect(() => record.material({ kind: 'CCGG' })).toThrow('unknown kind');
  });

  test('every source cited by an event is there, and no other', () => {
    const { events, cited, sources } = record.material({ milestone: 'ccg-mergers-2020', ...lens });
    const wanted = [...events, ...cited].flatMap((event) => [
      ...event.sources.map(({ source }) => source),
      ...event.dissent.map(({ source }) => source.source),
    ]);
    expect(sources.map(({ source }) => source).sort()).toEqual([...new Set(wanted)].sort());
  });
});

import { describe, expect, test } from 'vitest';
import { FOREVER, parseIsoDay } from '../../src/time/day.ts';
import {
  begins,
  type Change,
  createTimeline,
  type Entry,
  ends,
  has,
  is,
  type Knowledge,
  lacks,
  type Moment,
  type TimedEvent,
  type Timeline,
  TimelineBytesError,
  timelineFromBytes,
} from '../../src/timeline/index.ts';

function day(iso: string): number {
  const found = parseIsoDay(iso);
  if (found === undefined) throw new Error(`${iso} is no day`);
  return found;
}

/** `2018-07-01`, or `2018-01-01/2018-12-31` for a day somewhere between. */
function on(dates: string, id: string, changes: Change[], more: Partial<TimedEvent> = {}): Entry {
  const [first = '', last = first] = dates.split('/');
  const event = {
    id,
    earliest: day(first),
    latest: day(last),
    order: '5',
    publicFrom: day(first),
    recordedFrom: day('2026-01-01'),
    recordedTo: FOREVER,
  };
  return { event: { ...event, ...more }, changes };
}

function moment(at: string, knowledge: Knowledge = {}): Moment {
  return { at: day(at), ...knowledge };
}

function said(timeline: Timeline, subject: string, attribute: string, at: string, knowledge: Knowledge = {}): unknown {
  return timeline
    .values(subject, attribute, moment(at, knowledge))
    .map(({ value, certainty }) => (certainty === 'certain' ? value : [value, '?']));
}

const devon = [
  on('2013-04-01', 'act/ccgs', [
    begins('ccg/devon'),
    is('ccg/devon', 'kind', 'clinical-commissioning-group'),
    is('ccg/devon', 'ods', '99P'),
  ]),
  on('2019-04-01', 'merge/rename', [is('ccg/devon', 'ods', '15N')]),
  on('2022-07-01', 'act/end', [ends('ccg/devon')], { order: '9' }),
  on('2022-07-01', 'act/icb', [
    begins('icb/devon'),
    is('icb/devon', 'kind', 'integrated-care-board'),
    is('icb/devon', 'ods', 'QJK'),
  ]),
];

describe('a day is in force from its start', () => {
  const timeline = createTimeline(devon);

  test('the day before, on and after a beginning', () => {
    expect(timeline.existence('icb/devon', moment('2022-06-30'))).toBe('no');
    expect(timeline.existence('icb/devon', moment('2022-07-01'))).toBe('certain');
    expect(timeline.existence('icb/devon', moment('2022-07-02'))).toBe('certain');
  });

  test('the day before, on and after an ending: the ending day is the first without', () => {
    expect(timeline.existence('ccg/devon', moment('2022-06-30'))).toBe('certain');
    expect(timeline.existence('ccg/devon', moment('2022-07-01'))).toBe('no');
    expect(timeline.existence('ccg/devon', moment('2022-07-02'))).toBe('no');
  });

  test('a value knows the event that set it and the event that ends it', () => {
    expect(timeline.values('ccg/devon', 'ods', moment('2015-01-01'))).toEqual([
      {
        value: '99P',
        certainty: 'certain',
        expected: false,
        from: { earliest: day('2013-04-01'), latest: day('2013-04-01'), event: 'act/ccgs' },
        until: { earliest: day('2019-04-01'), latest: day('2019-04-01'), event: 'merge/rename' },
      },
    ]);
    expect(timeline.existenceHeld('icb/devon', moment('2030-01-01'))).not.toHaveProperty('until');
  });

  test('what exists, what bears a code and what ever bore it', () => {
    expect(timeline.existing(moment('2022-07-01')).map(({ subject }) => subject)).toEqual(['icb/devon']);
    expect(timeline.bearers('ods', '99P', moment('2019-03-31')).map(({ subject }) => subject)).toEqual(['ccg/devon']);
    expect(timeline.bearers('ods', '99P', moment('2019-04-01'))).toEqual([]);
    expect(timeline.everBearers('ods', '99P')).toEqual(['ccg/devon']);
    expect(timeline.attributes('ccg/devon')).toEqual(['exists', 'kind', 'ods']);
    expect(timeline.attributes('ccg/nobody')).toEqual([]);
  });

  test('the days on which anything changes, for all and for one attribute', () => {
    expect(timeline.changeDays()).toEqual([day('2013-04-01'), day('2019-04-01'), day('2022-07-01')]);
    expect(timeline.changeDays({}, (subject, attribute) => subject.startsWith('icb/') && attribute === 'ods')).toEqual([
      day('2022-07-01'),
    ]);
  });
});

describe('a value taken away and a value set again', () => {
  const timeline = createTimeline([
    on('2016-01-01', 'a', [is('icp/x', 'ods', 'QX1')]),
    on('2017-01-01', 'b', [is('icp/x', 'ods', 'QX1')]),
    on('2018-01-01', 'c', [is('icp/x', 'ods', null)]),
    on('2020-01-01', 'd', [is('icp/x', 'ods', 'QX1')]),
  ]);

  test('setting the same value again does not end its spell', () => {
    const [held] = timeline.values('icp/x', 'ods', moment('2017-06-01'));
    expect([held?.from.event, held?.until?.event]).toEqual(['a', 'c']);
    expect(timeline.spells('icp/x', 'ods').map(({ from, until }) => [from.event, until?.event])).toEqual([
      ['a', 'c'],
      ['d', undefined],
    ]);
  });

  test('after it is taken away there is none, until it is given again', () => {
    expect(said(timeline, 'icp/x', 'ods', '2017-12-31')).toEqual(['QX1']);
    expect(said(timeline, 'icp/x', 'ods', '2018-01-01')).toEqual([]);
    expect(said(timeline, 'icp/x', 'ods', '2020-01-01')).toEqual(['QX1']);
  });
});

describe('two changes on one day', () => {
  test('their order decides, not the order they came in; what held for no day is no spell', () => {
    const first = on('2016-03-01', 'z', [is('system/a', 'name', 'First')], { order: '1' });
    const second = on('2016-03-01', 'a', [is('system/a', 'name', 'Second')], { order: '2' });
    for (const timeline of [createTimeline([first, second]), createTimeline([second, first])]) {
      expect(said(timeline, 'system/a', 'name', '2016-03-01')).toEqual(['Second']);
      expect(timeline.spells('system/a', 'name').map(({ value }) => value)).toEqual(['Second']);
    }
  });

  test('one event that says two things of one attribute means the last', () => {
    const timeline = createTimeline([
      on('2016-03-01', 'a', [is('system/a', 'name', 'x'), is('system/a', 'name', 'y')]),
    ]);
    expect(timeline.spells('system/a', 'name').map(({ value }) => value)).toEqual(['y']);
  });
});

describe('a set', () => {
  const timeline = createTimeline([
    on('2017-06-15', 'join', [
      has('system/x', 'part-of', 'region/north'),
      has('system/x', 'part-of', 'region/midlands', 0.25),
    ]),
    on('2019-04-01', 'leave', [lacks('system/x', 'part-of', 'region/north')]),
  ]);

  test('each member has its own history', () => {
    const members = (at: string): unknown =>
      timeline.members('system/x', 'part-of', moment(at)).map(({ member, value }) => [member, value]);
    expect(members('2017-06-14')).toEqual([]);
    expect(members('2019-03-31')).toEqual([
      ['region/midlands', 0.25],
      ['region/north', true],
    ]);
    expect(members('2019-04-01')).toEqual([['region/midlands', 0.25]]);
    expect(timeline.spells('system/x', 'part-of').map(({ member, until }) => [member, until?.event])).toEqual([
      ['region/midlands', undefined],
      ['region/north', 'leave'],
    ]);
  });

  test('it is found by its members', () => {
    expect(timeline.bearers('part-of', 'region/north', moment('2018-01-01')).map(({ subject }) => subject)).toEqual([
      'system/x',
    ]);
    expect(timeline.bearers('part-of', 'region/north', moment('2019-04-01'))).toEqual([]);
    expect(timeline.everBearers('part-of', 'region/north')).toEqual(['system/x']);
  });
});

describe('a day known only to the year', () => {
  const timeline = createTimeline([
    on('2016-03-15', 'begin', [begins('system/blackpool'), is('designation/1', 'holder', 'system/blackpool')]),
    on('2018-01-01/2018-12-31', 'widened', [
      ends('system/blackpool'),
      is('designation/1', 'holder', 'system/lancashire'),
    ]),
  ]);

  test('is certain before, possible within and certain after', () => {
    expect(timeline.existence('system/blackpool', moment('2017-12-31'))).toBe('certain');
    expect(timeline.existence('system/blackpool', moment('2018-01-01'))).toBe('possible');
    expect(timeline.existence('system/blackpool', moment('2018-12-30'))).toBe('possible');
    expect(timeline.existence('system/blackpool', moment('2018-12-31'))).toBe('no');
  });

  test('both holders are possible within it, and each says what would make it so', () => {
    expect(said(timeline, 'designation/1', 'holder', '2018-03-01')).toEqual([
      ['system/blackpool', '?'],
      ['system/lancashire', '?'],
    ]);
    expect(timeline.spells('designation/1', 'holder').map(({ certainty }) => certainty)).toEqual([
      'certain',
      'certain',
    ]);
    expect(timeline.values('designation/1', 'holder', moment('2018-03-01'))[0]?.until).toEqual({
      earliest: day('2018-01-01'),
      latest: day('2018-12-31'),
      event: 'widened',
    });
  });

  test('counts give the certain and the possible, and a series the same day by day', () => {
    expect(timeline.count({}, moment('2018-03-01'))).toEqual({ certain: 0, possible: 1 });
    const days = ['2016-03-14', '2016-03-15', '2018-03-01', '2019-01-01'].map(day);
    expect(timeline.series({}, days).map(({ certain, possible }) => [certain, possible])).toEqual([
      [0, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ]);
  });

  test('a body begun by such an event is never counted as existing without the kind the event gives it', () => {
    const begun = createTimeline([
      on('2018-01-01/2018-12-31', 'begin', [begins('system/x'), is('system/x', 'kind', 'system')]),
    ]);
    expect(begun.crosstab(['kind'], moment('2018-06-01'))).toEqual([{ values: ['system'], certain: 0, possible: 1 }]);
    expect(begun.crosstab(['kind'], moment('2019-01-01'))).toEqual([{ values: ['system'], certain: 1, possible: 1 }]);
  });
});

describe('what was known', () => {
  const planned = on('2022-04-01', 'plan', [begins('icb/devon')], {
    publicFrom: day('2021-07-06'),
    recordedFrom: day('2026-01-01'),
  });

  test('an event whose source was public but whose day lay ahead is expected', () => {
    const timeline = createTimeline([planned]);
    expect(
      timeline.existenceHeld('icb/devon', moment('2022-04-01', { publishedBy: day('2021-07-05') })),
    ).toBeUndefined();
    expect(
      timeline.existenceHeld('icb/devon', moment('2022-04-01', { publishedBy: day('2021-07-06') }))?.expected,
    ).toBe(true);
    expect(
      timeline.existenceHeld('icb/devon', moment('2022-04-01', { publishedBy: day('2022-04-01') }))?.expected,
    ).toBe(false);
    expect(timeline.existenceHeld('icb/devon', moment('2022-04-01'))?.expected).toBe(false);
  });

  test('a corrected event is gone now and stays as it was recorded', () => {
    const timeline = createTimeline([planned]);
    timeline.retire('plan', day('2026-03-01'));
    timeline.append([on('2022-07-01', 'plan', [begins('icb/devon')], { recordedFrom: day('2026-03-01') })]);
    const existence = (knowledge: Knowledge): unknown =>
      timeline.existence('icb/devon', moment('2022-05-01', knowledge));
    expect(existence({})).toBe('no');
    expect(existence({ recordedBy: day('2025-12-31') })).toBe('no');
    expect(existence({ recordedBy: day('2026-02-28') })).toBe('certain');
    expect(existence({ recordedBy: day('2026-03-01') })).toBe('no');
    expect(timeline.existence('icb/devon', moment('2022-07-01'))).toBe('certain');
  });

  test('an event withdrawn on the day it was recorded was never believed', () => {
    const timeline = createTimeline([planned]);
    timeline.retire('plan', day('2026-01-01'));
    expect(timeline.existence('icb/devon', moment('2022-05-01'))).toBe('no');
    expect(timeline.existence('icb/devon', moment('2022-05-01', { recordedBy: day('2026-01-01') }))).toBe('no');
  });

  test('a late-found earlier change fills the gap up to the next one, whatever was asked before', () => {
    const timeline = createTimeline(devon);
    expect(said(timeline, 'ccg/devon', 'ods', '2017-01-01')).toEqual(['99P']);
    timeline.append([on('2016-04-01', 'late', [is('ccg/devon', 'ods', '11J')])]);
    expect(said(timeline, 'ccg/devon', 'ods', '2016-03-31')).toEqual(['99P']);
    expect(said(timeline, 'ccg/devon', 'ods', '2017-01-01')).toEqual(['11J']);
    expect(said(timeline, 'ccg/devon', 'ods', '2019-04-01')).toEqual(['15N']);
  });
});

describe('tables', () => {
  test('bodies by kind and region; a body without a region is counted as without', () => {
    const timeline = createTimeline([
      ...devon,
      on('2022-07-01', 'region', [is('icb/devon', 'region', 'region/south-west')]),
      on('2020-01-01', 'odd', [begins('body/odd')]),
    ]);
    expect(timeline.crosstab(['kind', 'region'], moment('2022-07-01'))).toEqual([
      { values: [undefined, undefined], certain: 1, possible: 1 },
      { values: ['integrated-care-board', 'region/south-west'], certain: 1, possible: 1 },
    ]);
    expect(timeline.count({ kind: 'integrated-care-board' }, moment('2022-06-30'))).toEqual({
      certain: 0,
      possible: 0,
    });
  });
});

describe('a great many late events', () => {
  test('are compiled in, with the answers they had before', () => {
    const timeline = createTimeline(devon);
    for (let batch = 0; batch < 4; batch++) {
      timeline.append(
        Array.from({ length: 800 }, (_, index) =>
          on('2014-01-01', `bulk/${batch}-${index}`, [begins(`gp/${batch}-${index}`)]),
        ),
      );
      expect(timeline.count({}, moment('2014-01-01'))).toEqual({
        certain: 801 + batch * 800,
        possible: 801 + batch * 800,
      });
    }
    expect(timeline.stats()).toMatchObject({ subjects: 3202, attributes: 3, changes: 3208 });
    expect(timeline.existing(moment('2023-01-01')).length).toBe(3201);
  });
});

describe('bytes', () => {
  const bytes = createTimeline([...devon, on('2019-01-01', 'é', [is('ccg/devon', 'name', 'Ynys Môn – 😀')])]).toBytes();

  test('come back as they went, even from an odd place in memory, and are not written to', () => {
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    for (const given of [bytes.slice(), shifted]) {
      const before = given.slice();
      const timeline = timelineFromBytes(given);
      expect(said(timeline, 'ccg/devon', 'name', '2019-01-01')).toEqual(['Ynys Môn – 😀']);
      expect(timeline.values('ccg/devon', 'name', moment('2019-01-01'))[0]?.from.event).toBe('é');
      timeline.retire('act/end', day('2026-02-01'));
      expect(timeline.existence('ccg/devon', moment('2023-01-01'))).toBe('certain');
      expect(given).toEqual(before);
    }
  });

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['something else', new Uint8Array(64).fill(65)],
    ['half a timeline', bytes.slice(0, bytes.length >> 1)],
    ['a head and no body', bytes.slice(0, 40)],
    ['a damaged head', bytes.map((byte, index) => (index === 24 ? 0 : byte))],
  ])('%s is refused', (_, given) => {
    expect(() => timelineFromBytes(given)).toThrow(TimelineBytesError);
  });

  test('an empty timeline answers and comes back', () => {
    for (const timeline of [createTimeline(), timelineFromBytes(createTimeline().toBytes())]) {
      expect(timeline.existing(moment('2020-01-01'))).toEqual([]);
      expect(timeline.count({ kind: 'x' }, moment('2020-01-01'))).toEqual({ certain: 0, possible: 0 });
      expect(timeline.crosstab(['kind'], moment('2020-01-01'))).toEqual([]);
      expect(timeline.changeDays()).toEqual([]);
      expect(timeline.stats()).toMatchObject({ subjects: 0, attributes: 0, changes: 0 });
    }
  });
});

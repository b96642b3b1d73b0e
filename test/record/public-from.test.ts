import { describe, expect, test } from 'vitest';
import { publicFrom } from '../../src/record/public-from.ts';
import type { Source, SourceKind } from '../../src/record/types.ts';
import { isoDay } from '../../src/time/day.ts';
import { parseEdtf } from '../../src/time/edtf.ts';
import { recordOf } from './shelf.ts';

function date(text: string) {
  const read = parseEdtf(text);
  if (!read.ok) throw new Error(read.message);
  return read.date;
}

/** The day on which an event of 1 April 2013 became public by sources written `kind published`. */
function knownFrom(effective: string, ...cited: string[]): string {
  const sources = new Map<string, Source>();
  for (const [i, text] of cited.entries()) {
    const [kind, published] = text.split(' ');
    sources.set(String(i), {
      id: String(i),
      title: 'T',
      publisher: 'P',
      kind: kind as SourceKind,
      ...(published === undefined ? {} : { published: date(published) }),
      place: { file: 'sources.yaml', line: 1, column: 1 },
    });
  }
  return isoDay(
    publicFrom(
      date(effective),
      [...sources.keys()].map((source) => ({ source })),
      sources,
    ),
  );
}

describe('the public could know of an event', () => {
  test.each([
    [
      'from the earliest publication of its sources, before the event',
      '2013-04-01',
      ['press 2013-06-01', 'legislation 2012-03-27'],
      '2012-03-27',
    ],
    ['or after it', '2013-04-01', ['academic 2018-06-01'], '2018-06-01'],
    [
      'on the day itself by a register, whatever else came later',
      '2013-04-01',
      ['register 2025-12-01', 'press 2014-01-01'],
      '2013-04-01',
    ],
    ['on the day itself by an undated source', '2013-04-01', ['organisation'], '2013-04-01'],
    ['on the first possible day of an imprecise event', '2013-04', ['register'], '2013-04-01'],
    ['by the last day of an imprecise publication', '2013-04-01', ['press 2012-11'], '2012-11-30'],
    ['by the last day of an imprecise publication after it', '2013-04-01', ['press 2014'], '2014-12-31'],
    ['but on its own day when the imprecise publication spans it', '2013-04-01', ['press 2013'], '2013-04-01'],
    ['the last day of the span still spans it', '2013-04-30', ['press 2013-04'], '2013-04-30'],
    ['the day after it no longer does', '2013-05-01', ['press 2013-04'], '2013-04-30'],
    [
      'without regard to an encyclopaedia that another source beats',
      '2013-04-01',
      ['encyclopaedia 2010-01-01', 'press 2013-06-01'],
      '2013-06-01',
    ],
    ['on the day itself when only an encyclopaedia tells it', '2013-04-01', ['encyclopaedia 2022-01-01'], '2013-04-01'],
  ])('%s', (_, effective, cited, expected) => {
    expect(knownFrom(effective, ...cited)).toBe(expected);
  });

  test('from the day that `public` gives, whatever the sources say', async () => {
    const record = await recordOf({
      'sources.yaml': 's: { title: T, publisher: P, kind: press, published: 2021-01-01 }\n',
      'a-x.yaml':
        'milestone: x\ntitle: T\nsummary: S\nrecorded: 2026-11-21\nevents:\n  - { id: x/a, type: StatementMade, effective: 2021-07-22, data: { by: A, said: B }, sources: [s], public: 2021-07-23 }\n',
    });
    expect(isoDay(record.milestones[0]?.events[0]?.publicFrom ?? 0)).toBe('2021-07-23');
  });
});

import { describe, expect, test } from 'vitest';
import { believe } from '../../src/record/believe.ts';
import { FOREVER, isoDay } from '../../src/time/day.ts';
import { brief, recordOf, SOURCES } from './shelf.ts';

interface Amendment {
  readonly recorded: string;
  readonly event: string;
}

/** A record in which `first/a` establishes Devon on 1 April 2013, recorded on 2026-11-21, with amendments recorded later. */
async function amended(...amendments: readonly Amendment[]) {
  const files: Record<string, string> = {
    'sources.yaml': SOURCES,
    '2013-first.yaml':
      'milestone: first\ntitle: T\nsummary: S\nrecorded: 2026-11-21\nevents:\n  - { id: first/a, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/devon, name: Devon, kind: clinical-commissioning-group, codes: { ods: 99P } }, sources: [a-source], note: Kept. }\n',
  };
  for (const [i, { recorded, event }] of amendments.entries()) {
    const slug = `fix-${i + 1}`;
    files[`2026-${slug}.yaml`] =
      `milestone: ${slug}\ntitle: T\nsummary: S\nrecorded: ${recorded}\nevents:\n  - { id: ${slug}/a, effective: ${recorded}, sources: [a-source], ${event} }\n`;
  }
  return recordOf(files);
}

const corrected = (event: string, replacement: string) =>
  `type: EventCorrected, data: { event: ${event}, replacement: ${replacement}, reason: A slip. }`;
const withdrawn = (event: string) => `type: EventWithdrawn, data: { event: ${event}, reason: It never happened. }`;

function wordings(record: Awaited<ReturnType<typeof recordOf>>, id = 'first/a'): string[] {
  return believe(record)
    .filter((event) => event.id === id)
    .map((event) => {
      const { name, event: target } = event.data as { name?: string; event?: string };
      return `${isoDay(event.recordedFrom)} to ${event.recordedTo === FOREVER ? 'now' : isoDay(event.recordedTo)}: ${name ?? target} on ${event.effective.edtf}${event.correctedBy ? ` by ${event.correctedBy}` : ''}`;
    });
}

describe('what the record believed, by the day it was asked', () => {
  test('an event never amended is believed from its recording on', async () => {
    expect(wordings(await amended())).toEqual(['2026-11-21 to now: Devon on 2013-04-01']);
  });

  test('a correction holds from its recording; the old wording stays readable before', async () => {
    const record = await amended({
      recorded: '2026-12-01',
      event: corrected('first/a', '{ effective: 2013-04-02, data: { name: NHS Devon } }'),
    });
    expect(record.problems).toEqual([]);
    expect(wordings(record)).toEqual([
      '2026-11-21 to 2026-12-01: Devon on 2013-04-01',
      '2026-12-01 to now: NHS Devon on 2013-04-02 by fix-1/a',
    ]);
    const [before, after] = believe(record).filter(({ id }) => id === 'first/a');
    expect(after).toMatchObject({
      note: 'Kept.',
      sequence: 0,
      milestone: 'first',
      data: { kind: 'clinical-commissioning-group', codes: { ods: '99P' } },
      place: { file: 'events/2026-fix-1.yaml', line: 6 },
    });
    expect(after?.hash).not.toBe(before?.hash);
  });

  test('corrections add up, in the order of recording', async () => {
    const record = await amended(
      { recorded: '2026-12-05', event: corrected('first/a', '{ data: { name: Third } }') },
      { recorded: '2026-12-01', event: corrected('first/a', '{ effective: 2013-05 , data: { name: Second } }') },
    );
    expect(wordings(record)).toEqual([
      '2026-11-21 to 2026-12-01: Devon on 2013-04-01',
      '2026-12-01 to 2026-12-05: Second on 2013-05 by fix-2/a',
      '2026-12-05 to now: Third on 2013-05 by fix-1/a',
    ]);
  });

  test('a withdrawn event is believed until then and no longer', async () => {
    expect(wordings(await amended({ recorded: '2026-12-01', event: withdrawn('first/a') }))).toEqual([
      '2026-11-21 to 2026-12-01: Devon on 2013-04-01',
    ]);
  });

  test('a withdrawn correction gives the old wording back; a withdrawn withdrawal gives the event back', async () => {
    const correction = { recorded: '2026-12-01', event: corrected('first/a', '{ data: { name: Wrong } }') };
    expect(wordings(await amended(correction, { recorded: '2026-12-02', event: withdrawn('fix-1/a') }))).toEqual([
      '2026-11-21 to 2026-12-01: Devon on 2013-04-01',
      '2026-12-01 to 2026-12-02: Wrong on 2013-04-01 by fix-1/a',
      '2026-12-02 to now: Devon on 2013-04-01',
    ]);
    expect(
      wordings(
        await amended(
          { recorded: '2026-12-01', event: withdrawn('first/a') },
          { recorded: '2026-12-03', event: withdrawn('fix-1/a') },
        ),
      ),
    ).toEqual(['2026-11-21 to 2026-12-01: Devon on 2013-04-01', '2026-12-03 to now: Devon on 2013-04-01']);
  });

  test('a correction can itself be corrected', async () => {
    const record = await amended(
      { recorded: '2026-12-01', event: corrected('first/a', '{ data: { name: Wrong } }') },
      { recorded: '2026-12-02', event: corrected('fix-1/a', '{ data: { replacement: { data: { name: Right } } } }') },
    );
    expect(wordings(record).at(-1)).toBe('2026-12-02 to now: Right on 2013-04-01 by fix-1/a');
  });

  test('a correction on the day of recording leaves no trace of the old wording, since no day saw it', async () => {
    expect(
      wordings(await amended({ recorded: '2026-11-21', event: corrected('first/a', '{ data: { name: NHS Devon } }') })),
    ).toEqual(['2026-11-21 to now: NHS Devon on 2013-04-01 by fix-1/a']);
  });
});

describe('amendments that will not do', () => {
  test('of an event that is not there', async () => {
    const record = await amended({ recorded: '2026-12-01', event: withdrawn('first/b') });
    expect(brief(record.problems)).toEqual([
      '2026-fix-1.yaml:6:101 unknown-event no event has the id first/b | did you mean first/a?',
    ]);
  });

  test('of an event recorded only later, or of itself', async () => {
    expect(brief((await amended({ recorded: '2026-11-20', event: withdrawn('first/a') })).problems)[0]).toMatch(
      /unknown-event first\/a was recorded only after this/,
    );
    expect(brief((await amended({ recorded: '2026-12-20', event: withdrawn('fix-1/a') })).problems)[0]).toMatch(
      /unknown-event an event cannot amend itself/,
    );
  });

  test('two that amend each other end, and do no harm', async () => {
    const record = await amended(
      { recorded: '2026-12-01', event: withdrawn('fix-2/a') },
      { recorded: '2026-12-01', event: withdrawn('fix-1/a') },
    );
    expect(wordings(record)).toEqual(['2026-11-21 to now: Devon on 2013-04-01']);
  });

  test('whose wording would break the event: told at the replacement, and the old wording stays', async () => {
    const record = await amended({
      recorded: '2026-12-01',
      event: corrected('first/a', '{ effective: 2013-02-30, data: { nmae: Devon } }'),
    });
    expect(brief(record.problems)).toEqual([
      '2026-fix-1.yaml:6:136 date “2013-02-30”: that month had 28 days | the last day was 2013-02-28',
      '2026-fix-1.yaml:6:156 shape OrganisationEstablished: the key nmae is not known here | did you mean name?',
    ]);
    expect(wordings(record).at(-1)).toMatch(/: Devon on 2013-04-01/);
  });
});

test('what is believed does not depend on the names of the files, nor on their order', async () => {
  const texts = [
    'milestone: m\ntitle: T\nsummary: S\nrecorded: 2026-11-21\nevents:\n  - { id: m/a, type: StatementMade, effective: 2020, data: { by: A, said: One }, sources: [a-source] }\n',
    'milestone: n\ntitle: T\nsummary: S\nrecorded: 2026-11-22\nevents:\n  - { id: n/a, type: EventCorrected, effective: 2026-11-22, data: { event: m/a, replacement: { data: { said: Two } }, reason: R }, sources: [a-source] }\n',
    'milestone: o\ntitle: T\nsummary: S\nrecorded: 2026-11-22\nevents:\n  - { id: o/a, type: EventCorrected, effective: 2026-11-22, data: { event: m/a, replacement: { data: { said: Three } }, reason: R }, sources: [a-source] }\n',
  ];
  const believed = async (names: readonly string[]) => {
    const files = Object.fromEntries(names.map((name, i) => [`${name}-${'mno'[i]}.yaml`, texts[i] ?? '']));
    return believe(await recordOf({ 'sources.yaml': SOURCES, ...files }))
      .map(({ id, data, recordedFrom, recordedTo }) => JSON.stringify([id, data, recordedFrom, recordedTo]))
      .sort();
  };
  const first = await believed(['1', '2', '3']);
  expect(first.join()).toContain('Three');
  for (const names of [
    ['3', '2', '1'],
    ['2', '3', '1'],
    ['3', '1', '2'],
  ])
    expect(await believed(names)).toEqual(first);
});

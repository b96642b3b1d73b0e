import { describe, expect, test } from 'vitest';
import {
  abolished,
  corrected,
  designated,
  designationOf,
  established,
  given,
  ICS,
  joined,
  left,
  renamed,
  statusMade,
  withdrawn,
} from '../support/given.ts';

describe('what existed on a day', () => {
  test('a body is there from its first day to the last before its end', async () => {
    const record = given([established('ccg/devon', '2013-04-01'), abolished('ccg/devon', '2022-07-01')]);
    await record.at('2013-03-31').expect();
    await record.at('2013-04-01').expect('ccg/devon');
    await record.at('2013-04-02').expect('ccg/devon');
    await record.at('2022-06-30').expect('ccg/devon');
    await record.at('2022-07-01').expect();
    await record.at('2022-07-02').expect();
  });

  test('a last day given by a source counts as a day on which it still was', async () => {
    const record = given([
      established('ccg/devon', '2013-04-01'),
      abolished('ccg/devon', { date: '2022-06-30', convention: 'last-day' }),
    ]);
    await record.at('2022-06-30').expect('ccg/devon');
    await record.at('2022-07-01').expect();
    expect((await record.at('2020-01-01').answer()).bodies[0]).toMatchObject({
      from: '2013-04-01',
      until: '2022-07-01',
    });
  });

  test('each value stands with the event that brought it and its source', async () => {
    const record = given([
      established('ccg/devon', '2013-04-01', { codes: { ods: '99P', gss: 'E38000129' } }),
      abolished('ccg/devon', '2022-07-01', { said: '2022-04-28' }),
    ]);
    expect((await record.at('2020-01-01').answer()).bodies).toEqual([
      {
        id: 'ccg/devon',
        name: 'Devon',
        kind: 'clinical-commissioning-group',
        codes: { ods: '99P', gss: 'E38000129' },
        existence: 'certain',
        from: '2013-04-01',
        until: '2022-07-01',
        partOf: [],
        status: [],
        began: {
          event: 'story/1',
          sources: [{ source: 'a-register', title: 'A register' }],
          date: '1 April 2013',
        },
        ends: {
          event: 'story/2',
          sources: [{ source: 'said-2022-04-28', title: 'Said on 2022-04-28', published: '2022-04-28' }],
          date: '1 July 2022',
        },
      },
    ]);
  });

  test('names and codes are those of the day', async () => {
    const record = given([
      established('ccg/devon', '2013-04-01', { codes: { ods: '99P' } }),
      renamed('ccg/devon', '2019-04-01', 'New Devon'),
      {
        type: 'OrganisationRecoded',
        effective: '2020-04-01',
        data: { organisation: 'ccg/devon', codes: { ods: null } },
      },
    ]);
    const on = async (day: string) => {
      const [body] = (await record.at(day).answer()).bodies;
      return [body?.name, body?.codes];
    };
    expect(await on('2019-03-31')).toEqual(['Devon', { ods: '99P' }]);
    expect(await on('2019-04-01')).toEqual(['New Devon', { ods: '99P' }]);
    expect(await on('2020-04-01')).toEqual(['New Devon', {}]);
  });

  test('a body whose name no source gives is shown by its code, or else its id', async () => {
    const record = given([
      established('ccg/x1', '2013-04-01', { name: 'unknown', codes: { ods: '5QQ' } }),
      established('ccg/x2', '2013-04-01', { name: 'unknown' }),
    ]);
    const { bodies } = await record.at('2014').answer();
    expect(bodies.map(({ name }) => name)).toEqual(['5QQ (name not known)', 'ccg/x2']);
  });

  test('bodies are listed from national to local, and by name within a kind', async () => {
    await given([
      established('ccg/b', '2013-04-01'),
      established('ccg/a', '2013-04-01', { name: 'Zebra' }),
      established('region/x', '2013-04-01'),
      established('icb/x', '2013-04-01'),
    ])
      .at('2014-01-01')
      .expect('ccg/b', 'ccg/a', 'icb/x', 'region/x');
  });
});

describe('dates that are not known to the day', () => {
  test('a body is possible where only some readings of its first day have it, and the answer says why', async () => {
    const record = given([established('ccg/devon', '2018')]);
    await record.at('2017-12-31').expect();
    await record.at('2018-01-01').expect('? ccg/devon');
    await record.at('2018-12-30').expect('? ccg/devon');
    await record.at('2018-12-31').expect('ccg/devon');
    expect((await record.at('2018-07-01').answer()).bodies[0]?.because).toBe(
      'its beginning is dated no closer than 2018, day unknown',
    );
  });

  test('the same for its end', async () => {
    const record = given([established('ccg/devon', '2013-04-01'), abolished('ccg/devon', '2018-05')]);
    await record.at('2018-04-30').expect('ccg/devon');
    await record.at('2018-05-01').expect('? ccg/devon');
    await record.at('2018-05-31').expect();
    expect((await record.at('2018-05-15').answer()).bodies[0]).toMatchObject({
      because: 'its end is dated no closer than May 2018',
      until: '2018-05',
    });
  });

  test('a set of days is written as one', async () => {
    const record = given([established('ccg/devon', '[2017-09-01..2019-06-19]')]);
    expect((await record.at('2018-05-15').answer()).bodies[0]).toMatchObject({
      existence: 'possible',
      from: '[2017-09-01..2019-06-19]',
    });
  });

  test('a body whose kind is not certain is listed once, and only possibly of either', async () => {
    const record = given([
      established('trust/x', '2013-04-01'),
      {
        type: 'OrganisationReclassified',
        effective: '2018',
        data: { organisation: 'trust/x', kind: 'nhs-foundation-trust' },
      },
    ]);
    await record.at('2018-07-01').expect('trust/x');
    await record.at('2018-07-01', { kind: 'nhs-trust' }).expect('? trust/x');
    await record.at('2018-07-01', { kind: 'FT' }).expect('? trust/x');
    await record.at('2018-07-01', { kind: ['nhs-trust', 'FT'] }).expect('trust/x');
    await record.at('2019-01-01', { kind: 'nhs-trust' }).expect();
    const { bodies, notes } = await record.at('2018-07-01').answer();
    expect(bodies[0]?.because).toBe('its kind on this day is not certain: NHS trust or NHS foundation trust');
    expect(notes.join(' ')).toContain('The kind of 1 body on this day is not certain');
  });
});

describe('a month or a year', () => {
  const record = () =>
    given([
      established('ccg/always', '2013-04-01'),
      established('ccg/later', '2018-06-01'),
      established('ccg/brief', '2018-02-01'),
      abolished('ccg/brief', '2018-03-01'),
      abolished('ccg/always', '2019-01-01'),
      established('ccg/some-day', '[2018-03..2018-05]'),
    ]);

  test('says who was there throughout it and who at some time in it', async () => {
    const { bodies, notes } = await record().at('2018').answer();
    expect(bodies.map(({ id, during }) => `${id} ${during}`)).toEqual([
      'ccg/always throughout',
      'ccg/brief at some time',
      'ccg/later at some time',
      'ccg/some-day at some time',
    ]);
    expect(notes[0]).toBe(
      '2018 is a span, from 1 January 2018 to 31 December 2018: 1 bodies existed throughout it, 3 at some time in it. Each is shown as it last stood within it.',
    );
  });

  test('one that began on an unknown day of the span certainly existed at some time in it', async () => {
    const alone = given([established('ccg/devon', '[2018-03..2018-05]'), abolished('ccg/devon', '2018-12')]);
    expect((await alone.at('2018').answer()).bodies[0]).toMatchObject({ existence: 'certain', during: 'at some time' });
    await alone.at('2018-04').expect('? ccg/devon');
    await alone.at('2018-05').expect('ccg/devon');
    await alone.at('2018-06').expect('ccg/devon');
  });

  test('one that may have begun only after the span is only possible', async () => {
    await record().at('2018-04', { kind: 'CCG' }).expect('ccg/always', '? ccg/some-day');
  });

  test('one that became a body of another kind within it was not of that kind throughout', async () => {
    const changed = given([
      established('trust/x', '2013-04-01'),
      {
        type: 'OrganisationReclassified',
        effective: '2018-06-01',
        data: { organisation: 'trust/x', kind: 'nhs-foundation-trust' },
      },
    ]);
    const during = async (kind?: string) =>
      (await changed.at('2018', { kind }).answer()).bodies.map((body) => `${body.kind} ${body.during}`);
    expect(await during('nhs-trust')).toEqual(['nhs-trust at some time']);
    expect(await during('FT')).toEqual(['nhs-foundation-trust at some time']);
    expect(await during()).toEqual(['nhs-foundation-trust throughout']);
  });
});

describe('part of what', () => {
  const record = () =>
    given([
      established('region/south', '2013-04-01'),
      established('system/devon', '2016-03-15'),
      established('ccg/devon', '2013-04-01'),
      joined('ccg/devon', 'system/devon', '2016-03-15'),
      joined('system/devon', 'region/south', '2016-03-15'),
      left('ccg/devon', 'system/devon', '2019-04-01'),
      abolished('region/south', '2018-04-01'),
    ]);

  const parents = async (day: string) =>
    (await record().at(day, { kind: 'CCG' }).answer()).bodies[0]?.partOf.map(({ id }) => id);

  test('a relation holds while both its ends exist: nobody enters the end of each relation of an abolished body', async () => {
    expect(await parents('2016-03-14')).toEqual([]);
    expect(await parents('2016-03-15')).toEqual(['system/devon', 'region/south']);
    expect(await parents('2018-03-31')).toEqual(['system/devon', 'region/south']);
    expect(await parents('2018-04-01')).toEqual(['system/devon']);
    expect(await parents('2019-03-31')).toEqual(['system/devon']);
    expect(await parents('2019-04-01')).toEqual([]);
  });

  test('only what is part of a body, however far down', async () => {
    await record().at('2017-01-01', { partOf: 'region/south' }).expect('ccg/devon', 'system/devon');
    await record().at('2018-04-01', { partOf: 'region/south' }).expect();
    expect((await record().at('2018-04-01', { partOf: 'region/south' }).answer()).notes).toContain(
      'region/south did not exist on 1 April 2018, so nothing was part of it.',
    );
  });

  test('reached by two ways, a body is as sure as the surer way', async () => {
    const { bodies } = await given([
      established('region/south', '2013-04-01'),
      established('system/a', '2013-04-01'),
      established('system/b', '2013-04-01'),
      established('ccg/devon', '2013-04-01'),
      joined(['system/a', 'system/b'], 'region/south', '2013-04-01'),
      joined('ccg/devon', 'system/a', '2018'),
      joined('ccg/devon', 'system/b', '2016-04-01'),
    ])
      .at('2018-07-01', { kind: 'CCG' })
      .answer();
    expect(bodies[0]?.partOf.map(({ id, existence }) => `${id} ${existence}`)).toEqual([
      'system/a possible',
      'system/b certain',
      'region/south certain',
    ]);
  });

  test('a circle of parts comes to an end', async () => {
    const { bodies } = await given([
      established('system/a', '2013-04-01'),
      established('system/b', '2013-04-01'),
      joined('system/a', 'system/b', '2013-04-01'),
      joined('system/b', 'system/a', '2013-04-01'),
    ])
      .at('2014-01-01')
      .answer();
    expect(bodies.map(({ id, partOf }) => [id, partOf.map((parent) => parent.id)])).toEqual([
      ['system/a', ['system/b']],
      ['system/b', ['system/a']],
    ]);
  });
});

describe('statuses', () => {
  const waves = [
    statusMade(),
    established('system/devon', '2016-03-15'),
    established('system/fylde', '2016-03-15'),
    established('system/lancashire', '2016-03-15'),
    designated('system/devon', '2017-06-15', 'Wave 1'),
    designated('system/fylde', '2017-06-15', 'Wave 1'),
    {
      type: 'StatusRetitled' as const,
      effective: '2018-02-02',
      data: { status: ICS, title: 'integrated care system', acronym: 'ICS' },
    },
    {
      type: 'StatusHolderChanged' as const,
      effective: '2018',
      data: { designation: designationOf('system/fylde'), holder: 'system/lancashire' },
    },
    abolished('system/devon', '2019-01-01'),
  ];
  const statusOf = async (day: string, id: string) =>
    (await given(waves).at(day).answer()).bodies.find((body) => body.id === id)?.status;

  test('a status bears the title of the day, and the holder keeps it', async () => {
    expect(await statusOf('2017-06-14', 'system/devon')).toEqual([]);
    expect(await statusOf('2018-02-01', 'system/devon')).toEqual([
      {
        status: 'integrated-care-system',
        title: 'accountable care system',
        wave: 'Wave 1',
        since: '2017-06-15',
        existence: 'certain',
      },
    ]);
    expect((await statusOf('2018-02-02', 'system/devon'))?.[0]?.title).toBe('integrated care system');
  });

  test('a designation that widened on an unknown day possibly belongs to either holder, and says why', async () => {
    const [before] = (await statusOf('2018-03-01', 'system/fylde')) ?? [];
    const [after] = (await statusOf('2018-03-01', 'system/lancashire')) ?? [];
    expect([before?.existence, after?.existence]).toEqual(['possible', 'possible']);
    expect(before?.note).toBe(
      'held until a day not known more closely than 2018, day unknown: The designation of Fylde passed to Lancashire.',
    );
    expect(after?.note).toMatch(/^held from a day not known more closely than 2018/);
    expect(await statusOf('2019-01-01', 'system/fylde')).toEqual([]);
    expect((await statusOf('2019-01-01', 'system/lancashire'))?.[0]?.existence).toBe('certain');
  });
});

describe('the day it was made public', () => {
  const record = () =>
    given([
      established('icb/devon', '2022-07-01', {}, { said: '2022-05-01' }),
      established('ccg/devon', '2013-04-01'),
      abolished('ccg/devon', '2022-07-01', { said: '2022-05-01' }),
    ]);

  test('what was announced by then and lies ahead is expected', async () => {
    await record().at('2022-07-01', { publishedBy: '2022-04-30' }).expect('ccg/devon');
    await record().at('2022-07-01', { publishedBy: '2022-05-01' }).expect('(icb/devon)');
    await record().at('2022-07-01', { publishedBy: '2022-06-30' }).expect('(icb/devon)');
    await record().at('2022-07-01', { publishedBy: '2022-07-01' }).expect('icb/devon');
    expect((await record().at('2022-07-01', { publishedBy: '2022-05-01' }).answer()).bodies[0]?.because).toBe(
      'announced by then, not yet in force',
    );
  });

  test('the answer says through whose eyes it was read', async () => {
    const { notes, publishedBy } = await record().at('2022-07-01', { publishedBy: '2022-04-30' }).answer();
    expect(publishedBy).toBe('2022-04-30');
    expect(notes[0]).toBe(
      'As seen from 30 April 2022: only what had been made public by then; what nothing public by then had ended is shown as continuing.',
    );
  });

  test('published by a month means by its end', async () => {
    await record().at('2022-07-01', { publishedBy: '2022-05' }).expect('(icb/devon)');
  });
});

describe('the day it was recorded', () => {
  const chain = [
    established('ccg/devon', '2013-04-01', {}, { id: 'story/devon' }),
    corrected(
      'story/devon',
      '2026-12-01',
      { effective: '2013-05-01', data: { name: 'Second' } },
      { id: 'story-as-of-2026-12-01/fix' },
    ),
    corrected('story/devon', '2026-12-10', { data: { name: 'Third' } }, { id: 'story-as-of-2026-12-10/fix' }),
    withdrawn('story-as-of-2026-12-10/fix', '2026-12-20'),
    withdrawn('story/devon', '2027-01-01'),
  ];
  const named = async (recordedBy: string | undefined, day = '2013-05-01') =>
    (await given(chain, { today: '2027-06-01' }).at(day, { recordedBy }).answer()).bodies.map(({ name }) => name);

  test('a correction, its correction and a withdrawal can each be read back', async () => {
    expect(await named('2026-11-20')).toEqual([]);
    expect(await named('2026-11-21')).toEqual(['Devon']);
    expect(await named('2026-11-30')).toEqual(['Devon']);
    expect(await named('2026-12-01')).toEqual(['Second']);
    expect(await named('2026-12-09')).toEqual(['Second']);
    expect(await named('2026-12-10')).toEqual(['Third']);
    expect(await named('2026-12-20')).toEqual(['Second']);
    expect(await named('2026-12-31')).toEqual(['Second']);
    expect(await named('2027-01-01')).toEqual([]);
    expect(await named(undefined)).toEqual([]);
  });

  test('a corrected day moves the beginning', async () => {
    expect(await named('2026-11-30', '2013-04-01')).toEqual(['Devon']);
    expect(await named('2026-12-01', '2013-04-01')).toEqual([]);
  });

  test('before the record was begun it knew nothing, and says so', async () => {
    const { notes } = await given(chain).at('2013-05-01', { recordedBy: '2020-01-01' }).answer();
    expect(notes).toContain('The record was begun on 21 November 2026: it knew nothing then.');
  });
});

describe('two accounts of one day', () => {
  test('the law is followed unless the registers are asked for', async () => {
    const record = given([
      established('ccg/devon', '2013-04-01', {}, { alsoDated: [{ date: '2012-10-01', basis: 'operational' }] }),
    ]);
    await record.at('2012-12-01').expect();
    await record.at('2012-12-01', { dates: 'operational' }).expect('ccg/devon');
    await record.at('2012-09-30', { dates: 'operational' }).expect();
    expect((await record.at('2012-12-01', { dates: 'operational' }).answer()).notes.join(' ')).toContain(
      'operational dates',
    );
  });
});

describe('what is covered', () => {
  const record = () =>
    given([established('ccg/devon', '2013-04-01')], {
      coverage: [
        { of: 'clinical-commissioning-group', from: '2013-04-01', to: '2023-01-01' },
        { of: 'system', from: '2013-04-01', to: '2023-01-01', completeness: 'partial', note: 'Some.' },
      ],
    });

  test('before it, and the answer says so', async () => {
    const { bodies, notes, coverage } = await record().at('1975-01-01', { kind: 'CCG' }).answer();
    expect(bodies).toEqual([]);
    expect(notes).toEqual(['Not covered: the record begins on 1 April 2013. That is not to say that nothing existed.']);
    expect(coverage).toEqual([
      { of: 'clinical-commissioning-group', completeness: 'none', from: '2013-04-01', to: '2023-01-01' },
    ]);
  });

  test('a kind of which nothing is claimed', async () => {
    expect((await record().at('2014-01-01', { kind: 'ICB' }).answer()).notes).toEqual([
      'Not covered: the record does not say from when it knows these bodies. That is not to say that none existed.',
    ]);
  });

  test('partly', async () => {
    const { notes, coverage } = await record().at('2014-01-01', { kind: 'system' }).answer();
    expect(notes).toEqual(['Partly covered, so some may be missing: systems.']);
    expect(coverage[0]).toMatchObject({ completeness: 'partial', note: 'Some.' });
  });

  test('beyond it a body is expected to continue, never known', async () => {
    await record().at('2022-12-31', { kind: 'CCG' }).expect('ccg/devon');
    await record().at('2023-01-01', { kind: 'CCG' }).expect('(ccg/devon)');
    const { notes, bodies } = await record().at('2031-01-01', { kind: 'CCG' }).answer();
    expect(notes[0]).toMatch(/^Not covered: the record knows the world up to 31 December 2022\./);
    expect(bodies[0]?.because).toBe('after what the record covers: shown as last known');
  });

  test('an empty record claims nothing', async () => {
    const { bodies, notes } = await given([], { coverage: [] }).at('2013-04-01').answer();
    expect(bodies).toEqual([]);
    expect(notes[0]).toMatch(/^Not covered/);
  });
});

describe('questions that cannot be read', () => {
  const record = given([established('ccg/devon', '2013-04-01')]);
  const refusal = async (ask: () => Promise<unknown>) => {
    const error = await ask().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error as Error & { hint?: string };
  };

  test('a day that does not exist', async () => {
    const { name, message } = await refusal(() => record.at('2013-02-30').answer());
    expect(name).toBe('AskedWrongly');
    expect(message).toContain('February');
  });

  test('a word that is no date', async () => {
    expect((await refusal(() => record.at('whenever').answer())).name).toBe('AskedWrongly');
    expect((await refusal(() => record.at('2013-04-01', { publishedBy: 'whenever' }).answer())).message).toMatch(
      /^published by: /,
    );
  });

  test('an unknown kind, with the nearest', async () => {
    const error = await refusal(() => record.at('2013-04-01', { kind: 'clinical-comissioning-group' }).answer());
    expect(error.message).toBe('unknown kind: clinical-comissioning-group');
    expect(error.hint).toContain('clinical-commissioning-group');
  });

  test('an unknown id, with the nearest', async () => {
    const error = await refusal(() => record.at('2013-04-01', { partOf: 'ccg/devno' }).answer());
    expect(error.message).toBe('nothing in the record is called ccg/devno');
    expect(error.hint).toContain('ccg/devon');
  });
});

describe('the compiled form', () => {
  test('what is read back from it answers as what was just compiled', async () => {
    const events = [
      established('ccg/devon', '2013-04-01', {}, { alsoDated: [{ date: '2012-10-01', basis: 'operational' }] }),
      abolished('ccg/devon', '2018-05'),
    ];
    const answers = [];
    for (const cache of [false, true, true]) {
      const machine = await given(events, { cache }).open();
      answers.push([machine.at('2018-05-15'), machine.history('ccg/devon'), machine.timeline(), machine.sources()]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });
});

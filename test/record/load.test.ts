import { describe, expect, test } from 'vitest';
import { isoDay } from '../../src/time/day.ts';
import { brief, recordOf, SOURCES } from './shelf.ts';

const WHOLE = `milestone: ccg-mergers-2020
title: Groups merge
summary: Some groups merged.
recorded: 2026-11-21
themes: [commissioning]
events:
  - { id: ccg-mergers-2020/est, type: OrganisationEstablished, effective: 2020-04-01, data: { organisation: ccg/kent-and-medway, name: NHS Kent and Medway CCG, kind: clinical-commissioning-group }, sources: [a-source] }
  - id: ccg-mergers-2020/end
    type: OrganisationAbolished
    effective: { date: 2022-06-30, basis: legal, convention: last-day }
    alsoDated:
      - { date: 2022-07, basis: operational, source: a-source, note: Month only. }
    data: { organisation: ccg/kent-and-medway, reason: Replaced. }
    sources: [{ source: a-source, at: row 7 }]
    because: ccg-mergers-2020/est
    dissent:
      - { source: a-source, says: It ended in June., ruling: The order says July. }
    confidence: medium
    note: A note.
`;

describe('a milestone file', () => {
  test('is read whole, with its dates resolved and its places kept', async () => {
    const record = await recordOf({ 'sources.yaml': SOURCES, '2020-04-01-ccg-mergers-2020.yaml': WHOLE });
    expect(record.problems).toEqual([]);
    const [milestone] = record.milestones;
    expect(milestone).toMatchObject({
      slug: 'ccg-mergers-2020',
      title: 'Groups merge',
      themes: ['commissioning'],
      place: { file: 'events/2020-04-01-ccg-mergers-2020.yaml', line: 1, column: 1 },
    });
    const [begun, ended] = milestone?.events ?? [];
    expect(begun).toMatchObject({
      sequence: 0,
      basis: 'reported',
      confidence: 'high',
      because: [],
      schema: 1,
      place: { line: 7, column: 5 },
    });
    expect(ended).toMatchObject({
      sequence: 1,
      effective: { edtf: '2022-07-01' },
      basis: 'legal',
      alsoDated: [{ date: { edtf: '2022-07' }, basis: 'operational', source: 'a-source', note: 'Month only.' }],
      sources: [{ source: 'a-source', at: 'row 7' }],
      because: ['ccg-mergers-2020/est'],
      confidence: 'medium',
      note: 'A note.',
      place: { line: 8, column: 5 },
    });
    expect(ended?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a bare year is a date, in quotes or not', async () => {
    const file = (date: string) => WHOLE.replace('effective: 2020-04-01', `effective: ${date}`);
    const [bare, quoted] = await Promise.all(
      ['2018', '"2018"'].map((date) => recordOf({ 'sources.yaml': SOURCES, 'a-ccg-mergers-2020.yaml': file(date) })),
    );
    expect(bare?.milestones[0]?.events[0]?.effective).toMatchObject({ edtf: '2018' });
    expect(bare?.edition).toBe(quoted?.edition);
  });

  test('coverage may stand as a list, or as a list under its own name', async () => {
    const span =
      '- { of: integrated-care-board, from: 2022-07-01, to: 2026-07-01, completeness: complete, sources: [a-source] }\n';
    for (const text of [span, `coverage:\n  ${span}`]) {
      const record = await recordOf({ 'sources.yaml': SOURCES, 'coverage.yaml': text });
      expect(record.problems).toEqual([]);
      expect(
        record.coverage.map(({ of, from, to, completeness }) => [of, isoDay(from), isoDay(to), completeness]),
      ).toEqual([['integrated-care-board', '2022-07-01', '2026-07-01', 'complete']]);
    }
  });

  test('divergences that are not a list are a problem', async () => {
    const { problems, divergences } = await recordOf({ 'divergences.yaml': 'anything: at all\n' });
    expect(divergences).toEqual([]);
    expect(problems.map(({ rule, message }) => `${rule}: ${message}`)).toEqual(['shape: divergences are a list']);
  });
});

describe('every problem is told at once, where it stands, with what to do', () => {
  test('across files and within one', async () => {
    const record = await recordOf({
      'sources.yaml':
        'a-source: { title: A source, publisher: Somebody, kind: registre }\nother: { title: Other, publisher: Somebody, kind: press, published: "c. 2013" }\n',
      'coverage.yaml': '- { of: integrated-care-bord, from: 2022-07-01, to: 2022-02-30, completeness: complete }\n',
      '2020-04-01-first.yaml': `milestone: first
title: First
sumary: A slip.
recorded: 2026-11-31
themes: [comissioning]
events:
  - { id: first/a, type: OrganisationEstablishd, effective: 2020-02-30, data: {}, sources: [] }
  - { id: second/b, type: OrganisationEstablished, effective: 2020-04, data: { organisation: icb/devon, name: Devon, kind: integrated-care-bord, codes: { ods: 5E1, gs: X } }, sources: [other], becuase: first/a }
`,
      '2021-04-01-second.yaml': `milestone: second
title: Second
summary: S
recorded: 2026-11-21
events:
  - { id: second/c, type: PlanAnnounced, effective: 2020-04, data: { plan: plan/x, title: X, promise: Y, expected: 2022-13 }, sources: [other] }
  - { id: second/d, type: RelationshipBegan, effective: [2018-04..2018-06], data: { relation: part-of, from: [icb/Devon], to: region/south }, sources: [{ source: other, page: 3 }] }
  - { id: second/e, type: OrganisationRenamed, effective: "2013-04-01/", data: { organisation: plan/x, name: 17 }, sources: [other] }
`,
    });
    expect(brief(record.problems)).toMatchInlineSnapshot(`
      [
        "2020-04-01-first.yaml:1:1 shape summary is missing",
        "2020-04-01-first.yaml:3:1 shape the key sumary is not known here | did you mean summary?",
        "2020-04-01-first.yaml:4:11 date “2026-11-31”: that month had 30 days | the last day was 2026-11-30",
        "2020-04-01-first.yaml:5:10 shape themes[0] cannot be comissioning | did you mean commissioning?",
        "2020-04-01-first.yaml:7:26 unknown-type no event type is called OrganisationEstablishd | did you mean OrganisationEstablished?",
        "2020-04-01-first.yaml:7:61 date “2020-02-30”: that month had 29 days | the last day was 2020-02-29",
        "2020-04-01-first.yaml:7:92 shape no source, no fact: an event needs at least one source",
        "2020-04-01-first.yaml:8:11 shape the id second/b does not begin with its milestone | write first/b",
        "2020-04-01-first.yaml:8:124 shape OrganisationEstablished: kind cannot be integrated-care-bord | did you mean integrated-care-board?",
        "2020-04-01-first.yaml:8:160 shape OrganisationEstablished: codes.ods is read as the number 50 | put it in quotes: "5E1"",
        "2020-04-01-first.yaml:8:165 shape OrganisationEstablished: the key gs is not known here | did you mean gss?",
        "2020-04-01-first.yaml:8:194 shape the key becuase is not known here | did you mean because?",
        "2021-04-01-second.yaml:6:116 date “2022-13”: there is no month 13 | write year, month, day: 2017-06-15; seasons are 2018-21 (spring) to 2018-24 (winter)",
        "2021-04-01-second.yaml:7:57 shape effective is a list where a text should be | a text with brackets, as some dates have, goes in quotes",
        "2021-04-01-second.yaml:7:111 shape RelationshipBegan: from[0]: icb/Devon will not do | an id looks like icb/devon: a family, a slash, and lower-case words joined by hyphens",
        "2021-04-01-second.yaml:7:170 shape the key page is not known here | known here: source, at",
        "2021-04-01-second.yaml:8:59 date “2013-04-01/” has an open or unknown end, and an event has one day | give both bounds: [2017-09..2019-06] means some day between them",
        "2021-04-01-second.yaml:8:96 shape OrganisationRenamed: organisation: plan/x will not do | an organisation has an id that begins with body/ or ha/ or sha/ or pct/ or ccg/ or icb/ or sicbl/ or icp/ or system/ or region/ or area-team/ or office/ or trust/ or council/ or programme/",
        "2021-04-01-second.yaml:8:110 shape OrganisationRenamed: name is read as the number 17 | put it in quotes: "17"",
        "coverage.yaml:1:9 shape integrated-care-bord is neither a kind of body nor a status of the record | did you mean integrated-care-board?",
        "coverage.yaml:1:53 date “2022-02-30”: that month had 28 days | the last day was 2022-02-28",
        "sources.yaml:1:57 shape kind cannot be registre | did you mean register?",
        "sources.yaml:2:69 date “c. 2013” is not a date in EDTF | write 2017-06-15, 2017-06, 2018, [2017-09..2019-06] for some day between, 2018? or 2004-06~ when unsure",
      ]
    `);
  });

  test('ids that stand twice, in one file or in two', async () => {
    const text = (slug: string) => `milestone: ${slug}
title: T
summary: S
recorded: 2026-11-21
events:
  - { id: one/a, type: StatementMade, effective: 2020, data: { by: A, said: B }, sources: [a-source] }
  - { id: one/a, type: StatementMade, effective: 2021, data: { by: A, said: B }, sources: [a-source] }
`;
    const record = await recordOf({ 'sources.yaml': SOURCES, 'a-one.yaml': text('one'), 'b-one.yaml': text('one') });
    expect(brief(record.problems)).toEqual([
      'a-one.yaml:7:5 duplicate-id the event one/a stands at events/a-one.yaml:6 already | give one of them another id',
      'b-one.yaml:1:1 duplicate-id the milestone one stands in events/a-one.yaml too | give one of them another name',
      'b-one.yaml:6:5 duplicate-id the event one/a stands at events/a-one.yaml:6 already | give one of them another id',
      'b-one.yaml:7:5 duplicate-id the event one/a stands at events/a-one.yaml:6 already | give one of them another id',
    ]);
    expect(record.believed.map(({ id }) => id)).toEqual(['one/a']);
  });

  test('an event under another milestone’s name, a file under another name, a version that nobody can read', async () => {
    const record = await recordOf({
      'sources.yaml': SOURCES,
      '2020-two.yaml':
        'milestone: one\ntitle: T\nsummary: S\nrecorded: 2026-02-30\nevents:\n  - { id: two/a, type: StatementMade, effective: 2020, data: { by: A, said: B }, sources: [a-source], schema: 2 }\n',
    });
    expect(brief(record.problems)).toEqual([
      '2020-two.yaml:1:12 file the file 2020-two.yaml does not bear the name of its milestone | call it <first date>-one.yaml',
      '2020-two.yaml:4:11 date “2026-02-30”: that month had 28 days | the last day was 2026-02-28',
      '2020-two.yaml:6:11 shape the id two/a does not begin with its milestone | write one/a',
      '2020-two.yaml:6:111 shape StatementMade has no version 2 that this program can read | the newest is 1',
    ]);
  });
});

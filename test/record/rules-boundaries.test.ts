import { describe, expect, test } from 'vitest';
import { checkRecord } from '../../src/record/rules/index.ts';
import { exampleMilestone } from '../../src/record/rules/rule.ts';
import { brief, recordOf, SOURCES } from './shelf.ts';

/** What the rules say of events written `type date {data}`, one a line; without the noise of hints. */
async function said(...events: readonly string[]): Promise<string[]> {
  const lines = events.map((event, i) => {
    const [type = '', date = '', ...data] = event.split(' ');
    return `- { id: example/${i}, type: ${type}, effective: ${date}, data: ${data.join(' ')}, sources: [a-source] }`;
  });
  const record = await recordOf({ 'sources.yaml': SOURCES, 'a-example.yaml': exampleMilestone(lines.join('\n')) });
  return brief(checkRecord(record)).map((line) => line.replace(/^\S+ /, '').replace(/ \| .*/, ''));
}

const board = (id: string, date: string, codes = '') =>
  `OrganisationEstablished ${date} { organisation: ${id}, name: N, kind: integrated-care-board${codes && `, codes: { ods: ${codes} }`} }`;
const end = (id: string, date: string) => `OrganisationAbolished ${date} { organisation: ${id}, reason: R }`;
const rename = (id: string, date: string) => `OrganisationRenamed ${date} { organisation: ${id}, name: M }`;

describe('existence', () => {
  test.each([
    ['2022-06-30', ['before-it-exists']],
    ['2022-07-01', []],
    ['2026-03-31', []],
    ['2026-04-01', ['after-it-ends']],
    ['2022-06', ['before-it-exists']],
    ['2022', []],
    ['2026', []],
    ['2026-04', ['after-it-ends']],
  ])('a body from 1 July 2022 to 31 March 2026, renamed %s: %j', async (date, expected) => {
    const found = await said(
      board('icb/devon', '2022-07-01'),
      end('icb/devon', '2026-04-01'),
      rename('icb/devon', date),
    );
    expect(found.map((line) => line.split(' ')[0]).filter((name) => name !== 'undecidable-order')).toEqual(expected);
  });

  test('a body may end and begin again, but not begin twice over', async () => {
    expect(
      await said(
        board('icb/devon', '2022-07-01'),
        end('icb/devon', '2023-01-01'),
        board('icb/devon', '2023-01-01'),
        rename('icb/devon', '2023-01-01'),
      ),
    ).toEqual([]);
    expect(
      await said(board('icb/devon', '2022-07-01'), end('icb/devon', '2023-01-02'), board('icb/devon', '2023-01-01')),
    ).toEqual([expect.stringMatching(/^begun-twice/)]);
  });

  test('a body cannot end twice', async () => {
    expect(
      await said(board('icb/devon', '2022-07-01'), end('icb/devon', '2023-01-01'), end('icb/devon', '2024-01-01')),
    ).toEqual(['after-it-ends icb/devon was no more: it ended on 1 January 2023 (example/1)']);
  });

  test('a plan may be met in part and abandoned later, but not met twice', async () => {
    const plan = 'PlanAnnounced 2020-01-01 { plan: plan/x, title: T, promise: P, expected: "2021-04-01" }';
    expect(
      await said(
        plan,
        'PlanMet 2021-04-01 { plan: plan/x, extent: partly }',
        'PlanAbandoned 2022-01-01 { plan: plan/x }',
      ),
    ).toEqual([]);
    expect(await said(plan, 'PlanMet 2021-04-01 { plan: plan/x }', 'PlanMet 2021-04-02 { plan: plan/x }')).toEqual([
      expect.stringMatching(/^after-it-ends/),
    ]);
  });

  test('a bill may reach its last stage on the day on which it becomes an Act', async () => {
    expect(
      await said(
        'LegislationIntroduced 2021-07-06 { legislation: bill/x, title: B }',
        'LegislationProgressed 2022-04-28 { legislation: bill/x, stage: Royal Assent }',
        'LegislationEnacted 2022-04-28 { legislation: act/2022-31, title: A, bill: bill/x }',
      ),
    ).toEqual([]);
  });
});

describe('codes', () => {
  test.each([
    ['the day before the holder ends', '2026-03-31', '2026-04-01', ['code-reused-while-live']],
    ['the day on which the holder is no more', '2026-04-01', '2026-04-01', []],
    ['some day of the month in which the holder ends', '2026-03', '2026-03-15', []],
    ['in a month that is certainly too early', '2026-02', '2026-03-15', ['code-reused-while-live']],
  ])('reused %s', async (_, date, ended, expected) => {
    const found = await said(
      board('icb/old', '2022-07-01', 'QJK'),
      end('icb/old', ended),
      board('icb/new', date, 'QJK'),
    );
    expect(found.map((line) => line.split(' ')[0])).toEqual(expected);
  });

  test('given to a living body while another bears it', async () => {
    const found = await said(
      board('icb/old', '2022-07-01', 'QJK'),
      board('icb/new', '2022-07-01', 'QVV'),
      'OrganisationRecoded 2023-04-01 { organisation: icb/new, codes: { ods: QJK } }',
    );
    expect(found).toEqual(['overlapping-codes icb/new and icb/old both bear the ODS code QJK on 1 April 2023']);
  });

  test('swapped on one day between two bodies', async () => {
    const swap = [
      board('icb/a', '2022-07-01', 'QAA'),
      board('icb/b', '2022-07-01', 'QBB'),
      'OrganisationRecoded 2023-04-01 { organisation: icb/a, codes: { ods: QBB } }',
      'OrganisationRecoded 2023-04-01 { organisation: icb/b, codes: { ods: QAA } }',
    ];
    expect(await said(...swap)).toEqual([]);
  });

  test('an ODS code and a GSS code that look alike are two codes', async () => {
    expect(
      await said(
        board('icb/a', '2022-07-01', 'QAA'),
        'OrganisationEstablished 2022-07-01 { organisation: icb/b, name: N, kind: integrated-care-board, codes: { gss: QAA } }',
      ),
    ).toEqual([]);
  });
});

describe('succession', () => {
  const merger = 'OrganisationsReorganised 2026-04-01 { from: [icb/old], to: [icb/new], how: replacement }';
  test.each([
    ['2026-04-01', '2026-04-01', 0],
    ['2026-04-01', '2022-07-01', 0],
    ['2026-05-01', '2026-04-01', 0],
    ['2026-03-31', '2026-04-01', 1],
    ['2026-04-01', '2026-04-02', 1],
    ['2026-03-31', '2026-04-02', 2],
    ['2026-03', '2026-04', 1],
  ])('on 1 April 2026 of a body that ends %s by one that begins %s: %d problems', async (ends, begins, count) => {
    const found = await said(board('icb/old', '2022-07-01'), board('icb/new', begins), end('icb/old', ends), merger);
    expect(found.filter((line) => line.startsWith('successor-absent-or-late'))).toHaveLength(count);
  });

  test('by a body that had ended', async () => {
    expect(
      await said(board('icb/old', '2022-07-01'), board('icb/new', '2022-07-01'), end('icb/new', '2026-04-01'), merger),
    ).toEqual(['successor-absent-or-late the successor icb/new had ended on 1 April 2026 (example/2)']);
  });
});

describe('children', () => {
  const part = (to: string, date: string) =>
    `RelationshipBegan ${date} { relation: part-of, from: icb/devon, to: ${to} }`;
  const region = (id: string, date: string) =>
    `OrganisationEstablished ${date} { organisation: ${id}, name: N, kind: nhs-region }`;
  const story = [
    board('icb/devon', '2022-07-01'),
    region('region/a', '2019-04-01'),
    part('region/a', '2022-07-01'),
    end('region/a', '2024-04-01'),
  ];

  test.each([
    ['nothing else', [], 1],
    ['its own end on that day', [end('icb/devon', '2024-04-01')], 0],
    ['its own end the day after', [end('icb/devon', '2024-04-02')], 1],
    ['another parent from that day', [region('region/b', '2024-04-01'), part('region/b', '2024-04-01')], 0],
    ['another parent only from the day after', [region('region/b', '2024-04-01'), part('region/b', '2024-04-02')], 1],
    ['another parent from some day of that month', [region('region/b', '2024-04-01'), part('region/b', '2024-04')], 0],
    [
      'the relation ended before',
      ['RelationshipEnded 2024-04-01 { relation: part-of, from: icb/devon, to: region/a }'],
      0,
    ],
  ])('of a region that ends on 1 April 2024, with %s', async (_, more, count) => {
    expect((await said(...story, ...more)).filter((line) => line.startsWith('child-outlives-parent'))).toHaveLength(
      count,
    );
  });
});

describe('references', () => {
  test('every kind is known, a kind that is not is offered its neighbour', async () => {
    expect(await said('FigureReported 2020 { of: kind/integrated-care-board, measure: M, value: 1 }')).toEqual([]);
    expect(await said('FigureReported 2020 { of: kind/integrated-care-bord, measure: M, value: 1 }')).toEqual([
      'unknown-reference nothing in the record begins kind/integrated-care-bord',
    ]);
  });

  test('a function is known from where it is first conferred', async () => {
    const conferred =
      'FunctionConferred 2013-04-01 { function: function/x, title: T, holder: kind/clinical-commissioning-group }';
    const passed =
      'FunctionTransferred 2022-07-01 { function: function/x, from: kind/clinical-commissioning-group, to: kind/integrated-care-board }';
    expect(await said(conferred, passed)).toEqual([]);
    expect(await said(passed)).toEqual(['unknown-reference nothing in the record begins function/x']);
  });

  test('a cause that is not an event is named where it stands, alone or in a list', async () => {
    for (const because of ['example/z', '[example/a, example/z]']) {
      const text = exampleMilestone(
        `- { id: example/a, type: StatementMade, effective: 2020, data: { by: A, said: B }, sources: [a-source], because: ${because} }`,
      );
      const record = await recordOf({ 'sources.yaml': SOURCES, 'a-example.yaml': text });
      const column = 1 + (text.split('\n')[5] ?? '').indexOf('example/z');
      expect(checkRecord(record)).toMatchObject([{ rule: 'unknown-reference', line: 6, column }]);
    }
  });
});

describe('plans', () => {
  const plan = (expected: string) =>
    `PlanAnnounced 2026-01-01 { plan: plan/x, title: T, promise: P, expected: "${expected}" }`;
  test.each([
    ['2026-11-20', 1],
    ['2026-11-21', 0],
    ['2026-10', 1],
    ['2026-11', 0],
    ['2027-04', 0],
  ])('recorded up to 21 November 2026 and expected for %s: %d never resolved', async (expected, count) => {
    expect(await said(plan(expected))).toHaveLength(count);
  });

  test('the newest revision counts', async () => {
    expect(await said(plan('2026-03'), 'PlanRevised 2026-03-01 { plan: plan/x, expected: "2027-04" }')).toEqual([]);
    expect(await said(plan('2027-04'), 'PlanRevised 2026-03-01 { plan: plan/x, expected: "2026-04" }')).toEqual([
      expect.stringMatching(/^plan-never-resolved/),
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { PROJECTIONS } from '../../projections/index.ts';
import type { Change } from '../../src/timeline/types.ts';
import { EVENT_TYPES, type EventName, eventTypeNamed } from '../../src/vocabulary/index.ts';

/** Types that change the record, not the world: they are resolved before any projection sees an event. */
const RESOLVED_BEFORE: readonly EventName[] = ['EventCorrected', 'EventWithdrawn'];

type Handler = (event: { readonly id: string; readonly data: unknown }) => readonly Change[];

/** What an event of the milestone `m` changes, by every projection; data as the schema has read it. */
function changesOf(name: EventName, data: unknown): readonly Change[] {
  const read = eventTypeNamed(name)?.data.parse(data);
  return PROJECTIONS.flatMap(({ on }) => (on[name] as Handler | undefined)?.({ id: 'm/1', data: read }) ?? []);
}

/** A change in a line: `icb/devon ods "QJK"`, `icb/devon part-of[region/london] true`, `ccg/devon exists none`. */
function line({ subject, attribute, member, value }: Change): string {
  return `${subject} ${attribute}${member === undefined ? '' : `[${member}]`} ${value === null ? 'none' : JSON.stringify(value)}`;
}

/** For each type, its own example and whatever else its payload can say; and what that changes. */
const STORIES: readonly (readonly [EventName, 'example' | object, readonly string[]])[] = [
  [
    'OrganisationEstablished',
    'example',
    [
      'icb/devon exists true',
      'icb/devon kind "integrated-care-board"',
      'icb/devon name "NHS Devon Integrated Care Board"',
      'icb/devon ods "QJK"',
      'icb/devon gss "E54000037"',
    ],
  ],
  [
    'OrganisationEstablished',
    {
      organisation: 'body/x',
      name: 'unknown',
      kind: 'department',
      acronym: 'X',
      also: ['Ex', 'Why'],
      codes: { ods: null },
    },
    [
      'body/x exists true',
      'body/x kind "department"',
      'body/x acronym "X"',
      'body/x also:Ex "Ex"',
      'body/x also:Why "Why"',
      'body/x ods none',
    ],
  ],
  ['OrganisationRenamed', 'example', ['body/nhs-england name "NHS England"']],
  [
    'OrganisationRenamed',
    { organisation: 'icb/x', name: 'New', acronym: 'N' },
    ['icb/x name "New"', 'icb/x acronym "N"'],
  ],
  ['OrganisationRenamed', { organisation: 'icb/x', name: 'unknown' }, []],
  ['OrganisationRecoded', 'example', ['ccg/cumbria gss "E38000215"']],
  [
    'OrganisationRecoded',
    { organisation: 'icb/x', codes: { ods: 'QJK', gss: null } },
    ['icb/x ods "QJK"', 'icb/x gss none'],
  ],
  ['OrganisationRecoded', { organisation: 'icb/x', codes: {} }, []],
  ['OrganisationReclassified', 'example', ['trust/example kind "nhs-foundation-trust"']],
  [
    'OrganisationReclassified',
    { organisation: 'trust/x', kind: 'care-trust', name: 'X' },
    ['trust/x kind "care-trust"', 'trust/x name "X"'],
  ],
  [
    'OrganisationReclassified',
    { organisation: 'trust/x', kind: 'care-trust', name: 'unknown' },
    ['trust/x kind "care-trust"'],
  ],
  [
    'OrganisationsReorganised',
    'example',
    [
      'icb/frimley succeeded-by[icb/thames-valley] "m/1"',
      'icb/frimley succeeded-by[icb/surrey-and-sussex] "m/1"',
      'icb/frimley succeeded-by[icb/hampshire-and-isle-of-wight] "m/1"',
    ],
  ],
  [
    'OrganisationsReorganised',
    { from: ['ccg/a', 'ccg/b'], to: ['ccg/c', 'ccg/d'], how: 'merger' },
    [
      'ccg/a succeeded-by[ccg/c] "m/1"',
      'ccg/a succeeded-by[ccg/d] "m/1"',
      'ccg/b succeeded-by[ccg/c] "m/1"',
      'ccg/b succeeded-by[ccg/d] "m/1"',
    ],
  ],
  ['OrganisationAbolished', 'example', ['ccg/darlington exists none']],
  ['AreaAssigned', 'example', ['icb/devon area "The county of Devon, Plymouth and Torbay"']],
  [
    'AreaAssigned',
    {
      organisation: 'icb/x',
      areaKm2: 12,
      places: ['council/a'],
      shares: [
        { place: 'council/b', share: 0.5, of: 'population' },
        { place: 'council/c', share: 0, of: 'population' },
      ],
    },
    [
      'icb/x area-km2 12',
      'icb/x covers[council/a] true',
      'icb/x covers[council/b] 0.5',
      'icb/x covers[council/c] none',
    ],
  ],
  ['AreaTransferred', 'example', ['system/greater-manchester gave-area-to[icb/derby-and-derbyshire] "m/1"']],
  [
    'RelationshipBegan',
    'example',
    ['icb/devon part-of[region/south-west] true', 'icb/dorset part-of[region/south-west] true'],
  ],
  ['RelationshipEnded', 'example', ['ccg/east-surrey part-of[system/sussex] none']],
  [
    'RelationshipEnded',
    { relation: 'serves', from: ['ccg/a', 'ccg/b'], to: 'trust/x' },
    ['ccg/a serves[trust/x] none', 'ccg/b serves[trust/x] none'],
  ],
  [
    'FunctionConferred',
    'example',
    [
      'function/commission-local-care exists true',
      'function/commission-local-care name "Commissioning most hospital and community care"',
      'function/commission-local-care held-by[kind/clinical-commissioning-group] true',
    ],
  ],
  [
    'FunctionConferred',
    { function: 'function/f', title: 'F', holder: ['body/a', 'body/b'] },
    [
      'function/f exists true',
      'function/f name "F"',
      'function/f held-by[body/a] true',
      'function/f held-by[body/b] true',
    ],
  ],
  [
    'FunctionTransferred',
    'example',
    [
      'function/commission-local-care held-by[kind/clinical-commissioning-group] none',
      'function/commission-local-care held-by[kind/integrated-care-board] true',
    ],
  ],
  [
    'FunctionTransferred',
    { function: 'function/f', from: ['body/a', 'body/b'], to: ['body/c', 'body/d'] },
    [
      'function/f held-by[body/a] none',
      'function/f held-by[body/b] none',
      'function/f held-by[body/c] true',
      'function/f held-by[body/d] true',
    ],
  ],
  [
    'FunctionDelegated',
    'example',
    [
      'function/commission-pharmacy exists true',
      'function/commission-pharmacy name "Commissioning community pharmacy"',
      'function/commission-pharmacy held-by[body/nhs-england] true',
      'function/commission-pharmacy delegated-to[kind/integrated-care-board] true',
    ],
  ],
  [
    'FunctionDelegated',
    { function: 'function/f', from: 'body/a', to: 'body/b', extent: 'half', jointly: true },
    ['function/f exists true', 'function/f held-by[body/a] true', 'function/f delegated-to[body/b] "half"'],
  ],
  [
    'FunctionDelegated',
    { function: 'function/f', from: 'body/a', to: ['body/b', 'body/c'], jointly: true },
    [
      'function/f exists true',
      'function/f held-by[body/a] true',
      'function/f delegated-to[body/b] "jointly"',
      'function/f delegated-to[body/c] "jointly"',
    ],
  ],
  [
    'FunctionWithdrawn',
    'example',
    ['function/performance-manage-trusts held-by[kind/strategic-health-authority] none'],
  ],
  [
    'FunctionWithdrawn',
    { function: 'function/f', holder: ['body/a', 'body/b'] },
    ['function/f held-by[body/a] none', 'function/f held-by[body/b] none'],
  ],
  [
    'StatusCreated',
    'example',
    [
      'status/integrated-care-system exists true',
      'status/integrated-care-system name "accountable care system"',
      'status/integrated-care-system acronym "ACS"',
    ],
  ],
  [
    'StatusCreated',
    { status: 'status/s', title: 'S', acronym: 'SS' },
    ['status/s exists true', 'status/s name "S"', 'status/s acronym "SS"'],
  ],
  ['StatusCreated', { status: 'status/s', title: 'S' }, ['status/s exists true', 'status/s name "S"']],
  [
    'StatusConferred',
    'example',
    [
      'designation/integrated-care-system-dorset exists true',
      'designation/integrated-care-system-dorset status "status/integrated-care-system"',
      'designation/integrated-care-system-dorset holder "system/dorset"',
      'designation/integrated-care-system-dorset wave "Wave 1"',
    ],
  ],
  [
    'StatusConferred',
    { status: 'status/s', holder: 'system/x', designation: 'designation/d', name: 'D' },
    [
      'designation/d exists true',
      'designation/d status "status/s"',
      'designation/d holder "system/x"',
      'designation/d name "D"',
    ],
  ],
  [
    'StatusHolderChanged',
    'example',
    ['designation/integrated-care-system-fylde-coast holder "system/lancashire-and-south-cumbria"'],
  ],
  [
    'StatusHolderChanged',
    { designation: 'designation/d', holder: 'system/y', name: 'Why' },
    ['designation/d holder "system/y"', 'designation/d name "Why"'],
  ],
  [
    'StatusRetitled',
    'example',
    ['status/integrated-care-system name "integrated care system"', 'status/integrated-care-system acronym "ICS"'],
  ],
  ['StatusRetitled', { status: 'status/s', title: 'T', acronym: 'TT' }, ['status/s name "T"', 'status/s acronym "TT"']],
  ['StatusRetitled', { status: 'status/s', title: 'T' }, ['status/s name "T"']],
  [
    'StatusEnded',
    'example',
    [
      'designation/integrated-care-system-berkshire-west exists none',
      'designation/integrated-care-system-berkshire-west into "designation/integrated-care-system-buckinghamshire-oxfordshire-and-berkshire-west"',
      'designation/integrated-care-system-berkshire-west how "absorbed"',
    ],
  ],
  ['StatusEnded', { designation: 'designation/d' }, ['designation/d exists none']],
  [
    'LegislationIntroduced',
    'example',
    [
      'bill/health-and-care-2021 exists true',
      'bill/health-and-care-2021 name "Health and Care Bill"',
      'bill/health-and-care-2021 stage "introduced"',
    ],
  ],
  ['LegislationProgressed', 'example', ['bill/health-and-care-2021 stage "second reading in the Commons"']],
  [
    'LegislationEnacted',
    'example',
    [
      'act/2022-31 exists true',
      'act/2022-31 name "Health and Care Act 2022"',
      'act/2022-31 stage "enacted"',
      'act/2022-31 citation "2022 c. 31"',
    ],
  ],
  [
    'LegislationEnacted',
    { legislation: 'act/2022-31', title: 'An Act', bill: 'bill/b' },
    [
      'act/2022-31 exists true',
      'act/2022-31 name "An Act"',
      'act/2022-31 stage "enacted"',
      'bill/b exists none',
      'bill/b stage "enacted"',
    ],
  ],
  [
    'LegislationEnacted',
    { legislation: 'si/2013-160', title: 'An order' },
    ['si/2013-160 exists true', 'si/2013-160 name "An order"', 'si/2013-160 stage "made"'],
  ],
  [
    'ProvisionCommenced',
    'example',
    ['act/2022-31 stage "partly in force"', 'act/2022-31 commenced[Part 1] "si/2022-734"'],
  ],
  [
    'ProvisionCommenced',
    { legislation: 'act/2012-7', provisions: 's. 1', by: 'si/2013-160' },
    ['act/2012-7 stage "partly in force"', 'act/2012-7 commenced[s. 1] "si/2013-160"'],
  ],
  [
    'ProvisionCommenced',
    { legislation: 'act/2012-7', provisions: 's. 1' },
    ['act/2012-7 stage "partly in force"', 'act/2012-7 commenced[s. 1] true'],
  ],
  ['ProvisionCommenced', { legislation: 'act/2012-7', extent: 'mostly' }, ['act/2012-7 stage "partly in force"']],
  ['ProvisionCommenced', { legislation: 'act/2012-7' }, ['act/2012-7 stage "in force"']],
  ['LegislationRepealed', 'example', ['act/2012-7 repealed[Section 9] "act/2022-31"']],
  [
    'LegislationRepealed',
    { legislation: 'act/2012-7', provisions: 's. 1', by: 'act/2022-31' },
    ['act/2012-7 repealed[s. 1] "act/2022-31"'],
  ],
  ['LegislationRepealed', { legislation: 'act/2012-7', provisions: 's. 1' }, ['act/2012-7 repealed[s. 1] true']],
  ['LegislationRepealed', { legislation: 'act/2012-7' }, ['act/2012-7 exists none', 'act/2012-7 stage "repealed"']],
  [
    'PolicyPublished',
    'example',
    [
      'policy/nhs-long-term-plan exists true',
      'policy/nhs-long-term-plan name "NHS Long Term Plan"',
      'policy/nhs-long-term-plan by "NHS England"',
    ],
  ],
  [
    'PolicyPublished',
    { policy: 'policy/p', title: 'P', by: ['A', 'B'], summary: 'S.', replaces: 'policy/o' },
    ['policy/p exists true', 'policy/p name "P"', 'policy/p by "A and B"', 'policy/o replaced-by[policy/p] true'],
  ],
  [
    'ConsultationOpened',
    'example',
    [
      'consultation/icp-contract exists true',
      'consultation/icp-contract name "Contracting arrangements for integrated care providers"',
    ],
  ],
  ['ConsultationClosed', 'example', ['consultation/icp-contract exists none']],
  [
    'ChallengeBrought',
    'example',
    [
      'challenge/999-call exists true',
      'challenge/999-call name "The lawfulness of the ACO contract"',
      'challenge/999-call stage "brought"',
    ],
  ],
  [
    'ChallengeDecided',
    'example',
    ['challenge/999-call exists true', 'challenge/999-call stage "dismissed, Court of Appeal"'],
  ],
  [
    'ChallengeDecided',
    { challenge: 'challenge/c', title: 'C', court: 'High Court', outcome: 'allowed' },
    ['challenge/c exists true', 'challenge/c name "C"', 'challenge/c stage "allowed, High Court"'],
  ],
  [
    'PlanAnnounced',
    'example',
    [
      'plan/statutory-systems exists true',
      'plan/statutory-systems name "Statutory integrated care boards"',
      'plan/statutory-systems promise "Each system was to have a statutory board."',
      'plan/statutory-systems expected "2022-04-01"',
      'plan/statutory-systems state "open"',
      'plan/statutory-systems expects "[{\\"kind\\":\\"integrated-care-board\\",\\"each\\":\\"status/integrated-care-system\\"}]"',
    ],
  ],
  [
    'PlanAnnounced',
    { plan: 'plan/p', title: 'P', promise: 'Soon.', expected: '2020' },
    [
      'plan/p exists true',
      'plan/p name "P"',
      'plan/p promise "Soon."',
      'plan/p expected "2020"',
      'plan/p state "open"',
    ],
  ],
  [
    'PlanRevised',
    'example',
    ['plan/statutory-systems state "revised"', 'plan/statutory-systems expected "2022-07-01"'],
  ],
  [
    'PlanRevised',
    { plan: 'plan/p', promise: 'Later.', expects: [{ kind: 'system', count: 2 }] },
    ['plan/p state "revised"', 'plan/p promise "Later."', 'plan/p expects "[{\\"kind\\":\\"system\\",\\"count\\":2}]"'],
  ],
  ['PlanRevised', { plan: 'plan/p' }, ['plan/p state "revised"']],
  [
    'PlanMet',
    'example',
    [
      'plan/statutory-systems exists none',
      'plan/statutory-systems state "met"',
      'plan/statutory-systems extent "wholly"',
    ],
  ],
  [
    'PlanMet',
    { plan: 'plan/p', extent: 'partly' },
    ['plan/p exists none', 'plan/p state "met"', 'plan/p extent "partly"'],
  ],
  [
    'PlanAbandoned',
    'example',
    ['plan/icp-contract-in-dudley exists none', 'plan/icp-contract-in-dudley state "abandoned"'],
  ],
  [
    'RequirementSet',
    'example',
    [
      'requirement/icb-minimum-membership exists true',
      'requirement/icb-minimum-membership name "Minimum membership of a board"',
      'requirement/icb-minimum-membership rule "A chair, a chief executive and at least three others."',
      'requirement/icb-minimum-membership force "law"',
      'requirement/icb-minimum-membership binds[kind/integrated-care-board] true',
    ],
  ],
  [
    'RequirementSet',
    {
      requirement: 'requirement/r',
      title: 'R',
      of: ['body/a', 'body/b'],
      rule: 'Do.',
      replaces: ['requirement/o', 'requirement/n'],
    },
    [
      'requirement/r exists true',
      'requirement/r name "R"',
      'requirement/r rule "Do."',
      'requirement/r binds[body/a] true',
      'requirement/r binds[body/b] true',
      'requirement/o exists none',
      'requirement/n exists none',
    ],
  ],
  ['RequirementEnded', 'example', ['requirement/special-measures exists none']],
  ['FigureReported', 'example', ['icb/devon figure:population[m/1] 1194166']],
  ['FundingAnnounced', 'example', ['status/integrated-care-system figure:funding[m/1] 450000000']],
  ['AppointmentMade', 'example', ['body/nhs-england office:chief executive[Simon Stevens] true']],
  ['AppointmentsReported', 'example', ['kind/integrated-care-board figure:chair appointed[m/1] 25']],
  [
    'EvaluationPublished',
    'example',
    ['evaluation/nuffield-2021 exists true', 'evaluation/nuffield-2021 name "Integrating health and social care"'],
  ],
  [
    'EvaluationPublished',
    { evaluation: 'evaluation/e', title: 'E', by: ['A', 'B'], about: ['status/s', 'body/a'], finding: 'F.' },
    [
      'evaluation/e exists true',
      'evaluation/e name "E"',
      'status/s evaluated-by[m/1] "A and B"',
      'body/a evaluated-by[m/1] "A and B"',
    ],
  ],
  [
    'StatementMade',
    'example',
    ['status/integrated-care-system spoken-of-in[m/1] "John Sinnott, Leicestershire County Council"'],
  ],
  [
    'StatementMade',
    { by: 'A', about: ['body/a', 'body/b'], said: 'S.' },
    ['body/a spoken-of-in[m/1] "A"', 'body/b spoken-of-in[m/1] "A"'],
  ],
  ['EventCorrected', 'example', []],
  ['EventWithdrawn', 'example', []],
];

describe('what each event changes', () => {
  test.each(STORIES)('%s %j', (name, told, changes) => {
    const data = told === 'example' ? eventTypeNamed(name)?.example : told;
    expect(changesOf(name, data).map(line)).toEqual(changes);
  });
});

describe('every event type', () => {
  test.each(EVENT_TYPES.map(({ name }) => name))('%s has its story above', (name) => {
    expect(
      STORIES.some(([told, data]) => told === name && data === 'example'),
      `${name} has no story: add a line to STORIES that says what its example changes`,
    ).toBe(true);
  });

  test('is handled by a projection, or resolved before any sees it', () => {
    const handled = new Set(PROJECTIONS.flatMap(({ on }) => Object.keys(on)));
    const unhandled = EVENT_TYPES.map(({ name }) => name)
      .filter((name) => !handled.has(name) && !RESOLVED_BEFORE.includes(name))
      .map((name) => `${name} changes nothing: add it to a file in projections/`);
    expect(unhandled).toEqual([]);
    expect(RESOLVED_BEFORE.filter((name) => handled.has(name))).toEqual([]);
  });

  test('no projection waits for a type that does not exist', () => {
    const types: readonly string[] = EVENT_TYPES.map(({ name }) => name);
    expect(PROJECTIONS.flatMap(({ on }) => Object.keys(on)).filter((name) => !types.includes(name))).toEqual([]);
  });

  test('changes the same thing once: two projections never contradict each other on one event', () => {
    for (const [name, told] of STORIES) {
      const data = told === 'example' ? eventTypeNamed(name)?.example : told;
      const keys = changesOf(name, data).map(({ subject, attribute, member }) => `${subject} ${attribute} ${member}`);
      expect(keys, name).toEqual([...new Set(keys)]);
    }
  });

  test('every projection says something of some event', () => {
    for (const { name, on } of PROJECTIONS) {
      const said = Object.entries(on).flatMap(([type, handler]) =>
        (handler as Handler)({ id: 'm/1', data: eventTypeNamed(type)?.data.parse(eventTypeNamed(type)?.example) }),
      );
      expect(said.length, name).toBeGreaterThan(0);
    }
  });
});

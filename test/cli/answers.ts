import type { Body, BoundaryRef, Codes, EventAnswer, SourceRef } from '../../src/machine/answers.ts';
import { AskedWrongly } from '../../src/machine/errors.ts';
import type { Machine } from '../../src/machine/machine.ts';

/** A small made-up record, as the machine would answer from it: two boards, a system that may have ended, a promise. */

const order: SourceRef = {
  source: 'order-2022',
  title: 'The Boards Order 2022',
  at: 'art. 3',
  url: 'https://example.org/order',
  published: '2022-06-20',
};
const register: SourceRef = {
  source: 'register',
  title: 'Register of bodies, with | and *stars*',
  published: '2025-12',
};
const blog: SourceRef = { source: 'blog', title: 'A blog', published: '2021' };

function boundary(event: string, date: string, ...sources: SourceRef[]): BoundaryRef {
  return { event, date, sources };
}

const event: EventAnswer = {
  id: 'boards-2022/icb-devon',
  type: 'OrganisationEstablished',
  milestone: 'boards-2022',
  date: '2022-07-01',
  dateText: '1 July 2022',
  basis: 'legal',
  sentence: 'NHS Devon Integrated Care Board was established.',
  sources: [order, register],
  because: ['boards-2022/act'],
  dissent: [{ source: blog, says: 'it began in April', ruling: 'the order says July' }],
  alsoDated: [{ date: '2022-04', basis: 'operational', note: 'shadow form' }],
  confidence: 'high',
  publicFrom: '2022-06-20',
  recorded: '2026-11-21',
};

const act: EventAnswer = {
  ...event,
  id: 'boards-2022/act',
  type: 'LegislationEnacted',
  date: '2022-04-28',
  dateText: '28 April 2022',
  sentence: 'Health and Care Act 2022 received Royal Assent.',
  sources: [order],
  because: [],
  dissent: [],
  alsoDated: [],
  confidence: 'medium',
};

const region = {
  id: 'region/south-west',
  name: 'South West',
  kind: 'nhs-region',
  codes: { ods: 'Y58', gss: 'E40000006' },
};
const district = { id: 'office/unknown', name: 'unknown', kind: 'local-office', codes: {} };

function board(slug: string, name: string, codes: Codes): Body {
  return {
    id: `icb/${slug}`,
    name,
    kind: 'integrated-care-board',
    codes,
    existence: 'certain',
    from: '2022-07-01',
    until: null,
    partOf: [
      { ...district, existence: 'certain' },
      { ...region, existence: 'certain' },
    ],
    status: [],
    began: boundary(`boards-2022/icb-${slug}`, '1 July 2022', order, register),
  };
}

const devon = board('devon', 'NHS Devon, "Plymouth" and Torbay Integrated Care Board', {
  ods: 'QJK',
  gss: 'E54000037',
});
const somerset = board('somerset', 'NHS Somerset Integrated Care Board', { ods: 'QSL' });

const fading: Body = {
  id: 'system/fading',
  name: 'Fading and Farther',
  kind: 'system',
  codes: {},
  existence: 'possible',
  from: '2016-03-15',
  until: '2018',
  partOf: [{ ...region, existence: 'possible' }],
  status: [
    {
      status: 'integrated-care-system',
      title: 'accountable care system',
      wave: 'Wave 1',
      since: '2017-06-15',
      existence: 'possible',
      note: 'it may have passed on',
    },
  ],
  began: boundary('footprints/fading', '15 March 2016', register),
  ends: boundary('absorbed/fading', '2018, day unknown', blog),
  because: 'its end is dated no closer than 2018',
};

const expected: Body = {
  ...board('later', 'NHS Later Integrated Care Board', {}),
  existence: 'expected',
  from: '2027-04-01',
  because: 'promised by the mergers of 2027',
};

const many = Array.from(
  { length: 8 },
  (_, i): Body => ({
    ...board(`board-${i + 1}`, `NHS Board ${i + 1}`, { ods: `QB${i + 1}` }),
    partOf: [],
  }),
);

const asked = { publishedBy: null, recordedBy: null, dates: 'legal', edition: 'abcdef0123456789abcdef' } as const;
const complete = {
  of: 'integrated-care-board',
  completeness: 'complete',
  from: '2000-04-01',
  to: '2026-07-01',
} as const;
const partial = {
  of: 'system',
  completeness: 'partial',
  from: '2016-03-15',
  to: '2026-07-01',
  note: 'names of some are missing',
} as const;
const none = { of: 'council', completeness: 'none', from: '2017-04-01', to: '2026-07-01' } as const;

const plan = {
  plan: 'plan/mergers-2027',
  title: 'Mergers of boards',
  promise: 'More boards were to merge on 1 April 2027.',
  expected: '2027-04-01',
  expectedText: '1 April 2027',
  state: 'open',
  announced: boundary('mergers/announced', '23 September 2025', blog),
  kinds: ['integrated-care-board'],
} as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function readDay(text: string): string {
  if (text === 'today') return '2026-11-21';
  if (text === '1 July 2022') return '2022-07-01';
  if (!DAY.test(text) || text.endsWith('02-30'))
    throw new AskedWrongly(`“${text}” is not a date this program can read`, 'write 2013-04-01');
  return text;
}

function notCalled(id: string): never {
  throw new AskedWrongly(`nothing in the record is called ${id}`, 'did you mean icb/devon?');
}

/** A question put to the machine: which, and with what. */
export type Call = readonly [method: string, ...args: readonly unknown[]];

/** A machine that knows only the answers above, and remembers what it was asked. */
export function fakeMachine(calls: Call[] = []): Machine {
  const machine: Machine = {
    edition: asked.edition,
    material: () => ({
      ...asked,
      title: 'The NHS in England',
      selection: {
        at: null,
        from: null,
        to: null,
        kinds: null,
        partOf: null,
        milestone: null,
        theme: null,
        subject: null,
      },
      coverage: [complete],
      bodies: [],
      links: [],
      events: [],
      cited: [],
      milestones: [],
      sources: [],
      notes: [],
    }),
    at: (at, options) => {
      const day = readDay(at);
      const publishedBy = options?.publishedBy ?? null;
      if (day < '1996')
        return {
          at: day,
          ...asked,
          coverage: [none],
          bodies: [],
          expected: [],
          notes: ['Not covered: the record begins on 1996-04-01. That is not to say that nothing existed.'],
        };
      if (day > '2026-07-01')
        return {
          at: day,
          ...asked,
          coverage: [{ ...complete, completeness: 'none' }],
          bodies: [expected],
          expected: [plan],
          notes: ['Not covered: the record knows the world up to 30 June 2026.'],
        };
      if (options?.kind?.includes('council'))
        return {
          at: day,
          ...asked,
          coverage: [{ ...none, completeness: 'complete' }],
          bodies: [],
          expected: [],
          notes: [],
        };
      const bodies = day === '2022-08-01' ? many : [devon, somerset, fading, ...(publishedBy ? [expected] : [])];
      return {
        at: day,
        ...asked,
        publishedBy,
        coverage: [complete, partial, none],
        bodies,
        expected: publishedBy ? [plan] : [],
        notes: ['partly covered: systems'],
      };
    },
    between: (from, to) => ({
      from: readDay(from),
      to: readDay(to),
      ...asked,
      coverage: [complete, partial],
      counts: [
        { kind: 'integrated-care-board', before: { certain: 0, possible: 0 }, after: { certain: 2, possible: 3 } },
        { kind: 'nhs-region', before: { certain: 7, possible: 7 }, after: { certain: 7, possible: 7 } },
      ],
      differences: [
        { ...somerset, change: 'appeared', before: null, after: null, via: [somerset.began] },
        { ...devon, change: 'renamed', before: 'Devon', after: devon.name, via: [devon.began] },
      ],
      notes: [],
    }),
    history: (id) => {
      if (id !== 'icb/devon') notCalled(id);
      return {
        ...asked,
        id,
        name: devon.name,
        kind: devon.kind,
        codes: devon.codes,
        names: [{ value: devon.name, from: '2022-07-01', until: null, certainty: 'certain', began: devon.began }],
        codeSpells: [
          {
            system: 'ods',
            value: 'QJK',
            from: '2022-07-01',
            until: '2026-04-01',
            certainty: 'possible',
            began: devon.began,
            ends: boundary('x/y', '1 April 2026', blog),
          },
        ],
        kinds: [{ value: devon.kind, from: '2022-07-01', until: null, certainty: 'certain', began: devon.began }],
        existence: [{ value: 'true', from: '2022-07-01', until: null, certainty: 'certain', began: devon.began }],
        relations: [
          {
            relation: 'part-of',
            value: region.id,
            name: region.name,
            from: '2022-07',
            until: '[2024-01-01..2024-03-31]',
            certainty: 'certain',
            began: devon.began,
          },
        ],
        statuses: [],
        predecessors: [
          {
            from: 'ccg/devon',
            fromName: 'NHS Devon CCG',
            to: id,
            toName: devon.name,
            how: 'replacement',
            date: '2022-07-01',
            shares: [{ share: 0.571, of: 'population', basis: 'Census 2021' }],
            via: devon.began,
          },
        ],
        successors: [],
        figures: [
          {
            ...event,
            id: 'figures/devon',
            type: 'FigureReported',
            sentence: 'Devon: population 1,194,166 people.',
            dissent: [],
            alsoDated: [],
            basis: 'inferred',
          },
        ],
        events: [event],
        coverage: [complete],
      };
    },
    lineage: (id) => ({
      ...asked,
      of: { id, name: devon.name, kind: devon.kind, codes: devon.codes },
      nodes: [
        { id, name: devon.name, kind: devon.kind, codes: devon.codes, from: '2022-07-01', until: null, depth: 0 },
        {
          id: 'ccg/devon',
          name: 'NHS Devon CCG',
          kind: 'clinical-commissioning-group',
          codes: { ods: '15N' },
          from: '2019-04-01',
          until: '2022-07-01',
          depth: -1,
        },
        {
          id: 'pct/devon',
          name: 'unknown',
          kind: 'primary-care-trust',
          codes: {},
          from: null,
          until: '2013-04-01',
          depth: -2,
        },
      ],
      links: [
        {
          from: 'ccg/devon',
          fromName: 'NHS Devon CCG',
          to: id,
          toName: devon.name,
          how: 'replacement',
          date: '2022-07-01',
          shares: [{ share: 1, of: 'whole' }],
          via: devon.began,
        },
        {
          from: 'pct/devon',
          fromName: 'Devon PCT',
          to: 'ccg/devon',
          toName: 'NHS Devon CCG',
          how: 'division',
          date: '2013-04-01',
          shares: [],
          via: boundary('a/b', '1 April 2013', register),
        },
      ],
      notes: ['The record holds no successor of it.'],
    }),
    correspondence: (from, to, options) => ({
      ...asked,
      from: readDay(from),
      to: readDay(to),
      kind: options?.kind?.[0] ?? null,
      rows: [
        {
          from: { ...somerset },
          to: { ...somerset },
          relation: 'same',
          via: [],
          ambiguous: false,
          existence: 'certain',
        },
        {
          from: { ...devon },
          to: { ...somerset },
          relation: 'divided',
          share: { share: 0.25, of: 'population' },
          via: [devon.began],
          ambiguous: true,
          existence: 'certain',
        },
        {
          from: { ...devon },
          to: { ...many[0], ...region },
          relation: 'divided',
          via: [devon.began],
          ambiguous: true,
          existence: 'possible',
        },
        { from: { ...fading }, to: null, relation: 'ended', via: [], ambiguous: false, existence: 'certain' },
        { from: null, to: { ...region }, relation: 'new', via: [], ambiguous: false, existence: 'certain' },
      ],
      coverage: [complete],
      summary: { same: 1, renamed: 0, recoded: 0, replaced: 0, merged: 0, divided: 2, partly: 0, ended: 1, new: 1 },
      notes: [],
    }),
    replay: (milestone) => ({
      ...asked,
      milestone,
      title: 'Boards take over',
      summary: 'Two boards begin by law.',
      before: { at: '2022-06-30', counts: [{ kind: 'integrated-care-board', count: { certain: 0, possible: 0 } }] },
      steps: [
        {
          step: 1,
          date: '2022-04-28',
          dateText: '28 April 2022',
          sentence: act.sentence,
          events: [act],
          counts: [],
          changes: [],
        },
        {
          step: 2,
          date: '2022-07-01',
          dateText: '1 July 2022',
          sentence: '2 integrated care boards were established.',
          events: [event],
          counts: [
            { kind: 'integrated-care-board', before: { certain: 0, possible: 0 }, after: { certain: 2, possible: 2 } },
          ],
          changes: ['NHS Devon was established.', 'NHS Somerset was established.'],
        },
      ],
      after: { at: '2022-07-01', counts: [{ kind: 'integrated-care-board', count: { certain: 2, possible: 2 } }] },
    }),
    count: (of, options) => {
      if (of === 'nonsense')
        throw new AskedWrongly(`neither a kind of body nor a status: ${of}`, 'did you mean something?');
      const at = readDay(options?.at ?? 'today');
      return {
        at,
        ...asked,
        of,
        title: 'accountable care system',
        certain: 8,
        possible: 10,
        expected: 1,
        coverage: partial,
        waves: [{ wave: 'Wave 1', certain: 8, possible: 10 }],
        note: 'two are dated by their year only',
      };
    },
    counts: (of, options) => ({
      ...asked,
      of,
      from: readDay(options?.from ?? '2021-07-01'),
      to: readDay(options?.to ?? '2022-07-01'),
      every: options?.every ?? 'year',
      coverage: [complete],
      counts: [
        { at: '2021-07-01', title: 'board', covered: false, certain: 0, possible: 0 },
        { at: '2022-07-01', title: 'integrated care board', covered: true, certain: 2, possible: 3 },
      ],
    }),
    generations: () => ({ ...asked, generations: [], passages: [], ends: [], notes: [] }),
    places: (at = '2022-07-01') => ({
      at: readDay(at),
      ...asked,
      kind: 'integrated-care-board',
      placesOf: '2022-07-01',
      places: [],
      bodies: 0,
      unplaced: [],
      clusters: [],
      coverage: complete,
      notes: [],
    }),
    why: (of, at) => {
      const day = readDay(at);
      if (of !== 'ICB' && of !== 'icb/devon') throw new AskedWrongly(`neither a kind of body nor a status: ${of}`);
      return {
        at: day,
        ...asked,
        of,
        title: 'integrated care board',
        answer: '2 on 1 July 2022: one, and one possible.',
        reasons: [
          {
            subject: 'icb/devon',
            name: devon.name,
            what: 'established by order',
            existence: 'certain',
            events: [event],
          },
          {
            subject: 'icb/somerset',
            name: somerset.name,
            what: 'established by order',
            existence: 'possible',
            events: [],
          },
        ],
        coverage: [complete],
      };
    },
    recognise: (values, { at }) => ({
      ...asked,
      at: readDay(at),
      kind: 'integrated-care-board',
      values: [...values].map((value) => ({ value, outcome: 'unknown', bodies: [], near: [{ ...devon }] })),
      coverage: [complete],
    }),
    vintage: (values) => {
      const all = [...new Set(values)];
      return {
        ...asked,
        kind: 'integrated-care-board',
        values: all.length,
        known: all.length - 1,
        together: true,
        ranges: [{ from: '2022-07-01', until: null, existence: 'certain', values: all.length - 1 }],
        odd: [
          {
            value: all[0] ?? '',
            reason: 'unknown',
            why: 'nothing in the record is called or coded so',
            bodies: [],
            near: [{ ...devon }],
          },
        ],
        coverage: [complete],
        notes: [],
      };
    },
    without: (id) => {
      if (id !== 'boards-2022/act')
        throw new AskedWrongly(`no event has the id ${id}`, 'did you mean boards-2022/act?');
      return {
        at: '2026-11-21',
        ...asked,
        hypothetical: true,
        without: id,
        event: act,
        fell: [event],
        differences: [{ ...devon, change: 'ended', before: devon.name, after: null, via: [devon.began] }],
        notes: ['Only causes that the record names are followed.'],
      };
    },
    find: (query) => {
      const found = [
        {
          ...devon,
          matched: { what: 'ods code', value: 'QJK', from: '2022-07-01', until: null },
          existence: 'certain',
          from: '2022-07-01',
          until: null,
          successors: [],
        },
        {
          ...fading,
          matched: { what: 'former name', value: 'Fading', from: '2016-03-15', until: '2018' },
          existence: 'ended',
          from: '2016-03-15',
          until: '2018',
          successors: [devon],
        },
        {
          ...somerset,
          matched: { what: 'name', value: somerset.name, from: '2022-07-01', until: null },
          existence: 'expected',
          from: '2022-07-01',
          until: null,
          successors: [],
        },
      ] as const;
      const wanted = query.toLowerCase();
      const hits =
        wanted === 'everything'
          ? found
          : found.filter(
              (each) =>
                each.id === wanted ||
                each.matched.value.toLowerCase() === wanted ||
                (wanted === 'twice' && each.kind === 'integrated-care-board'),
            );
      return { at: '2026-11-21', ...asked, query, found: hits, near: hits.length > 0 ? [] : [somerset] };
    },
    timeline: () => ({
      ...asked,
      from: '2022-04-28',
      to: '2022-07-01',
      events: [act, event, ...Array.from({ length: 7 }, (_, i) => ({ ...event, id: `boards-2022/icb-${i}` }))],
      possible: ['boards-2022/icb-6'],
    }),
    milestones: () => [
      {
        milestone: 'boards-2022',
        title: 'Boards take over',
        summary: 'Two boards begin by law.',
        themes: ['boards'],
        from: '2022-04-28',
        to: '2022-07-01',
        events: 9,
      },
      {
        milestone: 'boards-2026',
        title: 'Boards merge',
        summary: 'Boards merge.',
        themes: [],
        from: '2026',
        to: '2026',
        events: 1,
      },
    ],
    event: (id) => (id === act.id ? act : { ...event, id }),
    sources: () => [
      {
        ...order,
        publisher: 'The Stationery Office',
        kind: 'legislation',
        licence: 'Open Government Licence v3.0',
        events: 2,
      },
      { ...blog, publisher: 'Somebody', kind: 'blog', note: 'not updated since', events: 1 },
    ],
    days: () => ({ ...asked, days: [] }),
    day: (at) => ({ at: readDay(at), ...asked, previous: null, next: null, reforms: [], meanwhile: [], counts: [] }),
    standing: (at) => ({
      at: readDay(at),
      ...asked,
      laws: [],
      functions: [],
      rules: [],
      policies: [],
      said: [],
      covered: true,
    }),
    conflicts: () => [
      { kind: 'dissent', event, source: blog, says: 'it began in April', ruling: 'the order says July' },
    ],
  };
  return new Proxy(machine, {
    get: (target, name: keyof Machine) => {
      const member = target[name];
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        calls.push([name, ...args]);
        return (member as (...given: unknown[]) => unknown)(...args);
      };
    },
  });
}

import fc from 'fast-check';
import type {
  BoundaryRef,
  EventAnswer,
  LineageLink,
  Material,
  MaterialBody,
  MaterialSpell,
  SourceAnswer,
} from '../../src/machine/index.ts';

const DATES = ['2013-04-01', '2020-04-01', '2022-07-01', '2018', '2018-05', '[2017-09-01..2019-06-30]', '1996-04-01'];
const KINDS = ['clinical-commissioning-group', 'integrated-care-board', 'system', 'nhs-region'] as const;

/** What people put into names and notes, and what breaks writers that do not expect it. */
const text = fc.oneof(
  fc.constantFrom(
    'NHS Devon CCG',
    '=1+1',
    '@SUM(A1)',
    'A "quoted" name',
    'comma, semicolon; colon: pipe |',
    'two\nlines',
    'tab\there',
    '<b>&amp;</b> ]]>',
    'Ynys Môn – “dash”',
    '{braces} [brackets] #hash %percent',
    "l'apostrophe",
    'back\\slash',
    '-5',
    '🏥',
  ),
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 }).filter((one) => one.trim() === one && one !== ''),
);

const date = fc.constantFrom(...DATES);

interface Names {
  readonly bodies: readonly string[];
  readonly events: readonly string[];
  readonly sources: readonly string[];
}

const names: fc.Arbitrary<Names> = fc.record({
  bodies: fc.uniqueArray(fc.constantFrom('ccg/a', 'ccg/b-c', 'icb/d', 'system/e', 'region/f'), { maxLength: 4 }),
  events: fc.uniqueArray(fc.constantFrom('one/begins', 'one/ends', 'two/merges', 'two/renamed'), { minLength: 1 }),
  sources: fc.uniqueArray(fc.constantFrom('an-act', 'a-register', 'a-blog'), { minLength: 1 }),
});

function sourceArb(source: string): fc.Arbitrary<SourceAnswer> {
  return fc.record(
    {
      source: fc.constant(source),
      title: text,
      publisher: text,
      kind: fc.constantFrom('legislation', 'register', 'blog'),
      url: fc.constantFrom('https://example.org/a?b=c&d=%20e', 'https://example.org/f'),
      published: date,
      accessed: fc.constant('2026-11-21'),
      licence: text,
      note: text,
      events: fc.constant(1),
    },
    { requiredKeys: ['source', 'title', 'publisher', 'kind', 'events'] },
  );
}

function eventArb(id: string, sources: readonly SourceAnswer[]): fc.Arbitrary<EventAnswer> {
  const cited = fc
    .tuple(
      fc.constantFrom(...sources),
      fc.option(fc.constantFrom('s. 1', 'art. 3, Schedule', 'p. 5'), { nil: undefined }),
    )
    .map(([{ source, title, url, published }, at]) => ({
      source,
      title,
      ...(url ? { url } : {}),
      ...(published ? { published } : {}),
      ...(at ? { at } : {}),
    }));
  return fc.record(
    {
      id: fc.constant(id),
      type: fc.constantFrom('OrganisationEstablished', 'OrganisationAbolished', 'PolicyPublished'),
      milestone: fc.constant(id.slice(0, id.indexOf('/'))),
      date,
      dateText: fc.constant('some day'),
      basis: fc.constantFrom('legal', 'reported', 'inferred'),
      sentence: text,
      sources: fc.array(cited, { minLength: 1, maxLength: 2 }),
      because: fc.subarray(['one/begins', 'other/cause']),
      dissent: fc.array(fc.record({ source: cited, says: text, ruling: text }), { maxLength: 1 }),
      alsoDated: fc.array(fc.record({ date, basis: fc.constantFrom('operational', 'reported') }), { maxLength: 1 }),
      confidence: fc.constantFrom('high', 'medium'),
      publicFrom: fc.constantFrom('2012-03-27', '2022-04-28'),
      recorded: fc.constant('2026-11-21'),
      note: text,
    },
    {
      requiredKeys: [
        'id',
        'type',
        'milestone',
        'date',
        'dateText',
        'basis',
        'sentence',
        'sources',
        'because',
        'dissent',
        'alsoDated',
        'confidence',
        'publicFrom',
        'recorded',
      ],
    },
  );
}

function spellArb(value: fc.Arbitrary<string>, boundary: fc.Arbitrary<BoundaryRef>): fc.Arbitrary<MaterialSpell> {
  return fc
    .tuple(
      value,
      date,
      fc.option(fc.constantFrom('2026-04-01', '2025', '[2024-01-01..2025-12-31]')),
      fc.constantFrom('certain' as const, 'possible' as const, 'expected' as const),
      boundary,
      boundary,
    )
    .map(([value, from, until, certainty, began, ends]) => ({
      value,
      from,
      until,
      certainty,
      began,
      ...(until === null ? {} : { ends }),
    }));
}

function bodyArb(id: string, boundary: fc.Arbitrary<BoundaryRef>): fc.Arbitrary<MaterialBody> {
  const some = { minLength: 1, maxLength: 2 };
  const spells = (value: fc.Arbitrary<string>) => spellArb(value, boundary);
  return fc
    .record({
      existence: fc.array(spells(fc.constant('exists')), { minLength: 1, maxLength: 1 }),
      names: fc.array(spells(text), some),
      codeSpells: fc.array(
        fc
          .tuple(spells(fc.constantFrom('15N', 'QJK', '00K')), fc.constantFrom('ods' as const, 'gss' as const))
          .map(([spell, system]) => ({ ...spell, system })),
        { maxLength: 2 },
      ),
      kinds: fc.array(spells(fc.constantFrom(...KINDS)), { minLength: 1, maxLength: 1 }),
      relations: fc.array(
        fc
          .tuple(spells(fc.constantFrom('region/f', 'system/e', 'region/z')), fc.constantFrom('part-of', 'hosts'), text)
          .map(([spell, relation, name]) => ({ ...spell, relation, name })),
        { maxLength: 2 },
      ),
      statuses: fc.array(
        fc
          .tuple(
            spells(fc.constant('integrated-care-system')),
            fc.constantFrom('accountable care system', 'integrated care system'),
            fc.option(fc.constant('Wave 1'), { nil: undefined }),
          )
          .map(([spell, title, wave]) => ({ ...spell, title, ...(wave ? { wave } : {}) })),
        { maxLength: 1 },
      ),
    })
    .map((body) => {
      const codes = Object.fromEntries(body.codeSpells.map(({ system, value }) => [system, value]));
      return { id, name: body.names[0]?.value ?? id, kind: body.kinds[0]?.value ?? 'system', codes, ...body };
    });
}

/** Random materials: few bodies and events, every shape of date, and text that breaks writers. */
export const anyMaterial: fc.Arbitrary<Material> = names
  .chain(({ bodies, events, sources }) =>
    fc
      .tuple(...sources.map(sourceArb))
      .chain((sources) =>
        fc.tuple(fc.tuple(...events.map((id) => eventArb(id, sources))), fc.constant(sources), fc.constant(bodies)),
      ),
  )
  .chain(([events, sources, bodies]) => {
    const boundary = fc
      .constantFrom(...events)
      .map((event): BoundaryRef => ({ event: event.id, sources: event.sources, date: event.dateText }));
    const linksAmong: fc.Arbitrary<LineageLink[]> =
      bodies.length < 2
        ? fc.constant([])
        : fc.array(
            fc
              .tuple(
                fc.constantFrom(...bodies),
                fc.constantFrom(...bodies),
                fc.constantFrom('merger', 'division', 'replacement'),
                date,
                boundary,
                fc.option(fc.constantFrom(1, 0.25), { nil: undefined }),
              )
              .map(([from, to, how, date, via, share]) => ({
                from,
                fromName: from,
                to,
                toName: to,
                how,
                date,
                shares: share === undefined ? [] : [{ share, of: 'population' }],
                via,
              })),
            { maxLength: 2 },
          );
    return fc.tuple(
      fc.tuple(...bodies.map((id) => bodyArb(id, boundary))),
      linksAmong,
      fc.constant(events),
      fc.constant(sources),
      text,
      fc.boolean(),
      fc.nat({ max: events.length }),
    );
  })
  .map(([bodies, links, events, sources, words, onDay, cut]): Material => {
    const named = new Set(bodies.map(({ id }) => id));
    const seen = new Set<string>();
    return {
      title: `${words} on some day`,
      selection: {
        at: onDay ? '2022-07-01' : null,
        from: onDay ? null : '2013-04-01',
        to: onDay ? null : '2026-06-30',
        kinds: null,
        partOf: null,
        milestone: null,
        theme: null,
        subject: null,
      },
      publishedBy: null,
      recordedBy: '2026-11-21',
      dates: 'legal',
      edition: '0d4da1479e53f00d',
      coverage: [
        { of: 'integrated-care-board', completeness: 'complete', from: '2022-07-01', to: '2026-07-01', note: words },
      ],
      bodies,
      links: links.filter((link) => {
        const key = `${link.from} > ${link.to} by ${link.via.event}`;
        if (link.from === link.to || !named.has(link.from) || !named.has(link.to) || seen.has(key)) return false;
        seen.add(key);
        return true;
      }),
      events: events.slice(0, cut),
      cited: events.slice(cut),
      milestones: [...new Set(events.map(({ milestone }) => milestone))].map((milestone) => ({
        milestone,
        title: words,
        summary: `${words}, in short.`,
        themes: ['boards', 'law'],
        from: '2013-04-01',
        to: '2022-07-01',
        events: 2,
      })),
      sources,
      notes: [words],
    };
  });

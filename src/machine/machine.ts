import type {
  ChangeDays,
  Conflict,
  Correspondence,
  Count,
  CountSeries,
  DayAnswer,
  Diff,
  EventAnswer,
  Find,
  Generations,
  History,
  Landscape,
  Lineage,
  Material,
  MilestoneAnswer,
  Places,
  Recognition,
  Replay,
  SourceAnswer,
  Standing,
  TimelineAnswer,
  Vintage,
  Why,
  Without,
} from './answers.ts';

/** The two clocks of knowledge and the account of dates to follow; every question takes them. */
export interface Lens {
  /** Use only what had been made public by this day (ISO day, or anything a person types). */
  readonly publishedBy?: string | undefined;
  /** Use only what this record held by this day. */
  readonly recordedBy?: string | undefined;
  /** Which account of a body's first day to follow where law and register differ; `legal` unless given. */
  readonly dates?: 'legal' | 'operational' | undefined;
}

/** A counterfactual, for the questions that take one: the answer is hypothetical throughout. */
export interface Supposing {
  /** The id of an event to suppose away, with everything that names it as its cause, however far down. */
  readonly without?: string | undefined;
}

/** Which bodies to show. */
export interface Selection {
  /** Kind or kinds, by name, plural or acronym: `clinical-commissioning-group`, `CCG`. */
  readonly kind?: string | readonly string[] | undefined;
  /** Only bodies that are part of this one, however far down: `region/london`. */
  readonly partOf?: string | undefined;
}

/** The library's front door: every question the record answers. Throws `AskedWrongly` for a question it cannot read. */
export interface Machine {
  /** Names the edition of the record that every answer comes from: the last hash of its chain. */
  readonly edition: string;
  /**
   * What existed on a day; for a month or a year, throughout it or at some time in it.
   * @example
   * record.at('2013-04-01', { kind: 'CCG' }).bodies.length; // 211
   * record.at('2022-04-01', { kind: 'ICB', publishedBy: '2021-11-01' }).bodies[0].existence; // 'expected'
   */
  at(at: string, options?: Lens & Selection): Landscape;
  /**
   * What changed between the ends of two days, with cause and source.
   * @example
   * record.between('2022-06-30', '2022-07-01', { kind: 'ICB' }).counts[0].after.certain; // 42
   */
  between(from: string, to: string, options?: Lens & Supposing & Selection): Diff;
  /**
   * Everything the record holds of one thing.
   * @example
   * record.history('system/frimley').names.map(({ value }) => value); // ['Frimley Health', 'Frimley Health and Care ICS', 'Frimley']
   */
  history(id: string, options?: Lens & Supposing): History;
  /**
   * Who came before and after, however far.
   * @example
   * record.lineage('icb/frimley', { direction: 'forward' }).links.map(({ to }) => to); // ['icb/hampshire-and-isle-of-wight', 'icb/surrey-and-sussex', 'icb/thames-valley']
   */
  lineage(
    id: string,
    options?: Lens & Supposing & { readonly direction?: 'back' | 'forward' | 'both' | undefined },
  ): Lineage;
  /**
   * The same for all of England, in numbers: generations of each kind of body, and how one passed into the next.
   * @example
   * record.generations().passages.find(({ from, to }) => from.at === '2022-07-01' && to.at === '2026-04-01' && to.kind === 'integrated-care-board').before; // 30
   */
  generations(options?: Lens): Generations;
  /**
   * What became of each body between two days.
   * @example
   * record.correspondence('2020-03-31', '2020-04-01', { kind: 'CCG' }).summary.merged; // 73
   */
  correspondence(
    from: string,
    to: string,
    options?: Lens &
      Supposing &
      Selection & {
        readonly unchanged?: boolean | undefined /** Only targets of this kind or these kinds. */;
        readonly toKind?: string | readonly string[] | undefined;
      },
  ): Correspondence;
  /**
   * A reform step by step: before, each step, after.
   * @example
   * record.replay('integrated-care-boards-2022').before.at; // '2022-06-30'
   */
  replay(milestone: string, options?: Lens): Replay;
  /**
   * How many of a kind, or holders of a status, on a day: surely, and at most.
   * @example
   * record.count('integrated-care-system', { at: '2020-06-01' }).certain; // 18
   * record.count('ICS', { at: '2020-05-15' }).possible; // 18
   * record.count('ICB', { at: '2022-07-01', without: 'health-and-care-act-2022/royal-assent' }).certain; // 0
   */
  count(
    of: string,
    options?: Lens & Supposing & { readonly at?: string | undefined; readonly partOf?: string | undefined },
  ): Count;
  /**
   * The same over time.
   * @example
   * record.counts('ICS', { from: '2019', to: '2021', every: 'year' }).counts.map(({ certain }) => certain); // [14, 14, 29]
   */
  counts(
    of: string,
    options?: Lens &
      Supposing & {
        readonly from?: string | undefined;
        readonly to?: string | undefined;
        readonly every?: CountSeries['every'] | undefined;
        readonly partOf?: string | undefined;
      },
  ): CountSeries;
  /**
   * Who commissioned care in each of the 42 places, by the lines of succession between that day and the boards of 2022.
   * @example
   * record.places('2013-04-01').places.find(({ place }) => place === 'icb/gloucestershire').bodies.map(({ id }) => id); // ['ccg/gloucestershire']
   */
  places(at?: string, options?: Lens): Places;
  /**
   * Why a body was so, or why there were so many of a kind.
   * @example
   * record.why('icb/devon', '2022-06-30').answer; // 'It did not exist on 30 June 2022: it began later, 1 July 2022.'
   */
  why(of: string, at: string, options?: Lens): Why;
  /**
   * What would not have followed without an event; of the differences, those of the bodies selected. Hypothetical throughout.
   * @example
   * record.without('health-and-care-act-2022/royal-assent', { at: '2022-07-01' }).differences.some(({ id, change }) => id === 'icb/devon' && change === 'ended'); // true
   */
  without(event: string, options?: Lens & Selection & { readonly at?: string | undefined }): Without;
  /**
   * Things by id, code, present or former name, or acronym, on any day.
   * @example
   * record.find('QHM', { at: '2026-01-01' }).found[0].id; // 'icb/north-east-and-north-cumbria'
   */
  find(query: string, options?: Lens & { readonly at?: string | undefined; readonly limit?: number | undefined }): Find;
  /**
   * Which bodies codes, names or ids mean on a day, as people write them: `&` or `and`, with NHS and CCG or without.
   * A name that fits several is ambiguous; near misses are offered, not taken.
   * @example
   * record.recognise(['15n', 'Devon CCG'], { at: '2020-06-01' }).values.map(({ bodies }) => bodies[0].id); // ['ccg/devon', 'ccg/devon']
   * record.recognise(['Devonn CCG'], { at: '2020-06-01' }).values[0].near[0].id; // 'ccg/devon'
   */
  recognise(
    values: Iterable<string>,
    options: Lens & {
      readonly at: string;
      /** Only bodies of this kind or these kinds. */
      readonly kind?: string | readonly string[] | undefined;
      /** The kind (by name) to take a name as of when it fits bodies of several; the kind that most values are of unless given. */
      readonly prefer?: string | undefined;
      /** Whether to look for near misses, which is slow; true unless given. */
      readonly near?: boolean | undefined;
    },
  ): Recognition;
  /**
   * From which days codes, names or ids are: the days on which all were valid together, or else most, and the odd ones out.
   * @example
   * record.vintage(['Devon CCG', 'NHS Kent & Medway CCG']).ranges.map(({ from, until }) => [from, until]); // [['2020-04-01', '2022-07-01']]
   */
  vintage(
    values: Iterable<string>,
    options?: Lens & { readonly kind?: string | readonly string[] | undefined },
  ): Vintage;
  /**
   * Events in order of time.
   * @example
   * record.timeline({ about: 'act/2022-31' }).events[0].id; // 'health-and-care-act-2022/royal-assent'
   */
  timeline(
    options?: Lens &
      Supposing &
      Selection & {
        readonly from?: string | undefined;
        readonly to?: string | undefined;
        readonly milestone?: string | undefined;
        readonly theme?: string | undefined;
        readonly about?: string | undefined;
      },
  ): TimelineAnswer;
  /**
   * The days on which something changed, in order: the stops of a walk through time.
   * @example
   * record.days().days.some(({ at }) => at === '2013-04-01'); // true
   */
  days(options?: Lens): ChangeDays;
  /**
   * What happened on a day, by reform, and the days of change before and after it.
   * @example
   * record.day('2022-07-01').counts.find(({ kind }) => kind === 'integrated-care-board').after.certain; // 42
   */
  day(at: string, options?: Lens): DayAnswer;
  /**
   * What stood on a day beside the bodies: law in force, functions held, rules, policies, what was being said.
   * @example
   * record.standing('2013-04-01').functions.some(({ holders }) => holders.some(({ id }) => id === 'body/nhs-england')); // true
   */
  standing(at: string, options?: Lens): Standing;
  /**
   * Every milestone, in order of its first event.
   * @example
   * record.milestones().some(({ milestone }) => milestone === 'integrated-care-boards-2022'); // true
   */
  milestones(): readonly MilestoneAnswer[];
  /**
   * An event as the record now tells it.
   * @example
   * record.event('health-and-care-act-2022/royal-assent').date; // '2022-04-28'
   */
  event(id: string): EventAnswer;
  /**
   * Every source, with how many events rest on it; or those of one thing.
   * @example
   * record.sources({ about: 'icb/devon' }).length > 0; // true
   */
  sources(options?: { readonly about?: string | undefined }): readonly SourceAnswer[];
  /**
   * Where sources disagree: what the other one says, and the ruling.
   * @example
   * record.conflicts({ about: 'system/devon' })[0].says; // 'Lists STP areas until 30 June 2022.'
   */
  conflicts(options?: Lens & { readonly about?: string | undefined }): readonly Conflict[];
  /**
   * What exports are made of: with `at` a landscape, else the events of a stretch of time (all of it unless given),
   * the bodies they concern and the successions between those; with `subject` its whole line; with `events` only these.
   * @example
   * record.material({ at: '2022-07-01', kind: 'ICB' }).bodies.length; // 42
   * record.material({ subject: 'icb/devon' }).links.map(({ to }) => to).includes('icb/devon'); // true
   */
  material(
    options?: Lens &
      Selection & {
        readonly at?: string | undefined;
        readonly from?: string | undefined;
        readonly to?: string | undefined;
        readonly milestone?: string | undefined;
        readonly theme?: string | undefined;
        readonly subject?: string | undefined;
        /** Ids of events: only these, and the bodies that they touch. */
        readonly events?: readonly string[] | undefined;
      },
  ): Material;
}

/**
 * The machine's answers: plain data, the same at every door. Days are ISO strings (`2022-07-01`) or EDTF where the
 * source gives no day; periods are half-open: `until` is the first day on which the thing is no more.
 */

/** A source as cited: id in `events/sources.yaml`, its title, and where in it. */
export interface SourceRef {
  readonly source: string;
  readonly title: string;
  readonly at?: string;
  readonly url?: string;
  readonly published?: string;
}

export interface Codes {
  readonly ods?: string;
  readonly gss?: string;
}

/** `certain`, `possible`: by the dates. `expected`: announced or continuing, beyond what was public or is covered. `hypothetical`: in a counterfactual. */
export type Existence = 'certain' | 'possible' | 'expected' | 'hypothetical';

export interface BodyRef {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly codes: Codes;
}

export interface StatusRef {
  /** The status, without its family: `integrated-care-system`, whatever its title on the day. */
  readonly status: string;
  /** Its title on the day: `accountable care system`. */
  readonly title: string;
  readonly wave?: string;
  readonly since: string;
  readonly existence: Existence;
  /** Why it is only possible, when it is. */
  readonly note?: string;
}

/** The event that makes a boundary, and who says so. */
export interface BoundaryRef {
  readonly event: string;
  readonly sources: readonly SourceRef[];
  /** The boundary in words: `1 April 2013`, `2018, day unknown`. */
  readonly date: string;
}

export interface Body extends BodyRef {
  readonly existence: Existence;
  /** First day, as EDTF. */
  readonly from: string;
  /** First day no longer, as EDTF; null while no end is known of. */
  readonly until: string | null;
  readonly partOf: readonly (BodyRef & { readonly existence: Existence })[];
  readonly status: readonly StatusRef[];
  readonly began: BoundaryRef;
  readonly ends?: BoundaryRef;
  /** For a month or a year asked: whether it existed throughout or only at some time in it. */
  readonly during?: 'throughout' | 'at some time';
  /** Why the existence is not certain, in words. */
  readonly because?: string;
}

/** What the record knows of one kind of body, or of the holders of a status, on the day asked. */
export interface Coverage {
  readonly of: string;
  readonly completeness: 'complete' | 'partial' | 'none';
  readonly from: string | null;
  readonly to: string | null;
  readonly note?: string;
}

/** The clocks and the edition an answer was read with. */
export interface Asked {
  readonly at: string;
  readonly publishedBy: string | null;
  readonly recordedBy: string | null;
  /** Which account of a body's first day was followed. */
  readonly dates: 'legal' | 'operational';
  /** Edition of the record: the last hash of its chain. */
  readonly edition: string;
  /** True when the answer supposes something that did not happen. */
  readonly hypothetical?: boolean;
  /** The event that it supposes away, with everything that names it as its cause. */
  readonly without?: string;
}

/** A promise open, met or missed at the moment asked. */
export interface PlanAnswer {
  readonly plan: string;
  readonly title: string;
  readonly promise: string;
  /** The day it was then expected for, as EDTF. */
  readonly expected: string;
  readonly expectedText: string;
  readonly state: 'open' | 'revised' | 'met' | 'missed' | 'abandoned';
  readonly announced: BoundaryRef;
  readonly revised?: BoundaryRef;
  readonly resolved?: BoundaryRef;
  readonly kinds: readonly string[];
}

export interface Landscape extends Asked {
  readonly coverage: readonly Coverage[];
  readonly bodies: readonly Body[];
  /** Plans due by the day asked and not yet resolved, as then seen; and those due later. */
  readonly expected: readonly PlanAnswer[];
  /** What a reader must know before using the answer, in sentences. */
  readonly notes: readonly string[];
}

/** An event, told. */
export interface EventAnswer {
  readonly id: string;
  readonly type: string;
  readonly milestone: string;
  /** EDTF, and the same in words. */
  readonly date: string;
  readonly dateText: string;
  readonly basis: string;
  readonly sentence: string;
  readonly sources: readonly SourceRef[];
  readonly because: readonly string[];
  readonly dissent: readonly { readonly source: SourceRef; readonly says: string; readonly ruling: string }[];
  readonly alsoDated: readonly { readonly date: string; readonly basis: string; readonly note?: string }[];
  readonly confidence: string;
  readonly publicFrom: string;
  readonly recorded: string;
  readonly note?: string;
}

export type DifferenceKind =
  | 'appeared'
  | 'ended'
  | 'renamed'
  | 'recoded'
  | 'reclassified'
  | 'moved'
  | 'status gained'
  | 'status lost'
  | 'status retitled'
  | 'became certain'
  | 'became possible';

export interface Difference extends BodyRef {
  readonly change: DifferenceKind;
  readonly before: string | null;
  readonly after: string | null;
  /** The events that brought it about, and who says so. */
  readonly via: readonly BoundaryRef[];
}

export interface Diff extends Omit<Asked, 'at'> {
  readonly from: string;
  readonly to: string;
  readonly coverage: readonly Coverage[];
  readonly counts: readonly { readonly kind: string; readonly before: Counted; readonly after: Counted }[];
  readonly differences: readonly Difference[];
  readonly notes: readonly string[];
}

/** How many there were: surely, and at most (the sure ones included). */
export interface Counted {
  readonly certain: number;
  readonly possible: number;
}

export interface Spell {
  readonly value: string;
  readonly from: string;
  readonly until: string | null;
  readonly certainty: 'certain' | 'possible';
  readonly began: BoundaryRef;
  readonly ends?: BoundaryRef;
}

export interface History extends Omit<Asked, 'at'>, BodyRef {
  readonly names: readonly Spell[];
  readonly codeSpells: readonly (Spell & { readonly system: 'ods' | 'gss' })[];
  readonly kinds: readonly Spell[];
  readonly existence: readonly Spell[];
  readonly relations: readonly (Spell & { readonly relation: string; readonly name: string })[];
  readonly statuses: readonly (Spell & { readonly title: string; readonly wave?: string })[];
  readonly predecessors: readonly LineageLink[];
  readonly successors: readonly LineageLink[];
  readonly figures: readonly EventAnswer[];
  readonly events: readonly EventAnswer[];
  readonly coverage: readonly Coverage[];
}

export interface LineageNode extends BodyRef {
  readonly from: string | null;
  readonly until: string | null;
  /** Steps from the body asked about: negative before it, positive after it. */
  readonly depth: number;
}

export interface LineageLink {
  readonly from: string;
  readonly fromName: string;
  readonly to: string;
  readonly toName: string;
  readonly how: string;
  readonly date: string;
  readonly shares: readonly { readonly share: number; readonly of: string; readonly basis?: string }[];
  readonly via: BoundaryRef;
}

export interface Lineage extends Omit<Asked, 'at'> {
  readonly of: BodyRef;
  readonly nodes: readonly LineageNode[];
  readonly links: readonly LineageLink[];
  readonly notes: readonly string[];
}

/** What became of a body between two days. `replaced`: one body took over from one other. `ended`: no successor is recorded. `new`: nothing before it is. */
export type Relation = 'same' | 'renamed' | 'recoded' | 'replaced' | 'merged' | 'divided' | 'partly' | 'ended' | 'new';

export interface CorrespondenceRow {
  readonly from: BodyRef | null;
  readonly to: BodyRef | null;
  readonly relation: Relation;
  /** Share of the body that went to this target, where a source gives it; absent is unknown, not 1. */
  readonly share?: { readonly share: number; readonly of: string; readonly basis?: string };
  readonly via: readonly BoundaryRef[];
  /** True when the body has several targets: nobody may pick one for the reader. */
  readonly ambiguous: boolean;
  readonly existence: Existence;
}

export interface Correspondence extends Omit<Asked, 'at'> {
  readonly from: string;
  readonly to: string;
  readonly kind: string | null;
  readonly rows: readonly CorrespondenceRow[];
  readonly coverage: readonly Coverage[];
  readonly summary: Readonly<Record<Relation, number>>;
  readonly notes: readonly string[];
}

export interface ReplayStep {
  readonly step: number;
  /** EDTF, and the same in words. */
  readonly date: string;
  readonly dateText: string;
  /** What happened: an event's own sentence, or one for a group of events alike. */
  readonly sentence: string;
  /** One event, or several of one type on one day. */
  readonly events: readonly EventAnswer[];
  /** Bodies and statuses counted before and after the step, where the step changed them. */
  readonly counts: readonly { readonly kind: string; readonly before: Counted; readonly after: Counted }[];
  readonly changes: readonly string[];
}

export interface Replay extends Omit<Asked, 'at'> {
  readonly milestone: string;
  readonly title: string;
  readonly summary: string;
  readonly before: {
    readonly at: string;
    readonly counts: readonly { readonly kind: string; readonly count: Counted }[];
  };
  readonly steps: readonly ReplayStep[];
  readonly after: {
    readonly at: string;
    readonly counts: readonly { readonly kind: string; readonly count: Counted }[];
  };
}

export interface Count extends Asked, Counted {
  /** Kind or status counted, without family. */
  readonly of: string;
  /** What it was called on the day. */
  readonly title: string;
  /** Announced or continuing beyond what was public or is covered; not in the other two. */
  readonly expected: number;
  readonly coverage: Coverage;
  /** By wave, where designations have one. */
  readonly waves: readonly ({ readonly wave: string } & Counted)[];
  readonly note?: string;
}

export interface CountSeries extends Omit<Asked, 'at'> {
  readonly of: string;
  readonly from: string;
  readonly to: string;
  readonly every: 'day' | 'month' | 'quarter' | 'year' | 'change';
  readonly coverage: readonly Coverage[];
  readonly counts: readonly ({ readonly at: string; readonly title: string; readonly covered: boolean } & Counted)[];
}

export interface Why extends Asked {
  readonly of: string;
  readonly title: string;
  /** The answer in one sentence: `18 certain: 8 + 2 + 4 + 3 + 4 named, 3 absorbed.` */
  readonly answer: string;
  /** One line a body, when a count is explained; one a value, when a body is. */
  readonly reasons: readonly {
    readonly subject: string;
    readonly name: string;
    readonly what: string;
    readonly existence: Existence | 'ended';
    readonly events: readonly EventAnswer[];
  }[];
  readonly coverage: readonly Coverage[];
}

export interface Without extends Asked {
  readonly event: EventAnswer;
  /** Everything that names the event as its cause, however far down; none of it would have followed. */
  readonly fell: readonly EventAnswer[];
  readonly differences: readonly Difference[];
  readonly notes: readonly string[];
}

export interface Found extends BodyRef {
  readonly matched: {
    readonly what: 'id' | 'ods code' | 'gss code' | 'name' | 'former name' | 'acronym';
    readonly value: string;
    readonly from: string | null;
    readonly until: string | null;
  };
  readonly existence: Existence | 'ended';
  readonly from: string | null;
  readonly until: string | null;
  /** Where a dead body leads on to. */
  readonly successors: readonly BodyRef[];
}

export interface Find extends Asked {
  readonly query: string;
  readonly found: readonly Found[];
  /** Near misses, offered when nothing matched. */
  readonly near: readonly BodyRef[];
}

/** A body that a value names, and by what: its code, its name or its id, and the days on which that was so. */
export interface NamedBody extends BodyRef {
  readonly matched: {
    readonly what: 'id' | 'ods code' | 'gss code' | 'name' | 'acronym';
    /** As the record writes it. */
    readonly value: string;
  };
  /** First day, and first day no longer, as EDTF. */
  readonly from: string;
  readonly until: string | null;
  /** Whether it was so on the day asked about. */
  readonly held: 'certain' | 'possible' | 'no';
}

export interface Recognised {
  readonly value: string;
  /** `other dates`: it is the code or name of a body, but not of one on the day asked about. */
  readonly outcome: 'recognised' | 'ambiguous' | 'other dates' | 'unknown';
  /** One when recognised; every body it may mean when ambiguous; whose it was or will be when of other dates. */
  readonly bodies: readonly NamedBody[];
  /** Near misses of what is unknown: offered, never taken. */
  readonly near: readonly BodyRef[];
}

export interface Recognition extends Asked {
  /** The kind that most of the values are of: a name that fits bodies of several kinds was taken as of this one. */
  readonly kind: string | null;
  /** Each distinct value once, in the order given. */
  readonly values: readonly Recognised[];
  readonly coverage: readonly Coverage[];
}

/** Days on which the values were valid together. */
export interface VintageRange {
  readonly from: string;
  /** The first day no longer; null while no end is known of. */
  readonly until: string | null;
  readonly existence: 'certain' | 'possible';
  /** How many of the distinct values were valid on all of these days. */
  readonly values: number;
}

export interface OddValue {
  readonly value: string;
  readonly reason: 'ended' | 'began later' | 'not throughout' | 'unknown';
  /** The reason in words. */
  readonly why: string;
  readonly bodies: readonly NamedBody[];
  readonly near: readonly BodyRef[];
}

export interface Vintage extends Omit<Asked, 'at'> {
  /** The kind that most of the values are of. */
  readonly kind: string | null;
  /** Distinct values, and how many of them name anything on any day. */
  readonly values: number;
  readonly known: number;
  /** True when there are days on which all that are known were valid together. */
  readonly together: boolean;
  /** The days on which most were; the longest first. */
  readonly ranges: readonly VintageRange[];
  /** Those that were not valid throughout the first of the ranges, or are not known. */
  readonly odd: readonly OddValue[];
  readonly coverage: readonly Coverage[];
  readonly notes: readonly string[];
}

export interface TimelineAnswer extends Omit<Asked, 'at'> {
  readonly from: string;
  readonly to: string;
  readonly events: readonly EventAnswer[];
  /** Ids of those that may also lie outside: their day is not known well enough. */
  readonly possible: readonly string[];
}

export interface SourceAnswer extends SourceRef {
  readonly publisher: string;
  readonly kind: string;
  readonly accessed?: string;
  readonly licence?: string;
  readonly note?: string;
  readonly events: number;
}

/** `dissent`: another source tells it otherwise. `divergence`: an official file has another value, and we differ knowingly. */
export interface Conflict {
  readonly kind: 'dissent' | 'divergence';
  readonly event: EventAnswer;
  readonly source: SourceRef;
  readonly says: string;
  readonly ruling: string;
  /** Of a divergence: the two values, and the sources that ours rests on. */
  readonly official?: string;
  readonly ours?: string;
  readonly evidence?: readonly SourceRef[];
}

export interface MilestoneAnswer {
  readonly milestone: string;
  readonly title: string;
  readonly summary: string;
  readonly themes: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly events: number;
}

/**
 * How a body of the day and a place belong together. `whole`: its successions lead to this place alone. `main`: they lead
 * elsewhere too, but the main line leads here. `part`: the main line leads elsewhere. `shared`: to several, and no source
 * gives more than half to one.
 */
export type LineOfPlace = 'whole' | 'main' | 'part' | 'shared';

/** One of the 42 places: the area of a board of 1 July 2022, whoever commissioned care there on the day asked. */
export interface Place {
  /** Id of the board of 1 July 2022: `icb/devon`. */
  readonly place: string;
  /** Its name, without what all of them have: `Devon`. */
  readonly name: string;
  /** The region of the day that most bodies of the place were part of; null where the record knows none. */
  readonly region: BodyRef | null;
  /** Its region on 1 July 2022. */
  readonly regionOfPlace: BodyRef | null;
  readonly bodies: readonly (BodyRef & { readonly existence: Existence; readonly line: LineOfPlace })[];
}

/** The bodies that commissioned care on a day, by the 42 places. */
export interface Places extends Asked {
  /** The kind counted: the latest of those that commissioned care on the day; null when there was none. */
  readonly kind: string | null;
  /** The day whose boards are the places. */
  readonly placesOf: string;
  /** All of them, sorted by id. */
  readonly places: readonly Place[];
  /** Bodies of the kind on the day, each counted once, whether placed or not. */
  readonly bodies: number;
  /** Those that no succession leads to a place. */
  readonly unplaced: readonly BodyRef[];
  /** Bodies that shared their leaders on the day, each with every other of its group; a body may be of several. */
  readonly clusters: readonly { readonly bodies: readonly BodyRef[]; readonly existence: Existence }[];
  readonly coverage: Coverage;
  readonly notes: readonly string[];
}

/** How many of a kind there were from a day on: where their number had changed notably. */
export interface Generation extends Counted {
  readonly kind: string;
  readonly at: string;
}

/** How bodies of one generation passed into the next: `before` of them into `after`. Bodies divided and merged count in both. */
export interface Passage {
  readonly from: { readonly kind: string; readonly at: string };
  readonly to: { readonly kind: string; readonly at: string };
  readonly manner: 'went on' | 'replaced' | 'merged' | 'divided';
  readonly before: number;
  readonly after: number;
}

/** The lineage of England, told in numbers: generations of each kind, and how they followed one another. */
export interface Generations extends Omit<Asked, 'at'> {
  /** In order of time. */
  readonly generations: readonly Generation[];
  readonly passages: readonly Passage[];
  /** Kinds of which none exists any more, from that day. */
  readonly ends: readonly { readonly kind: string; readonly at: string }[];
  readonly notes: readonly string[];
}

/** A dated statement of a body, as material for an export carries it. `expected`: promised, not begun. */
export interface MaterialSpell extends Omit<Spell, 'certainty'> {
  readonly certainty: 'certain' | 'possible' | 'expected';
}

/** A body with every dated statement that falls in the selection. Its own name, kind and codes are those of the day asked, or the last known. */
export interface MaterialBody extends BodyRef {
  readonly existence: readonly MaterialSpell[];
  readonly names: readonly MaterialSpell[];
  readonly codeSpells: readonly (MaterialSpell & { readonly system: 'ods' | 'gss' })[];
  readonly kinds: readonly MaterialSpell[];
  /** `value` is the id of the other body, `name` what it was then called. */
  readonly relations: readonly (MaterialSpell & { readonly relation: string; readonly name: string })[];
  /** `value` is the status, `title` what it was then called. */
  readonly statuses: readonly (MaterialSpell & { readonly title: string; readonly wave?: string })[];
}

/** What was selected for an export, as read: days in ISO, ids in full. */
export interface MaterialSelection {
  readonly at: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly kinds: readonly string[] | null;
  readonly partOf: string | null;
  readonly milestone: string | null;
  readonly theme: string | null;
  readonly subject: string | null;
}

/** Everything that an export is made of: a landscape on a day, or a stretch of time, with events and sources. */
export interface Material extends Omit<Asked, 'at'> {
  /** In words, for a heading: `Integrated care boards on 1 July 2022`. */
  readonly title: string;
  readonly selection: MaterialSelection;
  readonly coverage: readonly Coverage[];
  readonly bodies: readonly MaterialBody[];
  /** Successions between the bodies selected. */
  readonly links: readonly LineageLink[];
  /** The events selected, in order of time; of a landscape, those that made it so. */
  readonly events: readonly EventAnswer[];
  /** Other events that bodies and successions rest on, outside the time selected. */
  readonly cited: readonly EventAnswer[];
  /** Milestones of those events. */
  readonly milestones: readonly MilestoneAnswer[];
  /** Every source cited. */
  readonly sources: readonly SourceAnswer[];
  /** What a reader must know before using it, in sentences. */
  readonly notes: readonly string[];
}

/** A day on which something changed, or may first have changed. */
export interface ChangeDay {
  readonly at: string;
  /** The reforms and announcements with events of that day, the one that changed most first. */
  readonly milestones: readonly { readonly milestone: string; readonly title: string; readonly events: number }[];
  /** Events dated that day, or whose period begins with it. */
  readonly events: number;
  /** True when one of them surely happened that day; else every one may have happened later. */
  readonly certain: boolean;
}

export interface ChangeDays extends Omit<Asked, 'at'> {
  readonly days: readonly ChangeDay[];
}

/** A step of a reform as it is told on its day: one event, or several of one type. */
export interface DayStep {
  /** Its number in the replay of the reform. */
  readonly step: number;
  readonly sentence: string;
  readonly events: number;
  /** The event, or the first of them. */
  readonly event: string;
  readonly sources: readonly SourceRef[];
}

/** What happened on a day: by reform, with the counts of the evening before and of the day itself. */
export interface DayAnswer extends Asked {
  /** The last day before it, and the first after it, on which something changed. */
  readonly previous: string | null;
  readonly next: string | null;
  readonly reforms: readonly {
    readonly milestone: string;
    readonly title: string;
    readonly steps: readonly DayStep[];
  }[];
  /** Events that no source dates more closely than to a period with this day in it. */
  readonly meanwhile: readonly EventAnswer[];
  readonly counts: readonly {
    readonly kind: string;
    readonly before: Counted;
    readonly after: Counted;
    readonly coverage: Coverage;
  }[];
}

/** A law, a policy, a rule or the like that stood on a day. */
export interface StandingThing {
  readonly id: string;
  readonly title: string;
  /** Of law how far it had come (`enacted`, `partly in force`, `in force`), of a policy by whom, of a rule what it says. */
  readonly detail: string | null;
  /** What it binds, for a rule. */
  readonly of: readonly { readonly id: string; readonly name: string }[];
  readonly existence: Existence;
  readonly began: BoundaryRef;
}

/** A function that somebody held on a day. */
export interface FunctionHeld {
  readonly function: string;
  readonly title: string;
  readonly holders: readonly FunctionHolder[];
  readonly delegates: readonly FunctionHolder[];
}

/** A body, or every body of a kind (`kind/integrated-care-board`), that holds a function. */
export interface FunctionHolder {
  readonly id: string;
  readonly name: string;
  readonly existence: Existence;
  readonly since: BoundaryRef;
}

/** What stood on a day beside the bodies: law, functions, rules, policies, and what was being said. */
export interface Standing extends Asked {
  readonly laws: readonly StandingThing[];
  readonly functions: readonly FunctionHeld[];
  readonly rules: readonly StandingThing[];
  readonly policies: readonly StandingThing[];
  /** Statements and evaluations of the twelve months up to the day, the latest first. */
  readonly said: readonly EventAnswer[];
  /** True when the day lies outside everything that the record covers. */
  readonly covered: boolean;
}

import { BEGINNING, type Day, FOREVER } from '../time/day.ts';
import { packColumns, unpackColumns } from './bytes.ts';
import {
  type Block,
  type Columns,
  codeOfText,
  columnBytes,
  decodeScalar,
  encodeScalar,
  latestOf,
  lowerBound,
  NULL_CODE,
  narrowEnds,
  recordedToOf,
  slotOf,
  textOfValueCode,
  textValueCode,
} from './columns.ts';
import { lastOfEachKey, startDraft } from './draft.ts';
import { compareRows, heldAt, jointlyAt, type Row, spellsOf, turningDays } from './readings.ts';
import {
  compareScalars,
  currentRow,
  type Firsts,
  firstsOf,
  isVisible,
  type Sight,
  sightOf,
  type Tally,
  tallyOf,
} from './tally.ts';
import {
  type Bearer,
  type Boundary,
  type Certainty,
  type Change,
  type Entry,
  EXISTS,
  type Held,
  type Knowledge,
  type Moment,
  type Scalar,
  type TimedEvent,
} from './types.ts';

/** Which of the existing subjects are meant: every attribute has this value (or, being a set, this member). */
export type Selection = Readonly<Record<string, Scalar>>;

/** How many: `possible` is an upper bound and includes the certain ones. */
export interface Count {
  readonly certain: number;
  readonly possible: number;
}

/** A count on a day. */
export interface CountAt extends Count {
  readonly at: Day;
}

/** Existing subjects that agree in the attributes asked for; `undefined` is "has none". */
export interface Group extends Count {
  readonly values: (Scalar | undefined)[];
}

/** How much the engine holds; `bytes` counts its typed arrays, not the texts of ids and names. */
export interface TimelineStats {
  readonly subjects: number;
  readonly attributes: number;
  readonly changes: number;
  readonly bytes: number;
}

/** Every dated change, readable at any moment of the three clocks. */
export interface Timeline {
  /** Takes in entries, in any order and at any time. */
  append(entries: Iterable<Entry>): void;
  /**
   * The event was corrected or withdrawn from this day of the record on. Wordings recorded before that day are closed,
   * those still to come too; one recorded that very day only when there is none older.
   */
  retire(eventId: string, recordedTo: Day): void;
  /** Every value the attribute may have: one certain or several possible. "Has none" is not returned, it makes the others possible. */
  values(subject: string, attribute: string, moment: Moment): readonly Held[];
  /** Whether the subject exists. */
  existence(subject: string, moment: Moment): Certainty;
  /** Its existence with what began and what ends it. */
  existenceHeld(subject: string, moment: Moment): Held | undefined;
  /** The members of an attribute that is a set, sorted. */
  members(subject: string, attribute: string, moment: Moment): readonly Held[];
  /** The subjects, sorted, whose attribute has this value or whose set has this member, whether or not they exist. */
  bearers(attribute: string, value: string, moment: Moment): readonly Bearer[];
  /** Every subject that certainly or possibly exists, sorted. */
  existing(moment: Moment): readonly Bearer[];
  /** The subjects, sorted, that ever had the value or member on any clock. */
  everBearers(attribute: string, value: string): readonly string[];
  /** The attributes, sorted, that anything was ever said of. */
  attributes(subject: string): readonly string[];
  /** The whole history of an attribute in order of days; for a set, of each member. */
  spells(subject: string, attribute: string, knowledge?: Knowledge): readonly Held[];
  /** Days, sorted and distinct, between two of which what the subject may hold of the attribute stays the same. */
  turns(subject: string, attribute: string, knowledge?: Knowledge): readonly Day[];
  /** The first possible day of every change, sorted and distinct. */
  changeDays(knowledge?: Knowledge, filter?: (subject: string, attribute: string) => boolean): readonly Day[];
  /** Whether the subject can at once exist and fit the selection, all its dates read together. */
  canFit(subject: string, selection: Selection, moment: Moment): boolean;
  /** How many existing subjects the selection has. */
  count(selection: Selection, moment: Moment): Count;
  /** The count on each of the days, in the order given. */
  series(selection: Selection, days: readonly Day[], knowledge?: Knowledge): readonly CountAt[];
  /** The existing subjects counted by what they have of each (scalar) attribute. */
  crosstab(attributes: readonly string[], moment: Moment): readonly Group[];
  stats(): TimelineStats;
  /** The whole timeline, to be read back by `timelineFromBytes`. */
  toBytes(): Uint8Array;
}

/** Builds a timeline. */
export function createTimeline(entries: Iterable<Entry> = []): Timeline {
  const draft = startDraft();
  for (const entry of entries) draft.add(entry);
  return timelineOver(draft.compile(), new Map());
}

/** Reads a timeline back: the columns stay where they lie in `bytes`, which must not change afterwards. */
export function timelineFromBytes(bytes: Uint8Array): Timeline {
  const { columns, retired } = unpackColumns(bytes);
  return timelineOver(columns, retired);
}

/** Subjects by value or member, built when first asked for. */
interface Reverse {
  readonly keys: Uint32Array;
  readonly offsets: Uint32Array;
  readonly subjects: Uint32Array;
  /** No row of the subject gives it the value before or from these days on, by what is known now. */
  readonly from: Int32Array;
  readonly until: Int32Array;
  /** When those days bound one unbroken stretch: the rows that begin and end it plus one, 0 for none. */
  readonly beginning: Uint32Array;
  readonly ending: Uint32Array;
}

interface Version {
  readonly recordedFrom: Day;
  recordedTo: Day;
}

type Late = { -readonly [Field in keyof TimedEvent]: TimedEvent[Field] };
interface LateChange {
  readonly event: Late;
  readonly change: Change;
}

// What came in since the last compilation is merged while reading, until it is a sixteenth of the whole.
const SMALL_DELTA = 1024;
const DELTA_SHARE = 16;
const TALLIES_KEPT = 16;
// Below this many subjects the codes of all of them are remembered as they are told.
const MOST_REMEMBERED = 1 << 14;
// What makes a subject special: 1, taken over from the columns, is an imprecise date; 2 a change not yet compiled.
const LATE = 2;

function timelineOver(compiled: Columns, retired: Map<string, Day[]>): Timeline {
  let columns = compiled;
  let blockOf = new Map<string, Block>();
  let special = new Uint8Array(0);
  let isFuzzy = new Uint8Array(0);
  let specialSubjects: readonly string[] | undefined;
  let codeMemo = new Map<string, number>();
  let toldNames: string[] = [];
  let toldCodes: number[] = [];
  let asked = -1;
  const reverses = new Map<string, Reverse>();
  const tallies = new Map<string, Tally>();
  let firsts: Firsts | undefined;
  let lifetimes: Int32Array | undefined;

  const late = new Map<string, Map<string, LateChange[]>>();
  const lateEvents = new Map<string, Late[]>();
  let lateEntries: Entry[] = [];
  let lateChanges = 0;
  const toRetire = new Set<string>();

  /** Forgets the subjects last told of. */
  const tellAnew = (): void => {
    toldNames = [];
    toldCodes = [];
    asked = -1;
  };

  const settle = (next: Columns): void => {
    columns = next;
    blockOf = new Map(columns.blocks.map((block) => [block.attribute, block]));
    special = columns.fuzzySubject.slice();
    isFuzzy = new Uint8Array(columns.fuzzyEvent.length > 0 ? columns.ids.length : 0);
    for (const event of columns.fuzzyEvent) isFuzzy[event] = 1;
    specialSubjects = undefined;
    codeMemo = new Map();
    tellAnew();
    reverses.clear();
    tallies.clear();
    firsts = undefined;
    lifetimes = undefined;
    late.clear();
    lateEvents.clear();
    lateEntries = [];
    lateChanges = 0;
  };
  settle(compiled);

  const codeOf = (text: string): number => {
    let code = codeMemo.get(text);
    if (code === undefined) {
      code = codeOfText(columns, text);
      if (code >= 0) codeMemo.set(text, code);
    }
    return code;
  };
  const subjectOf = (text: string): number => {
    if (toldNames[asked + 1] === text) return toldCodes[++asked] as number;
    if (asked >= 0 && toldNames[asked] === text) return toldCodes[asked] as number;
    if (toldNames[0] === text) {
      asked = 0;
      return toldCodes[0] as number;
    }
    const code = codeOf(text);
    return code < columns.subjects ? code : -1;
  };

  /** Text of a subject, told to somebody: whoever is told of subjects asks about them next, mostly in the order told. */
  const tellOf = (subject: number): string => {
    const text = columns.texts.get(subject);
    toldNames.push(text);
    toldCodes.push(subject);
    if (columns.subjects <= MOST_REMEMBERED) codeMemo.set(text, subject);
    return text;
  };

  const compact = (): void => {
    const draft = startDraft();
    draft.addColumns(columns);
    for (const entry of lateEntries) draft.add(entry);
    settle(draft.compile());
  };

  const closeRetired = (): void => {
    const versions = new Map<string, Version[]>([...toRetire].map((id) => [id, []]));
    const compiledVersions = new Map<number, Version>();
    const numbers = new Map<number, string>();
    for (let event = 0; event < columns.ids.length; event++) {
      const id = columns.ids.get(event);
      if (toRetire.has(id)) numbers.set(event, id);
    }
    if (numbers.size > 0) {
      for (const block of columns.blocks) {
        for (let row = 0; row < block.event.length; row++) {
          const event = block.event[row] as number;
          const id = numbers.get(event);
          if (id === undefined || compiledVersions.has(event)) continue;
          const version = {
            recordedFrom: block.recordedFrom[row] as number,
            recordedTo: recordedToOf(block, row),
          };
          compiledVersions.set(event, version);
          versions.get(id)?.push(version);
        }
      }
    }
    for (const [id, list] of versions) {
      list.push(...(lateEvents.get(id) ?? []));
      for (const day of retired.get(id) ?? []) {
        const anyOlder = list.some(({ recordedFrom }) => recordedFrom < day);
        for (const version of list) {
          const meant = version.recordedFrom < day || (!anyOlder && version.recordedFrom === day);
          if (meant) version.recordedTo = Math.min(version.recordedTo, day);
        }
      }
    }
    for (const block of columns.blocks) {
      // The columns may be views over somebody's bytes: they are copied before the first change.
      let own: Int32Array | undefined;
      if (compiledVersions.size === 0) break;
      for (let row = 0; row < block.event.length; row++) {
        const version = compiledVersions.get(block.event[row] as number);
        if (!version || version.recordedTo === recordedToOf(block, row)) continue;
        own ??= Int32Array.from(block.recordedTo, (_, each) => recordedToOf(block, each));
        own[row] = version.recordedTo;
      }
      if (own) Object.assign(block, narrowEnds(own));
    }
    tallies.clear();
    reverses.clear();
    lifetimes = undefined;
    toRetire.clear();
  };

  const ready = (): void => {
    if (toRetire.size > 0) closeRetired();
    if (lateChanges > Math.max(SMALL_DELTA, columns.rows / DELTA_SHARE)) compact();
  };

  /** Every visible row of a subject's attribute, one sorted list a key. */
  const keysOf = (subject: string, attribute: string, sight: Sight): Row[][] => {
    const block = blockOf.get(attribute);
    const code = block ? subjectOf(subject) : -1;
    const slot = block && code >= 0 ? slotOf(block, code) : -1;
    const added = late.get(subject)?.get(attribute);
    const byMember = new Map<string | undefined, Row[]>();
    const put = (row: Row): void => {
      const rows = byMember.get(row.member);
      if (rows) rows.push(row);
      else byMember.set(row.member, [row]);
    };
    if (block && slot >= 0) {
      for (let row = block.offsets[slot] as number; row < (block.offsets[slot + 1] as number); row++) {
        if (isVisible(columns, block, row, sight)) put(compiledRow(block, row));
      }
    }
    if (added) {
      for (const { event, change } of added) {
        const believed = event.recordedFrom <= sight.recordedBy && sight.recordedBy < event.recordedTo;
        if (!believed || event.publicFrom > sight.publishedBy) continue;
        put({
          earliest: event.earliest,
          latest: Math.max(event.earliest, event.latest),
          value: change.value,
          member: change.member,
          event: event.id,
          rank: -1,
          order: () => event.order,
        });
      }
      for (const rows of byMember.values()) rows.sort(compareRows);
    }
    return [...byMember.values()];
  };

  const compiledRow = (block: Block, row: number): Row => {
    const event = block.event[row] as number;
    const earliest = block.day[row] as number;
    const member = block.member ? (block.member[row] as number) : 0;
    return {
      earliest,
      latest: latestOf(columns, event, earliest),
      value: decodeScalar(columns, block.value[row] as number),
      member: member === 0 ? undefined : columns.texts.get(member - 1),
      event: columns.ids.get(event),
      rank: event,
      order: () => columns.orders.get(event),
    };
  };

  const scalarRows = (subject: string, attribute: string, sight: Sight): Row[] =>
    keysOf(subject, attribute, sight).find((rows) => rows[0]?.member === undefined) ?? [];

  /** True when what lies in the slot can be read straight off the columns: all of it is there, and every date is exact. */
  const isExact = (block: Block, subject: number, slot: number): boolean => {
    if (special[subject] === 0) return true;
    if (special[subject] === LATE) return false;
    for (let row = block.offsets[slot] as number; row < (block.offsets[slot + 1] as number); row++) {
      if (isFuzzy[block.event[row] as number] === 1) return false;
    }
    return true;
  };

  /** End of the rows that begin at `from` and share its member (or, having none, are the scalar's). */
  const keyEnd = (block: Block, from: number, end: number): number => {
    if (!block.member) return end;
    let to = from;
    while (to < end && block.member[to] === block.member[from]) to++;
    return to;
  };

  /** End of the scalar's rows, which come first. */
  const scalarEnd = (block: Block, from: number, end: number): number =>
    block.member && from < end && block.member[from] !== 0 ? from : keyEnd(block, from, end);

  const exactBoundary = (block: Block, row: number, day = block.day[row] as number): Boundary => ({
    earliest: day,
    latest: day,
    event: columns.ids.get(block.event[row] as number),
  });

  /** A value read off exactly dated rows: `row` is the current one of the key in `[from, to)`. */
  const exactHeld = (block: Block, from: number, to: number, row: number, sight: Sight): Held => {
    const code = block.value[row] as number;
    let first = row;
    for (let before = row - 1; before >= from; before--) {
      if (!isVisible(columns, block, before, sight)) continue;
      if (block.value[before] !== code) break;
      first = before;
    }
    let after = row + 1;
    while (after < to && (block.value[after] === code || !isVisible(columns, block, after, sight))) after++;
    const began = exactBoundary(block, first);
    const member = block.member ? (block.member[row] as number) : 0;
    // Written out field by field: whole landscapes are made of these, and spreading is most of the cost.
    const held: { -readonly [Field in keyof Held]: Held[Field] } = {
      value: decodeScalar(columns, code),
      certainty: 'certain',
      expected: began.earliest > sight.publishedBy,
      from: began,
    };
    if (after < to) held.until = exactBoundary(block, after);
    if (member > 0) held.member = columns.texts.get(member - 1);
    return held;
  };

  /** A text held for one unbroken stretch of exactly dated rows, as known now. */
  const stretchHeld = (
    block: Block,
    value: string,
    { from, until, beginning, ending }: Reverse,
    place: number,
  ): Held => {
    const began = exactBoundary(block, (beginning[place] as number) - 1, from[place] as number);
    const after = (ending[place] as number) - 1;
    return after < 0
      ? { value, certainty: 'certain', expected: false, from: began }
      : {
          value,
          certainty: 'certain',
          expected: false,
          from: began,
          until: exactBoundary(block, after, until[place] as number),
        };
  };

  const valuesAt = (subject: string, attribute: string, at: Day, sight: Sight): Held[] => {
    const block = blockOf.get(attribute);
    const code = block ? subjectOf(subject) : -1;
    if (code < 0 && late.size === 0) return [];
    if (block && code >= 0) {
      const slot = slotOf(block, code);
      if (slot < 0 && special[code] !== LATE) return [];
      if (slot >= 0 && isExact(block, code, slot)) {
        const from = block.offsets[slot] as number;
        const to = scalarEnd(block, from, block.offsets[slot + 1] as number);
        const row = currentRow(columns, block, from, to, at, sight);
        return row < 0 || block.value[row] === NULL_CODE ? [] : [exactHeld(block, from, to, row, sight)];
      }
    }
    return heldAt(scalarRows(subject, attribute, sight), at, publishedOf(sight));
  };

  const membersAt = (subject: string, attribute: string, at: Day, sight: Sight): Held[] => {
    const block = blockOf.get(attribute);
    const code = block ? subjectOf(subject) : -1;
    const slot = block && code >= 0 ? slotOf(block, code) : -1;
    if (slot < 0 && (late.size === 0 || (code >= 0 && special[code] !== LATE))) return [];
    const found: Held[] = [];
    if (block && slot >= 0 && isExact(block, code, slot)) {
      const end = block.offsets[slot + 1] as number;
      let from = block.offsets[slot] as number;
      for (from = scalarEnd(block, from, end); from < end; ) {
        const to = keyEnd(block, from, end);
        const row = currentRow(columns, block, from, to, at, sight);
        if (row >= 0 && block.value[row] !== NULL_CODE) found.push(exactHeld(block, from, to, row, sight));
        from = to;
      }
    } else {
      for (const rows of keysOf(subject, attribute, sight)) {
        if (rows[0]?.member !== undefined) found.push(...heldAt(rows, at, publishedOf(sight)));
      }
    }
    return found.length > 1 ? found.sort((a, b) => compareText(a.member as string, b.member as string)) : found;
  };

  /** How an exactly dated subject bears the value or member on a day. */
  const exactBearing = (block: Block, slot: number, text: number, at: Day, sight: Sight): Held | undefined => {
    const end = block.offsets[slot + 1] as number;
    for (let from = block.offsets[slot] as number; from < end; ) {
      const to = keyEnd(block, from, end);
      const member = block.member ? (block.member[from] as number) : 0;
      if (member === 0 || member === text + 1) {
        const row = currentRow(columns, block, from, to, at, sight);
        const value = row < 0 ? NULL_CODE : block.value[row];
        if (member === 0 ? value === textValueCode(text) : value !== NULL_CODE) {
          return exactHeld(block, from, to, row, sight);
        }
      }
      from = to;
    }
    return undefined;
  };

  const existingAt = (at: Day, sight: Sight): Bearer[] => {
    const block = blockOf.get(EXISTS);
    const found: Bearer[] = [];
    tellAnew();
    const slots = block ? block.offsets.length - 1 : 0;
    for (let slot = 0; block && slot < slots; slot++) {
      const subject = block.listed ? (block.listed[slot] as number) : slot;
      if (special[subject] !== 0) continue;
      const [from, to] = [block.offsets[slot] as number, block.offsets[slot + 1] as number];
      const row = currentRow(columns, block, from, to, at, sight);
      if (row < 0 || block.value[row] === NULL_CODE) continue;
      found.push({ subject: tellOf(subject), held: exactHeld(block, from, to, row, sight) });
    }
    const others = specials();
    for (const subject of others) {
      for (const held of valuesAt(subject, EXISTS, at, sight)) found.push({ subject, held });
    }
    return others.length > 0 ? found.sort((a, b) => compareText(a.subject, b.subject)) : found;
  };

  /** Subjects that need the careful reading: imprecise dates, or changes not yet compiled. */
  const specials = (): readonly string[] => {
    if (!specialSubjects) {
      const found: string[] = [];
      for (let subject = 0; subject < special.length; subject++)
        if (special[subject] !== 0) found.push(columns.texts.get(subject));
      for (const subject of late.keys()) if (subjectOf(subject) < 0) found.push(subject);
      specialSubjects = found;
    }
    return specialSubjects;
  };

  /** Those of the specials, or of everyone, that the selection may have: none that never had its text. */
  const carefulOf = (selection: Selection, direct: boolean): Iterable<string> => {
    const named = Object.entries(selection).find((pair): pair is [string, string] => typeof pair[1] === 'string');
    if (!direct || !named) return direct ? specials() : everyone();
    const found = new Set(everLate(...named));
    const ever = everCompiled(...named);
    for (let place = ever?.from ?? 0; ever && place < ever.to; place++) {
      const subject = ever.reverse.subjects[place] as number;
      if (special[subject] !== 0) found.add(columns.texts.get(subject));
    }
    return found;
  };

  const reverseOf = (block: Block): Reverse => {
    let reverse = reverses.get(block.attribute);
    if (!reverse) {
      reverse = buildReverse(block, columns);
      reverses.set(block.attribute, reverse);
    }
    return reverse;
  };

  /** Where the compiled subjects that ever had the value or member lie in the reverse index: `[from, to)`. */
  const everCompiled = (
    attribute: string,
    value: string,
  ): { reverse: Reverse; from: number; to: number } | undefined => {
    const block = blockOf.get(attribute);
    const text = block ? codeOf(value) : -1;
    if (!block || text < 0) return undefined;
    const reverse = reverseOf(block);
    const index = lowerBound(reverse.keys, text);
    if (reverse.keys[index] !== text) return undefined;
    return { reverse, from: reverse.offsets[index] as number, to: reverse.offsets[index + 1] as number };
  };

  const everLate = function* (attribute: string, value: string): Iterable<string> {
    for (const [subject, attributes] of late) {
      const changes = attributes.get(attribute) ?? [];
      if (changes.some(({ change }) => bears(change, value))) yield subject;
    }
  };

  const bearersAt = (attribute: string, value: string, at: Day, sight: Sight): Bearer[] => {
    const found: Bearer[] = [];
    tellAnew();
    const careful = (subject: string): void => {
      const hit =
        valuesAt(subject, attribute, at, sight).find((held) => held.value === value) ??
        membersAt(subject, attribute, at, sight).find((held) => held.member === value);
      if (hit) found.push({ subject, held: hit });
    };
    const block = blockOf.get(attribute);
    const text = codeOf(value);
    const ever = everCompiled(attribute, value);
    const asKnownNow = sight.recordedBy === FOREVER - 1 && sight.publishedBy === FOREVER;
    for (let place = ever?.from ?? 0; ever && block && place < ever.to; place++) {
      const { reverse } = ever;
      const subject = reverse.subjects[place] as number;
      if (special[subject] === LATE) continue;
      if (asKnownNow) {
        if (at < (reverse.from[place] as number) || at >= (reverse.until[place] as number)) continue;
        if ((reverse.beginning[place] as number) > 0 && special[subject] === 0) {
          const held = stretchHeld(block, value, reverse, place);
          found.push({ subject: tellOf(subject), held });
          continue;
        }
      }
      const slot = slotOf(block, subject);
      if (isExact(block, subject, slot)) {
        const held = exactBearing(block, slot, text, at, sight);
        if (held) found.push({ subject: tellOf(subject), held });
      } else careful(columns.texts.get(subject));
    }
    if (late.size > 0) {
      const subjects = new Set(everLate(attribute, value));
      for (let place = ever?.from ?? 0; ever && place < ever.to; place++) {
        const subject = ever.reverse.subjects[place] as number;
        if (special[subject] === LATE) subjects.add(columns.texts.get(subject));
      }
      for (const subject of subjects) careful(subject);
      found.sort((a, b) => compareText(a.subject, b.subject));
    }
    return found;
  };

  const tallyFor = (attributes: readonly string[]): Tally | undefined => {
    const exists = blockOf.get(EXISTS);
    if (!exists || exists.member) return undefined;
    const key = JSON.stringify(attributes);
    let tally = tallies.get(key);
    if (!tally) {
      if (tallies.size >= TALLIES_KEPT) tallies.delete(tallies.keys().next().value as string);
      const blocks = attributes.map((attribute) => blockOf.get(attribute));
      tally = tallyOf(columns, exists, blocks, special, () => {
        firsts ??= firstsOf(exists);
        return firsts;
      });
      tallies.set(key, tally);
    }
    return tally;
  };

  const isSet = (attribute: string): boolean => {
    if (blockOf.get(attribute)?.member) return true;
    for (const attributes of late.values()) {
      if (attributes.get(attribute)?.some(({ change }) => change.member !== undefined)) return true;
    }
    return false;
  };

  /** Code of a value in the columns, or -1 when no compiled change has it. */
  const valueCode = (value: Scalar): number => {
    let missing = false;
    const find = (place: number): number => {
      if (place < 0) missing = true;
      return place;
    };
    const code = encodeScalar(
      value,
      (text) => find(codeOf(text)),
      (number) => find(columns.numbers.indexOf(number)),
    );
    return missing ? -1 : code;
  };

  const everyone = (): readonly string[] => {
    const found = new Set<string>(late.keys());
    const exists = blockOf.get(EXISTS);
    if (exists) {
      for (let slot = 0; slot + 1 < exists.offsets.length; slot++) {
        found.add(columns.texts.get(exists.listed ? (exists.listed[slot] as number) : slot));
      }
    }
    return [...found];
  };

  const wantedKeys = (
    subject: string,
    selection: Selection,
    sight: Sight,
  ): { rows: Row[]; fits: (value: Scalar) => boolean }[] =>
    Object.entries(selection).map(([attribute, value]) => {
      const keys = keysOf(subject, attribute, sight);
      const asMember = keys.find((rows) => typeof value === 'string' && rows[0]?.member === value);
      if (asMember) return { rows: asMember, fits: (found) => found !== null };
      const rows = keys.find((candidates) => candidates[0]?.member === undefined) ?? [];
      return { rows, fits: (found) => found === value };
    });

  /** How sure it is that a subject exists and fits: 2 certain, 1 possible, 0 no; on each of the ascending days. */
  const carefully = (
    subject: string,
    selection: Selection,
    days: ArrayLike<Day>,
    sight: Sight,
    tell: (slot: number, sure: 0 | 1 | 2) => void,
  ): void => {
    const exists = scalarRows(subject, EXISTS, sight);
    if (exists.length === 0) return;
    const wanted = wantedKeys(subject, selection, sight);
    const keys = [exists, ...wanted.map(({ rows }) => rows)];
    const turns = days.length > 1 ? turningDays(keys.flat()) : [];
    let upTo = Number.NEGATIVE_INFINITY;
    let sure: 0 | 1 | 2 = 0;
    for (let slot = 0; slot < days.length; slot++) {
      const at = days[slot] as number;
      if (slot === 0 || at >= upTo) {
        const states = jointlyAt(keys, at);
        const fitting = states.filter(
          ([existing, ...values]) =>
            existing !== null && values.every((value, index) => wanted[index]?.fits(value) === true),
        );
        sure = fitting.length === 0 ? 0 : fitting.length === states.length ? 2 : 1;
        upTo = turns[lowerBound(turns, at + 1)] ?? Number.POSITIVE_INFINITY;
      }
      tell(slot, sure);
    }
  };

  const countOn = (
    selection: Selection,
    days: ArrayLike<Day>,
    sight: Sight,
  ): { certain: Int32Array; possible: Int32Array } => {
    const certain = new Int32Array(days.length);
    const attributes = Object.keys(selection);
    const direct = !isSet(EXISTS) && !attributes.some(isSet);
    const possibleOnly = new Int32Array(days.length);
    if (direct) {
      const codes = attributes.map((attribute) => valueCode(selection[attribute] as Scalar));
      if (!codes.includes(-1)) tallyFor(attributes)?.series(codes, days, sight, certain);
    }
    for (const subject of carefulOf(selection, direct)) {
      carefully(subject, selection, days, sight, (slot, sure) => {
        if (sure === 2) certain[slot] = (certain[slot] as number) + 1;
        else if (sure === 1) possibleOnly[slot] = (possibleOnly[slot] as number) + 1;
      });
    }
    return { certain, possible: possibleOnly.map((more, slot) => more + (certain[slot] as number)) };
  };

  return {
    append(entries) {
      for (const entry of entries) {
        if (entry.changes.length === 0) continue;
        const event: Late = { ...entry.event };
        if (retired.has(event.id)) toRetire.add(event.id);
        const changes = lastOfEachKey(entry.changes);
        lateEntries.push({ event, changes });
        lateChanges += changes.length;
        const versions = lateEvents.get(event.id);
        if (versions) versions.push(event);
        else lateEvents.set(event.id, [event]);
        for (const change of changes) {
          let attributes = late.get(change.subject);
          if (!attributes) {
            attributes = new Map();
            late.set(change.subject, attributes);
          }
          const list = attributes.get(change.attribute);
          if (list) list.push({ event, change });
          else attributes.set(change.attribute, [{ event, change }]);
          const code = subjectOf(change.subject);
          if (code >= 0) special[code] = LATE;
        }
      }
      specialSubjects = undefined;
      tallies.clear();
    },

    retire(eventId, recordedTo) {
      const days = retired.get(eventId) ?? [];
      if (!days.includes(recordedTo)) days.push(recordedTo);
      retired.set(eventId, days);
      toRetire.add(eventId);
    },

    values(subject, attribute, moment) {
      ready();
      return valuesAt(subject, attribute, moment.at, sightOf(moment));
    },

    existence(subject, moment) {
      ready();
      const block = blockOf.get(EXISTS);
      const code = block ? subjectOf(subject) : -1;
      if (
        block &&
        code >= 0 &&
        special[code] === 0 &&
        moment.recordedBy === undefined &&
        moment.publishedBy === undefined
      ) {
        lifetimes ??= lifetimesOf(block, columns.subjects);
        const until = lifetimes[2 * code + 1] as number;
        if (until !== BEGINNING)
          return (lifetimes[2 * code] as number) <= moment.at && moment.at < until ? 'certain' : 'no';
      }
      const sight = sightOf(moment);
      const slot = block && code >= 0 ? slotOf(block, code) : -1;
      if (block && slot >= 0 && isExact(block, code, slot)) {
        const from = block.offsets[slot] as number;
        const to = scalarEnd(block, from, block.offsets[slot + 1] as number);
        const row = currentRow(columns, block, from, to, moment.at, sight);
        return row < 0 || block.value[row] === NULL_CODE ? 'no' : 'certain';
      }
      return valuesAt(subject, EXISTS, moment.at, sight)[0]?.certainty ?? 'no';
    },

    existenceHeld(subject, moment) {
      ready();
      return valuesAt(subject, EXISTS, moment.at, sightOf(moment))[0];
    },

    members(subject, attribute, moment) {
      ready();
      return membersAt(subject, attribute, moment.at, sightOf(moment));
    },

    bearers(attribute, value, moment) {
      ready();
      return bearersAt(attribute, value, moment.at, sightOf(moment));
    },

    existing(moment) {
      ready();
      return existingAt(moment.at, sightOf(moment));
    },

    everBearers(attribute, value) {
      ready();
      const found = new Set(everLate(attribute, value));
      const ever = everCompiled(attribute, value);
      for (let place = ever?.from ?? 0; ever && place < ever.to; place++) {
        found.add(columns.texts.get(ever.reverse.subjects[place] as number));
      }
      return [...found].sort();
    },

    attributes(subject) {
      ready();
      const found = new Set(late.get(subject)?.keys());
      const code = subjectOf(subject);
      if (code >= 0) {
        for (const block of columns.blocks) {
          const slot = slotOf(block, code);
          if (slot >= 0 && (block.offsets[slot] as number) < (block.offsets[slot + 1] as number))
            found.add(block.attribute);
        }
      }
      return [...found].sort();
    },

    spells(subject, attribute, knowledge = {}) {
      ready();
      const sight = sightOf(knowledge);
      return keysOf(subject, attribute, sight)
        .flatMap((rows) => spellsOf(rows, publishedOf(sight)))
        .sort(
          (a, b) =>
            a.from.earliest - b.from.earliest ||
            a.from.latest - b.from.latest ||
            compareText(a.member ?? '', b.member ?? ''),
        );
    },

    turns(subject, attribute, knowledge = {}) {
      ready();
      return turningDays(keysOf(subject, attribute, sightOf(knowledge)).flat());
    },

    changeDays(knowledge = {}, filter) {
      ready();
      const sight = sightOf(knowledge);
      const days = new Set<Day>();
      for (const block of columns.blocks) {
        for (let slot = 0; slot + 1 < block.offsets.length; slot++) {
          const [from, to] = [block.offsets[slot] as number, block.offsets[slot + 1] as number];
          if (from === to) continue;
          const subject = block.listed ? (block.listed[slot] as number) : slot;
          if (filter && !filter(columns.texts.get(subject), block.attribute)) continue;
          for (let row = from; row < to; row++) {
            if (isVisible(columns, block, row, sight)) days.add(block.day[row] as number);
          }
        }
      }
      for (const [subject, attributes] of late) {
        for (const [attribute] of attributes) {
          if (filter && !filter(subject, attribute)) continue;
          for (const rows of keysOf(subject, attribute, sight)) for (const { earliest } of rows) days.add(earliest);
        }
      }
      return [...days].sort((a, b) => a - b);
    },

    canFit(subject, selection, moment) {
      ready();
      let can = false;
      carefully(subject, selection, [moment.at], sightOf(moment), (_, sure) => {
        can = sure > 0;
      });
      return can;
    },

    count(selection, moment) {
      ready();
      const { certain, possible } = countOn(selection, [moment.at], sightOf(moment));
      return { certain: certain[0] as number, possible: possible[0] as number };
    },

    series(selection, days, knowledge = {}) {
      ready();
      const inOrder = days.every((at, index) => index === 0 || at > (days[index - 1] as number));
      const ascending = inOrder ? days : [...new Set(days)].sort((a, b) => a - b);
      const { certain, possible } = countOn(selection, ascending, sightOf(knowledge));
      return days.map((at, index) => {
        const slot = inOrder ? index : lowerBound(ascending, at);
        return { at, certain: certain[slot] as number, possible: possible[slot] as number };
      });
    },

    crosstab(attributes, moment) {
      ready();
      const sight = sightOf(moment);
      const { at } = moment;
      const direct = !isSet(EXISTS) && !attributes.some(isSet);
      const plain = direct ? (tallyFor(attributes)?.crosstab(at, sight) ?? []) : [];
      const careful = direct ? specials() : everyone();
      if (careful.length === 0) {
        return plain.map(({ values, count }) => ({ values: [...values], certain: count, possible: count }));
      }
      const groups = new Map<string, { values: (Scalar | undefined)[]; certain: number; possible: number }>();
      const add = (values: (Scalar | undefined)[], certain: number, possible: number): void => {
        const key = JSON.stringify(values);
        const group = groups.get(key);
        if (group) {
          group.certain += certain;
          group.possible += possible;
        } else groups.set(key, { values, certain, possible });
      };
      for (const { values, count } of plain) add([...values], count, count);
      for (const subject of careful) {
        const exists = scalarRows(subject, EXISTS, sight);
        if (exists.length === 0) continue;
        const states = jointlyAt([exists, ...attributes.map((attribute) => scalarRows(subject, attribute, sight))], at);
        for (const [existing, ...values] of states) {
          if (existing !== null)
            add(
              values.map((value) => value ?? undefined),
              states.length === 1 ? 1 : 0,
              1,
            );
        }
      }
      return [...groups.values()].sort((a, b) => compareValues(a.values, b.values));
    },

    stats() {
      ready();
      const newSubjects = [...late.keys()].filter((subject) => subjectOf(subject) < 0).length;
      const attributes = new Set(columns.blocks.map(({ attribute }) => attribute));
      for (const changed of late.values()) for (const attribute of changed.keys()) attributes.add(attribute);
      let bytes = columnBytes(columns) + special.byteLength + isFuzzy.byteLength;
      for (const reverse of reverses.values()) for (const { byteLength } of Object.values(reverse)) bytes += byteLength;
      for (const tally of tallies.values()) bytes += tally.bytes();
      bytes += lifetimes?.byteLength ?? 0;
      if (firsts) for (const { byteLength } of Object.values(firsts)) bytes += byteLength;
      return {
        subjects: columns.subjects + newSubjects,
        attributes: attributes.size,
        changes: columns.rows + lateChanges,
        bytes,
      };
    },

    toBytes() {
      ready();
      if (lateChanges > 0) compact();
      return packColumns(columns, retired);
    },
  };
}

function publishedOf(sight: Sight): Day | undefined {
  return sight.publishedBy === FOREVER ? undefined : sight.publishedBy;
}

function bears(change: Change, value: string): boolean {
  return change.member === undefined ? change.value === value : change.member === value && change.value !== null;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareValues(a: readonly (Scalar | undefined)[], b: readonly (Scalar | undefined)[]): number {
  for (let index = 0; index < a.length; index++) {
    const order = compareScalars(a[index], b[index]);
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * First day and first day no longer of every exactly dated subject, side by side, as known now.
 * The second is `BEGINNING` for one that came back: its rows must be asked.
 */
function lifetimesOf(block: Block, subjects: number): Int32Array {
  const lifetimes = new Int32Array(2 * subjects).fill(FOREVER);
  for (let slot = 0; slot + 1 < block.offsets.length; slot++) {
    const subject = block.listed ? (block.listed[slot] as number) : slot;
    let [from, until] = [FOREVER, FOREVER];
    for (let row = block.offsets[slot] as number; row < (block.offsets[slot + 1] as number); row++) {
      if ((block.recordedTo[row] as number) <= block.lastKnown) continue;
      const begins = block.value[row] !== NULL_CODE;
      const day = block.day[row] as number;
      if (begins && from === FOREVER) from = day;
      else if (begins && until !== FOREVER) until = BEGINNING;
      else if (!begins && from !== FOREVER && until === FOREVER) until = day;
    }
    lifetimes[2 * subject] = from;
    lifetimes[2 * subject + 1] = block.member ? BEGINNING : until;
  }
  return lifetimes;
}

function buildReverse(block: Block, columns: Columns): Reverse {
  const texts = columns.texts.length;
  const textOf = (row: number): number => {
    const member = block.member ? (block.member[row] as number) : 0;
    const value = block.value[row] as number;
    return member === 0 ? textOfValueCode(value) : value === NULL_CODE ? -1 : member - 1;
  };
  const indexOf = new Int32Array(texts);
  for (let row = 0; row < block.value.length; row++) {
    const text = textOf(row);
    if (text >= 0) indexOf[text] = 1;
  }
  const found: number[] = [];
  for (let text = 0; text < texts; text++) if (indexOf[text] === 1) indexOf[text] = found.push(text) - 1;
  const keys = Uint32Array.from(found);
  const lastSeen = new Int32Array(keys.length);
  const slots = block.offsets.length - 1;
  const each = (tell: (index: number, subject: number) => void): void => {
    lastSeen.fill(-1);
    for (let slot = 0; slot < slots; slot++) {
      const subject = block.listed ? (block.listed[slot] as number) : slot;
      for (let row = block.offsets[slot] as number; row < (block.offsets[slot + 1] as number); row++) {
        const text = textOf(row);
        const index = text < 0 ? -1 : (indexOf[text] as number);
        if (index < 0 || lastSeen[index] === subject) continue;
        lastSeen[index] = subject;
        tell(index, subject);
      }
    }
  };
  const offsets = new Uint32Array(keys.length + 1);
  each((index) => {
    offsets[index + 1] = (offsets[index + 1] as number) + 1;
  });
  for (let index = 0; index < keys.length; index++) {
    offsets[index + 1] = (offsets[index + 1] as number) + (offsets[index] as number);
  }
  const next = offsets.slice();
  const total = offsets[keys.length] as number;
  const subjects = new Uint32Array(total);
  each((index, subject) => {
    const place = next[index] as number;
    next[index] = place + 1;
    subjects[place] = subject;
  });
  const reverse: Reverse = {
    keys,
    offsets,
    subjects,
    from: new Int32Array(total).fill(BEGINNING),
    until: new Int32Array(total).fill(FOREVER),
    beginning: new Uint32Array(block.member ? 0 : total),
    ending: new Uint32Array(block.member ? 0 : total),
  };
  if (!block.member) boundReverse(block, columns, reverse, indexOf);
  return reverse;
}

/** Narrows, for exactly dated subjects of an attribute that is no set, the days between which each value can be found. */
function boundReverse(block: Block, columns: Columns, reverse: Reverse, indexOf: Int32Array): void {
  const { offsets, subjects, from, until, beginning, ending } = reverse;
  const next = offsets.slice();
  for (let slot = 0; slot + 1 < block.offsets.length; slot++) {
    const subject = block.listed ? (block.listed[slot] as number) : slot;
    const [first, end] = [block.offsets[slot] as number, block.offsets[slot + 1] as number];
    if (columns.fuzzySubject[subject] === 1) continue;
    let lastValue = -1;
    let last = -1;
    for (let row = first; row < end; row++) {
      const value = block.value[row] as number;
      const text = textOfValueCode(value);
      let place = -1;
      if (text >= 0) {
        const index = indexOf[text] as number;
        // Subjects come in the same ascending order as when the index was filled, those passed over among them.
        place = next[index] as number;
        while (subjects[place] !== subject) place++;
        next[index] = place;
        if (from[place] === BEGINNING) {
          from[place] = FOREVER;
          until[place] = BEGINNING;
        }
      }
      if ((block.recordedTo[row] as number) <= block.lastKnown || value === lastValue) continue;
      if (last >= 0) {
        until[last] = block.day[row] as number;
        ending[last] = row + 1;
      }
      lastValue = value;
      last = place;
      if (place < 0) continue;
      const again = from[place] !== FOREVER;
      if (!again) from[place] = block.day[row] as number;
      beginning[place] = again ? 0 : row + 1;
    }
    if (last >= 0) {
      until[last] = FOREVER;
      ending[last] = 0;
    }
  }
}

import type { Day } from '../time/day.ts';
import {
  type Block,
  type Columns,
  encodeScalar,
  latestOf,
  lowerBound,
  narrowDays,
  narrowEnds,
  recodeScalar,
  recordedToOf,
} from './columns.ts';
import { textsOf } from './texts.ts';
import type { Change, Entry } from './types.ts';

/** Numbers being gathered: typed arrays that double when full. */
interface Growing<Numbers extends Int32Array | Uint32Array> {
  items: Numbers;
  length: number;
}

function push<Numbers extends Int32Array | Uint32Array>(list: Growing<Numbers>, item: number): void {
  if (list.length === list.items.length) {
    const Kind = list.items.constructor as new (length: number) => Numbers;
    const larger = new Kind(list.length * 2);
    larger.set(list.items);
    list.items = larger;
  }
  list.items[list.length++] = item;
}

const signed = (): Growing<Int32Array> => ({ items: new Int32Array(64), length: 0 });
const unsigned = (): Growing<Uint32Array> => ({ items: new Uint32Array(64), length: 0 });

interface Codes<Item> {
  readonly list: Item[];
  code(item: Item): number;
}

function codes<Item>(): Codes<Item> {
  const list: Item[] = [];
  const known = new Map<Item, number>();
  return {
    list,
    code(item) {
      const found = known.get(item);
      if (found !== undefined) return found;
      known.set(item, list.length);
      list.push(item);
      return list.length - 1;
    },
  };
}

/** Entries being gathered, in any order, before they are compiled. */
export interface Draft {
  add(entry: Entry): void;
  addColumns(columns: Columns): void;
  compile(): Columns;
}

/** A change for each key: the last one an event makes. */
export function lastOfEachKey(changes: readonly Change[]): readonly Change[] {
  const same = (a: Change, b: Change): boolean =>
    a.subject === b.subject && a.attribute === b.attribute && a.member === b.member;
  if (changes.length <= 16) {
    const repeated = changes.some((change, index) =>
      changes.some((other, place) => place > index && same(change, other)),
    );
    if (!repeated) return changes;
  }
  const last = new Map<string, Change>();
  for (const change of changes) {
    const key = JSON.stringify([change.subject, change.attribute, change.member]);
    last.delete(key);
    last.set(key, change);
  }
  return [...last.values()];
}

/** An empty draft. */
export function startDraft(): Draft {
  const texts = codes<string>();
  const numbers = codes<number>();
  const attributes = codes<string>();
  const event = {
    earliest: signed(),
    latest: signed(),
    publicFrom: signed(),
    recordedFrom: signed(),
    recordedTo: signed(),
    firstRow: unsigned(),
  };
  const ids: string[] = [];
  const orders: string[] = [];
  const row = { subject: unsigned(), attribute: unsigned(), member: unsigned(), value: unsigned() };

  const addEvent = (
    id: string,
    order: string,
    earliest: Day,
    latest: Day,
    publicFrom: Day,
    recordedFrom: Day,
    recordedTo: Day,
  ): void => {
    ids.push(id);
    orders.push(order);
    push(event.earliest, earliest);
    push(event.latest, latest);
    push(event.publicFrom, publicFrom);
    push(event.recordedFrom, recordedFrom);
    push(event.recordedTo, recordedTo);
    push(event.firstRow, row.subject.length);
  };

  return {
    add({ event: timed, changes }) {
      if (changes.length === 0) return;
      const { earliest, latest, publicFrom, recordedFrom, recordedTo } = timed;
      addEvent(timed.id, timed.order, earliest, Math.max(earliest, latest), publicFrom, recordedFrom, recordedTo);
      for (const change of changes.length === 1 ? changes : lastOfEachKey(changes)) {
        push(row.subject, texts.code(change.subject));
        push(row.attribute, attributes.code(change.attribute));
        push(row.member, change.member === undefined ? 0 : texts.code(change.member) + 1);
        push(row.value, encodeScalar(change.value, texts.code, numbers.code));
      }
    },

    addColumns(columns) {
      const events = columns.publicFrom.length;
      const counts = new Uint32Array(events + 1);
      for (const block of columns.blocks) for (const at of block.event) counts[at + 1] = (counts[at + 1] as number) + 1;
      for (let at = 0; at < events; at++) counts[at + 1] = (counts[at + 1] as number) + (counts[at] as number);
      const next = counts.slice();
      const total = columns.rows;
      const [subjectOf, attributeOf, memberOf] = [
        new Uint32Array(total),
        new Uint32Array(total),
        new Uint32Array(total),
      ];
      const valueAt = new Uint32Array(total);
      const [earliest, from, to] = [new Int32Array(events), new Int32Array(events), new Int32Array(events)];
      const textCodes = new Uint32Array(columns.texts.length);
      for (let code = 0; code < textCodes.length; code++) textCodes[code] = texts.code(columns.texts.get(code));
      const numberCodes = Array.from(columns.numbers, (value) => numbers.code(value));
      for (const block of columns.blocks) {
        const attribute = attributes.code(block.attribute);
        for (let slot = 0; slot + 1 < block.offsets.length; slot++) {
          const subject = textCodes[block.listed ? (block.listed[slot] as number) : slot] as number;
          for (let r = block.offsets[slot] as number; r < (block.offsets[slot + 1] as number); r++) {
            const at = block.event[r] as number;
            const place = next[at] as number;
            next[at] = place + 1;
            subjectOf[place] = subject;
            attributeOf[place] = attribute;
            const member = block.member ? (block.member[r] as number) : 0;
            memberOf[place] = member === 0 ? 0 : (textCodes[member - 1] as number) + 1;
            const value = block.value[r] as number;
            valueAt[place] =
              value >= 4 && value % 2 === 0
                ? 4 + 2 * (numberCodes[(value - 4) / 2] as number)
                : recodeScalar(value, textCodes);
            earliest[at] = block.day[r] as number;
            from[at] = block.recordedFrom[r] as number;
            to[at] = recordedToOf(block, r);
          }
        }
      }
      for (let at = 0; at < events; at++) {
        const day = earliest[at] as number;
        const latest = latestOf(columns, at, day);
        const known = columns.publicFrom[at] as number;
        addEvent(columns.ids.get(at), columns.orders.get(at), day, latest, known, from[at] as number, to[at] as number);
        for (let place = counts[at] as number; place < (counts[at + 1] as number); place++) {
          push(row.subject, subjectOf[place] as number);
          push(row.attribute, attributeOf[place] as number);
          push(row.member, memberOf[place] as number);
          push(row.value, valueAt[place] as number);
        }
      }
    },

    compile() {
      const events = ids.length;
      const rows = row.subject.length;
      const { items: earliest } = event.earliest;
      const { items: latest } = event.latest;
      const { items: firstRow } = event.firstRow;

      const byOrder = sortedEvents(ids, orders, [
        event.recordedFrom,
        event.recordedTo,
        event.publicFrom,
        event.earliest,
        event.latest,
      ]);
      const rank = new Uint32Array(events);
      for (let place = 0; place < events; place++) rank[byOrder[place] as number] = place;
      const sequence = byDay(byOrder, earliest);

      const { newCode, sorted, subjects } = sortTexts(texts.list, row.subject);

      // Rows in the order of their days, attribute by attribute; a stable sort by subject then keeps that order within each key.
      const sizes = new Uint32Array(attributes.list.length);
      for (let r = 0; r < rows; r++)
        sizes[row.attribute.items[r] as number] = (sizes[row.attribute.items[r] as number] as number) + 1;
      const rowsOf = Array.from(sizes, (size) => new Uint32Array(size));
      const eventOf = new Uint32Array(rows);
      const filled = new Uint32Array(sizes.length);
      for (const at of sequence) {
        const end = at + 1 < events ? (firstRow[at + 1] as number) : rows;
        for (let r = firstRow[at] as number; r < end; r++) {
          const attribute = row.attribute.items[r] as number;
          const place = filled[attribute] as number;
          (rowsOf[attribute] as Uint32Array)[place] = r;
          filled[attribute] = place + 1;
          eventOf[r] = at;
        }
      }

      const fuzzySubject = new Uint8Array(subjects);
      const blocks = attributes.list.map((attribute, index): Block => {
        let chosen = rowsOf[index] as Uint32Array;
        let isSet = false;
        for (const r of chosen) if ((row.member.items[r] as number) !== 0) isSet = true;
        const memberCode = (r: number): number => {
          const member = row.member.items[r] as number;
          return member === 0 ? 0 : (newCode[member - 1] as number) + 1;
        };
        if (isSet) chosen = stableSort(chosen, memberCode, sorted.length + 1).rows;
        const subjectCode = (r: number): number => newCode[row.subject.items[r] as number] as number;
        const { rows: final, starts } = stableSort(chosen, subjectCode, subjects);
        const count = final.length;
        const [day, recordedFrom, recordedTo] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
        const [value, eventAt] = [new Uint32Array(count), new Uint32Array(count)];
        const member = isSet ? new Uint32Array(count) : undefined;
        for (let place = 0; place < count; place++) {
          const r = final[place] as number;
          const at = eventOf[r] as number;
          day[place] = earliest[at] as number;
          value[place] = recodeScalar(row.value.items[r] as number, newCode);
          eventAt[place] = rank[at] as number;
          recordedFrom[place] = event.recordedFrom.items[at] as number;
          recordedTo[place] = event.recordedTo.items[at] as number;
          if (member) member[place] = memberCode(r);
          if (latest[at] !== earliest[at]) fuzzySubject[subjectCode(r)] = 1;
        }
        return {
          attribute,
          ...offsetsOf(starts),
          day: narrowDays(day),
          value,
          event: eventAt,
          recordedFrom: narrowDays(recordedFrom),
          ...narrowEnds(recordedTo),
          member,
        };
      });
      blocks.sort((a, b) => (a.attribute < b.attribute ? -1 : 1));

      const publicFrom = new Int32Array(events);
      const fuzzy: number[] = [];
      for (let place = 0; place < events; place++) {
        const at = byOrder[place] as number;
        publicFrom[place] = event.publicFrom.items[at] as number;
        if (latest[at] !== earliest[at]) fuzzy.push(place);
      }
      return {
        texts: textsOf(sorted),
        subjects,
        numbers: Float64Array.from(numbers.list),
        ids: textsOf(Array.from(byOrder, (at) => ids[at] as string)),
        orders: textsOf(Array.from(byOrder, (at) => orders[at] as string)),
        publicFrom: narrowDays(publicFrom),
        fuzzyEvent: Uint32Array.from(fuzzy),
        fuzzyLatest: Int32Array.from(fuzzy, (place) => latest[byOrder[place] as number] as number),
        fuzzySubject,
        blocks,
        rows,
      };
    },
  };
}

/** Event numbers by (order, id); the same event in several wordings by its days, so that import order never shows. */
function sortedEvents(
  ids: readonly string[],
  orders: readonly string[],
  ties: readonly Growing<Int32Array>[],
): Uint32Array {
  const compare = (a: number, b: number): number => {
    const [orderA, orderB] = [orders[a] as string, orders[b] as string];
    if (orderA !== orderB) return orderA < orderB ? -1 : 1;
    const [idA, idB] = [ids[a] as string, ids[b] as string];
    if (idA !== idB) return idA < idB ? -1 : 1;
    for (const { items } of ties) if (items[a] !== items[b]) return (items[a] as number) - (items[b] as number);
    return 0;
  };
  const sorted = new Uint32Array(ids.length);
  let inOrder = true;
  for (let at = 0; at < sorted.length; at++) {
    sorted[at] = at;
    if (at > 0 && inOrder && compare(at - 1, at) > 0) inOrder = false;
  }
  return inOrder ? sorted : sorted.sort(compare);
}

function byDay(events: Uint32Array, earliest: Int32Array): Uint32Array {
  const days = Int32Array.from(new Set(earliest.subarray(0, events.length))).sort();
  return stableSort(events, (at) => lowerBound(days, earliest[at] as number), days.length).rows;
}

function stableSort(
  rows: Uint32Array,
  key: (row: number) => number,
  keys: number,
): { rows: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(keys + 1);
  for (const r of rows) {
    const slot = key(r) + 1;
    starts[slot] = (starts[slot] as number) + 1;
  }
  for (let slot = 0; slot < keys; slot++) starts[slot + 1] = (starts[slot + 1] as number) + (starts[slot] as number);
  const next = starts.slice();
  const sorted = new Uint32Array(rows.length);
  for (const r of rows) {
    const slot = key(r);
    const place = next[slot] as number;
    next[slot] = place + 1;
    sorted[place] = r;
  }
  return { rows: sorted, starts };
}

function offsetsOf(starts: Uint32Array): Pick<Block, 'listed' | 'offsets'> {
  const subjects = starts.length - 1;
  let present = 0;
  for (let subject = 0; subject < subjects; subject++) if (starts[subject] !== starts[subject + 1]) present++;
  if (present * 2 >= subjects) return { listed: undefined, offsets: starts };
  const listed = new Uint32Array(present);
  const offsets = new Uint32Array(present + 1);
  let slot = 0;
  for (let subject = 0; subject < subjects; subject++) {
    if (starts[subject] === starts[subject + 1]) continue;
    listed[slot] = subject;
    offsets[slot + 1] = starts[subject + 1] as number;
    slot++;
  }
  return { listed, offsets };
}

function sortTexts(
  list: readonly string[],
  subjectRows: Growing<Uint32Array>,
): { newCode: Uint32Array; sorted: string[]; subjects: number } {
  const isSubject = new Uint8Array(list.length);
  for (let r = 0; r < subjectRows.length; r++) isSubject[subjectRows.items[r] as number] = 1;
  const subjects = list.filter((_, code) => isSubject[code] === 1).sort();
  const sorted = subjects.concat(list.filter((_, code) => isSubject[code] === 0).sort());
  const place = new Map(sorted.map((text, code) => [text, code]));
  const newCode = Uint32Array.from(list, (text) => place.get(text) as number);
  return { newCode, sorted, subjects: subjects.length };
}

import type { Day } from '../time/day.ts';
import { type Block, type Columns, type Days, lastKnownOf } from './columns.ts';
import { type PackedTexts, packedTexts, type Texts } from './texts.ts';

/** Thrown when bytes are not a timeline written by this version on a machine of this byte order. */
export class TimelineBytesError extends Error {
  override readonly name = 'TimelineBytesError';
}

// Read as four numbers, so that a file from a machine of the other byte order does not pass.
const MAGIC = Uint32Array.of(0x4f_4f_54_53, 0x4c_49_54_44, 2, 0);
const ALIGNMENT = 8;

const KINDS = { Uint8Array, Uint32Array, Int16Array, Int32Array, Float64Array } as const;
type Kind = keyof typeof KINDS;
type Numbers = Uint8Array | Uint32Array | Int16Array | Int32Array | Float64Array;
/** Kind, byte offset from the end of the header, length in items. */
type Section = readonly [Kind, number, number];

interface TextsHeader {
  readonly length: number;
  readonly offsets: Section;
  readonly blobs: readonly Section[];
}

interface BlockHeader {
  readonly attribute: string;
  readonly listed: Section | null;
  readonly offsets: Section;
  readonly day: Section;
  readonly value: Section;
  readonly event: Section;
  readonly recordedFrom: Section;
  readonly recordedTo: Section;
  readonly member: Section | null;
}

interface Header {
  readonly subjects: number;
  readonly rows: number;
  readonly texts: TextsHeader;
  readonly ids: TextsHeader;
  readonly orders: TextsHeader;
  readonly numbers: Section;
  readonly publicFrom: Section;
  readonly fuzzyEvent: Section;
  readonly fuzzyLatest: Section;
  readonly fuzzySubject: Section;
  readonly blocks: readonly BlockHeader[];
  readonly retired: readonly (readonly [string, Day[]])[];
  readonly bytes: number;
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

/** A timeline's columns as one run of bytes: magic, header length, JSON header, then every column on an 8-byte boundary. */
export function packColumns(columns: Columns, retired: ReadonlyMap<string, Day[]>): Uint8Array {
  const sections: { offset: number; items: Numbers }[] = [];
  let length = 0;
  const put = (kind: Kind, items: Numbers): Section => {
    const section: Section = [kind, length, items.length];
    sections.push({ offset: length, items });
    length = aligned(length + items.byteLength);
    return section;
  };
  const putDays = (days: Days): Section => put(days instanceof Int16Array ? 'Int16Array' : 'Int32Array', days);
  const putTexts = (texts: Texts): TextsHeader => {
    const { offsets, blobs }: PackedTexts = texts.pack();
    return {
      length: texts.length,
      offsets: put('Uint32Array', offsets),
      blobs: blobs.map((blob) => put('Uint8Array', blob)),
    };
  };
  const described = {
    subjects: columns.subjects,
    rows: columns.rows,
    texts: putTexts(columns.texts),
    ids: putTexts(columns.ids),
    orders: putTexts(columns.orders),
    numbers: put('Float64Array', columns.numbers),
    publicFrom: putDays(columns.publicFrom),
    fuzzyEvent: put('Uint32Array', columns.fuzzyEvent),
    fuzzyLatest: put('Int32Array', columns.fuzzyLatest),
    fuzzySubject: put('Uint8Array', columns.fuzzySubject),
    blocks: columns.blocks.map((block) => ({
      attribute: block.attribute,
      listed: block.listed ? put('Uint32Array', block.listed) : null,
      offsets: put('Uint32Array', block.offsets),
      day: putDays(block.day),
      value: put('Uint32Array', block.value),
      event: put('Uint32Array', block.event),
      recordedFrom: putDays(block.recordedFrom),
      recordedTo: putDays(block.recordedTo),
      member: block.member ? put('Uint32Array', block.member) : null,
    })),
    retired: [...retired],
  };
  const header: Header = { ...described, bytes: length };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = aligned(MAGIC.byteLength + ALIGNMENT + text.length);
  const bytes = new Uint8Array(start + length);
  bytes.set(new Uint8Array(MAGIC.buffer), 0);
  bytes.set(new Uint8Array(Uint32Array.of(text.length).buffer), MAGIC.byteLength);
  bytes.set(text, MAGIC.byteLength + ALIGNMENT);
  for (const { offset, items } of sections) {
    bytes.set(new Uint8Array(items.buffer, items.byteOffset, items.byteLength), start + offset);
  }
  return bytes;
}

/** The columns as views over the bytes: nothing is copied unless the bytes lie on an odd boundary. */
export function unpackColumns(given: Uint8Array): { columns: Columns; retired: Map<string, Day[]> } {
  const bytes = given.byteOffset % ALIGNMENT === 0 ? given : given.slice();
  const { header, start } = readHeader(bytes);
  const view = ([kind, offset, length]: Section): Numbers =>
    new KINDS[kind](bytes.buffer as ArrayBuffer, bytes.byteOffset + start + offset, length);
  const unsigned = (section: Section): Uint32Array => view(section) as Uint32Array;
  const days = (section: Section): Days => view(section) as Days;
  const small = (section: Section): Uint8Array => view(section) as Uint8Array;
  const texts = ({ length, offsets, blobs }: TextsHeader): Texts =>
    packedTexts(length, { offsets: unsigned(offsets), blobs: blobs.map(small) });
  const blocks = header.blocks.map((block): Block => {
    const recordedTo = days(block.recordedTo);
    return {
      attribute: block.attribute,
      listed: block.listed ? unsigned(block.listed) : undefined,
      offsets: unsigned(block.offsets),
      day: days(block.day),
      value: unsigned(block.value),
      event: unsigned(block.event),
      recordedFrom: days(block.recordedFrom),
      recordedTo,
      lastKnown: lastKnownOf(recordedTo),
      member: block.member ? unsigned(block.member) : undefined,
    };
  });
  return {
    columns: {
      texts: texts(header.texts),
      subjects: header.subjects,
      numbers: view(header.numbers) as Float64Array,
      ids: texts(header.ids),
      orders: texts(header.orders),
      publicFrom: days(header.publicFrom),
      fuzzyEvent: unsigned(header.fuzzyEvent),
      fuzzyLatest: view(header.fuzzyLatest) as Int32Array,
      fuzzySubject: small(header.fuzzySubject),
      blocks,
      rows: header.rows,
    },
    retired: new Map(header.retired),
  };
}

function readHeader(bytes: Uint8Array): { header: Header; start: number } {
  const fixed = MAGIC.byteLength + ALIGNMENT;
  if (bytes.length < fixed) throw new TimelineBytesError('These bytes are too few to be a timeline.');
  const numbers = new Uint32Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, fixed / 4);
  for (let index = 0; index < MAGIC.length; index++) {
    if (numbers[index] !== MAGIC[index]) {
      throw new TimelineBytesError(
        'These bytes are not a timeline, or were written by another version or kind of machine.',
      );
    }
  }
  const length = numbers[MAGIC.length] as number;
  const start = aligned(fixed + length);
  if (start > bytes.length) throw new TimelineBytesError('This timeline is cut short.');
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(fixed, fixed + length))) as Header;
  } catch {
    throw new TimelineBytesError('The head of this timeline is damaged.');
  }
  if (start + header.bytes !== bytes.length)
    throw new TimelineBytesError('This timeline is cut short or has bytes to spare.');
  return { header, start };
}

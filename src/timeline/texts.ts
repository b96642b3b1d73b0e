/** An immutable list of strings, however it is kept. */
export interface Texts {
  readonly length: number;
  get(index: number): string;
  /** Puts the list into bytes: the offsets (in UTF-16 units, within each chunk) and one UTF-8 blob a chunk. */
  pack(): PackedTexts;
}

/** A list of strings as it lies in a file. */
export interface PackedTexts {
  readonly offsets: Uint32Array;
  readonly blobs: readonly Uint8Array[];
}

// One blob must stay well below the longest string the platform can hold.
const CHUNK_BITS = 16;
const CHUNK = 1 << CHUNK_BITS;

/** Strings already in memory. */
export function textsOf(strings: readonly string[]): Texts {
  return { length: strings.length, get: (index) => strings[index] as string, pack: () => packTexts(strings) };
}

function packTexts(strings: readonly string[]): PackedTexts {
  const encoder = new TextEncoder();
  const chunks = Math.ceil(strings.length / CHUNK);
  const offsets = new Uint32Array(strings.length + chunks);
  const blobs: Uint8Array[] = [];
  let slot = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const part = strings.slice(chunk * CHUNK, (chunk + 1) * CHUNK);
    let offset = 0;
    for (const text of part) {
      offsets[slot++] = offset;
      offset += text.length;
    }
    offsets[slot++] = offset;
    blobs.push(encoder.encode(part.join('')));
  }
  return { offsets, blobs };
}

/** Strings in a file: a chunk is decoded when something in it is first asked for. */
export function packedTexts(length: number, packed: PackedTexts): Texts {
  const { offsets, blobs } = packed;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const decoded: (string | undefined)[] = [];
  return {
    length,
    get(index) {
      const chunk = index >>> CHUNK_BITS;
      let text = decoded[chunk];
      if (text === undefined) {
        text = decoder.decode(blobs[chunk]);
        decoded[chunk] = text;
      }
      return text.slice(offsets[index + chunk] as number, offsets[index + chunk + 1] as number);
    },
    pack: () => packed,
  };
}

/** Where a text stands in the sorted stretch `[from, to)` of a list, or -1. */
export function findText(texts: Texts, text: string, from: number, to: number): number {
  let low = from;
  let high = to - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = texts.get(middle);
    if (found === text) return middle;
    if (found < text) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

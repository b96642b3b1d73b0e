/** Characters of a code that fit a number exactly: 37 to the tenth is less than 2 to the 53rd. */
const LONGEST = 10;

/** A set of register codes in eight bytes or so each, so that a file of any length can be checked for repeats. */
export function codeSet(): { readonly add: (code: string) => boolean } {
  let slots = new Float64Array(1 << 12);
  let size = 0;
  const long = new Set<string>();
  const insert = (table: Float64Array, value: number): boolean => {
    for (let at = (value % 2_147_483_647) & (table.length - 1); ; at = (at + 1) & (table.length - 1)) {
      if (table[at] === value) return false;
      if (table[at] === 0) {
        table[at] = value;
        return true;
      }
    }
  };
  return {
    /** True when the code was not there before. */
    add: (code) => {
      if (code.length > LONGEST) return long.size < long.add(code).size;
      if (size * 2 > slots.length) {
        const larger = new Float64Array(slots.length * 2);
        for (const value of slots) if (value !== 0) insert(larger, value);
        slots = larger;
      }
      const isNew = insert(slots, numberOf(code));
      if (isNew) size++;
      return isNew;
    },
  };
}

/** A code of capitals and digits as a number, never 0. */
function numberOf(code: string): number {
  let value = 0;
  for (let i = 0; i < code.length; i++) {
    const character = code.charCodeAt(i);
    value = value * 37 + (character < 65 ? character - 47 : character - 54);
  }
  return value;
}

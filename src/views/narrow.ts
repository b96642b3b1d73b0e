/** A text as names and codes are searched for it. */
export function searched(text: string): string {
  return text.trim().toLocaleLowerCase('en-GB');
}

/** Whether any of these (a body's id, its name, its codes) has in it what was searched for, as `searched` gives it. */
export function hasInIt(texts: readonly string[], wanted: string): boolean {
  return texts.some((text) => text.toLocaleLowerCase('en-GB').includes(wanted));
}

/** What is counted where a list is narrowed: `clinical commissioning group(s) on 1 April 2013`, of how many in all. */
export interface Narrowing {
  readonly one: string;
  readonly many: string;
  readonly on: string;
  /** Told when only some are shown by name: undefined where that goes without saying. */
  readonly of: number | undefined;
}

/** How many were found, as a sentence: `3 bodies of 492 with “Devon” in name or code on 1 April 2013.` */
export function foundInWords(found: number, name: string, { one, many, on, of }: Narrowing): string {
  const named = name.trim() === '' ? '' : ` with “${name.trim()}” in name or code`;
  const out = named === '' || of === undefined ? '' : ` of ${of.toLocaleString('en-GB')}`;
  return `${found.toLocaleString('en-GB')} ${found === 1 ? one : many}${out}${named} ${on}.`;
}

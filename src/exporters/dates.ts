import { isoDay } from '../time/day.ts';
import { parseEdtf } from '../time/edtf.ts';
import { fuzzyInWords } from '../time/words.ts';

/** The first and the last day that a date in EDTF can mean, in ISO; undefined for a text that is no date. */
export function boundsOf(edtf: string): { readonly earliest: string; readonly latest: string } | undefined {
  const read = parseEdtf(edtf);
  return read.ok ? { earliest: isoDay(read.date.earliest), latest: isoDay(read.date.latest) } : undefined;
}

/** A date in EDTF as people write it: `1 April 2013`, `some day between May and June 2018`. */
export function inWords(edtf: string): string {
  const read = parseEdtf(edtf);
  return read.ok ? fuzzyInWords(read.date) : edtf;
}

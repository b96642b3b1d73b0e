import { z } from 'zod';
import { KIND_NAMES } from './kinds.ts';

/** Shape of the id of a thing: `icb/devon`, `act/2022-31`. */
const ID_PATTERN = /^[a-z][a-z0-9-]*\/[a-z0-9][a-z0-9.-]*$/;

/** Id of anything the record speaks of, readable and permanent. */
export const thing = z
  .string()
  .regex(ID_PATTERN, 'an id looks like icb/devon: a family, a slash, and lower-case words joined by hyphens');

function withPrefix(what: string, ...prefixes: string[]) {
  return thing.regex(
    new RegExp(`^(${prefixes.join('|')})/`),
    `${what} has an id that begins with ${prefixes.map((p) => `${p}/`).join(' or ')}`,
  );
}

export const organisation = withPrefix(
  'an organisation',
  'body',
  'ha',
  'sha',
  'pct',
  'ccg',
  'icb',
  'sicbl',
  'icp',
  'system',
  'region',
  'area-team',
  'office',
  'trust',
  'council',
  'programme',
);
export const status = withPrefix('a status', 'status');
export const designation = withPrefix('a designation', 'designation');
export const legislation = withPrefix('legislation', 'act', 'si', 'bill');
export const plan = withPrefix('a plan', 'plan');
export const policy = withPrefix('a policy', 'policy');
export const consultation = withPrefix('a consultation', 'consultation');
export const challenge = withPrefix('a legal challenge', 'challenge');
export const requirement = withPrefix('a requirement', 'requirement');
export const nhsFunction = withPrefix('a function', 'function');
export const evaluation = withPrefix('an evaluation', 'evaluation');
/** A thing, or every body of a kind: `kind/integrated-care-board`. */
export const thingOrKind = thing;

export const kindName = z.enum(KIND_NAMES);
export const text = z.string().trim().min(1).max(2000);
export const title = z.string().trim().min(1).max(300);
/** A name as the source gives it, or `unknown` when the source gives none: never an invented one. */
export const name = title;

/** One id or a list of at least one. */
export function oneOrMany<T extends z.ZodType>(item: T) {
  return z.union([item, z.array(item).min(1)]);
}

const code = z.string().trim().min(1).max(20);
/** Codes by system; `null` takes a code away. */
export const codes = z.strictObject({
  ods: code.nullable().optional().describe('Organisation Data Service code: QJK'),
  gss: code.nullable().optional().describe('ONS nine-character code: E54000037'),
});

/** A date in EDTF, as a string: read by the time room, checked when the record is loaded. */
export const edtf = z.string().min(4).max(60).describe('EDTF: 2017-06-15, 2017-06, 2018, [2017-09..2019-06], 2004-06~');

export const share = z.number().min(0).max(1);
export { z };

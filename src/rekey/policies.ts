import type { CorrespondenceRow } from '../machine/answers.ts';

/** A target of a body, with the share of the body that went there where it is known. */
export interface Part {
  readonly row: CorrespondenceRow;
  /** In millionths; undefined is unknown. */
  readonly share: number | undefined;
  /** What it is a share of: population, postcodes, area. */
  readonly of: string | undefined;
  /** Where the share comes from when no source gives it: the rest, or the person who asked. */
  readonly note: string | undefined;
}

/** What becomes of the rows of a divided body: taken to these targets, with numbers split among them or not; or refused, and why. */
export type Decision = { readonly take: readonly Part[]; readonly split: boolean } | { readonly refuse: string };

/** A way to treat a body with several targets; nobody gets one that was not asked for. */
export interface Policy {
  readonly name: string;
  readonly summary: string;
  /** True when it makes no sense without columns of numbers. */
  readonly needsNumbers?: boolean;
  /** Called with two parts or more, and which measure shares must be of. */
  decide(parts: readonly Part[], measure: string): Decision;
}

const WHOLE = 1_000_000;
/** How far each share may be from the truth because it was rounded to four decimals. */
const ROUNDING = 100;

/** Why shares cannot be used; undefined when all are known, of the measure asked for, and add up. */
function fault(parts: readonly Part[], measure: string): string | undefined {
  const unknown = parts.filter(({ share }) => share === undefined);
  if (unknown.length > 0)
    return `the share of ${unknown.map(({ row }) => row.to?.name ?? '').join(' and of ')} is not known`;
  const other = parts.find(({ of }) => of !== undefined && of !== measure);
  if (other) return `its shares are of ${other.of}, not of ${measure}: ask with --share-of ${other.of}`;
  const sum = parts.reduce((total, { share }) => total + (share ?? 0), 0);
  if (Math.abs(sum - WHOLE) > parts.length * ROUNDING) return `its shares add up to ${sum / WHOLE}, not to 1`;
  return undefined;
}

const report: Policy = {
  name: 'report',
  summary: 'a divided body is reported as an exception, not guessed (the default)',
  decide: (parts) => ({ refuse: `divided between ${parts.map(({ row }) => row.to?.name ?? '').join('; ')}` }),
};

const largest: Policy = {
  name: 'largest',
  summary: 'the whole row goes to the target with the largest share; an exception where shares are not known',
  decide: (parts, measure) => {
    const refuse = fault(parts, measure);
    if (refuse !== undefined) return { refuse };
    const [first, second] = [...parts].sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
    if (!first || first.share === second?.share) return { refuse: 'two targets have the same share' };
    return { take: [first], split: false };
  },
};

const share: Policy = {
  name: 'share',
  needsNumbers: true,
  summary: 'numbers are split by share, and add up to what they were; an exception where shares are not known',
  decide: (parts, measure) => {
    const refuse = fault(parts, measure);
    return refuse === undefined ? { take: parts, split: true } : { refuse };
  },
};

const all: Policy = {
  name: 'all',
  summary: 'a row for each target with its numbers unchanged: not to be added up',
  decide: (parts) => ({ take: parts, split: false }),
};

/** Every policy; adding one is an entry here. */
export const POLICIES: readonly Policy[] = [report, largest, share, all];

/**
 * The targets of a body with their shares. Where all but one are known, of one measure, the rest of the body went to
 * the one: that is arithmetic, and said to be so.
 */
export function partsOf(rows: readonly CorrespondenceRow[], told: ReadonlyMap<string, number> = new Map()): Part[] {
  const parts = rows.map((row): Part => {
    const given = row.to === null ? undefined : told.get(row.to.id);
    if (given !== undefined) return { row, share: given, of: undefined, note: 'as told' };
    return row.share === undefined
      ? { row, share: undefined, of: undefined, note: undefined }
      : { row, share: Math.round(row.share.share * WHOLE), of: row.share.of, note: undefined };
  });
  const unknown = parts.filter((part) => part.share === undefined);
  const known = parts.filter((part) => part.share !== undefined);
  const measures = new Set(known.flatMap(({ of }) => of ?? []));
  const rest = known.reduce((left, part) => left - (part.share ?? 0), WHOLE);
  if (unknown.length !== 1 || known.length === 0 || measures.size > 1 || rest < 0) return parts;
  const [of] = measures;
  return parts.map((part) => (part.share === undefined ? { ...part, share: rest, of, note: 'the rest' } : part));
}

import type { BodyRef, Coverage, Recognised, Vintage } from '../machine/answers.ts';
import { AskedWrongly } from '../machine/errors.ts';
import type { Lens, Machine } from '../machine/machine.ts';
import { isoDay, parseIsoDay } from '../time/day.ts';
import { addedNames, cellsOf, EXCEPTION, exceptionCells, targetCells } from './added.ts';
import { columnOf, valuesOf } from './column.ts';
import { type Decimal, decimalOf, isEqual, parted, plus, summing, written, ZERO } from './decimals.ts';
import { MixedVintages } from './errors.ts';
import { type Draft, lettersOf, type Source, textOf } from './file.ts';
import { finder, type Reason, refuseUncovered } from './find.ts';
import { columnsAt, type Layout, layoutOf } from './layout.ts';
import { type Policy, partsOf } from './policies.ts';
import { type Row, type Rows, rawCells, rowSplitter } from './rows.ts';

/** More different values than any column of bodies has: the wrong column. */
const MOST_VALUES = 100_000;
/** Values of other days that are named when they stop the work. */
const MOST_STRAYS = 5;
/** Rows among which duplicates are counted, so that memory stays bounded. */
const ROWS_COMPARED = 200_000;

/** What to do with a file. Days are ISO days. */
export interface RekeyJob {
  readonly machine: Machine;
  readonly source: Source;
  readonly from: string;
  readonly to: string;
  readonly column: string | undefined;
  readonly separator: string | undefined;
  readonly header: boolean;
  readonly kind: readonly string[] | undefined;
  readonly toKind: string | undefined;
  readonly policy: Policy;
  /** What shares must be of: population, postcodes or area. */
  readonly measure: string;
  /** Columns of numbers: split by the policy that splits, and added up before and after. */
  readonly values: readonly string[];
  /** Decimals that a part of a split number may have; six more than the number has unless given. */
  readonly decimals: number | undefined;
  readonly anyDate: boolean;
  /** Shares that the person told, in millionths: by the id of the body and of the target. */
  readonly shares?: ReadonlyMap<string, ReadonlyMap<string, number>> | undefined;
  readonly lens: Lens;
  readonly output: Draft;
  readonly exceptions: Draft;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Told as it is found out: how the file is read. */
  readonly onNote?: ((note: string) => void) | undefined;
}

/** Sums of a column of numbers, as exact decimals in text. */
export interface Total {
  readonly column: string;
  readonly before: string;
  readonly after: string;
  readonly exceptions: string;
  /** True when before = after + exceptions, exactly. */
  readonly conserved: boolean;
  /** Cells that say no number (empty ones not counted): they are in none of the sums. */
  readonly notNumbers: number;
}

/** What came of re-keying a file. */
export interface RekeyReport {
  readonly file: string;
  readonly encoding: string;
  readonly separator: string;
  readonly column: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string | null;
  readonly toKind: string | null;
  readonly policy: string;
  readonly shareOf: string;
  readonly anyDate: boolean;
  /** Rows of the file below its header, rows that came to a target, rows written for them, and rows that did not. */
  readonly rows: number;
  readonly mapped: number;
  readonly written: number;
  readonly exceptions: number;
  readonly blankLines: number;
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  /** Rows equal to an earlier one, kept all the same; among the first `compared` rows. */
  readonly duplicates: number;
  readonly compared: number;
  readonly totals: readonly Total[];
  /** Different values, and what became of those that did not come to one target. */
  readonly values: number;
  readonly troubles: readonly {
    readonly value: string;
    readonly reason: Reason;
    readonly detail: string;
    readonly near: readonly BodyRef[];
    readonly rows: number;
  }[];
  readonly edition: string;
  readonly publishedBy: string | null;
  readonly recordedBy: string | null;
  readonly coverage: readonly Coverage[];
  readonly addedColumns: readonly string[];
}

/** What becomes of the rows of one value. */
interface Plan {
  /** What is added to a row for each target; empty for an exception. */
  readonly added: readonly string[];
  /** Weights to split numbers by; undefined where they stay whole. */
  readonly weights: readonly number[] | undefined;
  readonly reason: Reason | undefined;
  /** What an exception says, ready to be written. */
  readonly told: string;
  readonly detail: string;
  readonly near: readonly BodyRef[];
  /** What is added when there is one target and nothing to split. */
  readonly only: string | undefined;
  rows: number;
}

/**
 * Brings a file to other bodies, row by row: what maps goes to the output, every other row to the exceptions. The drafts
 * are left to be kept or dropped. Throws `AskedWrongly`, `FileUnreadable`, or `MixedVintages` when values are of other days.
 */
export async function rekey(job: RekeyJob): Promise<RekeyReport> {
  const { machine, source, lens, output, exceptions, policy } = job;
  const layout = await layoutOf(source, { separator: job.separator, header: job.header });
  const { separator } = layout;
  const { encoding } = source;
  const recognise = (values: readonly string[]) =>
    machine.recognise(values, { ...lens, at: job.from, kind: job.kind, near: false });
  const column = columnOf(layout, job.column, (values) => recognise(values).values.filter(isKnown).length);
  if (column.chosen !== undefined) job.onNote?.(column.chosen);
  if (layout.header) refuseHeaderless(layout, column.at, recognise);
  const first = recognise(valuesOf(layout.sample, column.at));
  const kind = first.kind ?? undefined;
  const coverage = coverages(job, kind);
  if (
    job.kind === undefined &&
    kind !== undefined &&
    first.values.some(({ bodies }) => bodies.some(({ matched }) => matched.what === 'name'))
  )
    job.onNote?.(`values taken as of the kind ${kind} where a name would fit others too`);
  const numbers = columnsAt(layout, job.values);
  if (numbers.includes(column.at))
    throw new AskedWrongly(
      `“${column.name}” names the bodies: it cannot be a column of numbers too`,
      'leave it out of --values',
    );
  if (policy.needsNumbers && numbers.length === 0) {
    throw new AskedWrongly(
      `the policy “${policy.name}” splits numbers, and no column of numbers was named`,
      `name them with --values; columns: ${layout.columns.join(', ')}`,
    );
  }
  const find = finder(machine, {
    from: job.from,
    to: job.to,
    kind: job.kind,
    toKind: job.toKind,
    prefer: kind,
    anyDate: job.anyDate,
    lens,
  });
  const { names, prefix } = addedNames(layout.columns);
  if (prefix !== '') job.onNote?.(`the file has columns of the same names: those that are added begin with ${prefix}`);

  const plans = new Map<string, Plan>();
  let strayed = false;
  const planFor = (cell: string): Plan => {
    const known = plans.get(cell);
    if (known) return known;
    if (plans.size >= MOST_VALUES) {
      throw new AskedWrongly(
        `column “${column.name}” has more than ${MOST_VALUES.toLocaleString('en-GB')} different values: it does not hold bodies`,
        'name another with --column',
      );
    }
    const plan = planOf(lettersOf(cell));
    if (plan.reason === 'other dates' && !job.anyDate) strayed = true;
    plans.set(cell, plan);
    return plan;
  };
  const refused = (value: string, reason: Reason, detail: string, near: readonly BodyRef[] = []): Plan => ({
    added: [],
    weights: undefined,
    reason,
    told: cellsOf(exceptionCells(value, reason, { reason, detail, near }), separator, encoding),
    detail,
    near,
    only: undefined,
    rows: 0,
  });
  const planOf = (value: string): Plan => {
    const found = find(value);
    if ('reason' in found) return refused(value, found.reason, found.detail, found.near);
    const parts = partsOf(found.targets, job.shares?.get(found.body.id));
    const isDivided = parts.length > 1 || parts.some(({ row }) => row.ambiguous);
    const decision = isDivided ? policy.decide(parts, job.measure) : { take: parts, split: false };
    if ('refuse' in decision)
      return refused(
        value,
        'divided',
        `${found.body.name}: ${decision.refuse}`,
        found.targets.flatMap(({ to }) => to ?? []),
      );
    const { take, split } = decision;
    const added = take.map(
      (part, at) =>
        separator + cellsOf(targetCells(part, isDivided ? policy.name : '', at, take.length), separator, encoding),
    );
    return {
      added,
      only: added.length === 1 && !split ? added[0] : undefined,
      weights: split ? take.map(({ share }) => share ?? 0) : undefined,
      reason: undefined,
      told: '',
      detail: '',
      near: [],
      rows: 0,
    };
  };

  const sums = numbers.map(() => ({
    before: summing(),
    after: summing(),
    left: summing(),
    parts: ZERO,
    notNumbers: 0,
  }));
  const counts = { rows: 0, mapped: 0, written: 0, exceptions: 0, blankLines: 0, duplicates: 0 };
  const reasons = new Map<Reason, number>();
  const seen = new Set<number>();
  const width = layout.columns.length;
  const head = layout.header?.raw ?? '';
  const lineEnd = layout.header?.end || layout.sample.find(({ end }) => end !== '')?.end || layout.newline;
  const mark = encoding === 'UTF-8 with a byte-order mark' ? '\u00ef\u00bb\u00bf' : '';
  if (layout.header)
    await output.write(`${mark}${layout.preamble}${head}${separator}${cellsOf(names, separator, encoding)}${lineEnd}`);
  else await output.write(`${mark}${layout.preamble}`);
  await exceptions.write(
    `${mark}${layout.preamble}${cellsOf(EXCEPTION, separator, encoding)}${separator}${head === '' ? cellsOf(layout.columns, separator, encoding) : head}${lineEnd}`,
  );

  let out: string[] = [];
  let left: string[] = [];
  const except = (row: Row, plan: Plan): void => {
    counts.exceptions++;
    reasons.set(plan.reason as Reason, (reasons.get(plan.reason as Reason) ?? 0) + 1);
    for (const [at, sum] of sums.entries()) sum.left.add(row.cells[numbers[at] as number] ?? '');
    left.push(`${counts.rows}${separator}${row.line}${separator}${plan.told}${separator}${row.raw}${row.end}`);
  };
  const compare = (raw: string): void => {
    const hash = hashOf(raw);
    if (seen.has(hash)) counts.duplicates++;
    else seen.add(hash);
  };
  const take = (row: Row): void => {
    if (row.raw === '' || (width > 1 && row.raw.trim() === '')) {
      counts.blankLines++;
      return;
    }
    counts.rows++;
    const { cells } = row;
    if (counts.rows <= ROWS_COMPARED) compare(row.raw);
    for (const [at, sum] of sums.entries()) if (!sum.before.add(cells[numbers[at] as number] ?? '')) sum.notNumbers++;
    if (cells.length !== width || row.problem !== undefined) {
      const detail = row.problem ?? `${cells.length} cells where the header has ${width}`;
      except(row, refused(lettersOf(cells[column.at] ?? ''), 'bad row', detail));
      return;
    }
    const plan = planFor(cells[column.at] as string);
    plan.rows++;
    if (strayed) return;
    if (plan.reason !== undefined) {
      except(row, plan);
      return;
    }
    if (plan.weights !== undefined) {
      const texts = split(row, plan.weights);
      if (typeof texts === 'string') {
        except(row, refused(lettersOf(cells[column.at] ?? ''), 'not a number', texts));
        return;
      }
      counts.mapped++;
      const last = texts.length - 1;
      for (const [part, text] of texts.entries())
        out.push(text + (plan.added[part] as string) + (part < last ? row.end || lineEnd : row.end));
      counts.written += texts.length;
      return;
    }
    counts.mapped++;
    counts.written += plan.added.length;
    const last = plan.added.length - 1;
    for (const [part, added] of plan.added.entries()) {
      for (const [at, sum] of sums.entries()) sum.after.add(cells[numbers[at] as number] as string);
      out.push(row.raw + added + (part < last ? row.end || lineEnd : row.end));
    }
  };
  /** The row once for each part, its numbers split; or which cell is no number. */
  const split = (row: Row, weights: readonly number[]): string[] | string => {
    const amounts: (Decimal | undefined)[] = [];
    for (const at of numbers) {
      const cell = row.cells[at] as string;
      const amount = decimalOf(cell);
      if (amount === undefined && cell.trim() !== '')
        return `“${lettersOf(cell)}” in column “${layout.columns[at]}” cannot be split`;
      amounts.push(amount);
    }
    const raw = rawCells(row.raw, separator);
    const rows = weights.map(() => [...raw]);
    for (const [n, at] of numbers.entries()) {
      const amount = amounts[n];
      if (amount === undefined) continue;
      const least = Math.min(amount.scale, job.decimals ?? amount.scale);
      for (const [part, share] of parted(amount, weights, job.decimals).entries()) {
        const sum = sums[n] as (typeof sums)[number];
        sum.parts = plus(sum.parts, share);
        (rows[part] as string[])[at] = written(share, least);
      }
    }
    return rows.map((cells) => cells.join(separator));
  };

  const splitter = rowSplitter(layout, layout.preamble === '' ? 1 : 2, column.at);
  let skip = layout.preamble.length;
  let skipHeader = layout.header !== undefined;
  /** Most rows have no quotes, no numbers to add up and a value that is known and leads to one target. */
  const isPlain = numbers.length === 0;
  const takeAll = async (rows: Rows): Promise<void> => {
    job.signal?.throwIfAborted();
    for (let at = 0; at < rows.count; at++) {
      if (isPlain && !skipHeader && rows.width(at) === width && !strayed) {
        const plan = plans.get(rows.cell(at));
        if (plan !== undefined && plan.only !== undefined) {
          counts.rows++;
          counts.mapped++;
          counts.written++;
          plan.rows++;
          const raw = rows.raw(at);
          if (counts.rows <= ROWS_COMPARED) compare(raw);
          out.push(raw, plan.only, rows.end(at));
          continue;
        }
      }
      const row = rows.row(at);
      if (!skipHeader) take(row);
      else if (row.raw.trim() === '') counts.blankLines++;
      else skipHeader = false;
    }
    if (!strayed && out.length > 0) await output.write(out.join(''));
    if (!strayed && left.length > 0) await exceptions.write(left.join(''));
    out = [];
    left = [];
  };
  for await (const piece of textOf(source, job.onBytes)) {
    const text = skip > 0 ? piece.slice(skip) : piece;
    skip = Math.max(0, skip - piece.length);
    await takeAll(splitter.push(text));
  }
  await takeAll(splitter.end());
  if (strayed) {
    const strays = [...plans].flatMap(([cell, { reason, detail }]) =>
      reason === 'other dates' ? [`“${lettersOf(cell)}” is the ${detail}`] : [],
    );
    throw mixed(job, [...plans.keys()].map(lettersOf), strays);
  }

  const totals = sums.map(({ before, after, left: rest, parts, notNumbers }, at): Total => {
    const [was, is, not] = [before.total(), plus(after.total(), parts), rest.total()];
    return {
      column: layout.columns[numbers[at] as number] ?? '',
      before: written(was),
      after: written(is),
      exceptions: written(not),
      conserved: isEqual(was, plus(is, not)),
      notNumbers,
    };
  });
  return {
    file: source.name,
    encoding,
    separator,
    column: column.name,
    from: job.from,
    to: job.to,
    kind: kind ?? null,
    toKind: job.toKind ?? null,
    policy: policy.name,
    shareOf: job.measure,
    anyDate: job.anyDate,
    ...counts,
    reasons: Object.fromEntries(reasons),
    compared: Math.min(counts.rows, ROWS_COMPARED),
    totals,
    values: plans.size,
    troubles: [...plans].flatMap(([cell, { reason, detail, near, rows }]) =>
      reason === undefined ? [] : [{ value: lettersOf(cell), reason, detail, near, rows }],
    ),
    edition: machine.edition,
    publishedBy: first.publishedBy,
    recordedBy: first.recordedBy,
    coverage,
    addedColumns: names,
  };
}

function isKnown({ outcome }: Recognised): boolean {
  return outcome !== 'unknown';
}

/** A file whose first row names a body has no header, and its first row would be lost. */
function refuseHeaderless(
  { columns }: Layout,
  at: number,
  recognise: (values: readonly string[]) => ReturnType<Machine['recognise']>,
): void {
  const [found] = recognise([columns[at] ?? '']).values;
  const [body] = found?.bodies ?? [];
  if (!body) return;
  throw new AskedWrongly(
    `the first row seems to be data, not names of columns: “${columns[at]}” is ${body.name}`,
    'add --no-header, and name columns by number: --column 1',
  );
}

function coverages({ machine, from, to, toKind, lens }: RekeyJob, kind: string | undefined): Coverage[] {
  if (kind === undefined) return [];
  return [
    refuseUncovered(machine, kind, from, '--from', lens),
    refuseUncovered(machine, toKind ?? kind, to, '--to', lens),
  ];
}

/** What to say of values that are not of the day: which, and what days they are from. */
function mixed(
  { machine, from, kind, lens, source }: RekeyJob,
  values: readonly string[],
  strays: readonly string[],
): MixedVintages {
  const found = machine.vintage(values, { ...lens, kind });
  const [best] = found.ranges;
  const more = strays.length > MOST_STRAYS ? `; and ${strays.length - MOST_STRAYS} more` : '';
  return new MixedVintages(
    `${strays.length} of the ${values.length} different values ${strays.length === 1 ? 'is' : 'are'} not of ${from}: ${strays.slice(0, MOST_STRAYS).join('; ')}${more}`,
    [
      ...(best
        ? [
            `${best.values === found.values ? `all ${found.values}` : `${best.values} of them`} were valid together ${found.ranges.map(rangeInWords).join('; or ')}; see: stood vintage ${source.name === '-' ? 'FILE' : source.name}`,
          ]
        : []),
      'give the right --from, or --any-date to follow each value from its own days',
    ].join('\n'),
  );
}

/** The days of a range in words: `1 April 2020 to 31 March 2021`. */
function rangeInWords({ from, until }: Vintage['ranges'][number]): string {
  const last = until === null ? undefined : parseIsoDay(until);
  return last === undefined ? `from ${from} on` : `from ${from} to ${isoDay(last - 1)}`;
}

/** A number for a row, the same for equal rows and hardly ever for others: two FNV hashes of 26 bits each. */
function hashOf(text: string): number {
  let [one, other] = [0x811c9dc5, 0x1234567];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x85ebca6b);
  }
  return (one >>> 6) * 2 ** 26 + (other >>> 6);
}

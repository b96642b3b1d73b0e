import type { Material } from '../machine/index.ts';
import { FACT_FIELDS, type Fact, type FactField, factsOf } from './facts.ts';

/**
 * What became of a fact. `converted`: told in the target's own convention, nothing lost. `padded`: made to look more
 * exact than it is known. `flattened`: told as text, or several as one. `dropped`: not there.
 */
export type How = 'converted' | 'padded' | 'flattened' | 'dropped';

/** What a format does to a fact that it cannot hold as the record tells it. */
export interface Losing {
  readonly how: How;
  /** What the target cannot hold, in a sentence. */
  readonly why: string;
  /** Which facts of the field it concerns; all unless given. */
  readonly when?: (fact: Fact, material: Material) => boolean;
  /** What stands in the file instead; nothing unless given. */
  readonly became?: (fact: Fact, material: Material) => string | undefined;
}

/** `kept`: can be read back equal. Otherwise the first that concerns the fact; one that none concerns is kept. */
export type Treatment = 'kept' | Losing | readonly Losing[];

/** What an export is: a text, a folder of files, or tables for one database file. */
export type Output =
  | { readonly is: 'text'; readonly chunks: Iterable<string> }
  | { readonly is: 'folder'; readonly files: Iterable<{ readonly path: string; readonly text: string }> }
  | { readonly is: 'database'; readonly database: Database };

/** A column of a database: its SQL type, what it means, and the table and column it refers to. */
export interface Column {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'real' | 'date';
  readonly summary: string;
  readonly required?: boolean;
  readonly refers?: { readonly table: string; readonly column: string };
}

/** A table in full; cells in the order of the columns. */
export interface Table {
  readonly name: string;
  readonly summary: string;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Tables, and views over them in SQL. */
export interface Database {
  readonly tables: readonly Table[];
  readonly views: readonly { readonly name: string; readonly summary: string; readonly sql: string }[];
}

/** A format to take the record away in. */
export interface Exporter {
  /** What the command and the addresses call it: `json-ld`. */
  readonly name: string;
  readonly summary: string;
  /** Who wants it: `linked data`. */
  readonly audience: string;
  /** Ending of a file, with its dot; none for a folder. */
  readonly extension: string;
  /** Other words people type for it. */
  readonly aliases?: readonly string[];
  /** With its charset where it is text. */
  readonly mediaType: string;
  readonly conventions: {
    /** Whether an end is the last day or the first day after, and what no end means. */
    readonly intervals: string;
    /** What becomes of a date less exact than a day. */
    readonly precision: string;
  };
  /** Of every field of a fact, whether it is held; the loss report is made from this, and a test holds it to the file. */
  readonly holds: Readonly<Record<FactField, Treatment>>;
  write(material: Material): Output;
}

/** A fact that the file does not hold as the record tells it. */
export interface Loss {
  readonly record: string;
  readonly field: FactField;
  readonly how: How;
  readonly was: string;
  readonly became: string | null;
  readonly why: string;
}

/** What an export converted, padded, flattened and dropped, record by record. */
export interface LossReport {
  readonly format: string;
  readonly title: string;
  readonly edition: string;
  readonly conventions: Exporter['conventions'];
  readonly facts: number;
  readonly kept: number;
  /** How many facts of each field came to what, and why. */
  readonly summary: readonly {
    readonly field: FactField;
    readonly how: How;
    readonly count: number;
    readonly why: string;
  }[];
  readonly losses: readonly Loss[];
}

/** What the target does with a fact: undefined when it is kept. */
function losing({ holds }: Exporter, fact: Fact, material: Material): Losing | undefined {
  const treatment = holds[fact.field];
  if (treatment === 'kept') return undefined;
  const list = 'how' in treatment ? [treatment] : treatment;
  return list.find(({ when }) => when === undefined || when(fact, material));
}

/** Everything an export of this material loses, and what it keeps. */
export function lossReport(exporter: Exporter, material: Material): LossReport {
  const facts = factsOf(material);
  const losses: Loss[] = [];
  const summary = new Map<string, { field: FactField; how: How; count: number; why: string }>();
  for (const fact of facts) {
    const found = losing(exporter, fact, material);
    if (!found) continue;
    const { record, field, value } = fact;
    const { how, why } = found;
    losses.push({ record, field, how, was: value, became: found.became?.(fact, material) ?? null, why });
    const key = `${field} ${how} ${why}`;
    const line = summary.get(key);
    if (line) line.count++;
    else summary.set(key, { field, how, count: 1, why });
  }
  return {
    format: exporter.name,
    title: material.title,
    edition: material.edition,
    conventions: exporter.conventions,
    facts: facts.length,
    kept: facts.length - losses.length,
    summary: [...summary.values()],
    losses,
  };
}

/** Says of every field what becomes of it: `rest` for all that are not named; a name may be a whole family, `event`. */
export function holding(
  rest: Treatment,
  named: Readonly<Partial<Record<FactField | Family, Treatment>>>,
): Readonly<Record<FactField, Treatment>> {
  return Object.fromEntries(
    FACT_FIELDS.map((field) => {
      const family = field.slice(0, field.indexOf('.')) as Family;
      return [field, named[field] ?? named[family] ?? rest];
    }),
  ) as Record<FactField, Treatment>;
}

type Family<F extends FactField = FactField> = F extends `${infer Head}.${string}` ? Head : never;

/** A fact that is not there. */
export function dropped(why: string): Losing {
  return { how: 'dropped', why };
}

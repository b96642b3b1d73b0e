import { parseEdtf } from '../time/edtf.ts';
import { fuzzyInWords } from '../time/words.ts';
import { kindName, text, thing, title, z } from '../vocabulary/schemas.ts';
import { explain } from './explain.ts';
import { sourceId } from './schemas.ts';
import type { BelievedEvent, Divergence, Problem } from './types.ts';
import type { YamlFile } from './yaml.ts';

const scalar = z.union([z.string().trim().min(1).max(300), z.number()]);

/** What every declared divergence says; it compares a field of an event, or how many of a kind there were on a day. */
const told = {
  event: z.string().describe('The event of ours that says otherwise'),
  about: thing.optional().describe('The one thing meant, where the event speaks of several'),
  official: scalar.describe('What the official file has'),
  ours: scalar.describe('What the record has'),
  source: sourceId.describe('The official file'),
  at: title.optional().describe('Row, sheet, article'),
  why: text.describe('Why we do not follow it'),
  evidence: z.array(sourceId).min(1).describe('Sources that ours rests on'),
};

/** One entry of `divergences.yaml`. */
const divergenceSchema = z.union([
  z.strictObject({
    ...told,
    field: z
      .string()
      .regex(/^(effective|data(\.[a-zA-Z]+)+)$/, 'a field is effective, or a path such as data.codes.gss'),
  }),
  z.strictObject({
    ...told,
    count: kindName,
    on: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written 2026-11-21'),
  }),
]);

/** Reads `divergences.yaml`; what is wrong in it goes to `problems`. */
export function readDivergences(file: YamlFile | undefined, problems: Problem[]): Divergence[] {
  if (file === undefined) return [];
  if (!Array.isArray(file.value)) {
    problems.push({
      ...file.at([]),
      rule: 'shape',
      severity: 'error',
      message: 'divergences are a list',
      hint: 'begin each with - { event: …, field: …, official: …, ours: …, source: …, why: …, evidence: […] }',
    });
    return [];
  }
  return file.value.flatMap((value: unknown, i): Divergence[] => {
    const read = divergenceSchema.safeParse(value);
    if (!read.success) {
      problems.push(...explain(read.error.issues, value, divergenceSchema, [i], file));
      return [];
    }
    const { about, at, official, ours, ...rest } = read.data;
    return [
      {
        event: rest.event,
        ...('field' in rest ? { field: rest.field } : { count: rest.count, on: rest.on }),
        ...(about === undefined ? {} : { about }),
        ...(at === undefined ? {} : { at }),
        official: String(official),
        ours: String(ours),
        source: rest.source,
        why: rest.why,
        evidence: rest.evidence,
        place: file.at([i]),
      },
    ];
  });
}

/** What an event has at a field, as text; undefined when it has nothing there. */
export function fieldOf(event: BelievedEvent, field: string): string | undefined {
  if (field === 'effective') return event.effective.edtf;
  const found = field
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (here, step) =>
        typeof here === 'object' && here !== null ? (here as Readonly<Record<string, unknown>>)[step] : undefined,
      event.data,
    );
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

/** What the official file says, in one sentence beside what the record says. */
export function divergenceInWords({ field, count, on, official, ours, about }: Divergence): string {
  const of = about === undefined ? '' : ` for ${about}`;
  if (count !== undefined)
    return `${official} of the kind ${count} on ${spoken(on ?? '')}, where the record has ${ours}.`;
  if (field === 'effective') return `Dated ${spoken(official)}${of}, where the record has ${spoken(ours)}.`;
  return `${official}${of} as the ${words(field ?? '')}, where the record has ${ours}.`;
}

function spoken(date: string): string {
  const read = parseEdtf(date);
  return read.ok ? fuzzyInWords(read.date) : date;
}

const NAMES: Readonly<Record<string, string>> = {
  'data.codes.gss': 'GSS code',
  'data.codes.ods': 'ODS code',
  'data.to': 'body it was part of',
};

function words(field: string): string {
  return NAMES[field] ?? field.split('.').at(-1) ?? field;
}

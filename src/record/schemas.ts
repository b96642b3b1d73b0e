import { edtf, oneOrMany, text, title, z } from '../vocabulary/schemas.ts';
import { DATE_BASES, SOURCE_KINDS } from './types.ts';

/** What a milestone can be about. */
const THEMES = [
  'commissioning',
  'systems',
  'boards',
  'law',
  'policy',
  'plans',
  'money',
  'providers',
  'evidence',
  'national-bodies',
  'devolution',
  'oversight',
  'geography',
] as const;

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'a slug is lower-case words joined by hyphens');
const eventId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9.-]{0,119}$/,
    'the id of an event is its milestone, a slash, and lower-case words joined by hyphens',
  );
const sourceId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,99}$/, 'the id of a source is lower-case words joined by hyphens');
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written 2026-11-21');
const year = z.number().int().min(1000).max(9999);
const date = z.union([edtf, year]);
const basis = z.enum(DATE_BASES).describe('Who says so: the law, operations, a report, or our inference');

const effective = z.union([
  date,
  z.strictObject({
    date,
    basis: basis.optional(),
    convention: z
      .literal('last-day')
      .optional()
      .describe('The date is the last day on which it still was; the record adds a day'),
  }),
]);

const citation = z.union([
  sourceId,
  z.strictObject({ source: sourceId, at: title.optional().describe('Article, page, row') }),
]);

/** What every event carries around its `data`. */
export const eventSchema = z.strictObject({
  id: eventId,
  type: z.string(),
  effective: effective.describe('When it took effect, as precisely as is known'),
  alsoDated: z
    .array(z.strictObject({ date, basis: basis.optional(), source: sourceId.optional(), note: text.optional() }))
    .optional()
    .describe('Other accounts of the same day'),
  data: z.looseObject({}),
  sources: z.array(citation).min(1, 'no source, no fact: an event needs at least one source'),
  because: oneOrMany(eventId).optional().describe('The events that caused this one'),
  dissent: z
    .array(z.strictObject({ source: sourceId, says: text, ruling: text, at: title.optional() }))
    .optional()
    .describe('What other sources say, and why the record does not follow them'),
  confidence: z.enum(['high', 'medium', 'low']).optional(),
  public: date.optional().describe('When it became public, where its sources do not tell'),
  note: text.optional(),
  schema: z.number().int().min(1).optional().describe('Version of the schema that data follows; left out, the newest'),
});

/** The head of a milestone file; its events are read one by one. */
export const milestoneSchema = z.strictObject({
  milestone: slug,
  title,
  summary: text,
  recorded: isoDate.describe('The day on which the record took these events in'),
  themes: z.array(z.enum(THEMES)).optional(),
  events: z.array(z.unknown()).min(1, 'a milestone has at least one event'),
});

/** One entry of `sources.yaml`. */
export const sourceSchema = z.strictObject({
  title: z.string().trim().min(1).max(500),
  publisher: title,
  kind: z.enum(SOURCE_KINDS),
  url: z.string().trim().min(1).max(2000).optional(),
  published: date.optional(),
  accessed: date.optional(),
  licence: title.optional(),
  note: text.optional(),
});

/** One entry of `coverage.yaml`. */
export const coverageSchema = z.strictObject({
  of: z.string().describe('A kind of body, or the id of a status'),
  from: isoDate,
  to: isoDate.describe('The first day no longer covered'),
  completeness: z.enum(['complete', 'partial']),
  note: text.optional(),
  sources: z.array(sourceId).optional(),
});

export { sourceId };
export type WrittenEvent = z.output<typeof eventSchema>;

import { stringify } from 'csv-stringify/sync';
import type { EventAnswer, Material, MaterialBody, MaterialSpell } from '../../machine/index.ts';
import { spanOf } from '../../views/dates.ts';
import { citationOf, sourcesById } from '../citation.ts';
import { dropped, type Exporter, holding, type Losing, type Treatment } from '../exporter.ts';
import { dateCells } from '../tables.ts';

type Cell = string | number | null;

/** One sheet: the columns that a landscape has, and those that a timeline has, never change. */
interface Sheet {
  readonly header: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

const OF_ANSWER = ['edition', 'published_by', 'recorded_by', 'dates'] as const;

const OF_LANDSCAPE = [
  ...['at', 'id', 'name', 'kind', 'ods_code', 'gss_code', 'existence'],
  ...['from', 'from_earliest', 'from_latest', 'until', 'until_earliest', 'until_latest', 'part_of', 'other_relations'],
  ...['status', 'status_title', 'status_wave', 'status_since', 'began_by', 'ended_by', 'citation'],
  ...OF_ANSWER,
];

const OF_TIMELINE = [
  ...['date', 'date_earliest', 'date_latest', 'date_text', 'sentence', 'type', 'event', 'asked'],
  ...['milestone', 'milestone_title', 'themes', 'basis', 'confidence', 'public_from', 'recorded', 'because'],
  ...['also_dated', 'dissent', 'note', 'sources', 'citation'],
  ...OF_ANSWER,
];

const CONVENTIONS = {
  intervals:
    'Half-open: “until” is the first day no longer; empty while no end is known of. A landscape has a row for each body, a timeline one for each event.',
  precision:
    'EDTF as precise as known, with the first and last day it can mean beside it. A cell that a spreadsheet would take for a formula (=, +, -, @, tab or return first) has an apostrophe before it: take off one where any number of them is followed by one of those.',
};

const landscape = ({ selection }: Material) => selection.at !== null;
const NO_ROW = dropped('One sheet without a row says nothing of the answer.');

/** Of a landscape `day`, of a timeline `time`. */
function by(day: Treatment, time: Treatment): readonly Losing[] {
  const of = (treatment: Treatment, holds: (material: Material) => boolean): Losing[] =>
    treatment === 'kept'
      ? []
      : ('how' in treatment ? [treatment] : treatment).map((one) => ({
          ...one,
          when: (fact, material) => holds(material) && (one.when === undefined || one.when(fact, material)),
        }));
  return [...of(day, landscape), ...of(time, (material) => !landscape(material))];
}

const BY_EVENT = dropped('A timeline on one sheet has a row for each event; bodies have none.');
const BY_BODY = dropped('A landscape on one sheet has a row for each body; events and sources have none.');
const ONE_SPELL: Losing = {
  ...dropped('A body has one row: the first of several spells.'),
  when: ({ nth }) => nth > 0,
};
const ON_THE_DAY: Losing = {
  how: 'converted',
  why: 'A landscape says whether the body existed on the day asked: on every reading of its dates, or on some.',
};
const NO_DATES = dropped('A body has one row: the dates of its existence, and not those of each value.');
const UNCITED: Losing = {
  ...dropped(
    'A source that no row rests on has no citation: one that only dissents, or that tells of no body of the day.',
  ),
  when: ({ record }, material) => !citedIn(material).has(record),
};
const IN_CITATION: Losing = { how: 'flattened', why: 'Sources stand in the citation, in words.' };

const HOLDS: Parameters<typeof holding>[1] = {
  existence: by(ONE_SPELL, BY_EVENT),
  'existence.certainty': by([ONE_SPELL, ON_THE_DAY], BY_EVENT),
  name: by(NO_DATES, BY_EVENT),
  'name.value': by(
    only('names', (body) => body.name),
    BY_EVENT,
  ),
  code: by(NO_DATES, BY_EVENT),
  'code.value': by(onlyCode(), BY_EVENT),
  kind: by(NO_DATES, BY_EVENT),
  'kind.value': by(
    only('kinds', (body) => body.kind),
    BY_EVENT,
  ),
  relation: by(NO_DATES, BY_EVENT),
  'relation.value': by('kept', BY_EVENT),
  status: by(NO_DATES, BY_EVENT),
  'status.value': by(ONE_SPELL, BY_EVENT),
  'status.from': by(ONE_SPELL, BY_EVENT),
  succession: dropped('One sheet has no place for who followed whom: events tell it in their sentences.'),
  event: by(BY_BODY, 'kept'),
  'event.sources': by(IN_CITATION, 'kept'),
  source: [UNCITED, IN_CITATION],
  'source.kind': dropped('A citation does not say what sort of source it is.'),
  'source.accessed': dropped('A citation does not say when its source was read.'),
  'source.licence': dropped('A citation does not say on what terms its source may be used.'),
  'source.note': dropped('A citation has no notes on its source.'),
  milestone: by(BY_BODY, 'kept'),
  'milestone.summary': dropped('One sheet would repeat it in every row.'),
  'answer.edition': { ...NO_ROW, when: (_, material) => isEmpty(material) },
  'answer.clocks': { ...NO_ROW, when: (_, material) => isEmpty(material) },
  'answer.selection': dropped('One sheet says of what was asked only the day.'),
  'answer.coverage': dropped('One sheet has no place for what the record covers.'),
  'answer.notes': dropped('One sheet has no place for notes on the answer.'),
};

function isEmpty(material: Material): boolean {
  return landscape(material) ? material.bodies.length === 0 : material.events.length + material.cited.length === 0;
}

const cited = new WeakMap<Material, ReadonlySet<string>>();

/** The sources that stand in the citation of some row. */
function citedIn(material: Material): ReadonlySet<string> {
  let known = cited.get(material);
  if (!known) {
    const rests = landscape(material) ? new Set(material.bodies.flatMap(restsOn)) : undefined;
    known = new Set(
      [...material.events, ...material.cited]
        .filter(({ id }) => rests === undefined || rests.has(id))
        .flatMap(({ sources }) => sources.map(({ source }) => source)),
    );
    cited.set(material, known);
  }
  return known;
}

/** The events that a row of a landscape rests on: what began and ended the body, and each of its values. */
function restsOn({ existence, names, kinds, codeSpells, relations, statuses }: MaterialBody): string[] {
  const spells: MaterialSpell[] = [...existence, ...names, ...kinds, ...codeSpells, ...relations, ...statuses];
  return [...new Set(spells.flatMap(({ began, ends }) => [began.event, ...(ends ? [ends.event] : [])]))];
}

const bodies = new WeakMap<Material, ReadonlyMap<string, MaterialBody>>();

function bodyOf(material: Material, id: string): MaterialBody | undefined {
  let known = bodies.get(material);
  if (!known) {
    known = new Map(material.bodies.map((body) => [body.id, body]));
    bodies.set(material, known);
  }
  return known.get(id);
}

/** All but the spell whose value is the body's own: the one that the row gives. */
function only(what: 'names' | 'kinds', own: (body: MaterialBody) => string): Losing {
  return {
    ...dropped('A body has one row: its name and kind of the day.'),
    when: ({ record, nth }, material) => {
      const body = bodyOf(material, record);
      return !body || body[what].findIndex(({ value }) => value === own(body)) !== nth;
    },
  };
}

function onlyCode(): Losing {
  return {
    ...dropped('A body has one row: its codes of the day.'),
    when: ({ record, nth }, material) => {
      const body = bodyOf(material, record);
      const spell = body?.codeSpells[nth];
      if (!body || !spell || body.codes[spell.system] !== spell.value) return true;
      return body.codeSpells.findIndex(({ system, value }) => system === spell.system && value === spell.value) !== nth;
    },
  };
}

/** One sheet for everyone: the bodies of a day, or the events of a stretch of time. */
export const csv: Exporter = {
  name: 'csv',
  summary: 'One sheet: of a day its bodies, else events in order of time; every row with its citation',
  audience: 'everyone',
  extension: '.csv',
  aliases: ['sheet'],
  mediaType: 'text/csv; charset=utf-8; header=present',
  conventions: CONVENTIONS,
  holds: holding('kept', HOLDS),
  write: (material) => ({ is: 'text', chunks: written(sheetOf(material), '\n') }),
};

/** The same sheet as Excel opens it by a double click: with a byte order mark, and Windows line ends. */
export const csvExcel: Exporter = {
  ...csv,
  name: 'csv-excel',
  summary: 'The same sheet as csv, as Excel opens it: a byte order mark first, Windows line ends',
  audience: 'everyone with a spreadsheet',
  aliases: ['excel', 'xlsx'],
  write: (material) => ({ is: 'text', chunks: written(sheetOf(material), '\r\n', '\uFEFF') }),
};

function sheetOf(material: Material): Sheet {
  return landscape(material)
    ? { header: OF_LANDSCAPE, rows: landscapeRows(material) }
    : { header: OF_TIMELINE, rows: timelineRows(material) };
}

const BATCH = 500;

function* written({ header, rows }: Sheet, end: string, mark = ''): Generator<string> {
  const options = { record_delimiter: end };
  yield mark + stringify([[...header]], options);
  let batch: string[][] = [];
  for (const row of rows) {
    batch.push(row.map((cell) => (cell === null ? '' : harmless(String(cell)))));
    if (batch.length === BATCH) {
      yield stringify(batch, options);
      batch = [];
    }
  }
  if (batch.length > 0) yield stringify(batch, options);
}

/** A text that no spreadsheet takes for a formula; what was there comes back by taking off one apostrophe. */
function harmless(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function* landscapeRows(material: Material): Generator<Cell[]> {
  const sources = sourcesById(material);
  const events = eventsById(material);
  const { edition, publishedBy, recordedBy, dates, selection } = material;
  for (const body of material.bodies) {
    const [life] = body.existence;
    const [status] = body.statuses;
    const partOf = body.relations.filter(({ relation }) => relation === 'part-of');
    const others = body.relations.filter(({ relation }) => relation !== 'part-of');
    yield [
      selection.at,
      body.id,
      body.name,
      body.kind,
      body.codes.ods ?? null,
      body.codes.gss ?? null,
      life && selection.at ? onTheDay(life, selection.at) : null,
      ...dateCells(life?.from),
      ...dateCells(life?.until),
      partOf.map(({ value }) => value).join('; '),
      others.map(({ relation, value }) => `${relation} ${value}`).join('; '),
      status?.value ?? null,
      status?.title ?? null,
      status?.wave ?? null,
      status?.from ?? null,
      life?.began.event ?? null,
      life?.ends?.event ?? null,
      citationOf(
        restsOn(body).flatMap((id) => events.get(id) ?? []),
        material,
        sources,
      ),
      ...[edition, publishedBy, recordedBy, dates],
    ];
  }
}

/** Whether a spell holds on a day (or throughout a month asked) on every reading of its dates, or only on some. */
function onTheDay({ certainty, from, until }: MaterialSpell, at: string): MaterialSpell['certainty'] {
  const [asked, first, last] = [spanOf(at), spanOf(from), until === null ? undefined : spanOf(until)];
  if (certainty !== 'certain' || !asked || !first) return certainty;
  return first.last <= asked.first && (!last || last.first > asked.last) ? 'certain' : 'possible';
}

function* timelineRows(material: Material): Generator<Cell[]> {
  const sources = sourcesById(material);
  const milestones = new Map(material.milestones.map((one) => [one.milestone, one]));
  const { edition, publishedBy, recordedBy, dates } = material;
  const asked = material.events.length;
  for (const [position, event] of [...material.events, ...material.cited].entries()) {
    const milestone = milestones.get(event.milestone);
    yield [
      ...dateCells(event.date),
      event.dateText,
      event.sentence,
      event.type,
      event.id,
      position < asked ? 'yes' : 'only cited',
      event.milestone,
      milestone?.title ?? null,
      milestone?.themes.join('; ') ?? null,
      event.basis,
      event.confidence,
      event.publicFrom,
      event.recorded,
      event.because.join('; '),
      json(event.alsoDated),
      json(event.dissent.map(({ source, says, ruling }) => ({ source: source.source, says, ruling }))),
      event.note ?? null,
      event.sources.map(({ source, at }) => (at ? `${source}, ${at}` : source)).join('; '),
      citationOf([event], material, sources),
      ...[edition, publishedBy, recordedBy, dates],
    ];
  }
}

function json(list: readonly object[]): string | null {
  return list.length > 0 ? JSON.stringify(list) : null;
}

function eventsById({ events, cited }: Material): ReadonlyMap<string, EventAnswer> {
  return new Map([...events, ...cited].map((event) => [event.id, event]));
}

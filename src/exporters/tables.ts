import type { EventAnswer, Material, MaterialBody, MaterialSpell } from '../machine/index.ts';
import { spanOf } from '../views/dates.ts';
import type { Column, Table } from './exporter.ts';

type Cell = string | number | null;

const text = (name: string, summary: string): Column => ({ name, type: 'text', summary });
const given = (column: Column): Column => ({ ...column, required: true });
const referring = (column: Column, table: string): Column => ({ ...column, refers: { table, column: 'id' } });
const place = given({ name: 'nth', type: 'integer', summary: 'Its place among its like, from 0' });

/** A date as three columns: as the source gives it, and the first and last day it can mean. */
function dated(prefix: string, summary: string, open?: string): Column[] {
  const may = open === undefined ? given : (column: Column) => column;
  const none = open === undefined ? '' : `; empty ${open}`;
  return [
    may(text(`${prefix}_edtf`, `${summary}, as EDTF: as precise as known${none}`)),
    { name: `${prefix}_earliest`, type: 'date', summary: `The first day that ${prefix}_edtf can mean` },
    { name: `${prefix}_latest`, type: 'date', summary: `The last day that ${prefix}_edtf can mean` },
  ];
}

/** The three cells of a date. */
export function dateCells(edtf: string | null | undefined): [Cell, Cell, Cell] {
  if (edtf === null || edtf === undefined) return [null, null, null];
  const bounds = spanOf(edtf);
  return [edtf, bounds?.first ?? null, bounds?.last ?? null];
}

const OF_BODY: readonly Column[] = [given(referring(text('body', 'The body it is said of'), 'bodies')), place];

const OF_SPELL: readonly Column[] = [
  ...dated('from', 'The first day'),
  ...dated('until', 'The first day no longer', 'while no end is known of'),
  given(text('certainty', 'certain or possible, by the dates; expected: promised, not begun')),
  given(referring(text('began_by', 'The event that made it so'), 'events')),
  referring(text('ended_by', 'The event that ended it'), 'events'),
];

/** A table of dated statements: one row each, in the order of the body's life. */
function spellTable<S extends MaterialSpell>(
  material: Material,
  name: string,
  summary: string,
  of: (body: MaterialBody) => readonly S[],
  columns: readonly Column[],
  cells: (spell: S) => readonly Cell[],
): Table {
  return {
    name,
    summary,
    columns: [...OF_BODY, ...columns, ...OF_SPELL],
    key: ['body', 'nth'],
    rows: material.bodies.flatMap((body) =>
      of(body).map((spell, nth) => [
        body.id,
        nth,
        ...cells(spell),
        ...dateCells(spell.from),
        ...dateCells(spell.until),
        spell.certainty,
        spell.began.event,
        spell.ends?.event ?? null,
      ]),
    ),
  };
}

/** The facts about the answer itself, by name: what was asked, with which clocks, of which edition. */
function aboutRows(material: Material): [string, string][] {
  const { selection } = material;
  const rows: [string, string | null][] = [
    ['title', material.title],
    ['edition', material.edition],
    ['published_by', material.publishedBy],
    ['recorded_by', material.recordedBy],
    ['dates', material.dates],
    ['hypothetical', material.hypothetical ? 'true' : null],
    ['at', selection.at],
    ['from', selection.from],
    ['to', selection.to],
    ['kinds', selection.kinds?.join('; ') ?? null],
    ['part_of', selection.partOf],
    ['milestone', selection.milestone],
    ['theme', selection.theme],
    ['subject', selection.subject],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}

/** Rows of something that an event lists, with their place in the list. */
function listed<T>(
  events: readonly EventAnswer[],
  of: (event: EventAnswer) => readonly T[],
  cells: (one: T) => readonly Cell[],
): Cell[][] {
  return events.flatMap((event) => of(event).map((one, nth) => [event.id, nth, ...cells(one)]));
}

const OF_EVENT: readonly Column[] = [given(referring(text('event', 'The event'), 'events')), place];

/**
 * The material as typed tables that lose nothing: every date as written and as its first and last day, in ISO;
 * `until` is the first day no longer. A table stands after those it refers to.
 */
export function tablesOf(material: Material): Table[] {
  const every = [...material.events, ...material.cited];
  const asked = material.events.length;
  const source = given(referring(text('source', 'The source'), 'sources'));
  const where = text('place', 'Where in it: an article, a page, a row');
  return [
    {
      name: 'about',
      summary:
        'What was asked, of which edition of the record, with which of its clocks; a name without a row was not given',
      columns: [given(text('name', 'What it is')), given(text('value', 'What was asked or answered'))],
      key: ['name'],
      rows: aboutRows(material),
    },
    {
      name: 'notes',
      summary: 'What a reader must know before using the answer',
      columns: [place, given(text('note', 'In a sentence'))],
      key: ['nth'],
      rows: material.notes.map((note, nth) => [nth, note]),
    },
    {
      name: 'coverage',
      summary: 'What the record claims to know of each kind of body, or of the holders of a status',
      columns: [
        given(text('of', 'A kind of body, or the id of a status')),
        given(text('completeness', 'complete, partial or none')),
        { name: 'covered_from', type: 'date', summary: 'The first day covered' },
        { name: 'covered_to', type: 'date', summary: 'The first day no longer covered' },
        text('note', 'What is left out'),
      ],
      key: ['of'],
      rows: material.coverage.map(({ of, completeness, from, to, note }) => [of, completeness, from, to, note ?? null]),
    },
    {
      name: 'sources',
      summary: 'Every source cited',
      columns: [
        given(text('id', 'Its name in the record')),
        given(text('title', 'Its title')),
        given(text('publisher', 'Who published it')),
        given(text('kind', 'legislation, register, official-publication, parliament, organisation, press, academic…')),
        text('url', 'Where to read it'),
        ...dated('published', 'When it was published', 'where that is not known'),
        text('accessed', 'When it was read for the record'),
        text('licence', 'On what terms it may be used'),
        text('note', 'What to know of it'),
        given({ name: 'events', type: 'integer', summary: 'How many of these events cite it' }),
      ],
      key: ['id'],
      rows: material.sources.map((one) => [
        one.source,
        one.title,
        one.publisher,
        one.kind,
        one.url ?? null,
        ...dateCells(one.published),
        one.accessed ?? null,
        one.licence ?? null,
        one.note ?? null,
        one.events,
      ]),
    },
    {
      name: 'milestones',
      summary: 'The reforms and announcements that the events belong to',
      columns: [
        given(text('id', 'Its name in the record')),
        given(text('title', 'Its title')),
        given(text('summary', 'What happened, in short')),
        ...dated('from', 'Its first event'),
        ...dated('to', 'Its last event'),
        given({ name: 'events', type: 'integer', summary: 'How many events it has in all' }),
      ],
      key: ['id'],
      rows: material.milestones.map((one) => [
        one.milestone,
        one.title,
        one.summary,
        ...dateCells(one.from),
        ...dateCells(one.to),
        one.events,
      ]),
    },
    {
      name: 'milestone_themes',
      summary: 'What the milestones are about',
      columns: [
        given(referring(text('milestone', 'The milestone'), 'milestones')),
        place,
        given(text('theme', 'The theme')),
      ],
      key: ['milestone', 'nth'],
      rows: material.milestones.flatMap(({ milestone, themes }) => themes.map((theme, nth) => [milestone, nth, theme])),
    },
    {
      name: 'events',
      summary: 'What happened: the events asked for, and those that bodies and successions rest on',
      columns: [
        given(text('id', 'Its name in the record')),
        given({ name: 'position', type: 'integer', summary: 'Its place in the list, in order of time' }),
        given({ name: 'asked', type: 'integer', summary: '1: asked for; 0: only cited by what was' }),
        given(text('type', 'What sort of thing happened')),
        given(referring(text('milestone', 'The reform it belongs to'), 'milestones')),
        ...dated('date', 'When it took effect'),
        given(text('date_text', 'The date in words')),
        given(text('basis', 'On whose account: legal, operational, reported or inferred')),
        given(text('sentence', 'What happened, in a sentence')),
        given(text('confidence', 'How sure the record is of it')),
        given(text('public_from', 'The day from which anybody could have known of it')),
        given(text('recorded', 'The day the record took it in')),
        text('note', 'What to know of it'),
      ],
      key: ['id'],
      rows: every.map((event, position) => [
        event.id,
        position,
        position < asked ? 1 : 0,
        event.type,
        event.milestone,
        ...dateCells(event.date),
        event.dateText,
        event.basis,
        event.sentence,
        event.confidence,
        event.publicFrom,
        event.recorded,
        event.note ?? null,
      ]),
    },
    {
      name: 'event_sources',
      summary: 'Who says so: the sources of each event',
      columns: [...OF_EVENT, source, where],
      key: ['event', 'nth'],
      rows: listed(
        every,
        ({ sources }) => sources,
        ({ source, at }) => [source, at ?? null],
      ),
    },
    {
      name: 'event_causes',
      summary: 'Why: the events that caused each event',
      columns: [...OF_EVENT, given(text('cause', 'The event that caused it, which need not be among these'))],
      key: ['event', 'nth'],
      rows: listed(
        every,
        ({ because }) => because,
        (cause) => [cause],
      ),
    },
    {
      name: 'dissents',
      summary: 'What other sources say of an event, and why the record does not follow them',
      columns: [...OF_EVENT, source, where, given(text('says', 'What it says')), given(text('ruling', 'Why not so'))],
      key: ['event', 'nth'],
      rows: listed(
        every,
        ({ dissent }) => dissent,
        ({ source, says, ruling }) => [source.source, source.at ?? null, says, ruling],
      ),
    },
    {
      name: 'other_dates',
      summary: 'Other accounts of the day of an event',
      columns: [
        ...OF_EVENT,
        ...dated('date', 'When, on this account'),
        given(text('basis', 'On whose account: legal, operational, reported or inferred')),
        text('note', 'What to know of it'),
      ],
      key: ['event', 'nth'],
      rows: listed(
        every,
        ({ alsoDated }) => alsoDated,
        ({ date, basis, note }) => [...dateCells(date), basis, note ?? null],
      ),
    },
    {
      name: 'bodies',
      summary: 'Every body selected, as it was on the day asked, or as last known',
      columns: [
        given(text('id', 'Its name in the record, permanent')),
        given(text('name', 'What it is called')),
        given(text('kind', 'What sort of body it is')),
        text('ods_code', 'Its code in the register of the Organisation Data Service'),
        text('gss_code', 'Its code in the register of the Office for National Statistics'),
      ],
      key: ['id'],
      rows: material.bodies.map(({ id, name, kind, codes }) => [id, name, kind, codes.ods ?? null, codes.gss ?? null]),
    },
    spellTable(
      material,
      'existences',
      'When each body existed',
      ({ existence }) => existence,
      [],
      () => [],
    ),
    spellTable(
      material,
      'names',
      'What each body was called, and when',
      ({ names }) => names,
      [given(text('name', 'The name'))],
      ({ value }) => [value],
    ),
    spellTable(
      material,
      'codes',
      'The codes of each body, and when it had them: codes are reused',
      ({ codeSpells }) => codeSpells,
      [given(text('system', 'ods or gss: whose code')), given(text('code', 'The code'))],
      ({ system, value }) => [system, value],
    ),
    spellTable(
      material,
      'kinds',
      'What sort of body each was, and when',
      ({ kinds }) => kinds,
      [given(text('kind', 'The kind'))],
      ({ value }) => [value],
    ),
    spellTable(
      material,
      'relations',
      'What each body was part of, served, hosted or was overseen by, and when',
      ({ relations }) => relations,
      [
        given(text('relation', 'part-of, member-of, serves, overseen-by, shares-leadership-with, hosts, covers')),
        given(text('other', 'The other body, which need not be among these')),
        given(text('other_name', 'What it was then called')),
      ],
      ({ relation, value, name }) => [relation, value, name],
    ),
    spellTable(
      material,
      'statuses',
      'The statuses each body held, by what title, and when',
      ({ statuses }) => statuses,
      [
        given(text('status', 'The status')),
        given(text('title', 'What it was then called')),
        text('wave', 'The wave in which it was given'),
      ],
      ({ value, title, wave }) => [value, title, wave ?? null],
    ),
    {
      name: 'successions',
      summary: 'Who followed whom; a change of several bodies into several is one event with several rows',
      columns: [
        given({ name: 'id', type: 'integer', summary: 'Its number in this file' }),
        given(referring(text('predecessor', 'The body before'), 'bodies')),
        given(text('predecessor_name', 'What it was called')),
        given(referring(text('successor', 'The body after'), 'bodies')),
        given(text('successor_name', 'What it was called')),
        given(text('how', 'merger, division, absorption, transfer or replacement')),
        ...dated('date', 'When'),
        given(referring(text('event', 'The event that made it so'), 'events')),
      ],
      key: ['id'],
      rows: material.links.map(({ from, fromName, to, toName, how, date, via }, position) => [
        position + 1,
        from,
        fromName,
        to,
        toName,
        how,
        ...dateCells(date),
        via.event,
      ]),
    },
    {
      name: 'shares',
      summary: 'How much of a body went to its successor, where a source says so; no row is unknown, not all of it',
      columns: [
        given(referring({ name: 'succession', type: 'integer', summary: 'The succession' }, 'successions')),
        place,
        given({ name: 'share', type: 'real', summary: 'From 0 to 1' }),
        given(text('of', 'Of what: population, area, places')),
        text('basis', 'How it is known'),
      ],
      key: ['succession', 'nth'],
      rows: material.links.flatMap(({ shares }, position) =>
        shares.map(({ share, of, basis }, nth) => [position + 1, nth, share, of, basis ?? null]),
      ),
    },
  ];
}

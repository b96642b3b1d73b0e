import type { Material } from '../../machine/index.ts';
import { type Database, type Exporter, holding, type Table } from '../exporter.ts';
import { tablesOf } from '../tables.ts';

const README = [
  'As It Stood: what existed in the English NHS on any date, why, and who says so.',
  'This file holds one answer of the record; the table about says which, and of which edition: name it when you cite.',
  'The table dictionary says what every table and column means.',
  'Dates stand three times: *_edtf as precise as known (EDTF), *_earliest and *_latest as the first and last day it can mean.',
  'A period begins with its from and ends before its until; no until: no end is known of. “Until 30 June” has until 1 July.',
  'What existed on a day: update asked set day = ‘2019-06-30’; select * from landscape_at;',
  'certain: on every reading of the dates; possible: on some; expected: promised, not begun.',
  'What there was before a body, and what came after it: select * from succession_lines where body = ‘…’;',
  'What happened, with its sources: select * from timeline order by position;',
  'Outside of what the table coverage claims, no row means: not known.',
  'No share means that nobody has said how much; it does not mean all of it.',
  'Not affiliated with the NHS. Contains public sector information licensed under the Open Government Licence v3.0.',
].map((line) => line.replaceAll(/[‘’]/g, "'"));

/** The value that surely holds on the day asked, the newest; else one that may. */
function ofDay(table: string, column: string, which = ''): string {
  const holds = `v.body = b.id and ${which}(v.until_latest is null or v.until_latest > a.day)`;
  return `coalesce(
         (select v.${column} from ${table} v where ${holds} and v.from_latest <= a.day order by v.from_latest desc, v.nth desc limit 1),
         (select v.${column} from ${table} v where ${holds} and v.from_earliest <= a.day order by v.nth limit 1))`;
}

const VIEWS: Database['views'] = [
  {
    name: 'landscape_at',
    summary:
      'What existed on the day in the table asked: its name, kind and codes of that day, and what it was part of',
    sql: `
select b.id,
       coalesce(${ofDay('names', 'name')}, b.name) as name,
       coalesce(${ofDay('kinds', 'kind')}, b.kind) as kind,
       ${ofDay('codes', 'code', "v.system = 'ods' and ")} as ods_code,
       ${ofDay('codes', 'code', "v.system = 'gss' and ")} as gss_code,
       case when e.certainty = 'expected' then 'expected'
            when e.certainty = 'certain' and e.from_latest <= a.day and (e.until_earliest is null or e.until_earliest > a.day) then 'certain'
            else 'possible' end as existence,
       e.from_edtf, e.until_edtf, e.began_by, e.ended_by,
       (select group_concat(r.other, '; ') from relations r where r.body = b.id and r.relation = 'part-of'
        and r.from_earliest <= a.day and (r.until_latest is null or r.until_latest > a.day)) as part_of,
       a.day
from asked a
join existences e on e.from_earliest <= a.day and (e.until_latest is null or e.until_latest > a.day)
join bodies b on b.id = e.body`,
  },
  {
    name: 'succession_lines',
    summary: 'Every body with all that came before it (steps below 0) and after it, however far, and by which events',
    sql: `
with recursive
  after (body, other, steps, path, events) as (
    select predecessor, successor, 1, predecessor || ' > ' || successor, event from successions
    union all
    select after.body, s.successor, after.steps + 1, after.path || ' > ' || s.successor, after.events || '; ' || s.event
    from after join successions s on s.predecessor = after.other
    where instr(' > ' || after.path || ' > ', ' > ' || s.successor || ' > ') = 0
  )
select body, other, steps, path, events from after
union all
select other, body, -steps, path, events from after`,
  },
  {
    name: 'timeline',
    summary: 'What happened, in order, each event with its sources in one column',
    sql: `
select e.position, e.date_edtf, e.date_earliest, e.date_latest, e.date_text, e.sentence, e.type, m.title as milestone, e.basis,
       (select group_concat(s.title || coalesce(', ' || es.place, '') || coalesce(', ' || s.url, ''), '; ')
        from event_sources es join sources s on s.id = es.source where es.event = e.id) as citation,
       e.id, e.asked
from events e join milestones m on m.id = e.milestone`,
  },
];

/** A database of typed tables, with views that answer as the record does: nothing is lost. */
export const sqlite: Exporter = {
  name: 'sqlite',
  summary: 'One SQLite database: typed tables with keys, views of a day, of lines of succession and of the timeline',
  audience: 'data journalists, analysts',
  extension: '.sqlite',
  aliases: ['db', 'database'],
  mediaType: 'application/vnd.sqlite3',
  conventions: {
    intervals: 'Half-open: “until” is the first day no longer; null while no end is known of.',
    precision: 'EDTF in *_edtf, as precise as known; the first and last day it can mean in *_earliest and *_latest.',
  },
  holds: holding('kept', {}),
  write: (material) => ({ is: 'database', database: databaseOf(material) }),
};

function databaseOf(material: Material): Database {
  const tables = [...tablesOf(material), askedOf(material)];
  return { tables: [readme(), dictionaryOf(tables), ...tables], views: VIEWS };
}

function readme(): Table {
  return {
    name: 'README',
    summary: 'Start here',
    columns: [
      { name: 'line', type: 'integer', summary: 'Its number', required: true },
      { name: 'text', type: 'text', summary: 'What it says', required: true },
    ],
    key: ['line'],
    rows: README.map((line, nth) => [nth + 1, line]),
  };
}

/** The day that `landscape_at` answers for, until somebody sets another: the one asked, or the last that the answer reaches. */
function askedOf({ selection, recordedBy, events, cited }: Material): Table {
  const recorded = [...events, ...cited].map((event) => event.recorded).sort();
  const day = selection.at ?? selection.to ?? recordedBy ?? recorded.at(-1);
  return {
    name: 'asked',
    summary: 'The day that landscape_at answers for: set it to any other',
    columns: [{ name: 'day', type: 'date', summary: 'A day, in ISO', required: true }],
    key: ['day'],
    rows: day === undefined ? [] : [[/^\d{4}-\d{2}-\d{2}$/.test(day) ? day : day.slice(0, 10)]],
  };
}

function dictionaryOf(tables: readonly Table[]): Table {
  return {
    name: 'dictionary',
    summary: 'What every table, view and column means',
    columns: [
      { name: 'table_name', type: 'text', summary: 'The table or view', required: true },
      { name: 'column_name', type: 'text', summary: 'The column; empty for the table itself', required: true },
      { name: 'summary', type: 'text', summary: 'What it means', required: true },
    ],
    key: ['table_name', 'column_name'],
    rows: [
      ...tables.flatMap(({ name, summary, columns }) => [
        [name, '', summary],
        ...columns.map((column) => [name, column.name, column.summary]),
      ]),
      ...VIEWS.map(({ name, summary }) => [name, '', summary]),
    ],
  };
}

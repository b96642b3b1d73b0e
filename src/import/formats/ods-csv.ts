import type { FuzzyDate } from '../../time/day.ts';
import { kindNamed } from '../../vocabulary/kinds.ts';
import { codeSet } from '../code-set.ts';
import { dateOf, dayAfter, mayBe, registerDay, sameDate } from '../dates.ts';
import { type Draft, found, type ImportFormat, type Outcome, type Row, type Setting } from '../format.ts';
import { type KnownBody, sameName } from '../known.ts';
import { asWritten, idFor, kindOfName } from '../names.ts';

const COLUMNS = 27;
const [CODE, NAME, GROUPING, GEOGRAPHY, OPENED, CLOSED] = [0, 1, 2, 3, 10, 11] as const;

type CodeSet = ReturnType<typeof codeSet>;

/** New ids remembered, to keep them apart; after so many every id bears its code, which does the same. */
const REMEMBERED = 20_000;

/** Organisations of the register: one row each, with the days on which its code opens and closes. */
export const odsCsv: ImportFormat = {
  name: 'ods-csv',
  summary: `Organisations as ODS lists them (eccg, etr, epraccur…): no header, ${COLUMNS} columns, YYYYMMDD dates`,
  read: (setting) => {
    const seen = codeSet();
    const ids = new Set<string>();
    return { row: (row) => readRow(row, setting, seen, ids), end: () => [] };
  },
};

function readRow(row: Row, setting: Setting, seen: CodeSet, ids: Set<string>): readonly Outcome[] {
  const { line, fields } = row;
  const [code = '', name = ''] = [fields[CODE], fields[NAME]];
  if (fields.length !== COLUMNS) {
    return [
      found(
        'bad row',
        line,
        `${fields.length === 1 ? '1 column' : `${fields.length} columns`}, where this format has ${COLUMNS}`,
      ),
    ];
  }
  if (!/^[A-Z0-9]{2,12}$/.test(code)) return [found('bad row', line, `“${shown(code)}” is no organisation code`)];
  if (name === '') return [found('bad row', line, `${code} has no name`)];
  const [opened, closed] = [fields[OPENED] ?? '', fields[CLOSED] ?? ''];
  const [from, last] = [registerDay(opened), registerDay(closed)];
  if (from === undefined) {
    return [found('bad row', line, `${code} opens on “${shown(opened)}”, which is no day (YYYYMMDD)`)];
  }
  if (closed !== '' && last === undefined) {
    return [found('bad row', line, `${code} closes on “${shown(closed)}”, which is no day (YYYYMMDD)`)];
  }
  if (last !== undefined && last < from)
    return [found('bad row', line, `${code} closes (${last}) before it opens (${from})`)];
  if (!seen.add(code)) return [found('bad row', line, `${code} is listed a second time`)];
  const known = setting.known.bearers('ods', code);
  return known.length > 0
    ? [...compare(known, name, from, last, line), ...groupings(known, fields, setting, line)]
    : draft(code, name, from, last, line, setting, ids);
}

/** Holds a row against the bodies that the record knows by its code; a code may pass from one body to another. */
function compare(
  known: readonly KnownBody[],
  name: string,
  from: string,
  last: string | undefined,
  line: number,
): readonly Outcome[] {
  const ids = known.map(({ id }) => id).join(', ');
  const opening = dateOf(from);
  const begins = known.flatMap((body) => body.begins);
  const outcomes: Outcome[] = [];
  if (
    !begins.some(({ date, also }) => [date, ...also.map((other) => other.date)].some((each) => sameDate(each, opening)))
  ) {
    if (!begins.some(({ date }) => mayBe(date, opening))) {
      outcomes.push(
        found(
          'contradicts',
          line,
          `${ids}: the file opens the code on ${from}, the record on ${texts(begins.map(({ date }) => date))}`,
        ),
      );
    }
  }
  const ends = known.flatMap((body) => body.ends);
  const lives = known.some((body) => body.begins.length > body.ends.length);
  if (last !== undefined) {
    const over = dayAfter(last);
    if (!ends.some(({ date, also }) => [date, ...also.map((other) => other.date)].some((each) => mayBe(each, over)))) {
      outcomes.push(
        found(
          'contradicts',
          line,
          `${ids}: the file closes the code after ${last}; in the record it ${ends.length > 0 ? `is no more from ${texts(ends.map(({ date }) => date))}` : 'has no end'}`,
        ),
      );
    }
  } else if (!lives) {
    outcomes.push(
      found(
        'contradicts',
        line,
        `${ids}: open in the file; in the record no more from ${texts(ends.map(({ date }) => date))}`,
      ),
    );
  }
  const names = known.flatMap((body) => body.names);
  if (names.length > 0 && !names.some(({ value }) => sameName(value, name))) {
    outcomes.push(
      found('contradicts', line, `${ids}: called ${asWritten(name)} in the file, and never so in the record`),
    );
  } else if (names.length === 0) {
    outcomes.push(found('note', line, `${ids}: the record has no name; the file has ${asWritten(name)}`));
  }
  return outcomes.some((outcome) => 'finding' in outcome && outcome.finding.kind === 'contradicts')
    ? outcomes
    : [...outcomes, found('stands', line, `${ids}: same code, same dates`)];
}

/** The groupings of a row have no date: they are held against the record, never entered. */
function groupings(
  known: readonly KnownBody[],
  fields: readonly string[],
  { known: record }: Setting,
  line: number,
): readonly Outcome[] {
  return [fields[GROUPING] ?? '', fields[GEOGRAPHY] ?? ''].flatMap((code): Outcome[] => {
    if (code === '') return [];
    const above = record.bearers('ods', code).map(({ id }) => id);
    if (above.length === 0)
      return [found('not understood', line, `the grouping ${shown(code)} is no body of the record`)];
    const ever = new Set(known.flatMap((body) => ancestors(body, record)));
    return above.some((id) => ever.has(id))
      ? []
      : [
          found(
            'not understood',
            line,
            `grouped under ${above.join(' or ')}, of which the record knows nothing; the file gives it no date, so it is not entered`,
          ),
        ];
  });
}

function ancestors(body: KnownBody, record: Setting['known'], depth = 0): readonly string[] {
  if (depth > 4) return [];
  return body.parents.flatMap(({ value }) => {
    const above = record.body(value);
    return [value, ...(above ? ancestors(above, record, depth + 1) : [])];
  });
}

function draft(
  code: string,
  name: string,
  from: string,
  last: string | undefined,
  line: number,
  setting: Setting,
  ids: Set<string>,
): readonly Outcome[] {
  const kind = setting.kind ?? kindOfName(name);
  if (kind === undefined || kindNamed(kind) === undefined) {
    return [
      found(
        'not understood',
        line,
        `${code} ${asWritten(name)}: neither its name nor the record tells its kind; say --kind`,
      ),
    ];
  }
  const written = asWritten(name);
  const plain = idFor(kind, written, code);
  const free = ids.size < REMEMBERED && setting.known.body(plain) === undefined && !ids.has(plain);
  const organisation = free ? plain : `${plain}-${code.toLowerCase()}`;
  if (free) ids.add(organisation);
  const about = organisation.slice(organisation.indexOf('/') + 1);
  const at = `row ${line}, ${code}`;
  const drafts: Draft[] = [
    {
      name: about,
      type: 'OrganisationEstablished',
      effective: { date: from, basis: 'operational' },
      data: { organisation, name: written, kind, codes: { ods: code } },
      at,
    },
  ];
  if (last !== undefined) {
    drafts.push({
      name: `end-${about}`,
      type: 'OrganisationAbolished',
      effective: { date: last, basis: 'operational', convention: 'last-day' },
      data: { organisation },
      at,
    });
  }
  return drafts.map((each) => ({ draft: each }));
}

function texts(dates: readonly FuzzyDate[]): string {
  return dates.map(({ edtf }) => edtf).join(' or ');
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

import type { FuzzyDate } from '../../time/day.ts';
import { dateOf, mayBe, registerDay } from '../dates.ts';
import { type Draft, found, type ImportFormat, type Outcome, type Row, type Setting } from '../format.ts';
import { type KnownBody, mayExist } from '../known.ts';

/** A row that the record does not have yet, with both its ends known. */
interface Link {
  readonly line: number;
  readonly from: KnownBody;
  readonly to: KnownBody;
  readonly reason: string;
}

/** Successions of the register: who followed whom, from which day. */
export const odsSuccession: ImportFormat = {
  name: 'ods-succession',
  summary:
    'Who followed whom as ODS lists it (succ, succarc): no header; predecessor, successor, reason, YYYYMMDD, indicator',
  read: (setting) => {
    const links = new Map<string, Link[]>();
    return { row: (row) => readRow(row, setting, links), end: () => drafts(links).map((draft) => ({ draft })) };
  },
};

function readRow({ line, fields }: Row, setting: Setting, links: Map<string, Link[]>): readonly Outcome[] {
  const [from = '', to = '', reason = '', on = ''] = fields;
  if (fields.length < 4 || fields.length > 6)
    return [found('bad row', line, `${fields.length} columns, where this format has 5`)];
  for (const code of [from, to]) {
    if (!/^[A-Z0-9]{2,12}$/.test(code))
      return [found('bad row', line, `“${code.slice(0, 40)}” is no organisation code`)];
  }
  const day = registerDay(on);
  if (day === undefined)
    return [found('bad row', line, `${from} passes to ${to} on “${on.slice(0, 40)}”, which is no day (YYYYMMDD)`)];
  if (from === to) return [found('bad row', line, `${from} cannot follow itself`)];
  const date = dateOf(day);
  const before = chosen(setting.known.bearers('ods', from), date, 'before');
  const after = chosen(setting.known.bearers('ods', to), date, 'after');
  if (before === undefined || after === undefined) {
    const unknown = [...(before ? [] : [from]), ...(after ? [] : [to])].join(' and ');
    return [
      found('not understood', line, `${from} to ${to} on ${day}: the record knows no body with the code ${unknown}`),
    ];
  }
  const told = setting.known.successions(before.id, after.id);
  if (told.some((other) => mayBe(other, date))) return [found('stands', line, `${before.id} to ${after.id} on ${day}`)];
  if (told.length > 0) {
    return [
      found(
        'contradicts',
        line,
        `${before.id} to ${after.id}: on ${day} in the file, on ${told.map(({ edtf }) => edtf).join(' or ')} in the record`,
      ),
    ];
  }
  const list = links.get(day) ?? [];
  if (list.some((link) => link.from.id === before.id && link.to.id === after.id))
    return [found('bad row', line, `${from} to ${to} on ${day} is listed a second time`)];
  list.push({ line, from: before, to: after, reason });
  links.set(day, list);
  return [];
}

/** Of the bodies that bore a code, the one that the day speaks of: alive just before it, or from it on. */
function chosen(bodies: readonly KnownBody[], date: FuzzyDate, side: 'before' | 'after'): KnownBody | undefined {
  const day = side === 'before' ? { ...date, earliest: date.earliest - 1, latest: date.latest - 1 } : date;
  const alive = bodies.filter((body) => mayExist(body, day));
  return (
    alive.find((body) => (side === 'before' ? body.ends : body.begins).some((edge) => mayBe(edge.date, date))) ??
    alive[0] ??
    bodies[0]
  );
}

/** One event for all that merged into one body, and one for each body that was divided. */
function drafts(links: ReadonlyMap<string, readonly Link[]>): Draft[] {
  return [...links].flatMap(([day, list]) => {
    const targets = (link: Link) => list.filter((other) => other.from.id === link.from.id);
    const groups = new Map<string, Link[]>();
    for (const link of list) {
      const key = targets(link).length > 1 ? `from ${link.from.id}` : `into ${link.to.id}`;
      groups.set(key, [...(groups.get(key) ?? []), link]);
    }
    return [...groups].map(([key, group]) => draftOf(day, key.startsWith('from '), group));
  });
}

function draftOf(day: string, divided: boolean, group: readonly Link[]): Draft {
  const date = dateOf(day);
  const from = [...new Set(group.map((link) => link.from.id))].sort();
  const to = [...new Set(group.map((link) => link.to.id))].sort();
  const first = group[0] as Link;
  const goesOn = group.some((link) => !link.from.ends.some((end) => mayBe(end.date, date)));
  const isNew = first.to.begins.some((begin) => mayBe(begin.date, date));
  const how = goesOn
    ? 'transfer'
    : divided
      ? 'division'
      : isNew
        ? from.length > 1
          ? 'merger'
          : 'replacement'
        : 'absorption';
  const reasons = [...new Set(group.map(({ reason }) => reason).filter(Boolean))];
  const about = (divided ? first.from.id : first.to.id).replace(/^[^/]*\//, '');
  return {
    name: `${divided ? 'from' : 'into'}-${about}-${day}`,
    type: 'OrganisationsReorganised',
    effective: { date: day, basis: 'operational' },
    data: { from, to, how },
    at: `row ${group.map(({ line }) => line).join(', ')}`.slice(0, 200),
    ...(reasons.length > 0 ? { note: `Reason in the file: ${reasons.join(', ')}.` } : {}),
  };
}

/**
 * What the SQL peers share. Each body's whole state is one row for as long as it holds (a bitemporal type-2 table),
 * so that no question needs a join; codes are small integers. This is the form that suits the peers best.
 */
export const COLUMNS = 'body, kind, region, parent, name, valid_from, valid_to, recorded_from, recorded_to';

export const CREATE = `create table state (
  body integer not null, kind integer not null, region integer not null, parent integer not null, name text not null,
  valid_from integer not null, valid_to integer not null, recorded_from integer not null, recorded_to integer not null)`;

const FOREVER = 2_147_483_647;

/** Covering indexes, one for each question; the ones for "now" hold the current rows only. */
export const INDEXES = [
  `create index state_now on state (valid_from, valid_to, kind, region) where recorded_to = ${FOREVER}`,
  `create index state_kind on state (kind, valid_from, valid_to) where recorded_to = ${FOREVER}`,
  `create index state_then on state (valid_from, valid_to, recorded_from, recorded_to, kind, region)`,
  `create index state_parent on state (parent, valid_from, valid_to, body) where recorded_to = ${FOREVER}`,
  'create index state_body on state (body, valid_from)',
];

/** The questions, with `?` for a parameter. */
export const SQL = {
  landscapeNow: `select kind, region, count(*) as bodies from state
    where valid_from <= ? and valid_to > ? and recorded_to = ${FOREVER} group by kind, region`,
  landscapeThen: `select kind, region, count(*) as bodies from state
    where valid_from <= ? and valid_to > ? and recorded_from <= ? and recorded_to > ? group by kind, region`,
  children: `select body from state
    where parent = ? and valid_from <= ? and valid_to > ? and recorded_to = ${FOREVER} order by body`,
  body: `select kind, region, parent, name from state
    where body = ? and valid_from <= ? and valid_to > ? and recorded_from <= ? and recorded_to > ?`,
  series: `select day, sum(step) as step from (
      select valid_from as day, 1 as step from state where kind = ? and recorded_to = ${FOREVER}
      union all
      select valid_to as day, -1 as step from state where kind = ? and recorded_to = ${FOREVER}) as steps
    group by day order by day`,
} as const;

/** The same with `$1`, `$2`… */
export function numbered(sql: string): string {
  let index = 0;
  return sql.replace(/\?/g, () => `$${++index}`);
}

import Database from 'libsql';
import { generate, rectanglesOf } from '../generator.ts';
import { countsFromSteps, type Engine } from './engine.ts';
import { COLUMNS, CREATE, INDEXES, SQL } from './sql.ts';

/** SQLite (libsql) in memory, with a covering index for each question. */
export const sqlite: Engine = {
  name: 'SQLite (libsql)',
  async load(size) {
    const database = new Database(':memory:');
    database.exec('pragma cache_size = -1000000');
    database.exec(CREATE);
    database.exec('begin');
    const insert = database.prepare(`insert into state (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    for (const { body, entries } of generate(size)) {
      for (const row of rectanglesOf(body, entries)) {
        const { kind, region, parent, name, validFrom, validTo, recordedFrom, recordedTo } = row;
        insert.run([body, kind, region, parent, name, validFrom, validTo, recordedFrom, recordedTo]);
      }
    }
    database.exec('commit');
    for (const index of INDEXES) database.exec(index);
    database.exec('analyze');
    const prepare = (sql: string) => {
      const statement = database.prepare(sql).raw();
      return (values: readonly number[]): unknown[][] => statement.all([...values]) as unknown[][];
    };
    const [now, then] = [prepare(SQL.landscapeNow), prepare(SQL.landscapeThen)];
    const [children, body, series] = [prepare(SQL.children), prepare(SQL.body), prepare(SQL.series)];
    return {
      landscape: ({ at, recordedBy }) =>
        (recordedBy === undefined ? now([at, at]) : then([at, at, recordedBy, recordedBy])) as [
          number,
          number,
          number,
        ][],
      children: ({ parent, at }) => children([parent, at, at]).map(([child]) => Number(child)),
      body: (question) => {
        const { at, recordedBy } = question;
        return body([question.body, at, at, recordedBy, recordedBy])[0] as [number, number, number, string] | undefined;
      },
      series: ({ kind, days }) => countsFromSteps(series([kind, kind]) as [number, number][], days),
      close: () => {
        database.close();
      },
    };
  },
};

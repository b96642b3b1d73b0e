import { DuckDBInstance, type DuckDBPreparedStatement, type DuckDBValue } from '@duckdb/node-api';
import { generate, rectanglesOf } from '../generator.ts';
import { countsFromSteps, type Engine } from './engine.ts';
import { CREATE, numbered, SQL } from './sql.ts';

/** DuckDB in memory; its columns carry their own zone maps, so it gets only the two indexes its planner uses for look-ups. */
export const duckdb: Engine = {
  name: 'DuckDB',
  async load(size) {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(CREATE);
    const appender = await connection.createAppender('state');
    for (const { body, entries } of generate(size)) {
      for (const row of rectanglesOf(body, entries)) {
        appender.appendInteger(row.body);
        appender.appendInteger(row.kind);
        appender.appendInteger(row.region);
        appender.appendInteger(row.parent);
        appender.appendVarchar(row.name);
        appender.appendInteger(row.validFrom);
        appender.appendInteger(row.validTo);
        appender.appendInteger(row.recordedFrom);
        appender.appendInteger(row.recordedTo);
        appender.endRow();
      }
    }
    appender.closeSync();
    await connection.run('create index state_body on state (body)');
    await connection.run('create index state_parent on state (parent)');
    const prepare = (sql: string): Promise<DuckDBPreparedStatement> => connection.prepare(numbered(sql));
    const ask = async (statement: DuckDBPreparedStatement, values: readonly number[]): Promise<DuckDBValue[][]> => {
      for (const [index, value] of values.entries()) statement.bindInteger(index + 1, value);
      return (await statement.runAndReadAll()).getRows();
    };
    const [now, then, children, body, series] = await Promise.all(
      [SQL.landscapeNow, SQL.landscapeThen, SQL.children, SQL.body, SQL.series].map(prepare),
    );
    if (!now || !then || !children || !body || !series) throw new Error('DuckDB prepared nothing');
    return {
      landscape: async ({ at, recordedBy }) => {
        const rows =
          recordedBy === undefined ? await ask(now, [at, at]) : await ask(then, [at, at, recordedBy, recordedBy]);
        return rows.map(([kind, region, bodies]) => [Number(kind), Number(region), Number(bodies)] as const);
      },
      children: async ({ parent, at }) => (await ask(children, [parent, at, at])).map(([child]) => Number(child)),
      body: async (question) => {
        const { at, recordedBy } = question;
        const [row] = await ask(body, [question.body, at, at, recordedBy, recordedBy]);
        return row && [Number(row[0]), Number(row[1]), Number(row[2]), String(row[3])];
      },
      series: async ({ kind, days }) =>
        countsFromSteps(
          (await ask(series, [kind, kind])).map(([day, step]) => [Number(day), Number(step)] as const),
          days,
        ),
      close: () => {
        connection.closeSync();
        instance.closeSync();
      },
    };
  },
};

import { PGlite } from '@electric-sql/pglite';
import { generate, rectanglesOf } from '../generator.ts';
import { countsFromSteps, type Engine } from './engine.ts';
import { COLUMNS, CREATE, INDEXES, numbered, SQL } from './sql.ts';

const ROWS_A_COPY = 100_000;

/** PostgreSQL in WebAssembly, in memory, with a covering index for each question. */
export const pglite: Engine = {
  name: 'PGlite',
  async load(size) {
    const database = await PGlite.create();
    await database.exec(CREATE);
    let lines: string[] = [];
    const flush = async (): Promise<void> => {
      const blob = new Blob([`${lines.join('\n')}\n`]);
      lines = [];
      await database.query(`copy state (${COLUMNS}) from '/dev/blob' with (format csv)`, [], { blob });
    };
    for (const { body, entries } of generate(size)) {
      for (const row of rectanglesOf(body, entries)) {
        const { kind, region, parent, name, validFrom, validTo, recordedFrom, recordedTo } = row;
        lines.push(
          `${body},${kind},${region},${parent},"${name}",${validFrom},${validTo},${recordedFrom},${recordedTo}`,
        );
      }
      if (lines.length >= ROWS_A_COPY) await flush();
    }
    if (lines.length > 0) await flush();
    for (const index of INDEXES) await database.exec(index);
    await database.exec('vacuum analyze state');
    const ask = async (sql: string, values: readonly number[]): Promise<unknown[][]> =>
      (await database.query<unknown[]>(sql, [...values], { rowMode: 'array' })).rows;
    const [now, then] = [numbered(SQL.landscapeNow), numbered(SQL.landscapeThen)];
    const [children, body, series] = [numbered(SQL.children), numbered(SQL.body), numbered(SQL.series)];
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
      close: () => database.close(),
    };
  },
};

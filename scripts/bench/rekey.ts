import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { stringify } from 'csv-stringify/sync';
import { type Machine, openRecord } from '../../src/machine/index.ts';
import { ADDED, targetCells } from '../../src/rekey/added.ts';
import { POLICIES, partsOf } from '../../src/rekey/policies.ts';
import { rekeyFile } from '../../src/rekey/run.ts';
import { median, ms, table } from './measure.ts';
import type { Section } from './section.ts';

const ROUNDS = 3;
const MOST_TIMES = 3;
/** Growth of the process while it re-keys, after the first tenth, that still counts as flat. */
const MOST_GROWTH_MIB = 64;
const [FROM, TO] = ['2020-04-01', '2021-04-01'];

/** A file as researchers have it: a year, a code, a name (quoted where it has a comma), numbers and a remark. */
function writeFile(file: string, rows: number, machine: Machine): void {
  const bodies = machine.at(FROM, { kind: 'CCG' }).bodies;
  const lines = bodies.map(({ codes, name }) => [`,${codes.gss},${name.includes(',') ? `"${name}"` : name},`, name]);
  const handle = openSync(file, 'w');
  writeSync(handle, 'year,code,name,patients,spent,remark\r\n');
  let part = '';
  for (let row = 0; row < rows; row++) {
    const [middle] = lines[(row * 7919) % lines.length] ?? [];
    part += `${2015 + (row % 6)}${middle}${(row * 31) % 100_000},${row % 997}.${10 + (row % 90)},practice ${row}\r\n`;
    if (part.length > 1 << 20) {
      writeSync(handle, part);
      part = '';
    }
  }
  writeSync(handle, part);
  closeSync(handle);
}

/** The correspondence with the columns that re-keying adds, for the other side to join with. */
function writeTable(file: string, machine: Machine): void {
  const rows = machine.correspondence(FROM, TO, { kind: 'CCG' }).rows.filter(({ from, to }) => from && to);
  writeFileSync(
    file,
    stringify([
      ['from_gss', ...ADDED],
      ...rows.map((row) => [row.from?.codes.gss, ...partsOf([row]).flatMap((part) => targetCells(part, '', 0, 1))]),
    ]),
  );
}

/** A file of some million rows through `rekey`, and the same join in DuckDB: read CSV, join, write CSV. */
export const rekeySection: Section = {
  name: 'rekey',
  title: "A researcher's own file",
  async run({ quick }, say) {
    const folder = mkdtempSync(path.join(tmpdir(), 'stood-bench-'));
    const rows = quick ? 100_000 : 1_000_000;
    const at = (name: string): string => path.join(folder, name);
    try {
      const machine = await openRecord();
      writeFile(at('in.csv'), rows, machine);
      writeTable(at('table.csv'), machine);
      const megabytes = statSync(at('in.csv')).size / 2 ** 20;
      let [tenth, peak, end] = [0, 0, 0];
      const run = async (values: readonly string[], file: string): Promise<void> => {
        const report = await rekeyFile({
          machine,
          file,
          from: FROM,
          to: TO,
          column: 'code',
          separator: undefined,
          header: true,
          kind: undefined,
          toKind: undefined,
          policy: POLICIES[0] as (typeof POLICIES)[number],
          measure: 'population',
          values,
          decimals: undefined,
          anyDate: false,
          lens: {},
          output: at('ours.csv'),
          exceptions: at('exceptions.csv'),
          report: undefined,
          onSize: () => {},
          onOut: () => {},
          onBytes: (bytes) => {
            const mebibytes = process.memoryUsage.rss() / 2 ** 20;
            peak = Math.max(peak, mebibytes);
            if (bytes < (megabytes * 2 ** 20) / 10) tenth = Math.max(tenth, mebibytes);
            end = mebibytes;
          },
        });
        if (report.exceptions > 0) throw new Error(`${report.exceptions} rows did not map`);
        if (report.totals.some(({ conserved }) => !conserved)) throw new Error('a sum was not conserved');
      };
      await run([], at('in.csv'));
      [tenth, peak, end] = [0, 0, 0];
      await run([], at('in.csv'));
      const memory = { growthMiB: end - tenth, peakMiB: peak };

      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      const join = () =>
        connection.run(
          `copy (select f.*, t.* exclude (from_gss) from read_csv('${at('in.csv')}', header = true, all_varchar = true) f
           join read_csv('${at('table.csv')}', header = true, all_varchar = true) t on f.code = t.from_gss)
           to '${at('theirs.csv')}' (format csv, header true)`,
        );
      await join();
      const times: Record<'ours' | 'summed' | 'theirs', number[]> = { ours: [], summed: [], theirs: [] };
      for (let round = 0; round < ROUNDS; round++) {
        for (const [name, work] of [
          ['theirs', join],
          ['ours', () => run([], at('in.csv'))],
          ['summed', () => run(['patients', 'spent'], at('in.csv'))],
        ] as const) {
          const start = performance.now();
          await work();
          times[name].push(performance.now() - start);
        }
        say(`round ${round + 1}: ${ms(times.ours.at(-1) ?? 0)} ms, DuckDB ${ms(times.theirs.at(-1) ?? 0)} ms`);
      }
      const sum = async (file: string): Promise<string> =>
        String(
          (
            await connection.runAndReadAll(
              `select count(*), sum(hash(concat_ws('|', *columns(*)))::hugeint) from read_csv('${at(file)}', header = true, all_varchar = true)`,
            )
          ).getRows()[0],
        );
      const isEqual = (await sum('ours.csv')) === (await sum('theirs.csv'));
      connection.closeSync();
      instance.closeSync();
      const [ours, summed, theirs] = [median(times.ours), median(times.summed), median(times.theirs)];
      const ratio = ours / theirs;
      const rate = (time: number): string => Math.round((rows / time) * 1000).toLocaleString('en-GB');
      const markdown = [
        table(
          [
            `${rows.toLocaleString('en-GB')} rows, ${megabytes.toFixed(0)} MB`,
            'milliseconds',
            'rows a second',
            'times DuckDB',
          ],
          [
            ['stood rekey', ms(ours), rate(ours), ratio.toFixed(2)],
            [
              'stood rekey, two columns added up before and after',
              ms(summed),
              rate(summed),
              (summed / theirs).toFixed(2),
            ],
            ['DuckDB: read_csv, join, copy to CSV', ms(theirs), rate(theirs), '1'],
          ],
        ),
        '',
        `In one run, medians of ${ROUNDS} taken in turn, both on all cores they want (target: within ${MOST_TIMES} times); the two files hold the same rows and cells${isEqual ? '' : ' NOT'}.`,
        `While re-keying the process grew by ${memory.growthMiB.toFixed(0)} MiB between a tenth of the way and the end, and never stood above ${memory.peakMiB.toFixed(0)} MiB.`,
      ].join('\n');
      const problems = [
        ...(isEqual ? [] : ['re-keying and the join do not give the same']),
        ...(ratio > MOST_TIMES ? [`re-keying takes ${ratio.toFixed(2)} times as long as the join in DuckDB`] : []),
        ...(memory.growthMiB > MOST_GROWTH_MIB
          ? [`memory grew by ${memory.growthMiB.toFixed(0)} MiB while re-keying`]
          : []),
      ];
      return { markdown, data: { rows, megabytes, ours, summed, theirs, ratio, isEqual, memory }, problems };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

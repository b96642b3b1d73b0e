import { duckdb } from './engines/duckdb.ts';
import type { Engine, LoadedEngine } from './engines/engine.ts';
import { ours } from './engines/ours.ts';
import { pglite } from './engines/pglite.ts';
import { sqlite } from './engines/sqlite.ts';
import type { Size } from './generator.ts';
import { ms, table, timeEach } from './measure.ts';
import { QUESTION_TITLES, type QuestionName, type Questions, questionsFor } from './questions.ts';
import type { Section } from './section.ts';

const PEERS: readonly Engine[] = [duckdb, sqlite, pglite];
const SIZES: readonly Size[] = [
  { changes: 10_000, bodies: 1_000 },
  { changes: 100_000, bodies: 10_000 },
  { changes: 1_000_000, bodies: 100_000 },
  { changes: 10_000_000, bodies: 300_000 },
];
const LARGEST_QUICK = 100_000;
const LARGEST_FOR_PEERS = 1_000_000;
const MOST_BYTES = 32;
const DUCKDB_FACTOR = 4;
const NAMES = Object.keys(QUESTION_TITLES) as QuestionName[];

interface Measured {
  readonly engine: string;
  readonly loadSeconds: number;
  readonly medians: Readonly<Record<QuestionName, number>>;
  /** The first answer after loading, before anything is warm or cached. */
  readonly first: Readonly<Record<QuestionName, number>>;
  readonly bytesPerChange?: number;
}

interface SizeReport {
  readonly changes: number;
  readonly bodies: number;
  readonly engines: readonly Measured[];
}

function ask(engine: LoadedEngine, name: QuestionName, index: number, questions: Questions): unknown {
  switch (name) {
    case 'landscapeNow':
    case 'landscapeThen':
      return engine.landscape(questions[name][index] as Questions['landscapeNow'][number]);
    case 'children':
      return engine.children(questions.children[index] as Questions['children'][number]);
    case 'body':
      return engine.body(questions.body[index] as Questions['body'][number]);
    case 'series':
      return engine.series(questions.series[index] as Questions['series'][number]);
  }
}

/** Every answer of an engine as one comparable text a question. */
async function answers(engine: LoadedEngine, questions: Questions): Promise<Record<QuestionName, string[]>> {
  const told = {} as Record<QuestionName, string[]>;
  for (const name of NAMES) {
    told[name] = [];
    for (let index = 0; index < questions[name].length; index++) {
      const answer = await ask(engine, name, index, questions);
      const rows = name.startsWith('landscape')
        ? (answer as unknown[]).map((row) => JSON.stringify(row)).sort()
        : answer;
      told[name].push(JSON.stringify(rows) ?? 'none');
    }
  }
  return told;
}

async function measure(
  engine: Engine,
  size: Size,
  questions: Questions,
): Promise<{ measured: Measured; told: Record<QuestionName, string[]> }> {
  const start = performance.now();
  const loaded = await engine.load(size);
  const loadSeconds = (performance.now() - start) / 1000;
  const first = {} as Record<QuestionName, number>;
  for (const name of NAMES) {
    const before = performance.now();
    await ask(loaded, name, 0, questions);
    first[name] = performance.now() - before;
  }
  const told = await answers(loaded, questions);
  const medians = {} as Record<QuestionName, number>;
  for (const name of NAMES) {
    const indexes = questions[name].map((_, index) => index);
    medians[name] = await timeEach(indexes, (index) => ask(loaded, name, index, questions));
  }
  const facts = loaded.facts?.();
  await loaded.close();
  const measured: Measured = {
    engine: engine.name,
    loadSeconds,
    medians,
    first,
    ...(facts && { bytesPerChange: facts.bytes / size.changes }),
  };
  return { measured, told };
}

const millions = (changes: number): string => (changes >= 1e6 ? `${changes / 1e6} M` : `${changes / 1e3} k`);

function peersTable({ engines }: SizeReport): string {
  const mine = engines[0] as Measured;
  return table(
    ['median ms (times ours)', ...NAMES.map((name) => QUESTION_TITLES[name]), 'load s'],
    engines.map((each) => [
      each.engine,
      ...NAMES.map((name) => {
        const ratio = each.medians[name] / mine.medians[name];
        return each === mine
          ? `**${ms(each.medians[name])}**`
          : `${ms(each.medians[name])} (${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1)}x)`;
      }),
      each.loadSeconds.toFixed(1),
    ]),
  );
}

function growthTable(reports: readonly SizeReport[]): string {
  return table(
    [
      'changes',
      'bodies',
      ...NAMES.map((name) => `${QUESTION_TITLES[name]}, ms`),
      'first landscape, ms',
      'first series, ms',
      'load s',
      'bytes a change',
    ],
    reports.map(({ changes, bodies, engines }) => {
      const mine = engines[0] as Measured;
      return [
        millions(changes),
        millions(bodies),
        ...NAMES.map((name) => ms(mine.medians[name])),
        ms(mine.first.landscapeNow),
        ms(mine.first.series),
        mine.loadSeconds.toFixed(1),
        (mine.bytesPerChange ?? Number.NaN).toFixed(1),
      ];
    }),
  );
}

function shortfalls(report: SizeReport): string[] {
  const [mine, ...peers] = report.engines as [Measured, ...Measured[]];
  const short: string[] = [];
  const where = `at ${millions(report.changes)} changes`;
  for (const peer of peers) {
    for (const name of NAMES) {
      const wanted = peer.engine === duckdb.name && name === 'landscapeNow' ? DUCKDB_FACTOR : 1;
      const ratio = peer.medians[name] / mine.medians[name];
      if (ratio < wanted)
        short.push(
          `${QUESTION_TITLES[name]} ${where}: ${peer.engine} takes ${ratio.toFixed(2)} times as long as ours, wanted ${wanted}`,
        );
    }
  }
  if ((mine.bytesPerChange ?? 0) > MOST_BYTES)
    short.push(`${mine.bytesPerChange?.toFixed(1)} bytes a change ${where}, wanted at most ${MOST_BYTES}`);
  return short;
}

/** The engine beside its peers, and how each figure grows. */
export const engines: Section = {
  name: 'engines',
  title: 'The engine beside its peers',
  async run({ quick, all }, say) {
    const problems: string[] = [];
    const targets: string[] = [];
    const reports: SizeReport[] = [];
    for (const size of SIZES) {
      if (quick && size.changes > LARGEST_QUICK) continue;
      const questions = questionsFor(size);
      const contestants = size.changes <= LARGEST_FOR_PEERS || all ? [ours, ...PEERS] : [ours];
      const measured: Measured[] = [];
      let expected: Record<QuestionName, string[]> | undefined;
      for (const engine of contestants) {
        say(`${engine.name}, ${millions(size.changes)} changes`);
        const { measured: one, told } = await measure(engine, size, questions);
        measured.push(one);
        expected ??= told;
        for (const name of NAMES) {
          const differing = told[name].findIndex((answer, index) => answer !== expected?.[name][index]);
          if (differing >= 0) {
            problems.push(
              `${engine.name} at ${millions(size.changes)}: ${QUESTION_TITLES[name]}, question ${differing}: ` +
                `${told[name][differing]?.slice(0, 200)} where ours says ${expected[name][differing]?.slice(0, 200)}`,
            );
          }
        }
      }
      const report = { ...size, engines: measured };
      reports.push(report);
      if (measured.length > 1) targets.push(...shortfalls(report));
    }
    const raced = reports.filter((report) => report.engines.length > 1);
    const largest = raced.at(-1) as SizeReport;
    const asked = NAMES.reduce((sum, name) => sum + questionsFor(SIZES[0] as Size)[name].length, 0);
    const markdown = [
      'Every engine is given the same seeded changes (one in twenty events corrected later) and asked the same questions;',
      `all ${asked} answers of each engine at each size are compared, and the run fails if one differs. The peers get tables of ready-made`,
      'intervals, one row for each state of a body, with small integers for codes and a covering index for each question',
      '(`scripts/bench/engines/sql.ts`); they run in memory, in this process. All days are exact, because such tables hold no others.',
      'Times are medians of a call, warm; ours keep the provenance of each value where the peers return bare values.',
      '',
      ...raced
        .toReversed()
        .flatMap((report) => [
          `### ${millions(report.changes)} changes, ${millions(report.bodies)} bodies`,
          '',
          peersTable(report),
          '',
        ]),
      '### Growth (ours)',
      '',
      'The first landscape and the first series are the first answers after loading, before the history of the counts is kept',
      '(from the third time the same table is asked for on). Bytes are those of all typed arrays, that history included; texts of ids and names come on top.',
      '',
      growthTable(reports),
      '',
      targets.length === 0
        ? `Targets met at every size raced: faster than every peer on every question, at least ${DUCKDB_FACTOR} times DuckDB on the landscape as known now, at most ${MOST_BYTES} bytes a change.`
        : ['Targets missed:', ...targets.map((target) => `- ${target}`)].join('\n'),
    ].join('\n');
    return { markdown, data: { sizes: reports, largestRaced: largest.changes, targetsMissed: targets }, problems };
  },
};

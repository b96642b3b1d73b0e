/**
 * Mutation testing over the engine and the projections: changes the code in small ways, one at a time, and asks whether
 * a test notices. Writes the score to docs/mutation.md. Arguments go to Stryker: `npm run mutation -- --mutate src/timeline/columns.ts`
 * (then nothing is written, because the score is not that of the whole).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

interface Score {
  readonly name: string;
  readonly noticed: number;
  readonly survived: number;
  readonly unreached: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const REPORT = `${root}reports/mutation/mutation.json`;

function scoreOf(name: string, statuses: readonly string[]): Score {
  const count = (...wanted: readonly string[]): number => statuses.filter((status) => wanted.includes(status)).length;
  return { name, noticed: count('Killed', 'Timeout'), survived: count('Survived'), unreached: count('NoCoverage') };
}

function percent({ noticed, survived, unreached }: Score): string {
  const all = noticed + survived + unreached;
  return all === 0 ? 'none to notice' : `${((100 * noticed) / all).toFixed(1)} %`;
}

function row(score: Score): string {
  return `| ${score.name} | ${percent(score)} | ${score.noticed} | ${score.survived} | ${score.unreached} |`;
}

function page(report: Report, version: string, day: string): string {
  const files = Object.entries(report.files).sort(([a], [b]) => (a < b ? -1 : 1));
  const scores = files.map(([name, { mutants }]) =>
    scoreOf(
      `\`${name}\``,
      mutants.map(({ status }) => status),
    ),
  );
  const total = scoreOf(
    '**all**',
    files.flatMap(([, { mutants }]) => mutants.map(({ status }) => status)),
  );
  return `<!-- Made by \`npm run mutation\`. -->

# Would the tests notice?

Stryker changes the engine and the projections in small ways, one at a time (a boundary moved by one, a condition turned round, a
result emptied), and runs the tests that reach the change. A mutant that no test notices is a mistake that could be made unseen.

Version ${version}, ${day}: **${percent(total)}** of ${total.noticed + total.survived + total.unreached} mutants noticed.

| File | Score | Noticed | Survived | Not reached |
| --- | --- | --- | --- | --- |
${[...scores.map(row), row(total)].join('\n')}
`;
}

const rest = process.argv.slice(2);
if (rest.length > 0) process.stderr.write('mutation: only a part is tried, so docs/mutation.md stays as it is\n');
const stryker = `${root}node_modules/@stryker-mutator/core/bin/stryker.js`;
if (!existsSync(stryker)) {
  process.stderr.write('mutation: Stryker is not installed; run npm install\n');
  process.exit(1);
}
const { status } = spawnSync(process.execPath, [stryker, 'run', ...rest], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const report = JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
const text = page(report, version, new Date().toISOString().slice(0, 10));
process.stdout.write(`\n${text.slice(text.indexOf('Version'))}`);
if (rest.length === 0) writeFileSync(`${root}docs/mutation.md`, text);

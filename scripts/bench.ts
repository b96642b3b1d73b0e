import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machineFacts } from './bench/measure.ts';
import { SECTIONS } from './bench/sections.ts';

const USAGE = `npm run bench -- [options]
  --quick        10 k and 100 k changes only; leaves docs/bench.md alone
  --all          the peers at 10 million changes too
  --only NAME    one section: ${SECTIONS.map(({ name }) => name).join(', ')}; leaves docs/bench.md alone
  --json FILE    write the figures as JSON
  --help         this`;

const REPORT = fileURLToPath(new URL('../docs/bench.md', import.meta.url));

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const chosen = values.only === undefined ? SECTIONS : SECTIONS.filter(({ name }) => name === values.only);
  if (chosen.length === 0) {
    console.error(`There is no section "${values.only}".\n${USAGE}`);
    return 2;
  }
  const machine = machineFacts();
  const day = new Date().toISOString().slice(0, 10);
  const facts = Object.entries({ day, ...machine }).map(([name, value]) => `- ${name}: ${value}`);
  const report = [
    '# Benchmark',
    '',
    'Written by `npm run bench`, which runs everything below in one go.',
    '',
    ...facts,
  ];
  const sections: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const section of chosen) {
    const result = await section.run({ quick: values.quick, all: values.all }, (line) => console.error(line));
    report.push('', `## ${section.title}`, '', result.markdown);
    sections[section.name] = result.data;
    problems.push(...result.problems);
  }
  if (problems.length > 0) report.push('', '## Not as it should be', '', ...problems.map((problem) => `- ${problem}`));
  const text = `${report.join('\n')}\n`;
  console.log(text);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ day, machine, sections, problems }, null, 2)}\n`);
  // A run that missed a target is written down as well: its report says which.
  if (!values.quick && values.only === undefined) writeFileSync(REPORT, text);
  return problems.length > 0 ? 1 : 0;
}

process.exitCode = await main();

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SHIPPED_RECORD } from '../../src/machine/cache.ts';
import { compileRecord } from '../../src/machine/compile.ts';
import { loadRecord } from '../../src/record/load.ts';
import { checkRecord } from '../../src/record/rules/index.ts';
import { median, ms } from './measure.ts';
import type { Section } from './section.ts';

const RUNS = 5;
const MOST_TIMES = 3;

/** Milliseconds of processor time: other programs on the machine do not count. */
async function taken(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Reading, checking and compiling the whole record, beside parsing its YAML and nothing else. */
export const recordLoad: Section = {
  name: 'record-load',
  title: 'Reading the whole record',
  async run() {
    const texts = readdirSync(SHIPPED_RECORD)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => readFileSync(join(SHIPPED_RECORD, name), 'utf8'));
    const times = { parse: [] as number[], load: [] as number[], lint: [] as number[], compile: [] as number[] };
    let events = 0;
    for (let run = 0; run < RUNS; run++) {
      times.parse.push(
        await taken(() => {
          for (const text of texts) parse(text);
        }),
      );
      let record = await loadRecord(SHIPPED_RECORD);
      times.load.push(
        await taken(async () => {
          record = await loadRecord(SHIPPED_RECORD);
        }),
      );
      times.lint.push(await taken(() => checkRecord(record)));
      times.compile.push(await taken(() => compileRecord(record)));
      events = record.believed.length;
    }
    const [alone, load, lint, compile] = [times.parse, times.load, times.lint, times.compile].map(median) as [
      number,
      number,
      number,
      number,
    ];
    const ratio = (load + lint + compile) / alone;
    const bytes = texts.reduce((sum, text) => sum + text.length, 0);
    const markdown = [
      `${events.toLocaleString('en-GB')} events in ${texts.length} files, ${(bytes / 1e6).toFixed(1)} MB; processor time, medians of ${RUNS}.`,
      '',
      '| parsing the YAML alone, ms | load, ms | lint, ms | compile, ms | all three, times the parsing |',
      '| ---: | ---: | ---: | ---: | ---: |',
      `| ${ms(alone)} | ${ms(load)} | ${ms(lint)} | ${ms(compile)} | ${ratio.toFixed(2)} |`,
      '',
      `Target: at most ${MOST_TIMES} times, ${ratio <= MOST_TIMES ? 'met' : 'missed'}.`,
    ].join('\n');
    return { markdown, data: { parse: alone, load, lint, compile, ratio, events, runs: RUNS }, problems: [] };
  },
};

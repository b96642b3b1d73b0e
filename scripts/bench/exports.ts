import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPORTERS, lossReport, type Output } from '../../src/exporters/index.ts';
import { openRecord } from '../../src/machine/index.ts';
import { writeDatabase } from '../../src/store/sqlite/database.ts';
import { median, ms, table } from './measure.ts';
import type { Section } from './section.ts';

const RUNS = 3;
const MOST_MS = 3000;

/** Bytes of what an export writes, all of it made; a database goes to a file. */
async function bytesOf(output: Output, file: string): Promise<number> {
  if (output.is === 'text') {
    let bytes = 0;
    for (const chunk of output.chunks) bytes += Buffer.byteLength(chunk);
    return bytes;
  }
  if (output.is === 'folder') {
    let bytes = 0;
    for (const { text } of output.files) bytes += Buffer.byteLength(text);
    return bytes;
  }
  await writeDatabase(file, output.database);
  return (await stat(file)).size;
}

/** Every exporter over the whole record: how long, and how much. */
export const exportsSection: Section = {
  name: 'exports',
  title: 'Every format over the whole record',
  async run(_, say) {
    const machine = await openRecord();
    const material = machine.material();
    const folder = await mkdtemp(join(tmpdir(), 'stood-bench-'));
    const rows: { name: string; ms: number; report: number; bytes: number; kept: number; facts: number }[] = [];
    try {
      for (const exporter of EXPORTERS) {
        say(exporter.name);
        const times: number[] = [];
        const reports: number[] = [];
        let [bytes, kept, facts] = [0, 0, 0];
        for (let run = 0; run < RUNS; run++) {
          const before = performance.now();
          bytes = await bytesOf(exporter.write(material), join(folder, 'whole.sqlite'));
          const between = performance.now();
          ({ kept, facts } = lossReport(exporter, material));
          times.push(between - before);
          reports.push(performance.now() - between);
        }
        rows.push({ name: exporter.name, ms: median(times), report: median(reports), bytes, kept, facts });
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    const slow = rows.filter((row) => row.ms > MOST_MS);
    const { bodies, events, links } = material;
    const markdown = [
      `${bodies.length.toLocaleString('en-GB')} bodies, ${events.length.toLocaleString('en-GB')} events and ${links.length.toLocaleString('en-GB')} successions; medians of ${RUNS}.`,
      '',
      table(
        ['Format', 'write, ms', 'loss report, ms', 'MB', 'facts kept, %'],
        rows.map((row) => [
          row.name,
          ms(row.ms),
          ms(row.report),
          (row.bytes / 1e6).toFixed(1),
          ((100 * row.kept) / row.facts).toFixed(1),
        ]),
      ),
      '',
      `Target: at most ${MOST_MS / 1000} s each, ${slow.length === 0 ? 'met' : `missed by ${slow.map(({ name }) => name).join(', ')}`}.`,
    ].join('\n');
    return {
      markdown,
      data: { rows, bodies: bodies.length, events: events.length, runs: RUNS },
      problems: slow.map((row) => `${row.name} took ${ms(row.ms)} ms`),
    };
  },
};

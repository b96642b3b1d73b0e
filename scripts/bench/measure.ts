import { cpus, release, totalmem, type } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The middle of the numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

const ROUNDS = 9;
const FEWEST_ROUNDS = 3;
const BUDGET_MS = 4000;

/**
 * Median milliseconds of one call: each round asks every question once and is divided by their number,
 * so that calls shorter than the clock's tick are measured too. One round before the first is not counted.
 */
export async function timeEach<Question>(
  questions: readonly Question[],
  ask: (question: Question) => unknown,
): Promise<number> {
  const rounds: number[] = [];
  const start = performance.now();
  for (let round = -1; round < ROUNDS; round++) {
    const before = performance.now();
    for (const question of questions) {
      const answer = ask(question);
      if (answer instanceof Promise) await answer;
    }
    const after = performance.now();
    if (round >= 0) rounds.push((after - before) / questions.length);
    if (rounds.length >= FEWEST_ROUNDS && after - start > BUDGET_MS) break;
  }
  return median(rounds);
}

/** The number below which this share of them lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Mebibytes of live heap, after a collection, and of the whole process. */
export interface Memory {
  readonly heap: number;
  readonly process: number;
}

let collect: (() => void) | undefined;

/** What is in memory now. */
export function memoryNow(): Memory {
  setFlagsFromString('--expose-gc');
  collect ??= runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / 2 ** 20, process: rss / 2 ** 20 };
}

/** What is in memory at the end of each tenth of a reading of so many; throws when it was not so many. */
export async function memoryOver(
  batches: AsyncIterable<readonly unknown[]>,
  total: number,
): Promise<readonly Memory[]> {
  const samples: Memory[] = [];
  let count = 0;
  for await (const batch of batches) {
    count += batch.length;
    if (count >= ((samples.length + 1) * total) / 10) samples.push(memoryNow());
  }
  if (count !== total) throw new Error(`read ${count} events of ${total}`);
  return samples;
}

/** Mebibytes by which the live heap may grow from the first tenth of a reading to the last and still be called flat, and the process. */
const FLAT = { heap: 16, process: 64 };

/** The samples in a table; and what is wrong where they are not flat. */
export function memoryReport(samples: readonly Memory[]): {
  readonly markdown: string;
  readonly problems: readonly string[];
} {
  const parts = ['heap', 'process'] as const;
  const names = { heap: 'live heap, MiB', process: 'whole process, MiB' };
  const grown = parts.map((part) => (samples.at(-1)?.[part] ?? 0) - (samples[0]?.[part] ?? 0));
  return {
    markdown: table(
      ['after', ...samples.map((_, tenth) => `${(tenth + 1) * 10} %`)],
      parts.map((part) => [names[part], ...samples.map((sample) => sample[part].toFixed(0))]),
    ),
    problems: parts.flatMap((part, i) =>
      (grown[i] ?? 0) > FLAT[part] ? [`${names[part]}: grew by ${(grown[i] ?? 0).toFixed(0)} during a replay`] : [],
    ),
  };
}

/** What the figures were measured on. */
export function machineFacts(): Record<string, string> {
  return {
    node: process.version,
    system: `${type()} ${release()} ${process.arch}`,
    processor: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
  };
}

/** A number of milliseconds with three significant figures. */
export function ms(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 0.0001 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

import { cpus, release, totalmem, type } from 'node:os';

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

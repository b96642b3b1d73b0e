import { constants } from 'node:os';
import type { Context } from './command.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
type Signal = (typeof SIGNALS)[number];
/** Milliseconds after which whoever pressed Ctrl-C is told that it was heard. */
const PATIENCE = 500;

/** The command was ended by Ctrl-C or by a signal, between two steps of its work. `exitCode` is what a shell expects: 128 and the number of the signal. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exitCode: number;

  constructor(signal: Signal) {
    super(`stopped by ${signal === 'SIGINT' ? 'Ctrl-C' : signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs long work that Ctrl-C ends between two of its steps: the signal it is given then says so. `left` says what is then left behind.
 * A second Ctrl-C ends the process at once.
 */
export async function interruptible<T>(
  ctx: Context,
  work: (signal: AbortSignal) => Promise<T>,
  left: () => string = () => 'nothing was written',
): Promise<T> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const interrupt = (signal: Signal): void => {
    stop.abort(new Interrupted(signal));
    timer = setTimeout(() => ctx.note('stopping when the step under way is done; Ctrl-C again ends at once'), PATIENCE);
  };
  for (const signal of SIGNALS) process.once(signal, interrupt);
  try {
    return await work(stop.signal);
  } catch (problem) {
    if (problem instanceof Interrupted) problem.message += `: ${left()}`;
    throw problem;
  } finally {
    clearTimeout(timer);
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}

import type { Io } from '../../src/cli/command.ts';
import { run } from '../../src/cli/run.ts';
import { type Call, fakeMachine } from './answers.ts';

/** What came of typing a command. */
export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What the machine was asked. */
  readonly calls: readonly Call[];
  /** Folders that were opened. */
  readonly opened: readonly (string | undefined)[];
}

/** Types `stood …` in a world of our own: words split at spaces unless given as a list. */
export async function stood(typed: string | readonly string[], world: Partial<Io> = {}): Promise<Typed> {
  let [out, err] = ['', ''];
  const calls: Call[] = [];
  const opened: (string | undefined)[] = [];
  const code = await run(typeof typed === 'string' ? typed.split(' ').filter(Boolean) : typed, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    isTTY: false,
    env: {},
    now: () => new Date('2026-11-21T12:00:00Z'),
    openRecord: async (options) => {
      opened.push(options?.folder);
      return fakeMachine(calls);
    },
    ...world,
  });
  return { code, out, err, calls, opened };
}

import { run } from '../../src/cli/run.ts';

/** `stood` as a process of its own, for tests of several at once. */
process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  isTTY: false,
  env: process.env,
});

#!/usr/bin/env node
import { run } from './run.ts';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (problem: NodeJS.ErrnoException) => {
    // The reader went away (`stood on 2013 | head`): nothing is wrong, and nobody is left to tell.
    if (problem.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw problem;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  get stdin() {
    return process.stdin;
  },
  get input() {
    return process.stdin;
  },
  isTTY: process.stdout.isTTY === true,
  columns: process.stdout.columns,
  env: process.env,
  progress: process.stderr.isTTY === true,
});

// Runs the tests under another version of Node: `npm run test:node -- 22`, `npm run test:node -- 24 test/time`.
// The version comes from the registry's `node` package for this run only; nothing is installed.

import { spawnSync } from 'node:child_process';

const [version, ...rest] = process.argv.slice(2);
if (!version || !/^\d+(\.\d+)*$/.test(version)) {
  process.stderr.write('Which version of Node? Try: npm run test:node -- 22\n');
  process.exit(2);
}

const { status } = spawnSync(
  'npx',
  ['-y', '-p', `node@${version}`, 'node', 'node_modules/vitest/vitest.mjs', 'run', ...rest],
  {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  },
);
process.exit(status ?? 1);

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isEventStoreDBUrl } from '../src/store/eventstoredb/index.ts';

const USAGE = `npm run test:store -- <connection string>

Runs the contract of an event store against a server that is there: esdb://, esdb+discover://, kurrentdb://, kurrentdb+discover://.
It appends to streams of its own, named stood-test-<random>-…, and touches nothing else; what it wrote stays there.`;

const [url] = process.argv.slice(2);
if (url === undefined || !isEventStoreDBUrl(url)) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  const run = spawnSync(process.execPath, [vitest, 'run', 'test/store/any-server.test.ts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, STOOD_TEST_STORE: url },
    stdio: 'inherit',
  });
  process.exitCode = run.status ?? 1;
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openEventStoreDB } from '../../src/store/eventstoredb/index.ts';
import { type Cluster, startCluster } from '../support/loopback/index.ts';
import { endOf, prefixedStore } from '../support/prefixed-store.ts';
import { storeContract } from './contract.ts';

// The server that `npm run test:store -- <connection string>` names; without it, a cluster of three with TLS and users.
const given = process.env['STOOD_TEST_STORE'];
const PASSWORD = 'p@ss:w/rd?&%';
let url = given ?? '';
let cluster: Cluster | undefined;
let folder: string | undefined;

beforeAll(async () => {
  if (given !== undefined) return;
  cluster = await startCluster(3, { tls: true, users: { admin: PASSWORD } });
  folder = mkdtempSync(join(tmpdir(), 'loopback-'));
  const authority = join(folder, 'ca.crt');
  writeFileSync(authority, cluster.certificates?.authority ?? '');
  url = `esdb://admin:${encodeURIComponent(PASSWORD)}@${cluster.addresses}?tlsCAFile=${encodeURIComponent(authority)}`;
});

afterAll(async () => {
  await cluster?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

storeContract(given === undefined ? 'EventStoreDB on a cluster that others use too' : 'The given server', async () => {
  const prefix = `stood-test-${randomUUID()}-`;
  let from: Promise<string | undefined> | undefined;
  return {
    open: async () => {
      const store = await openEventStoreDB(url);
      from ??= endOf(store);
      return prefixedStore(store, prefix, await from);
    },
    dispose: async () => undefined,
  };
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventStoreDB } from '../../src/store/eventstoredb/index.ts';
import { makeCertificates, startCluster, startLoopback } from '../support/loopback/index.ts';
import { type Place, storeContract } from './contract.ts';

storeContract('EventStoreDB on an insecure node', async (): Promise<Place> => {
  const node = await startLoopback();
  return { open: () => openEventStoreDB(`esdb://${node.address}?tls=false`), dispose: () => node.close() };
});

// As KurrentDB is called today, from an old server: it repeats events at the edge of a subscription, does not say when it has
// caught up, knows no batch append, and remembers no ids.
storeContract('EventStoreDB on an old node', async (): Promise<Place> => {
  const node = await startLoopback({ transactionPositions: true, rememberedIds: 0, batchAppend: false, caughtUp: false });
  return { open: () => openEventStoreDB(`kurrentdb://admin:changeit@${node.address}?tls=false`), dispose: () => node.close() };
});

const PASSWORD = 'p@ss:w/rd?&%';
const certificates = makeCertificates();

storeContract('EventStoreDB on a cluster with TLS and users', async (): Promise<Place> => {
  const folder = mkdtempSync(join(tmpdir(), 'loopback-'));
  const authority = join(folder, 'ca.crt');
  writeFileSync(authority, certificates.authority);
  const cluster = await startCluster(3, { certificates, users: { admin: PASSWORD } });
  const url = `esdb://admin:${encodeURIComponent(PASSWORD)}@${cluster.addresses}?tlsCAFile=${encodeURIComponent(authority)}`;
  return {
    open: () => openEventStoreDB(url),
    dispose: async () => {
      await cluster.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

import { openEventStoreDB } from '../../src/store/eventstoredb/index.ts';
import { startLoopback } from '../support/loopback/index.ts';
import { type Place, storeContract } from './contract.ts';

storeContract('EventStoreDB on an insecure node', async (): Promise<Place> => {
  const node = await startLoopback();
  return { open: () => openEventStoreDB(`esdb://${node.address}?tls=false`), dispose: () => node.close() };
});

// As KurrentDB is called today, from an old server: it repeats events at the edge of a subscription, does not say when it has
// caught up, knows no batch append, and remembers no ids.
storeContract('EventStoreDB on an old node', async (): Promise<Place> => {
  const node = await startLoopback({
    transactionPositions: true,
    rememberedIds: 0,
    batchAppend: false,
    caughtUp: false,
  });
  return {
    open: () => openEventStoreDB(`kurrentdb://admin:changeit@${node.address}?tls=false`),
    dispose: () => node.close(),
  };
});

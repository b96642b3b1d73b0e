import { forgetMemory, openMemory } from '../../src/store/memory/index.ts';
import { storeContract } from './contract.ts';
import { uuid } from './events.ts';

storeContract('memory', async () => {
  const name = uuid();
  return { open: () => openMemory(`memory:${name}`), dispose: async () => forgetMemory(name) };
});

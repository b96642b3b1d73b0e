import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { storeContract } from './contract.ts';

storeContract('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stood-sqlite-'));
  return {
    open: () => openSqlite(`sqlite:${join(folder, 'events of mine.sqlite')}`),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
});

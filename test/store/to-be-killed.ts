import { writeSync } from 'node:fs';
import { pushRecord } from '../../src/machine/push.ts';
import { loadRecord } from '../../src/record/load.ts';
import { openStore } from '../../src/store/index.ts';
import { type EventStore, lastRevision } from '../../src/store/port.ts';
import { newEvents } from './events.ts';

/** A process that writes to a store until it is killed, and says what was acknowledged as soon as it is. */
const [, , work, url = '', folder = ''] = process.argv;

const say = (line: string): void => void writeSync(1, `${line}\n`);
const store = await openStore(url);
const telling: EventStore = {
  ...store,
  append: async (stream, events, options) => {
    const done = await store.append(stream, events, options);
    say(`ack ${stream} ${done.revision}`);
    return done;
  },
};

if (work === 'push') {
  const record = await loadRecord(folder);
  say('ready');
  await pushRecord(record, telling);
} else {
  say('ready');
  for (let last = await lastRevision(store, 'appended'); ; )
    last = (await telling.append('appended', newEvents(7), { expected: last ?? 'none' })).revision;
}
say('done');
await store.close();

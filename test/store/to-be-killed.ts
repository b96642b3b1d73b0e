import { writeSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { appendMilestone } from '../../src/machine/append.ts';
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
} else if (work === 'append') {
  const files = (await readdir(folder)).filter((file) => file !== 'sources.yaml');
  say('ready');
  for (const file of files) {
    const appended = await appendMilestone(telling, path.join(folder, file));
    if (!appended.ok) throw new Error(JSON.stringify(appended.problems[0]));
  }
} else {
  say('ready');
  for (let last = await lastRevision(store, 'appended'); ; )
    last = (await telling.append('appended', newEvents(7), { expected: last ?? 'none' })).revision;
}
say('done');
await store.close();

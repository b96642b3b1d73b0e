import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Libsql from 'libsql';
import { uuidOf } from '../../src/store/envelope.ts';
import type { EventStore, NewEvent } from '../../src/store/port.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { median, memoryOver, memoryReport, table } from './measure.ts';
import type { Section } from './section.ts';

const BATCH = 500;
const ROUNDS = 5;
const LEAST_SHARE = 0.7;

function eventsFrom(first: number, count: number): NewEvent[] {
  return Array.from({ length: count }, (_, i) => {
    const n = first + i;
    const body = `ccg/body-${n % 5000}`;
    return {
      id: uuidOf(`bench ${n}`),
      type: 'OrganisationRenamed',
      data: {
        id: `bench/${n}`,
        type: 'OrganisationRenamed',
        effective: '2013-04-01',
        data: { organisation: body, name: `NHS Body ${n} Clinical Commissioning Group` },
        sources: ['a-register', { source: 'an-order', at: `art. ${n % 50}` }],
      },
      metadata: {
        effective: '2013-04-01',
        sources: ['a-register', 'an-order'],
        recordedAt: '2026-11-21',
        hash: 'f'.repeat(64),
        milestone: 'bench',
        sequence: n,
        schema: 1,
        $correlationId: '00000000-0000-5000-8000-000000000000',
      },
    };
  });
}

interface Peer {
  readonly push: (batch: readonly NewEvent[], stream: string) => void;
  readonly scan: () => number;
  readonly close: () => void;
}

/** libsql alone: one prepared insert a row, one transaction a batch, the same columns, indexes and pragmas, payloads as text. */
function peerAt(file: string): Peer {
  const db = new Libsql(file);
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full');
  db.exec(
    'create table events (position integer primary key, stream text not null, revision integer not null, id text not null, type text not null, created text not null, metadata text not null, data text not null, unique (stream, revision), unique (id, stream)) strict',
  );
  const insert = db.prepare(
    'insert into events (stream, revision, id, type, created, metadata, data) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const scan = db
    .prepare('select position, stream, revision, id, type, created, metadata, data from events order by position')
    .raw();
  return {
    push: (batch, stream) => {
      db.exec('begin immediate');
      const created = new Date().toISOString();
      for (const [revision, { id, type, metadata, data }] of batch.entries())
        insert.run(stream, revision, id, type, created, JSON.stringify(metadata), JSON.stringify(data));
      db.exec('commit');
    },
    scan: () => {
      let count = 0;
      for (const _ of scan.iterate()) count++;
      return count;
    },
    close: () => db.close(),
  };
}

async function replay(store: EventStore): Promise<number> {
  let count = 0;
  for await (const batch of store.readAll()) count += batch.length;
  return count;
}

async function parsed(store: EventStore): Promise<number> {
  let count = 0;
  for await (const batch of store.readAll()) for (const { data, metadata } of batch) if (data && metadata) count++;
  return count;
}

/** Milliseconds that work takes. */
async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const rate = (count: number, milliseconds: number): number => Math.round((count / milliseconds) * 1000);

/** Push and replay through the SQLite store beside libsql alone, in turn; and the memory of a long replay. */
export const storeSection: Section = {
  name: 'store',
  title: 'The store in a file',
  async run({ quick }, say) {
    const folder = mkdtempSync(path.join(tmpdir(), 'stood-bench-'));
    const count = quick ? 20_000 : 100_000;
    try {
      const store = await openSqlite(`sqlite:${folder}/ours.sqlite`);
      const peer = peerAt(path.join(folder, 'peer.db'));
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let n = 0; n < count; n += BATCH) {
        const batch = eventsFrom(n, BATCH);
        const stream = `milestone-bench-${n}`;
        ours.push(await timed(() => store.append(stream, batch, { expected: 'none' })));
        theirs.push(await timed(() => peer.push(batch, stream)));
      }
      const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
      const reads: Record<'replay' | 'parsed' | 'scan', number[]> = { replay: [], parsed: [], scan: [] };
      for (let round = 0; round < ROUNDS; round++) {
        reads.scan.push(await timed(() => peer.scan()));
        reads.replay.push(await timed(() => replay(store)));
        reads.parsed.push(await timed(() => parsed(store)));
      }
      const figures = {
        events: count,
        push: { ours: rate(count, sum(ours)), libsql: rate(count, sum(theirs)), share: sum(theirs) / sum(ours) },
        replay: {
          ours: rate(count, median(reads.replay)),
          libsql: rate(count, median(reads.scan)),
          share: median(reads.scan) / median(reads.replay),
        },
        parsed: {
          ours: rate(count, median(reads.parsed)),
          libsql: rate(count, median(reads.scan)),
          share: median(reads.scan) / median(reads.parsed),
        },
      };
      say(`push ${figures.push.ours}/s, replay ${figures.replay.ours}/s`);
      peer.close();
      const long = quick ? 100_000 : 1_000_000;
      for (let n = count; n < long; n += BATCH) {
        await store.append(`milestone-bench-${n}`, eventsFrom(n, BATCH), { expected: 'none' });
        if (n % 100_000 === 0) say(`${n} of ${long} events appended`);
      }
      const samples = await memoryOver(looked(store), long);
      const memory = memoryReport(samples);
      await store.close();
      const row = (
        name: string,
        { ours: mine, libsql, share }: { ours: number; libsql: number; share: number },
      ): string[] => [
        name,
        mine.toLocaleString('en-GB'),
        libsql.toLocaleString('en-GB'),
        `${Math.round(share * 100)} %`,
      ];
      const markdown = [
        table(
          ['events a second', 'through the store', 'libsql alone', 'share'],
          [
            row('push (batches of 500, each on the disk)', figures.push),
            row('full replay', figures.replay),
            row('full replay, every payload parsed, beside a scan that parses none', figures.parsed),
          ],
        ),
        '',
        `Beside libsql's own prepared insert in transactions of the same size and its own scan of the same columns, in turn in one run (target: at least ${LEAST_SHARE * 100} %).`,
        '',
        `While ${long.toLocaleString('en-GB')} events are replayed and every payload is looked at:`,
        '',
        memory.markdown,
      ].join('\n');
      const problems = [
        ...(figures.push.share < LEAST_SHARE
          ? [`push through the store is ${figures.push.share.toFixed(2)} of libsql's rate`]
          : []),
        ...(figures.replay.share < LEAST_SHARE
          ? [`replay through the store is ${figures.replay.share.toFixed(2)} of libsql's rate`]
          : []),
        ...memory.problems,
      ];
      return { markdown, data: { ...figures, memory: samples }, problems };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function* looked(store: EventStore): AsyncGenerator<readonly unknown[]> {
  for await (const batch of store.readAll()) yield batch.filter(({ data }) => data.id !== undefined);
}

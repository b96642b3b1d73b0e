import {
  AccessDeniedError,
  BACKWARDS,
  binaryEvent,
  DeadlineExceededError,
  END,
  EventStoreDBClient,
  excludeSystemEvents,
  jsonEvent,
  NO_STREAM,
  type Position,
  type ResolvedEvent,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificates, type Node, startLoopback } from '../support/loopback/index.ts';

// What else the official client's own tests ask of a server, told in our words: against the loopback server, with TLS and users as there.

const CREDENTIALS = { username: 'admin', password: 'changeit' };
let node: Node;
let client: EventStoreDBClient;
let streams = 0;
/** A name that no other test uses. */
const fresh = (): string => `stream-${streams++}`;
const some = (count: number, type = 'test') =>
  Array.from({ length: count }, (_, n) => jsonEvent({ type, data: { n } }));

beforeAll(async () => {
  const certificates = makeCertificates();
  node = await startLoopback({ certificates });
  client = new EventStoreDBClient(
    { endpoint: { address: 'localhost', port: node.port } },
    { rootCertificate: Buffer.from(certificates.authority) },
    CREDENTIALS,
  );
});
afterAll(async () => {
  await client.dispose();
  await node.close();
});

async function collect(events: AsyncIterable<ResolvedEvent>): Promise<ResolvedEvent[]> {
  const all: ResolvedEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.fail('should have failed'),
    (problem: unknown) => problem,
  );

describe.each([
  ['by a batch', {}],
  ['by a call of its own', { credentials: CREDENTIALS }],
])('An append %s', (_, how) => {
  it('to a stream that is not there, against expectation, says that there is none', async () => {
    for (const expectedRevision of [STREAM_EXISTS, 1n] as const) {
      const stream = fresh();
      const problem = await failure(client.appendToStream(stream, some(1), { ...how, expectedRevision }));
      expect(problem).toBeInstanceOf(WrongExpectedVersionError);
      expect(problem).toMatchObject({
        streamName: stream,
        expectedVersion: expectedRevision,
        actualVersion: NO_STREAM,
      });
    }
  });

  it('at another revision than expected says which it found, and that no stream was expected', async () => {
    const stream = fresh();
    const { nextExpectedRevision, position } = await client.appendToStream(stream, some(4), how);
    expect(nextExpectedRevision).toBe(3n);
    for (const expectedRevision of [NO_STREAM, 1n] as const) {
      const problem = await failure(client.appendToStream(stream, some(1), { ...how, expectedRevision }));
      expect(problem).toMatchObject({ streamName: stream, expectedVersion: expectedRevision, actualVersion: 3n });
    }
    const [last] = await collect(client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1 }));
    expect(last?.event?.position).toEqual(position);
  });

  it('carries what is neither a map nor there at all', async () => {
    const stream = fresh();
    const bytes = Buffer.from('how meta is this?');
    await client.appendToStream(
      stream,
      [
        jsonEvent({ type: 'text', data: 'CC ‐ 1830' as unknown as Record<string, unknown> }),
        jsonEvent({ type: 'bytes', data: {}, metadata: bytes }),
        binaryEvent({ type: 'both', data: bytes, metadata: Uint8Array.from(bytes) }),
        binaryEvent({ type: 'map', data: bytes, metadata: { meta: 'very' } }),
      ],
      how,
    );
    const events = (await collect(client.readStream(stream))).map(({ event }) => event);
    expect(events[0]).toMatchObject({ isJson: true, data: 'CC ‐ 1830', metadata: undefined });
    expect(Buffer.from(events[1]?.metadata as Uint8Array)).toEqual(bytes);
    expect(Buffer.from(events[2]?.metadata as Uint8Array)).toEqual(bytes);
    expect(events[2]?.isJson).toBe(false);
    expect(Buffer.from(events[2]?.data as Uint8Array)).toEqual(bytes);
    expect(events[3]?.metadata).toEqual({ meta: 'very' });
  });

  it('that may take a millisecond is given up', async () => {
    const problem = await failure(client.appendToStream(fresh(), some(5_000), { ...how, deadline: 1 }));
    expect(problem).toBeInstanceOf(DeadlineExceededError);
  });
});

describe('An append', () => {
  it('is refused to whom the stream’s access list does not name, and to whom nobody knows', async () => {
    const stream = fresh();
    await client.appendToStream(stream, some(1));
    await client.setStreamMetadata(stream, { acl: { writeRoles: ['somebody-else'] } });
    const stranger = { username: 'AzureDiamond', password: 'hunter2' };
    expect(await failure(client.appendToStream(stream, some(1), { credentials: stranger }))).toBeInstanceOf(
      AccessDeniedError,
    );
  });

  it('of thousands in small batches is one append', async () => {
    const stream = fresh();
    const before = node.log.all.length;
    const { nextExpectedRevision } = await client.appendToStream(stream, some(3_000), { batchAppendSize: 1_024 });
    expect(nextExpectedRevision).toBe(2_999n);
    expect(node.log.all.length).toBe(before + 3_000);
    expect((await collect(client.readStream(stream))).map(({ event }) => event?.revision)).toEqual(
      Array.from({ length: 3_000 }, (_, n) => BigInt(n)),
    );
  });
});

describe('A stream', () => {
  it.each(['deleteStream', 'tombstoneStream'] as const)('is not removed by %s against expectation', async (remove) => {
    const stream = fresh();
    await client.appendToStream(stream, some(4));
    for (const expectedRevision of [2n, NO_STREAM] as const) {
      const problem = await failure(client[remove](stream, { expectedRevision }));
      expect(problem).toBeInstanceOf(WrongExpectedVersionError);
      // The server answers -1 for no stream here, and the client hands that on.
      const expectedVersion = expectedRevision === NO_STREAM ? -1n : expectedRevision;
      expect(problem).toMatchObject({ streamName: stream, expectedVersion });
    }
    expect(await collect(client.readStream(stream))).toHaveLength(4);
    await client[remove](stream, { expectedRevision: 3n });
    expect(await failure(collect(client.readStream(stream)))).toBeInstanceOf(
      remove === 'deleteStream' ? StreamNotFoundError : StreamDeletedError,
    );
  });

  it('of which there is only metadata can be deleted, and one of which there is nothing can be tombstoned', async () => {
    const [implicit, absent] = [fresh(), fresh()];
    await client.setStreamMetadata(implicit, { cacheControl: 10 });
    await client.deleteStream(implicit, { expectedRevision: NO_STREAM });
    await client.tombstoneStream(absent, { expectedRevision: NO_STREAM });
    expect(await failure(collect(client.readStream(absent)))).toBeInstanceOf(StreamDeletedError);
    expect(await failure(client.appendToStream(absent, some(1)))).toBeInstanceOf(StreamDeletedError);
  });

  it('keeps all of its metadata, those that nobody knows too', async () => {
    const stream = fresh();
    expect(await client.getStreamMetadata(stream)).toMatchObject({ streamName: stream });
    const roles = ['admin'];
    const metadata = {
      maxAge: 2,
      cacheControl: 15,
      truncateBefore: 1,
      maxCount: 12,
      acl: { readRoles: roles, writeRoles: roles, deleteRoles: roles, metaReadRoles: roles, metaWriteRoles: roles },
      kitten: '😾',
    };
    await client.setStreamMetadata(stream, metadata);
    expect((await client.getStreamMetadata(stream)).metadata).toEqual(metadata);
  });

  it('is followed from behind a revision, from its end, or from its beginning, and caught up with once', async () => {
    for (const [fromRevision, expected] of [
      ['start', [0, 1, 2, 3, 4, 5, 6, 7]],
      [2n, [3, 4, 5, 6, 7]],
      ['end', [4, 5, 6, 7]],
    ] as const) {
      const stream = fresh();
      await client.appendToStream(stream, some(4));
      const subscription = client.subscribeToStream(stream, { fromRevision });
      let [confirmed, caughtUp] = [0, 0];
      subscription.on('confirmation', () => (confirmed += 1));
      (subscription as unknown as { on(name: string, heard: () => void): void }).on('caughtUp', () => (caughtUp += 1));
      await expect.poll(() => caughtUp, { timeout: 10_000 }).toBe(1);
      await client.appendToStream(stream, some(3));
      await client.appendToStream(stream, some(1, 'finish'));
      const heard: number[] = [];
      for await (const { event } of subscription) {
        heard.push(Number(event?.revision));
        if (event?.type === 'finish') break;
      }
      expect(heard).toEqual(expected);
      expect([confirmed, caughtUp]).toEqual([1, 1]);
    }
  });
});

describe('Everything', () => {
  it('is read from a position on, that one included, and as far as asked', async () => {
    await client.appendToStream(fresh(), some(5));
    const three = await collect(client.readAll({ maxCount: 3 }));
    expect(three).toHaveLength(3);
    const [again] = await collect(client.readAll({ maxCount: 1, fromPosition: three[2]?.event?.position as Position }));
    expect(again).toEqual(three[2]);
    const [last] = await collect(client.readAll({ maxCount: 1, direction: BACKWARDS, fromPosition: END }));
    expect(last?.event?.id).toBe(node.log.all.at(-1)?.id);
  });

  it('is followed through a filter with a checkpoint every so many times thirty-two events', async () => {
    const stream = fresh();
    const { position } = await client.appendToStream(stream, some(1, 'marker'));
    await client.appendToStream(stream, some(8));
    const checkpoints: Position[] = [];
    const subscription = client.subscribeToAll({
      fromPosition: position as Position,
      filter: excludeSystemEvents({
        checkpointInterval: 2,
        checkpointReached: async (_, reached) => void checkpoints.push(reached),
      }),
    });
    for (let n = 0; n < 18; n++) await client.appendToStream(stream, some(20));
    await client.appendToStream(stream, [...some(15), ...some(1, 'finish')]);
    let count = 0;
    for await (const { event } of subscription) {
      count += 1;
      if (event?.type === 'finish') break;
    }
    expect(count).toBe(384);
    // 384 events, a checkpoint every 64; and one more, perhaps, when it has caught up.
    expect(checkpoints.length).toBeGreaterThanOrEqual(5);
    expect(checkpoints.length).toBeLessThanOrEqual(7);
    expect(checkpoints.every(({ commit }, n) => n === 0 || commit > (checkpoints[n - 1]?.commit ?? 0n))).toBe(true);
  });
});

import { randomUUID } from 'node:crypto';
import {
  AccessDeniedError,
  type AllStreamSubscription,
  ANY,
  BACKWARDS,
  binaryEvent,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  PARK,
  PersistentSubscriptionDoesNotExistError,
  PersistentSubscriptionDroppedError,
  PersistentSubscriptionExistsError,
  type Position,
  persistentSubscriptionToStreamSettingsFromDefaults,
  RETRY,
  type ResolvedEvent,
  START,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { afterEach, describe, expect, it } from 'vitest';
import { type LoopbackOptions, makeCertificates, type Node, startLoopback } from '../support/loopback/index.ts';

// The loopback server, held to what the official client expects of a real one.

const toClose: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
});

const CREDENTIALS = { username: 'admin', password: 'changeit' };

async function serverAndClient(options: LoopbackOptions = {}): Promise<{ node: Node; client: EventStoreDBClient }> {
  const node = await startLoopback(options);
  const channel =
    node.certificates === undefined
      ? { insecure: true }
      : { rootCertificate: Buffer.from(node.certificates.authority) };
  const client = new EventStoreDBClient({ endpoint: { address: 'localhost', port: node.port } }, channel, CREDENTIALS);
  toClose.push(
    () => client.dispose(),
    () => node.close(),
  );
  return { node, client };
}

const some = (count: number, type = 'test') =>
  Array.from({ length: count }, (_, n) => jsonEvent({ type, data: { n } }));

async function collect(events: AsyncIterable<ResolvedEvent>): Promise<ResolvedEvent[]> {
  const all: ResolvedEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('should have failed'),
    (problem: unknown) => problem,
  );
}

// Both ways in which the client appends.
describe.each([
  ['by a batch', undefined],
  ['by a call of its own', CREDENTIALS],
])('Appending %s', (_, given) => {
  const credentials = given === undefined ? {} : { credentials: given };

  it('counts revisions, checks them, and tells what stands there', async () => {
    const { client } = await serverAndClient();
    expect(await client.appendToStream('s', some(4), { expectedRevision: NO_STREAM, ...credentials })).toMatchObject({
      success: true,
      nextExpectedRevision: 3n,
    });
    expect(await client.appendToStream('s', some(2), { expectedRevision: 3n, ...credentials })).toMatchObject({
      nextExpectedRevision: 5n,
    });
    expect(
      await client.appendToStream('s', some(1), { expectedRevision: STREAM_EXISTS, ...credentials }),
    ).toMatchObject({ nextExpectedRevision: 6n });
    const wrong = await failure(client.appendToStream('s', some(1), { expectedRevision: 3n, ...credentials }));
    expect(wrong).toBeInstanceOf(WrongExpectedVersionError);
    expect(wrong).toMatchObject({ streamName: 's', expectedVersion: 3n, actualVersion: 6n });
    expect(
      await failure(client.appendToStream('t', some(1), { expectedRevision: STREAM_EXISTS, ...credentials })),
    ).toMatchObject({ actualVersion: 'no_stream' });
    expect(
      await failure(client.appendToStream('s', some(1), { expectedRevision: NO_STREAM, ...credentials })),
    ).toMatchObject({ expectedVersion: 'no_stream' });
  });

  it('takes the same events at the same expected revision once', async () => {
    const { client, node } = await serverAndClient({ rememberedIds: 0 });
    const events = some(3);
    const first = await client.appendToStream('s', events, { expectedRevision: NO_STREAM, ...credentials });
    expect(await client.appendToStream('s', events, { expectedRevision: NO_STREAM, ...credentials })).toEqual(first);
    await client.appendToStream('s', some(1), { expectedRevision: 2n, ...credentials });
    expect(await client.appendToStream('s', events, { expectedRevision: NO_STREAM, ...credentials })).toEqual(first);
    expect(node.log.everWritten('s')).toHaveLength(4);
    // A part of them is another append.
    const more = [...events, ...some(2)];
    expect(
      await failure(client.appendToStream('s', more, { expectedRevision: NO_STREAM, ...credentials })),
    ).toBeInstanceOf(WrongExpectedVersionError);
  });

  it('is less sure with no expectation: only ids that it remembers are taken once', async () => {
    const { client, node } = await serverAndClient({ rememberedIds: 2 });
    const events = some(2);
    await client.appendToStream('s', events, { expectedRevision: ANY, ...credentials });
    await client.appendToStream('s', events, { expectedRevision: ANY, ...credentials });
    expect(node.log.everWritten('s')).toHaveLength(2);
    await client.appendToStream('other', some(5), credentials);
    await client.appendToStream('s', events, { expectedRevision: ANY, ...credentials });
    expect(node.log.everWritten('s')).toHaveLength(4);
  });

  it('refuses what is too large, what is deleted, and whom it does not know', async () => {
    const { client } = await serverAndClient({ maxAppendBytes: 10_000, tls: true });
    expect(
      await failure(
        client.appendToStream('s', jsonEvent({ type: 't', data: { text: 'x'.repeat(11_000) } }), credentials),
      ),
    ).toBeInstanceOf(MaxAppendSizeExceededError);
    await client.appendToStream('s', some(1), credentials);
    await client.tombstoneStream('s');
    const deleted = await failure(client.appendToStream('s', some(1), credentials));
    expect(deleted).toBeInstanceOf(StreamDeletedError);
    expect(deleted).toMatchObject({ streamName: 's' });
    expect(
      await failure(
        client.appendToStream('t', some(1), { credentials: { username: 'AzureDiamond', password: 'hunter2' } }),
      ),
    ).toBeInstanceOf(AccessDeniedError);
  });
});

describe('Reading', () => {
  it('goes both ways, from a revision, as far as asked', async () => {
    const { client } = await serverAndClient();
    await client.appendToStream('s', some(8));
    const revisions = async (options: Parameters<typeof client.readStream>[1]) =>
      (await collect(client.readStream('s', options))).map(({ event }) => Number(event?.revision));
    expect(await revisions({ fromRevision: START, maxCount: 3 })).toEqual([0, 1, 2]);
    expect(await revisions({ fromRevision: 5n })).toEqual([5, 6, 7]);
    expect(await revisions({ fromRevision: END, direction: BACKWARDS, maxCount: 2 })).toEqual([7, 6]);
    expect(await revisions({ fromRevision: 2n, direction: BACKWARDS })).toEqual([2, 1, 0]);
    expect(await failure(collect(client.readStream('nobody')))).toBeInstanceOf(StreamNotFoundError);
  });

  it('gives back what was put in: JSON, bytes, metadata, and the time', async () => {
    const { client } = await serverAndClient();
    const id = randomUUID();
    await client.appendToStream('s', [
      jsonEvent({ id, type: 'json', data: { text: 'Ünïcødé 😀' }, metadata: { why: 'so' } }),
      binaryEvent({ type: 'bytes', data: Buffer.from([0, 255]), metadata: Buffer.from([1]) }),
    ]);
    const [json, bytes] = (await collect(client.readStream('s'))).map(({ event }) => event);
    expect(json).toMatchObject({
      id,
      type: 'json',
      streamId: 's',
      isJson: true,
      data: { text: 'Ünïcødé 😀' },
      metadata: { why: 'so' },
    });
    expect(Math.abs(Date.now() - (json?.created.getTime() ?? 0))).toBeLessThan(60_000);
    expect(bytes?.isJson).toBe(false);
    expect([...((bytes?.data ?? []) as Uint8Array)]).toEqual([0, 255]);
  });

  it('of everything begins with the event at the position, and of a subscription behind it', async () => {
    const { client } = await serverAndClient();
    const { position } = await client.appendToStream('a', some(1));
    await client.appendToStream('b', some(3));
    if (position === undefined) expect.fail('no position');
    expect((await collect(client.readAll({ fromPosition: position }))).map(({ event }) => event?.streamId)).toEqual([
      'a',
      'b',
      'b',
      'b',
    ]);
    expect(
      (await collect(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 2 }))).map(({ event }) =>
        Number(event?.revision),
      ),
    ).toEqual([2, 1]);
    const followed: ResolvedEvent[] = [];
    for await (const event of client.subscribeToAll({ fromPosition: position })) if (followed.push(event) === 3) break;
    expect(followed.map(({ event }) => `${event?.streamId}${event?.revision}`)).toEqual(['b0', 'b1', 'b2']);
  });

  it('follows links when asked', async () => {
    const { client } = await serverAndClient();
    await client.appendToStream('s', some(2));
    await client.appendToStream('links', {
      ...jsonEvent({ type: '$>', data: {} }),
      contentType: 'application/octet-stream',
      data: Buffer.from('1@s'),
    });
    const [link] = await collect(client.readStream('links', { resolveLinkTos: true }));
    expect(link?.event).toMatchObject({ streamId: 's', revision: 1n });
    expect(link?.link).toMatchObject({ streamId: 'links', revision: 0n });
  });
});

describe('Deleting', () => {
  it('softly hides a stream until it is written again, where it goes on counting', async () => {
    const { client } = await serverAndClient();
    await client.appendToStream('s', some(4));
    expect(await failure(client.deleteStream('s', { expectedRevision: 2n }))).toBeInstanceOf(WrongExpectedVersionError);
    await client.deleteStream('s', { expectedRevision: 3n });
    expect(await failure(collect(client.readStream('s')))).toBeInstanceOf(StreamNotFoundError);
    expect(await client.appendToStream('s', some(1), { expectedRevision: NO_STREAM })).toMatchObject({
      nextExpectedRevision: 4n,
    });
    expect((await collect(client.readStream('s'))).map(({ event }) => event?.revision)).toEqual([4n]);
  });

  it('for ever leaves a tombstone', async () => {
    const { client } = await serverAndClient();
    await client.appendToStream('s', some(1));
    await client.tombstoneStream('s');
    expect(await failure(collect(client.readStream('s')))).toBeInstanceOf(StreamDeletedError);
    expect(await failure(client.tombstoneStream('s'))).toBeInstanceOf(StreamDeletedError);
    const all = await collect(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }));
    expect(all[0]?.event).toMatchObject({ type: '$streamDeleted', streamId: 's' });
  });
});

describe('Stream metadata', () => {
  it('limits what is seen of a stream', async () => {
    const { client } = await serverAndClient();
    await client.appendToStream('s', some(10));
    await client.setStreamMetadata('s', { maxCount: 3, custom: 'ours' });
    expect((await client.getStreamMetadata('s')).metadata).toEqual({ maxCount: 3, custom: 'ours' });
    expect((await collect(client.readStream('s'))).map(({ event }) => event?.revision)).toEqual([7n, 8n, 9n]);
    await client.setStreamMetadata('s', { truncateBefore: 9 });
    expect(await collect(client.readStream('s'))).toHaveLength(1);
    expect(await client.getStreamMetadata('nobody')).toEqual({ streamName: 'nobody' });
  });

  it('says who may read and write', async () => {
    const { client } = await serverAndClient({ tls: true, users: { admin: 'changeit', clerk: 'pencil' } });
    const clerk = { credentials: { username: 'clerk', password: 'pencil' } };
    await client.appendToStream('s', some(1), clerk);
    await client.setStreamMetadata('s', { acl: { readRoles: ['clerk'], writeRoles: ['$admins'] } });
    expect(await collect(client.readStream('s', clerk))).toHaveLength(1);
    expect(await failure(client.appendToStream('s', some(1), clerk))).toBeInstanceOf(AccessDeniedError);
    expect(await failure(collect(client.readAll(clerk)))).toBeInstanceOf(AccessDeniedError);
    expect(await failure(collect(client.readStream('$projections-$master', clerk)))).toBeInstanceOf(AccessDeniedError);
  });

  it('and nobody at all does, who does not say who he is', async () => {
    const certificates = makeCertificates();
    const node = await startLoopback({ certificates });
    const nobody = new EventStoreDBClient(
      { endpoint: `localhost:${node.port}` },
      { rootCertificate: Buffer.from(certificates.authority) },
    );
    toClose.push(
      () => nobody.dispose(),
      () => node.close(),
    );
    expect(await failure(nobody.appendToStream('s', some(1)))).toBeInstanceOf(AccessDeniedError);
  });
});

describe('Following', () => {
  it('says that it is confirmed, then that it has caught up, and goes on', async () => {
    const { client } = await serverAndClient();
    await client.appendToStream('s', some(3));
    const said: string[] = [];
    const subscription = client.subscribeToStream('s', { fromRevision: 0n });
    subscription.on('confirmation', () => said.push('confirmed'));
    (subscription as unknown as { on(name: string, listener: () => void): void }).on('caughtUp', () =>
      said.push('caught up'),
    );
    subscription.on('data', ({ event }) => said.push(String(event?.revision)));
    await expect.poll(() => said).toEqual(['confirmed', '1', '2', 'caught up']);
    await client.appendToStream('s', some(1));
    await expect.poll(() => said.at(-1)).toBe('3');
    await subscription.unsubscribe();
  });

  it.each([
    ['stream names by prefix', streamNameFilter({ prefixes: ['we', 'us'] }), ['us', 'we']],
    ['stream names by pattern', streamNameFilter({ regex: '^.e$' }), ['we']],
    ['event types by prefix', eventTypeFilter({ prefixes: ['us-'] }), ['us']],
    ['event types by pattern', eventTypeFilter({ regex: '-typ.$' }), ['they', 'us', 'we']],
    ['all but the events of the system', excludeSystemEvents(), ['they', 'us', 'we']],
  ])('filters %s', async (_, filter, expected) => {
    const { client } = await serverAndClient();
    for (const stream of ['we', 'us', 'they']) await client.appendToStream(stream, some(1, `${stream}-type`));
    await client.appendToStream('we', some(1, 'we-end-type'));
    const seen = new Set<string>();
    const subscription = client.subscribeToAll({ filter });
    subscription.on('data', ({ event }) => seen.add(event?.streamId ?? ''));
    await expect.poll(() => [...seen].sort()).toEqual(expected);
    await subscription.unsubscribe();
  });

  it('reports where it stands while nothing matches', async () => {
    const { client } = await serverAndClient();
    const checkpoints: Position[] = [];
    const checkpointReached = async (_: AllStreamSubscription, position: Position) => void checkpoints.push(position);
    const subscription = client.subscribeToAll({
      filter: eventTypeFilter({ prefixes: ['nothing'], checkpointInterval: 2, checkpointReached }),
    });
    subscription.on('data', () => expect.fail('nothing matches'));
    for (let n = 0; n < 4; n += 1) await client.appendToStream('s', some(64));
    await expect.poll(() => checkpoints.length).toBe(4);
    expect(checkpoints.map(({ commit }) => commit)).toEqual(
      [...checkpoints.map(({ commit }) => commit)].sort((a, b) => (a < b ? -1 : 1)),
    );
    await subscription.unsubscribe();
  });
});

describe('Persistent subscriptions', () => {
  const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START, maxRetryCount: 2 });

  it('hand each event to one of the group until it is acknowledged', async () => {
    const { client } = await serverAndClient();
    await client.appendToStream('s', some(20));
    await client.createPersistentSubscriptionToStream('s', 'g', settings);
    expect(await failure(client.createPersistentSubscriptionToStream('s', 'g', settings))).toBeInstanceOf(
      PersistentSubscriptionExistsError,
    );
    const seen: number[] = [];
    const members = [
      client.subscribeToPersistentSubscriptionToStream('s', 'g'),
      client.subscribeToPersistentSubscriptionToStream('s', 'g'),
    ];
    for (const member of members) {
      member.on('error', () => undefined);
      member.on('data', (event: ResolvedEvent) => {
        seen.push(Number(event.event?.revision));
        void member.ack(event);
      });
    }
    await expect.poll(() => seen.length).toBe(20);
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    await client.appendToStream('s', some(1));
    await expect.poll(() => seen.length).toBe(21);
    for (const member of members) await member.unsubscribe();
  });

  it('try again, park, and replay what was parked', async () => {
    const { client } = await serverAndClient();
    await client.appendToStream('s', some(1));
    await client.createPersistentSubscriptionToStream('s', 'g', settings);
    const retries: (number | undefined)[] = [];
    const subscription = client.subscribeToPersistentSubscriptionToStream('s', 'g');
    let action: typeof RETRY | typeof PARK = RETRY;
    subscription.on('error', () => undefined);
    subscription.on('data', (event: ResolvedEvent, retry?: number) => {
      retries.push(retry ?? (event as { retryCount?: number }).retryCount);
      void subscription.nack(action, 'because', event);
      if (retries.length === 2) action = PARK;
    });
    await expect.poll(() => retries.length).toBe(3);
    await expect
      .poll(async () => (await client.getPersistentSubscriptionToStreamInfo('s', 'g')).stats.parkedMessageCount)
      .toBe(1n);
    await client.replayParkedMessagesToStream('s', 'g');
    await expect.poll(() => retries.length).toBe(4);
    await subscription.unsubscribe();
  });

  it('are dropped when they are deleted', async () => {
    const { client } = await serverAndClient();
    await client.createPersistentSubscriptionToStream('s', 'g', settings);
    const problem = new Promise((resolve) =>
      client
        .subscribeToPersistentSubscriptionToStream('s', 'g')
        .on('error', resolve)
        .on('confirmation', () => void client.deletePersistentSubscriptionToStream('s', 'g')),
    );
    expect(await problem).toBeInstanceOf(PersistentSubscriptionDroppedError);
    expect(await failure(client.deletePersistentSubscriptionToStream('s', 'g'))).toBeInstanceOf(
      PersistentSubscriptionDoesNotExistError,
    );
  });
});

// Why the adapter does what it does: if one of these begins to fail, the client has been mended.
describe('The client 6.2.1 still', () => {
  it('waits for ever for a batch that is not answered', async () => {
    const { client, node } = await serverAndClient();
    node.fail('batchAppend', { kind: 'stall', when: 'before' });
    let settled = false;
    const waiting = client.appendToStream('s', some(1), { deadline: 200 }).then(
      () => undefined,
      () => undefined,
    );
    void waiting.then(() => {
      settled = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(settled).toBe(false);
    node.cut();
    await waiting;
  });

  it('invents the revision of a failed batch', async () => {
    const { node } = await serverAndClient();
    const client = new EventStoreDBClient({ endpoint: node.address, throwOnAppendFailure: false }, { insecure: true });
    toClose.unshift(() => client.dispose());
    await client.appendToStream('s', some(7));
    expect(await client.appendToStream('s', some(1), { expectedRevision: NO_STREAM })).toEqual({
      success: false,
      nextExpectedRevision: 1n,
      position: undefined,
    });
  });
});

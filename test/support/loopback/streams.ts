import { randomUUID } from 'node:crypto';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type { IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
  DeleteResp,
  ReadReq,
  ReadResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type {
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
  sendUnaryData,
} from '@grpc/grpc-js';
import { Any, googleEmpty, rpcStatus, shared, streams } from './definitions.ts';
import { type Fault, wireErrors } from './faults.ts';
import type { Commit, Expected, Proposed, Recorded } from './log.ts';
import type { Node } from './node.ts';
import { eventResponse, filterOf, identifierOf, idOf, nameOf, serviceError, uuidOf, writeOut } from './wire.ts';

/** Events between two pauses in which other calls get their turn. */
const TURN = 256;
const SEARCH_WINDOW = 32;
const NOWHERE = 18446744073709551615n;

interface ExpectedOption {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

function expectedOf(options: ExpectedOption | undefined, revision: () => string): Expected {
  if (options?.hasNoStream()) return 'noStream';
  if (options?.hasStreamExists()) return 'streamExists';
  if (options === undefined || options.hasAny()) return 'any';
  return Number(revision());
}

const EXPECTED_NUMBER = { any: -2, noStream: -1, streamExists: -4 };
const expectedNumber = (expected: Expected): number =>
  typeof expected === 'number' ? expected : EXPECTED_NUMBER[expected];

interface ProposedMessage {
  getId(): Parameters<typeof idOf>[0];
  getMetadataMap(): { get(name: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

function proposedOf(message: ProposedMessage): Proposed | undefined {
  const type = message.getMetadataMap().get('type');
  const contentType = message.getMetadataMap().get('content-type');
  if (type === undefined || contentType === undefined) return undefined;
  return {
    id: idOf(message.getId()),
    type,
    contentType,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

const sizeOf = (event: Proposed): number => event.data.length + event.metadata.length + 2 * event.type.length;

/** The service of streams: append, batch append, read, subscribe, delete, tombstone. */
export function streamsService(node: Node): IStreamsServer {
  const { log } = node;
  const encoded = new WeakMap<Recorded, Buffer>();

  function append(call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) {
    const entered = node.enter('append', call);
    if (entered.refused !== undefined) return answer(serviceError(entered.refused));
    if (node.strikes(call, entered.fault, 'before', (error) => answer(serviceError(error)))) return;
    const events: Proposed[] = [];
    let options: AppendReq.Options | undefined;
    let size = 0;
    let failed = false;
    const fail = (error: Parameters<typeof serviceError>[0]) => {
      if (!failed) answer(serviceError(error));
      failed = true;
    };
    call.on('error', () => {
      failed = true;
    });
    call.on('data', (request: AppendReq) => {
      if (failed) return;
      if (request.hasOptions()) {
        options = request.getOptions();
        const refused = node.mayWrite(entered.user, nameOf(options?.getStreamIdentifier()));
        if (refused !== undefined) fail(refused);
        return;
      }
      const message = request.getProposedMessage();
      const event = message === undefined ? undefined : proposedOf(message);
      if (event === undefined) return fail(wireErrors.missingMetadata());
      size += sizeOf(event);
      if (size > node.maxAppendBytes) return fail(wireErrors.tooLarge(node.maxAppendBytes));
      events.push(event);
    });
    // Only an end that the client sent counts: a connection that is cut ends the data too, and says so a moment later.
    call.on('end', () => setImmediate(() => setImmediate(commit)));
    const commit = () => {
      if (failed || call.cancelled || options === undefined) return;
      const stream = nameOf(options.getStreamIdentifier());
      const given = options;
      const expected = expectedOf(given, () => given.getRevision());
      const outcome = log.append(stream, events, expected);
      if (node.strikes(call, entered.fault, 'after', (error) => answer(serviceError(error)))) return;
      if (outcome.outcome === 'deleted') return answer(serviceError(wireErrors.streamDeleted(stream)));
      answer(null, appendResponse(outcome, given));
    };
  }

  function appendResponse(commit: Exclude<Commit, { outcome: 'deleted' }>, options: AppendReq.Options): AppendResp {
    const response = new streams.AppendResp();
    if (commit.outcome !== 'wrongRevision') {
      const success = new streams.AppendResp.Success();
      if (commit.revision < 0) success.setNoStream(new shared.Empty());
      else success.setCurrentRevision(String(commit.revision));
      success.setPosition(
        new streams.AppendResp.Position()
          .setCommitPosition(String(commit.position))
          .setPreparePosition(String(commit.position)),
      );
      return response.setSuccess(success);
    }
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (commit.found === undefined) wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentRevision(String(commit.found));
    if (options.hasAny()) wrong.setExpectedAny(new shared.Empty());
    else if (options.hasNoStream()) wrong.setExpectedNoStream(new shared.Empty());
    else if (options.hasStreamExists()) wrong.setExpectedStreamExists(new shared.Empty());
    else wrong.setExpectedRevision(options.getRevision());
    return response.setWrongExpectedVersion(wrong);
  }

  function batchAppend(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) {
    const entered = node.enter('batchAppend', call);
    if (entered.refused !== undefined) return void call.emit('error', serviceError(entered.refused));
    interface Pending {
      readonly options: BatchAppendReq.Options;
      readonly events: Proposed[];
      readonly timer: NodeJS.Timeout;
      size: number;
    }
    const pending = new Map<string, Pending>();
    const respond = (correlation: string, stream: string, fill: (response: BatchAppendResp) => BatchAppendResp) => {
      if (call.cancelled || call.destroyed) return;
      call.write(
        fill(
          new streams.BatchAppendResp().setCorrelationId(uuidOf(correlation)).setStreamIdentifier(identifierOf(stream)),
        ),
      );
    };
    const forget = (correlation: string) => {
      clearTimeout(pending.get(correlation)?.timer);
      pending.delete(correlation);
    };
    call.on('error', () => undefined);
    call.on('cancelled', () => {
      for (const correlation of [...pending.keys()]) forget(correlation);
    });
    call.on('data', (request: BatchAppendReq) => {
      const correlation = idOf(request.getCorrelationId());
      const options = request.getOptions();
      if (options !== undefined) {
        const stream = nameOf(options.getStreamIdentifier());
        const refused = node.mayWrite(entered.user, stream);
        if (refused !== undefined) {
          return respond(correlation, stream, (response) =>
            response.setError(
              statusOf('Access Denied', 'event_store.client.AccessDenied', new shared.AccessDenied().serializeBinary()),
            ),
          );
        }
        // The client sends the deadline as an instant of its own clock, and the server takes it by its own.
        const deadline = options.getDeadline()?.toDate().getTime();
        const left = deadline === undefined ? 2 ** 31 - 1 : deadline - Date.now();
        const timedOut = () => {
          forget(correlation);
          respond(correlation, stream, (response) =>
            response.setError(
              statusOf('Timeout', 'event_store.client.Timeout', new shared.Timeout().serializeBinary()),
            ),
          );
        };
        if (left <= 0) return timedOut();
        pending.set(correlation, { options, events: [], size: 0, timer: setTimeout(timedOut, left) });
      }
      const current = pending.get(correlation);
      if (current === undefined) return;
      const stream = nameOf(current.options.getStreamIdentifier());
      for (const message of request.getProposedMessagesList()) {
        const event = proposedOf(message);
        if (event === undefined) continue;
        current.events.push(event);
        current.size += sizeOf(event);
      }
      if (current.size > node.maxAppendBytes) {
        forget(correlation);
        const limit = new shared.MaximumAppendSizeExceeded().setMaxappendsize(node.maxAppendBytes);
        return respond(correlation, stream, (response) =>
          response.setError(
            statusOf('Too large', 'event_store.client.MaximumAppendSizeExceeded', limit.serializeBinary()),
          ),
        );
      }
      if (!request.getIsFinal()) return;
      forget(correlation);
      const fault = node.faultFor('batchAppend');
      const refuse = (error: Parameters<typeof serviceError>[0]): void => void call.emit('error', serviceError(error));
      if (node.strikes(call, fault, 'before', refuse)) return;
      const given = current.options;
      const commit = log.append(
        stream,
        current.events,
        expectedOf(given, () => given.getStreamPosition()),
      );
      if (node.strikes(call, fault, 'after', refuse)) return;
      respond(correlation, stream, (response) => batchResponse(response, commit, given));
    });
    call.on('end', () => call.end());
  }

  function batchResponse(response: BatchAppendResp, commit: Commit, options: BatchAppendReq.Options): BatchAppendResp {
    if (commit.outcome === 'deleted') {
      const deleted = new shared.StreamDeleted().setStreamIdentifier(options.getStreamIdentifier());
      return response.setError(
        statusOf('Stream deleted', 'event_store.client.StreamDeleted', deleted.serializeBinary()),
      );
    }
    if (commit.outcome === 'wrongRevision') {
      const wrong = new shared.WrongExpectedVersion();
      if (commit.found === undefined) wrong.setCurrentNoStream(new googleEmpty.Empty());
      else wrong.setCurrentStreamRevision(String(commit.found));
      if (options.hasNoStream()) wrong.setExpectedNoStream(new googleEmpty.Empty());
      else if (options.hasStreamExists()) wrong.setExpectedStreamExists(new googleEmpty.Empty());
      else if (options.hasAny()) wrong.setExpectedAny(new googleEmpty.Empty());
      else wrong.setExpectedStreamPosition(options.getStreamPosition());
      return response.setError(
        statusOf('WrongExpectedVersion', 'event_store.client.WrongExpectedVersion', wrong.serializeBinary()),
      );
    }
    const success = new streams.BatchAppendResp.Success();
    if (commit.revision < 0) success.setNoStream(new googleEmpty.Empty());
    else success.setCurrentRevision(String(commit.revision));
    success.setPosition(
      new shared.AllStreamPosition()
        .setCommitPosition(String(commit.position))
        .setPreparePosition(String(commit.position)),
    );
    return response.setSuccess(success);
  }

  function statusOf(message: string, type: string, detail: Uint8Array): Status {
    const any = new Any();
    any.pack(detail, type);
    return new rpcStatus.Status().setCode(2).setMessage(message).setDetails(any);
  }

  function read(call: ServerWritableStream<ReadReq, ReadResp>) {
    const options = call.request.getOptions();
    const following = options?.hasSubscription() === true;
    const entered = node.enter(following ? 'subscribe' : 'read', call);
    const fail = (error: Parameters<typeof serviceError>[0]): void => void call.emit('error', serviceError(error));
    call.on('error', () => undefined);
    if (entered.refused !== undefined) return fail(entered.refused);
    if (options === undefined) return fail({ code: 3, details: 'no options' });
    const stream = options.hasAll() ? '$all' : nameOf(options.getStream()?.getStreamIdentifier());
    const refused = node.mayRead(entered.user, stream);
    if (refused !== undefined) return fail(refused);
    if (node.strikes(call, entered.fault, 'before', fail)) return;
    const work = following ? follow(call, options, entered.fault) : readOnce(call, options, entered.fault);
    work.then(
      (done) => {
        if (done && !call.cancelled && !call.destroyed) call.end();
      },
      (error: unknown) => fail({ code: 2, details: String(error) }),
    );
  }

  /** Sends one event; false when the call is over, or a fault struck. */
  async function send(
    call: ServerWritableStream<ReadReq, ReadResp>,
    event: Recorded,
    options: ReadReq.Options,
    sent: number,
    fault: Fault | undefined,
  ) {
    if (node.strikes(call, fault, sent, (error) => void call.emit('error', serviceError(error)))) return false;
    const structured = options.getUuidOption()?.hasStructured() === true;
    if (options.getResolveLinks() && event.type === '$>') {
      const [revision, stream] = split(Buffer.from(event.data).toString('utf8'));
      const target = log.isClosed(stream) ? undefined : log.everWritten(stream)[Number(revision)];
      if (target !== undefined) return writeOut(call, eventResponse(target, structured, event));
    }
    if (sent % TURN === 0) await new Promise(setImmediate);
    if (!node.keepEncoded || structured) return writeOut(call, eventResponse(event, structured));
    const bytes = encoded.get(event) ?? Buffer.from(eventResponse(event, structured).serializeBinary());
    encoded.set(event, bytes);
    return writeOut(call, bytes as unknown as ReadResp);
  }

  /** A read that ends; false when it may not be ended (it failed, or hangs). */
  async function readOnce(
    call: ServerWritableStream<ReadReq, ReadResp>,
    options: ReadReq.Options,
    fault: Fault | undefined,
  ): Promise<boolean> {
    const backwards = options.getReadDirection() === 1;
    const asked = BigInt(options.getCount());
    const count = asked > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(asked);
    let source: readonly Recorded[];
    let next: number;
    const all = options.getAll();
    if (all !== undefined) {
      source = log.all;
      const position = all.getPosition();
      const at = position === undefined ? undefined : log.indexAt(Number(position.getCommitPosition()));
      if (backwards) next = (all.hasStart() ? 0 : (at ?? source.length)) - 1;
      else next = all.hasEnd() ? source.length : (at ?? 0);
    } else {
      const given = options.getStream();
      const name = nameOf(given?.getStreamIdentifier());
      const found = log.read(name);
      if (found.found === 'deleted') {
        call.emit('error', serviceError(wireErrors.streamDeleted(name)));
        return false;
      }
      if (found.found === 'no') {
        await writeOut(
          call,
          new streams.ReadResp().setStreamNotFound(
            new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(name)),
          ),
        );
        return true;
      }
      source = found.events;
      if (given?.hasEnd()) next = backwards ? source.length - 1 : source.length;
      else {
        const revision = given?.hasStart() ? 0 : Number(given?.getRevision() ?? 0);
        next = source.findIndex((event) => event.revision >= revision);
        if (next === -1) next = source.length;
        if (backwards && (source[next]?.revision ?? Number.POSITIVE_INFINITY) > revision) next -= 1;
      }
    }
    // What stood there when the read began; it does not follow what is appended meanwhile.
    const end = source.length;
    let sent = 0;
    const filter = options.hasFilter() ? filterOf(options.getFilter()) : () => true;
    for (; sent < count && next >= 0 && next < end; next += backwards ? -1 : 1) {
      const event = source[next];
      if (event === undefined || !filter(event)) continue;
      if (!(await send(call, event, options, sent, fault))) return false;
      sent += 1;
    }
    if (node.strikes(call, fault, sent, (error) => void call.emit('error', serviceError(error)))) return false;
    return true;
  }

  /** A read that goes on, until the client leaves. */
  async function follow(
    call: ServerWritableStream<ReadReq, ReadResp>,
    options: ReadReq.Options,
    fault: Fault | undefined,
  ): Promise<boolean> {
    const all = options.getAll();
    const given = options.getStream();
    const name = nameOf(given?.getStreamIdentifier());
    const source = (): readonly Recorded[] => (all === undefined ? log.read(name).events : log.all);
    const after = all?.getPosition();
    const afterCommit = after === undefined ? -1n : BigInt(after.getCommitPosition());
    const afterPrepare = after === undefined ? -1n : BigInt(after.getPreparePosition());
    const isBehind = (event: Recorded): boolean => {
      if (all === undefined) return true;
      // As the real server compares them: by commit position, then by prepare position.
      return (
        BigInt(event.position) > afterCommit ||
        (BigInt(event.position) === afterCommit && BigInt(event.position) > afterPrepare)
      );
    };
    let next: number;
    if (all !== undefined)
      next = all.hasEnd()
        ? source().length
        : after === undefined
          ? 0
          : log.indexAt(afterCommit >= NOWHERE ? log.end() : Number(afterCommit));
    else if (given?.hasEnd()) next = source().length;
    else if (given?.hasStart()) next = 0;
    else next = source().filter(({ revision }) => revision <= Number(given?.getRevision() ?? -1)).length;

    let wake: () => void = () => undefined;
    const stop = log.onCommit(() => wake());
    call.once('cancelled', () => wake());
    call.once('close', () => wake());
    const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID());
    const filter = options.hasFilter() ? filterOf(options.getFilter()) : undefined;
    const window = options.getFilter()?.hasMax() ? (options.getFilter()?.getMax() ?? SEARCH_WINDOW) : SEARCH_WINDOW;
    const interval = window * (options.getFilter()?.getCheckpointintervalmultiplier() ?? 1);
    let searched = 0;
    let sent = 0;
    let caughtUp = false;
    try {
      if (!(await writeOut(call, new streams.ReadResp().setConfirmation(confirmation)))) return false;
      while (!call.cancelled && !call.destroyed && node.isUp()) {
        if (all === undefined && log.isClosed(name)) {
          call.emit('error', serviceError(wireErrors.streamDeleted(name)));
          return false;
        }
        const event = source()[next];
        if (event === undefined) {
          if (
            !caughtUp &&
            node.saysCaughtUp &&
            !(await writeOut(call, new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp())))
          )
            return false;
          caughtUp = true;
          if (source()[next] === undefined && !call.cancelled) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
          continue;
        }
        next += 1;
        if (!isBehind(event)) continue;
        searched += 1;
        if (filter === undefined || filter(event)) {
          if (!(await send(call, event, options, sent, fault))) return false;
          sent += 1;
        } else if (searched % TURN === 0) await new Promise(setImmediate);
        if (filter !== undefined && searched % interval === 0) {
          const checkpoint = new streams.ReadResp.Checkpoint();
          checkpoint.setCommitPosition(String(event.position)).setPreparePosition(String(event.prepare));
          if (!(await writeOut(call, new streams.ReadResp().setCheckpoint(checkpoint)))) return false;
        }
      }
      return true;
    } finally {
      stop();
    }
  }

  function remove<Request extends DeleteReq | TombstoneReq, Response extends DeleteResp | TombstoneResp>(
    method: 'delete' | 'tombstone',
    respond: (position: string) => Response,
  ) {
    return (call: ServerUnaryCall<Request, Response>, answer: sendUnaryData<Response>) => {
      const entered = node.enter(method, call);
      if (entered.refused !== undefined) return answer(serviceError(entered.refused));
      const options = call.request.getOptions();
      const name = nameOf(options?.getStreamIdentifier());
      const refused = node.mayDelete(entered.user, name);
      if (refused !== undefined) return answer(serviceError(refused));
      const refuse = (error: Parameters<typeof serviceError>[0]): void => answer(serviceError(error));
      if (node.strikes(call, entered.fault, 'before', refuse)) return;
      const expected = expectedOf(options, () => options?.getRevision() ?? '0');
      const commit = method === 'delete' ? log.softDelete(name, expected) : log.tombstone(name, expected);
      if (node.strikes(call, entered.fault, 'after', refuse)) return;
      if (commit.outcome === 'deleted') return answer(serviceError(wireErrors.streamDeleted(name)));
      if (commit.outcome === 'wrongRevision') {
        return answer(serviceError(wireErrors.wrongRevision(name, expectedNumber(expected), commit.found)));
      }
      answer(null, respond(String(commit.position)));
    };
  }

  return {
    append,
    batchAppend,
    read,
    delete: remove('delete', (position) =>
      new streams.DeleteResp().setPosition(
        new streams.DeleteResp.Position().setCommitPosition(position).setPreparePosition(position),
      ),
    ),
    tombstone: remove('tombstone', (position) =>
      new streams.TombstoneResp().setPosition(
        new streams.TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position),
      ),
    ),
  };
}

function split(link: string): readonly [string, string] {
  const at = link.indexOf('@');
  return [link.slice(0, at), link.slice(at + 1)];
}

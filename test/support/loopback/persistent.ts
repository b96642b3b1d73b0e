import type { IPersistentSubscriptionsServer } from '@eventstore/db-client/generated/persistent_grpc_pb.js';
import type {
  CreateReq,
  CreateResp,
  DeleteReq,
  DeleteResp,
  GetInfoReq,
  GetInfoResp,
  ListReq,
  ListResp,
  ReadReq,
  ReadResp,
  ReplayParkedReq,
  ReplayParkedResp,
  UpdateReq,
  UpdateResp,
} from '@eventstore/db-client/generated/persistent_pb.js';
import type { ServerDuplexStream, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import { persistent, shared } from './definitions.ts';
import type { WireError } from './faults.ts';
import type { Recorded } from './log.ts';
import type { Node } from './node.ts';
import { fillRecorded, filterOf, idOf, nameOf, serviceError } from './wire.ts';

const ALL = '$all';
const DEFAULT_BUFFER = 10;

interface Waiting {
  readonly event: Recorded;
  readonly retries: number;
}

interface Consumer {
  readonly call: ServerDuplexStream<ReadReq, ReadResp>;
  readonly room: number;
  readonly structured: boolean;
  readonly inFlight: Map<string, Waiting>;
}

interface Group {
  readonly stream: string;
  readonly name: string;
  settings: CreateReq.Settings | UpdateReq.Settings;
  next: number;
  readonly matches: (event: Recorded) => boolean;
  readonly retry: Waiting[];
  readonly parked: Recorded[];
  readonly consumers: Set<Consumer>;
}

const group = (code: number, details: string, exception: string, stream: string, name: string): WireError => ({
  code,
  details,
  trailers: { exception, 'stream-name': stream, 'group-name': name },
});
const missing = (stream: string, name: string): WireError =>
  group(
    5,
    `Subscription group ${name} on stream ${stream} does not exist.`,
    'persistent-subscription-does-not-exist',
    stream,
    name,
  );
const exists = (stream: string, name: string): WireError =>
  group(6, `Subscription group ${name} on stream ${stream} exists.`, 'persistent-subscription-exists', stream, name);
const dropped = (stream: string, name: string): WireError =>
  group(
    1,
    `Subscription group ${name} on stream ${stream} was dropped.`,
    'persistent-subscription-dropped',
    stream,
    name,
  );
const full = (stream: string, name: string): WireError =>
  group(
    9,
    `Maximum subscriptions reached for subscription group ${name} on stream ${stream}.`,
    'maximum-subscribers-reached',
    stream,
    name,
  );

interface Start {
  hasEnd(): boolean;
  hasStart(): boolean;
}

/** Persistent subscriptions: groups that share a stream, with acknowledgement, retry and parking. */
export function persistentService(node: Node): IPersistentSubscriptionsServer {
  const { log } = node;
  const groups = new Map<string, Group>();
  const keyOf = (stream: string, name: string): string => `${stream}::${name}`;
  const source = (stream: string): readonly Recorded[] => (stream === ALL ? log.all : log.everWritten(stream));

  log.onCommit(() => {
    for (const each of groups.values()) pump(each);
  });

  function upTo(stream: string, place: number): number {
    return source(stream).filter(({ revision }) => revision < place).length;
  }

  function startOf(
    stream: string,
    options: (Start & { getRevision?(): string }) | undefined,
    position: string | undefined,
  ): number {
    if (options?.hasEnd()) return source(stream).length;
    if (options === undefined || options.hasStart()) return 0;
    if (stream === ALL) return log.indexAt(Number(position ?? 0));
    return upTo(stream, Number(options.getRevision?.() ?? 0));
  }

  function pump(each: Group) {
    for (const consumer of each.consumers) {
      while (consumer.inFlight.size < consumer.room) {
        const waiting = each.retry.shift() ?? following(each);
        if (waiting === undefined) return;
        consumer.inFlight.set(waiting.event.id, waiting);
        const message = new persistent.ReadResp.ReadEvent();
        message.setEvent(
          fillRecorded(new persistent.ReadResp.ReadEvent.RecordedEvent(), waiting.event, consumer.structured),
        );
        message.setCommitPosition(String(waiting.event.position));
        if (waiting.retries === 0) message.setNoRetryCount(new shared.Empty());
        else message.setRetryCount(waiting.retries);
        consumer.call.write(new persistent.ReadResp().setEvent(message));
      }
    }
  }

  function following(each: Group): Waiting | undefined {
    const events = source(each.stream);
    while (each.next < events.length) {
      const event = events[each.next];
      each.next += 1;
      if (event !== undefined && each.matches(event)) return { event, retries: 0 };
    }
    return undefined;
  }

  function entered<Request, Response>(
    call: ServerUnaryCall<Request, Response>,
    answer: sendUnaryData<Response>,
  ): boolean {
    const { refused, user } = node.enter('persistent', call);
    const error = refused ?? (user?.admin ? undefined : node.mayRead(user, '$persistent'));
    if (error !== undefined) answer(serviceError(error));
    return error === undefined;
  }

  function create(call: ServerUnaryCall<CreateReq, CreateResp>, answer: sendUnaryData<CreateResp>) {
    if (!entered(call, answer)) return;
    const options = call.request.getOptions();
    const all = options?.getAll();
    const given = options?.getStream();
    const stream = all === undefined ? nameOf(given?.getStreamIdentifier() ?? options?.getStreamIdentifier()) : ALL;
    const name = options?.getGroupName() ?? '';
    if (groups.has(keyOf(stream, name))) return answer(serviceError(exists(stream, name)));
    groups.set(keyOf(stream, name), {
      stream,
      name,
      settings: options?.getSettings() ?? new persistent.CreateReq.Settings(),
      next: startOf(stream, all ?? given, all?.getPosition()?.getCommitPosition()),
      matches: all?.hasFilter() ? filterOf(all.getFilter()) : () => true,
      retry: [],
      parked: [],
      consumers: new Set(),
    });
    answer(null, new persistent.CreateResp());
  }

  function update(call: ServerUnaryCall<UpdateReq, UpdateResp>, answer: sendUnaryData<UpdateResp>) {
    if (!entered(call, answer)) return;
    const options = call.request.getOptions();
    const all = options?.getAll();
    const given = options?.getStream();
    const stream = all === undefined ? nameOf(given?.getStreamIdentifier() ?? options?.getStreamIdentifier()) : ALL;
    const name = options?.getGroupName() ?? '';
    const found = groups.get(keyOf(stream, name));
    if (found === undefined) return answer(serviceError(missing(stream, name)));
    found.settings = options?.getSettings() ?? found.settings;
    found.next = startOf(stream, all ?? given, all?.getPosition()?.getCommitPosition());
    drop(found);
    answer(null, new persistent.UpdateResp());
  }

  function drop(found: Group) {
    for (const { call } of found.consumers) call.emit('error', serviceError(dropped(found.stream, found.name)));
    found.consumers.clear();
  }

  interface Named {
    hasAll(): boolean;
    getStreamIdentifier(): Parameters<typeof nameOf>[0];
    getGroupName(): string;
  }

  function find(options: Named | undefined): { readonly found: Group | undefined; readonly error: WireError } {
    const stream = options?.hasAll() ? ALL : nameOf(options?.getStreamIdentifier());
    const name = options?.getGroupName() ?? '';
    return { found: groups.get(keyOf(stream, name)), error: missing(stream, name) };
  }

  function remove(call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>) {
    if (!entered(call, answer)) return;
    const { found, error } = find(call.request.getOptions());
    if (found === undefined) return answer(serviceError(error));
    groups.delete(keyOf(found.stream, found.name));
    drop(found);
    answer(null, new persistent.DeleteResp());
  }

  function read(call: ServerDuplexStream<ReadReq, ReadResp>) {
    const { refused } = node.enter('persistent', call);
    if (refused !== undefined) return void call.emit('error', serviceError(refused));
    let each: Group | undefined;
    let consumer: Consumer | undefined;
    const leave = () => {
      if (each === undefined || consumer === undefined) return;
      each.consumers.delete(consumer);
      each.retry.push(...consumer.inFlight.values());
      consumer.inFlight.clear();
      pump(each);
    };
    call.on('error', leave);
    call.on('cancelled', leave);
    call.on('end', () => {
      leave();
      call.end();
    });
    call.on('data', (request: ReadReq) => {
      const options = request.getOptions();
      if (options !== undefined) {
        const { found, error } = find(options);
        if (found === undefined) return void call.emit('error', serviceError(error));
        const most = found.settings.getMaxSubscriberCount();
        if (most > 0 && found.consumers.size >= most)
          return void call.emit('error', serviceError(full(found.stream, found.name)));
        each = found;
        consumer = {
          call,
          room: options.getBufferSize() || DEFAULT_BUFFER,
          structured: options.getUuidOption()?.hasStructured() === true,
          inFlight: new Map(),
        };
        found.consumers.add(consumer);
        const confirmation = new persistent.ReadResp.SubscriptionConfirmation().setSubscriptionId(
          `${found.stream}::${found.name}`,
        );
        call.write(new persistent.ReadResp().setSubscriptionConfirmation(confirmation));
        return pump(found);
      }
      const nack = request.getNack();
      for (const id of (request.getAck() ?? nack)?.getIdsList() ?? []) {
        const waiting = consumer?.inFlight.get(idOf(id));
        consumer?.inFlight.delete(idOf(id));
        if (nack === undefined || waiting === undefined) continue;
        const tooOften = waiting.retries >= (each?.settings.getMaxRetryCount() ?? 0);
        if (nack.getAction() === 1 || (nack.getAction() === 2 && tooOften)) each?.parked.push(waiting.event);
        else if (nack.getAction() === 2) each?.retry.push({ event: waiting.event, retries: waiting.retries + 1 });
        else if (nack.getAction() === 4) return void call.end();
      }
      if (each !== undefined) pump(each);
    });
  }

  function infoOf(each: Group) {
    const { settings } = each;
    return new persistent.SubscriptionInfo()
      .setEventSource(each.stream)
      .setGroupName(each.name)
      .setStatus('Live')
      .setTotalItems(String(each.next))
      .setCountSinceLastMeasurement('0')
      .setLastCheckpointedEventPosition('')
      .setLastKnownEventPosition(String(source(each.stream).length - 1))
      .setResolveLinkTos(settings.getResolveLinks())
      .setStartFrom('0')
      .setMessageTimeoutMilliseconds(settings.getMessageTimeoutMs())
      .setExtraStatistics(settings.getExtraStatistics())
      .setMaxRetryCount(settings.getMaxRetryCount())
      .setLiveBufferSize(settings.getLiveBufferSize())
      .setBufferSize(settings.getHistoryBufferSize())
      .setReadBatchSize(settings.getReadBatchSize())
      .setCheckPointAfterMilliseconds(settings.getCheckpointAfterMs())
      .setMinCheckPointCount(settings.getMinCheckpointCount())
      .setMaxCheckPointCount(settings.getMaxCheckpointCount())
      .setLiveBufferCount('0')
      .setMaxSubscriberCount(settings.getMaxSubscriberCount())
      .setNamedConsumerStrategy('RoundRobin')
      .setParkedMessageCount(String(each.parked.length))
      .setConnectionsList(
        [...each.consumers].map(({ call }) =>
          new persistent.SubscriptionInfo.ConnectionInfo()
            .setFrom(call.getPeer())
            .setUsername('admin')
            .setTotalItems('0')
            .setCountSinceLastMeasurement('0'),
        ),
      );
  }

  return {
    create,
    update,
    delete: remove,
    read,
    getInfo(call: ServerUnaryCall<GetInfoReq, GetInfoResp>, answer: sendUnaryData<GetInfoResp>) {
      if (!entered(call, answer)) return;
      const { found, error } = find(call.request.getOptions());
      if (found === undefined) return answer(serviceError(error));
      answer(null, new persistent.GetInfoResp().setSubscriptionInfo(infoOf(found)));
    },
    replayParked(call: ServerUnaryCall<ReplayParkedReq, ReplayParkedResp>, answer: sendUnaryData<ReplayParkedResp>) {
      if (!entered(call, answer)) return;
      const { found, error } = find(call.request.getOptions());
      if (found === undefined) return answer(serviceError(error));
      found.retry.push(...found.parked.splice(0).map((event) => ({ event, retries: 0 })));
      pump(found);
      answer(null, new persistent.ReplayParkedResp());
    },
    list(call: ServerUnaryCall<ListReq, ListResp>, answer: sendUnaryData<ListResp>) {
      if (!entered(call, answer)) return;
      const wanted = call.request.getOptions()?.getListForStream();
      const stream = wanted === undefined ? undefined : wanted.hasAll() ? ALL : nameOf(wanted.getStream());
      const list = [...groups.values()].filter((each) => stream === undefined || each.stream === stream);
      answer(null, new persistent.ListResp().setSubscriptionsList(list.map(infoOf)));
    },
    restartSubsystem(call, answer) {
      if (!entered(call, answer)) return;
      answer(null, new shared.Empty());
    },
  };
}

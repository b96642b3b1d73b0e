import { randomUUID } from 'node:crypto';
import net from 'node:net';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Metadata, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import type { Certificates } from './certificates.ts';
import {
  features,
  GossipService,
  gossip,
  grpc,
  PersistentSubscriptionsService,
  ServerFeaturesService,
  StreamsService,
} from './definitions.ts';
import { createFaults, type Fault, type Method, type When, type WireError, wireErrors } from './faults.ts';
import type { Acl, Log } from './log.ts';
import { persistentService } from './persistent.ts';
import { streamsService } from './streams.ts';
import { serviceError, uuidOf } from './wire.ts';

const MEBIBYTE = 1024 * 1024;
const VERSION = '23.10.0.0';

export interface NodeOptions {
  readonly log: Log;
  /** TLS when given; without it the server is insecure, and everybody is the administrator. */
  readonly certificates?: Certificates | undefined;
  /** User names and passwords; `admin` is the administrator. */
  readonly users?: Readonly<Record<string, string>> | undefined;
  /** Whether those who give no name may read and write what has no access list. */
  readonly allowAnonymous?: boolean | undefined;
  /** Most bytes of one append. */
  readonly maxAppendBytes?: number | undefined;
  /** False for a server from before batch append. */
  readonly batchAppend?: boolean | undefined;
  /** False for a server from before 23.10, which does not say when a subscription has caught up. */
  readonly caughtUp?: boolean | undefined;
  /** Keep what was sent of each event, to send it again faster than the client can read it: for measuring clients. */
  readonly keepEncoded?: boolean | undefined;
  readonly members?: (() => readonly Member[]) | undefined;
}

export interface Member {
  readonly host: string;
  readonly port: number;
  readonly state: 'leader' | 'follower';
  readonly isAlive: boolean;
}

export interface User {
  readonly name: string;
  readonly admin: boolean;
}

export interface Entered {
  readonly user: User | undefined;
  readonly fault: Fault | undefined;
  readonly refused: WireError | undefined;
}

interface AnyCall {
  readonly metadata: Metadata;
  getPeer(): string;
}

export type Node = ReturnType<typeof createNode>;

const ROOT: User = { name: 'admin', admin: true };

/** One server: a port, a log behind it (perhaps shared with others), and faults on demand. */
export function createNode(options: NodeOptions) {
  const {
    log,
    certificates,
    allowAnonymous = false,
    maxAppendBytes = MEBIBYTE,
    batchAppend = true,
    caughtUp = true,
  } = options;
  const users = options.users ?? { admin: 'changeit' };
  const faults = createFaults();
  const calls: Record<Method, number> = {
    features: 0,
    gossip: 0,
    append: 0,
    batchAppend: 0,
    read: 0,
    subscribe: 0,
    delete: 0,
    tombstone: 0,
    persistent: 0,
  };
  const sockets = new Set<net.Socket>();
  const instance = randomUUID();
  const server = new grpc.Server({
    'grpc.max_receive_message_length': 64 * MEBIBYTE,
    'grpc.max_send_message_length': 64 * MEBIBYTE,
  });
  let listener: net.Server | undefined;
  let port = 0;
  let silent = false;

  function identify(call: AnyCall): User | 'unknown' | undefined {
    if (certificates === undefined) return ROOT;
    const [header] = call.metadata.get('authorization');
    if (header === undefined) return undefined;
    const [scheme, encoded] = String(header).split(' ');
    const given = Buffer.from(encoded ?? '', 'base64').toString('utf8');
    const at = given.indexOf(':');
    const name = given.slice(0, at);
    if (scheme !== 'Basic' || users[name] === undefined || users[name] !== given.slice(at + 1)) return 'unknown';
    return { name, admin: name === 'admin' };
  }

  function isFollower(): boolean {
    return options.members?.().find((member) => member.port === port)?.state === 'follower';
  }

  /** What every call goes through: who calls, whether this server may answer, and what has been planned to go wrong. */
  function enter(method: Method, call: AnyCall): Entered {
    calls[method] += 1;
    const user = identify(call);
    // A batch append is one long call for many appends; its faults strike single appends.
    const fault = method === 'batchAppend' ? undefined : faults.take(method);
    if (user === 'unknown') return { user: undefined, fault, refused: wireErrors.unauthenticated() };
    const open = method === 'features' || method === 'gossip';
    if (user === undefined && !allowAnonymous && !open) return { user, fault, refused: wireErrors.accessDenied() };
    const leader = options.members?.().find(({ state }) => state === 'leader');
    if (isFollower() && leader !== undefined && String(call.metadata.get('requires-leader')[0]) === 'true') {
      return { user, fault, refused: wireErrors.notLeader(leader.host, leader.port) };
    }
    return { user, fault, refused: undefined };
  }

  function socketOf(call: AnyCall): net.Socket | undefined {
    const from = Number(call.getPeer().split(':').at(-1));
    return [...sockets].find(({ remotePort }) => remotePort === from);
  }

  /** Whether the fault strikes now; if so, the call must not go on. */
  function strikes(call: AnyCall, fault: Fault | undefined, now: When, refuse: (error: WireError) => void): boolean {
    if (fault === undefined || fault.when !== now) return false;
    if (fault.kind === 'drop') socketOf(call)?.resetAndDestroy();
    if (fault.kind === 'error') refuse(fault.error);
    return true;
  }

  function isOneOf(user: User | undefined, roles: string | readonly string[] | undefined): boolean | undefined {
    if (roles === undefined) return undefined;
    const wanted = typeof roles === 'string' ? [roles] : roles;
    return wanted.includes('$all') || (user !== undefined && wanted.includes(user.name));
  }

  function allowed(
    user: User | undefined,
    stream: string,
    role: keyof Acl,
    metaRole: keyof Acl,
  ): WireError | undefined {
    if (user?.admin) return undefined;
    const isMeta = stream.startsWith('$$');
    const target = isMeta ? stream.slice(2) : stream;
    const listed = isOneOf(user, log.aclOf(target)?.[isMeta ? metaRole : role]);
    const byDefault = !target.startsWith('$') && !isMeta && (user !== undefined || allowAnonymous);
    return (listed ?? byDefault) ? undefined : wireErrors.accessDenied();
  }

  const node = {
    log,
    maxAppendBytes,
    saysCaughtUp: caughtUp,
    keepEncoded: options.keepEncoded === true,
    /** How often each method was called. */
    calls,
    get port(): number {
      return port;
    },
    get address(): string {
      return `127.0.0.1:${port}`;
    },
    isUp: () => listener !== undefined,
    /** Open connections. */
    connections: () => sockets.size,
    enter,
    strikes,
    faultFor: (method: Method): Fault | undefined => faults.take(method),
    mayRead: (user: User | undefined, stream: string) => allowed(user, stream, '$r', '$mr'),
    mayWrite: (user: User | undefined, stream: string) => allowed(user, stream, '$w', '$mw'),
    mayDelete: (user: User | undefined, stream: string) => allowed(user, stream, '$d', '$mw'),
    /** Plans a fault for the next calls of this method. */
    fail: faults.plan,
    /** Forgets the faults that have not struck. */
    heal(): void {
      faults.clear();
      silent = false;
    },
    /** From now on, connections are accepted and nothing is ever said on them. */
    fallSilent(): void {
      silent = true;
      for (const socket of sockets) socket.destroy();
    },
    /** Cuts every connection. */
    cut(): void {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    /** Listens; on the port that it had, when it was stopped. */
    async start(): Promise<void> {
      const listening = net.createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => sockets.delete(socket));
        if (!silent) injector.injectConnection(socket);
      });
      await new Promise<void>((resolve, reject) => {
        listening.once('error', reject);
        listening.listen(port, '127.0.0.1', resolve);
      });
      const address = listening.address();
      port = typeof address === 'object' && address !== null ? address.port : 0;
      listener = listening;
    },
    /** Goes down, with every connection; what was committed stays. */
    async stop(): Promise<void> {
      const listening = listener;
      listener = undefined;
      for (const socket of sockets) socket.resetAndDestroy();
      if (listening !== undefined) await new Promise((resolve) => listening.close(resolve));
    },
    /** Goes down for good. */
    async close(): Promise<void> {
      await node.stop();
      injector.destroy();
      server.forceShutdown();
    },
  };

  const { read } = StreamsService;
  const readable = {
    ...StreamsService,
    // What was encoded before is sent as it is.
    read: {
      ...read,
      responseSerialize: (response: ReadResp | Buffer) =>
        Buffer.isBuffer(response) ? response : read.responseSerialize(response),
    },
  };
  const credentials =
    certificates === undefined
      ? grpc.ServerCredentials.createInsecure()
      : grpc.ServerCredentials.createSsl(null, [
          { cert_chain: Buffer.from(certificates.certificate), private_key: Buffer.from(certificates.key) },
        ]);
  server.addService(readable, streamsService(node));
  server.addService(PersistentSubscriptionsService, persistentService(node));
  server.addService(GossipService, {
    read(call: ServerUnaryCall<Empty, ClusterInfo>, answer: sendUnaryData<ClusterInfo>) {
      const { fault, refused } = enter('gossip', call);
      if (refused !== undefined) return answer(serviceError(refused));
      if (strikes(call, fault, 'before', (error) => answer(serviceError(error)))) return;
      const members = options.members?.() ?? [{ host: '127.0.0.1', port, state: 'leader' as const, isAlive: true }];
      const info = new gossip.ClusterInfo();
      for (const member of members) {
        info.addMembers(
          new gossip.MemberInfo()
            .setInstanceId(uuidOf(instance))
            .setTimeStamp(String(Date.now() * 10_000))
            .setState(member.state === 'leader' ? 8 : 6)
            .setIsAlive(member.isAlive)
            .setHttpEndPoint(new gossip.EndPoint().setAddress(member.host).setPort(member.port)),
        );
      }
      answer(null, info);
    },
  });
  server.addService(ServerFeaturesService, {
    getSupportedMethods(call: ServerUnaryCall<Empty, SupportedMethods>, answer: sendUnaryData<SupportedMethods>) {
      const { fault, refused } = enter('features', call);
      if (refused !== undefined) return answer(serviceError(refused));
      if (strikes(call, fault, 'before', (error) => answer(serviceError(error)))) return;
      const supported = new features.SupportedMethods().setEventStoreServerVersion(VERSION);
      const add = (service: string, method: string, list: readonly string[] = []): void =>
        void supported.addMethods(
          new features.SupportedMethod()
            .setServiceName(service)
            .setMethodName(method)
            .setFeaturesList([...list]),
        );
      const streamMethods = ['read', 'append', 'delete', 'tombstone', ...(batchAppend ? ['batchappend'] : [])];
      for (const method of streamMethods)
        add('event_store.client.streams.streams', method, method === 'batchappend' ? ['deadline_duration'] : []);
      for (const method of [
        'create',
        'update',
        'delete',
        'read',
        'getinfo',
        'list',
        'replayparked',
        'restartsubsystem',
      ]) {
        add('event_store.client.persistent_subscriptions.persistentsubscriptions', method, ['stream', 'all']);
      }
      add('event_store.client.gossip.gossip', 'read');
      answer(null, supported);
    },
  });
  const injector = server.createConnectionInjector(credentials);
  return node;
}

import { createRequire } from 'node:module';

// The client package ships the generated code of both ends. Everything is resolved from the client, so that server and client
// use the very same copy of the gRPC library and of the messages.
const fromHere = createRequire(import.meta.url);
const fromClient = createRequire(fromHere.resolve('@eventstore/db-client'));

export type Grpc = typeof import('@grpc/grpc-js');
type Generated<Name extends string> = `@eventstore/db-client/generated/${Name}`;
const generated = (name: string): Generated<string> => `@eventstore/db-client/generated/${name}`;

export const grpc = fromClient('@grpc/grpc-js') as Grpc;
export const streams = fromHere(
  generated('streams_pb'),
) as typeof import('@eventstore/db-client/generated/streams_pb.js');
export const shared = fromHere(generated('shared_pb')) as typeof import('@eventstore/db-client/generated/shared_pb.js');
export const gossip = fromHere(generated('gossip_pb')) as typeof import('@eventstore/db-client/generated/gossip_pb.js');
export const features = fromHere(
  generated('serverfeatures_pb'),
) as typeof import('@eventstore/db-client/generated/serverfeatures_pb.js');
export const persistent = fromHere(
  generated('persistent_pb'),
) as typeof import('@eventstore/db-client/generated/persistent_pb.js');
export const rpcStatus = fromHere(
  generated('status_pb'),
) as typeof import('@eventstore/db-client/generated/status_pb.js');
export const { StreamsService } = fromHere(
  generated('streams_grpc_pb'),
) as typeof import('@eventstore/db-client/generated/streams_grpc_pb.js');
export const { GossipService } = fromHere(
  generated('gossip_grpc_pb'),
) as typeof import('@eventstore/db-client/generated/gossip_grpc_pb.js');
export const { ServerFeaturesService } = fromHere(
  generated('serverfeatures_grpc_pb'),
) as typeof import('@eventstore/db-client/generated/serverfeatures_grpc_pb.js');
export const { PersistentSubscriptionsService } = fromHere(
  generated('persistent_grpc_pb'),
) as typeof import('@eventstore/db-client/generated/persistent_grpc_pb.js');
type RpcStatus = InstanceType<typeof rpcStatus.Status>;
type WrongExpectedVersion = InstanceType<typeof shared.WrongExpectedVersion>;

export const { Any } = fromClient('google-protobuf/google/protobuf/any_pb.js') as {
  readonly Any: new () => NonNullable<Parameters<RpcStatus['setDetails']>[0]>;
};
export const googleEmpty = fromClient('google-protobuf/google/protobuf/empty_pb.js') as {
  readonly Empty: new () => NonNullable<Parameters<WrongExpectedVersion['setCurrentNoStream']>[0]>;
};

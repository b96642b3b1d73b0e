import http from 'node:http';
import net from 'node:net';
import { type Certificates, makeCertificates } from './certificates.ts';
import { createLog, type LogOptions } from './log.ts';
import { createNode, type Member, type Node, type NodeOptions } from './node.ts';

export { type Certificates, makeCertificates } from './certificates.ts';
export { type Fault, type Method, wireErrors } from './faults.ts';
export type { Node } from './node.ts';

export interface LoopbackOptions extends LogOptions, Omit<NodeOptions, 'log' | 'members' | 'certificates'> {
  /** TLS, with certificates made for the occasion. */
  readonly tls?: boolean;
  readonly certificates?: Certificates;
}

function certificatesOf({ tls, certificates }: LoopbackOptions): Certificates | undefined {
  return certificates ?? (tls ? makeCertificates() : undefined);
}

/** Starts one loopback server on a free port of this machine. */
export async function startLoopback(
  options: LoopbackOptions = {},
): Promise<Node & { readonly certificates: Certificates | undefined }> {
  const certificates = certificatesOf(options);
  const node = createNode({ ...options, certificates, log: createLog(options) });
  await node.start();
  return Object.assign(node, { certificates });
}

export interface Cluster {
  readonly nodes: readonly Node[];
  readonly certificates: Certificates | undefined;
  /** `localhost:1,localhost:2,…` */
  readonly addresses: string;
  leader(): Node;
  /** Makes this node the leader. */
  elect(node: Node): void;
  close(): Promise<void>;
}

/** Starts several servers on one log, of which the first leads. Gossip tells who leads and who is down. */
export async function startCluster(count: number, options: LoopbackOptions = {}): Promise<Cluster> {
  const certificates = certificatesOf(options);
  const log = createLog(options);
  const nodes: Node[] = [];
  let leading = 0;
  const members = (): Member[] =>
    nodes.map((node, place) => ({
      host: 'localhost',
      port: node.port,
      state: place === leading ? 'leader' : 'follower',
      isAlive: node.isUp(),
    }));
  for (let place = 0; place < count; place += 1) nodes.push(createNode({ ...options, certificates, log, members }));
  await Promise.all(nodes.map((node) => node.start()));
  return {
    nodes,
    certificates,
    addresses: nodes.map(({ port }) => `localhost:${port}`).join(','),
    leader: () => nodes[leading] as Node,
    elect(node) {
      leading = nodes.indexOf(node);
    },
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
    },
  };
}

/** A web server that knows nothing of gRPC, on a free port. */
export async function startWebServer(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = http.createServer((_request, response) => response.end('<h1>It works!</h1>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A port of this machine on which nobody listens. */
export async function unusedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

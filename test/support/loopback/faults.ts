/** What a client may call. `subscribe` is a read that goes on. */
export type Method =
  | 'features'
  | 'gossip'
  | 'append'
  | 'batchAppend'
  | 'read'
  | 'subscribe'
  | 'delete'
  | 'tombstone'
  | 'persistent';

/**
 * When a fault strikes: before anything was done, after the commit and before the answer, or after so many events of a read.
 */
export type When = 'before' | 'after' | number;

/** What goes wrong: the connection is cut, the answer never comes, or it is this error. */
export type Fault =
  | { readonly kind: 'drop'; readonly when: When }
  | { readonly kind: 'stall'; readonly when: When }
  | { readonly kind: 'error'; readonly when: When; readonly error: WireError };

/** An error as it travels: a gRPC status, and the trailers from which the client takes the rest. */
export interface WireError {
  readonly code: number;
  readonly details: string;
  readonly trailers?: Readonly<Record<string, string>>;
}

interface Planned {
  readonly fault: Fault;
  left: number;
}

/** Faults waiting for their calls: each is used up by the calls that it strikes. */
export function createFaults() {
  const planned = new Map<Method, Planned[]>();
  return {
    plan(method: Method, fault: Fault, times = 1): void {
      planned.set(method, [...(planned.get(method) ?? []), { fault, left: times }]);
    },
    /** The fault for a call that begins now. */
    take(method: Method): Fault | undefined {
      const next = planned.get(method)?.find(({ left }) => left > 0);
      if (next === undefined) return undefined;
      next.left -= 1;
      return next.fault;
    },
    clear(): void {
      planned.clear();
    },
  };
}

const CODE = {
  invalidArgument: 3,
  notFound: 5,
  permissionDenied: 7,
  failedPrecondition: 9,
  aborted: 10,
  unavailable: 14,
  unauthenticated: 16,
};

/** The errors of the real server, as it words them. */
export const wireErrors = {
  accessDenied: (): WireError => ({
    code: CODE.permissionDenied,
    details: 'Access Denied',
    trailers: { exception: 'access-denied' },
  }),
  unauthenticated: (): WireError => ({
    code: CODE.unauthenticated,
    details: 'Bad gRPC response. HTTP status code: 401',
  }),
  notReady: (): WireError => ({ code: CODE.unavailable, details: 'Server Is Not Ready' }),
  tooBusy: (): WireError => ({ code: CODE.unavailable, details: 'Server Is Too Busy' }),
  timeout: (): WireError => ({ code: CODE.aborted, details: 'Operation timed out' }),
  notLeader: (host: string, port: number): WireError => ({
    code: CODE.notFound,
    details: `Leader info available`,
    trailers: { exception: 'not-leader', 'leader-endpoint-host': host, 'leader-endpoint-port': String(port) },
  }),
  streamDeleted: (stream: string): WireError => ({
    code: CODE.failedPrecondition,
    details: `Event stream '${stream}' is deleted.`,
    trailers: { exception: 'stream-deleted', 'stream-name': stream },
  }),
  wrongRevision: (stream: string, expected: number, found: number | undefined): WireError => ({
    code: CODE.failedPrecondition,
    details: `Append failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${found ?? -1}`,
    trailers: {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(expected),
      'actual-version': String(found ?? -1),
    },
  }),
  tooLarge: (limit: number): WireError => ({
    code: CODE.invalidArgument,
    details: `Maximum Append Size of ${limit} Exceeded.`,
    trailers: { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(limit) },
  }),
  missingMetadata: (): WireError => ({
    code: CODE.invalidArgument,
    details: 'Required Metadata Property type, content-type is missing',
    trailers: { exception: 'missing-required-metadata-property', 'required-metadata-properties': 'type,content-type' },
  }),
};

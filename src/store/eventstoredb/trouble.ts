import {
  AccessDenied,
  EventTooLarge,
  NotAStore,
  StoreError,
  StoreReadOnly,
  StoreTimeout,
  StoreUnavailable,
} from '../errors.ts';

/** What went wrong, in words that the adapter can act on. */
export interface Trouble {
  readonly kind:
    | 'down'
    | 'slow'
    | 'denied'
    | 'wrongRevision'
    | 'notFound'
    | 'deleted'
    | 'tooLarge'
    | 'notAStore'
    | 'certificate'
    | 'other';
  /** Whether the same call may go through if it is made again. */
  readonly passing: boolean;
  readonly details: string;
  /** Most bytes of one append, where the server said so. */
  readonly limit?: number;
  readonly cause: unknown;
}

const GRPC = {
  cancelled: 1,
  deadlineExceeded: 4,
  permissionDenied: 7,
  resourceExhausted: 8,
  aborted: 10,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
};
const BY_TYPE: Readonly<Record<string, Trouble['kind']>> = {
  unavailable: 'down',
  cancelled: 'down',
  'not-leader': 'down',
  timeout: 'slow',
  'deadline-exceeded': 'slow',
  'access-denied': 'denied',
  'wrong-expected-version': 'wrongRevision',
  'stream-not-found': 'notFound',
  'no-stream': 'notFound',
  'stream-deleted': 'deleted',
  'maximum-append-size-exceeded': 'tooLarge',
};
const BY_CODE: Readonly<Record<number, Trouble['kind']>> = {
  [GRPC.cancelled]: 'down',
  [GRPC.deadlineExceeded]: 'slow',
  [GRPC.aborted]: 'slow',
  [GRPC.permissionDenied]: 'denied',
  [GRPC.unauthenticated]: 'denied',
  [GRPC.resourceExhausted]: 'tooLarge',
  [GRPC.unimplemented]: 'notAStore',
  [GRPC.internal]: 'down',
  [GRPC.unavailable]: 'down',
};
const CERTIFICATE = /self-signed|unable to (?:verify|get)|certificate|altname|CERT_/i;
const NOT_READY = /not ready|too busy|is busy|no leader info|failed to discover|channel (?:has been )?(?:closed|shut)/i;

/** Makes sense of what the client, the gRPC library or the adapter itself threw. */
export function understand(error: unknown): Trouble {
  const given = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly type?: unknown;
    readonly code?: unknown;
    readonly message?: unknown;
    readonly details?: unknown;
    readonly maxAppendSize?: unknown;
  };
  const details = String(given.details ?? given.message ?? error);
  if (error instanceof StoreTimeout) return { kind: 'slow', passing: true, details, cause: error };
  const kind = kindOf(given.type, given.code, details);
  const trouble: Trouble = { kind, passing: kind === 'down' || kind === 'slow', details, cause: error };
  return typeof given.maxAppendSize === 'number' ? { ...trouble, limit: given.maxAppendSize } : trouble;
}

function kindOf(type: unknown, code: unknown, details: string): Trouble['kind'] {
  const byType = typeof type === 'string' ? BY_TYPE[type] : undefined;
  const kind = byType ?? (typeof code === 'number' ? BY_CODE[code] : undefined) ?? 'other';
  if (kind === 'down' && CERTIFICATE.test(details)) return 'certificate';
  if (kind === 'down' && /HTTP status code: 40[13]/.test(details)) return 'denied';
  if (kind === 'other' && NOT_READY.test(details)) return 'down';
  return kind;
}

const CERTIFICATE_HINT = 'name the authority that signed the certificate of the server: tlsCAFile=/path/to/ca.crt';

/** The error for the caller. */
export function asStoreError(trouble: Trouble, url: string, hint?: string): StoreError {
  const { cause, details } = trouble;
  if (cause instanceof StoreError && trouble.kind !== 'slow') return cause;
  switch (trouble.kind) {
    case 'down':
      return new StoreUnavailable(`${url} does not answer: ${details}`, {
        hint: hint ?? 'is the server up, and is this its address?',
        cause,
      });
    case 'slow':
      return new StoreTimeout(`${url} did not answer in time: ${details}`, {
        hint: hint ?? 'whether an append was written is not known; to repeat it is harmless',
        cause,
      });
    case 'denied':
      return new AccessDenied(`${url} refuses: ${details}`, {
        hint: 'user name and password stand in the connection string, URL-encoded: esdb://user:password@host; to read everything takes a user who may read $all',
        cause,
      });
    case 'certificate':
      return new StoreUnavailable(`${url} shows a certificate that is not trusted here: ${details}`, {
        hint: CERTIFICATE_HINT,
        cause,
      });
    case 'tooLarge':
      return new EventTooLarge(undefined, undefined, trouble.limit, { cause });
    case 'notAStore':
      return new NotAStore(`${url} is no event store: ${details}`, {
        hint: 'something else listens there; the usual port is 2113',
        cause,
      });
    case 'deleted':
      return new StoreReadOnly(`a stream in ${url} was deleted for good: ${details}`, {
        hint: 'a tombstoned stream can never be written again; use another name',
        cause,
      });
    default:
      return new StoreError(`${url} answered with an error: ${details}`, { cause });
  }
}

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'hono';
import type { Made } from './cache.ts';
import { takesGzip } from './negotiation.ts';

/** An answer that may become another. */
export const SHORT = 'public, max-age=60';
/** An answer that cannot. */
export const FOR_EVER = 'public, max-age=31536000, immutable';

/** What every answer says to a browser: nothing from elsewhere, nothing within the page that is not a file of ours. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), browsing-topics=()',
};

/** A picture that stands alone carries its own style, and can do nothing else. */
export const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** What every answer says to a program of another site: it may be read. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Link, Memento-Datetime, X-Total-Count',
};

const ALWAYS = { ...SECURITY_HEADERS, ...CORS_HEADERS };

/** Answers shorter than this are not worth compressing, in bytes. */
const WORTH_COMPRESSING = 1024;

const compress = promisify(gzip);
const encoder = new TextEncoder();

/** A tag for whatever these parts name together. */
export function etagOf(parts: readonly string[]): string {
  return `"${createHash('sha256').update(parts.join('\u0000')).digest('base64url').slice(0, 27)}"`;
}

/** True when the asker has the answer already, compressed or not. */
export function isKnown(context: Context, etag: string): boolean {
  const given = context.req.header('if-none-match');
  if (given === undefined || given.length > 2000) return false;
  return given.split(',').some((one) => {
    const bare = one
      .trim()
      .replace(/^W\//, '')
      .replace(/-gzip"$/, '"');
    return bare === '*' || bare === etag;
  });
}

/** An answer, with its compressed form where that is worth having. */
export async function made(
  content: string,
  mediaType: string,
  headers: Readonly<Record<string, string>>,
): Promise<Made> {
  const body = encoder.encode(content);
  const small = body.byteLength < WORTH_COMPRESSING || /^(image\/(png|jpeg|webp)|font\/)/.test(mediaType);
  const packed = small ? undefined : new Uint8Array(await compress(body));
  return { body, mediaType, headers, ...(packed && packed.byteLength < body.byteLength ? { gzip: packed } : {}) };
}

/** An answer as it goes out: its bytes and all that is said of them. */
export interface Sending {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Record<string, string>;
}

/** What was made, compressed where that is taken, with its headers. */
export function sending(
  { body, gzip: packed, mediaType, headers: own }: Made,
  more: Record<string, string>,
  gzipTaken: boolean,
): Sending {
  const headers: Record<string, string> = { ...ALWAYS, ...more, ...own, 'content-type': mediaType };
  if (own.link !== undefined && more.link !== undefined) headers.link = `${more.link}, ${own.link}`;
  if (packed === undefined || !gzipTaken)
    return { body, headers: { ...headers, 'content-length': String(body.byteLength) } };
  return {
    body: packed,
    headers: {
      ...headers,
      'content-encoding': 'gzip',
      'content-length': String(packed.byteLength),
      etag: (more.etag ?? '').replace(/"$/, '-gzip"'),
    },
  };
}

/** Sends what was made, or says that it is known already. */
export function sent(context: Context, made: Made, more: Record<string, string>): Response {
  if (isKnown(context, more.etag ?? '')) return context.body(null, 304, more);
  return whole(sending(made, more, takesGzip(context.req.header('accept-encoding') ?? null)));
}

/**
 * Responses that need nothing more said, with their length in bytes: looking at the headers of one, to add to them, costs
 * more than all the rest of sending it.
 */
const complete = new WeakMap<Response, number>();

/** An answer as a response that needs nothing more said. */
export function whole({ body, headers }: Sending): Response {
  const response = new Response(body, { headers });
  complete.set(response, body.byteLength);
  return response;
}

/** The length in bytes of a response that needs nothing more said; undefined for any other. */
export function lengthOfWhole(response: Response): number | undefined {
  return complete.get(response);
}

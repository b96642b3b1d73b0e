import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Context, Hono } from 'hono';
import { AskedWrongly, type Machine, NotInRecord, RecordUnreadable } from '../machine/index.ts';
import { didYouMean } from '../record/near.ts';
import { StoreError } from '../store/errors.ts';
import { parseAsked } from '../time/asked.ts';
import { type Day, isoDay } from '../time/day.ts';
import { KINDS } from '../vocabulary/kinds.ts';
import { askOf, readQuery } from './ask.ts';
import { type Assets, noAssets } from './assets.ts';
import { createCache, type Made } from './cache.ts';
import { changesAnswer } from './changes.ts';
import { formatsOf, HTML, JSON_FORMAT, type OutputFormat } from './formats.ts';
import { queryText, serverLinks } from './links.ts';
import { liveChanges } from './live-changes.ts';
import { changeDays, dayOfHttpDate, frame, mementoHeaders, singleDay, timeMap } from './memento.ts';
import { acceptMilestone, type Door } from './milestones.ts';
import { asksForHtml, negotiated, takesGzip } from './negotiation.ts';
import type { Ask, Page, Trouble } from './page.ts';
import { PAGES } from './pages/index.ts';
import { paged } from './paging.ts';
import { LONGEST_ADDRESS, type Match, matcher } from './paths.ts';
import { plainTrouble } from './plain-pages.ts';
import { PROBLEMS, Problem, problemJson, troubleOf } from './problem.ts';
import { textOf } from './render.ts';
import type { Resource } from './resource.ts';
import { RESOURCES } from './resources/index.ts';
import type { Source } from './source.ts';

/** What was asked and answered, for the access log; the query is told only where that is wished. */
export interface Access {
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly bytes?: number;
}

export interface AppOptions {
  readonly source: Source;
  /** Where a proxy has put the whole: `/nhs`. Addresses are answered with and without it. */
  readonly prefix?: string | undefined;
  /** Names the program: a new one makes its answers anew. */
  readonly version?: string | undefined;
  /** Whoever shows it may append milestones, where a store is attached. */
  readonly token?: string | undefined;
  readonly assets?: Assets | undefined;
  readonly pages?: Readonly<Record<string, Page>> | undefined;
  readonly resources?: readonly Resource[] | undefined;
  /** Bytes of made answers to keep; 256 MB unless given. */
  readonly cacheBytes?: number | undefined;
  /** Most entries of a list in one answer. */
  readonly mostListed?: number | undefined;
  readonly onAccess?: ((access: Access) => void) | undefined;
  readonly logQuery?: boolean | undefined;
  /** Told of what should not happen. */
  readonly onTrouble?: ((error: unknown) => void) | undefined;
  /** Ends what is being followed. */
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_CACHE = 256 * 1024 * 1024;
const MOST_HEADERS = 64;
/** Answers shorter than this are not worth compressing, in bytes. */
const WORTH_COMPRESSING = 1024;
/** Longest path told in the access log. */
const LONGEST_LOGGED = 300;

const SHORT = 'public, max-age=60';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** What every answer says to a browser: nothing from elsewhere, nothing within the page that is not a file of ours. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), browsing-topics=()',
};

/** A picture that stands alone carries its own style, and can do nothing else. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Link, Memento-Datetime, X-Total-Count',
};

const ALWAYS = { ...SECURITY_HEADERS, ...CORS_HEADERS };

const compress = promisify(gzip);
const encoder = new TextEncoder();

/** The path of an address as it was sent, its query left out. */
function sentPath(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  if (start < 0) return '/';
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}

function sentSearch(url: string): string {
  const start = url.indexOf('?');
  const end = url.indexOf('#');
  return start < 0 ? '' : url.slice(start, end < start ? undefined : end);
}

/** A path without the prefix of the proxy, whether the proxy has taken it off or not. */
function withoutPrefix(path: string, prefix: string): string {
  if (prefix === '' || !path.startsWith(prefix)) return path;
  const rest = path.slice(prefix.length);
  return rest === '' ? '/' : rest.startsWith('/') ? rest : path;
}

/** The door, as an application that answers requests; it listens nowhere by itself. */
export function createApp(options: AppOptions): Hono {
  const { source, prefix = '', version = '0', pages = PAGES, resources = RESOURCES, assets = noAssets } = options;
  const cache = createCache(options.cacheBytes ?? DEFAULT_CACHE);
  const making = new Map<string, Promise<Made>>();
  const match = matcher(resources);
  let edition = '';

  const linksFor = (query: Readonly<Record<string, string>>) =>
    serverLinks(prefix, query, (path) => match(path), assets.version);

  const app = new Hono({ getPath: (request) => withoutPrefix(sentPath(request.url), prefix) });

  const troubled = async (problem: Problem, context: Context, machine?: Machine): Promise<Response> => {
    const { status } = PROBLEMS[problem.problem];
    const headers = { ...problem.headers, 'cache-control': 'no-store', vary: 'Accept, Accept-Encoding' };
    const path = withoutPrefix(sentPath(context.req.url), prefix);
    const json = path.endsWith(JSON_FORMAT.extension);
    if (json || !asksForHtml(context.req.header('accept') ?? null))
      return new Response(problemJson(problem, prefix), {
        status,
        headers: { ...headers, 'content-type': 'application/problem+json; charset=utf-8' },
      });
    return new Response(await troublePage(troubleOf(problem), machine), {
      status,
      headers: { ...headers, 'content-type': HTML.mediaType },
    });
  };

  const troublePage = async (trouble: Trouble, opened: Machine | undefined): Promise<string> => {
    const links = linksFor({});
    const ask: Ask = { path: '/', params: {}, query: {}, lens: {}, selection: {}, links, formats: [], trouble };
    const page = pages.error;
    if (page === undefined || trouble.status >= 500) return plainTrouble(ask);
    try {
      return await page(opened ?? (await source.machine()), ask);
    } catch (error) {
      options.onTrouble?.(error);
      return plainTrouble(ask);
    }
  };

  app.onError(async (error, context) => {
    const known = await problemOf(error, context, source, match, linksFor);
    if (known.problem === 'broken') options.onTrouble?.(error);
    return troubled(known, context);
  });

  app.use(async (context, next) => {
    const began = performance.now();
    const { req } = context;
    const tooLong = req.url.length > LONGEST_ADDRESS + 300 || sentPath(req.url).length > LONGEST_ADDRESS;
    let count = 0;
    for (const _ of req.raw.headers.keys()) count++;
    if (tooLong)
      context.res = await troubled(
        new Problem('too-long', `an address here has at most ${LONGEST_ADDRESS} characters`),
        context,
      );
    else if (count > MOST_HEADERS)
      context.res = await troubled(
        new Problem('too-many-headers', `a request here has at most ${MOST_HEADERS} headers`),
        context,
      );
    else await next();
    let bytes = complete.get(context.res);
    if (bytes === undefined) {
      const { headers } = context.res;
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) if (!headers.has(name)) headers.set(name, value);
      if (req.method === 'GET' || req.method === 'HEAD')
        for (const [name, value] of Object.entries(CORS_HEADERS)) headers.set(name, value);
      const length = headers.get('content-length');
      if (length !== null) bytes = Number(length);
    }
    options.onAccess?.({
      time: new Date().toISOString(),
      method: req.method,
      path: sentPath(req.url).slice(0, LONGEST_LOGGED),
      ...(options.logQuery ? { query: sentSearch(req.url).slice(0, LONGEST_LOGGED) } : {}),
      status: context.res.status,
      milliseconds: Math.round((performance.now() - began) * 10) / 10,
      ...(bytes === undefined ? {} : { bytes }),
    });
  });

  app.options('*', (context) => {
    const posts = context.req.path === '/milestones' && options.token !== undefined && source.attached !== undefined;
    return context.body(null, 204, {
      allow: posts ? 'POST, OPTIONS' : 'GET, HEAD, OPTIONS',
      ...(posts
        ? {}
        : {
            'access-control-allow-origin': '*',
            'access-control-allow-methods': 'GET, HEAD, OPTIONS',
            'access-control-allow-headers': 'Accept, Accept-Datetime, If-None-Match, Last-Event-ID',
            'access-control-max-age': '86400',
          }),
    });
  });

  app.get('/health', async (context) => {
    const health = await healthOf(source, version);
    return context.body(`${JSON.stringify(health, undefined, 2)}\n`, health.status === 'ok' ? 200 : 503, {
      'content-type': JSON_FORMAT.mediaType,
      'cache-control': 'no-store',
    });
  });

  app.get('/favicon.ico', (context) => context.body(null, 204, { 'cache-control': 'public, max-age=86400' }));

  app.get('/robots.txt', (context) =>
    context.body('User-agent: *\nAllow: /\n', 200, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'public, max-age=86400',
    }),
  );

  app.get('/assets/:file', async (context) => {
    const asset = assets.get(context.req.param('file'));
    if (asset === undefined) throw new Problem('not-found', 'there is no such file');
    const etag = `"${assets.version}"`;
    const headers = {
      etag,
      vary: 'Accept-Encoding',
      'cache-control': context.req.query('v') === assets.version ? FOR_EVER : SHORT,
    };
    return sent(context, asset, headers);
  });

  app.get('/openapi.json', async (context) => {
    const { openApiDocument } = await import('./openapi.ts');
    const document = openApiDocument(resources, {
      version,
      prefix,
      posts: options.token !== undefined && source.attached !== undefined,
    });
    const body = encoder.encode(`${JSON.stringify(document, undefined, 2)}\n`);
    return sent(context, await made(body, JSON_FORMAT.mediaType, {}), {
      etag: etagOf(['openapi', version, prefix]),
      vary: 'Accept-Encoding',
      'cache-control': SHORT,
    });
  });

  app.get('/timemap', async (context) => {
    const machine = await source.machine();
    const body = encoder.encode(timeMap(machine, source.today(), prefix));
    return sent(context, await made(body, 'application/link-format; charset=utf-8', {}), {
      etag: etagOf(['timemap', machine.edition, String(source.today()), prefix]),
      vary: 'Accept-Encoding',
      'cache-control': SHORT,
    });
  });

  app.get('/changes/live', (context) => liveChanges(context, source, prefix, options.signal));

  for (const path of ['/changes', '/changes.json', '/changes.atom']) {
    app.get(path, async (context) => {
      const answer = await changesAnswer(source, {
        search: sentSearch(context.req.url),
        accept: context.req.header('accept') ?? null,
        extension: path.slice('/changes'.length),
        prefix,
      });
      return sent(context, await made(encoder.encode(answer.body), answer.mediaType, answer.headers), {
        etag: etagOf([answer.body]),
        vary: 'Accept, Accept-Encoding',
        'cache-control': 'no-cache',
      });
    });
  }

  const { token } = options;
  const { attached } = source;
  if (token !== undefined && attached !== undefined) {
    const door: Door = { source, store: attached.store, token, prefix };
    app.post('/milestones', (context) => acceptMilestone(context, door));
    app.get('/milestones', () => {
      throw new Problem('method-not-allowed', 'milestones are posted here', {
        hint: 'what was posted is read at /reforms and /changes',
        headers: { allow: 'POST, OPTIONS' },
      });
    });
  }

  /** The bare gate: a date from a form, two to compare, or a moment from a header, leads to the day it means. */
  app.get('/at', async (context) => {
    const search = new URLSearchParams(sentSearch(context.req.url));
    const date = search.get('date')?.trim();
    const between = ['from', 'to'].map((name) => search.get(name)?.trim());
    for (const name of ['date', 'from', 'to']) search.delete(name);
    const rest = Object.fromEntries([...search].filter(([, value]) => value.trim() !== ''));
    const moment = context.req.header('accept-datetime');
    if (moment !== undefined && date === undefined) return gate(context, moment, rest);
    const days = (between.every(Boolean) ? between : [date]).map((day) =>
      encodeURIComponent(canonicalDate(day ?? '', source.today())),
    );
    return context.body(null, 302, {
      location: `${prefix}/at/${days.join('..')}${queryText(rest)}`,
      vary: 'Accept-Datetime',
      link: frame(prefix).join(', '),
      'cache-control': 'no-cache',
    });
  });

  const gate = async (context: Context, moment: string, query: Readonly<Record<string, string>>): Promise<Response> => {
    const asked = dayOfHttpDate(moment.slice(0, 100));
    if (asked === undefined)
      throw new Problem('asked-wrongly', 'the Accept-Datetime header cannot be read', {
        hint: 'write it like: Mon, 01 Apr 2013 00:00:00 GMT',
      });

    const today = source.today();
    const [first = asked] = changeDays(await source.machine(), today);
    const day = Math.min(Math.max(asked, first), today);
    return context.body(null, 302, {
      location: `${prefix}/at/${isoDay(day)}${queryText(query)}`,
      vary: 'Accept-Datetime',
      link: frame(prefix).join(', '),
      'cache-control': 'no-cache',
    });
  };

  app.get('*', async (context) => {
    const path = context.req.path;
    const found = match(path);
    if (found === 'too deep') throw new Problem('not-found', 'no address here has so many parts');
    if (found === 'not text')
      throw new Problem('asked-wrongly', 'the address is not text in UTF-8', { hint: 'encode it with percent signs' });
    if (found === undefined) throw notFound(path, resources, linksFor({}).to);
    const query = readQuery(found.resource, sentSearch(context.req.url));
    const moment = context.req.header('accept-datetime');
    if (found.resource.name === 'home' && moment !== undefined) return gate(context, moment, query);
    return answered(context, found, query);
  });

  const answered = async (
    context: Context,
    found: Match,
    query: Readonly<Record<string, string>>,
  ): Promise<Response> => {
    const { resource } = found;
    const ask = askOf(found, query, linksFor(query));
    const format = formatFor(found, ask, context);
    const machine = await source.machine();
    if (machine.edition !== edition) {
      edition = machine.edition;
      cache.clear();
    }
    if (query.edition !== undefined && !machine.edition.startsWith(query.edition))
      throw new Problem(
        'not-found',
        `the record here is edition ${machine.edition.slice(0, 12)}, not ${query.edition}`,
        {
          hint: 'leave out the edition; with recordedBy the record answers as it did on a day',
        },
      );
    const today = source.today();
    const dated = resource.dated?.(ask) ?? false;
    const key = [
      found.path,
      format.extension,
      ...Object.entries(query)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `${name}=${value}`),
    ].join('\n');
    const headers: Record<string, string> = {
      etag: etagOf([prefix, key, machine.edition, dated ? '' : String(today), version]),
      vary: found.extension === undefined ? 'Accept, Accept-Encoding' : 'Accept-Encoding',
      'cache-control': dated && isFixed(query, today) ? FOR_EVER : SHORT,
    };
    if (format.extension === '.svg') headers['content-security-policy'] = PICTURE_POLICY;
    if (resource.name === 'at') {
      const day = singleDay(found.params.date ?? '', today);
      if (day !== undefined) {
        const { datetime, links } = mementoHeaders(machine, day, today, prefix);
        headers['memento-datetime'] = datetime;
        headers.link = links;
      }
    } else if (resource.name === 'home') {
      headers.link = frame(prefix).join(', ');
      headers.vary = `${headers.vary}, Accept-Datetime`;
    }
    if (isKnown(context, headers.etag ?? '')) return context.body(null, 304, headers);
    const held = `${dated ? '' : today}\n${key}`;
    const ready = cache.get(held);
    if (ready) return sent(context, ready, headers);
    const begun = making.get(held);
    const work = begun ?? make(machine, found, ask, format);
    if (!begun) {
      making.set(held, work);
      work.then(
        (one) => {
          making.delete(held);
          if (machine.edition === edition) cache.set(held, one);
        },
        () => making.delete(held),
      );
    }
    return sent(context, await work, headers);
  };

  const make = async (machine: Machine, found: Match, ask: Ask, format: OutputFormat): Promise<Made> => {
    const { resource } = found;
    let own: Readonly<Record<string, string>> = {};
    const text = await textOf({ resources, pages }, machine, resource, ask, format, (whole) => {
      const { answer, headers } = paged(resource, whole, ask, {
        most: options.mostListed,
        here: `${prefix}${found.path}${found.extension ?? ''}`,
      });
      own = headers;
      return answer;
    });
    return made(encoder.encode(text), format.mediaType, own);
  };

  app.all('*', (context) => {
    throw new Problem('method-not-allowed', `${context.req.method.slice(0, 20)} is not answered here`, {
      hint: 'use GET',
      headers: { allow: 'GET, HEAD, OPTIONS' },
    });
  });

  return app;
}

/** The format an address is wanted in: by its ending, else by the Accept header. */
function formatFor({ resource, extension }: Match, ask: Ask, context: Context): OutputFormat {
  const offered = formatsOf(resource, ask);
  const names = offered.map((one) => one.extension).join(' ');
  const near = ask.formats.map(({ title, href }) => ({ title, href }));
  if (extension !== undefined) {
    const format = offered.find((one) => one.extension === extension);
    if (format) return format;
    throw new Problem('not-found', `this address does not answer in ${extension}`, {
      hint: `it answers in ${names}`,
      near,
    });
  }
  const format = negotiated(context.req.header('accept') ?? null, offered);
  if (format) return format;
  throw new Problem('not-acceptable', 'this address answers in none of the formats of the Accept header', {
    hint: `it answers in ${names}`,
    near,
  });
}

/** True when the answer cannot become another: it is of one edition, or of what the record held on a day that is over. */
function isFixed(query: Readonly<Record<string, string>>, today: Day): boolean {
  if (query.edition !== undefined) return true;
  if (query.recordedBy === undefined) return false;
  const read = parseAsked(query.recordedBy, { today });
  return (
    read.ok &&
    /\d{4}/.test(query.recordedBy) &&
    (read.asked.kind === 'day' ? read.asked.day : read.asked.to - 1) < today
  );
}

/** A typed date as addresses write it; what cannot be read stays as it is, and is told there. */
function canonicalDate(typed: string, today: Day): string {
  if (typed === '') return isoDay(today);
  const read = parseAsked(typed, { today });
  if (!read.ok || read.asked.kind === 'span') return typed;
  return isoDay(read.asked.day);
}

function etagOf(parts: readonly string[]): string {
  return `"${createHash('sha256').update(parts.join('\u0000')).digest('base64url').slice(0, 27)}"`;
}

/** True when the asker has the answer already, compressed or not. */
function isKnown(context: Context, etag: string): boolean {
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
async function made(
  body: Uint8Array<ArrayBuffer>,
  mediaType: string,
  headers: Readonly<Record<string, string>>,
): Promise<Made> {
  const small = body.byteLength < WORTH_COMPRESSING || /^(image\/(png|jpeg|webp)|font\/)/.test(mediaType);
  const packed = small ? undefined : new Uint8Array(await compress(body));
  return { body, mediaType, headers, ...(packed && packed.byteLength < body.byteLength ? { gzip: packed } : {}) };
}

/** Sends what was made, compressed where that is taken, or says that it is known already. */
function sent(
  context: Context,
  { body, gzip: packed, mediaType, headers: own }: Made,
  more: Record<string, string>,
): Response {
  const headers: Record<string, string> = { ...ALWAYS, ...more, ...own, 'content-type': mediaType };
  if (own.link !== undefined && more.link !== undefined) headers.link = `${more.link}, ${own.link}`;
  if (isKnown(context, more.etag ?? '')) return context.body(null, 304, more);
  if (packed && takesGzip(context.req.header('accept-encoding') ?? null)) {
    headers['content-encoding'] = 'gzip';
    headers['content-length'] = String(packed.byteLength);
    headers.etag = (more.etag ?? '').replace(/"$/, '-gzip"');
    return whole(packed, headers);
  }
  headers['content-length'] = String(body.byteLength);
  return whole(body, headers);
}

/**
 * A response that needs nothing more said: looking at the headers of one, to add to them, costs more than all the rest of sending it.
 * With it goes how long it is, in bytes.
 */
const complete = new WeakMap<Response, number>();

function whole(body: Uint8Array<ArrayBuffer>, headers: Record<string, string>): Response {
  const response = new Response(body, { headers });
  complete.set(response, body.byteLength);
  return response;
}

function notFound(path: string, resources: readonly Resource[], to: (path: string) => string): Problem {
  const [, first = ''] = path.split('/');
  let word = first.slice(0, 60);
  try {
    word = decodeURIComponent(word);
  } catch {
    // It is shown as it came.
  }
  const known = [...new Set(resources.flatMap(({ paths }) => paths.map((one) => one.split('/')[1] ?? '')))].filter(
    Boolean,
  );
  const meant = didYouMean(word, known);
  const resource = resources.find(
    ({ paths }) =>
      meant !== undefined && paths.some((one) => one.startsWith(`/${meant.slice('did you mean '.length, -1)}`)),
  );
  const example = resource?.examples[0]?.path ?? '/api';
  return new Problem('not-found', 'there is nothing at this address', {
    hint: resource ? `did you mean ${example}?` : 'every address is told at /api',
    near: [
      ...(resource ? [{ title: resource.summary, href: to(example.split('?')[0] ?? '/') }] : []),
      { title: 'Every address', href: to('/api') },
    ],
  });
}

/** What an error is at this door. What nobody should see is told to nobody but the log. */
async function problemOf(
  error: unknown,
  context: Context,
  source: Source,
  match: ReturnType<typeof matcher>,
  linksFor: (query: Readonly<Record<string, string>>) => Ask['links'],
): Promise<Problem> {
  if (error instanceof Problem) return error;
  if (error instanceof NotInRecord) {
    const found = match(context.req.path);
    const asked = error.asked.trim();
    const inPath = typeof found === 'object' && Object.values(found.params).includes(asked);
    return new Problem(inPath ? 'not-found' : 'asked-wrongly', sentence(error.message), {
      hint: forHere(error.hint),
      near: await nearTo(error, source, linksFor({})),
    });
  }
  if (error instanceof AskedWrongly)
    return new Problem('asked-wrongly', sentence(error.message), { hint: forHere(error.hint) });
  if (error instanceof RecordUnreadable || error instanceof StoreError)
    return new Problem('unavailable', 'the record cannot be read at the moment', { headers: { 'retry-after': '10' } });
  return new Problem('broken', 'the fault is here, not in the question', {
    hint: 'try again, or tell those who run this',
  });
}

/** No message is longer than a person reads, however long what was asked. */
function sentence(message: string): string {
  return message.length > 400 ? `${message.slice(0, 400)}…` : message;
}

/** A hint that names a command, in the words of this door. */
function forHere(hint: string | undefined): string | undefined {
  return hint
    ?.replace(/stood kinds\b/g, '/kinds')
    .replace(/stood replay\b/g, '/reforms')
    .replace(/stood timeline\b/g, '/timeline')
    .replace(
      /stood find '?([^'\n]*)'?/g,
      (_, words: string) => `/find?q=${encodeURIComponent(words).replaceAll('%20', '+')}`,
    )
    .replace(/--(every|from|to|at|kind)\b/g, '$1')
    .replaceAll('--published-by', 'publishedBy')
    .replaceAll('--recorded-by', 'recordedBy')
    .slice(0, 600);
}

const MOST_NEAR = 5;

/** What may have been meant by something that the record does not hold. */
async function nearTo(error: NotInRecord, source: Source, links: Ask['links']): Promise<Trouble['near']> {
  const meant = /did you mean (\S+)\?/.exec(error.hint ?? '')?.[1];
  if (error.what === 'event')
    return meant === undefined ? [] : [{ title: meant, href: links.to(`/event/${meant.split('~')[0]}`) }];
  if (error.what === 'milestone')
    return meant === undefined ? [] : [{ title: meant, href: links.to(`/reform/${meant}`) }];
  if (error.what === 'kind')
    return meant === undefined
      ? [{ title: 'Kinds of body', href: links.to('/kinds') }]
      : [{ title: KINDS.find(({ name }) => name === meant)?.plural ?? meant, href: links.to(`/count/${meant}`) }];
  if (error.what === 'step') return [];
  const words = error.asked.slice(0, 100).split('/').at(-1)?.replaceAll('-', ' ').trim() ?? '';
  if (words === '') return [];
  const machine = await source.machine();
  const { found, near } = machine.find(words, { limit: MOST_NEAR });
  const bodies = new Map([...found, ...near].map(({ id, name }) => [id, name]));
  return [
    ...(meant === undefined || bodies.has(meant) ? [] : [{ title: meant, href: links.to(`/body/${meant}`) }]),
    ...[...bodies]
      .slice(0, MOST_NEAR)
      .map(([id, name]) => ({ title: `${name} (${id})`, href: links.to(`/body/${id}`) })),
  ];
}

/** How the record and its store are. */
async function healthOf(source: Source, version: string) {
  const machine = await source.machine();
  const { attached } = source;
  const live = attached?.live.status();
  return {
    status: attached?.ended() ? ('failing' as const) : ('ok' as const),
    version,
    edition: machine.edition,
    events: (await source.log()).length,
    today: isoDay(source.today()),
    store:
      attached === undefined || live === undefined
        ? null
        : {
            adapter: attached.store.capabilities.adapter,
            caughtUp: live.caughtUp,
            lagMilliseconds: live.behindMilliseconds,
            position: live.checkpoint ?? null,
            fellBehind: live.fellBehind,
            ended: attached.ended(),
            unreadable: live.problems.length,
          },
  };
}

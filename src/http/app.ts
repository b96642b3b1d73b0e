import { type Context, Hono } from 'hono';
import type { Machine } from '../machine/index.ts';
import { parseAsked } from '../time/asked.ts';
import { type Day, isoDay } from '../time/day.ts';
import { createAnswers, incomingOf } from './answers.ts';
import { readQuery } from './ask.ts';
import { type Assets, noAssets } from './assets.ts';
import { changesAnswer } from './changes.ts';
import { HTML, JSON_FORMAT } from './formats.ts';
import { healthOf } from './health.ts';
import { queryText, serverLinks } from './links.ts';
import { liveChanges } from './live-changes.ts';
import { changeDays, dayOfHttpDate, frame, timeMap } from './memento.ts';
import type { Door } from './milestones.ts';
import { asksForHtml } from './negotiation.ts';
import type { Ask, Page, Trouble } from './page.ts';
import { PAGES } from './pages/index.ts';
import { REPEATABLE } from './parameters.ts';
import { LONGEST_ADDRESS, matcher } from './paths.ts';
import { plainTrouble } from './plain-pages.ts';
import { PROBLEMS, Problem, problemJson, troubleOf } from './problem.ts';
import type { Resource } from './resource.ts';
import { RESOURCES } from './resources/index.ts';
import { CORS_HEADERS, etagOf, FOR_EVER, lengthOfWhole, made, SECURITY_HEADERS, SHORT, sent } from './send.ts';
import type { Source } from './source.ts';
import { notFound, problemOf } from './trouble.ts';

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
/** Longest path told in the access log. */
const LONGEST_LOGGED = 300;

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
  const match = matcher(resources);

  const linksFor = (query: Readonly<Record<string, string>>) =>
    serverLinks(prefix, query, (path) => match(path), assets.version);

  const { answered, again } = createAnswers({
    source,
    prefix,
    version,
    pages,
    resources,
    linksFor,
    cacheBytes: options.cacheBytes ?? DEFAULT_CACHE,
    mostHeaders: MOST_HEADERS,
    mostListed: options.mostListed,
  });

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

  const told = (request: Request, status: number, began: number, bytes: number | undefined): void =>
    options.onAccess?.({
      time: new Date().toISOString(),
      method: request.method,
      path: sentPath(request.url).slice(0, LONGEST_LOGGED),
      ...(options.logQuery ? { query: sentSearch(request.url).slice(0, LONGEST_LOGGED) } : {}),
      status,
      milliseconds: Math.round((performance.now() - began) * 10) / 10,
      ...(bytes === undefined ? {} : { bytes }),
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
    let bytes = lengthOfWhole(context.res);
    if (bytes === undefined) {
      const { headers } = context.res;
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) if (!headers.has(name)) headers.set(name, value);
      if (req.method === 'GET' || req.method === 'HEAD')
        for (const [name, value] of Object.entries(CORS_HEADERS)) headers.set(name, value);
      const length = headers.get('content-length');
      if (length !== null) bytes = Number(length);
    }
    told(req.raw, context.res.status, began, bytes);
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
    return sent(context, await made(`${JSON.stringify(document, undefined, 2)}\n`, JSON_FORMAT.mediaType, {}), {
      etag: etagOf(['openapi', version, prefix]),
      vary: 'Accept-Encoding',
      'cache-control': SHORT,
    });
  });

  app.get('/timemap', async (context) => {
    const machine = await source.machine();
    const body = timeMap(machine, source.today(), prefix);
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
      return sent(context, await made(answer.body, answer.mediaType, answer.headers), {
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
    app.post('/milestones', async (context) => {
      const { acceptMilestone } = await import('./milestones.ts');
      return acceptMilestone(context, door);
    });
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
    // Of two days the door would have to choose one, and answer another question.
    for (const name of new Set(search.keys())) {
      const given = search.getAll(name).filter((value) => value.trim() !== '');
      if (given.length < 2) continue;
      if (!REPEATABLE.has(name))
        throw new Problem('asked-wrongly', `“${name.slice(0, 60)}” is given ${given.length} times`, {
          hint: 'give it once',
        });
      search.set(name, given.join(','));
    }
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

  app.all('*', (context) => {
    throw new Problem('method-not-allowed', `${context.req.method.slice(0, 20)} is not answered here`, {
      hint: 'use GET',
      headers: { allow: 'GET, HEAD, OPTIONS' },
    });
  });

  // What was answered before is answered before any route is looked for: the routing would take most of the time.
  const routed = app.fetch;
  app.fetch = (request, bindings, execution) => {
    const began = performance.now();
    const answer = again(incomingOf(bindings));
    if (answer === undefined) return routed(request, bindings, execution);
    told(request, answer.status, began, lengthOfWhole(answer));
    return answer;
  };
  return app;
}

/** A typed date as addresses write it; what cannot be read stays as it is, and is told there. */
function canonicalDate(typed: string, today: Day): string {
  if (typed === '') return isoDay(today);
  const read = parseAsked(typed, { today });
  if (!read.ok || read.asked.kind === 'span') return typed;
  return isoDay(read.asked.day);
}

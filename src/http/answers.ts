import type { Context } from 'hono';
import type { Machine } from '../machine/index.ts';
import { parseAsked } from '../time/asked.ts';
import type { Day } from '../time/day.ts';
import { askOf } from './ask.ts';
import { createCache, type Made } from './cache.ts';
import { formatsOf, type OutputFormat } from './formats.ts';
import { frame, mementoHeaders, singleDay } from './memento.ts';
import { negotiated, takesGzip } from './negotiation.ts';
import type { Ask, Links, Page } from './page.ts';
import { paged } from './paging.ts';
import type { Match } from './paths.ts';
import { Problem } from './problem.ts';
import { createReady, type Incoming } from './ready.ts';
import { textOf } from './render.ts';
import type { Resource } from './resource.ts';
import { etagOf, FOR_EVER, isKnown, made, PICTURE_POLICY, SHORT, sending, whole } from './send.ts';
import type { Source } from './source.ts';

export interface AnswersOptions {
  readonly source: Source;
  readonly prefix: string;
  readonly version: string;
  readonly pages: Readonly<Record<string, Page>>;
  readonly resources: readonly Resource[];
  readonly linksFor: (query: Readonly<Record<string, string>>) => Links;
  /** Bytes of made answers to keep. */
  readonly cacheBytes: number;
  /** Most headers of a request that is answered. */
  readonly mostHeaders: number;
  readonly mostListed?: number | undefined;
}

/** The answers of the resources, each made once for a state of the record. */
export interface Answers {
  /** The answer of an address that was matched, its query read. */
  answered(context: Context, found: Match, query: Readonly<Record<string, string>>): Promise<Response>;
  /** The answer to a request that was answered before and has the same answer still, at once. */
  again(incoming: Incoming | undefined): Response | undefined;
}

/** Where a made answer is kept, and what is said beside it. */
interface Told {
  readonly held: string;
  readonly gzipTaken: boolean;
  readonly headers: Record<string, string>;
}

/** Answers, and keeps what it made. */
export function createAnswers(options: AnswersOptions): Answers {
  const { source, prefix, version, pages, resources, linksFor, mostHeaders } = options;
  const cache = createCache(options.cacheBytes);
  const making = new Map<string, Promise<Made>>();
  let edition = '';

  const ready = createReady<Told>(() => {
    const known = source.edition();
    return known === undefined ? undefined : `${known} ${source.today()}`;
  }, mostHeaders);

  const make = async (machine: Machine, found: Match, ask: Ask, format: OutputFormat): Promise<Made> => {
    const { resource } = found;
    let own: Readonly<Record<string, string>> = {};
    const text = await textOf({ resources, pages }, machine, resource, ask, format, (all) => {
      const { answer, headers } = paged(resource, all, ask, {
        most: options.mostListed,
        here: `${prefix}${found.path}${found.extension ?? ''}`,
      });
      own = headers;
      return answer;
    });
    return made(text, format.mediaType, own);
  };

  const kept = async (machine: Machine, held: string, work: () => Promise<Made>): Promise<Made> => {
    const before = cache.get(held);
    if (before) return before;
    const begun = making.get(held);
    if (begun) return begun;
    const one = work();
    making.set(held, one);
    try {
      const done = await one;
      if (machine.edition === edition) cache.set(held, done);
      return done;
    } finally {
      making.delete(held);
    }
  };

  const answered: Answers['answered'] = async (context, found, query) => {
    const { resource } = found;
    const ask = askOf(found, query, linksFor(query), { lessons: source.lessons });
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
    const answer = await kept(machine, held, () => make(machine, found, ask, format));
    const told: Told = { held, gzipTaken: takesGzip(context.req.header('accept-encoding') ?? null), headers };
    const incoming = incomingOf(context.env);
    if (incoming !== undefined && machine.edition === source.edition() && today === source.today())
      ready.keep(incoming, told);
    return whole(sending(answer, headers, told.gzipTaken));
  };

  return {
    answered,
    again: (incoming) => {
      const told = incoming && ready.get(incoming);
      const answer = told && cache.get(told.held);
      return answer && whole(sending(answer, told.headers, told.gzipTaken));
    },
  };
}

/** The request as Node's server reads it; undefined where another hands requests in. */
export function incomingOf(bindings: unknown): Incoming | undefined {
  return (bindings as { readonly incoming?: Incoming } | undefined)?.incoming;
}

/** The format an address is wanted in: by its ending, else by the Accept header. */
function formatFor({ resource, extension }: Match, ask: Ask, context: Context): OutputFormat {
  const offered = formatsOf(resource, ask);
  const format =
    extension === undefined
      ? negotiated(context.req.header('accept') ?? null, offered)
      : offered.find((one) => one.extension === extension);
  if (format) return format;
  throw new Problem(
    'not-acceptable',
    extension === undefined
      ? 'this address answers in none of the formats of the Accept header'
      : `this address does not answer in ${extension}`,
    {
      hint: `it answers in ${offered.map((one) => one.extension).join(' ')}`,
      near: ask.formats.map(({ title, href }) => ({ title, href })),
    },
  );
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

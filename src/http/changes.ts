import type { EventAnswer, Machine } from '../machine/index.ts';
import { NotInRecord } from '../machine/index.ts';
import type { Logged } from '../machine/live.ts';
import { escaped } from './html.ts';
import { queryText } from './links.ts';
import { negotiated } from './negotiation.ts';
import { Problem } from './problem.ts';
import type { Source } from './source.ts';

/** Changes in one answer: so many unless asked otherwise, and at most. */
const USUAL = 100;
const MOST = 1000;
const LONGEST_PLACE = 200;

/** A change of the record: an event, by its place in the log. */
export interface Change {
  readonly position: string;
  readonly id: string;
  readonly href: string;
  /** The event as the record now tells it; null for one that cannot be read as an event of the record. */
  readonly event: EventAnswer | null;
}

const FORMATS = [
  { extension: '.json', mediaType: 'application/json; charset=utf-8', title: 'JSON' },
  { extension: '.atom', mediaType: 'application/atom+xml; charset=utf-8', title: 'Atom' },
] as const;

/** Tells the events of a stretch of the log. */
export function changesOf(machine: Machine, events: readonly Logged[], prefix: string): readonly Change[] {
  return events.map(({ position, id }) => ({
    position,
    id,
    href: `${prefix}/event/${id}`,
    event: eventOrNull(machine, id),
  }));
}

function eventOrNull(machine: Machine, id: string): EventAnswer | null {
  try {
    return machine.event(id);
  } catch (error) {
    if (error instanceof NotInRecord) return null;
    throw error;
  }
}

/**
 * The change feed: what the record took in after a place in its log, in the order of the log. A reader keeps `next` and asks there again:
 * since nothing is ever put between two events of the log, it misses none and gets none twice, whatever the dates of the events.
 */
export async function changesAnswer(
  source: Source,
  asked: {
    readonly search: string;
    readonly accept: string | null;
    readonly extension: string;
    readonly prefix: string;
  },
): Promise<{ readonly body: string; readonly mediaType: string; readonly headers: Readonly<Record<string, string>> }> {
  const { prefix, extension } = asked;
  const format =
    extension === '' ? negotiated(asked.accept, FORMATS) : FORMATS.find((one) => one.extension === extension);
  if (format === undefined)
    throw new Problem('not-acceptable', 'the changes are told in JSON and in Atom', {
      hint: `${prefix}/changes.json or ${prefix}/changes.atom`,
    });
  const { after, limit } = readAsked(asked.search);
  const log = await source.log();
  const page = log.after(after, limit);
  if (page === undefined)
    throw new Problem('not-found', `the log has no place “${after}”`, {
      hint: `places are those of /changes; begin again without “after”`,
    });
  const machine = await source.machine();
  const changes = changesOf(machine, page.events, prefix);
  const address = (place: string | undefined): string =>
    `${prefix}/changes${extension}${queryText({
      ...(place === undefined ? {} : { after: place }),
      ...(limit === USUAL ? {} : { limit: String(limit) }),
    })}`;
  const next = address(page.last);
  const headers = page.more ? { link: `<${next}>; rel="next"` } : {};
  const body =
    format.extension === '.atom'
      ? atomOf({ changes, self: address(after), next: page.more ? next : undefined, edition: machine.edition, prefix })
      : `${JSON.stringify({ edition: machine.edition, after: after ?? null, changes, next, more: page.more }, undefined, 2)}\n`;
  return { body, mediaType: format.mediaType, headers };
}

function readAsked(search: string): { readonly after: string | undefined; readonly limit: number } {
  const given = new URLSearchParams(search);
  for (const name of new Set(given.keys())) {
    if (name !== 'after' && name !== 'limit')
      throw new Problem('asked-wrongly', `changes take no parameter “${name.slice(0, 60)}”`, {
        hint: 'they take after, a place in the log, and limit',
      });
    if (given.getAll(name).length > 1)
      throw new Problem('asked-wrongly', `“${name}” is given ${given.getAll(name).length} times`, {
        hint: 'give it once',
      });
  }
  const after = given.get('after') || undefined;
  if (after !== undefined && after.length > LONGEST_PLACE)
    throw new Problem('asked-wrongly', 'that is no place in a log', { hint: 'places are those of /changes' });
  const limit = given.get('limit') || String(USUAL);
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > MOST)
    throw new Problem('asked-wrongly', `“limit” must be from 1 to ${MOST}`);
  return { after, limit: Number(limit) };
}

function atomOf(feed: {
  readonly changes: readonly Change[];
  readonly self: string;
  readonly next: string | undefined;
  readonly edition: string;
  readonly prefix: string;
}): string {
  const { changes, self, next, edition, prefix } = feed;
  const updated = (day: string | undefined): string => `<updated>${day ?? '1970-01-01'}T00:00:00Z</updated>`;
  const entries = changes.map(({ position, id, href, event }) =>
    [
      '<entry>',
      `<id>tag:as-it-stood,2026:${escaped(id)}</id>`,
      `<title>${escaped(event ? `${event.dateText}: ${event.sentence}` : id)}</title>`,
      updated(event?.recorded),
      `<link rel="alternate" href="${escaped(href)}"/>`,
      `<category term="${escaped(event?.type ?? 'unreadable')}"/>`,
      `<summary>${escaped(event ? event.sources.map(({ title }) => title).join('; ') : 'It cannot be read as an event of the record.')}</summary>`,
      `<content type="text">place ${escaped(position)}</content>`,
      '</entry>',
    ].join('\n'),
  );
  const latest = changes
    .flatMap(({ event }) => event?.recorded ?? [])
    .sort()
    .at(-1);
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<id>tag:as-it-stood,2026:changes</id>',
    '<title>As It Stood: what the record took in</title>',
    updated(latest),
    '<author><name>As It Stood</name></author>',
    `<generator>edition ${edition.slice(0, 12)}</generator>`,
    `<link rel="self" href="${escaped(self)}"/>`,
    ...(next === undefined ? [] : [`<link rel="next" href="${escaped(next)}"/>`]),
    `<link rel="alternate" type="text/html" href="${escaped(`${prefix}/record`)}"/>`,
    ...entries,
    '</feed>',
  ].join('\n')}\n`;
}

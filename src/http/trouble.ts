import type { Context } from 'hono';
import { AskedWrongly, NotInRecord, RecordUnreadable } from '../machine/index.ts';
import { didYouMean } from '../record/near.ts';
import { StoreError } from '../store/errors.ts';
import { KINDS } from '../vocabulary/kinds.ts';
import type { Ask, Trouble } from './page.ts';
import type { matcher } from './paths.ts';
import { Problem } from './problem.ts';
import type { Resource } from './resource.ts';
import type { Source } from './source.ts';

/** What an address that is none is told: the one that may have been meant. */
export function notFound(path: string, resources: readonly Resource[], to: Ask['links']['to']): Problem {
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
    hint: resource ? `did you mean ${addressed(example, to)}?` : `every address is told at ${to('/api')}`,
    near: [
      ...(resource ? [{ title: resource.summary, href: to(example.split('?')[0] ?? '/') }] : []),
      { title: 'Every address', href: to('/api') },
    ],
  });
}

/** What an error is at this door. What nobody should see is told to nobody but the log. */
export async function problemOf(
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
      hint: forHere(error.hint, linksFor({}).to),
      near: await nearTo(error, source, linksFor({})),
    });
  }
  if (error instanceof AskedWrongly)
    return new Problem('asked-wrongly', sentence(error.message), { hint: forHere(error.hint, linksFor({}).to) });
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

/** An example as it is written here: under the prefix of the proxy. */
function addressed(example: string, to: Ask['links']['to']): string {
  const [path = '/', search = ''] = example.split('?');
  return to(path, Object.fromEntries(new URLSearchParams(search)));
}

/** A hint that names a command, in the words of this door. */
function forHere(hint: string | undefined, to: Ask['links']['to']): string | undefined {
  return hint
    ?.replace(/stood kinds\b/g, () => to('/kinds'))
    .replace(/stood replay\b/g, () => to('/reforms'))
    .replace(/stood timeline\b/g, () => to('/timeline'))
    .replace(/stood find '?([^'\n]*)'?/g, (_, words: string) => to('/find', { q: words }))
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

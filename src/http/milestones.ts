import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { appendWritten, type WrittenFile } from '../machine/append.ts';
import { StoreError, WrongExpectedRevision } from '../store/errors.ts';
import type { EventStore } from '../store/port.ts';
import { Problem } from './problem.ts';
import type { Source } from './source.ts';

/** Where milestones come in: the store they go to, and the token that opens. */
export interface Door {
  readonly source: Source;
  readonly store: EventStore;
  readonly token: string;
  readonly prefix: string;
}

/** Most bytes of a milestone with its sources. */
export const LARGEST_MILESTONE = 4 * 1024 * 1024;

/** How long an answer waits for the new events to be in the answers, in milliseconds. */
const SEEN_WITHIN = 5000;

const TEXTS = /^(application\/(x-)?yaml|text\/(x-|vnd\.)?yaml|text\/plain|application\/json)$/;

/** Takes a milestone: checked against everything that is there, appended whole or not at all. */
export async function acceptMilestone(context: Context, door: Door): Promise<Response> {
  const { req } = context;
  if (!isToken(req.header('authorization'), door.token))
    throw new Problem('unauthorised', 'who appends shows the token', {
      hint: 'send the header Authorization: Bearer <token>',
      headers: { 'www-authenticate': 'Bearer realm="milestones"' },
    });
  const expected = expectedOf(req.header('if-match'), req.header('if-none-match'));
  const { milestone, sources } = await readPosted(req.raw);
  try {
    const result = await appendWritten(door.store, milestone, { sources, expected });
    if (!result.ok)
      throw new Problem('breaks-rules', 'nothing was appended', {
        hint: 'put right what is listed, and post it again',
        // What is posted has no file of a name to be called otherwise.
        more: { problems: result.problems.filter(({ rule, severity }) => rule !== 'file' || severity === 'error') },
      });
    await seen(door, result.stream);
    const { appended, revision, stream, warnings } = result;
    const answer = {
      milestone: result.milestone,
      stream,
      appended,
      revision,
      warnings: warnings.filter(({ rule }) => rule !== 'file'),
    };
    return new Response(`${JSON.stringify(answer, undefined, 2)}\n`, {
      status: appended > 0 ? 201 : 200,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        etag: `"${revision}"`,
        location: `${door.prefix}/reform/${result.milestone}`,
      },
    });
  } catch (error) {
    if (error instanceof WrongExpectedRevision)
      throw new Problem(expected === undefined ? 'conflict' : 'expected-otherwise', error.message, {
        hint: 'read the milestone again, and decide whether to append',
        more: { revision: error.found ?? null },
      });
    if (error instanceof StoreError && /EventTooLarge/.test(error.name))
      throw new Problem('too-large', error.message, { hint: error.hint });
    throw error;
  }
}

/** Compares in a time that says nothing of how much of the token was right. */
function isToken(header: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? '';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token)) && given !== '';
}

function expectedOf(match: string | undefined, noneMatch: string | undefined): number | 'none' | undefined {
  if (match !== undefined && noneMatch !== undefined)
    throw new Problem('asked-wrongly', 'If-Match and If-None-Match say two things', { hint: 'send one of them' });
  if (noneMatch !== undefined) {
    if (noneMatch.trim() === '*') return 'none';
    throw new Problem('asked-wrongly', 'If-None-Match can only be *', { hint: 'it says that the milestone is new' });
  }
  if (match === undefined) return undefined;
  const revision = /^"?(\d{1,9})"?$/.exec(match.trim())?.[1];
  if (revision === undefined)
    throw new Problem('asked-wrongly', 'If-Match is no revision', {
      hint: 'send the revision of the last event of the milestone: If-Match: "3"',
    });
  return Number(revision);
}

async function readPosted(
  request: Request,
): Promise<{ readonly milestone: WrittenFile; readonly sources: WrittenFile | undefined }> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const multipart = type === 'multipart/form-data';
  if (!multipart && !TEXTS.test(type))
    throw new Problem(
      'unknown-format',
      type === '' ? 'the Content-Type is missing' : `“${type.slice(0, 60)}” is not read here`,
      {
        hint: 'send application/yaml or application/json; or multipart/form-data with the parts milestone and sources',
      },
    );
  const bytes = await bounded(request);
  if (!multipart) return { milestone: { name: 'milestone.yaml', text: textOf(bytes) }, sources: undefined };
  const form = await new Response(bytes, { headers: { 'content-type': request.headers.get('content-type') ?? '' } })
    .formData()
    .catch(() => {
      throw new Problem('asked-wrongly', 'the form cannot be read', { hint: 'send the parts milestone and sources' });
    });
  const part = async (name: string): Promise<WrittenFile | undefined> => {
    const given = form.get(name);
    if (given === null) return undefined;
    const text = typeof given === 'string' ? given : textOf(new Uint8Array(await given.arrayBuffer()));
    return { name: `${name}.yaml`, text };
  };
  const milestone = await part('milestone');
  if (milestone === undefined)
    throw new Problem('asked-wrongly', 'the form has no part named milestone', {
      hint: 'send the parts milestone and sources',
    });
  return { milestone, sources: await part('sources') };
}

/** The body, read no further than the limit. */
async function bounded(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = new Problem('too-large', `a milestone has at most ${LARGEST_MILESTONE / 1024 / 1024} MB`, {
    hint: 'split it into several milestones',
  });
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_MILESTONE) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (request.body) {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength;
      if (length > LARGEST_MILESTONE) throw tooLarge;
      chunks.push(chunk);
    }
  }
  const whole = new Uint8Array(length);
  let place = 0;
  for (const chunk of chunks) {
    whole.set(chunk, place);
    place += chunk.byteLength;
  }
  return whole;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('asked-wrongly', 'the milestone is not UTF-8 text');
  }
}

/** Waits, for a while, until what was appended is in the answers, so that who appends reads it at once. */
async function seen({ source, store }: Door, stream: string): Promise<void> {
  let last: string | undefined;
  for await (const batch of store.readStream(stream, { direction: 'backwards', limit: 20 }))
    last ??= batch.find(({ data }) => typeof data.id === 'string')?.data.id as string | undefined;
  if (last === undefined) return;
  const [log, until] = [await source.log(), performance.now() + SEEN_WITHIN];
  while (performance.now() < until && !log.has(last)) await new Promise((resolve) => setTimeout(resolve, 10));
}

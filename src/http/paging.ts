import { queryText } from './links.ts';
import type { Ask } from './page.ts';
import { MOST_LISTED } from './parameters.ts';
import type { Resource } from './resource.ts';

/**
 * An answer with its list cut to what was asked for, and the links to what comes before and after.
 * The answer keeps its shape; how many there are in all is told in `X-Total-Count`.
 */
export function paged(
  resource: Resource,
  answer: unknown,
  ask: Ask,
  { most = MOST_LISTED, here }: { readonly most?: number | undefined; readonly here: string },
): { readonly answer: unknown; readonly headers: Readonly<Record<string, string>> } {
  const { list } = resource;
  if (list === undefined || !('limit' in resource.query)) return { answer, headers: {} };
  const whole = list === '' ? answer : (answer as Readonly<Record<string, unknown>>)[list];
  if (!Array.isArray(whole)) return { answer, headers: {} };
  const limit = Math.min(Number(ask.query.limit ?? most), most);
  const offset = Number(ask.query.offset ?? 0);
  if (offset === 0 && whole.length <= limit) return { answer, headers: {} };
  const part = whole.slice(offset, offset + limit);
  const address = (from: number): string =>
    `<${here}${queryText({ ...ask.query, limit: String(limit), offset: String(from) })}>`;
  const links = [
    ...(offset > 0 ? [`${address(Math.max(0, offset - limit))}; rel="prev"`] : []),
    ...(offset + limit < whole.length ? [`${address(offset + limit)}; rel="next"`] : []),
  ];
  return {
    answer: list === '' ? part : { ...(answer as object), [list]: part },
    headers: { 'x-total-count': String(whole.length), ...(links.length === 0 ? {} : { link: links.join(', ') }) },
  };
}

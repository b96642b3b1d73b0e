import { didYouMean } from '../record/near.ts';
import { formatsOf } from './formats.ts';
import { queryText, split } from './links.ts';
import type { Ask, Format, Links } from './page.ts';
import { EVERYWHERE, LONGEST_VALUE, REPEATABLE, YES_OR_NO } from './parameters.ts';
import type { Match } from './paths.ts';
import { Problem } from './problem.ts';
import type { Resource } from './resource.ts';

/** Most parameters of one address. */
const MOST_PARAMETERS = 24;

/** Parameters that others add to addresses, to follow people around: passed over. */
const FOREIGN = /^(utm_\w+|fbclid|gclid|mc_[ce]id)$/;

/**
 * Reads the query of an address against what its resource takes. An empty parameter, as a form sends it, counts as none, and as yes where it says yes or no;
 * one that is unknown, given twice, too long or not of its form throws a `Problem`, since passing it over would answer another question.
 */
export function readQuery(resource: Resource, search: string): Readonly<Record<string, string>> {
  const known = { ...resource.query, ...EVERYWHERE };
  const given = new Map<string, string[]>();
  let count = 0;
  for (const [name, value] of new URLSearchParams(search)) {
    if (++count > MOST_PARAMETERS)
      throw new Problem('asked-wrongly', `the address has more than ${MOST_PARAMETERS} parameters`);
    const said = value.trim() === '' && YES_OR_NO.has(name) ? 'true' : value.trim();
    if (said === '' || FOREIGN.test(name)) continue;
    given.set(name, [...(given.get(name) ?? []), said]);
  }
  const query: Record<string, string> = {};
  for (const [name, values] of given) {
    const schema = known[name];
    if (!Object.hasOwn(known, name) || schema === undefined) {
      const meant = didYouMean(name.slice(0, LONGEST_VALUE), Object.keys(known));
      const names = Object.keys(known).join(', ');
      throw new Problem('asked-wrongly', `this address takes no parameter “${name.slice(0, 60)}”`, {
        hint: meant ?? (names === '' ? 'it takes none' : `it takes ${names}`),
      });
    }
    if (values.length > 1 && !REPEATABLE.has(name))
      throw new Problem('asked-wrongly', `“${name}” is given ${values.length} times`, { hint: 'give it once' });
    const value = values.join(',');
    const read = schema.safeParse(value);
    if (!read.success) {
      const [issue] = read.error.issues;
      throw new Problem('asked-wrongly', `“${name}” cannot be read: ${issue?.message ?? 'it has another form'}`, {
        hint: schema.meta()?.description,
      });
    }
    query[name] = value;
  }
  return query;
}

/** What an address asks, from its path and its query. */
export function askOf(
  { resource, params, path }: Match,
  query: Readonly<Record<string, string>>,
  links: Links,
  more: Pick<Partial<Ask>, 'formats' | 'fixed' | 'lessons'> = {},
): Ask {
  const { publishedBy, recordedBy, dates, kind, partOf, without } = query;
  const supposing = without === undefined ? {} : { without };
  return {
    path,
    params,
    query,
    lens: {
      ...(publishedBy === undefined ? {} : { publishedBy }),
      ...(recordedBy === undefined ? {} : { recordedBy }),
      ...(dates === 'legal' || dates === 'operational' ? { dates } : {}),
      ...(resource.supposes === 'differences' ? {} : supposing),
    },
    selection: {
      ...(kind === undefined
        ? {}
        : {
            kind: kind
              .split(',')
              .map((one) => one.trim())
              .filter(Boolean),
          }),
      ...(partOf === undefined ? {} : { partOf }),
    },
    ...supposing,
    links,
    formats: more.formats ?? formatLinks(resource, path, query, links, supposing),
    ...(more.fixed ? { fixed: true } : {}),
    ...(more.lessons ? { lessons: more.lessons } : {}),
  };
}

/** The formats of an address with their own addresses, the page itself left out. */
function formatLinks(
  resource: Resource,
  path: string,
  query: Readonly<Record<string, string>>,
  links: Links,
  asked: Pick<Ask, 'without'>,
): readonly Format[] {
  // An empty search is a form to fill in, and nothing to take away.
  if (resource.name === 'find' && query.q === undefined) return [];
  return formatsOf(resource, asked)
    .filter(({ extension }) => extension !== '.html')
    .map(({ extension, title }) => {
      // What goes along is written by the links; the rest of the query is this page's own, and the answer is of it too.
      const base = split(links.to(`${path}${extension}`)).bare;
      const here = base.includes('?') ? base.slice(0, base.indexOf('?')) : base;
      return { extension, title, href: `${here}${queryText(query)}` };
    });
}

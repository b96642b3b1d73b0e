import { OUTPUT_FORMATS } from './formats.ts';
import type { Resource } from './resource.ts';

/** Longest address that is looked at, in characters, its query included. */
export const LONGEST_ADDRESS = 2048;

/** Most parts of a path. */
const DEEPEST = 8;

/** An address found: what it is of, the parts that vary, and the format its ending asks for. */
export interface Match {
  readonly resource: Resource;
  readonly params: Readonly<Record<string, string>>;
  /** Without prefix and ending, encoded as addresses are. */
  readonly path: string;
  /** `.json`, or nothing when the ending asks for none. */
  readonly extension: string | undefined;
}

interface Route {
  readonly resource: Resource;
  readonly parts: readonly RegExp[];
  readonly names: readonly string[];
  /** The last part takes all that follows. */
  readonly open: boolean;
}

/** Why a path cannot be read. */
export type Unreadable = 'too deep' | 'not text';

function routesOf(resource: Resource): Route[] {
  return resource.paths.map((path) => {
    const parts = path.split('/').filter(Boolean);
    return {
      resource,
      parts: parts.map(
        (part) =>
          new RegExp(
            `^${part
              .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
              .replace(
                /\{(\w+)(…?)\}/g,
                (_, name: string, rest: string) => `(?<${name}>[\\s\\S]+${rest ? '' : '?'})`,
              )}$`,
          ),
      ),
      names: [...path.matchAll(/\{(\w+)…?\}/g)].map(([, name = '']) => name),
      open: path.includes('…'),
    };
  });
}

/** Splits a path (without prefix) into its decoded parts and the format its ending asks for. */
function partsOf(
  path: string,
): { readonly parts: readonly string[]; readonly extension: string | undefined } | Unreadable {
  const ending = OUTPUT_FORMATS.find(({ extension }) => path.endsWith(extension))?.extension;
  const bare = ending === undefined ? path : path.slice(0, -ending.length);
  const parts = bare.split('/').filter(Boolean);
  if (parts.length > DEEPEST) return 'too deep';
  try {
    const decoded = parts.map(decodeURIComponent);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they have no business in an address
    if (decoded.some((part) => /[\u0000-\u001f\u007f]/.test(part))) return 'not text';
    return { parts: decoded, extension: ending };
  } catch {
    return 'not text';
  }
}

/** Finds what a path is of; undefined when it is of nothing. */
export function matcher(resources: readonly Resource[]): (path: string) => Match | Unreadable | undefined {
  const routes = resources.flatMap(routesOf);
  return (path) => {
    const read = partsOf(path);
    if (typeof read === 'string') return read;
    const { parts, extension } = read;
    for (const { resource, parts: wanted, names, open } of routes) {
      if (open ? parts.length < wanted.length : parts.length !== wanted.length) continue;
      const given = open ? [...parts.slice(0, wanted.length - 1), parts.slice(wanted.length - 1).join('/')] : parts;
      const found = wanted.map((part, place) => part.exec(given[place] ?? ''));
      if (found.some((one) => one === null)) continue;
      const groups = Object.assign({}, ...found.map((one) => one?.groups ?? {})) as Record<string, string>;
      const params = Object.fromEntries(names.map((name) => [name, (groups[name] ?? '').trim()]));
      if (Object.values(params).some((value) => value === '')) continue;
      return {
        resource,
        params,
        path: `/${given.map((part) => part.split('/').map(encodeURIComponent).join('/')).join('/')}`,
        extension,
      };
    }
    return undefined;
  };
}

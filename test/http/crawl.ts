import { linksIn } from './door.ts';

/** What a crawl fetches: the status of an address, its media type and its text. */
export type Fetch = (
  address: string,
) => Promise<{ readonly status: number; readonly mediaType: string; readonly text: string }>;

/** A link that leads nowhere, and the page it stands on. */
export interface Broken {
  readonly on: string;
  readonly link: string;
  readonly status: number;
}

/** What came of a crawl. */
export interface Crawled {
  readonly pages: number;
  readonly links: number;
  readonly broken: readonly Broken[];
  /** Links that leave the house, other than those a source is cited by. */
  readonly foreign: readonly Broken[];
  /** Identifiers a link points at within a page that does not have them. */
  readonly adrift: readonly Broken[];
}

/**
 * Follows links from an address, so many steps deep. `chosen` says which of a page's links to follow on (all unless given);
 * those not followed are not fetched either.
 */
export async function crawl(
  start: string,
  depth: number,
  fetch: Fetch,
  chosen: (links: readonly string[], page: string) => readonly string[] = (links) => links,
): Promise<Crawled> {
  const base = 'http://crawl.invalid';
  const statuses = new Map<string, Promise<{ status: number; mediaType: string; text: string }>>();
  const at = (path: string) => {
    const known = statuses.get(path) ?? fetch(path);
    statuses.set(path, known);
    return known;
  };
  const [broken, foreign, adrift]: [Broken[], Broken[], Broken[]] = [[], [], []];
  let level = [start];
  let [pages, links] = [0, 0];
  const seen = new Set(level);
  for (let step = 0; step <= depth && level.length > 0; step++) {
    const next: string[] = [];
    for (const page of level) {
      const { mediaType, text } = await at(page);
      if (!mediaType.startsWith('text/html')) continue;
      pages++;
      const found = new Set<string>();
      for (const link of new Set(linksIn(text))) {
        if (/^(data|mailto):/.test(link)) continue;
        const target = new URL(link, `${base}${page}`);
        if (target.origin !== base) {
          if (
            new RegExp(`<(link|script|img|form|iframe)[^>]*"${link.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&')}"`).test(text)
          )
            foreign.push({ on: page, link, status: 0 });
          continue;
        }
        const address = `${target.pathname}${target.search}`;
        if (target.hash !== '' && address === page && !text.includes(`id="${target.hash.slice(1)}"`))
          adrift.push({ on: page, link, status: 200 });
        found.add(address);
      }
      for (const address of chosen([...found], page)) {
        links++;
        const { status } = await at(address);
        if (status !== 200) broken.push({ on: page, link: address, status });
        else if (!seen.has(address)) {
          seen.add(address);
          next.push(address);
        }
      }
    }
    level = next;
  }
  return { pages, links, broken, foreign, adrift };
}

import type { Links } from './page.ts';
import type { Match } from './paths.ts';

/** Parameters that go along from page to page, where the next page takes them. */
const ALONG = ['publishedBy', 'recordedBy', 'dates', 'kind', 'partOf', 'edition'] as const;

/** How addresses are written on a server: absolute, under the prefix, with the clocks and the selection of the page they are on. */
export function serverLinks(
  prefix: string,
  query: Readonly<Record<string, string>>,
  match: (path: string) => Match | string | undefined,
  assetVersion: string,
): Links {
  return {
    to: (path, more = {}) => {
      const { bare, fragment } = split(path);
      const target = match(bare);
      const takes = typeof target === 'object' ? target.resource.query : {};
      const parameters: Record<string, string> = {};
      for (const name of ALONG) {
        const value = query[name];
        if (value !== undefined && (Object.hasOwn(takes, name) || name === 'edition')) parameters[name] = value;
      }
      for (const [name, value] of Object.entries(more)) {
        if (value === null) delete parameters[name];
        else parameters[name] = value;
      }
      return `${prefix}${encoded(bare)}${queryText(parameters)}${fragment}`;
    },
    asset: (file) => `${prefix}/assets/${encoded(file)}?v=${assetVersion}`,
  };
}

/** Parameters as they stand in an address; slashes and commas stay readable. */
export function queryText(parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(parameters).map(
    ([name, value]) =>
      `${encodeURIComponent(name)}=${encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%20', '+')}`,
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** A path and the fragment after it. */
export function split(path: string): { readonly bare: string; readonly fragment: string } {
  const hash = path.indexOf('#');
  return hash < 0 ? { bare: path, fragment: '' } : { bare: path.slice(0, hash), fragment: path.slice(hash) };
}

/** A path with what may not stand in one encoded; what is encoded already stays so. */
function encoded(path: string): string {
  return encodeURI(path)
    .replaceAll(/%25([0-9A-Fa-f]{2})/g, '%$1')
    .replaceAll('?', '%3F');
}

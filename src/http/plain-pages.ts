import type { Machine } from '../machine/index.ts';
import { fittingExamples } from './fitting.ts';
import { bareDocument, escaped } from './html.ts';
import type { Ask } from './page.ts';
import { PROBLEMS } from './problem.ts';
import type { Resource } from './resource.ts';

/** Longest answer that a plain page shows, in characters; the formats have it whole. */
const LONGEST_SHOWN = 100_000;

/** The page of a resource that has none of its own: what it is, its formats, the answer as it is. */
export async function plainPage(resource: Resource, machine: Machine, ask: Ask): Promise<string> {
  const answer = await resource.answer?.(machine, ask);
  const text = answer === undefined ? '' : JSON.stringify(answer, undefined, 2);
  const home = `<p><a href="${escaped(ask.links.to('/'))}">As It Stood</a> · <a href="${escaped(ask.links.to('/api'))}">every address</a></p>`;
  const links = ask.formats
    .map(({ href, title }) => `<li><a href="${escaped(href)}">${escaped(title)}</a></li>`)
    .join('\n');
  return bareDocument(
    resource.summary,
    [
      home,
      links === '' ? '' : `<ul>\n${links}\n</ul>`,
      text === ''
        ? ''
        : `<pre>${escaped(text.slice(0, LONGEST_SHOWN))}${text.length > LONGEST_SHOWN ? '\n… the formats above have all of it' : ''}</pre>`,
    ]
      .filter(Boolean)
      .join('\n'),
  );
}

/** The page of an address that has no answer, where no page is listed for that. */
export function plainTrouble(ask: Ask): string {
  const { trouble } = ask;
  if (!trouble) return bareDocument('Something went wrong', '');
  const near = trouble.near.map(({ href, title }) => `<li><a href="${escaped(href)}">${escaped(title)}</a></li>`);
  return bareDocument(
    trouble.title,
    [
      `<p>${escaped(trouble.detail)}</p>`,
      trouble.hint === undefined ? '' : `<p>${escaped(trouble.hint)}</p>`,
      near.length === 0 ? '' : `<ul>\n${near.join('\n')}\n</ul>`,
      `<p><a href="${escaped(ask.links.to('/'))}">As It Stood</a></p>`,
    ]
      .filter(Boolean)
      .join('\n'),
  );
}

/** The page at `/api`: every address, what it takes, and examples to try. */
export async function apiPage(resources: readonly Resource[], machine: Machine, ask: Ask): Promise<string> {
  const fitting = new Set(
    (await Promise.all(resources.map(({ examples }) => fittingExamples(examples, machine, ask))))
      .flat()
      .map(({ path }) => path),
  );
  const sections = resources.map((resource) => {
    const rows = [
      ...Object.entries(resource.params).map(([name, description]) => [name, 'in the path', description]),
      ...Object.entries(resource.query).map(([name, schema]) => [
        name,
        'in the query',
        schema.meta()?.description ?? '',
      ]),
    ].map(
      ([name = '', where = '', what = '']) =>
        `<tr><th scope="row"><code>${escaped(name)}</code></th><td>${escaped(where)}</td><td>${escaped(what)}</td></tr>`,
    );
    const examples = resource.examples.map(({ path, means }) => {
      // The examples are of the record that is shipped; of another one they may name what it does not hold.
      if (!fitting.has(path)) return `<li><code>${escaped(path)}</code>: ${escaped(means)}</li>`;
      const href = exampleHref(path, ask);
      const json =
        resource.answer && ask.fixed !== true ? ` (<a href="${escaped(withEnding(href, '.json'))}">JSON</a>)` : '';
      return `<li><a href="${escaped(href)}">${escaped(path)}</a>${json}: ${escaped(means)}</li>`;
    });
    return [
      `<section id="${escaped(resource.name)}">`,
      `<h2>${resource.paths.map((path) => `<code>${escaped(path.replace('…', ''))}</code>`).join(' and ')}</h2>`,
      `<p>${escaped(resource.summary)}${resource.command === undefined ? '' : ` The same as <code>stood ${escaped(resource.command)}</code>.`}</p>`,
      examples.length === 0 ? '' : `<ul>\n${examples.join('\n')}\n</ul>`,
      rows.length === 0
        ? ''
        : `<table>\n<thead><tr><th scope="col">Parameter</th><th scope="col">Where</th><th scope="col">What</th></tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`,
      '</section>',
    ]
      .filter(Boolean)
      .join('\n');
  });
  const intro =
    ask.fixed === true
      ? '<p>These are files: what a query asks is answered by a server, and by the command line.</p>'
      : `<p>Every address answers with a page, and with data: by its ending (<code>.json</code>) or the <code>Accept</code> header. Errors are problem documents (RFC 9457) that say what to do. <a href="${escaped(ask.links.to('/openapi.json', { edition: null }))}">OpenAPI 3.1</a> · <a href="${escaped(ask.links.to('/changes'))}">changes</a> (<a href="${escaped(ask.links.to('/changes.atom'))}">Atom</a>) · <a href="${escaped(ask.links.to('/timemap'))}">time map</a> · <a href="${escaped(ask.links.to('/health'))}">health</a></p>`;
  const problems = Object.entries(PROBLEMS).map(
    ([name, { status, title }]) =>
      `<tr id="${name}"><th scope="row"><code>${name}</code></th><td>${status}</td><td>${escaped(title)}</td></tr>`,
  );
  const errors =
    ask.fixed === true
      ? ''
      : `<section><h2>Problems</h2>\n<table>\n<thead><tr><th scope="col">Type</th><th scope="col">Status</th><th scope="col">Title</th></tr></thead>\n<tbody>\n${problems.join('\n')}\n</tbody>\n</table></section>`;
  return bareDocument('Every address', [intro, ...sections, errors].join('\n'));
}

function exampleHref(path: string, ask: Ask): string {
  const [bare = '', search = ''] = path.split('?');
  return ask.links.to(bare, Object.fromEntries(new URLSearchParams(search)));
}

function withEnding(href: string, ending: string): string {
  const at = href.indexOf('?');
  return at < 0 ? `${href}${ending}` : `${href.slice(0, at)}${ending}${href.slice(at)}`;
}

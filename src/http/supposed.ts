import { CERTAINTY_SIGNS } from '../views/words.ts';

const MARK = `<span class="sure hypothetical"><span aria-hidden="true">${CERTAINTY_SIGNS.hypothetical}</span> hypothetical</span> `;

/** Where the lines of a page begin: its headings, its items, the first cell of a row that has data. */
const LINES = /(<h[1-4]\b[^>]*>|<li\b[^>]*>|<dd\b[^>]*>|<figcaption\b[^>]*>)|(<tr\b[^>]*>\s*<(?:th|td)\b[^>]*>)/g;

/** What is no line of an answer: pictures, ways on, forms, heads of tables. */
const APART = /(<svg\b[\s\S]*?<\/svg>|<nav\b[\s\S]*?<\/nav>|<form\b[\s\S]*?<\/form>|<thead\b[\s\S]*?<\/thead>)/;

/**
 * A page of what is supposed, marked on every line: whatever a page shows, and whichever page it is, no line of it can be
 * taken (quoted, printed, copied into a table) for something that was so.
 */
export function supposed(html: string): string {
  const [start, end] = [html.indexOf('<main'), html.lastIndexOf('</main>')];
  if (start < 0 || end < start) return html;
  const head = html.slice(0, start).replace(/<title>(?!Hypothetical)/, '<title>Hypothetical: ');
  const main = html
    .slice(start, end)
    .split(APART)
    .map((part, place) => (place % 2 === 1 ? part : part.replace(LINES, (line) => `${line}${MARK}`)))
    .join('');
  return `${head}${main}${html.slice(end)}`;
}

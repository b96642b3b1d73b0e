import type { ComponentChildren, VNode } from 'preact';
import type { BodyRef, BoundaryRef, Counted, EventAnswer, Existence, SourceRef } from '../machine/answers.ts';
import { kindNamed } from '../vocabulary/kinds.ts';
import { dateInWords, withDaysInWords } from './dates.ts';
import type { Links } from './frame.tsx';
import { CERTAINTY_SIGNS, capital, countedInWords, cut, kindInWords, sentence, signed } from './words.ts';

/** How sure: a shape and a word. */
export function Sure({ of }: { readonly of: Existence | 'ended' }): VNode {
  return (
    <span class={`sure ${of}`}>
      <span aria-hidden="true">{CERTAINTY_SIGNS[of]}</span> {of}
    </span>
  );
}

/** A body by its name, linked to its page as of a day. */
export function BodyLink({
  body,
  links,
  at,
}: {
  readonly body: { readonly id: string; readonly name: string };
  readonly links: Links;
  readonly at?: string | undefined;
}): VNode {
  return <a href={bodyHref(body.id, links, at)}>{body.name}</a>;
}

/** The address of a thing: kinds have their own page. */
export function bodyHref(id: string, links: Links, at?: string): string {
  if (id.startsWith('kind/') && kindNamed(id.slice(5))) return links.to(`/count/${id.slice(5)}`);
  return links.to(`/body/${id}`, at === undefined ? {} : { at });
}

/** Codes of a body, in one line. */
export function codesInWords({ ods, gss }: BodyRef['codes']): string {
  return [ods && `ODS ${ods}`, gss && `GSS ${gss}`].filter(Boolean).join(', ');
}

/** A source by its title, linked to the list of sources. */
export function SourceLink({
  source,
  links,
  short,
}: {
  readonly source: SourceRef;
  readonly links: Links;
  readonly short?: number;
}): VNode {
  return (
    <>
      <a href={`${links.to('/sources')}#${source.source}`}>{short ? cut(source.title, short) : source.title}</a>
      {source.at && !short ? `, ${source.at}` : ''}
    </>
  );
}

const CITED = 2;

/** Who says so: the first sources and how many more. */
export function Sources({
  of,
  links,
  all,
  most = CITED,
}: {
  readonly of: readonly SourceRef[];
  readonly links: Links;
  readonly all?: boolean;
  readonly most?: number;
}): VNode {
  const shown = all ? of : of.slice(0, most);
  const more = of.length - shown.length;
  return (
    <span class="sources">
      {of.length === 1 ? 'Source: ' : 'Sources: '}
      {shown.map((source, n) => (
        <span key={`${source.source} ${source.at ?? ''}`}>
          {n > 0 && '; '}
          <SourceLink source={source} links={links} />
          {all && source.url && (
            <>
              {' '}
              <a class="out" href={source.url} rel="external noreferrer">
                original
              </a>
            </>
          )}
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </span>
  );
}

/** The sources that a page cites, each once, with the address of the original: on paper it is spelled out. */
export function Cited({ of }: { readonly of: readonly SourceRef[] }): VNode | null {
  const each = [...new Map(of.map((source) => [source.source, source])).values()];
  if (each.length === 0) return null;
  return (
    <section class="cited" aria-labelledby="cited">
      <h2 id="cited">Sources cited</h2>
      <ul>
        {each.map(({ source, title, url, published }) => (
          <li key={source}>
            {url ? (
              <a href={url} rel="external noreferrer">
                {title}
              </a>
            ) : (
              title
            )}
            {published && `, ${dateInWords(published)}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The day of a boundary, linked to the event that makes it. */
export function Boundary({ of, links }: { readonly of: BoundaryRef; readonly links: Links }): VNode {
  return <a href={links.to(`/event/${of.event}`)}>{of.date}</a>;
}

/** An event told in one item: day, sentence, sources. */
export function EventItem({
  event,
  links,
  dated = true,
}: {
  readonly event: EventAnswer;
  readonly links: Links;
  readonly dated?: boolean;
}): VNode {
  return (
    <li class="event">
      {dated && (
        <>
          <a class="when" href={links.to(`/event/${event.id}`)}>
            {capital(event.dateText)}
          </a>
          {': '}
        </>
      )}
      {withDaysInWords(event.sentence)}{' '}
      {!dated && (
        <>
          <a class="screen" href={links.to(`/event/${event.id}`)}>
            Details
          </a>{' '}
        </>
      )}
      <Sources of={event.sources} links={links} />
    </li>
  );
}

/** A table that scrolls by itself when it is wider than the page. */
export function Table({
  caption,
  head,
  children,
  label,
  wide,
}: {
  readonly caption?: ComponentChildren;
  readonly head: readonly string[];
  readonly children: ComponentChildren;
  readonly label: string;
  readonly wide?: boolean;
}): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section class={wide ? 'table wide-table' : 'table'} aria-label={`Table: ${label}`} tabIndex={0}>
      <table>
        {caption && <caption>{caption}</caption>}
        <thead>
          <tr>
            {head.map((text) => (
              <th key={text} scope="col" class={/^\d|^Change$|^Events$|^How many$/.test(text) ? 'number' : undefined}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

/** Counts before and after, one row a kind. */
export function CountsTable({
  counts,
  before,
  after,
  links,
  at,
  label = 'How many of each kind',
}: {
  readonly counts: readonly {
    readonly kind: string;
    readonly before: Counted;
    readonly after: Counted;
    readonly tag?: string | undefined;
  }[];
  readonly before: string;
  readonly after: string;
  readonly links: Links;
  readonly at?: string | undefined;
  /** Names the table, where a page has several. */
  readonly label?: string;
}): VNode {
  return (
    <Table label={label} head={['Kind', before, after, 'Change']}>
      {counts.map(({ kind, before: was, after: is, tag }) => {
        const moved = was.certain !== is.certain || was.possible !== is.possible;
        return (
          <tr key={kind} class={moved ? 'moved' : undefined}>
            <th scope="row">
              <a href={links.to(`/count/${kind}`, at === undefined ? {} : { at })}>{capital(kindInWords(kind))}</a>
              {tag && <span class="tag">{tag}</span>}
            </th>
            <td class="number">{countedInWords(was)}</td>
            <td class="number">{countedInWords(is)}</td>
            <td class="number">{changeInWords(was, is)}</td>
          </tr>
        );
      })}
    </Table>
  );
}

function changeInWords(was: Counted, is: Counted): string {
  const [certain, possible] = [is.certain - was.certain, is.possible - was.possible];
  if (was.certain === was.possible && is.certain === is.possible) return signed(certain);
  return certain === possible ? signed(certain) : `${signed(certain)} to ${signed(possible)}`;
}

/** What a reader must know before using an answer. */
export function Notes({ notes }: { readonly notes: readonly string[] }): VNode | null {
  if (notes.length === 0) return null;
  return (
    <section class="notes" aria-labelledby="notes">
      <h2 id="notes">Read this with the answer</h2>
      <ul>
        {notes.map((note) => (
          <li key={note}>{withDaysInWords(sentence(note))}</li>
        ))}
      </ul>
    </section>
  );
}

/** A picture that was drawn as text, with its caption. */
function Picture({ svg, children }: { readonly svg: string; readonly children?: ComponentChildren }): VNode {
  return (
    <figure class="figure">
      <div dangerouslySetInnerHTML={{ __html: svg }} />
      {children && <figcaption>{children}</figcaption>}
    </figure>
  );
}

/** A day, linked to the state of that day. */
export function DayLink({ at, links }: { readonly at: string; readonly links: Links }): VNode {
  return <a href={links.to(`/at/${at}`)}>{dateInWords(at)}</a>;
}

/** A picture and the same as rows. */
export interface Drawn {
  readonly svg: string;
  readonly table: {
    readonly caption: string;
    readonly header: readonly string[];
    readonly rows: readonly (readonly string[])[];
  };
  /** True for a picture that is wide, so that it scrolls by itself on a narrow page. */
  readonly scrolls?: boolean;
  /** Id of the heading of the table that tells the same further down, where the page has one. */
  readonly below?: string;
}

/** A wide picture of few things, and the same as a list: a narrow page shows the list. */
export interface Strip {
  readonly svg: string;
  readonly items: readonly {
    readonly text: string;
    readonly href: string;
    readonly detail: string;
    /** What is said of it on the day of the page, when it belongs to that day. */
    readonly now?: string;
  }[];
  /** How to read it, in sentences. */
  readonly note: string;
}

/** A strip under its title, leading on to the whole of which it is a part. */
export function StripSection({
  strip,
  id,
  title,
  children,
}: {
  readonly strip: Strip;
  readonly id: string;
  readonly title: string;
  /** The link to the whole. */
  readonly children: ComponentChildren;
}): VNode {
  return (
    <section class="strip" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Picture svg={strip.svg} />
      <ul>
        {strip.items.map(({ text, href, detail, now }) => (
          <li key={`${text} ${detail}`}>
            <a href={href}>{text}</a> {detail} {now && <strong>{now}</strong>}
          </li>
        ))}
      </ul>
      <p class="small screen">
        <span class="note">{strip.note}</span> {children}
      </p>
    </section>
  );
}

/** A picture under its title, and the same as a table. */
export function Drawing({ drawn, id }: { readonly drawn: Drawn; readonly id: string }): VNode {
  const { svg, table, scrolls, below } = drawn;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{table.caption}</h2>
      {scrolls ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        <section class="scrolls" aria-label={`${table.caption}, drawn`} tabIndex={0}>
          <Picture svg={svg} />
        </section>
      ) : (
        <Picture svg={svg} />
      )}
      {below ? (
        <p class="screen">
          <a href={`#${below}`}>The same as a table</a>
        </p>
      ) : (
        <details>
          <summary>The same as a table</summary>
          <Rows table={table} />
        </details>
      )}
    </section>
  );
}

/** Rows of a picture as a table; the first column names the row. */
function Rows({ table }: { readonly table: Drawn['table'] }): VNode {
  return (
    <Table label={table.caption} head={table.header} wide={table.header.length > 5}>
      {table.rows.map((row) => (
        <tr key={row.join()}>
          {row.map((cell, n) =>
            n === 0 ? (
              <th key={table.header[n]} scope="row">
                {cell}
              </th>
            ) : (
              <td key={table.header[n]}>{cell}</td>
            ),
          )}
        </tr>
      ))}
    </Table>
  );
}

import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { dateInWords } from './dates.ts';
import { cut } from './words.ts';

/** How a page writes addresses: with the clocks of the page it is on. */
export interface Links {
  to(path: string, query?: Readonly<Record<string, string | null>>): string;
  asset(file: string): string;
}

/** A stop of the walk through time: a day of change and what it is known for. */
export interface Stop {
  readonly at: string;
  readonly title: string;
}

/** Where a page about a day stands among the days of change. */
export interface Walk {
  readonly stops: readonly Stop[];
  /** Index of the last stop on or before the day; -1 before the first. */
  readonly position: number;
  readonly previous: Stop | null;
  readonly next: Stop | null;
}

/** What every page needs beside its own answer. */
export interface Frame {
  readonly title: string;
  /** The address without prefix: the current page, and where its forms lead. */
  readonly path: string;
  readonly links: Links;
  readonly formats: readonly { readonly extension: string; readonly title: string; readonly href: string }[];
  /** In a site of files: no forms. */
  readonly fixed: boolean;
  readonly publishedBy: string | null;
  readonly recordedBy: string | null;
  readonly dates: 'legal' | 'operational';
  /** Parameters beside the clocks that forms must carry on. */
  readonly carried: Readonly<Record<string, string>>;
  readonly edition: string;
  /** The day the page is about, ISO, when it is about one. */
  readonly day?: string;
  readonly walk?: Walk;
  readonly hypothetical?: string;
  /** True for the page of an address that has no answer: there is nothing to cite. */
  readonly unanswered?: boolean;
}

const NAV: readonly { readonly path: string; readonly text: string }[] = [
  { path: '/', text: 'Today' },
  { path: '/timeline', text: 'Timeline' },
  { path: '/lineage', text: 'Lineage' },
  { path: '/reforms', text: 'Reforms' },
  { path: '/lessons', text: 'Lessons' },
  { path: '/api', text: 'Take the data' },
];

/** A whole page, as text. */
export function page(frame: Frame, content: ComponentChildren): string {
  return `<!doctype html>\n${renderToString(<Document frame={frame}>{content}</Document>)}\n`;
}

function Document({ frame, children }: { readonly frame: Frame; readonly children: ComponentChildren }): VNode {
  const { links } = frame;
  return (
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${frame.title} – As It Stood`}</title>
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={links.asset('page.css')} />
        <link rel="icon" type="image/svg+xml" href={links.asset('icon.svg')} />
        <link rel="canonical" href={links.to(frame.path, citedQuery(frame))} />
        {frame.formats.map(({ href, title }) => (
          <link key={href} rel="alternate" href={href} title={title} />
        ))}
        {frame.walk?.previous && <link rel="prev" href={links.to(`/at/${frame.walk.previous.at}`)} />}
        {frame.walk?.next && <link rel="next" href={links.to(`/at/${frame.walk.next.at}`)} />}
        <script type="module" src={links.asset('page.js')} />
      </head>
      <body class={clocksOn(frame) ? 'clocks-on' : undefined}>
        <a class="skip" href="#main">
          Skip to the answer
        </a>
        <Header frame={frame} />
        {frame.walk && <TimeBar frame={frame} walk={frame.walk} />}
        <main id="main" tabIndex={-1}>
          <Banner frame={frame} />
          {children}
        </main>
        <Footer frame={frame} />
        <p id="live" class="hidden" role="status" />
      </body>
    </html>
  );
}

function clocksOn({ publishedBy, recordedBy, hypothetical }: Frame): boolean {
  return publishedBy !== null || recordedBy !== null || hypothetical !== undefined;
}

function Header({ frame }: { readonly frame: Frame }): VNode {
  const { links, path } = frame;
  return (
    <header class="top">
      <div class="wide">
        <a class="brand" href={links.to('/')}>
          As It Stood
        </a>
        <nav aria-label="Main">
          <ul>
            {NAV.map(({ path: to, text }) => (
              <li key={to}>
                <a href={links.to(to)} aria-current={to === path && !frame.unanswered ? 'page' : undefined}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {!frame.fixed && (
          <search>
            <form class="find" action={links.to('/find', { publishedBy: null, recordedBy: null })} method="get">
              <label for="q">Find a body</label>
              <input id="q" name="q" type="search" autocomplete="off" spellcheck={false} aria-keyshortcuts="/" />
              <Clocks frame={frame} />
              {frame.day && <input type="hidden" name="at" value={frame.day} />}
              <button type="submit">Find</button>
            </form>
          </search>
        )}
      </div>
    </header>
  );
}

/** The clocks of a page as hidden fields of a form, so that what it leads to looks through the same eyes. */
export function Clocks({ frame }: { readonly frame: Frame }): VNode {
  return (
    <>
      {frame.publishedBy && <input type="hidden" name="publishedBy" value={frame.publishedBy} />}
      {frame.recordedBy && <input type="hidden" name="recordedBy" value={frame.recordedBy} />}
      {frame.dates === 'operational' && <input type="hidden" name="dates" value="operational" />}
    </>
  );
}

function TimeBar({ frame, walk }: { readonly frame: Frame; readonly walk: Walk }): VNode {
  const { links } = frame;
  const { stops, position, previous, next } = walk;
  return (
    <section class="bar" aria-label="Move through time" data-bar="">
      <div class="wide">
        <div class="moves">
          <Move to={previous} rel="prev" text="‹" label="Previous change" links={links} />
          <span data-play="" />
          <Move to={next} rel="next" text="›" label="Next change" links={links} />
        </div>
        <div class="rail" data-rail="">
          <input
            type="range"
            min={0}
            max={stops.length - 1}
            step={1}
            value={Math.max(position, 0)}
            aria-label="Day of change"
            data-position={stops[position]?.at === frame.day ? position : position < 0 ? -1 : position + 0.5}
            hidden
          />
          <p class="rail-words" data-rail-words="">
            {railWords(walk, frame.day)}
          </p>
        </div>
        {!frame.fixed && <DateForm frame={frame} />}
        <details class="jump">
          <summary>All {stops.length} days of change</summary>
          <div class="jump-body">
            {frame.fixed ? (
              <ul class="stops">
                {stops.map(({ at, title }) => (
                  <li key={at}>
                    <a href={links.to(`/at/${at}`)}>{dateInWords(at)}</a> {title}
                  </li>
                ))}
              </ul>
            ) : (
              <form action={links.to('/at', { publishedBy: null, recordedBy: null })} method="get">
                <label for="stop">Jump to</label>
                <select id="stop" name="date" data-stops="">
                  {stops.map(({ at, title }, n) => (
                    <option key={at} value={at} selected={n === position}>
                      {`${dateInWords(at)}: ${cut(title, 60)}`}
                    </option>
                  ))}
                </select>
                <Clocks frame={frame} />
                <button type="submit">Go</button>
              </form>
            )}
          </div>
        </details>
        <p class="error" role="alert" data-error="" />
      </div>
    </section>
  );
}

/** The box that takes any day that a person writes. */
export function DateForm({ frame }: { readonly frame: Frame }): VNode {
  return (
    <form class="go" action={frame.links.to('/at', { publishedBy: null, recordedBy: null })} method="get">
      <label for="date">Date</label>
      <input
        id="date"
        name="date"
        type="text"
        value={frame.day ? dateInWords(frame.day) : ''}
        autocomplete="off"
        aria-describedby="date-hint"
      />
      <Clocks frame={frame} />
      <button type="submit">Go</button>
      <span id="date-hint" class="hidden">
        For example 1 April 2013, April 2013 or 2013
      </span>
    </form>
  );
}

/** What the slider says of a stop: `1 April 2013: Clinical commissioning groups take over, change 47 of 132`. */
function railWords({ stops, position }: Walk, day: string | undefined): string {
  const stop = stops[position];
  if (!stop) return stops.length === 0 ? '' : `Before the first of ${stops.length} changes`;
  const said = `${dateInWords(stop.at)}: ${stop.title}, change ${position + 1} of ${stops.length}`;
  return stop.at === day ? said : `Last change: ${said}`;
}

function Move({
  to,
  rel,
  text,
  label,
  links,
}: {
  readonly to: Stop | null;
  readonly rel: 'prev' | 'next';
  readonly text: string;
  readonly label: string;
  readonly links: Links;
}): VNode {
  const says = to ? `${label}: ${dateInWords(to.at)}` : `${label}: there is none`;
  if (!to)
    return (
      <span class="button off" data-move={rel}>
        <span aria-hidden="true">{text}</span>
        <span class="hidden">{says}</span>
      </span>
    );
  return (
    <a class="button" rel={rel} data-move={rel} href={links.to(`/at/${to.at}`)} title={says}>
      <span aria-hidden="true">{text}</span>
      <span class="hidden">{says}</span>
    </a>
  );
}

function Banner({ frame }: { readonly frame: Frame }): VNode | null {
  const { links, path, publishedBy, recordedBy } = frame;
  return (
    <>
      {frame.hypothetical && (
        <p class="banner hypothetical">
          <span aria-hidden="true">◇</span> <strong>Hypothetical.</strong> {frame.hypothetical}
        </p>
      )}
      {publishedBy && (
        <p class="banner seen">
          <span aria-hidden="true">◌</span> <strong>As seen from {dateInWords(publishedBy)}.</strong> Only what had been
          made public by then is used; what lies ahead of that day is what was expected.{' '}
          <a href={links.to(path, { publishedBy: null })}>Back to what is known today</a>
        </p>
      )}
      {recordedBy && (
        <p class="banner known">
          <span aria-hidden="true">◍</span> <strong>As this record knew it on {dateInWords(recordedBy)}.</strong>{' '}
          Corrections made since are left out.{' '}
          <a href={links.to(path, { recordedBy: null })}>Back to the record as it stands</a>
        </p>
      )}
    </>
  );
}

/** What else was asked of a page as hidden fields of a form, but for what the form asks itself. */
export function Carried({ frame, but }: { readonly frame: Frame; readonly but?: string }): VNode {
  return (
    <>
      {Object.entries(frame.carried)
        .filter(([name]) => name !== but)
        .map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
    </>
  );
}

/** The panel that sets the two clocks of knowledge. */
export function ClocksPanel({ frame }: { readonly frame: Frame }): VNode | null {
  if (frame.fixed) return null;
  return (
    <details class="clocks" open={frame.publishedBy !== null || frame.recordedBy !== null}>
      <summary>Look through other eyes: what was public, or recorded, by another day</summary>
      <form action={frame.links.to(frame.path, { publishedBy: null, recordedBy: null })} method="get">
        <Carried frame={frame} />
        {frame.dates === 'operational' && <input type="hidden" name="dates" value="operational" />}
        <div class="field">
          <label for="publishedBy">As seen from</label>
          <input
            id="publishedBy"
            name="publishedBy"
            type="text"
            value={frame.publishedBy ? dateInWords(frame.publishedBy) : ''}
            autocomplete="off"
            aria-describedby="publishedBy-hint"
          />
          <p id="publishedBy-hint" class="hint">
            Only what had been made public by that day: what did people then expect?
          </p>
        </div>
        <div class="field">
          <label for="recordedBy">As this record knew it on</label>
          <input
            id="recordedBy"
            name="recordedBy"
            type="text"
            value={frame.recordedBy ? dateInWords(frame.recordedBy) : ''}
            autocomplete="off"
            aria-describedby="recordedBy-hint"
          />
          <p id="recordedBy-hint" class="hint">
            To see an answer again as it was given, before later corrections.
          </p>
        </div>
        <button type="submit">Look</button>
      </form>
    </details>
  );
}

/** Parameters that choose how an answer is shown, not which one it is. */
const SHOWING = new Set(['predict', 'print', 'limit', 'offset']);

/** What of the address asked belongs to the answer: whoever follows the citation must find the same. */
function citedQuery({ carried, publishedBy }: Frame): Readonly<Record<string, string | null>> {
  return { ...Object.fromEntries(Object.entries(carried).filter(([name]) => !SHOWING.has(name))), publishedBy };
}

function Footer({ frame }: { readonly frame: Frame }): VNode {
  const { links, formats, edition } = frame;
  return (
    <footer>
      <div class="wide">
        <section aria-labelledby="cite">
          <h2 id="cite">{frame.unanswered ? 'Edition' : 'Cite this'}</h2>
          <p class={frame.unanswered ? undefined : 'citation'}>
            As It Stood: an event-sourced record of NHS reform in England. {!frame.unanswered && `“${frame.title}”. `}
            Edition <code>{edition.slice(0, 12)}</code>.
            {!frame.unanswered && (
              <>
                {' '}
                <span class="address">{links.to(frame.path, citedQuery(frame))}</span>
              </>
            )}
          </p>
          {formats.length > 0 && (
            <>
              <h2 id="take">Take this answer away</h2>
              <ul class="formats" aria-labelledby="take">
                {formats.map(({ href, title, extension }) => (
                  <li key={href}>
                    <a href={href}>
                      {title} <span class="muted">{extension}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
        <section aria-labelledby="about">
          <h2 id="about">About the record</h2>
          <ul class="about">
            <li>
              <a href={links.to('/record')}>The record and its editions</a>
            </li>
            <li>
              <a href={links.to('/sources')}>Sources</a>
            </li>
            <li>
              <a href={links.to('/conflicts')}>Where sources disagree</a>
            </li>
            <li>
              <a href={links.to('/kinds')}>Kinds of body</a>
            </li>
          </ul>
          <p>
            Contains public sector information licensed under the{' '}
            <a href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">
              Open Government Licence v3.0
            </a>
            . Not affiliated with the NHS.
          </p>
        </section>
      </div>
    </footer>
  );
}

import type { VNode } from 'preact';
import type { Body, BodyRef, Coverage, History, LineageLink, Spell } from '../../machine/answers.ts';
import { dateInWords, lastDayInWords, periodInWords } from '../dates.ts';
import { ClocksPanel, type Frame, type Links, page } from '../frame.tsx';
import { BodyLink, Boundary, bodyHref, codesInWords, EventItem, Sure, Table } from '../parts.tsx';
import { capital, coverageInWords, kindInWords, listed, numbered, shareInWords } from '../words.ts';

/** Everything the record holds of one thing, and how it stood on a day. */
export interface BodyModel {
  readonly history: History;
  /** The day looked at, and the thing as it stood then when it did. */
  readonly at: string;
  readonly then: Body | undefined;
  /** True for a body, false for a law, a plan, a status: those have no landscape. */
  readonly isBody: boolean;
  /** What the record claims to know of its kind on that day. */
  readonly coverage: readonly Coverage[];
}

/** The page of a body, a law, a plan, a status: names, codes, relations, forerunners and successors, every event. */
export function bodyPage(frame: Frame, { history, at, then, isBody, coverage: known }: BodyModel): string {
  const { links } = frame;
  const [life] = history.existence;
  return page(
    frame,
    <>
      <h1>
        <span class="over">{isBody ? capital(kindInWords(history.kind, false)) : capital(history.kind)}</span>
        {history.name}
      </h1>
      <dl class="facts">
        <dt>Id</dt>
        <dd>
          <code>{history.id}</code>
        </dd>
        {codesInWords(history.codes) && (
          <>
            <dt>Codes</dt>
            <dd>{codesInWords(history.codes)}</dd>
          </>
        )}
        {history.existence.length > 0 && (
          <>
            <dt>Existed</dt>
            <dd>
              {history.existence.map((spell) => (
                <Lived key={spell.from} spell={spell} links={links} />
              ))}
            </dd>
          </>
        )}
        {isBody && (
          <>
            <dt>On {dateInWords(at)}</dt>
            <dd>{then ? <Then body={then} links={links} at={at} /> : <Absent history={history} at={at} />}</dd>
          </>
        )}
        {known.map((coverage) => (
          <>
            <dt key={coverage.of}>Coverage</dt>
            <dd key={`${coverage.of} said`}>
              {capital(kindInWords(coverage.of))}: {coverageInWords(coverage)}.{' '}
              {coverage.note && <span class="muted">{coverage.note}</span>}
            </dd>
          </>
        ))}
      </dl>
      <p class="pager screen">
        {isBody && (
          <a class="button" href={links.to(`/lineage/${history.id}`)}>
            Its line of succession
          </a>
        )}
        {life && /^\d{4}-\d{2}-\d{2}$/.test(life.from) && (
          <a class="button" href={links.to(`/at/${life.from}`)}>
            England on its first day
          </a>
        )}
        {isBody && (
          <a class="button" href={links.to(`/why/${history.id}`, { at })}>
            Why it stood so
          </a>
        )}
      </p>
      <Succession history={history} links={links} />
      <div class="quarters">
        <Spells
          id="names"
          title="Names"
          spells={history.names.map((spell) => ({ ...spell, what: spell.value }))}
          links={links}
        />
        <Spells
          id="codes"
          title="Codes"
          spells={history.codeSpells.map((spell) => ({
            ...spell,
            what: `${spell.system.toUpperCase()} ${spell.value}`,
          }))}
          links={links}
        />
        <Spells
          id="relations"
          title="Relations"
          spells={history.relations.map((spell) => ({
            ...spell,
            what: (
              <>
                {spell.relation.replaceAll('-', ' ')} <a href={bodyHref(spell.value, links)}>{spell.name}</a>
              </>
            ),
          }))}
          links={links}
        />
        <Spells
          id="statuses"
          title="Statuses"
          spells={history.statuses.map((spell) => ({
            ...spell,
            what: `${capital(spell.title)}${spell.wave ? ` (${spell.wave})` : ''}`,
          }))}
          links={links}
        />
        {history.kinds.length > 1 && (
          <Spells
            id="kinds"
            title="Kind"
            spells={history.kinds.map((spell) => ({ ...spell, what: capital(kindInWords(spell.value, false)) }))}
            links={links}
          />
        )}
      </div>
      <section aria-labelledby="events">
        <h2 id="events">{numbered(history.events.length, 'event')}</h2>
        <ul class="events">
          {history.events.slice(0, EVENTS).map((event) => (
            <EventItem key={event.id} event={event} links={links} />
          ))}
        </ul>
        {history.events.length > EVENTS && (
          <p>
            The first {EVENTS} are shown. <a href={links.to('/timeline', { about: history.id })}>All of them</a>
          </p>
        )}
      </section>
      <ClocksPanel frame={frame} />
    </>,
  );
}

const EVENTS = 80;

function Lived({ spell, links }: { readonly spell: Spell; readonly links: Links }): VNode {
  return (
    <span>
      from <Boundary of={spell.began} links={links} />
      {spell.until === null ? '; no end is known' : ` until ${lastDayInWords(spell.until)}`}
      {spell.ends && (
        <>
          {' '}
          (<a href={links.to(`/event/${spell.ends.event}`)}>its end</a>)
        </>
      )}
      {spell.certainty === 'possible' && (
        <>
          {' '}
          <Sure of="possible" />
        </>
      )}{' '}
    </span>
  );
}

function Then({ body, links, at }: { readonly body: Body; readonly links: Links; readonly at: string }): VNode {
  return (
    <>
      <Sure of={body.existence} />
      {body.because && <span class="muted"> ({body.because})</span>}
      {body.partOf.length > 0 && (
        <>
          , part of{' '}
          {body.partOf.map((parent, n) => (
            <span key={parent.id}>
              {n > 0 && ', '}
              <BodyLink body={parent} links={links} at={at} />
            </span>
          ))}
        </>
      )}
      {body.status.length > 0 &&
        `, ${listed(body.status.map(({ title, wave }) => `${title}${wave ? ` (${wave})` : ''}`))}`}
    </>
  );
}

function Absent({ history, at }: { readonly history: History; readonly at: string }): VNode {
  const last = history.existence.at(-1);
  const first = history.existence[0];
  if (first && first.from > at) return <span>did not exist yet</span>;
  if (last?.until && last.until <= at)
    return (
      <span>
        <Sure of="ended" /> its last day was {lastDayInWords(last.until)}
      </span>
    );
  return <span>is not known to have existed</span>;
}

function Succession({ history, links }: { readonly history: History; readonly links: Links }): VNode | null {
  if (history.predecessors.length + history.successors.length === 0) return null;
  return (
    <section aria-labelledby="succession">
      <h2 id="succession">Before and after</h2>
      <Table label="Forerunners and successors" head={['Direction', 'Body', 'How', 'When', 'Share']}>
        {history.predecessors.map((link) => (
          <LinkRow key={`${link.from} ${link.via.event}`} link={link} side="before" links={links} />
        ))}
        {history.successors.map((link) => (
          <LinkRow key={`${link.to} ${link.via.event}`} link={link} side="after" links={links} />
        ))}
      </Table>
    </section>
  );
}

function LinkRow({
  link,
  side,
  links,
}: {
  readonly link: LineageLink;
  readonly side: 'before' | 'after';
  readonly links: Links;
}): VNode {
  const other = side === 'before' ? { id: link.from, name: link.fromName } : { id: link.to, name: link.toName };
  return (
    <tr>
      <td>{side === 'before' ? 'Came after' : 'Went to'}</td>
      <th scope="row">
        <BodyLink body={other} links={links} />
      </th>
      <HowPassed link={link} links={links} />
    </tr>
  );
}

/** The cells of a succession that say how it came about: the manner, the day and the shares where a source gives them. */
export function HowPassed({ link, links }: { readonly link: LineageLink; readonly links: Links }): VNode {
  return (
    <>
      <td>{link.how}</td>
      <td>
        <a href={links.to(`/event/${link.via.event}`)}>{link.via.date}</a>
      </td>
      <td>{link.shares.map(shareInWords).join('; ')}</td>
    </>
  );
}

function Spells({
  id,
  title,
  spells,
  links,
}: {
  readonly id: string;
  readonly title: string;
  readonly spells: readonly (Spell & { readonly what: VNode | string })[];
  readonly links: Links;
}): VNode | null {
  if (spells.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul>
        {spells.slice(0, SPELLS).map((spell) => (
          <li key={`${spell.value} ${spell.from} ${spell.began.event}`}>
            {spell.what}, <a href={links.to(`/event/${spell.began.event}`)}>{periodInWords(spell.from, spell.until)}</a>
            {spell.certainty === 'possible' && (
              <>
                {' '}
                <Sure of="possible" />
              </>
            )}
          </li>
        ))}
      </ul>
      {spells.length > SPELLS && <p class="muted">and {spells.length - SPELLS} more, in the data</p>}
    </section>
  );
}

const SPELLS = 40;

/** A body in one line, for lists: its name, kind and codes. */
export function RefLine({ body, links }: { readonly body: BodyRef; readonly links: Links }): VNode {
  return (
    <>
      <BodyLink body={body} links={links} />{' '}
      <span class="muted">{[kindInWords(body.kind, false), codesInWords(body.codes)].filter(Boolean).join(', ')}</span>
    </>
  );
}

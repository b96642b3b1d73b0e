import type { VNode } from 'preact';
import type { Conflict, EventAnswer, MilestoneAnswer, SourceAnswer, Why, Without } from '../../machine/answers.ts';
import type { Kind } from '../../vocabulary/kinds.ts';
import { dateInWords, withDaysInWords } from '../dates.ts';
import { ClocksPanel, type Frame, type Links, page } from '../frame.tsx';
import { BodyLink, EventItem, Notes, SourceLink, Sources, Sure, Table } from '../parts.tsx';
import { capital, kindInWords, numbered, sentence } from '../words.ts';

/** Every source, with how many events rest on it. */
export function sourcesPage(frame: Frame, sources: readonly SourceAnswer[]): string {
  const kinds = new Map<string, SourceAnswer[]>();
  for (const source of sources) kinds.set(source.kind, [...(kinds.get(source.kind) ?? []), source]);
  return page(
    frame,
    <>
      <h1>
        <span class="over">No source, no fact</span>
        {numbered(sources.length, 'source')}
      </h1>
      {[...kinds].map(([kind, members]) => (
        <section key={kind} aria-labelledby={`k-${kind}`}>
          <h2 id={`k-${kind}`}>{capital(kind.replaceAll('-', ' '))}</h2>
          <ul>
            {members.map((source) => (
              <li key={source.source} id={source.source}>
                {source.url ? (
                  <a href={source.url} rel="external noreferrer">
                    {source.title}
                  </a>
                ) : (
                  source.title
                )}
                . {source.publisher}
                {source.published && `, ${dateInWords(source.published)}`}.{' '}
                <span class="muted">
                  {source.licence && `${source.licence}. `}
                  {numbered(source.events, 'event rests', 'events rest')} on it.
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>,
  );
}

/** Conflicts on one page. */
const CONFLICTS = 60;

/** Where sources disagree: what the other one says, and the ruling. */
export function conflictsPage(
  frame: Frame,
  { conflicts, offset }: { readonly conflicts: readonly Conflict[]; readonly offset: number },
): string {
  const { links } = frame;
  const shown = conflicts.slice(offset, offset + CONFLICTS);
  const to = (at: number) => links.to(frame.path, { ...frame.carried, offset: at === 0 ? null : String(at) });
  return page(
    frame,
    <>
      <h1>
        <span class="over">What others say, and why we do not follow them</span>
        Where sources disagree
      </h1>
      <p>
        {numbered(conflicts.length, 'disagreement')}: another source tells an event otherwise, or an official file has
        another value.
      </p>
      <ul class="milestones">
        {shown.map((conflict) => (
          <li key={`${conflict.event.id} ${conflict.source.source} ${conflict.says} ${conflict.official ?? ''}`}>
            <p>
              We say: {withDaysInWords(conflict.event.sentence)}{' '}
              <a href={links.to(`/event/${conflict.event.id}`)}>{conflict.event.dateText}</a>
            </p>
            <p>
              <SourceLink source={conflict.source} links={links} />: {withDaysInWords(sentence(conflict.says))}
              {conflict.official && ` Its value: ${conflict.official}; ours: ${conflict.ours ?? ''}.`}
            </p>
            <p>
              <strong>Ruling.</strong> {withDaysInWords(sentence(conflict.ruling))}
            </p>
          </li>
        ))}
      </ul>
      {conflicts.length > CONFLICTS && (
        <p class="pager">
          {offset > 0 && (
            <a class="button" href={to(Math.max(0, offset - CONFLICTS))}>
              Back
            </a>
          )}
          <span>
            {offset + 1} to {offset + shown.length} of {conflicts.length}
          </span>
          {offset + CONFLICTS < conflicts.length && (
            <a class="button" href={to(offset + CONFLICTS)}>
              More
            </a>
          )}
        </p>
      )}
    </>,
  );
}

/** A day on which the record took in or corrected something. */
export interface RecordedOn {
  readonly day: string;
  readonly events: number;
  readonly milestones: readonly MilestoneAnswer[];
  readonly corrections: readonly EventAnswer[];
}

/** What the record is, and what changed in our knowledge. */
export function recordPage(
  frame: Frame,
  model: {
    readonly events: number;
    readonly milestones: number;
    readonly sources: number;
    readonly recorded: readonly RecordedOn[];
    readonly coverage: readonly {
      readonly of: string;
      readonly completeness: string;
      readonly said: string;
      readonly note?: string;
    }[];
  },
): string {
  const { links } = frame;
  return page(
    frame,
    <>
      <h1>
        <span class="over">Edition {frame.edition.slice(0, 12)}</span>
        The record
      </h1>
      <p class="lead">
        {numbered(model.events, 'event')} in{' '}
        {numbered(model.milestones, 'reform and announcement', 'reforms and announcements')}, on{' '}
        {numbered(model.sources, 'source')}. An event that was recorded is never edited: a correction is an event of its
        own, and the answers of before can be had again.
      </p>
      <section aria-labelledby="knowledge">
        <h2 id="knowledge">What changed in our knowledge</h2>
        <ul class="milestones">
          {model.recorded.map(({ day, events, milestones, corrections }) => (
            <li key={day}>
              <strong>{dateInWords(day)}</strong>: {numbered(events, 'event')} taken in
              {milestones.length > 0 &&
                ` in ${numbered(milestones.length, 'reform or announcement', 'reforms and announcements')}`}
              . <a href={links.to('/', { recordedBy: day })}>The record as it knew it on this day</a>
              {corrections.length > 0 && (
                <ul>
                  {corrections.map((event) => (
                    <EventItem key={event.id} event={event} links={links} />
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="coverage">
        <h2 id="coverage">What it covers</h2>
        <Table label="Coverage" head={['Of', 'How far', 'When', 'Remark']}>
          {model.coverage.map(({ of, completeness, said, note }) => (
            <tr key={of}>
              <th scope="row">
                <a href={links.to(`/count/${of}`)}>{capital(kindInWords(of))}</a>
              </th>
              <td>{completeness}</td>
              <td>{said}</td>
              <td>{note}</td>
            </tr>
          ))}
        </Table>
      </section>
      <p>
        The whole edition, as its hash: <code class="address">{frame.edition}</code>
      </p>
    </>,
  );
}

/** The kinds of body. */
export function kindsPage(frame: Frame, kinds: readonly Kind[]): string {
  const { links } = frame;
  return page(
    frame,
    <>
      <h1>
        <span class="over">From national to local</span>
        Kinds of body
      </h1>
      <Table label="Kinds of body" head={['Kind', 'Acronym', 'What it is']}>
        {kinds.map((kind) => (
          <tr key={kind.name}>
            <th scope="row">
              <a href={links.to(`/count/${kind.name}`)}>{capital(kind.plural)}</a>
            </th>
            <td>{kind.acronym}</td>
            <td>
              {kind.summary}
              {!kind.statutory && ' Not statutory.'}
            </td>
          </tr>
        ))}
      </Table>
    </>,
  );
}

/** One event, with everything the record says of it. */
export function eventPage(
  frame: Frame,
  { event, milestone, step }: { readonly event: EventAnswer; readonly milestone: string; readonly step: number | null },
): string {
  const { links } = frame;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(event.date) ? event.date : null;
  return page(
    frame,
    <>
      <h1>
        <span class="over">{capital(event.dateText)}</span>
        {withDaysInWords(event.sentence)}
      </h1>
      <dl class="facts">
        <dt>Reform</dt>
        <dd>
          <a href={links.to(`/reform/${event.milestone}${step === null ? '' : `/${step}`}`)}>{milestone}</a>
        </dd>
        <dt>Date</dt>
        <dd>
          {day ? <a href={links.to(`/at/${day}`)}>{event.dateText}</a> : event.dateText} ({event.basis})
          {event.alsoDated.map(({ date, basis, note }) => (
            <span key={`${date} ${basis}`}>
              ; also dated {dateInWords(date)} ({basis}){note && `: ${note}`}
            </span>
          ))}
        </dd>
        <dt>Public from</dt>
        <dd>{dateInWords(event.publicFrom)}</dd>
        <dt>Recorded</dt>
        <dd>{dateInWords(event.recorded)}</dd>
        <dt>Confidence</dt>
        <dd>{event.confidence}</dd>
        <dt>Sources</dt>
        <dd>
          <Sources of={event.sources} links={links} all={true} />
        </dd>
        {event.because.length > 0 && (
          <>
            <dt>Because of</dt>
            <dd>
              {event.because.map((id, n) => (
                <span key={id}>
                  {n > 0 && ', '}
                  <a href={links.to(`/event/${id}`)}>{id}</a>
                </span>
              ))}
            </dd>
          </>
        )}
        {event.note && (
          <>
            <dt>Remark</dt>
            <dd>{event.note}</dd>
          </>
        )}
        <dt>Id</dt>
        <dd>
          <code>{event.id}</code> ({event.type})
        </dd>
      </dl>
      {event.dissent.length > 0 && (
        <section aria-labelledby="dissent">
          <h2 id="dissent">What others say</h2>
          <ul>
            {event.dissent.map(({ source, says, ruling }) => (
              <li key={`${source.source} ${says}`}>
                <SourceLink source={source} links={links} />: {withDaysInWords(sentence(says))} <strong>Ruling.</strong>{' '}
                {withDaysInWords(sentence(ruling))}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p class="pager screen">
        <a class="button" href={links.to(`/without/${event.id}`)}>
          Suppose it had not happened
        </a>
      </p>
    </>,
  );
}

/** What would not have followed without an event: hypothetical on every line. */
export function withoutPage(frame: Frame, answer: Without): string {
  const { links } = frame;
  return page(
    frame,
    <>
      <h1>
        <span class="over">Hypothetical: {dateInWords(answer.at)} without this step</span>
        {withDaysInWords(answer.event.sentence)}
      </h1>
      <p>
        <a href={links.to(`/event/${answer.event.id}`)}>The event as it happened</a>, {answer.event.dateText}.
      </p>
      <section aria-labelledby="differences">
        <h2 id="differences">Hypothetical: {numbered(answer.differences.length, 'difference')} in the landscape</h2>
        {answer.differences.length > 0 && (
          <Table label="Hypothetical differences" head={['Body', 'As it was', 'Supposed', 'How sure']} wide={true}>
            {answer.differences.slice(0, WITHOUT).map((one) => (
              <tr key={`${one.id} ${one.change} ${one.after}`} class="hypothetical">
                <th scope="row">
                  <BodyLink body={one} links={links} at={answer.at} />
                </th>
                <td>{one.change === 'appeared' ? 'did not exist' : (one.before ?? 'existed')}</td>
                <td>
                  {one.change === 'appeared' ? 'would exist' : one.change === 'ended' ? 'would not exist' : one.after}
                </td>
                <td>
                  <Sure of="hypothetical" />
                </td>
              </tr>
            ))}
          </Table>
        )}
        {answer.differences.length > WITHOUT && (
          <p>
            <Sure of="hypothetical" /> {answer.differences.length - WITHOUT} more, in the data.
          </p>
        )}
      </section>
      <section aria-labelledby="fell">
        <h2 id="fell">Hypothetical: {numbered(answer.fell.length, 'event')} would have fallen with it</h2>
        <ul>
          {answer.fell.slice(0, WITHOUT).map((event) => (
            <li key={event.id}>
              <Sure of="hypothetical" /> <a href={links.to(`/event/${event.id}`)}>{event.dateText}</a>:{' '}
              {withDaysInWords(event.sentence)}
            </li>
          ))}
        </ul>
        {answer.fell.length > WITHOUT && (
          <p>
            <Sure of="hypothetical" /> {answer.fell.length - WITHOUT} more, in the data.
          </p>
        )}
      </section>
      <Notes notes={answer.notes} />
    </>,
  );
}

const WITHOUT = 120;

/** Why there were so many, or why a body stood so. */
export function whyPage(frame: Frame, answer: Why): string {
  const { links } = frame;
  return page(
    frame,
    <>
      <h1>
        <span class="over">Why, on {dateInWords(answer.at)}</span>
        {capital(answer.title)}
      </h1>
      <p class="sentence">{withDaysInWords(answer.answer)}</p>
      <Table label="The reasons" head={['What', 'How sure', 'By which events']} wide={true}>
        {answer.reasons.slice(0, WITHOUT).map((reason) => (
          <tr key={`${reason.subject} ${reason.what}`}>
            <th scope="row">
              <BodyLink body={{ id: reason.subject, name: reason.name }} links={links} at={answer.at} />{' '}
              <span class="muted">{withDaysInWords(reason.what)}</span>
            </th>
            <td>
              <Sure of={reason.existence} />
            </td>
            <td>
              <Reasons events={reason.events} links={links} />
            </td>
          </tr>
        ))}
      </Table>
      {answer.reasons.length > WITHOUT && <p>{answer.reasons.length - WITHOUT} more, in the data.</p>}
      <ClocksPanel frame={frame} />
    </>,
  );
}

function Reasons({ events, links }: { readonly events: readonly EventAnswer[]; readonly links: Links }): VNode {
  return (
    <ul>
      {events.slice(0, 4).map((event) => (
        <EventItem key={event.id} event={event} links={links} />
      ))}
      {events.length > 4 && <li class="muted">and {events.length - 4} more</li>}
    </ul>
  );
}

/** An address that has no answer. */
export function errorPage(
  frame: Frame,
  trouble: {
    readonly status: number;
    readonly title: string;
    readonly detail: string;
    readonly hint?: string;
    readonly near: readonly { readonly title: string; readonly href: string }[];
  },
): string {
  return page(
    frame,
    <>
      <h1>
        <span class="over">{trouble.status}</span>
        {trouble.title}
      </h1>
      <p class="callout">
        {sentence(trouble.detail)} {trouble.hint && sentence(trouble.hint)}
      </p>
      {trouble.near.length > 0 && (
        <>
          <h2>Near it</h2>
          <ul>
            {trouble.near.map(({ title, href }) => (
              <li key={href}>
                <a href={href}>{title}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href={frame.links.to('/')}>To today’s landscape</a>, or find a body by name or code above.
      </p>
    </>,
  );
}

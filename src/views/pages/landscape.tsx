import type { VNode } from 'preact';
import type {
  Body,
  DayAnswer,
  DayStep,
  FunctionHolder,
  Landscape,
  PlanAnswer,
  SourceRef,
  Standing,
} from '../../machine/answers.ts';
import { askedInWords, dateInWords, lastDayInWords, spanOf, withDaysInWords } from '../dates.ts';
import { Clocks, ClocksPanel, type Frame, type Links, page } from '../frame.tsx';
import { foundInWords, hasInIt, type Narrowing, searched } from '../narrow.ts';
import {
  BodyLink,
  Boundary,
  bodyHref,
  Cited,
  CountsTable,
  DayLink,
  Drawing,
  type Drawn,
  EventItem,
  Notes,
  RowGroup,
  SourceLink,
  Sources,
  type Strip,
  StripSection,
  Sure,
  Table,
} from '../parts.tsx';
import { CERTAINTY_MEANS, capital, kindInWords, kindRank, listed, numbered, sentence } from '../words.ts';

/** How the table of bodies was narrowed. */
export interface Narrowed {
  readonly kind?: string | undefined;
  readonly partOf?: string | undefined;
  readonly name?: string | undefined;
}

/** What the page of a day shows. */
export interface LandscapeModel {
  readonly landscape: Landscape;
  /** Absent for a month or a year. */
  readonly day?: DayAnswer;
  readonly standing?: Standing;
  readonly map?: Drawn;
  /** Where the day lies in time and in the line of succession; of a day only. */
  readonly strips?: { readonly timeline: Strip; readonly lineage: Strip };
  readonly narrowed: Narrowed;
  /** Bodies that a list can be narrowed to the parts of. */
  readonly places: readonly { readonly id: string; readonly name: string }[];
  /** True on the first page, which says what this is. */
  readonly welcome: boolean;
}

/** The NHS in England as it stood on a day. */
export function landscapePage(frame: Frame, model: LandscapeModel): string {
  const { landscape, day, standing, map, strips, welcome } = model;
  const { links } = frame;
  // On a day without a change the numbers stand where the changes would.
  const quiet = day?.reforms.length === 0;
  return page(
    frame,
    <>
      {welcome && <Welcome links={links} fixed={frame.fixed} />}
      <h1>
        <span class="over">
          {welcome
            ? 'The NHS in England today, '
            : `The NHS in England ${/^\d{4}-\d{2}-\d{2}$/.test(landscape.at) ? 'on' : 'in'} `}
        </span>
        {askedInWords(landscape.at)}
      </h1>
      {!day && <Ends at={landscape.at} links={links} />}
      <ClocksPanel frame={frame} />
      <NotCovered landscape={landscape} />
      <div class="columns">
        <div class="column">
          {day && <WhatChanged day={day} links={links} />}
          {day && quiet && <Counts day={day} landscape={landscape} links={links} />}
        </div>
        <div class="column">
          {map && <Drawing drawn={map} id="map" />}
          {day && !quiet && <Counts day={day} landscape={landscape} links={links} />}
        </div>
      </div>
      {strips && <Strips strips={strips} at={landscape.at} links={links} />}
      <Bodies frame={frame} model={model} />
      {standing && <StandingSection standing={standing} expected={landscape.expected} links={links} />}
      {day && day.meanwhile.length > 0 && <Meanwhile day={day} links={links} />}
      <Notes notes={landscape.notes.filter((note) => !note.startsWith('Not covered'))} />
      {day && <Cited of={citedOf(day)} />}
      <Legend />
    </>,
  );
}

function Welcome({ links, fixed }: { readonly links: Links; readonly fixed: boolean }): VNode {
  return (
    <section class="welcome" aria-label="What this is">
      <p class="lead">
        What existed in the English NHS on any day, why, and who says so. Move through the days on which something
        changed{fixed ? '' : ', or name any day'}.
      </p>
      <ul class="doors">
        <li>
          <a href={links.to('/at/2013-04-01')}>1 April 2013</a> commissioning groups take over
        </li>
        <li>
          <a href={links.to('/reforms')}>Replay a reform</a> step by step, with its sources
        </li>
        <li>
          <a href={links.to('/lessons')}>Take a lesson</a> with questions to predict and reveal
        </li>
        <li>
          <a href={links.to('/lineage')}>Follow the line</a> from health authorities to boards
        </li>
      </ul>
    </section>
  );
}

/** A month or a year is no day: its first and last are, and have what only a day can have. */
function Ends({ at, links }: { readonly at: string; readonly links: Links }): VNode | null {
  const span = spanOf(at);
  if (!span) return null;
  return (
    <p class="pager screen">
      <a class="button" href={links.to(`/at/${span.first}`)}>
        {dateInWords(span.first)}
      </a>
      <a class="button" href={links.to(`/at/${span.last}`)}>
        {dateInWords(span.last)}
      </a>
      <a class="button" href={links.to(`/at/${span.first}..${span.last}`)}>
        What changed between
      </a>
    </p>
  );
}

function Strips({
  strips,
  at,
  links,
}: {
  readonly strips: NonNullable<LandscapeModel['strips']>;
  readonly at: string;
  readonly links: Links;
}): VNode {
  return (
    <>
      <StripSection strip={strips.timeline} id="in-time" title="This day in time">
        <a href={links.to('/timeline', { at })}>The whole timeline</a>, also as a table.
      </StripSection>
      <StripSection strip={strips.lineage} id="in-line" title="Who followed whom">
        <a href={links.to('/lineage')}>The whole lineage</a>, also as a table.
      </StripSection>
    </>
  );
}

function NotCovered({ landscape }: { readonly landscape: Landscape }): VNode | null {
  const said = landscape.notes.find((note) => note.startsWith('Not covered'));
  if (!said) return null;
  return (
    <p class="callout">
      <strong>Not covered.</strong> {withDaysInWords(sentence(said.replace(/^Not covered: */, '')))}
    </p>
  );
}

function WhatChanged({ day, links }: { readonly day: DayAnswer; readonly links: Links }): VNode {
  const begun = day.meanwhile.filter(({ date }) => spanOf(date)?.first === day.at);
  return (
    <section aria-labelledby="changed">
      <h2 id="changed">What changed on this day</h2>
      {day.reforms.length === 0 && (
        <p>
          {begun.length === 0 ? (
            'Nothing is recorded for this day.'
          ) : (
            <>
              Nothing is recorded for this very day; <a href="#meanwhile">{numbered(begun.length, 'event')}</a>{' '}
              {begun.length === 1 ? 'is' : 'are'} dated no closer than to a time that begins with it.
            </>
          )}{' '}
          {day.previous && (
            <>
              The last change before it was on <DayLink at={day.previous} links={links} />.{' '}
            </>
          )}
          {day.next && (
            <>
              The next is on <DayLink at={day.next} links={links} />.
            </>
          )}
        </p>
      )}
      {day.reforms.map(({ milestone, title, steps }) => (
        <article class="reform" key={milestone}>
          <h3>
            <a href={links.to(`/reform/${milestone}`)}>{title}</a>
          </h3>
          <ol class="steps">
            {steps.slice(0, STEPS).map((step) => (
              <Step key={step.step} step={step} milestone={milestone} links={links} />
            ))}
          </ol>
          {steps.length > STEPS && (
            <p class="more">
              <a href={links.to(`/reform/${milestone}/${steps[STEPS]?.step ?? 1}`)}>
                {numbered(steps.length - STEPS, 'more step')} on this day
              </a>
            </p>
          )}
        </article>
      ))}
    </section>
  );
}

/** Steps of a reform that the page of a day tells; the replay has them all. */
const STEPS = 6;

/** The sources named beside what changed. */
function citedOf({ reforms }: DayAnswer): SourceRef[] {
  return reforms.flatMap(({ steps }) => steps.slice(0, STEPS).flatMap(({ sources }) => sources.slice(0, 1)));
}

function Step({
  step,
  milestone,
  links,
}: {
  readonly step: DayStep;
  readonly milestone: string;
  readonly links: Links;
}): VNode {
  return (
    <li>
      {withDaysInWords(step.sentence)}{' '}
      <a
        class="screen"
        href={links.to(step.events === 1 ? `/event/${step.event}` : `/reform/${milestone}/${step.step}`)}
      >
        {step.events === 1 ? 'Details' : `All ${step.events}`}
        <span class="hidden"> of step {step.step}</span>
      </a>{' '}
      <Sources of={step.sources} links={links} most={1} />
    </li>
  );
}

function Counts({
  day,
  landscape,
  links,
}: {
  readonly day: DayAnswer;
  readonly landscape: Landscape;
  readonly links: Links;
}): VNode {
  const expected = new Map<string, number>();
  for (const { kind, existence } of landscape.bodies)
    if (existence === 'expected') expected.set(kind, (expected.get(kind) ?? 0) + 1);
  const before = yesterday(day);
  const uncovered = landscape.coverage.filter(
    ({ of, completeness }) =>
      completeness === 'none' && !expected.has(of) && !day.counts.some(({ kind }) => kind === of),
  );
  return (
    <section aria-labelledby="counts">
      <h2 id="counts">How many of each kind</h2>
      {day.counts.length > 0 && (
        <CountsTable
          counts={day.counts.map(({ coverage, ...count }) => ({
            ...count,
            tag:
              coverage.completeness === 'complete'
                ? undefined
                : coverage.completeness === 'none'
                  ? 'not covered'
                  : 'partial',
          }))}
          before={before}
          after={dateInWords(day.at)}
          links={links}
          at={day.at}
        />
      )}
      {day.counts.some(({ before: b, after: a }) => b.possible > b.certain || a.possible > a.certain) && (
        <p class="small">A range is from what is certain to what is possible.</p>
      )}
      {expected.size > 0 && (
        <Table label="How many are expected" head={['Kind', 'How many', 'How sure']}>
          {[...expected]
            .sort(([a], [b]) => kindRank(a) - kindRank(b))
            .map(([kind, count]) => (
              <tr key={kind}>
                <th scope="row">
                  <a href={links.to(`/count/${kind}`)}>{capital(kindInWords(kind))}</a>
                </th>
                <td class="number">{count}</td>
                <td>
                  <Sure of="expected" />
                </td>
              </tr>
            ))}
        </Table>
      )}
      {uncovered.length > 0 && (
        <p class="small">
          Not covered on this day: {listed(uncovered.map(({ of }) => kindInWords(of)))}. That is not to say that there
          were none.
        </p>
      )}
    </section>
  );
}

function yesterday({ at }: DayAnswer): string {
  return `Before ${dateInWords(at).replace(/ \d{4}$/, '')}`;
}

/** Bodies of a kind shown while nothing is asked for in particular. */
const SHOWN = 6;
/** Bodies of a kind that are shown whole all the same. */
const WHOLE = 10;
/** Rows of a table at the most: what is more is reached by narrowing. */
const MOST = 400;

function Bodies({ frame, model }: { readonly frame: Frame; readonly model: LandscapeModel }): VNode | null {
  const { landscape, narrowed } = model;
  const { links } = frame;
  const wanted = searched(narrowed.name ?? '');
  const bodies = wanted
    ? landscape.bodies.filter(({ id, name, codes }) => hasInIt([id, name, codes.ods ?? '', codes.gss ?? ''], wanted))
    : landscape.bodies;
  if (landscape.bodies.length === 0 && !isNarrowed(narrowed)) return null;
  const groups = new Map<string, Body[]>();
  for (const body of bodies) groups.set(body.kind, [...(groups.get(body.kind) ?? []), body]);
  const whole = isNarrowed(narrowed);
  const narrowing = narrowingOf(landscape, narrowed);
  const all = [...groups.values()].every((members) => members.length <= (whole ? MOST : WHOLE));
  return (
    <section
      aria-labelledby="bodies"
      id="bodies-section"
      class={whole ? undefined : 'screen'}
      data-held={all ? wanted : undefined}
    >
      <h2 id="bodies">Bodies</h2>
      {!frame.fixed && <Filter frame={frame} model={model} />}
      <p
        class="small"
        role="status"
        data-filter-said=""
        data-one={narrowing.one}
        data-many={narrowing.many}
        data-on={narrowing.on}
        data-of={narrowing.of}
      >
        {foundInWords(bodies.length, narrowed.name ?? '', narrowing)}
      </p>
      {bodies.length > 0 && (
        <Table
          label="Bodies"
          head={['Body', 'ODS', 'GSS', 'Part of', 'Since', 'Until', 'How sure', 'Source']}
          wide={true}
        >
          {[...groups].map(([kind, members]) => {
            const shown = whole ? members.slice(0, MOST) : members.slice(0, members.length <= WHOLE ? WHOLE : SHOWN);
            return (
              <RowGroup
                key={kind}
                title={capital(kindInWords(kind, members.length !== 1))}
                count={members.length}
                columns={8}
                more={
                  shown.length < members.length &&
                  (frame.fixed ? (
                    `${members.length - shown.length} more, in the data`
                  ) : whole ? (
                    `${members.length - shown.length} more: narrow the list by name`
                  ) : (
                    <a href={links.to(frame.path, { kind })}>
                      All {members.length} {kindInWords(kind)}
                    </a>
                  ))
                }
              >
                {shown.map((body) => (
                  <BodyRow key={body.id} body={body} links={links} at={landscape.at} />
                ))}
              </RowGroup>
            );
          })}
        </Table>
      )}
    </section>
  );
}

function isNarrowed({ kind, partOf, name }: Narrowed): boolean {
  return Boolean(kind || partOf || name);
}

function narrowingOf({ at, bodies }: Landscape, { kind }: Narrowed): Narrowing {
  return {
    one: kind ? kindInWords(kind, false) : 'body',
    many: kind ? kindInWords(kind) : 'bodies',
    on: `${/^\d{4}-\d{2}-\d{2}$/.test(at) ? 'on' : 'in'} ${askedInWords(at)}`,
    of: kind ? undefined : bodies.length,
  };
}

function Filter({ frame, model }: { readonly frame: Frame; readonly model: LandscapeModel }): VNode {
  const { narrowed, landscape, places } = model;
  const kinds = landscape.coverage.map(({ of }) => of).sort((a, b) => kindRank(a) - kindRank(b));
  const all = narrowed.kind && kinds.length < 2 ? [narrowed.kind] : kinds;
  return (
    <form class="filter" action={frame.links.to(frame.path, {})} method="get" data-filter="">
      <div class="field">
        <label for="name">Name or code</label>
        <input id="name" name="name" type="text" value={narrowed.name ?? ''} autocomplete="off" />
      </div>
      <div class="field">
        <label for="kind">Kind</label>
        <select id="kind" name="kind">
          <option value="">every kind</option>
          {all.map((kind) => (
            <option key={kind} value={kind} selected={kind === narrowed.kind}>
              {kindInWords(kind)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="partOf">Part of</label>
        <select id="partOf" name="partOf">
          <option value="">anything</option>
          {places.map(({ id, name }) => (
            <option key={id} value={id} selected={id === narrowed.partOf}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <Clocks frame={frame} />
      <button type="submit">Show</button>
      {isNarrowed(narrowed) && (
        <a class="button plain" href={frame.links.to(frame.path, { kind: null, partOf: null, name: null })}>
          Show all
        </a>
      )}
    </form>
  );
}

function BodyRow({ body, links, at }: { readonly body: Body; readonly links: Links; readonly at: string }): VNode {
  const [parent] = body.partOf;
  const [source] = body.began.sources;
  return (
    <tr class={body.existence === 'certain' ? undefined : body.existence}>
      <th scope="row">
        <BodyLink body={body} links={links} at={at} />
        {body.status.map(({ status, title, wave }) => (
          <span key={status} class="tag">
            {title}
            {wave ? `, ${wave}` : ''}
          </span>
        ))}
      </th>
      <td>{body.codes.ods}</td>
      <td>{body.codes.gss}</td>
      <td>{parent && <BodyLink body={parent} links={links} at={at} />}</td>
      <td>
        <Boundary of={body.began} links={links} />
      </td>
      <td>
        {body.ends && (
          <a href={links.to(`/event/${body.ends.event}`)}>
            {body.until === null ? body.ends.date : lastDayInWords(body.until)}
          </a>
        )}
      </td>
      <td>
        <Sure of={body.existence} />
        {body.during === 'at some time' && <span class="why">at some time in it</span>}
        {body.because && body.existence !== 'certain' && <span class="why">{withDaysInWords(body.because)}</span>}
      </td>
      <td>{source && <SourceLink source={source} links={links} short={40} />}</td>
    </tr>
  );
}

function StandingSection({
  standing,
  expected,
  links,
}: {
  readonly standing: Standing;
  readonly expected: readonly PlanAnswer[];
  readonly links: Links;
}): VNode {
  const acts = standing.laws.filter(({ id }) => /^(act|bill)\//.test(id));
  const orders = standing.laws.filter(({ id }) => !/^(act|bill)\//.test(id));
  return (
    <div class="quarters">
      <section aria-labelledby="law">
        <h2 id="law">What was in force</h2>
        {standing.laws.length === 0 && <Nothing covered={standing.covered} of="law" />}
        <ul>
          {acts.map((law) => (
            <li key={law.id}>
              <a href={links.to(`/body/${law.id}`, { at: standing.at })}>{law.title}</a>{' '}
              <span class="muted">{law.detail}</span>, since <Boundary of={law.began} links={links} />
            </li>
          ))}
        </ul>
        {orders.length > 0 && (
          <details>
            <summary>{numbered(orders.length, 'order and regulation', 'orders and regulations')}</summary>
            <ul>
              {orders.map((law) => (
                <li key={law.id}>
                  <a href={links.to(`/body/${law.id}`, { at: standing.at })}>{law.title}</a>{' '}
                  <span class="muted">{law.detail}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
        {standing.rules.length > 0 && (
          <details>
            <summary>{numbered(standing.rules.length, 'rule')} that bound bodies</summary>
            <ul>
              {standing.rules.map(({ id, title, detail, of }) => (
                <li key={id}>
                  <a href={links.to(`/body/${id}`, { at: standing.at })}>{title}</a>. {detail}{' '}
                  <span class="muted">Bound {listed(of.map(({ name }) => name))}.</span>
                </li>
              ))}
            </ul>
          </details>
        )}
        {standing.policies.length > 0 && (
          <details>
            <summary>{numbered(standing.policies.length, 'policy', 'policies')} published by then</summary>
            <ul>
              {standing.policies.map(({ id, title, detail, began }) => (
                <li key={id}>
                  <a href={links.to(`/body/${id}`, { at: standing.at })}>{title}</a>
                  {detail && <span class="muted"> {detail}</span>}, <Boundary of={began} links={links} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </section>
      <section aria-labelledby="functions">
        <h2 id="functions">Who held which function</h2>
        {standing.functions.length === 0 && <Nothing covered={standing.covered} of="function" />}
        <ul>
          {standing.functions.map(({ function: id, title, holders, delegates }) => (
            <li key={id}>
              <strong>{title}</strong>: <Holders of={holders} links={links} at={standing.at} />
              {delegates.length > 0 && (
                <>
                  , delegated to <Holders of={delegates} links={links} at={standing.at} />
                </>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="promised">
        <h2 id="promised">What was promised and still open</h2>
        {expected.length === 0 && <Nothing covered={standing.covered} of="open promise" />}
        <ul>
          {expected.map((plan) => (
            <li key={plan.plan}>
              <a href={links.to(`/body/${plan.plan}`, { at: standing.at })}>{plan.title}</a>:{' '}
              {withDaysInWords(plan.promise)}{' '}
              <span class="tag">
                {plan.state === 'missed' ? `was due ${plan.expectedText}` : `due ${plan.expectedText}`}
              </span>{' '}
              announced <Boundary of={plan.announced} links={links} />
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="said">
        <h2 id="said">What was being said</h2>
        {standing.said.length === 0 && (
          <Nothing covered={standing.covered} of="statement of the twelve months before" />
        )}
        <ul>
          {standing.said.slice(0, SAID).map((event) => (
            <EventItem key={event.id} event={event} links={links} />
          ))}
        </ul>
        {standing.said.length > SAID && (
          <details>
            <summary>{numbered(standing.said.length - SAID, 'more statement')}</summary>
            <ul>
              {standing.said.slice(SAID).map((event) => (
                <EventItem key={event.id} event={event} links={links} />
              ))}
            </ul>
          </details>
        )}
      </section>
    </div>
  );
}

const SAID = 4;

function Nothing({ covered, of }: { readonly covered: boolean; readonly of: string }): VNode {
  return <p class="muted">{covered ? `The record holds no ${of} for this day.` : 'Not covered on this day.'}</p>;
}

/** Holders of a function that are named one after another; more are counted, and named when asked for. */
const NAMED = 6;

function Holders({
  of,
  links,
  at,
}: {
  readonly of: readonly FunctionHolder[];
  readonly links: Links;
  readonly at: string;
}): VNode {
  // Every body of a kind is one holder, and the first to be named.
  const first = of.filter(({ id }) => id.startsWith('kind/'));
  const each = of.filter(({ id }) => !id.startsWith('kind/'));
  if (each.length <= NAMED) return <HolderList of={[...first, ...each]} links={links} at={at} />;
  return (
    <>
      <HolderList of={first} links={links} at={at} />
      {first.length > 0 && ' and '}
      {numbered(each.length, 'body', 'bodies')} by name
      <details>
        <summary>Which {each.length}</summary>
        <HolderList of={each} links={links} at={at} />
      </details>
    </>
  );
}

function HolderList({
  of,
  links,
  at,
}: {
  readonly of: readonly FunctionHolder[];
  readonly links: Links;
  readonly at: string;
}): VNode {
  return (
    <>
      {of.map(({ id, name, existence, since }, n) => (
        <span key={id}>
          {n > 0 && (n === of.length - 1 ? ' and ' : ', ')}
          <a href={bodyHref(id, links, at)}>{name}</a>
          {existence !== 'certain' && (
            <>
              {' '}
              <Sure of={existence} />
            </>
          )}{' '}
          <span class="muted">
            since <Boundary of={since} links={links} />
          </span>
        </span>
      ))}
    </>
  );
}

const MEANWHILE = 12;

function Meanwhile({ day, links }: { readonly day: DayAnswer; readonly links: Links }): VNode {
  return (
    <section aria-labelledby="meanwhile">
      <h2 id="meanwhile">On some day about then</h2>
      <p>
        {numbered(day.meanwhile.length, 'event')} {day.meanwhile.length === 1 ? 'is' : 'are'} dated no closer than to a
        period with {dateInWords(day.at)} in it.
      </p>
      <details>
        <summary>
          {day.meanwhile.length > MEANWHILE ? `The ${MEANWHILE} that are dated most closely` : 'Show them'}
        </summary>
        <ul>
          {day.meanwhile.slice(0, MEANWHILE).map((event) => (
            <EventItem key={event.id} event={event} links={links} />
          ))}
        </ul>
      </details>
    </section>
  );
}

function Legend(): VNode {
  return (
    <section class="legend" aria-labelledby="legend">
      <h2 id="legend">How sure</h2>
      <dl>
        {(['certain', 'possible', 'expected', 'hypothetical'] as const).map((one) => (
          <div key={one}>
            <dt>
              <Sure of={one} />
            </dt>
            <dd>{CERTAINTY_MEANS[one]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

import type { VNode } from 'preact';
import type { Counted, EventAnswer, MilestoneAnswer, Replay, ReplayStep } from '../../machine/answers.ts';
import { dateInWords, stretchInWords, withDaysInWords } from '../dates.ts';
import { ClocksPanel, type Frame, type Links, page } from '../frame.tsx';
import { Cited, CountsTable, Drawing, type Drawn, EventItem, Sources, Table } from '../parts.tsx';
import { capital, countedInWords, cut, kindInWords, numbered } from '../words.ts';

/** Every reform and announcement, by theme. */
export function reformsPage(frame: Frame, milestones: readonly MilestoneAnswer[]): string {
  const { links } = frame;
  return page(
    frame,
    <>
      <h1>
        <span class="over">Step by step, with its sources</span>
        Replay a reform
      </h1>
      <p class="lead">
        {numbered(milestones.length, 'reform and announcement', 'reforms and announcements')}, in the order of their
        first event. Each opens on the day before, and goes on step by step.
      </p>
      <ul class="milestones">
        {milestones.map(({ milestone, title, from, to, events, themes }) => (
          <li key={milestone}>
            <span class="when">{stretchInWords(from, to)}</span> <a href={links.to(`/reform/${milestone}`)}>{title}</a>{' '}
            <span class="muted">{numbered(events, 'event')}</span>
            {themes.slice(0, 3).map((theme) => (
              <span key={theme} class="tag">
                {theme.replaceAll('-', ' ')}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </>,
  );
}

/** A reform at one of its steps: 0 is the day before; the last shows what it came to. */
export interface ReformModel {
  readonly replay: Replay;
  readonly step: number;
  readonly predict: boolean;
  readonly whole: boolean;
  readonly map?: Drawn;
}

/** Events of a step that the page lists; the data has all. */
const LISTED = 40;

/** A reform, replayed. */
export function reformPage(frame: Frame, model: ReformModel): string {
  return model.whole ? sheet(frame, model) : screen(frame, model);
}

function screen(frame: Frame, model: ReformModel): string {
  const { replay, step, predict, map } = model;
  const { links } = frame;
  const last = replay.steps.length;
  const here = replay.steps[step - 1];
  const date = here?.events[0]?.date ?? replay.before.at;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : undefined;
  return page(
    frame,
    <>
      <h1>
        <span class="over">
          {step === 0 ? `Before: ${dateInWords(replay.before.at)}` : `Step ${step} of ${last}: ${here?.dateText ?? ''}`}
        </span>
        {replay.title}
      </h1>
      <div class="columns">
        <div class="column">
          {step === 0 && <p class="sentence">{replay.summary}</p>}
          {here && <StepTold step={here} predict={predict} links={links} number={step} />}
          <Pager model={model} links={links} />
          {step === 0 && (
            <Stock title={`How many on ${dateInWords(replay.before.at)}`} counts={replay.before.counts} links={links} />
          )}
          <StepList model={model} links={links} />
        </div>
        <div class="column">
          {step === last && !predict && (
            <section aria-labelledby="after">
              <h2 id="after">What it came to</h2>
              <BeforeAfter replay={replay} links={links} />
            </section>
          )}
          {map && !(predict && here) && <Drawing drawn={map} id="map" />}
          {at && (
            <p class="screen">
              <a href={links.to(`/at/${at}`)}>England on {dateInWords(at)}</a>
            </p>
          )}
          <p class="screen">
            <a href={links.to(`/reform/${replay.milestone}`, { print: 'true' })}>
              The whole reform on one sheet, to print
            </a>
          </p>
          <ClocksPanel frame={frame} />
        </div>
      </div>
    </>,
  );
}

function StepTold({
  step,
  predict,
  links,
  number,
}: {
  readonly step: ReplayStep;
  readonly predict: boolean;
  readonly links: Links;
  readonly number: number;
}): VNode {
  const told = <Told step={step} links={links} />;
  if (!predict) return told;
  return (
    <div class="question">
      <p>
        {number === 1 ? 'The reform begins' : 'The next step comes'} on {step.dateText}: what happens, and to how many?
      </p>
      <details>
        <summary>Reveal</summary>
        {told}
      </details>
    </div>
  );
}

function Told({ step, links }: { readonly step: ReplayStep; readonly links: Links }): VNode {
  const [only] = step.events;
  const sources = new Map(step.events.flatMap(({ sources }) => sources).map((source) => [source.source, source]));
  const remarked = step.events.filter(({ note }) => note).slice(0, 3);
  return (
    <>
      <p class="sentence">{withDaysInWords(step.sentence)}</p>
      <p>
        <Sources of={[...sources.values()]} links={links} />
      </p>
      <StepCounts step={step} links={links} />
      {step.events.length === 1 && only && (
        <p>
          <a href={links.to(`/event/${only.id}`)}>All that is recorded of it</a>;{' '}
          <a href={links.to(`/without/${only.id}`)}>suppose it had not happened</a>
        </p>
      )}
      {remarked.length > 0 && (
        <details>
          <summary>Why we tell it so</summary>
          <ul>
            {remarked.map((event) => (
              <li key={event.id}>
                <a href={links.to(`/event/${event.id}`)}>{cut(withDaysInWords(event.sentence), 60)}</a> {event.note}
              </li>
            ))}
          </ul>
        </details>
      )}
      {step.events.length > 1 && <Members events={step.events} links={links} />}
    </>
  );
}

/** What a step changed in numbers, when it did. */
function StepCounts({ step, links }: { readonly step: ReplayStep; readonly links: Links }): VNode | null {
  if (step.counts.length === 0) return null;
  return (
    <CountsTable
      counts={step.counts}
      before="Before this step"
      after="After it"
      links={links}
      label={`How many of each kind, step ${step.step}`}
    />
  );
}

function Members({ events, links }: { readonly events: readonly EventAnswer[]; readonly links: Links }): VNode {
  return (
    <details>
      <summary>All {events.length}, one by one</summary>
      <ul>
        {events.slice(0, LISTED).map((event) => (
          <li key={event.id}>
            <a href={links.to(`/event/${event.id}`)}>{withDaysInWords(event.sentence)}</a>
          </li>
        ))}
      </ul>
      {events.length > LISTED && <p>{events.length - LISTED} more, in the data.</p>}
    </details>
  );
}

function Pager({ model, links }: { readonly model: ReformModel; readonly links: Links }): VNode {
  const { replay, step, predict } = model;
  const last = replay.steps.length;
  const query = { predict: predict ? 'true' : null };
  const to = (at: number) =>
    at === 0 ? links.to(`/reform/${replay.milestone}`, query) : links.to(`/reform/${replay.milestone}/${at}`, query);
  return (
    <>
      <p class="pager screen">
        {step > 0 ? (
          <a class="button" rel="prev" data-step="prev" href={to(step - 1)}>
            ‹ Back
          </a>
        ) : (
          <span class="button off">‹ Back</span>
        )}
        {step < last ? (
          <a class="button strong" rel="next" data-step="next" href={to(step + 1)}>
            {step === 0 ? 'Begin ›' : 'Next step ›'}
          </a>
        ) : (
          <a class="button strong" href={links.to(`/at/${replay.after.at}`)}>
            England on that day ›
          </a>
        )}
        {step > 0 && (
          <span>
            Step {step} of {last}
          </span>
        )}
      </p>
      <p class="screen">
        {predict ? (
          <a href={links.to(`/reform/${replay.milestone}${step > 0 ? `/${step}` : ''}`, { predict: null })}>
            Tell at once, without questions
          </a>
        ) : (
          <a
            href={links.to(`/reform/${replay.milestone}${step > 0 ? `/${step}` : ''}`, {
              predict: 'true',
            })}
          >
            Predict each step, then reveal it
          </a>
        )}
      </p>
    </>
  );
}

function StepList({ model, links }: { readonly model: ReformModel; readonly links: Links }): VNode {
  const { replay, step, predict } = model;
  const query = { predict: predict ? 'true' : null };
  return (
    <nav aria-label="Steps" class="screen">
      <ol class="steps">
        {replay.steps.map((one) => {
          const state = one.step < step ? 'done' : one.step === step ? 'here' : 'later';
          return (
            <li key={one.step} class={state}>
              <a
                href={links.to(`/reform/${replay.milestone}/${one.step}`, query)}
                aria-current={one.step === step ? 'step' : undefined}
              >
                {predict && one.step >= step
                  ? `Step ${one.step}, ${one.dateText}`
                  : `${one.dateText}: ${cut(withDaysInWords(one.sentence), 90)}`}
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** How many of each there were, on one day. */
function Stock({
  title,
  counts,
  links,
}: {
  readonly title: string;
  readonly counts: readonly { readonly kind: string; readonly count: Counted }[];
  readonly links: Links;
}): VNode | null {
  if (counts.length === 0) return null;
  return (
    <Table label={title} head={['Kind', 'How many']} caption={title}>
      {counts.map(({ kind, count }) => (
        <tr key={kind}>
          <th scope="row">
            <a href={links.to(`/count/${kind}`)}>{capital(kindInWords(kind))}</a>
          </th>
          <td class="number">{countedInWords(count)}</td>
        </tr>
      ))}
    </Table>
  );
}

function BeforeAfter({ replay, links }: { readonly replay: Replay; readonly links: Links }): VNode {
  const none = { certain: 0, possible: 0 };
  return (
    <>
      <CountsTable
        counts={replay.after.counts.map(({ kind, count }) => ({
          kind,
          before: replay.before.counts.find((one) => one.kind === kind)?.count ?? none,
          after: count,
        }))}
        before={dateInWords(replay.before.at)}
        after={dateInWords(replay.after.at)}
        links={links}
        label="How many of each kind, before and after"
      />
      <p>
        <a href={links.to(`/at/${replay.before.at}..${replay.after.at}`)}>Every difference between the two days</a>;{' '}
        <a href={links.to(`/correspondence/${replay.before.at}..${replay.after.at}`)}>what became of each body</a>
      </p>
    </>
  );
}

function sheet(frame: Frame, { replay, predict }: ReformModel): string {
  const { links } = frame;
  return page(
    frame,
    <>
      <h1>
        <span class="over">
          Step by step, {dateInWords(replay.before.at)} to {dateInWords(replay.after.at)}
        </span>
        {replay.title}
      </h1>
      <p class="sentence">{replay.summary}</p>
      <p class="screen">
        <a href={links.to(`/reform/${replay.milestone}`)}>Back to the steps</a>
      </p>
      <Stock title={`Before: ${dateInWords(replay.before.at)}`} counts={replay.before.counts} links={links} />
      {replay.steps.map((step) => (
        <section key={step.step} aria-labelledby={`step-${step.step}`}>
          <h2 id={`step-${step.step}`}>
            Step {step.step}: {step.dateText}
          </h2>
          {predict ? (
            <>
              <p>What happens, and to how many?</p>
              <p class="blank">…</p>
            </>
          ) : (
            <ul>
              {step.events.length === 1 && step.events[0] ? (
                <EventItem event={step.events[0]} links={links} dated={false} />
              ) : (
                <li>{withDaysInWords(step.sentence)}</li>
              )}
            </ul>
          )}
          {!predict && <StepCounts step={step} links={links} />}
        </section>
      ))}
      <h2>After: {dateInWords(replay.after.at)}</h2>
      <BeforeAfter replay={replay} links={links} />
      {!predict && <Cited of={replay.steps.flatMap(({ events }) => events.flatMap(({ sources }) => sources))} />}
    </>,
  );
}

import type { VNode } from 'preact';
import type { EventAnswer, MilestoneAnswer } from '../../machine/answers.ts';
import { dateInWords, stretchInWords } from '../dates.ts';
import { type Frame, type Links, page } from '../frame.tsx';
import { Drawing, type Drawn, EventItem } from '../parts.tsx';
import { numbered } from '../words.ts';

/** The timeline: every reform by year, or the events of what was asked about. */
export interface TimelineModel {
  readonly milestones: readonly MilestoneAnswer[];
  /** Events, when something in particular was asked; they come in pages. */
  readonly events?: readonly EventAnswer[];
  readonly of?: string;
  readonly total?: number;
  readonly offset?: number;
  readonly picture?: Drawn;
  readonly from: string;
  readonly to: string;
}

/** Events on one page of a long list. */
export const EVENTS_A_PAGE = 100;

/** The reforms in order of time. */
export function timelinePage(frame: Frame, model: TimelineModel): string {
  const { links } = frame;
  return page(
    frame,
    <>
      <h1>
        <span class="over">
          Timeline, {dateInWords(model.from)} to {dateInWords(model.to)}
        </span>
        {model.of ?? 'Every reform and announcement'}
      </h1>
      {model.picture && <Drawing drawn={model.picture} id="picture" />}
      {model.events ? (
        <Events frame={frame} model={model} events={model.events} />
      ) : (
        <Years model={model} links={links} />
      )}
    </>,
  );
}

function Events({
  frame,
  model,
  events,
}: {
  readonly frame: Frame;
  readonly model: TimelineModel;
  readonly events: readonly EventAnswer[];
}): VNode {
  const { links, path, carried } = frame;
  const offset = model.offset ?? 0;
  const total = model.total ?? events.length;
  const to = (at: number) => links.to(path, { ...carried, offset: at === 0 ? null : String(at) });
  return (
    <section aria-labelledby="events">
      <h2 id="events">{numbered(total, 'event')}</h2>
      <ul>
        {events.map((event) => (
          <EventItem key={event.id} event={event} links={links} />
        ))}
      </ul>
      {(offset > 0 || offset + events.length < total) && (
        <p class="pager">
          {offset > 0 && (
            <a class="button" rel="prev" href={to(Math.max(0, offset - EVENTS_A_PAGE))}>
              Earlier
            </a>
          )}
          <span>
            {offset + 1} to {offset + events.length} of {total.toLocaleString('en-GB')}
          </span>
          {offset + events.length < total && (
            <a class="button" rel="next" href={to(offset + EVENTS_A_PAGE)}>
              Later
            </a>
          )}
        </p>
      )}
    </section>
  );
}

function Years({ model, links }: { readonly model: TimelineModel; readonly links: Links }): VNode {
  const years = new Map<string, MilestoneAnswer[]>();
  for (const one of model.milestones) {
    const year = one.from.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), one]);
  }
  return (
    <>
      {[...years].map(([year, milestones]) => (
        <section key={year} aria-labelledby={`y${year}`}>
          <h2 class="year" id={`y${year}`}>
            {year}
          </h2>
          <ul class="milestones">
            {milestones.map(({ milestone, title, from, to, events }) => (
              <li key={milestone}>
                <a class="when" href={links.to(`/at/${from}`)}>
                  {stretchInWords(from, to)}
                </a>{' '}
                <a href={links.to(`/reform/${milestone}`)}>{title}</a>{' '}
                <span class="muted">{numbered(events, 'event')}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

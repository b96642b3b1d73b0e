import { didYouMean } from '../record/near.ts';
import { isoDay } from '../time/day.ts';
import type { Conflict, SourceAnswer, TimelineAnswer } from './answers.ts';
import { head, isVisible, readDay, readId, readKinds, told, type View } from './context.ts';
import { AskedWrongly, NotInRecord } from './errors.ts';
import type { Machine } from './machine.ts';
import { descendants, kindOf, sightAt } from './reader.ts';
import type { StoredEvent } from './stored.ts';
import { tail } from './words.ts';

/** Events in order of time, by period, kind, place, milestone, theme or thing. */
export const timelineOf =
  (view: View): Machine['timeline'] =>
  (options = {}) => {
    const { context } = view;
    const kinds = readKinds(options.kind);
    const about = options.about === undefined ? undefined : relatedTo(view, options.about);
    const chosen = chosenMilestones(view, options.milestone, options.theme);
    const events = visible(view).filter((event) => {
      if (chosen && !chosen.has(event.milestone)) return false;
      if (about && !event.subjects.some((id) => about.has(id))) return false;
      if (
        kinds &&
        !event.subjects.some((id) =>
          kinds.has(id.startsWith('kind/') ? tail(id) : kindOf(sightAt(view, event.latest), id)),
        )
      )
        return false;
      return true;
    });
    const from =
      options.from === undefined ? (events[0]?.earliest ?? context.today()) : readDay(context, options.from, 'first');
    const to =
      options.to === undefined
        ? Math.max(from, ...events.map(({ latest }) => latest))
        : readDay(context, options.to, 'last');
    if (to < from)
      throw new AskedWrongly(
        `the timeline ends (${isoDay(to)}) before it begins (${isoDay(from)})`,
        'swap --from and --to',
      );
    const place = options.partOf === undefined ? undefined : readId(view, options.partOf);
    const inside = place === undefined ? undefined : insideEver(view, place);
    const falling = events
      .filter(({ earliest, latest }) => earliest <= to && latest >= from)
      .filter(({ subjects }) => inside === undefined || subjects.some((id) => inside.has(id)));
    return {
      ...head(view),
      from: isoDay(from),
      to: isoDay(to),
      events: falling.map(told),
      possible: falling.filter(({ earliest, latest }) => earliest < from || latest > to).map(({ id }) => id),
    } satisfies TimelineAnswer;
  };

/** Everything that was part of a body on some day, and the body itself. */
function insideEver(view: View, place: string): Set<string> {
  const found = new Set([place]);
  for (const day of view.timeline.changeDays(
    {},
    (subject, attribute) => attribute === 'part-of' || subject === place,
  )) {
    for (const id of descendants(sightAt(view, day), place)) found.add(id);
  }
  return found;
}

/** A thing and what belongs to it: the designations a body held, the holders of a status. */
function relatedTo(view: View, text: string): Set<string> {
  const id = readId(view, text);
  return new Set([id, ...view.timeline.everBearers('holder', id), ...view.timeline.everBearers('status', id)]);
}

function chosenMilestones(
  view: View,
  milestone: string | undefined,
  theme: string | undefined,
): Set<string> | undefined {
  if (milestone === undefined && theme === undefined) return undefined;
  const all = view.context.index().milestones;
  if (milestone !== undefined && !all.some(({ slug }) => slug === milestone)) {
    throw new NotInRecord(
      'milestone',
      milestone,
      `no milestone is called ${milestone}`,
      didYouMean(
        milestone,
        all.map(({ slug }) => slug),
      ) ?? 'stood replay lists them all',
    );
  }
  const themes = [...new Set(all.flatMap((one) => one.themes))].sort();
  if (theme !== undefined && !themes.includes(theme)) {
    throw new AskedWrongly(
      `no milestone has the theme ${theme}`,
      didYouMean(theme, themes) ?? `themes: ${themes.join(', ')}`,
    );
  }
  return new Set(
    all
      .filter(
        (one) =>
          (milestone === undefined || one.slug === milestone) && (theme === undefined || one.themes.includes(theme)),
      )
      .map(({ slug }) => slug),
  );
}

function visible(view: View): StoredEvent[] {
  const found: StoredEvent[] = [];
  for (let position = 0; position < view.context.eventCount; position++) {
    const event = view.context.eventAt(position);
    if (isVisible(view, event)) found.push(event);
  }
  return found;
}

/** Every source, with how many events rest on it; of one thing, the sources of its events. */
export const sources =
  (view: View): Machine['sources'] =>
  (options = {}) => {
    const all = view.context.index().sources;
    if (options.about === undefined) return all;
    const about = relatedTo(view, options.about);
    const cited = new Map<string, number>();
    for (const event of visible(view)) {
      if (!event.subjects.some((id) => about.has(id))) continue;
      for (const { source } of event.sources) cited.set(source, (cited.get(source) ?? 0) + 1);
    }
    return all
      .filter(({ source }) => cited.has(source))
      .map((source): SourceAnswer => ({ ...source, events: cited.get(source.source) ?? 0 }));
  };

/** Where sources disagree: what the other one says, and our ruling, on the event it concerns; official files that we differ from last. */
export const conflicts =
  (view: View): Machine['conflicts'] =>
  (options = {}) => {
    const about = options.about === undefined ? undefined : relatedTo(view, options.about);
    const concerned = visible(view).filter(
      (event) => about === undefined || event.subjects.some((id) => about.has(id)),
    );
    const dissents = concerned.flatMap((event) =>
      event.dissent.map(
        ({ source, says, ruling }): Conflict => ({ kind: 'dissent', event: told(event), source, says, ruling }),
      ),
    );
    const divergences = concerned.flatMap((event) =>
      view.context
        .index()
        .divergences.filter((one) => one.event === event.id)
        .map((one): Conflict => ({ ...one, event: told(event) })),
    );
    return [...dissents, ...divergences];
  };

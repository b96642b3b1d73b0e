import type { Day } from '../time/day.ts';
import { dayInWords } from '../time/words.ts';
import { KINDS, kindNamed } from '../vocabulary/kinds.ts';
import type {
  Body,
  EventAnswer,
  LineageLink,
  Material,
  MaterialBody,
  MaterialSelection,
  MaterialSpell,
} from './answers.ts';
import { head, isVisible, readAsked, readId, readKinds, told, type View } from './context.ts';
import { AskedWrongly } from './errors.ts';
import { statementsOf } from './history.ts';
import { landscape } from './landscape.ts';
import { lastKnown, lineage, linkOf, successors } from './lineage.ts';
import type { Machine } from './machine.ts';
import { bodyRef, coverageOf, nameOf, sightAt } from './reader.ts';
import { milestones } from './replay.ts';
import { sources, timelineOf } from './telling.ts';
import { theEvent } from './without.ts';

/** What exports are made of: a landscape on a day, or the events of a stretch of time and the bodies they concern. */
export const material =
  (view: View): Machine['material'] =>
  (options = {}) => {
    const kinds = readKinds(options.kind);
    const partOf = options.partOf === undefined ? null : readId(view, options.partOf);
    const subject = options.subject === undefined ? null : readId(view, options.subject);
    const chosen = { kinds: kinds ? [...kinds] : null, partOf, subject };
    return options.at === undefined ? ofTime(view, options, chosen) : ofDay(view, options.at, options, chosen);
  };

type Options = NonNullable<Parameters<Machine['material']>[0]>;
type Chosen = Pick<MaterialSelection, 'kinds' | 'partOf' | 'subject'>;

function ofDay(view: View, at: string, options: Options, chosen: Chosen): Material {
  const beside = (['from', 'to', 'milestone', 'theme', 'subject', 'events'] as const).filter((name) => options[name]);
  if (beside.length > 0)
    throw new AskedWrongly(
      `a landscape on a day takes no ${beside.join(', ')}`,
      'ask for a day, or for a stretch of time with from and to',
    );
  const asked = readAsked(view.context, at);
  const [first, last] = asked.kind === 'day' ? [asked.day, asked.day] : [asked.from, asked.to - 1];
  const answer = landscape(view, at, { kind: options.kind, partOf: options.partOf });
  const bodies = answer.bodies.map((body): MaterialBody => {
    const { id, name, kind, codes } = body;
    const statements = statementsOf(view, id, { first, last });
    return {
      ...{ id, name, kind, codes },
      ...(statements.existence.length > 0 ? statements : { ...NOTHING_YET, ...promised(body) }),
    };
  });
  return {
    ...gathered(view, bodies, [], undefined),
    title: `${subjectsInWords(view, chosen, last)} on ${asked.kind === 'day' ? dayInWords(asked.day) : asked.text}`,
    selection: { ...NOTHING_SELECTED, ...chosen, at: answer.at },
    coverage: answer.coverage,
    notes: answer.notes,
  };
}

const NOTHING_SELECTED: MaterialSelection = {
  at: null,
  from: null,
  to: null,
  kinds: null,
  partOf: null,
  milestone: null,
  theme: null,
  subject: null,
};

const NOTHING_YET = { codeSpells: [], relations: [], statuses: [] };

/** What a plan promised of a body that had not begun as far as anybody then knew. */
function promised({ name, kind, from, until, began }: Body): Pick<MaterialBody, 'existence' | 'names' | 'kinds'> {
  const spell = (value: string): MaterialSpell => ({ value, from, until, certainty: 'expected', began });
  return { existence: [spell('exists')], names: [spell(name)], kinds: [spell(kind)] };
}

function ofTime(view: View, options: Options, chosen: Chosen): Material {
  const { from, to, milestone, theme } = options;
  const wanted = options.events && new Set(options.events.map((id) => theEvent(view.context, id).id));
  const inTime = timelineOf(view)({
    kind: options.kind,
    partOf: options.partOf,
    from,
    to,
    milestone,
    theme,
    about: chosen.subject ?? undefined,
  });
  const answer = wanted ? { ...inTime, events: inTime.events.filter(({ id }) => wanted.has(id)) } : inTime;
  const ofLineage = chosen.subject === null ? undefined : lineage(view)(chosen.subject, {});
  const [first, last] = [dayOf(view, answer.from), dayOf(view, answer.to)];
  const bounded = from !== undefined || to !== undefined;
  const ids = ofLineage
    ? ofLineage.nodes.map(({ id }) => id)
    : !wanted && milestone === undefined && theme === undefined && options.partOf === undefined
      ? Object.keys(view.context.index().subjects)
      : subjectsOf(view, answer.events);
  const bodies = ids.flatMap((id): MaterialBody[] => {
    const reference = bounded ? bodyRef(sightAt(view, last), id) : lastKnown(view, id);
    if (!kindNamed(reference.kind) || (chosen.kinds && !chosen.kinds.includes(reference.kind))) return [];
    const statements = statementsOf(view, id, bounded && !ofLineage ? { first, last } : undefined);
    return statements.existence.length === 0 ? [] : [{ ...reference, ...statements }];
  });
  const milestoneTitle = milestones(view.context).find((one) => one.milestone === milestone)?.title;
  const subjects = [
    ...(wanted ? [eventsInWords(answer.events)] : []),
    ...(wanted
      ? []
      : [chosen.subject === null ? subjectsInWords(view, chosen, last) : nameOf(sightAt(view, last), chosen.subject)]),
    ...(milestoneTitle ? [milestoneTitle] : []),
    ...(theme ? [`theme: ${theme}`] : []),
  ].join(', ');
  const kinds = chosen.kinds ?? KINDS.map(({ name }) => name as string);
  return {
    ...gathered(
      view,
      bodies.sort(inOrder),
      linksAmong(view, bodies, bounded ? { first, last } : undefined),
      answer.events,
    ),
    title: bounded ? `${subjects}, ${dayInWords(first)} to ${dayInWords(last)}` : subjects,
    selection: {
      ...NOTHING_SELECTED,
      ...chosen,
      from: bounded ? answer.from : null,
      to: bounded ? answer.to : null,
      milestone: milestone ?? null,
      theme: theme ?? null,
    },
    coverage: kinds.map((kind) => coverageOf(view, kind, last)),
    notes: ofLineage?.notes ?? [],
  };
}

function eventsInWords(events: readonly EventAnswer[]): string {
  const [only, ...others] = events;
  return only && others.length === 0 ? only.sentence.replace(/\.$/, '') : `${events.length} events`;
}

function dayOf(view: View, iso: string): Day {
  const asked = readAsked(view.context, iso);
  return asked.kind === 'day' ? asked.day : asked.from;
}

const KIND_ORDER = new Map(KINDS.map((kind, position) => [kind.name as string, position]));

function inOrder(a: MaterialBody, b: MaterialBody): number {
  return (KIND_ORDER.get(a.kind) ?? 0) - (KIND_ORDER.get(b.kind) ?? 0) || (a.id < b.id ? -1 : 1);
}

function subjectsOf(view: View, events: readonly EventAnswer[]): string[] {
  const wanted = new Set(events.map(({ id }) => id));
  const found = new Set<string>();
  for (let position = 0; position < view.context.eventCount; position++) {
    const event = view.context.eventAt(position);
    if (wanted.has(event.id) && isVisible(view, event)) for (const id of event.subjects) found.add(id);
  }
  return [...found];
}

/** Successions of which both ends are selected, in order of time. */
function linksAmong(
  view: View,
  bodies: readonly MaterialBody[],
  within: { readonly first: Day; readonly last: Day } | undefined,
): LineageLink[] {
  const ids = new Set(bodies.map(({ id }) => id));
  return bodies
    .flatMap(({ id }) => successors(view, id))
    .filter(({ to }) => ids.has(to))
    .filter(({ held }) => !within || (held.from.earliest <= within.last && held.from.latest >= within.first))
    .map((succession) => linkOf(view, succession))
    .sort((a, b) =>
      a.date !== b.date ? (a.date < b.date ? -1 : 1) : `${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1,
    );
}

/** Bodies and links with every event and source they rest on; `selected` are the events asked for, all of them unless given. */
function gathered(
  view: View,
  bodies: readonly MaterialBody[],
  links: readonly LineageLink[],
  selected: readonly EventAnswer[] | undefined,
): Omit<Material, 'title' | 'selection' | 'coverage' | 'notes'> {
  const own = new Set(selected?.map(({ id }) => id));
  const restedOn = new Set(links.map(({ via }) => via.event));
  for (const { existence, names, codeSpells, kinds, relations, statuses } of bodies)
    for (const spells of [existence, names, codeSpells, kinds, relations, statuses])
      for (const { began, ends } of spells) {
        restedOn.add(began.event);
        if (ends) restedOn.add(ends.event);
      }
  const others: EventAnswer[] = [];
  for (let position = 0; position < view.context.eventCount; position++) {
    const event = view.context.eventAt(position);
    if (restedOn.has(event.id) && !own.has(event.id) && isVisible(view, event)) others.push(told(event));
  }
  const events = selected ?? others;
  const cited = selected ? others : [];
  const every = [...events, ...cited];
  const slugs = new Set(every.map(({ milestone }) => milestone));
  const citing = new Map<string, number>();
  for (const event of every)
    for (const { source } of [...event.sources, ...event.dissent.map((one) => one.source)])
      citing.set(source, (citing.get(source) ?? 0) + 1);
  return {
    ...head(view),
    bodies,
    links,
    events,
    cited,
    milestones: milestones(view.context).filter(({ milestone }) => slugs.has(milestone)),
    sources: sources(view)().flatMap((source) => {
      const events = citing.get(source.source);
      return events === undefined ? [] : [{ ...source, events }];
    }),
  };
}

function subjectsInWords(view: View, { kinds, partOf }: Chosen, at: Day): string {
  const named = (kinds ?? []).map((name) => kindNamed(name)?.plural ?? name);
  const what = named.length === 0 ? 'The NHS in England' : named.join(' and ');
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}${partOf ? `, part of ${nameOf(sightAt(view, at), partOf)}` : ''}`;
}

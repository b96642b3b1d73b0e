import type { Day } from '../time/day.ts';
import type { Boundary, Held } from '../timeline/types.ts';
import type { EventAnswer, History, Spell } from './answers.ts';
import { head, isVisible, knowledge, readId, told, type View } from './context.ts';
import { lastKnown, lastSight, lifeOf, linkOf, predecessors, successors } from './lineage.ts';
import type { Machine } from './machine.ts';
import { boundaryRef, coverageOf, nameOf, sightAt, textOf } from './reader.ts';
import type { StoredEvent } from './stored.ts';
import { edtfOf, tail } from './words.ts';

const RELATIONS = ['part-of', 'member-of', 'serves', 'overseen-by', 'shares-leadership-with', 'hosts', 'covers'];
const FIGURES = ['FigureReported', 'FundingAnnounced', 'AppointmentsReported', 'AppointmentMade'];

/** A spell as an answer tells it. */
function spellOf(view: View, held: Held, value: string): Spell {
  return {
    value,
    from: edtfOf(held.from),
    until: held.until ? edtfOf(held.until) : null,
    certainty: held.certainty,
    began: boundaryRef(view, held.from),
    ...(held.until ? { ends: boundaryRef(view, held.until) } : {}),
  };
}

function spells(view: View, id: string, attribute: string): Held[] {
  return view.timeline.spells(id, attribute, knowledge(view)).filter(({ value }) => value !== null);
}

/** The visible events that touch a thing, in order of time. */
export function eventsOf(view: View, id: string): EventAnswer[] {
  return storedOf(view, id).map(told);
}

function storedOf(view: View, id: string): StoredEvent[] {
  return (view.context.index().subjects[id] ?? [])
    .map((position) => view.context.eventAt(position))
    .filter((event) => isVisible(view, event));
}

/** Events by day and, within it, in the order of the log; an imprecise date sorts at its beginning. */
function inOrder(a: StoredEvent, b: StoredEvent): number {
  return a.earliest - b.earliest || (a.order < b.order ? -1 : 1);
}

/** The dated statements about a body: of its whole life, or those that may hold on some day of `within`. */
export function statementsOf(
  view: View,
  id: string,
  within?: { readonly first: Day; readonly last: Day },
): Pick<History, 'names' | 'codeSpells' | 'kinds' | 'existence' | 'relations' | 'statuses'> {
  const falls = (held: Held) =>
    within === undefined ||
    (held.from.earliest <= within.last && (held.until === undefined || held.until.latest > within.first));
  const { end } = lifeOf(view, id);
  const own = (attribute: string) =>
    spells(view, id, attribute)
      .map((held) => endingBy(held, end))
      .filter(falls);
  const plainSpells = (attribute: string) => own(attribute).map((held) => spellOf(view, held, String(held.value)));
  return {
    names: plainSpells('name'),
    codeSpells: (['ods', 'gss'] as const).flatMap((system) =>
      plainSpells(system).map((spell) => ({ ...spell, system })),
    ),
    kinds: plainSpells('kind'),
    existence: own('exists').map((held) => spellOf(view, held, 'exists')),
    relations: RELATIONS.flatMap((relation) =>
      spells(view, id, relation)
        .filter(({ member }) => couldHold(view, id, member as string))
        .map((held) => whileBothExist(view, id, held))
        .filter(falls)
        .map((held) => ({
          ...spellOf(view, held, held.member as string),
          relation,
          name: nameOf(sightAt(view, held.from.latest), held.member as string),
        })),
    ).sort(byFrom),
    statuses: view.timeline
      .everBearers('holder', id)
      .flatMap((designation) =>
        spells(view, designation, 'holder')
          .filter(({ value }) => value === id)
          .flatMap((held) => statusSpells(view, designation, held, falls)),
      )
      .sort(byFrom),
  };
}

export const history =
  (view: View): Machine['history'] =>
  (text) => {
    const id = readId(view, text);
    const end = lastSight(view, id);
    const designations = view.timeline.everBearers('holder', id);
    const own = storedOf(view, id);
    const events = own.map(told);
    const ofDesignations = designations.flatMap((designation) => storedOf(view, designation));
    const ofStatus = [...new Set(designations.map((designation) => textOf(end, designation, 'status')))]
      .filter((status): status is string => status !== undefined)
      .flatMap((status) => storedOf(view, status))
      .filter((event) => event.type === 'StatusRetitled');
    const reference = lastKnown(view, id);
    return {
      ...head(view),
      ...reference,
      ...statementsOf(view, id),
      predecessors: predecessors(view, id)
        .map((succession) => linkOf(view, succession))
        .sort((a, b) => compareDates(a.date, b.date)),
      successors: successors(view, id)
        .map((succession) => linkOf(view, succession))
        .sort((a, b) => compareDates(a.date, b.date)),
      figures: events.filter(({ type }) => FIGURES.includes(type)),
      events: [...new Set([...own, ...ofDesignations, ...ofStatus])].sort(inOrder).map(told),
      coverage: [coverageOf(view, reference.kind, end.at)],
    } satisfies History;
  };

/** Whether a relation could hold: not where a counterfactual takes away the beginning of either of its ends. */
function couldHold({ supposed, ...view }: View, ...ends: readonly string[]): boolean {
  if (supposed === undefined) return true;
  return ends.every((end) => lifeOf(view, end).first !== undefined || lifeOf(supposed.real, end).first === undefined);
}

/** A relation's spell, cut where either of its ends ceases to exist. */
function whileBothExist(view: View, id: string, held: Held): Held {
  return endingBy(held, firstEnd(lifeOf(view, id).end, lifeOf(view, held.member as string).end));
}

/** A spell that lasts no longer than what it is a statement of. */
function endingBy(held: Held, end: Boundary | undefined): Held {
  const first = firstEnd(held.until, end);
  return first === undefined || first === held.until ? held : { ...held, until: first };
}

function firstEnd(...ends: readonly (Boundary | undefined)[]): Boundary | undefined {
  return ends.filter((end) => end !== undefined).sort((a, b) => a.earliest - b.earliest)[0];
}

/** A holder's spell of a designation, cut where the designation or the holder ends, with every title the status bore in it. */
function statusSpells(
  view: View,
  designation: string,
  held: Held,
  falls: (held: Held) => boolean,
): History['statuses'] {
  const life = spells(view, designation, 'exists')[0];
  const until = firstEnd(held.until, life?.until, lifeOf(view, String(held.value)).end);
  const status = textOf(sightAt(view, held.from.latest), designation, 'status') ?? '';
  const wave = textOf(sightAt(view, held.from.latest), designation, 'wave');
  const titles = spells(view, status, 'name').filter(
    (title) =>
      (until === undefined || title.from.earliest < until.latest) &&
      (title.until === undefined || title.until.latest > held.from.earliest),
  );
  return titles.flatMap((title, position): History['statuses'][number][] => {
    const from = position === 0 ? held.from : title.from;
    const end = title.until && (until === undefined || title.until.latest < until.earliest) ? title.until : until;
    const { until: _, ...open } = held;
    const spell: Held = end === undefined ? { ...open, from } : { ...open, from, until: end };
    if (!falls(spell)) return [];
    return [{ ...spellOf(view, spell, tail(status)), title: String(title.value), ...(wave ? { wave } : {}) }];
  });
}

function byFrom(a: Spell, b: Spell): number {
  return compareDates(a.from, b.from) || (a.value < b.value ? -1 : 1);
}

/** Dates in EDTF; an imprecise one sorts at its beginning. */
function compareDates(a: string, b: string): number {
  const [first, second] = [a.replace('[', ''), b.replace('[', '')];
  return first < second ? -1 : first > second ? 1 : 0;
}

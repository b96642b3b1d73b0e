import { civilFromDay, type Day, dayFromCivil, isoDay } from '../time/day.ts';
import type { EventAnswer, FunctionHeld, FunctionHolder, Standing, StandingThing } from './answers.ts';
import { type Context, head, isVisible, readDay, told, type View } from './context.ts';
import { boundaryRef, coverageOf, existenceOf, exists, nameOf, read, type Sight, sightAt, textOf } from './reader.ts';
import type { StoredEvent } from './stored.ts';
import { family } from './words.ts';

const SAID = new Set(['StatementMade', 'EvaluationPublished']);
const LAW = new Set(['act', 'si', 'bill', 'directions']);

interface Things {
  readonly laws: readonly string[];
  readonly functions: readonly string[];
  readonly rules: readonly string[];
  readonly policies: readonly string[];
  readonly said: readonly StoredEvent[];
}

const OF_FUNCTIONS = 'Function';
const things = new WeakMap<Context, Things>();

/** What can stand beside the bodies, found once: the ids of the record by family. */
function thingsOf(context: Context): Things {
  const known = things.get(context);
  if (known) return known;
  const ids = Object.keys(context.index().subjects);
  const of = (wanted: (family: string) => boolean) => ids.filter((id) => wanted(family(id))).sort();
  const said: StoredEvent[] = [];
  const functions = new Set<string>();
  const { types, type: typeOf } = context.index().dates;
  const ofUse = new Set(types.flatMap((type, n) => (SAID.has(type) || type.startsWith(OF_FUNCTIONS) ? [n] : [])));
  for (const [position, type] of typeOf.entries()) {
    if (!ofUse.has(type)) continue;
    const event = context.eventAt(position);
    if (SAID.has(event.type)) said.push(event);
    // An event of a function touches its holders only.
    else functions.add((event.data as { readonly function: string }).function);
  }
  const made = {
    laws: of((name) => LAW.has(name)),
    functions: [...functions].sort(),
    rules: of((name) => name === 'requirement'),
    policies: of((name) => name === 'policy'),
    said: said.sort((a, b) => b.latest - a.latest || (a.id < b.id ? -1 : 1)),
  };
  things.set(context, made);
  return made;
}

/** What stood on a day beside the bodies. */
export function standing(view: View, at: string): Standing {
  const day = readDay(view.context, at, 'last');
  const sight = sightAt(view, day);
  const { laws, functions, rules, policies, said } = thingsOf(view.context);
  const alive = (ids: readonly string[], detail: (id: string) => string | undefined) =>
    ids.flatMap((id) => thing(sight, id, detail(id)) ?? []).sort((a, b) => latestFirst(sight, a, b));
  return {
    at: isoDay(day),
    ...head(view),
    laws: alive(laws, (id) => textOf(sight, id, 'stage')),
    functions: functions.flatMap((id) => functionHeld(sight, id) ?? []),
    rules: alive(rules, (id) => textOf(sight, id, 'rule')),
    policies: alive(policies, (id) => textOf(sight, id, 'by')),
    said: lately(view, said, day),
    covered: view.context.header.coverage.some(({ of }) => coverageOf(view, of, day).completeness !== 'none'),
  };
}

function thing(sight: Sight, id: string, detail: string | undefined): StandingThing | undefined {
  const held = exists(sight, id);
  if (!held) return undefined;
  return {
    id,
    title: nameOf(sight, id),
    detail: detail ?? null,
    of: sight.timeline.members(id, 'binds', sight.moment).map(({ member }) => {
      const of = String(member);
      return { id: of, name: nameOf(sight, of) };
    }),
    existence: existenceOf(sight, held, family(id)),
    began: boundaryRef(sight, held.from),
  };
}

function latestFirst(sight: Sight, a: StandingThing, b: StandingThing): number {
  const began = (id: string): Day => exists(sight, id)?.from.earliest ?? 0;
  return began(b.id) - began(a.id) || (a.id < b.id ? -1 : 1);
}

function functionHeld(sight: Sight, id: string): FunctionHeld | undefined {
  const holding = (attribute: string): FunctionHolder[] =>
    sight.timeline.members(id, attribute, sight.moment).flatMap((held) => {
      const holder = String(held.member);
      // A kind is no body: it holds while any of it may.
      if (!holder.startsWith('kind/') && !exists(sight, holder)) return [];
      return [
        {
          id: holder,
          name: nameOf(sight, holder),
          existence: held.expected ? ('expected' as const) : held.certainty,
          since: boundaryRef(sight, held.from),
        },
      ];
    });
  const holders = holding('held-by');
  const delegates = holding('delegated-to');
  if (holders.length + delegates.length === 0) return undefined;
  return { function: id, title: String(read(sight, id, 'name')?.value ?? nameOf(sight, id)), holders, delegates };
}

/** Statements of the twelve months that end with the day. */
function lately(view: View, said: readonly StoredEvent[], day: Day): EventAnswer[] {
  const { year, month, day: date } = civilFromDay(day);
  const yearAgo = dayFromCivil(year - 1, month, month === 2 && date === 29 ? 28 : date);
  return said.filter((event) => isVisible(view, event) && event.earliest <= day && event.latest > yearAgo).map(told);
}

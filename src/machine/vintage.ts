import { type Day, FOREVER, isoDay } from '../time/day.ts';
import { dayInWords } from '../time/words.ts';
import { kindNamed } from '../vocabulary/kinds.ts';
import type { BodyRef, OddValue, Vintage, VintageRange } from './answers.ts';
import { head, readKinds, type View } from './context.ts';
import { AskedWrongly } from './errors.ts';
import { knowledgeNotes } from './landscape.ts';
import type { Machine } from './machine.ts';
import { type NameIndex, type Naming, nameIndexOf } from './naming.ts';
import { coverageOf, sightAt } from './reader.ts';
import { bodyOf, type Meaning, meanings, nearTo } from './recognise.ts';
import { boundaryInWords } from './words.ts';

/** Days from the first to before the last. */
type Interval = readonly [from: Day, to: Day];

/** What the days between two changes have: how many values were valid on all of them, surely and at most. */
interface Segment {
  readonly from: Day;
  readonly to: Day;
  certain: number;
  possible: number;
}

export const vintage =
  (view: View): Machine['vintage'] =>
  (values, options = {}) => {
    const asked = [...new Set([...values].map((value) => value.trim()).filter((value) => value !== ''))];
    if (asked.length === 0) throw new AskedWrongly('no value was given', 'give codes, names or ids of bodies');
    const index = nameIndexOf(view);
    const { all, kind } = meanings(index, asked, readKinds(options.kind), undefined);
    const known = all.filter(({ namings }) => namings.length > 0);
    const ranges = rangesOf(known);
    const near = nearTo(view, index);
    const [best] = ranges;
    const odd = all.flatMap((meaning): OddValue[] => {
      if (meaning.namings.length === 0) return [{ ...unknown(meaning.value, near(meaning.value)) }];
      return best && isMissing(meaning, best) ? [oddOne(view, index, meaning, best)] : [];
    });
    const kinds = [...new Set(known.flatMap(({ namings }) => namings.flatMap(({ id }) => [...index.kinds(id)])))];
    const main = kind === undefined ? kinds : [kind];
    const days = best ? [best.from, best.to >= FOREVER ? best.from : best.to - 1] : [];
    const several = known.filter(({ namings }) => new Set(namings.map(({ id }) => id)).size > 1).length;
    return {
      ...head(view),
      kind: kind ?? null,
      values: asked.length,
      known: known.length,
      together: best !== undefined && best.values === known.length,
      ranges: ranges.map(
        ({ from, to, existence, values: valid }): VintageRange => ({
          from: isoDay(from),
          until: to >= FOREVER ? null : isoDay(to),
          existence,
          values: valid,
        }),
      ),
      odd,
      coverage: main
        .flatMap((one) => days.map((day) => coverageOf(view, one, day)))
        .filter((one, at, list) => list.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at),
      notes: [
        ...(several > 0
          ? [
              `${several} ${several === 1 ? 'value is' : 'values are'} shared by several bodies at one time or another: each counts on the days of any of them.`,
            ]
          : []),
        ...knowledgeNotes(sightAt(view, best?.from ?? view.context.today())),
      ],
    } satisfies Vintage;
  };

interface Range extends Segment {
  readonly existence: 'certain' | 'possible';
  readonly values: number;
}

/** The days on which most of the values were valid together, surely if there are such days, else possibly; longest first. */
function rangesOf(known: readonly Meaning[]): Range[] {
  if (known.length === 0) return [];
  const lives = known.map(({ namings }) => ({
    certain: union(namings.map(({ from, until }): Interval => [from.latest, until?.earliest ?? FOREVER])),
    possible: union(namings.map(({ from, until }): Interval => [from.earliest, until?.latest ?? FOREVER])),
  }));
  const days = [...new Set(lives.flatMap(({ certain, possible }) => [...certain, ...possible].flat()))].sort(
    (a, b) => a - b,
  );
  const place = new Map(days.map((day, at) => [day, at]));
  const tally = (which: 'certain' | 'possible') => {
    const changes = new Array<number>(days.length + 1).fill(0);
    for (const life of lives) {
      for (const [from, to] of life[which]) {
        const [first, last] = [place.get(from) as number, place.get(to) as number];
        changes[first] = (changes[first] as number) + 1;
        changes[last] = (changes[last] as number) - 1;
      }
    }
    let now = 0;
    return changes.map((change) => (now += change));
  };
  const [certain, possible] = [tally('certain'), tally('possible')];
  const segments = days.slice(0, -1).map((from, at) => ({
    from,
    to: days[at + 1] as Day,
    certain: certain[at] as number,
    possible: possible[at] as number,
  }));
  const most = (which: 'certain' | 'possible') => segments.reduce((top, each) => Math.max(top, each[which]), 0);
  const which = most('certain') < known.length && most('possible') > most('certain') ? 'possible' : 'certain';
  const top = most(which);
  const found: Range[] = [];
  let lastSet = '';
  for (const segment of segments.filter((each) => each[which] === top)) {
    // Two stretches side by side belong together when it is the same values that were valid.
    const set = lives
      .flatMap((life, at) => (life[which].some(([from, to]) => from <= segment.from && segment.to <= to) ? [] : [at]))
      .join();
    const last = found.at(-1);
    if (last && last.to === segment.from && set === lastSet) found[found.length - 1] = { ...last, to: segment.to };
    else found.push({ ...segment, existence: which, values: top });
    lastSet = set;
  }
  return found.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
}

/** Intervals joined where they meet; those that are empty are gone. */
function union(intervals: readonly Interval[]): Interval[] {
  const joined: [Day, Day][] = [];
  for (const [from, to] of intervals.filter(([from, to]) => from < to).sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function isMissing({ namings }: Meaning, { from, to, existence }: Range): boolean {
  const live = union(
    namings.map(
      (naming): Interval =>
        existence === 'certain'
          ? [naming.from.latest, naming.until?.earliest ?? FOREVER]
          : [naming.from.earliest, naming.until?.latest ?? FOREVER],
    ),
  );
  return !live.some(([begins, ends]) => begins <= from && to <= ends);
}

function unknown(value: string, near: readonly BodyRef[]): OddValue {
  return { value, reason: 'unknown', why: 'nothing in the record is called or coded so', bodies: [], near };
}

/** Why a value does not belong to the days on which most of the others were valid. */
function oddOne(view: View, index: NameIndex, { value, namings }: Meaning, { from, to }: Range): OddValue {
  const before = namings.filter(({ until }) => until !== undefined && until.earliest <= from);
  const after = namings.filter((naming) => naming.from.latest >= to);
  const nearest = before.at(-1) ?? after[0] ?? namings[0];
  const reason = before.length > 0 ? 'ended' : after.length > 0 ? 'began later' : 'not throughout';
  return {
    value,
    reason,
    why: nearest === undefined ? '' : sentence(index, nearest, reason),
    bodies: namings.map((naming) => bodyOf(view, naming, naming.from.latest)),
    near: [],
  };
}

function sentence(index: NameIndex, naming: Naming, reason: OddValue['reason']): string {
  const { id, what, from, until } = naming;
  const noun = what === 'id' ? 'body' : what === 'ods code' || what === 'gss code' ? 'code' : 'name';
  const goesOn =
    what !== 'id' &&
    until !== undefined &&
    index.lives(id).some((life) => (life.until?.earliest ?? FOREVER) > until.latest);
  const last =
    until === undefined
      ? ''
      : until.earliest === until.latest
        ? `until ${dayInWords(until.earliest - 1)}`
        : `until ${boundaryInWords(until)}`;
  const which = [...index.kinds(id)].map((kind) => kindNamed(kind)?.singular ?? kind).join(' or ');
  if (reason === 'ended') return `the ${noun} of a ${which} ${last}${goesOn ? ', which went on without it' : ''}`;
  if (reason === 'began later') return `the ${noun} of a ${which} from ${boundaryInWords(from)} on`;
  return `the ${noun} of a ${which} from ${boundaryInWords(from)}${last ? ` ${last}` : ''}: not on all of those days`;
}

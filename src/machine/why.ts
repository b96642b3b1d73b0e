import { isoDay } from '../time/day.ts';
import { dayInWords } from '../time/words.ts';
import type { EventAnswer, Existence, Why } from './answers.ts';
import { head, isVisible, knowledge, readCounted, readDay, readId, told, type View } from './context.ts';
import { type CountedThing, designationsOf, slugOf, tallyOf, titleOf } from './counting.ts';
import { AskedWrongly } from './errors.ts';
import { eventsOf } from './history.ts';
import type { Machine } from './machine.ts';
import {
  bodiesAt,
  bodyAt,
  coverageOf,
  designation,
  exists,
  kindOf,
  nameOf,
  type Sight,
  sightAt,
  standingOf,
  statusesOf,
} from './reader.ts';
import { boundaryInWords, tail } from './words.ts';

export const why =
  (view: View): Machine['why'] =>
  (of, at) => {
    const day = readDay(view.context, at, 'last');
    const sight = sightAt(view, day);
    const subject = subjectOf(view, of);
    const answer = 'id' in subject ? whyBody(sight, subject.id) : whyCount(sight, subject);
    return { at: isoDay(day), ...head(view), ...answer } satisfies Why;
  };

function subjectOf(view: View, of: string): CountedThing | { readonly id: string } {
  if (of.includes('/') && !of.startsWith('kind/') && !of.startsWith('status/')) return { id: readId(view, of) };
  return readCounted(view, of);
}

type Answer = Omit<Why, 'at' | keyof ReturnType<typeof head>>;

/** The chain of causes of an event, nearest first, cycle-safe. */
function causes(view: View, event: EventAnswer, seen = new Set<string>([event.id])): EventAnswer[] {
  const found: EventAnswer[] = [];
  for (const id of event.because) {
    if (seen.has(id)) continue;
    seen.add(id);
    const cause = view.context.wordings(id).find((wording) => isVisible(view, wording));
    if (!cause) continue;
    found.push(told(cause), ...causes(view, told(cause), seen));
  }
  return found;
}

function withCauses(view: View, key: string): EventAnswer[] {
  const event = told(view.context.event(key));
  return [event, ...causes(view, event)];
}

function whyBody(sight: Sight, id: string): Answer {
  const name = nameOf(sight, id);
  const coverage = [coverageOf(sight, kindOf(sight, id), sight.at)];
  const held = exists(sight, id);
  if (!held) return { of: id, title: name, ...whyNot(sight, id, name), coverage };
  const body = bodyAt(sight, { id, held, kind: kindOf(sight, id), sure: true });
  const reasons: Why['reasons'][number][] = [
    {
      subject: id,
      name,
      what: `it existed from ${boundaryInWords(held.from)}`,
      existence: body.existence,
      events: withCauses(sight, held.from.event),
    },
  ];
  if (held.until) {
    reasons.push({
      subject: id,
      name,
      what: `it was to exist until its end, ${boundaryInWords(held.until)}`,
      existence: body.existence,
      events: withCauses(sight, held.until.event),
    });
  }
  for (const attribute of ['name', 'kind', 'ods', 'gss', 'part-of']) {
    const values =
      attribute === 'part-of'
        ? sight.timeline.members(id, attribute, sight.moment).filter(({ member }) => exists(sight, member as string))
        : sight.timeline.values(id, attribute, sight.moment);
    for (const value of values) {
      if (value.from.event === held.from.event && attribute !== 'part-of') continue;
      const what =
        attribute === 'part-of'
          ? `it was part of ${nameOf(sight, value.member as string)}`
          : `its ${attribute} was ${value.value}`;
      reasons.push({
        subject: id,
        name,
        what,
        existence: value.expected ? 'expected' : value.certainty,
        events: withCauses(sight, value.from.event),
      });
    }
  }
  for (const status of statusesOf(sight, id)) {
    const events = sight.timeline
      .bearers('holder', id, sight.moment)
      .filter(({ subject }) => designation(sight, subject)?.status === `status/${status.status}`)
      .flatMap(({ subject, held: holding }) => [
        ...(exists(sight, subject) ? withCauses(sight, (exists(sight, subject) ?? holding).from.event) : []),
        ...withCauses(sight, holding.from.event),
      ])
      .filter((event, position, all) => all.findIndex((other) => other.id === event.id) === position);
    reasons.push({
      subject: id,
      name,
      what: `it held the status of ${status.title}${status.wave ? ` (${status.wave})` : ''}`,
      existence: status.existence,
      events,
    });
  }
  const sure = {
    certain: 'It existed',
    possible: 'It may have existed',
    expected: 'It was expected to exist',
    hypothetical: 'It would have existed',
  }[body.existence];
  return {
    of: id,
    title: name,
    answer: `${sure} on ${dayInWords(sight.at)}${body.because ? `: ${body.because}` : ''}.`,
    reasons,
    coverage,
  };
}

function whyNot(sight: Sight, id: string, name: string): Pick<Why, 'answer' | 'reasons'> {
  const spells = sight.timeline.spells(id, 'exists', knowledge(sight)).filter(({ value }) => value === true);
  const events = eventsOf(sight, id);
  const [first] = spells;
  if (!first) {
    if (events.length === 0)
      throw new AskedWrongly(
        `nothing of ${id} was known by then`,
        'leave --published-by or --recorded-by out, or give a later day',
      );
    return {
      answer: `${name} is spoken of in the record, but is not a thing that exists or ends.`,
      reasons: [{ subject: id, name, what: 'it is spoken of', existence: 'certain', events }],
    };
  }
  const ended = spells.findLast(({ until }) => until !== undefined && until.earliest <= sight.at);
  if (ended?.until) {
    return {
      answer: `It did not exist on ${dayInWords(sight.at)}: it had ended, ${boundaryInWords(ended.until)}.`,
      reasons: [
        {
          subject: id,
          name,
          what: `it ended, ${boundaryInWords(ended.until)}`,
          existence: 'ended',
          events: withCauses(sight, ended.until.event),
        },
      ],
    };
  }
  return {
    answer: `It did not exist on ${dayInWords(sight.at)}: it began later, ${boundaryInWords(first.from)}.`,
    reasons: [
      {
        subject: id,
        name,
        what: `it began, ${boundaryInWords(first.from)}`,
        existence: 'expected',
        events: withCauses(sight, first.from.event),
      },
    ],
  };
}

function whyCount(sight: Sight, thing: CountedThing): Answer {
  const title = titleOf(sight, thing);
  const coverage = [coverageOf(sight, slugOf(thing), sight.at)];
  const { certain, possible, expected } = tallyOf(sight, thing);
  const total = `${certain}${possible > certain ? ` certain, at most ${possible}` : ''}${expected > 0 ? `, ${expected} expected` : ''}`;
  if ('kind' in thing) {
    const reasons = bodiesAt(sight, new Set([thing.kind]))
      .map((standing) => ({
        subject: standing.id,
        name: nameOf(sight, standing.id),
        what: `existed from ${boundaryInWords(standing.held.from)}${standing.sure ? '' : '; its kind on this day is not certain'}`,
        existence: standingOf(sight, standing),
        events: [told(sight.context.event(standing.held.from.event))],
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return { of: thing.kind, title, answer: `${total} on ${dayInWords(sight.at)}.`, reasons, coverage };
  }
  const living = designationsOf(sight, thing.status);
  const alive = new Set(living.map(({ id }) => id));
  const everyone = sight.timeline.everBearers('status', thing.status);
  const gone = everyone
    .filter((id) => !alive.has(id))
    .map((id) => ({
      id,
      spell: sight.timeline.spells(id, 'exists', knowledge(sight)).find(({ from }) => from.earliest <= sight.at),
    }))
    .filter(({ spell }) => spell?.until !== undefined && spell.until.earliest <= sight.at);
  const waveOf = (id: string) => String(sight.timeline.spells(id, 'wave', knowledge(sight))[0]?.value ?? 'no wave');
  const perWave = new Map<string, number>();
  for (const id of [...alive, ...gone.map((one) => one.id)])
    perWave.set(waveOf(id), (perWave.get(waveOf(id)) ?? 0) + 1);
  const waves = [...perWave].sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = waves.map(([wave, n]) => `${n} (${wave})`).join(' + ');
  const minus = gone.length > 0 ? ` − ${gone.length} that had ended or been absorbed` : '';
  const named = living.map(({ holders, existence, held, wave }): Why['reasons'][number] => ({
    subject: String(holders[0]?.value),
    name: holders.map(({ value }) => nameOf(sight, String(value))).join(' or '),
    what: `${wave ?? 'designated'}, since ${boundaryInWords(held.from)}${holders.length > 1 ? '; which of them held it is not certain on this day' : ''}`,
    existence: existence satisfies Existence,
    events: [told(sight.context.event(held.from.event))],
  }));
  const ended = gone.map(({ id, spell }): Why['reasons'][number] => {
    const until = spell?.until as NonNullable<typeof spell>['until'] & object;
    const into = sight.timeline.spells(id, 'into', knowledge(sight))[0]?.value;
    return {
      subject: id,
      name: nameOf(sightAt(sight, until.earliest - 1), id),
      what: `${waveOf(id)}; ended, ${boundaryInWords(until)}${typeof into === 'string' ? `, absorbed by ${nameOf(sight, into)}` : ''}`,
      existence: 'ended',
      events: [told(sight.context.event(until.event))],
    };
  });
  return {
    of: tail(thing.status),
    title,
    answer: `${total} on ${dayInWords(sight.at)}${waves.length > 0 ? `: ${sum}${minus}` : ''}.`,
    reasons: [
      ...named.sort((a, b) => (a.what < b.what ? -1 : a.what > b.what ? 1 : a.name < b.name ? -1 : 1)),
      ...ended,
    ],
    coverage,
  };
}

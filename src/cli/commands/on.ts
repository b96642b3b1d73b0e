import { grouped } from '../../exporters/grouped.ts';
import type { Sheet } from '../../exporters/sheet.ts';
import type { Body, Coverage, EventAnswer, Landscape, PlanAnswer } from '../../machine/answers.ts';
import type { Machine } from '../../machine/machine.ts';
import { listed } from '../../machine/words.ts';
import { isoDay, parseIsoDay } from '../../time/day.ts';
import type { Command } from '../command.ts';
import { tell } from '../format/answer.ts';
import { askedInWords, dateInWords, lastDayInWords, onAsked, yearFirst } from '../format/dates.ts';
import {
  type Block,
  cite,
  type Document,
  heading,
  type Inline,
  items,
  type Line,
  next,
  paragraph,
  strong,
  table,
  title,
} from '../format/document.ts';
import {
  capital,
  closing,
  codesInWords,
  coverageInWords,
  coverageLines,
  coverageSpan,
  kindInWords,
  kindRank,
  kindToType,
  lensOf,
  nameOf,
  sentence,
  sourcesOf,
  statusInWords,
} from '../format/parts.ts';
import { COMMON, LENS, SELECTION, WITHOUT } from '../options.ts';
import { quoted } from '../resolve.ts';
import { selectionOf } from '../selection.ts';
import { tellWithout } from './without.ts';

export const command: Command = {
  name: 'on',
  summary:
    'What existed on a day: which bodies, under which names and codes, in what relation, by which event, according to whom, and how sure.',
  arguments: [
    {
      usage: '[date…]',
      summary:
        'the day, as you would write it (default: today); a month or a year asks what existed throughout it or at some time in it',
    },
  ],
  options: [
    { flags: '--all', summary: 'name every body, instead of summing up long lists by kind' },
    ...SELECTION,
    ...LENS,
    {
      ...WITHOUT,
      summary:
        'tell what would differ without this event and all that names it as its cause; hypothetical on every line',
    },
    ...COMMON,
  ],
  examples: [
    { line: 'stood on 2013-04-01', means: 'the day the reforms of 2012 came into force' },
    { line: 'stood on 1 July 2022 --kind ICB', means: 'every integrated care board on its first day' },
    {
      line: 'stood on 2019-12-31 --kind CCG --part-of system/kent-and-medway',
      means: 'the clinical commissioning groups of one system',
    },
    {
      line: 'stood on 2022-04-01 --published-by 2021-11-01',
      means: 'what was then expected to exist, seen from five months before',
    },
    { line: 'stood on 2018-06 --format csv > june-2018.csv', means: 'a month, as a table for other programs' },
  ],
  details: [
    'Everything is certain, possible or not so: possible when the sources leave the date open and some reading of it makes it so. What lies beyond the record’s coverage, or beyond what was public by --published-by, is expected.',
    'JSON is the whole answer, provenance included. CSV has one row a body: id, name, kind, ods, gss, existence, from, until, part_of, part_of_gss, status. Dates are ISO or EDTF; until is the first day on which the body is no more; part_of lists ids nearest first, joined by “;”, and part_of_gss the GSS codes of those that have one; status lists statuses held, joined by “;”.',
  ],
  async run(ctx) {
    const machine = await ctx.machine();
    const selection = await selectionOf(ctx);
    if (ctx.options.without !== undefined) return tellWithout(ctx, ctx.options.without, ctx.args.join(' ') || 'today');
    const landscape = machine.at(ctx.args.join(' ') || 'today', { ...lensOf(ctx), ...selection });
    const summed = !(ctx.options.all || ctx.options.kind || ctx.options.partOf);
    await tell(ctx, {
      data: landscape,
      document: () => (ctx.format === 'markdown' ? markdownOf(landscape) : textOf(landscape, machine, summed)),
      sheet: () => sheetOf(landscape),
      notes: [`As it stood ${onAsked(landscape.at)}.`, ...landscape.notes.map(sentence)],
    });
    return 0;
  },
};

function sheetOf({ bodies }: Landscape): Sheet {
  return {
    header: ['id', 'name', 'kind', 'ods', 'gss', 'existence', 'from', 'until', 'part_of', 'part_of_gss', 'status'],
    rows: bodies.map((body) => [
      body.id,
      body.name,
      body.kind,
      body.codes.ods,
      body.codes.gss,
      body.existence,
      body.from,
      body.until,
      body.partOf.map(({ id }) => id).join(';'),
      body.partOf.flatMap(({ codes }) => codes.gss ?? []).join(';'),
      body.status.map(({ status }) => status).join(';'),
    ]),
  };
}

interface Group {
  readonly kind: string;
  readonly bodies: readonly Body[];
  readonly coverage: Coverage | undefined;
}

function groupsOf({ bodies, coverage }: Landscape, wanted: (body: Body) => boolean): Group[] {
  return [...grouped(bodies.filter(wanted), ({ kind }) => kind)]
    .sort(([a], [b]) => kindRank(a) - kindRank(b))
    .map(([kind, members]) => ({
      kind,
      bodies: members,
      coverage: coverage.find(({ of }) => of === kind || of === `kind/${kind}`),
    }));
}

const NOT_COVERED = /^Not covered: */;

const isExpected = (body: Body) => body.existence === 'expected';

/** Sources cited for each line of a summary; the whole answer has them all. */
const CITED = 1;

/** How many bodies of a group are named before the rest is summed up. */
const NAMED = 5;

function textOf(landscape: Landscape, machine: Machine, summed: boolean): Document {
  const groups = groupsOf(landscape, (body) => !isExpected(body));
  const eyes = landscape.publishedBy ? `, as seen from ${askedInWords(landscape.publishedBy)}` : '';
  // Who looks ahead asks for what was expected.
  const foreseen = landscape.publishedBy !== null && landscape.publishedBy < landscape.at;
  const titles = new Map(machine.milestones().map((each) => [each.milestone, each.title]));
  return [
    title(`The English NHS as it stood ${onAsked(landscape.at)}${eyes}`),
    ...nothingBlocks(landscape, groups),
    ...(foreseen ? expectedBlocks(landscape, summed) : []),
    ...groups.flatMap((group) =>
      summed && group.bodies.length > NAMED ? summary(group, machine, titles, landscape) : named(group, summed),
    ),
    ...(foreseen ? [] : expectedBlocks(landscape, summed)),
    ...noneBlocks(landscape, groups),
    ...uncoveredBlocks(landscape, groups, summed),
    ...closing(
      landscape.notes.filter((note) => groups.length > 0 || !NOT_COVERED.test(note)),
      landscape.edition,
    ),
    ...(summed ? [nextBlock(landscape, groups)] : []),
  ];
}

function nothingBlocks(landscape: Landscape, groups: readonly Group[]): Block[] {
  if (groups.length > 0) return [];
  const said = landscape.notes.find((note) => NOT_COVERED.test(note));
  if (said) return [paragraph([strong('Not covered: '), sentence(said.replace(NOT_COVERED, ''))])];
  const covered = landscape.coverage.filter(({ completeness }) => completeness !== 'none');
  const day = askedInWords(landscape.at);
  if (covered.length === 0) {
    const spans = landscape.coverage.filter(({ from }) => from !== null);
    const first = spans.map(({ from }) => from ?? '').sort()[0];
    const last = spans
      .map(({ to }) => to ?? '9999')
      .sort()
      .at(-1);
    const reach =
      first === undefined
        ? ''
        : ` The record reaches ${coverageSpan({ from: first, to: last === '9999' ? null : (last ?? null) })}.`;
    return [
      paragraph([
        strong('Not covered: '),
        `the record does not say what existed on ${day}.${reach} That is not to say that nothing did.`,
      ]),
    ];
  }
  const { publishedBy } = landscape;
  if (publishedBy !== null && publishedBy < yearFirst(landscape.at)) {
    return [
      paragraph([
        strong('None expected: '),
        `nothing public by ${dateInWords(publishedBy)} spoke of any for ${day}, as far as the record holds its sources.`,
      ]),
    ];
  }
  const complete = covered.every(({ completeness }) => completeness === 'complete');
  const kinds = covered.map(({ of }) => kindInWords(of)).join(', ');
  return [
    paragraph([
      strong('None: '),
      complete
        ? `the record is complete for ${kinds} on ${day}, and holds none as asked.`
        : `the record holds none as asked on ${day}, but is only partial for ${kinds}.`,
    ]),
  ];
}

function headingOf({ kind, bodies, coverage }: Group): Block {
  const certain = bodies.filter(({ existence }) => existence === 'certain').length;
  const others = (['possible', 'expected', 'hypothetical'] as const).flatMap((wanted) => {
    const count = bodies.filter(({ existence }) => existence === wanted).length;
    return count > 0 ? [`${count} ${wanted}`] : [];
  });
  const count = [...(certain > 0 || others.length === 0 ? [String(certain)] : []), ...others].join(', and ');
  return heading(`${capital(kindInWords(kind))}: ${count} (${coverageInWords(coverage)})`);
}

function named(group: Group, summed: boolean): Block[] {
  return [headingOf(group), items(group.bodies.map((body) => bodyLine(body, summed ? CITED : undefined)))];
}

function bodyLine(body: Body, mostSources?: number): Line {
  const codes = codesInWords(body.codes);
  const parts: Inline[] = [strong(nameOf(body))];
  if (codes) parts.push(` (${codes})`);
  if (nameOf(body) !== body.id) parts.push(`, ${body.id}`);
  parts.push(`, since ${dateInWords(body.from)}`);
  if (body.until !== null) parts.push(`, until ${lastDayInWords(body.until)}`);
  if (body.during === 'at some time') parts.push(', for part of the time asked about');
  if (body.status.length > 0) parts.push(`; ${body.status.map(statusInWords).join(', ')}`);
  if (body.partOf.length > 0)
    parts.push(
      `; part of ${listed(body.partOf.map((parent) => `${nameOf(parent)}${parent.existence === 'possible' ? ' (possibly)' : ''}`))}`,
    );
  if (body.existence !== 'certain')
    parts.unshift(
      `${capital({ possible: 'possibly', expected: 'expected', hypothetical: 'hypothetically' }[body.existence])}: `,
    );
  if (body.because) parts.push(`. ${sentence(body.because)}`);
  parts.push(
    ' ',
    cite(sourcesOf([body.began, body.existence === 'possible' ? body.ends : undefined]).slice(0, mostSources)),
  );
  return parts;
}

function summary(group: Group, machine: Machine, titles: ReadonlyMap<string, string>, { at }: Landscape): Block[] {
  const { bodies, kind } = group;
  const possible = bodies.filter(({ existence }) => existence === 'possible');
  const origins = originsOf(bodies);
  const shown = origins.slice(0, 2);
  const rest = origins.slice(2);
  const others = rest.reduce((total, { members }) => total + members.length, 0);
  const examples = bodies
    .filter(({ existence }) => existence !== 'possible')
    .slice(0, 3)
    .map(nameOf);
  return [
    headingOf(group),
    items([
      ...shown.map((origin) => originLine(origin, machine, titles)),
      ...(others > 0
        ? [`${others} more with ${rest.length === 1 ? 'another event' : `${rest.length} other events`}`]
        : []),
      ...statusLines(bodies),
      ...possible.slice(0, 6).map((body) => bodyLine(body, CITED + 1)),
      `For instance ${examples.join('; ')}. All: stood on ${quoted(at)} --kind ${kindToType(kind)}`,
    ]),
  ];
}

interface Origin {
  readonly milestone: string;
  readonly members: readonly Body[];
}

function originsOf(bodies: readonly Body[]): Origin[] {
  return [...grouped(bodies, ({ began }) => began.event.split('/')[0] ?? '')]
    .map(([milestone, members]) => ({ milestone, members }))
    .sort((a, b) => b.members.length - a.members.length);
}

function originLine({ milestone, members }: Origin, machine: Machine, titles: ReadonlyMap<string, string>): Line {
  const days = [...new Set(members.map(({ from }) => from))].sort((a, b) => (yearFirst(a) < yearFirst(b) ? -1 : 1));
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const since =
    days.length === 1 ? `since ${dateInWords(first)}` : `begun from ${dateInWords(first)} to ${dateInWords(last)}`;
  const laws = lawsBehindAll(
    members.map(({ began }) => began.event),
    machine,
  );
  return [
    `${members.length} ${since}: ${sentence(titles.get(milestone) ?? milestone)} `,
    cite(sourcesOf(members.map(({ began }) => began)).slice(0, CITED)),
    ...laws.flatMap((law): Inline[] => [` Under: ${sentence(law.sentence)} `, cite(law.sources.slice(0, CITED))]),
  ];
}

/** Of many bodies of one milestone these are asked for their law: the first, the last and some between. */
const ASKED_FOR_LAW = 4;

/** The law behind all of these events, when it is one and the same. */
function lawsBehindAll(events: readonly string[], machine: Machine): EventAnswer[] {
  const step = Math.max(1, (events.length - 1) / (ASKED_FOR_LAW - 1));
  const asked = new Set(
    Array.from({ length: ASKED_FOR_LAW }, (_, i) => events[Math.min(events.length - 1, Math.round(i * step))]),
  );
  const found = [...asked].map((event) => lawsBehind(event, machine));
  const same = new Set(found.map((laws) => laws.map(({ id }) => id).join(' ')));
  return same.size === 1 ? (found[0] ?? []) : [];
}

const LAW = new Set(['LegislationEnacted', 'ProvisionCommenced']);

/** The law that an event names as its cause, however far up; the nearest only. */
function lawsBehind(event: string | undefined, machine: Machine): EventAnswer[] {
  const seen = new Set<string>();
  let level = event === undefined ? [] : [event];
  while (level.length > 0 && seen.size < 50) {
    for (const id of level) seen.add(id);
    const told = level.map((id) => machine.event(id));
    const laws = told.filter(({ type }) => LAW.has(type));
    if (laws.length > 0) return laws.slice(0, 2);
    level = [...new Set(told.flatMap(({ because }) => because))].filter((id) => !seen.has(id));
  }
  return [];
}

function statusLines(bodies: readonly Body[]): Line[] {
  const titles = new Map<string, { certain: number; possible: number }>();
  for (const { status } of bodies) {
    for (const { title: name, existence } of status) {
      const count = titles.get(name) ?? { certain: 0, possible: 0 };
      count[existence === 'certain' ? 'certain' : 'possible']++;
      titles.set(name, count);
    }
  }
  return [...titles].map(
    ([name, { certain, possible }]) =>
      `${certain} held the status “${name}”${possible > 0 ? `, ${possible} more possibly` : ''}`,
  );
}

function expectedBlocks(landscape: Landscape, summed: boolean): Block[] {
  const groups = groupsOf(landscape, isExpected);
  if (groups.length === 0 && landscape.expected.length === 0) return [];
  const eyes = landscape.publishedBy ? `, as seen from ${askedInWords(landscape.publishedBy)}` : '';
  return [
    heading(`Expected${eyes}`),
    ...groups.flatMap(({ kind, bodies }): Block[] =>
      summed && bodies.length > NAMED
        ? [
            paragraph(
              [
                `${capital(kindInWords(kind))}: ${bodies.length}, for instance ${bodies.slice(0, 3).map(nameOf).join('; ')}. ${sentence(bodies[0]?.because ?? '')} `,
                cite(sourcesOf(bodies.map(({ began }) => began)).slice(0, 3)),
              ],
              2,
            ),
          ]
        : [
            paragraph(`${capital(kindInWords(kind))}: ${bodies.length}`, 2),
            items(
              bodies.map((body) => bodyLine(body)),
              4,
            ),
          ],
    ),
    ...(landscape.expected.length > 0 ? [items(landscape.expected.map(planLine))] : []),
  ];
}

function planLine(plan: PlanAnswer): Line {
  const came = {
    open: '',
    revised: `Revised ${plan.revised?.date ?? ''} `,
    met: `Met ${plan.resolved?.date ?? ''} `,
    missed: plan.resolved ? `Missed ${plan.resolved.date} ` : 'Not met by then. ',
    abandoned: `Abandoned ${plan.resolved?.date ?? ''} `,
  }[plan.state];
  const outcome = plan.resolved ?? plan.revised;
  return [
    strong(`${capital(plan.expectedText)}: `),
    sentence(plan.promise),
    ` Announced ${plan.announced.date} `,
    cite(plan.announced.sources),
    ` ${came}`,
    cite(outcome?.sources ?? []),
  ];
}

/** Kinds of which there were none, and the record knows it: a person should not take silence for that. */
function noneBlocks({ at, coverage, publishedBy }: Landscape, groups: readonly Group[]): Block[] {
  if (publishedBy !== null && publishedBy < yearFirst(at)) return [];
  const none = coverage.filter(
    ({ of, completeness }) => completeness === 'complete' && !groups.some(({ kind }) => kind === of),
  );
  if (none.length === 0) return [];
  return [heading('None on this day'), items([`${capital(listed(none.map(({ of }) => kindInWords(of))))}.`])];
}

function uncoveredBlocks({ coverage }: Landscape, groups: readonly Group[], summed: boolean): Block[] {
  const silent = coverage.filter(
    ({ of, completeness }) =>
      completeness === 'none' && !groups.some(({ kind }) => kind === of || `kind/${kind}` === of),
  );
  const partial = summed ? [] : coverageLines(coverage.filter(({ completeness }) => completeness === 'partial'));
  if (silent.length === 0 && partial.length === 0) return [];
  const spans = grouped(silent, coverageSpan);
  return [
    heading('What the record does not say'),
    items([
      ...[...spans].map(([span, kinds]) =>
        `Covered only ${span}: ${kinds.map(({ of }) => kindInWords(of)).join(', ')}.`.replace(
          'Covered only on no day',
          'Not covered at all',
        ),
      ),
      ...partial,
    ]),
  ];
}

function nextBlock({ at, publishedBy }: Landscape, groups: readonly Group[]): Block {
  const isComplete = ({ coverage }: Group) => coverage?.completeness === 'complete';
  const biggest = [...groups].sort(
    (a, b) => Number(isComplete(b)) - Number(isComplete(a)) || b.bodies.length - a.bodies.length,
  )[0];
  const day = parseIsoDay(at);
  const lines: [string, string][] = [];
  if (biggest) {
    lines.push([`stood why ${kindToType(biggest.kind)} --at ${quoted(at)}`, 'explain the number']);
  }
  if (day !== undefined) {
    lines.push([`stood diff ${isoDay(day - 1)} ${at}`, 'what changed that day']);
    if (!publishedBy)
      lines.push([`stood on ${at} --published-by ${isoDay(day - 180)}`, 'what was expected half a year before']);
  }
  lines.push(['stood help on', 'every way to ask']);
  return next(...lines);
}

function markdownOf(landscape: Landscape): Document {
  const groups = groupsOf(landscape, () => true);
  const plans = landscape.expected;
  return [
    title(`The English NHS as it stood ${onAsked(landscape.at)}`),
    ...nothingBlocks(landscape, groups),
    ...groups.flatMap((group): Block[] => [
      headingOf(group),
      table(
        ['Name', 'Id', 'ODS', 'GSS', 'From', 'Until', 'Part of', 'Status', 'Certainty'],
        group.bodies.map((body) => [
          [nameOf(body), cite(sourcesOf([body.began]))],
          body.id,
          body.codes.ods ?? '',
          body.codes.gss ?? '',
          dateInWords(body.from),
          body.until === null ? '' : [lastDayInWords(body.until), cite(sourcesOf([body.ends]))],
          body.partOf.map(nameOf).join('; '),
          body.status.map(statusInWords).join('; '),
          body.existence,
        ]),
      ),
    ]),
    ...(plans.length > 0 ? [heading('Expected'), items(plans.map(planLine))] : []),
    ...closing([...coverageLines(landscape.coverage), ...landscape.notes], landscape.edition),
  ];
}

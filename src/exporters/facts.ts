import type { EventAnswer, Material, MaterialBody, MaterialSpell } from '../machine/index.ts';

const SPELLS = ['existence', 'name', 'code', 'kind', 'relation', 'status'] as const;
const OF_SPELL = ['value', 'from', 'until', 'certainty', 'events'] as const;
const OF_SUCCESSION = ['from', 'to', 'how', 'date', 'shares', 'event'] as const;
const OF_EVENT = [
  'type',
  'milestone',
  'date',
  'basis',
  'sentence',
  'sources',
  'because',
  'dissent',
  'alsoDated',
  'confidence',
  'publicFrom',
  'recorded',
  'note',
] as const;
const OF_SOURCE = ['title', 'publisher', 'kind', 'url', 'published', 'accessed', 'licence', 'note'] as const;
const OF_MILESTONE = ['title', 'summary', 'themes'] as const;
const OF_ANSWER = ['edition', 'clocks', 'selection', 'coverage', 'notes'] as const;

export type FactField =
  | `${(typeof SPELLS)[number]}.${(typeof OF_SPELL)[number]}`
  | `succession.${(typeof OF_SUCCESSION)[number]}`
  | `event.${(typeof OF_EVENT)[number]}`
  | `source.${(typeof OF_SOURCE)[number]}`
  | `milestone.${(typeof OF_MILESTONE)[number]}`
  | `answer.${(typeof OF_ANSWER)[number]}`;

/** Every field of a fact: what an exporter must say of, one by one, that it keeps, converts or drops it. */
export const FACT_FIELDS: readonly FactField[] = [
  ...SPELLS.flatMap((what) => OF_SPELL.map((part): FactField => `${what}.${part}`)),
  ...OF_SUCCESSION.map((part): FactField => `succession.${part}`),
  ...OF_EVENT.map((part): FactField => `event.${part}`),
  ...OF_SOURCE.map((part): FactField => `source.${part}`),
  ...OF_MILESTONE.map((part): FactField => `milestone.${part}`),
  ...OF_ANSWER.map((part): FactField => `answer.${part}`),
];

/** The value of a date that is not there, because no end is known of. */
export const OPEN = 'open';

/**
 * One statement of the material, taken apart: of which record (`icb/devon`, an event, a source, a succession written
 * `from > to by event`), which field, and its value as text. Lists are joined by `; `, objects are JSON.
 * Several spells of one body are told apart by `nth`, from 0 in their order.
 */
export interface Fact {
  readonly record: string;
  readonly field: FactField;
  readonly nth: number;
  readonly value: string;
}

/** Every fact of the material: what an export either holds or must name in its loss report. */
export function factsOf(material: Material): Fact[] {
  const facts: Fact[] = [];
  const say = (record: string, nth: number, field: FactField, value: string | null | undefined) => {
    if (value !== undefined && value !== null && value !== '') facts.push({ record, field, nth, value });
  };
  for (const body of material.bodies) bodyFacts(body, say);
  for (const { from, to, how, date, shares, via } of material.links) {
    const record = `${from} > ${to} by ${via.event}`;
    say(record, 0, 'succession.from', from);
    say(record, 0, 'succession.to', to);
    say(record, 0, 'succession.how', how);
    say(record, 0, 'succession.date', date);
    say(record, 0, 'succession.shares', shares.length > 0 ? JSON.stringify(shares) : null);
    say(record, 0, 'succession.event', via.event);
  }
  for (const event of [...material.events, ...material.cited]) eventFacts(event, say);
  for (const source of material.sources) {
    for (const part of OF_SOURCE) say(source.source, 0, `source.${part}`, source[part]);
  }
  for (const { milestone, title, summary, themes } of material.milestones) {
    say(milestone, 0, 'milestone.title', title);
    say(milestone, 0, 'milestone.summary', summary);
    say(milestone, 0, 'milestone.themes', themes.join('; '));
  }
  const { edition, publishedBy, recordedBy, dates, selection, coverage, notes } = material;
  say('answer', 0, 'answer.edition', edition);
  say('answer', 0, 'answer.clocks', JSON.stringify({ publishedBy, recordedBy, dates }));
  say('answer', 0, 'answer.selection', JSON.stringify(selection));
  say('answer', 0, 'answer.coverage', coverage.length > 0 ? JSON.stringify(coverage) : null);
  say('answer', 0, 'answer.notes', notes.join('; '));
  return facts;
}

type Say = (record: string, nth: number, field: FactField, value: string | null | undefined) => void;

/** The spells of a body by what they tell, each with the value that its facts carry. */
export function spellsOf(
  body: MaterialBody,
): { readonly what: (typeof SPELLS)[number]; readonly spell: MaterialSpell; readonly value: string }[] {
  return [
    ...body.existence.map((spell) => ({ what: 'existence' as const, spell, value: 'exists' })),
    ...body.names.map((spell) => ({ what: 'name' as const, spell, value: spell.value })),
    ...body.codeSpells.map((spell) => ({ what: 'code' as const, spell, value: `${spell.system} ${spell.value}` })),
    ...body.kinds.map((spell) => ({ what: 'kind' as const, spell, value: spell.value })),
    ...body.relations.map((spell) => ({
      what: 'relation' as const,
      spell,
      value: `${spell.relation} ${spell.value}`,
    })),
    ...body.statuses.map((spell) => ({
      what: 'status' as const,
      spell,
      value: `${spell.value}; ${spell.title}${spell.wave ? `; ${spell.wave}` : ''}`,
    })),
  ];
}

function bodyFacts(body: MaterialBody, say: Say): void {
  const nths = new Map<string, number>();
  for (const { what, spell, value } of spellsOf(body)) {
    const nth = nths.get(what) ?? 0;
    nths.set(what, nth + 1);
    say(body.id, nth, `${what}.value`, value);
    say(body.id, nth, `${what}.from`, spell.from);
    say(body.id, nth, `${what}.until`, spell.until ?? OPEN);
    say(body.id, nth, `${what}.certainty`, spell.certainty);
    say(body.id, nth, `${what}.events`, [spell.began.event, ...(spell.ends ? [spell.ends.event] : [])].join('; '));
  }
}

function eventFacts(event: EventAnswer, say: Say): void {
  const { id } = event;
  say(id, 0, 'event.type', event.type);
  say(id, 0, 'event.milestone', event.milestone);
  say(id, 0, 'event.date', event.date);
  say(id, 0, 'event.basis', event.basis);
  say(id, 0, 'event.sentence', event.sentence);
  say(id, 0, 'event.sources', event.sources.map(({ source, at }) => (at ? `${source}, ${at}` : source)).join('; '));
  say(id, 0, 'event.because', event.because.join('; '));
  say(
    id,
    0,
    'event.dissent',
    event.dissent.length > 0
      ? JSON.stringify(event.dissent.map(({ source, says, ruling }) => ({ source: source.source, says, ruling })))
      : null,
  );
  say(id, 0, 'event.alsoDated', event.alsoDated.length > 0 ? JSON.stringify(event.alsoDated) : null);
  say(id, 0, 'event.confidence', event.confidence);
  say(id, 0, 'event.publicFrom', event.publicFrom);
  say(id, 0, 'event.recorded', event.recorded);
  say(id, 0, 'event.note', event.note);
}

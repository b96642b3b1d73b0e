import { isoDay, parseIsoDay } from '../../../src/time/day.ts';
import type { Reader, Recovered } from './index.ts';
import { textOf } from './index.ts';

type Point = { readonly in?: string; readonly earliest?: string; readonly latest?: string };

interface When {
  readonly timespans: readonly { readonly start: Point; readonly end?: Point }[];
  readonly certainty?: string;
}

interface Attested {
  readonly when?: When;
  readonly citations?: readonly { readonly '@id': string; readonly label: string }[];
}

/** What this reader knows of a Linked Places collection. */
export interface LinkedPlaces {
  readonly type: string;
  readonly '@context': string;
  readonly identifier: string;
  readonly features: readonly {
    readonly '@id': string;
    readonly type: string;
    readonly properties: { title: string; codes: readonly ({ system: string; code: string } & Attested)[] };
    readonly when?: When;
    readonly names: readonly ({ toponym: string } & Attested)[];
    readonly types: readonly ({ identifier: string; label: string; sourceLabels?: { label: string }[] } & Attested)[];
    readonly geometry: { type: string; geometries: unknown[] };
    readonly relations: readonly ({
      relationType: string;
      relationTo: string;
      label: string;
      certainty?: string;
    } & Attested)[];
    readonly descriptions: readonly { '@id': string; value: string }[];
  }[];
}

const WORDS: Record<string, string> = { certain: 'certain', 'less-certain': 'possible', uncertain: 'expected' };
const ending = (uri: string) => uri.replace(/^urn:as-it-stood:[a-z]+:/, '');
const nextDay = (iso: string) => {
  const day = parseIsoDay(iso);
  return day === undefined ? iso : isoDay(day + 1);
};

/** A date as its point says; “during” it where nothing else is said. */
function date({ in: during, earliest, latest }: Point): string {
  return during ?? `[${earliest}..${latest}]`;
}

/** The first day no longer, of the last days; no latest end is no end known of. */
function until(end: Point | undefined): string {
  if (end === undefined) return 'during the start';
  if (end.in !== undefined) return nextDay(end.in);
  return end.latest === undefined ? 'open' : `[${nextDay(end.earliest ?? '')}..${nextDay(end.latest)}]`;
}

/** Read as GeoJSON, with the meanings that the format's own page gives. */
export const readLinkedPlaces: Reader = (output) => {
  const { identifier, features } = JSON.parse(textOf(output)) as LinkedPlaces;
  const facts: Recovered[] = [{ record: 'answer', field: 'answer.edition', value: identifier }];
  const say = (record: string, field: string, value: string | undefined) => {
    if (value !== undefined) facts.push({ record, field, value });
  };
  for (const { '@id': iri, properties, when, names, types, relations, descriptions } of features) {
    const id = ending(iri);
    const time = (what: string, { timespans, certainty }: When) => {
      for (const { start, end } of timespans) {
        say(id, `${what}.from`, date(start));
        say(id, `${what}.until`, until(end));
        say(id, `${what}.certainty`, WORDS[certainty ?? '']);
      }
    };
    const attested = (what: string, value: string, { when: at, citations = [] }: Attested) => {
      if (!at) return;
      say(id, `${what}.value`, value);
      time(what, at);
      const events = citations.map((one) => one['@id']).filter((one) => one.startsWith('urn:as-it-stood:event:'));
      say(id, `${what}.events`, events.map(ending).join('; '));
    };
    if (when) {
      for (const _ of when.timespans) say(id, 'existence.value', 'exists');
      time('existence', when);
    }
    for (const { system, code, ...rest } of properties.codes) attested('code', `${system} ${code}`, rest);
    for (const { toponym, ...rest } of names) attested('name', toponym, rest);
    for (const { identifier: type, label, sourceLabels = [], ...rest } of types) {
      const wave = sourceLabels.map((one) => `; ${one.label}`).join('');
      if (type.includes(':kind:')) attested('kind', ending(type), rest);
      else attested('status', `${ending(type)}; ${label}${wave}`, rest);
    }
    for (const { relationType, relationTo, label, ...rest } of relations) {
      const [word] = label.split(': ');
      if (!relationType.startsWith('prov:')) attested('relation', `${word} ${ending(relationTo)}`, rest);
      else if (relationType === 'prov:wasDerivedFrom') {
        const [from, event] = [ending(relationTo), ending(rest.citations?.[0]?.['@id'] ?? '')];
        const record = `${from} > ${id} by ${event}`;
        say(record, 'succession.from', from);
        say(record, 'succession.to', id);
        say(record, 'succession.how', word);
        say(record, 'succession.date', date(rest.when?.timespans[0]?.start ?? {}));
        say(record, 'succession.event', event);
      }
    }
    for (const { '@id': event, value } of descriptions) say(ending(event), 'event.sentence', value);
  }
  return facts;
};

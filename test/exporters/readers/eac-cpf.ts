import { DOMParser, type Element } from '@xmldom/xmldom';
import { isoDay, parseIsoDay } from '../../../src/time/day.ts';
import type { Reader, Recovered } from './index.ts';

/** A folder of EAC-CPF, each file read by xmldom, which throws for what is not well-formed. */
export const readEacCpf: Reader = (output) => {
  if (output.is !== 'folder') throw new Error('expected a folder');
  return [...output.files].flatMap(({ path, text }) =>
    path === 'index.json' ? readIndex(JSON.parse(text)) : readRecord(parseXml(text)),
  );
};

/** The root of a document; a reader's error throws. */
export function parseXml(text: string): Element {
  const found = new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(text, 'text/xml').documentElement;
  if (!found) throw new Error('an empty document');
  return found;
}

function readIndex(index: Record<string, unknown>): Recovered[] {
  const { edition, publishedBy, recordedBy, dates, selection, coverage, notes } = index;
  const say = (field: string, value: string): Recovered => ({ record: 'answer', field: `answer.${field}`, value });
  return [
    say('edition', edition as string),
    say('clocks', JSON.stringify({ publishedBy, recordedBy, dates })),
    say('selection', JSON.stringify(selection)),
    say('coverage', JSON.stringify(coverage)),
    say('notes', (notes as string[]).join('; ')),
  ];
}

/** Child elements of a name. */
export function childrenOf(parent: Element | undefined, name?: string): Element[] {
  return [...(parent?.childNodes ?? [])].filter(
    (node): node is Element => node.nodeType === 1 && (name === undefined || (node as Element).localName === name),
  );
}

const text = (node: Element | undefined) => node?.textContent ?? '';
const attribute = (node: Element | undefined, name: string) => node?.getAttribute(name) ?? undefined;
const ending = (uri: string | undefined) => uri?.replace(/^urn:as-it-stood:[a-z]+:/, '') ?? '';

function readRecord(root: Element): Recovered[] {
  const facts: Recovered[] = [];
  const say = (record: string, field: string, value: string | undefined) => {
    if (value !== undefined && value !== '') facts.push({ record, field, value });
  };
  const path = (...names: string[]) =>
    names.reduce<Element[]>((at, name) => at.flatMap((one) => childrenOf(one, name)), [root]);
  const body = text(path('control', 'recordId')[0]);
  const span = (node: Element, name: string) =>
    [...node.getElementsByTagName('span')].find((one) => attribute(one, 'localType') === name);

  const sources = new Map<string, string>();
  for (const source of path('control', 'sources', 'source')) {
    const id = ending(attribute(source, 'valueURI'));
    sources.set(attribute(source, 'id') ?? '', id);
    for (const range of childrenOf(source, 'citedRange'))
      sources.set(attribute(range, 'id') ?? '', `${id}, ${text(range)}`);
    say(id, 'source.title', text(childrenOf(source, 'reference')[0]));
    say(id, 'source.url', attribute(source, 'href'));
    for (const field of ['publisher', 'kind', 'published', 'accessed', 'licence', 'note'])
      say(id, `source.${field}`, text(span(source, field)));
  }

  const events = new Map<string, string>();
  for (const item of path('cpfDescription', 'description', 'biogHist', 'chronList', 'chronItem')) {
    const [event] = childrenOf(item, 'event');
    if (!event) throw new Error('an item without its event');
    const id = ending(attribute(event, 'valueURI'));
    events.set(attribute(item, 'id') ?? '', id);
    const [set] = childrenOf(item, 'dateSet');
    const [date, ...others] = childrenOf(set ?? item, 'date');
    say(id, 'event.type', attribute(event, 'localType'));
    say(id, 'event.date', attribute(date, 'standardDate'));
    say(id, 'event.basis', attribute(date, 'localType'));
    say(id, 'event.confidence', attribute(date, 'certainty'));
    const other = others.map((one) => ({ date: attribute(one, 'standardDate'), basis: attribute(one, 'localType') }));
    if (other.length > 0) say(id, 'event.alsoDated', JSON.stringify(other));
    const spans = childrenOf(event, 'span');
    const first = event.childNodes[0];
    const words = [...event.childNodes]
      .filter((node) => node.nodeType === 3)
      .map((node) => node.nodeValue)
      .join('');
    say(id, 'event.sentence', first?.nodeType === 3 ? words.slice(0, words.length - spans.length) : undefined);
    say(id, 'event.note', text(spans.find((one) => attribute(one, 'localType') === 'note')));
    const dissent = spans.flatMap((one, n) =>
      attribute(one, 'localType') === 'dissent'
        ? [
            {
              source: sources.get(attribute(one, 'sourceReference') ?? ''),
              says: text(one),
              ruling: text(spans[n + 1]),
            },
          ]
        : [],
    );
    if (dissent.length > 0) say(id, 'event.dissent', JSON.stringify(dissent));
    const cited = (attribute(event, 'sourceReference') ?? '').split(' ').map((one) => sources.get(one));
    say(id, 'event.sources', cited.join('; '));
    const references = childrenOf(item, 'reference');
    const named = (title: string) => references.filter((one) => attribute(one, 'linkTitle') === title);
    for (const one of named('milestone')) {
      const milestone = ending(attribute(one, 'href'));
      say(id, 'event.milestone', milestone);
      say(milestone, 'milestone.title', text(one));
    }
    say(
      id,
      'event.because',
      named('because')
        .map((one) => ending(attribute(one, 'href')))
        .join('; '),
    );
  }

  const spell = (what: string, value: string, range: Element | undefined) => {
    const [[from], [to]] = [childrenOf(range, 'fromDate'), childrenOf(range, 'toDate')];
    say(body, `${what}.value`, value);
    say(body, `${what}.from`, attribute(from, 'standardDate'));
    const last = attribute(to, 'standardDate');
    const day = last === undefined ? undefined : parseIsoDay(last);
    say(
      body,
      `${what}.until`,
      attribute(to, 'status') === 'ongoing' ? 'open' : day === undefined ? undefined : isoDay(day + 1),
    );
    say(body, `${what}.certainty`, attribute(from, 'certainty'));
    const pointed = [from, to].flatMap((one) => events.get(attribute(one, 'target') ?? '') ?? []);
    say(body, `${what}.events`, pointed.join('; '));
  };
  const rangeIn = (node: Element | undefined) => childrenOf(node, 'dateRange')[0];
  for (const node of path('cpfDescription', 'description', 'existDates')) spell('existence', 'exists', rangeIn(node));
  for (const node of path('cpfDescription', 'identity', 'nameEntry'))
    for (const dates of childrenOf(node, 'useDates')) spell('name', text(childrenOf(node, 'part')[0]), rangeIn(dates));
  for (const node of path('cpfDescription', 'description', 'legalStatuses', 'legalStatus'))
    spell('kind', ending(attribute(node, 'valueURI')), rangeIn(node));
  for (const node of path('cpfDescription', 'description', 'localDescriptions', 'localDescription')) {
    const [type, term] = [attribute(node, 'localType'), text(childrenOf(node, 'term')[0])];
    const wave = span(node, 'wave');
    if (type === 'status')
      spell('status', `${ending(attribute(node, 'valueURI'))}; ${term}${wave ? `; ${text(wave)}` : ''}`, rangeIn(node));
    else spell('code', `${type} ${term}`, rangeIn(node));
  }
  for (const node of path('cpfDescription', 'relations', 'relation')) {
    const [type, how] = childrenOf(node, 'relationType');
    const other = ending(attribute(childrenOf(node, 'targetEntity')[0], 'valueURI'));
    if (attribute(type, 'localType') === 'relation') {
      spell('relation', `${text(type)} ${other}`, rangeIn(node));
      continue;
    }
    const [from, to] = text(type) === 'successor' ? [body, other] : [other, body];
    const [date] = childrenOf(node, 'date');
    const event = events.get(attribute(date, 'target') ?? '');
    const record = `${from} > ${to} by ${event}`;
    say(record, 'succession.from', from);
    say(record, 'succession.to', to);
    say(record, 'succession.how', text(how));
    say(record, 'succession.date', attribute(date, 'standardDate'));
    say(record, 'succession.event', event);
    const shares = [...node.getElementsByTagName('p')].map((p) => {
      const basis = span(p, 'basis');
      return {
        share: Number(text(span(p, 'share'))),
        of: text(span(p, 'of')),
        ...(basis ? { basis: text(basis) } : {}),
      };
    });
    if (shares.length > 0) say(record, 'succession.shares', JSON.stringify(shares));
  }
  return facts;
}

import { factsOf } from '../../../src/exporters/facts.ts';
import type { Material } from '../../../src/machine/index.ts';
import type { Reader, Recovered } from './index.ts';
import { textOf } from './index.ts';
import { parseXml, within, type XmlElement } from './xml.ts';

interface Statement {
  readonly value: string;
  readonly from: string;
  readonly until: string;
  readonly certainty: string;
  readonly events: readonly string[];
  readonly system?: string;
  readonly title?: string;
  readonly wave?: string;
}

/** Read by an XML parser: data by the names that the keys give them, as network libraries do. */
export const readGraphml: Reader = (output) => {
  const root = parseXml(textOf(output));
  const names = new Map(
    [...within(root, 'key')].map(({ attributes }) => [attributes.id, attributes['attr.name'] ?? '']),
  );
  const dataOf = ({ children }: XmlElement): Record<string, string> =>
    Object.fromEntries(
      children.filter(({ name }) => name === 'data').map(({ attributes, text }) => [names.get(attributes.key), text]),
    );
  const facts: Recovered[] = [];
  for (const graph of within(root, 'graph')) {
    const { edition = '', publishedBy = null, recordedBy = null, dates, ...data } = dataOf(graph);
    const list = (name: string) => JSON.parse(data[name] ?? '[]') as never[];
    facts.push(
      ...factsOf({
        ...{ edition, publishedBy, recordedBy, dates: dates as Material['dates'], title: data.title ?? '' },
        selection: JSON.parse(data.selection ?? 'null') as Material['selection'],
        ...{ coverage: list('coverage'), notes: list('notes'), milestones: list('milestones') },
        ...{ events: list('events'), sources: list('sources'), bodies: [], links: [], cited: [] },
      }),
    );
  }
  for (const node of within(root, 'node')) {
    const record = node.attributes.id ?? '';
    const data = dataOf(node);
    const what = { existence: 'existence', names: 'name', codes: 'code', kinds: 'kind', statuses: 'status' };
    for (const [list, field] of Object.entries(what))
      for (const spell of JSON.parse(data[list] ?? '[]') as Statement[]) {
        const { system, value, title, wave, from, until, certainty, events } = spell;
        const told = `${system ? `${system} ` : ''}${value}${title ? `; ${title}` : ''}${wave ? `; ${wave}` : ''}`;
        for (const [part, one] of Object.entries({ value: told, from, until, certainty, events: events.join('; ') }))
          facts.push({ record, field: `${field}.${part}`, value: one });
      }
  }
  for (const edge of within(root, 'edge')) {
    const { source = '', target = '' } = edge.attributes;
    const { relation = '', from, until, certainty, events = '', date, how, shares } = dataOf(edge);
    const [record, field, parts] =
      relation === 'succession'
        ? [
            `${source} > ${target} by ${events}`,
            relation,
            { from: source, to: target, how, date, shares, event: events },
          ]
        : [source, 'relation', { value: `${relation} ${target}`, from, until, certainty, events }];
    for (const [part, value = ''] of Object.entries(parts)) facts.push({ record, field: `${field}.${part}`, value });
  }
  return facts;
};

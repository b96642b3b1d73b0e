import type { Reader, Recovered } from './index.ts';
import { textOf } from './index.ts';
import { parseXml, within, type XmlElement } from './xml.ts';

const PARTS = ['from', 'until', 'certainty', 'events'];

/** Read by an XML parser: attributes of nodes and edges, value by value. */
export const readGexf: Reader = (output) => {
  const root = parseXml(textOf(output));
  const facts: Recovered[] = [];
  for (const node of within(root, 'node')) {
    const record = node.attributes.id ?? '';
    const say = (field: string, value: string) => facts.push({ record, field, value });
    const values = valuesOf(node);
    for (const _ of values.get('existence.from') ?? []) say('existence.value', 'exists');
    for (const value of values.get('name') ?? []) say('name.value', value);
    for (const value of values.get('kind') ?? []) say('kind.value', value);
    for (const system of ['ods', 'gss'])
      for (const value of values.get(system) ?? []) say('code.value', `${system} ${value}`);
    const [statuses = [], titles = [], waves = []] = ['status', 'status.title', 'status.wave'].map((name) =>
      values.get(name),
    );
    for (const [n, status] of statuses.entries())
      say('status.value', `${status}; ${titles[n]}${waves[n] ? `; ${waves[n]}` : ''}`);
    for (const part of PARTS) {
      for (const what of ['existence', 'name', 'kind', 'status'])
        for (const value of values.get(`${what}.${part}`) ?? []) say(`${what}.${part}`, value);
      for (const system of ['ods', 'gss'])
        for (const value of values.get(`${system}.${part}`) ?? []) say(`code.${part}`, value);
    }
  }
  for (const edge of within(root, 'edge')) {
    const { source = '', target = '', kind = '' } = edge.attributes;
    const values = valuesOf(edge);
    if (kind !== 'succession') {
      for (const _ of values.get('from') ?? [])
        facts.push({ record: source, field: 'relation.value', value: `${kind} ${target}` });
      for (const part of PARTS)
        for (const value of values.get(part) ?? []) facts.push({ record: source, field: `relation.${part}`, value });
      continue;
    }
    const shares = sharesOf(edge);
    for (const [n, event] of (values.get('event') ?? []).entries()) {
      const record = `${source} > ${target} by ${event}`;
      const parts = { from: source, to: target, how: values.get('how')?.[n], date: values.get('date')?.[n], event };
      for (const [part, value = ''] of Object.entries({ ...parts, shares: shares[n] }))
        facts.push({ record, field: `succession.${part}`, value });
    }
  }
  return facts;
};

function valuesOf(element: XmlElement): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { attributes } of within(element, 'attvalue')) {
    const { for: name = '', value = '' } = attributes;
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}

/** Shares stand between the date and the event of their succession, where there are any. */
function sharesOf(edge: XmlElement): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  let share: string | undefined;
  for (const { attributes } of within(edge, 'attvalue')) {
    if (attributes.for === 'shares') share = attributes.value;
    if (attributes.for !== 'event') continue;
    found.push(share);
    share = undefined;
  }
  return found;
}

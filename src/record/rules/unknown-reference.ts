import { many } from '../../vocabulary/define.ts';
import { KIND_NAMES } from '../../vocabulary/kinds.ts';
import { hints } from '../near.ts';
import { placeNaming, placeOf, type RuleContext } from './context.ts';
import type { Finding, Rule } from './rule.ts';

/** An event names a thing that nothing in the record began, or a cause that is no event. */
export const unknownReference: Rule = {
  name: 'unknown-reference',
  summary: 'An event names a thing that the record never begins, or a cause that is not an event.',
  severity: 'error',
  check: (context) => {
    const known = knownThings(context);
    const ids = new Set(context.record.believed.map(({ id }) => id));
    const hintFor = hints('record its beginning, or correct the id');
    return context.events.flatMap((event): Finding[] => [
      ...context.touches(event).flatMap(({ id, role }): Finding[] =>
        role === 'begins' || known.has(id)
          ? []
          : [
              {
                ...placeNaming(event, id),
                message: `nothing in the record begins ${id}`,
                hint: hintFor(id, () => familyFirst(id, known)),
              },
            ],
      ),
      ...event.because.flatMap((id, i): Finding[] => {
        if (ids.has(id)) return [];
        return [
          { ...placeOf(event, ['because', i]), message: `no event has the id ${id}`, hint: hintFor(id, () => ids) },
        ];
      }),
    ]);
  },
  example: {
    bad: `
      - { id: example/board, type: OrganisationEstablished, effective: 2022-07-01, data: { organisation: icb/devon, name: Devon, kind: integrated-care-board }, sources: [a-source] }
      - { id: example/name, type: OrganisationRenamed, effective: 2023-07-01, data: { organisation: ▶icb/devno, name: One Devon }, sources: [a-source], because: example/board }`,
    good: `
      - { id: example/board, type: OrganisationEstablished, effective: 2022-07-01, data: { organisation: icb/devon, name: Devon, kind: integrated-care-board }, sources: [a-source] }
      - { id: example/name, type: OrganisationRenamed, effective: 2023-07-01, data: { organisation: icb/devon, name: One Devon }, sources: [a-source], because: example/board }`,
  },
};

/** What begins, every kind, and the functions that are named where they are first conferred. */
function knownThings(context: RuleContext): Set<string> {
  const known = new Set([...context.begins.keys(), ...KIND_NAMES.map((kind) => `kind/${kind}`)]);
  for (const type of ['FunctionConferred', 'FunctionDelegated'] as const) {
    for (const { data } of context.ofType(type))
      if (data.title !== undefined) for (const id of many(data.function)) known.add(id);
  }
  return known;
}

function familyFirst(id: string, among: ReadonlySet<string>): string[] {
  const family = id.slice(0, id.indexOf('/') + 1);
  const same = [...among].filter((other) => other.startsWith(family));
  return same.length > 0 ? same : [...among];
}

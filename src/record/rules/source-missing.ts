import { hints } from '../near.ts';
import type { BelievedEvent, Place } from '../types.ts';
import type { Path } from '../yaml.ts';
import { placeOf } from './context.ts';
import { exampleMilestone, type Finding, type Rule } from './rule.ts';

/** An event names a source that `sources.yaml` does not have, or the register has one that nothing names. */
export const sourceMissing: Rule = {
  name: 'source-missing',
  summary: 'An event names a source that is not in sources.yaml; or (a warning) a source there is never used.',
  severity: 'error',
  check: ({ record }) => {
    const used = new Set(record.coverage.flatMap(({ sources }) => sources));
    const findings: Finding[] = [];
    const hintFor = hints('add it there, once, with title, publisher and kind');
    const look = (id: string | undefined, event: BelievedEvent, ...path: Path): void => {
      if (id === undefined) return;
      used.add(id);
      if (!record.sources.has(id)) missing(id, placeOf(event, path));
    };
    const missing = (id: string, place: Place): void => {
      findings.push({
        ...place,
        message: `sources.yaml has no source called ${id}`,
        hint: hintFor(id, () => record.sources.keys()),
      });
    };
    for (const event of record.believed) {
      for (const [i, { source }] of event.sources.entries()) look(source, event, 'sources', i);
      for (const [i, { source }] of event.alsoDated.entries()) look(source, event, 'alsoDated', i, 'source');
      for (const [i, { source }] of event.dissent.entries()) look(source, event, 'dissent', i, 'source');
    }
    for (const span of record.coverage)
      for (const id of span.sources) if (!record.sources.has(id)) missing(id, span.place);
    for (const { source, evidence, place } of record.divergences) {
      for (const id of [source, ...evidence]) {
        used.add(id);
        if (!record.sources.has(id)) missing(id, place);
      }
    }
    for (const { id, place } of record.sources.values()) {
      if (!used.has(id))
        findings.push({
          ...place,
          severity: 'warning',
          message: `nothing names the source ${id}`,
          hint: 'cite it, or delete it',
        });
    }
    return findings;
  },
  example: {
    bad: {
      'sources.yaml':
        'a-source: { title: A source, publisher: Somebody, kind: register }\nodd: { title: Another, publisher: Somebody, kind: press, published: 2013-01-01 }\n',
      '2020-example.yaml': exampleMilestone(
        '- { id: example/group, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/devon, name: Devon, kind: clinical-commissioning-group }, sources: [a-source, odd, ▶a-sauce] }',
      ),
    },
    good: {
      'sources.yaml':
        'a-source: { title: A source, publisher: Somebody, kind: register }\nodd: { title: Another, publisher: Somebody, kind: press, published: 2013-01-01 }\n',
      '2020-example.yaml': exampleMilestone(
        '- { id: example/group, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/devon, name: Devon, kind: clinical-commissioning-group }, sources: [a-source, odd] }',
      ),
    },
  },
};

import { placeNaming, when } from './context.ts';
import type { Finding, Rule } from './rule.ts';

/** An event needs or ends a thing before the first day on which it can have existed. */
export const beforeItExists: Rule = {
  name: 'before-it-exists',
  summary: 'An event happens to a thing before the thing can have existed, on any reading of the dates.',
  severity: 'error',
  check: (context) =>
    context.events.flatMap((event) =>
      context.touches(event).flatMap(({ id, role }): Finding[] => {
        if (role !== 'needs' && role !== 'ends') return [];
        const first = context.begins.get(id)?.[0];
        if (first === undefined || first.effective.earliest <= event.effective.latest) return [];
        return [
          {
            ...placeNaming(event, id),
            message: `${id} did not exist yet: it begins ${when(first)} (${first.id})`,
            hint: 'correct one of the two dates',
          },
        ];
      }),
    ),
  example: {
    bad: `
      - { id: example/board, type: OrganisationEstablished, effective: 2022-07-01, data: { organisation: icb/devon, name: Devon, kind: integrated-care-board }, sources: [a-source] }
      - { id: example/name, type: OrganisationRenamed, effective: 2022-06-30, data: { organisation: ▶icb/devon, name: One Devon }, sources: [a-source] }`,
    good: `
      - { id: example/board, type: OrganisationEstablished, effective: 2022-07-01, data: { organisation: icb/devon, name: Devon, kind: integrated-care-board }, sources: [a-source] }
      - { id: example/name, type: OrganisationRenamed, effective: 2022-07-01, data: { organisation: icb/devon, name: One Devon }, sources: [a-source] }`,
  },
};

import { begins, ends, has, is } from '../src/timeline/change.ts';
import { defineProjection, each } from './define.ts';

export const requirements = defineProjection({
  name: 'requirements',
  summary: 'Which rules bound which bodies: who may chair, minimum membership, oversight themes.',
  on: {
    RequirementSet: ({ data }) => [
      begins(data.requirement),
      is(data.requirement, 'name', data.title),
      is(data.requirement, 'rule', data.rule),
      ...(data.force ? [is(data.requirement, 'force', data.force)] : []),
      ...each(data.of).map((of) => has(data.requirement, 'binds', of)),
      ...each(data.replaces ?? []).map((replaced) => ends(replaced)),
    ],
    RequirementEnded: ({ data }) => [ends(data.requirement)],
  },
});

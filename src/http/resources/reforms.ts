import type { Resource } from '../resource.ts';

export const reforms: Resource = {
  name: 'reforms',
  summary: 'Every reform that can be replayed, in order of its first event.',
  paths: ['/reforms'],
  params: {},
  query: {},
  examples: [{ path: '/reforms', means: 'all milestones' }],
  command: 'replay',
  answer: (machine) => machine.milestones(),
  dated: () => true,
};

import { milestoneSheet } from '../../exporters/sheets.ts';
import type { MilestoneAnswer } from '../../machine/index.ts';
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
  sheet: (answer: readonly MilestoneAnswer[]) => ({ ...milestoneSheet(answer), title: 'Reforms and announcements' }),
  dated: () => true,
};

import { begins, ends, is } from '../src/timeline/change.ts';
import { defineProjection } from './define.ts';

export const plans = defineProjection({
  name: 'plans',
  summary: 'What was promised for when, and what came of it: open, revised, met, missed, abandoned.',
  on: {
    PlanAnnounced: ({ data }) => [
      begins(data.plan),
      is(data.plan, 'name', data.title),
      is(data.plan, 'promise', data.promise),
      is(data.plan, 'expected', data.expected),
      is(data.plan, 'state', 'open'),
      ...(data.expects ? [is(data.plan, 'expects', JSON.stringify(data.expects))] : []),
    ],
    PlanRevised: ({ data }) => [
      is(data.plan, 'state', 'revised'),
      ...(data.promise ? [is(data.plan, 'promise', data.promise)] : []),
      ...(data.expected ? [is(data.plan, 'expected', data.expected)] : []),
      ...(data.expects ? [is(data.plan, 'expects', JSON.stringify(data.expects))] : []),
    ],
    PlanMet: ({ data }) => [
      ends(data.plan),
      is(data.plan, 'state', 'met'),
      is(data.plan, 'extent', data.extent ?? 'wholly'),
    ],
    PlanAbandoned: ({ data }) => [ends(data.plan), is(data.plan, 'state', 'abandoned')],
  },
});

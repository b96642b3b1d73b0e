import { CARRY_EVENTS } from '../formats.ts';
import type { Resource } from '../resource.ts';

export const event: Resource = {
  name: 'event',
  summary: 'An event as the record now tells it, with its sources.',
  paths: ['/event/{id…}'],
  params: { id: 'Its id: health-and-care-act-2022/royal-assent.' },
  query: {},
  examples: [{ path: '/event/health-and-care-act-2022/royal-assent', means: 'the Act of 2022' }],
  answer: (machine, { params }) => machine.event(params.id ?? ''),
  material: (machine, { params }) => machine.material({ events: [params.id ?? ''] }),
  carried: CARRY_EVENTS,
  dated: () => true,
};

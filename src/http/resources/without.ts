import { withoutSheet } from '../../exporters/sheets.ts';
import type { Without } from '../../machine/index.ts';
import { AT, LENS, SELECTION } from '../parameters.ts';
import type { Resource } from '../resource.ts';
import { isDated } from '../standing.ts';

export const without: Resource = {
  name: 'without',
  summary: 'What would not have followed without an event. Hypothetical throughout.',
  paths: ['/without/{event…}'],
  params: { event: 'The id of an event: health-and-care-act-2022/royal-assent.' },
  query: { ...AT, ...LENS, ...SELECTION },
  examples: [
    { path: '/without/health-and-care-act-2022/royal-assent?at=2022-07-01', means: 'what rests on the Act of 2022' },
  ],
  command: 'without',
  answer: (machine, { params, query, lens, selection }) =>
    machine.without(params.event ?? '', { ...lens, ...selection, at: query.at ?? 'today' }),
  sheet: (answer: Without) => ({
    ...withoutSheet(answer),
    title: `what would not have followed without “${answer.event.sentence}”`,
    notes: answer.notes,
  }),
  dated: ({ query }) => isDated(query.at),
};

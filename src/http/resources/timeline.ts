import { ABOUT, AT, LENS, PAGED, SELECTION, text, WITHOUT } from '../parameters.ts';
import type { Resource } from '../resource.ts';
import { eventsAsked } from '../standing.ts';

export const timeline: Resource = {
  name: 'timeline',
  summary: 'Events in order of time, each with its sources.',
  paths: ['/timeline'],
  params: {},
  query: {
    from: text('Not before this day.', '2012'),
    to: text('Not after this day.', '2013'),
    milestone: text('Only events of this milestone.', 'integrated-care-boards-2022'),
    theme: text('Only this theme: commissioning, systems, law…', 'law'),
    ...ABOUT,
    ...SELECTION,
    ...LENS,
    ...WITHOUT,
    ...AT,
    ...PAGED,
  },
  examples: [
    { path: '/timeline?from=2012&to=2013', means: 'the years of the reforms' },
    { path: '/timeline?about=system/frimley', means: 'the events of one system' },
    { path: '/timeline?theme=law&limit=20', means: 'the law, the first twenty events' },
  ],
  command: 'timeline',
  answer: eventsAsked,
  material: (machine, { query, lens, selection }) =>
    machine.material({
      ...lens,
      ...selection,
      from: query.from,
      to: query.to,
      milestone: query.milestone,
      theme: query.theme,
      subject: query.about,
    }),
  list: 'events',
  dated: () => true,
};

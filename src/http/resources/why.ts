import { whySheet } from '../../exporters/sheets.ts';
import type { Why } from '../../machine/index.ts';
import { dateInWords } from '../../views/dates.ts';
import { CARRY_EVENTS } from '../formats.ts';
import { AT, LENS } from '../parameters.ts';
import type { Resource } from '../resource.ts';
import { isDated } from '../standing.ts';

export const why: Resource = {
  name: 'why',
  summary: 'Why a body was as it was on a day, or why there were so many of a kind or with a status.',
  paths: ['/why/{id…}'],
  params: { id: 'An id (icb/devon), a kind (CCG) or a status (integrated-care-system).' },
  query: { ...AT, ...LENS },
  examples: [
    { path: '/why/integrated-care-system?at=2020-06-01', means: 'the 18, by name and wave' },
    { path: '/why/system/lancashire-and-south-cumbria?at=2018-03-01', means: 'why only possibly' },
  ],
  command: 'why',
  answer: (machine, { params, query, lens }) => machine.why(params.id ?? '', query.at ?? 'today', lens),
  sheet: (answer: Why) => ({
    ...whySheet(answer),
    title: `Why: ${answer.title}, ${dateInWords(answer.at)}`,
    notes: [answer.answer],
  }),
  material: (machine, { params, query, lens }) => {
    const { reasons } = machine.why(params.id ?? '', query.at ?? 'today', lens);
    const events = [...new Set(reasons.flatMap((reason) => reason.events.map(({ id }) => id)))];
    return machine.material({ ...lens, events });
  },
  carried: CARRY_EVENTS,
  list: 'reasons',
  dated: ({ query }) => isDated(query.at),
};

import { generationSheet } from '../../exporters/sheets.ts';
import type { Generations } from '../../machine/index.ts';
import { englandPicture } from '../../views/pictures/index.ts';
import { LENS } from '../parameters.ts';
import type { Resource } from '../resource.ts';

export const england: Resource = {
  name: 'england',
  summary: 'Who followed whom in all of England.',
  paths: ['/lineage'],
  params: {},
  query: { ...LENS },
  examples: [{ path: '/lineage', means: 'from health authorities to the boards of 2026' }],
  page: 'lineage',
  answer: (machine, { lens }) => machine.generations(lens),
  sheet: (answer: Generations) => ({
    ...generationSheet(answer),
    title: 'The lineage of England’s health bodies: how each generation passed into the next',
    notes: answer.notes,
  }),
  picture: (machine, { lens }) => englandPicture(machine.generations(lens), { standalone: true }),
};

import { LENS, oneOf, WITHOUT } from '../parameters.ts';
import type { Resource } from '../resource.ts';

const directions = ['both', 'back', 'forward'] as const;

export const lineage: Resource = {
  name: 'lineage',
  summary: 'Who came before a body and who after, however far.',
  paths: ['/lineage/{id…}'],
  params: { id: 'Its id: icb/thames-valley.' },
  query: { direction: oneOf([...directions], 'Only who came before, or only who came after.'), ...LENS, ...WITHOUT },
  examples: [
    { path: '/lineage/icb/thames-valley', means: 'the boards it was made of, and theirs before them' },
    { path: '/lineage/icb/devon?direction=back', means: 'only who came before' },
  ],
  command: 'lineage',
  answer: (machine, { params, query, lens }) =>
    machine.lineage(params.id ?? '', {
      ...lens,
      direction: directions.find((one) => one === query.direction) ?? 'both',
    }),
  material: (machine, { params, lens }) => machine.material({ ...lens, subject: params.id }),
  dated: () => true,
};

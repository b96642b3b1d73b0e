import { LENS, NAMED, PAGED, SELECTION, WITHOUT } from '../parameters.ts';
import type { Resource } from '../resource.ts';
import { stoodOn } from '../standing.ts';

export const home: Resource = {
  name: 'home',
  summary: 'What exists today: bodies, names, codes, relations, by which event, says who.',
  paths: ['/'],
  params: {},
  query: { ...LENS, ...SELECTION, ...WITHOUT, ...PAGED, ...NAMED },
  examples: [
    { path: '/', means: 'the English NHS as it stands today' },
    { path: '/?kind=ICB', means: 'its integrated care boards' },
  ],
  command: 'on',
  answer: (machine, ask) => stoodOn(machine, ask, 'today'),
  material: (machine, { lens, selection }) => machine.material({ ...lens, ...selection, at: 'today' }),
  list: 'bodies',
  supposes: 'differences',
};

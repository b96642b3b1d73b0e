import type { Machine } from '../../machine/index.ts';
import type { Ask } from '../page.ts';
import { AT, LENS, WITHOUT } from '../parameters.ts';
import type { Resource } from '../resource.ts';
import { isDated } from '../standing.ts';

export const body: Resource = {
  name: 'body',
  summary: 'Everything the record holds of one thing: names, codes, relations, forebears, successors, figures, events.',
  paths: ['/body/{id…}'],
  params: { id: 'Its id: icb/devon.' },
  query: { ...AT, ...LENS, ...WITHOUT },
  examples: [
    { path: '/body/system/frimley', means: 'from footprint to partnership to the board that came of it' },
    { path: '/body/icb/devon?at=2022-07-01', means: 'the same, with how it stood on one day' },
  ],
  command: 'history',
  answer: told,
  material: (machine, { params, lens }) => machine.material({ ...lens, subject: params.id }),
  dated: ({ query }) => query.at === undefined || isDated(query.at),
};

function told(machine: Machine, { params, query, lens }: Ask): unknown {
  const history = machine.history(params.id ?? '', lens);
  if (query.at === undefined) return history;
  const landscape = machine.at(query.at, {
    ...lens,
    ...(history.kind ? { kind: [...new Set([history.kind, ...history.kinds.map(({ value }) => value)])] } : {}),
  });
  return { ...history, on: { at: landscape.at, body: landscape.bodies.find(({ id }) => id === history.id) ?? null } };
}

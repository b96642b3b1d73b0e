import type { Replay } from '../../machine/index.ts';
import { NotInRecord } from '../../machine/index.ts';
import { LENS, text } from '../parameters.ts';
import type { Resource } from '../resource.ts';

export const reform: Resource = {
  name: 'reform',
  summary: 'A reform step by step: before, each step with its source and what it changed, after.',
  paths: ['/reform/{milestone}', '/reform/{milestone}/{step}'],
  params: { milestone: 'Its slug: integrated-care-boards-2022.', step: 'One step only, by its number.' },
  query: {
    ...LENS,
    predict: text('On the page: ask what comes next before it is told.', 'true'),
    print: text('On the page: everything on one sheet.', 'true'),
  },
  examples: [
    { path: '/reform/integrated-care-boards-2022', means: 'the boards of 2022, all steps' },
    { path: '/reform/integrated-care-boards-2022/2', means: 'the second step' },
  ],
  command: 'replay',
  answer: (machine, { params, lens }) => {
    const whole = machine.replay(params.milestone ?? '', lens);
    return params.step === undefined ? whole : only(whole, params.step);
  },
  material: (machine, { params, lens }) => machine.material({ ...lens, milestone: params.milestone }),
  list: 'steps',
  dated: () => true,
};

function only(replay: Replay, wanted: string): Replay {
  const steps = /^\d{1,6}$/.test(wanted) ? replay.steps.filter(({ step }) => step === Number(wanted)) : [];
  if (steps.length > 0) return { ...replay, steps };
  throw new NotInRecord(
    'step',
    wanted,
    `${replay.milestone} has no step ${wanted}`,
    `it has ${replay.steps.length === 1 ? 'one step' : `${replay.steps.length} steps`}, numbered from 1`,
  );
}

import type { Machine, Replay } from '../../machine/index.ts';
import { NotInRecord } from '../../machine/index.ts';
import { reformPage, reformsPage } from '../../views/pages/reform.tsx';
import type { Ask, Page } from '../page.ts';
import { isYes } from '../parameters.ts';
import { mapOf } from './drawn.ts';
import { frameOf } from './frame.ts';

/** Every reform and announcement. */
export const reforms: Page = async (machine, ask) => {
  const known = new Set(
    machine.days(ask.lens).days.flatMap(({ milestones }) => milestones.map(({ milestone }) => milestone)),
  );
  return reformsPage(
    frameOf(machine, ask, { title: 'Replay a reform' }),
    machine.milestones().filter(({ milestone }) => known.has(milestone)),
  );
};

const KEPT = 24;
const replays = new WeakMap<Machine, Map<string, Replay>>();

/** A replay, kept for the next step: each step of a reform asks for the whole of it. */
function replayOf(machine: Machine, { lens }: Ask, milestone: string): Replay {
  const known = replays.get(machine) ?? new Map<string, Replay>();
  replays.set(machine, known);
  const key = JSON.stringify([milestone, lens]);
  const found = known.get(key) ?? machine.replay(milestone, lens);
  known.delete(key);
  known.set(key, found);
  if (known.size > KEPT) known.delete(known.keys().next().value as string);
  return found;
}

/** A reform at a step, or whole on one sheet. */
export const reform: Page = async (machine, ask) => {
  const milestone = ask.params.milestone ?? '';
  const replay = replayOf(machine, ask, milestone);
  const written = ask.params.step;
  const step = written === undefined ? 0 : /^\d{1,6}$/.test(written) ? Number(written) : Number.NaN;
  const here = replay.steps[step - 1];
  if (step !== 0 && here === undefined) {
    throw new NotInRecord(
      'step',
      written ?? '',
      `${milestone} has no step ${written}`,
      `it has ${replay.steps.length}, numbered from 1`,
    );
  }
  const at = here?.events[0]?.date ?? replay.before.at;
  const map = /^\d{4}-\d{2}-\d{2}$/.test(at) ? mapOf(machine, ask, at) : undefined;
  return reformPage(
    frameOf(machine, ask, {
      title: here ? `${replay.title}, step ${step}: ${here.dateText}` : replay.title,
      day: replay.before.at,
      asked: replay,
    }),
    {
      replay,
      step,
      predict: isYes(ask.query.predict),
      whole: isYes(ask.query.print),
      ...(map === undefined ? {} : { map }),
    },
  );
};

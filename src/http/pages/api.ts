import { type Address, apiPage } from '../../views/pages/api.tsx';
import type { Page } from '../page.ts';
import { PROBLEMS } from '../problem.ts';
import { RESOURCES } from '../resources/index.ts';
import { frameOf } from './frame.ts';

/** Every address, what it takes and answers. */
export const api: Page = async (machine, ask) => {
  const told = RESOURCES.find(({ name }) => name === 'api')?.answer?.(machine, ask) as {
    readonly openapi: string;
    readonly addresses: readonly Address[];
  };
  const problems = Object.entries(PROBLEMS).map(([type, problem]) => ({ type, ...problem }));
  return apiPage(frameOf(machine, ask, { title: 'Take the data' }), { ...told, problems });
};

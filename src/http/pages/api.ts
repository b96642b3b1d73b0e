import { type Address, apiPage, type ProblemKind } from '../../views/pages/api.tsx';
import type { Page } from '../page.ts';
import { RESOURCES } from '../resources/index.ts';
import { frameOf } from './frame.ts';

/** Every address, what it takes and answers, and what it may say instead. */
export const api: Page = async (machine, ask) => {
  const told = (await RESOURCES.find(({ name }) => name === 'api')?.answer?.(machine, ask)) as {
    readonly openapi: string;
    readonly addresses: readonly Address[];
    readonly problems: readonly ProblemKind[];
  };
  return apiPage(frameOf(machine, ask, { title: 'Take the data' }), told);
};

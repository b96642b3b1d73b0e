import { type Address, apiPage, type Trouble } from '../../views/pages/api.tsx';
import type { Page } from '../page.ts';
import { RESOURCES } from '../resources/index.ts';
import { frameOf } from './frame.ts';

/** Every address, what it takes and answers. */
export const api: Page = async (machine, ask) => {
  const told = (await RESOURCES.find(({ name }) => name === 'api')?.answer?.(machine, ask)) as {
    readonly openapi: string;
    readonly addresses: readonly Address[];
    readonly problems: readonly Trouble[];
  };
  return apiPage(frameOf(machine, ask, { title: 'Take the data' }), told);
};

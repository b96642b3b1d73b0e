import { factsOf } from '../../../src/exporters/facts.ts';
import type { Reader } from './index.ts';
import { textOf } from './index.ts';

/** Read by the language itself. */
export const readJson: Reader = (output) => factsOf(JSON.parse(textOf(output)));

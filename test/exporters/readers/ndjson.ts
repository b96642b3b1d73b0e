import { factsOf } from '../../../src/exporters/facts.ts';
import type { Material } from '../../../src/machine/index.ts';
import type { Reader } from './index.ts';
import { textOf } from './index.ts';

const LISTS = {
  body: 'bodies',
  succession: 'links',
  event: 'events',
  cited: 'cited',
  milestone: 'milestones',
  source: 'sources',
} as const;

/** The material again, from its lines. */
export function materialOfLines(text: string): Material {
  const material: Record<string, unknown> = {};
  for (const list of Object.values(LISTS)) material[list] = [];
  for (const line of text.trimEnd().split('\n')) {
    const { record, ...data } = JSON.parse(line) as { record: keyof typeof LISTS | 'answer' };
    if (record === 'answer') Object.assign(material, data);
    else (material[LISTS[record]] as unknown[]).push(data);
  }
  return material as unknown as Material;
}

/** Read by the language itself, a line at a time. */
export const readNdjson: Reader = (output) => factsOf(materialOfLines(textOf(output)));

import { kindSheet } from '../../exporters/sheets.ts';
import { KINDS, type Kind } from '../../vocabulary/kinds.ts';
import type { Resource } from '../resource.ts';

export const kinds: Resource = {
  name: 'kinds',
  summary: 'The kinds of body the record holds, from national to local.',
  paths: ['/kinds'],
  params: {},
  query: {},
  examples: [{ path: '/kinds', means: 'names, acronyms, and what each is' }],
  command: 'kinds',
  answer: () => KINDS,
  sheet: (answer: readonly Kind[]) => ({ ...kindSheet(answer), title: 'Kinds of body' }),
  dated: () => true,
};

import { defineEventType, many, touch } from '../define.ts';
import { nhsFunction, oneOrMany, text, thingOrKind, title, z } from '../schemas.ts';

export const functionConferred = defineEventType({
  name: 'FunctionConferred',
  family: 'functions',
  phase: 'functions',
  version: 1,
  summary: 'A body, or every body of a kind, is given a function.',
  data: z.strictObject({
    function: nhsFunction,
    title: title.describe('What the function is'),
    holder: oneOrMany(thingOrKind),
    extent: text.optional(),
  }),
  touches: ({ holder }) => touch('cites', holder),
  sentence: ({ title, holder }, say) =>
    `${say.list(many(holder))} ${many(holder).length > 1 ? 'were' : 'was'} given the function: ${title}.`,
  example: {
    function: 'function/commission-local-care',
    title: 'Commissioning most hospital and community care',
    holder: 'kind/clinical-commissioning-group',
  },
});

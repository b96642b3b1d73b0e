import { defineEventType, many, touch } from '../define.ts';
import { nhsFunction, oneOrMany, text, thingOrKind, z } from '../schemas.ts';

export const functionTransferred = defineEventType({
  name: 'FunctionTransferred',
  family: 'functions',
  phase: 'functions',
  version: 1,
  summary: 'A function passes from one holder to another.',
  data: z.strictObject({
    function: nhsFunction,
    from: oneOrMany(thingOrKind),
    to: oneOrMany(thingOrKind),
    extent: text.optional(),
  }),
  touches: ({ function: id, from, to }) => [...touch('cites', id), ...touch('cites', from), ...touch('cites', to)],
  sentence: ({ function: id, from, to }, say) =>
    `${say.name(id)} passed from ${say.list(many(from))} to ${say.list(many(to))}.`,
  example: {
    function: 'function/commission-local-care',
    from: 'kind/clinical-commissioning-group',
    to: 'kind/integrated-care-board',
  },
});

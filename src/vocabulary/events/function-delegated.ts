import { defineEventType, many, touch } from '../define.ts';
import { nhsFunction, oneOrMany, text, thingOrKind, title, z } from '../schemas.ts';

export const functionDelegated = defineEventType({
  name: 'FunctionDelegated',
  family: 'functions',
  phase: 'functions',
  version: 1,
  summary: 'A holder delegates a function, wholly or in part, and stays answerable for it.',
  data: z.strictObject({
    function: nhsFunction,
    title: title.optional(),
    from: oneOrMany(thingOrKind),
    to: oneOrMany(thingOrKind),
    extent: text.optional(),
    jointly: z.boolean().optional(),
  }),
  touches: ({ from, to }) => [...touch('cites', from), ...touch('cites', to)],
  sentence: ({ function: id, title, from, to, jointly }, say) =>
    `${title ?? say.name(id)} ${jointly ? 'came to be exercised jointly by' : 'was delegated by'} ${say.list(many(from))} ${jointly ? 'and' : 'to'} ${say.list(many(to))}.`,
  example: {
    function: 'function/commission-pharmacy',
    title: 'Commissioning community pharmacy',
    from: 'body/nhs-england',
    to: 'kind/integrated-care-board',
  },
});

import { defineEventType, many, touch } from '../define.ts';
import { nhsFunction, oneOrMany, text, thingOrKind, z } from '../schemas.ts';

export const functionWithdrawn = defineEventType({
  name: 'FunctionWithdrawn',
  family: 'functions',
  phase: 'functions',
  version: 1,
  summary: 'A holder loses a function and nobody takes it over.',
  data: z.strictObject({ function: nhsFunction, holder: oneOrMany(thingOrKind), reason: text.optional() }),
  touches: ({ function: id, holder }) => [...touch('cites', id), ...touch('cites', holder)],
  sentence: ({ function: id, holder }, say) => `${say.list(many(holder))} lost the function: ${say.name(id)}.`,
  example: { function: 'function/performance-manage-trusts', holder: 'kind/strategic-health-authority' },
});

import { begins, has, is, lacks } from '../src/timeline/change.ts';
import { defineProjection, each } from './define.ts';

export const functions = defineProjection({
  name: 'functions',
  summary: 'Which body holds which function, and to whom it is delegated.',
  on: {
    FunctionConferred: ({ data }) => [
      begins(data.function),
      is(data.function, 'name', data.title),
      ...each(data.holder).map((holder) => has(data.function, 'held-by', holder)),
    ],
    FunctionTransferred: ({ data }) => [
      ...each(data.from).map((from) => lacks(data.function, 'held-by', from)),
      ...each(data.to).map((to) => has(data.function, 'held-by', to)),
    ],
    FunctionDelegated: ({ data }) => [
      begins(data.function),
      ...(data.title ? [is(data.function, 'name', data.title)] : []),
      ...each(data.from).map((from) => has(data.function, 'held-by', from)),
      ...each(data.to).map((to) =>
        has(data.function, 'delegated-to', to, data.extent ?? (data.jointly ? 'jointly' : true)),
      ),
    ],
    FunctionWithdrawn: ({ data }) => each(data.holder).map((holder) => lacks(data.function, 'held-by', holder)),
  },
});

import { begins, has, is } from '../src/timeline/change.ts';
import { defineProjection, each } from './define.ts';

export const discourse = defineProjection({
  name: 'discourse',
  summary: 'What was said of which reform, by whom: evaluations and statements.',
  on: {
    EvaluationPublished: ({ id, data }) => [
      begins(data.evaluation),
      is(data.evaluation, 'name', data.title),
      ...(data.about ?? []).map((about) => has(about, 'evaluated-by', id, each(data.by).join(' and '))),
    ],
    StatementMade: ({ id, data }) => (data.about ?? []).map((about) => has(about, 'spoken-of-in', id, data.by)),
  },
});

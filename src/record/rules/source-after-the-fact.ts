import { parseEdtf } from '../../time/edtf.ts';
import { fuzzyInWords } from '../../time/words.ts';
import { placeOf } from './context.ts';
import { exampleMilestone, type Finding, type Rule } from './rule.ts';

/** A plan for a day rests only on sources published after that day: nobody can be shown to have expected it. */
export const sourceAfterTheFact: Rule = {
  name: 'source-after-the-fact',
  summary: 'Every source of a plan was published after the day that the plan foretold.',
  severity: 'error',
  check: (context) =>
    (['PlanAnnounced', 'PlanRevised'] as const).flatMap((type) =>
      context.ofType(type).flatMap(({ event, data }): Finding[] => {
        const expected = data.expected === undefined ? undefined : parseEdtf(data.expected);
        if (!expected?.ok || event.publicFrom <= expected.date.latest) return [];
        const published = event.sources.map(({ source }) => context.record.sources.get(source)?.published);
        if (!published.every((date) => date !== undefined && date.earliest > expected.date.latest)) return [];
        return [
          {
            ...placeOf(event, ['sources']),
            message: `no source of this plan was published before the day it foretold (${fuzzyInWords(expected.date)})`,
            hint: 'cite a source of the time, or record a StatementMade about it instead',
          },
        ];
      }),
    ),
  example: {
    bad: {
      'sources.yaml': 'late: { title: Looking back, publisher: Somebody, kind: academic, published: 2022-07 }\n',
      '2020-example.yaml': exampleMilestone(`
        - { id: example/plan, type: PlanAnnounced, effective: 2021-02-11, data: { plan: plan/boards, title: Statutory boards, promise: A board for each system., expected: "2022-04" }, sources: ▶[late] }
        - { id: example/met, type: PlanMet, effective: 2022-07-01, data: { plan: plan/boards }, sources: [late] }`),
    },
    good: {
      'sources.yaml':
        'late: { title: Looking back, publisher: Somebody, kind: academic, published: 2022-07 }\nat-the-time: { title: Integration and innovation, publisher: Department, kind: official-publication, published: 2021-02-11 }\n',
      '2020-example.yaml': exampleMilestone(`
        - { id: example/plan, type: PlanAnnounced, effective: 2021-02-11, data: { plan: plan/boards, title: Statutory boards, promise: A board for each system., expected: "2022-04" }, sources: [late, at-the-time] }
        - { id: example/met, type: PlanMet, effective: 2022-07-01, data: { plan: plan/boards }, sources: [late] }`),
    },
  },
};

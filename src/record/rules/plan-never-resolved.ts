import { parseEdtf } from '../../time/edtf.ts';
import { fuzzyInWords } from '../../time/words.ts';
import type { BelievedEvent } from '../types.ts';
import { placeOf, push } from './context.ts';
import type { Finding, Rule } from './rule.ts';

/** The day of a plan has passed, and nothing says what came of it. */
export const planNeverResolved: Rule = {
  name: 'plan-never-resolved',
  summary: 'The day that a plan foretold has passed, and no event says that it was met, revised or abandoned.',
  severity: 'warning',
  check: (context) => {
    const revisions = new Map<string, { event: BelievedEvent; expected: string }[]>();
    for (const { event, data } of context.ofType('PlanRevised'))
      if (data.expected !== undefined) push(revisions, data.plan, { event, expected: data.expected });
    return context.ofType('PlanAnnounced').flatMap(({ event, data }): Finding[] => {
      if (context.ends.has(data.plan)) return [];
      const newest = revisions.get(data.plan)?.at(-1) ?? { event, expected: data.expected };
      const expected = parseEdtf(newest.expected);
      if (!expected.ok || expected.date.latest >= context.lastRecorded) return [];
      return [
        {
          ...placeOf(newest.event, ['data', 'expected']),
          message: `${data.plan} was expected for ${fuzzyInWords(expected.date)}, and nothing says what came of it`,
          hint: 'record a PlanMet, PlanRevised or PlanAbandoned',
        },
      ];
    });
  },
  example: {
    bad: `
      - { id: example/plan, type: PlanAnnounced, effective: 2021-02-11, data: { plan: plan/boards, title: Statutory boards, promise: A board for each system., expected: ▶"2022-04-01" }, sources: [a-source] }`,
    good: `
      - { id: example/plan, type: PlanAnnounced, effective: 2021-02-11, data: { plan: plan/boards, title: Statutory boards, promise: A board for each system., expected: "2022-04-01" }, sources: [a-source] }
      - { id: example/revised, type: PlanRevised, effective: 2021-12-24, data: { plan: plan/boards, expected: "2022-07-01" }, sources: [a-source] }
      - { id: example/met, type: PlanMet, effective: 2022-07-01, data: { plan: plan/boards }, sources: [a-source] }`,
  },
};

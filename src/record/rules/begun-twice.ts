import { placeNaming, when } from './context.ts';
import type { Finding, Rule } from './rule.ts';

/** A thing begins again although nothing ended it in between. */
export const begunTwice: Rule = {
  name: 'begun-twice',
  summary: 'A thing begins although it has begun already and nothing ended it.',
  severity: 'error',
  check: (context) =>
    [...context.begins.keys()].flatMap((id) =>
      context.lives(id).flatMap(({ begin }, i): Finding[] => {
        const before = context.lives(id)[i - 1];
        if (before === undefined || before.end) return [];
        return [
          {
            ...placeNaming(begin, id),
            message: `${id} had begun already, ${when(before.begin)} (${before.begin.id}), and nothing ended it`,
            hint: 'delete one of the two, or record what happened between them',
          },
        ];
      }),
    ),
  example: {
    bad: `
      - { id: example/bill, type: LegislationIntroduced, effective: 2021-07-06, data: { legislation: bill/health-and-care-2021, title: Health and Care Bill }, sources: [a-source] }
      - { id: example/again, type: LegislationIntroduced, effective: 2021-11-24, data: { legislation: ▶bill/health-and-care-2021, title: Health and Care Bill }, sources: [a-source] }`,
    good: `
      - { id: example/bill, type: LegislationIntroduced, effective: 2021-07-06, data: { legislation: bill/health-and-care-2021, title: Health and Care Bill }, sources: [a-source] }
      - { id: example/again, type: LegislationProgressed, effective: 2021-11-24, data: { legislation: bill/health-and-care-2021, stage: introduction in the Lords }, sources: [a-source] }`,
  },
};

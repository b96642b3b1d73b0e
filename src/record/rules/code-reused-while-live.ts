import { codeOverlaps, overlapFinding } from './codes.ts';
import { when } from './context.ts';
import type { Rule } from './rule.ts';

/** A body opens with a code whose holder has neither ended nor lost it. */
export const codeReusedWhileLive: Rule = {
  name: 'code-reused-while-live',
  summary: 'A body is established with a code that an older body still bears.',
  severity: 'error',
  check: (context) =>
    codeOverlaps(context)
      .filter(({ later, sameDay }) => !sameDay && later.from.type === 'OrganisationEstablished')
      .map((overlap) =>
        overlapFinding(
          overlap,
          `${overlap.earlier.body} still bears the ${overlap.later.system.toUpperCase()} code ${overlap.later.code} ${when(overlap.later.from)}`,
        ),
      ),
  example: {
    bad: `
      - { id: example/system, type: OrganisationEstablished, effective: 2016-03-15, data: { organisation: system/devon, name: Devon, kind: system, codes: { ods: QJK } }, sources: [a-source] }
      - { id: example/board, type: OrganisationEstablished, effective: 2022-07-01, data: { organisation: icb/devon, name: Devon, kind: integrated-care-board, codes: { ods: ▶QJK } }, sources: [a-source] }`,
    good: `
      - { id: example/system, type: OrganisationEstablished, effective: 2016-03-15, data: { organisation: system/devon, name: Devon, kind: system, codes: { ods: QJK } }, sources: [a-source] }
      - { id: example/lost, type: OrganisationRecoded, effective: 2022-07-01, data: { organisation: system/devon, codes: { ods: null } }, sources: [a-source] }
      - { id: example/board, type: OrganisationEstablished, effective: 2022-07-01, data: { organisation: icb/devon, name: Devon, kind: integrated-care-board, codes: { ods: QJK } }, sources: [a-source] }`,
  },
};

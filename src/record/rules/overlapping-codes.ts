import { codeOverlaps, overlapFinding } from './codes.ts';
import { when } from './context.ts';
import type { Rule } from './rule.ts';

/** Two bodies share a code: both opened with it on one day, or one was given it while another bore it. */
export const overlappingCodes: Rule = {
  name: 'overlapping-codes',
  summary: 'Two bodies bear the same code of the same system on the same day.',
  severity: 'error',
  check: (context) =>
    codeOverlaps(context)
      .filter(({ later, sameDay }) => sameDay || later.from.type !== 'OrganisationEstablished')
      .map((overlap) =>
        overlapFinding(
          overlap,
          `${overlap.later.body} and ${overlap.earlier.body} both bear the ${overlap.later.system.toUpperCase()} code ${overlap.later.code} ${when(overlap.later.from)}`,
        ),
      ),
  example: {
    bad: `
      - { id: example/devon, type: OrganisationEstablished, effective: 2022-07-01, data: { organisation: icb/devon, name: Devon, kind: integrated-care-board, codes: { ods: QJK } }, sources: [a-source] }
      - { id: example/dorset, type: OrganisationEstablished, effective: 2022-07-01, data: { organisation: icb/dorset, name: Dorset, kind: integrated-care-board, codes: { ods: ▶QJK } }, sources: [a-source] }`,
    good: `
      - { id: example/devon, type: OrganisationEstablished, effective: 2022-07-01, data: { organisation: icb/devon, name: Devon, kind: integrated-care-board, codes: { ods: QJK } }, sources: [a-source] }
      - { id: example/dorset, type: OrganisationEstablished, effective: 2022-07-01, data: { organisation: icb/dorset, name: Dorset, kind: integrated-care-board, codes: { ods: QVV } }, sources: [a-source] }`,
  },
};

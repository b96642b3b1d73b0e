import { sortProblems } from '../report.ts';
import type { LoadedRecord, Problem } from '../types.ts';
import { afterItEnds } from './after-it-ends.ts';
import { beforeItExists } from './before-it-exists.ts';
import { begunTwice } from './begun-twice.ts';
import { childOutlivesParent } from './child-outlives-parent.ts';
import { codeReusedWhileLive } from './code-reused-while-live.ts';
import { ruleContext } from './context.ts';
import { coverageGapOrOverlap } from './coverage-gap-or-overlap.ts';
import { divergenceNoLongerDiffers } from './divergence-no-longer-differs.ts';
import { endedWithoutReason } from './ended-without-reason.ts';
import { lockedEventEdited } from './locked-event-edited.ts';
import { overlappingCodes } from './overlapping-codes.ts';
import { planNeverResolved } from './plan-never-resolved.ts';
import type { Rule } from './rule.ts';
import { sourceAfterTheFact } from './source-after-the-fact.ts';
import { sourceMissing } from './source-missing.ts';
import { successorAbsentOrLate } from './successor-absent-or-late.ts';
import { undecidableOrder } from './undecidable-order.ts';
import { unknownReference } from './unknown-reference.ts';

/** Every rule of the record. Adding one is a file beside this and a line here. */
export const RULES: readonly Rule[] = [
  unknownReference,
  beforeItExists,
  afterItEnds,
  begunTwice,
  overlappingCodes,
  codeReusedWhileLive,
  successorAbsentOrLate,
  endedWithoutReason,
  childOutlivesParent,
  coverageGapOrOverlap,
  sourceMissing,
  sourceAfterTheFact,
  undecidableOrder,
  lockedEventEdited,
  planNeverResolved,
  divergenceNoLongerDiffers,
];

/** Everything wrong with a record: what reading it found and what the rules find, by place. */
export function checkRecord(record: LoadedRecord, rules: readonly Rule[] = RULES): Problem[] {
  const context = ruleContext(record);
  const found = rules.flatMap((rule) =>
    rule.check(context).map((finding): Problem => ({ severity: rule.severity, ...finding, rule: rule.name })),
  );
  return sortProblems([...record.problems, ...found]);
}

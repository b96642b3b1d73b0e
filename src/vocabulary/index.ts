import type { z } from 'zod';
import type { EventType } from './define.ts';
import { appointmentMade } from './events/appointment-made.ts';
import { appointmentsReported } from './events/appointments-reported.ts';
import { areaAssigned } from './events/area-assigned.ts';
import { areaTransferred } from './events/area-transferred.ts';
import { challengeBrought } from './events/challenge-brought.ts';
import { challengeDecided } from './events/challenge-decided.ts';
import { consultationClosed } from './events/consultation-closed.ts';
import { consultationOpened } from './events/consultation-opened.ts';
import { evaluationPublished } from './events/evaluation-published.ts';
import { eventCorrected } from './events/event-corrected.ts';
import { eventWithdrawn } from './events/event-withdrawn.ts';
import { figureReported } from './events/figure-reported.ts';
import { functionConferred } from './events/function-conferred.ts';
import { functionDelegated } from './events/function-delegated.ts';
import { functionTransferred } from './events/function-transferred.ts';
import { functionWithdrawn } from './events/function-withdrawn.ts';
import { fundingAnnounced } from './events/funding-announced.ts';
import { legislationEnacted } from './events/legislation-enacted.ts';
import { legislationIntroduced } from './events/legislation-introduced.ts';
import { legislationProgressed } from './events/legislation-progressed.ts';
import { legislationRepealed } from './events/legislation-repealed.ts';
import { organisationAbolished } from './events/organisation-abolished.ts';
import { organisationEstablished } from './events/organisation-established.ts';
import { organisationReclassified } from './events/organisation-reclassified.ts';
import { organisationRecoded } from './events/organisation-recoded.ts';
import { organisationRenamed } from './events/organisation-renamed.ts';
import { organisationsReorganised } from './events/organisations-reorganised.ts';
import { planAbandoned } from './events/plan-abandoned.ts';
import { planAnnounced } from './events/plan-announced.ts';
import { planMet } from './events/plan-met.ts';
import { planRevised } from './events/plan-revised.ts';
import { policyPublished } from './events/policy-published.ts';
import { provisionCommenced } from './events/provision-commenced.ts';
import { relationshipBegan } from './events/relationship-began.ts';
import { relationshipEnded } from './events/relationship-ended.ts';
import { requirementEnded } from './events/requirement-ended.ts';
import { requirementSet } from './events/requirement-set.ts';
import { statementMade } from './events/statement-made.ts';
import { statusConferred } from './events/status-conferred.ts';
import { statusCreated } from './events/status-created.ts';
import { statusEnded } from './events/status-ended.ts';
import { statusHolderChanged } from './events/status-holder-changed.ts';
import { statusRetitled } from './events/status-retitled.ts';

/** Every event type, by family. Adding one is a file in `events/` and a line here. */
export const EVENT_TYPES = [
  organisationEstablished,
  organisationRenamed,
  organisationRecoded,
  organisationReclassified,
  organisationsReorganised,
  organisationAbolished,
  areaAssigned,
  areaTransferred,
  relationshipBegan,
  relationshipEnded,
  functionConferred,
  functionTransferred,
  functionDelegated,
  functionWithdrawn,
  statusCreated,
  statusConferred,
  statusHolderChanged,
  statusRetitled,
  statusEnded,
  legislationIntroduced,
  legislationProgressed,
  legislationEnacted,
  provisionCommenced,
  legislationRepealed,
  policyPublished,
  consultationOpened,
  consultationClosed,
  challengeBrought,
  challengeDecided,
  planAnnounced,
  planRevised,
  planMet,
  planAbandoned,
  requirementSet,
  requirementEnded,
  figureReported,
  fundingAnnounced,
  appointmentMade,
  appointmentsReported,
  evaluationPublished,
  statementMade,
  eventCorrected,
  eventWithdrawn,
] as const;

export type AnyEventType = (typeof EVENT_TYPES)[number];
export type EventName = AnyEventType['name'];
/** The payload of an event type. */
export type EventData<Name extends EventName> = z.output<Extract<AnyEventType, { name: Name }>['data']>;

const byName = new Map<string, EventType>(EVENT_TYPES.map((type) => [type.name, type as unknown as EventType]));

/** The event type of this name, or undefined. */
export function eventTypeNamed(name: string): EventType | undefined {
  return byName.get(name);
}

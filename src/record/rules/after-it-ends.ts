import type { EventData } from '../../vocabulary/index.ts';
import type { BelievedEvent } from '../types.ts';
import { placeNaming, type RuleContext, when } from './context.ts';
import type { Finding, Rule } from './rule.ts';

/** An event needs or ends a thing that had certainly ended by then and did not begin again. */
export const afterItEnds: Rule = {
  name: 'after-it-ends',
  summary: 'An event happens to a thing that had already ended, on any reading of the dates.',
  severity: 'error',
  check: (context) =>
    context.events.flatMap((event) =>
      context.touches(event).flatMap(({ id, role }): Finding[] => {
        if (role !== 'needs' && role !== 'ends') return [];
        const end = endedBy(context, id, event);
        if (end === undefined) return [];
        return [
          {
            ...placeNaming(event, id),
            message: `${id} was no more: it ended ${when(end)} (${end.id})`,
            hint: 'correct one of the two dates; the date of an ending is the first day on which the thing is no more',
          },
        ];
      }),
    ),
  example: {
    bad: `
      - { id: example/group, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/darlington, name: Darlington, kind: clinical-commissioning-group }, sources: [a-source] }
      - { id: example/end, type: OrganisationAbolished, effective: 2020-03-31, data: { organisation: ccg/darlington, reason: Merged. }, sources: [a-source] }
      - { id: example/name, type: OrganisationRenamed, effective: 2020-03-31, data: { organisation: ▶ccg/darlington, name: Tees Valley }, sources: [a-source] }`,
    good: `
      - { id: example/group, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/darlington, name: Darlington, kind: clinical-commissioning-group }, sources: [a-source] }
      - { id: example/end, type: OrganisationAbolished, effective: { date: 2020-03-31, convention: last-day }, data: { organisation: ccg/darlington, reason: Merged. }, sources: [a-source] }
      - { id: example/name, type: OrganisationRenamed, effective: 2020-03-31, data: { organisation: ccg/darlington, name: Tees Valley }, sources: [a-source] }`,
  },
};

/** A body is no more from the start of the day of its abolition; other things may still be spoken of on their last day. */
function endedBy(context: RuleContext, id: string, event: BelievedEvent): BelievedEvent | undefined {
  const lives = context.lives(id);
  if (
    lives.length === 0 ||
    lives.some(
      ({ begin, end }) =>
        begin.effective.earliest <= event.effective.latest &&
        (end === undefined || end === event || !isOver(end, event)),
    )
  )
    return undefined;
  return lives.map(({ end }) => end).findLast((end) => end !== undefined && isOver(end, event));
}

function isOver(end: BelievedEvent, event: BelievedEvent): boolean {
  if (end.type === 'PlanMet' && (end.data as EventData<'PlanMet'>).extent === 'partly') return false;
  return end.type === 'OrganisationAbolished'
    ? end.effective.latest <= event.effective.earliest
    : end.effective.latest < event.effective.earliest;
}

import { many } from '../../vocabulary/define.ts';
import type { BelievedEvent } from '../types.ts';
import { placeNaming, push, type RuleContext } from './context.ts';
import type { Finding, Rule } from './rule.ts';

interface Belonging {
  readonly parent: string;
  readonly from: BelievedEvent;
  readonly to?: BelievedEvent;
}

/** A body goes on after the only body that it was part of has ended. */
export const childOutlivesParent: Rule = {
  name: 'child-outlives-parent',
  summary: 'A body goes on after the last body that it was part of has ended, and nothing says what it is part of now.',
  severity: 'warning',
  check: (context) => {
    const belongings = belongingsOf(context);
    const left = new Map<BelievedEvent, { parent: string; children: string[] }>();
    for (const [child, list] of belongings) {
      for (const { parent, from, to } of list) {
        const end = context
          .lives(parent)
          .find((life) => life.end !== undefined && life.end.effective.latest > from.effective.earliest)?.end;
        if (end === undefined || (to !== undefined && to.effective.earliest <= end.effective.latest)) continue;
        if (
          !surelyLives(context, child, end) ||
          list.some((other) => other.parent !== parent && holdsAfter(context, other, end))
        )
          continue;
        const found = left.get(end) ?? { parent, children: [] };
        found.children.push(child);
        left.set(end, found);
      }
    }
    return [...left].map(([end, { parent, children }]): Finding => {
      const unique = [...new Set(children)];
      const named =
        unique.length > 3
          ? `${unique.slice(0, 3).join(', ')} and ${unique.length - 3} more go on`
          : `${unique.join(' and ')} ${unique.length > 1 ? 'go' : 'goes'} on`;
      return {
        ...placeNaming(end, parent),
        message: `${parent} ends, but ${named} and ${unique.length > 1 ? 'are' : 'is'} part of nothing else`,
        hint: 'record what they are part of from then, or their own ending',
      };
    });
  },
  example: {
    bad: `
      - { id: example/region, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: region/south, name: South, kind: nhs-region }, sources: [a-source] }
      - { id: example/group, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/devon, name: Devon, kind: clinical-commissioning-group }, sources: [a-source] }
      - { id: example/part, type: RelationshipBegan, effective: 2013-04-01, data: { relation: part-of, from: ccg/devon, to: region/south }, sources: [a-source] }
      - { id: example/end, type: OrganisationAbolished, effective: 2018-04-01, data: { organisation: ▶region/south, reason: Divided. }, sources: [a-source] }`,
    good: `
      - { id: example/region, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: region/south, name: South, kind: nhs-region }, sources: [a-source] }
      - { id: example/group, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/devon, name: Devon, kind: clinical-commissioning-group }, sources: [a-source] }
      - { id: example/part, type: RelationshipBegan, effective: 2013-04-01, data: { relation: part-of, from: ccg/devon, to: region/south }, sources: [a-source] }
      - { id: example/end, type: OrganisationAbolished, effective: 2018-04-01, data: { organisation: region/south, reason: Divided. }, sources: [a-source] }
      - { id: example/south-west, type: OrganisationEstablished, effective: 2018-04-01, data: { organisation: region/south-west, name: South West, kind: nhs-region }, sources: [a-source] }
      - { id: example/part-2, type: RelationshipBegan, effective: 2018-04-01, data: { relation: part-of, from: [ccg/devon], to: region/south-west }, sources: [a-source] }`,
  },
};

function belongingsOf(context: RuleContext): Map<string, Belonging[]> {
  const ended = new Map<string, BelievedEvent[]>();
  for (const { event, data } of context.ofType('RelationshipEnded')) {
    if (data.relation === 'part-of') for (const child of many(data.from)) push(ended, `${child} ${data.to}`, event);
  }
  const belongings = new Map<string, Belonging[]>();
  for (const { event, data } of context.ofType('RelationshipBegan')) {
    if (data.relation !== 'part-of') continue;
    for (const child of many(data.from)) {
      const to = ended.get(`${child} ${data.to}`)?.find((end) => end.effective.latest >= event.effective.earliest);
      push(belongings, child, { parent: data.to, from: event, ...(to === undefined ? {} : { to }) });
    }
  }
  return belongings;
}

/** True when a body certainly exists on the day on which another has ended. */
function surelyLives(context: RuleContext, id: string, end: BelievedEvent): boolean {
  return context
    .lives(id)
    .some(
      (life) =>
        life.begin.effective.latest <= end.effective.latest &&
        (life.end === undefined || life.end.effective.earliest > end.effective.latest),
    );
}

function holdsAfter(context: RuleContext, { parent, from, to }: Belonging, end: BelievedEvent): boolean {
  const { latest } = end.effective;
  if (from.effective.earliest > latest || (to !== undefined && to.effective.latest <= latest)) return false;
  return context
    .lives(parent)
    .some(
      (life) =>
        life.begin.effective.earliest <= latest && (life.end === undefined || life.end.effective.latest > latest),
    );
}

import { parseIsoDay } from '../../time/day.ts';
import { fieldOf } from '../divergences.ts';
import type { Divergence } from '../types.ts';
import type { RuleContext } from './context.ts';
import { exampleMilestone, type Finding, type Rule } from './rule.ts';

/** A divergence is declared that the record, as it now is, does not show. */
export const divergenceNoLongerDiffers: Rule = {
  name: 'divergence-no-longer-differs',
  summary:
    'A declared divergence from an official file: the record now says the same as the file, or no longer what is declared.',
  severity: 'error',
  check: (context) =>
    context.record.divergences.flatMap((divergence): Finding[] => {
      const { event, official, ours, place } = divergence;
      if (!context.events.some(({ id }) => id === event)) {
        return [
          {
            ...place,
            message: `there is no event ${event}`,
            hint: 'name the event of ours that differs from the file, or delete the divergence',
          },
        ];
      }
      const now = readingOf(divergence, context);
      if (now === official)
        return [
          {
            ...place,
            message: `${event} now says ${official}, as the official file does`,
            hint: 'delete the divergence',
          },
        ];
      if (now !== ours)
        return [
          {
            ...place,
            message: `${event} now says ${now ?? 'nothing there'}, not ${ours}`,
            hint: 'bring the divergence up to date',
          },
        ];
      return [];
    }),
  example: {
    bad: {
      'divergences.yaml': `
- ▶{ event: example/group, field: effective, official: 2014-11-26, ours: 2015-04-01, source: a-source, why: The law., evidence: [a-source] }
`,
      '2020-example.yaml': exampleMilestone(
        '- { id: example/group, type: OrganisationEstablished, effective: 2014-11-26, data: { organisation: ccg/newcastle-gateshead, name: NHS Newcastle Gateshead CCG, kind: clinical-commissioning-group }, sources: [a-source] }',
      ),
    },
    good: {
      'divergences.yaml': `
- { event: example/group, field: effective, official: 2014-11-26, ours: 2015-04-01, source: a-source, why: The law., evidence: [a-source] }
- { event: example/group, count: clinical-commissioning-group, on: 2014-11-26, official: 1, ours: 0, source: a-source, why: The law., evidence: [a-source] }
`,
      '2020-example.yaml': exampleMilestone(
        '- { id: example/group, type: OrganisationEstablished, effective: 2015-04-01, data: { organisation: ccg/newcastle-gateshead, name: NHS Newcastle Gateshead CCG, kind: clinical-commissioning-group }, sources: [a-source] }',
      ),
    },
  },
};

/** What the record says today at the place where the divergence is declared. */
function readingOf({ event, field, count, on }: Divergence, context: RuleContext): string | undefined {
  if (count !== undefined) return String(surelyAlive(context, count, on ?? ''));
  const believed = context.events.find(({ id }) => id === event);
  return believed === undefined || field === undefined ? undefined : fieldOf(believed, field);
}

/** Bodies established as a kind that surely existed at the end of a day. */
function surelyAlive(context: RuleContext, kind: string, on: string): number {
  const day = parseIsoDay(on) ?? Number.NaN;
  return [...context.begins.keys()].filter(
    (id) =>
      context.kindOf(id)?.name === kind &&
      context
        .lives(id)
        .some(({ begin, end }) => begin.effective.latest <= day && (end === undefined || end.effective.earliest > day)),
  ).length;
}

import { placeNaming } from './context.ts';
import type { Finding, Rule } from './rule.ts';

/** A body of a commissioning tier ends, and the record says neither why nor who followed. */
export const endedWithoutReason: Rule = {
  name: 'ended-without-reason',
  summary: 'A body of a commissioning tier is abolished with neither a reason nor a successor.',
  severity: 'warning',
  check: (context) => {
    const followed = new Set(context.ofType('OrganisationsReorganised').flatMap(({ data }) => data.from));
    return context.ofType('OrganisationAbolished').flatMap(({ event, data }): Finding[] => {
      if (
        data.reason !== undefined ||
        followed.has(data.organisation) ||
        context.kindOf(data.organisation)?.tier === undefined
      )
        return [];
      return [
        {
          ...placeNaming(event, data.organisation),
          message: `${data.organisation} is abolished, and nothing says why or who followed it`,
          hint: 'add a reason, or an OrganisationsReorganised that names it in from',
        },
      ];
    });
  },
  example: {
    bad: `
      - { id: example/group, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/darlington, name: Darlington, kind: clinical-commissioning-group }, sources: [a-source] }
      - { id: example/end, type: OrganisationAbolished, effective: 2020-04-01, data: { organisation: ▶ccg/darlington }, sources: [a-source] }`,
    good: `
      - { id: example/group, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/darlington, name: Darlington, kind: clinical-commissioning-group }, sources: [a-source] }
      - { id: example/end, type: OrganisationAbolished, effective: 2020-04-01, data: { organisation: ccg/darlington, reason: Merged into Tees Valley. }, sources: [a-source] }`,
  },
};

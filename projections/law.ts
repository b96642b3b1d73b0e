import { begins, ends, has, is } from '../src/timeline/change.ts';
import { defineProjection, each } from './define.ts';

export const law = defineProjection({
  name: 'law',
  summary: 'Which Acts, instruments, policies and challenges there were, and how far the law was in force.',
  on: {
    LegislationIntroduced: ({ data }) => [
      begins(data.legislation),
      is(data.legislation, 'name', data.title),
      is(data.legislation, 'stage', 'introduced'),
    ],
    LegislationProgressed: ({ data }) => [is(data.legislation, 'stage', data.stage)],
    LegislationEnacted: ({ data }) => [
      begins(data.legislation),
      is(data.legislation, 'name', data.title),
      is(data.legislation, 'stage', data.legislation.startsWith('si/') ? 'made' : 'enacted'),
      ...(data.citation ? [is(data.legislation, 'citation', data.citation)] : []),
      ...(data.bill ? [ends(data.bill), is(data.bill, 'stage', 'enacted')] : []),
    ],
    ProvisionCommenced: ({ data }) => [
      is(data.legislation, 'stage', data.provisions || data.extent ? 'partly in force' : 'in force'),
      ...(data.provisions ? [has(data.legislation, 'commenced', data.provisions, data.by ?? true)] : []),
    ],
    LegislationRepealed: ({ data }) =>
      data.provisions
        ? [has(data.legislation, 'repealed', data.provisions, data.by ?? true)]
        : [ends(data.legislation), is(data.legislation, 'stage', 'repealed')],
    PolicyPublished: ({ data }) => [
      begins(data.policy),
      is(data.policy, 'name', data.title),
      is(data.policy, 'by', each(data.by).join(' and ')),
      ...(data.replaces ? [has(data.replaces, 'replaced-by', data.policy)] : []),
    ],
    ConsultationOpened: ({ data }) => [begins(data.consultation), is(data.consultation, 'name', data.title)],
    ConsultationClosed: ({ data }) => [ends(data.consultation)],
    ChallengeBrought: ({ data }) => [
      begins(data.challenge),
      is(data.challenge, 'name', data.title),
      is(data.challenge, 'stage', 'brought'),
    ],
    ChallengeDecided: ({ data }) => [
      begins(data.challenge),
      ...(data.title ? [is(data.challenge, 'name', data.title)] : []),
      is(data.challenge, 'stage', `${data.outcome}, ${data.court}`),
    ],
  },
});

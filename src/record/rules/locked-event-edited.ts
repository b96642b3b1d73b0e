import { canonicalEvent, sha256 } from '../canonical.ts';
import { formatLock, lockedButChanged } from '../lock.ts';
import { exampleMilestone, type Rule } from './rule.ts';

const WRITTEN = {
  id: 'example/group',
  type: 'OrganisationEstablished',
  effective: '2013-04-01',
  data: { organisation: 'ccg/devon', name: 'Devon', kind: 'clinical-commissioning-group' },
  sources: ['a-source'],
};
const EVENT = `- ${JSON.stringify(WRITTEN)}`;
const LOCK = formatLock([{ id: WRITTEN.id, hash: sha256(canonicalEvent('example', '2026-11-21', WRITTEN)) }]);

/** A locked event no longer reads as it did when it was locked, or has vanished. */
export const lockedEventEdited: Rule = {
  name: 'locked-event-edited',
  summary:
    'An event that record.lock holds was edited or deleted: a recorded event is corrected by another, never edited.',
  severity: 'error',
  check: ({ record }) =>
    lockedButChanged(
      record.milestones.flatMap((milestone) => milestone.events),
      record.lock,
    ),
  example: {
    bad: {
      '2020-example.yaml': exampleMilestone(EVENT.replace('{', '▶{').replace('Devon', 'Torbay')),
      'record.lock': LOCK,
    },
    good: { '2020-example.yaml': exampleMilestone(EVENT), 'record.lock': LOCK },
  },
};

import { begins, ends, is } from '../src/timeline/change.ts';
import type { Change } from '../src/timeline/types.ts';
import { defineProjection } from './define.ts';

/** A name the source does not give is left unsaid, never made up. */
function named(subject: string, name: string): Change[] {
  return name === 'unknown' ? [] : [is(subject, 'name', name)];
}

export const landscape = defineProjection({
  name: 'landscape',
  summary: 'Which bodies exist, what kind they are and what they are called.',
  on: {
    OrganisationEstablished: ({ data }) => [
      begins(data.organisation),
      is(data.organisation, 'kind', data.kind),
      ...named(data.organisation, data.name),
      ...(data.acronym ? [is(data.organisation, 'acronym', data.acronym)] : []),
      ...(data.also ?? []).map((name) => is(data.organisation, `also:${name}`, name)),
    ],
    OrganisationRenamed: ({ data }) => [
      ...named(data.organisation, data.name),
      ...(data.acronym ? [is(data.organisation, 'acronym', data.acronym)] : []),
    ],
    OrganisationReclassified: ({ data }) => [
      is(data.organisation, 'kind', data.kind),
      ...(data.name ? named(data.organisation, data.name) : []),
    ],
    OrganisationAbolished: ({ data }) => [ends(data.organisation)],
  },
});

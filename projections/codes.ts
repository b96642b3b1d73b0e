import { is } from '../src/timeline/change.ts';
import type { Change } from '../src/timeline/types.ts';
import { defineProjection } from './define.ts';

type Codes = { readonly ods?: string | null | undefined; readonly gss?: string | null | undefined };

function coded(subject: string, codes: Codes = {}): Change[] {
  return [
    ...(codes.ods === undefined ? [] : [is(subject, 'ods', codes.ods)]),
    ...(codes.gss === undefined ? [] : [is(subject, 'gss', codes.gss)]),
  ];
}

export const codes = defineProjection({
  name: 'codes',
  summary: 'Which ODS and ONS codes a body bears, and when.',
  on: {
    OrganisationEstablished: ({ data }) => coded(data.organisation, data.codes),
    OrganisationRecoded: ({ data }) => coded(data.organisation, data.codes),
  },
});

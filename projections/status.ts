import { begins, ends, is } from '../src/timeline/change.ts';
import { designationId } from '../src/vocabulary/designation.ts';
import { defineProjection } from './define.ts';

export const status = defineProjection({
  name: 'status',
  summary: 'Statuses with their dated titles, and the designations that confer them, with wave and holder.',
  on: {
    StatusCreated: ({ data }) => [
      begins(data.status),
      is(data.status, 'name', data.title),
      ...(data.acronym ? [is(data.status, 'acronym', data.acronym)] : []),
    ],
    StatusRetitled: ({ data }) => [
      is(data.status, 'name', data.title),
      ...(data.acronym ? [is(data.status, 'acronym', data.acronym)] : []),
    ],
    StatusConferred: ({ data }) => {
      const designation = designationId(data);
      return [
        begins(designation),
        is(designation, 'status', data.status),
        is(designation, 'holder', data.holder),
        ...(data.name ? [is(designation, 'name', data.name)] : []),
        ...(data.wave ? [is(designation, 'wave', data.wave)] : []),
      ];
    },
    StatusHolderChanged: ({ data }) => [
      is(data.designation, 'holder', data.holder),
      ...(data.name ? [is(data.designation, 'name', data.name)] : []),
    ],
    StatusEnded: ({ data }) => [
      ends(data.designation),
      ...(data.into ? [is(data.designation, 'into', data.into)] : []),
      ...(data.how ? [is(data.designation, 'how', data.how)] : []),
    ],
  },
});

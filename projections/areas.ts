import { has, is, lacks } from '../src/timeline/change.ts';
import { defineProjection } from './define.ts';

export const areas = defineProjection({
  name: 'areas',
  summary: 'What a body covers, and which parts passed from one to another.',
  on: {
    AreaAssigned: ({ data }) => [
      ...(data.area ? [is(data.organisation, 'area', data.area)] : []),
      ...(data.areaKm2 ? [is(data.organisation, 'area-km2', data.areaKm2)] : []),
      ...(data.places ?? []).map((place) => has(data.organisation, 'covers', place)),
      ...(data.shares ?? []).map(({ place, share }) =>
        share === 0 ? lacks(data.organisation, 'covers', place) : has(data.organisation, 'covers', place, share),
      ),
    ],
    AreaTransferred: ({ id, data }) => [has(data.from, 'gave-area-to', data.to, id)],
  },
});

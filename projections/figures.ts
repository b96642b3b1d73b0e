import { has } from '../src/timeline/change.ts';
import { defineProjection } from './define.ts';

export const figures = defineProjection({
  name: 'figures',
  summary: 'Which numbers were reported of what, by which event; a figure is never carried to another day.',
  on: {
    FigureReported: ({ id, data }) => [has(data.of, `figure:${data.measure}`, id, data.value)],
    FundingAnnounced: ({ id, data }) => [has(data.of, 'figure:funding', id, data.amount)],
    AppointmentsReported: ({ id, data }) => [has(data.of, `figure:${data.office} appointed`, id, data.appointed)],
    AppointmentMade: ({ data }) => [has(data.of, `office:${data.office}`, data.person)],
  },
});

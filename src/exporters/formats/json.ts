import type { Material } from '../../machine/index.ts';
import { type Exporter, holding } from '../exporter.ts';

/** The material itself, for programs: nothing is lost. */
export const json: Exporter = {
  name: 'json',
  summary: 'Everything selected, as one JSON document: bodies with every dated statement, successions, events, sources',
  audience: 'programs',
  extension: '.json',
  mediaType: 'application/json; charset=utf-8',
  conventions: {
    intervals: 'Half-open: “until” is the first day no longer; null while no end is known of.',
    precision: 'EDTF, as precise as known.',
  },
  holds: holding('kept', {}),
  write: (material: Material) => ({ is: 'text', chunks: [JSON.stringify(material, null, 2), '\n'] }),
};

import type { Material } from '../../machine/index.ts';
import { type Exporter, holding } from '../exporter.ts';

/** The material line by line, for programs that read streams: nothing is lost. */
export const ndjson: Exporter = {
  name: 'ndjson',
  summary: 'Everything selected, one JSON object a line: what was asked, then bodies, successions, events, sources',
  audience: 'programs that read streams',
  extension: '.ndjson',
  aliases: ['jsonl', 'json-lines'],
  mediaType: 'application/x-ndjson; charset=utf-8',
  conventions: {
    intervals: 'Half-open: “until” is the first day no longer; null while no end is known of.',
    precision: 'EDTF, as precise as known.',
  },
  holds: holding('kept', {}),
  write: (material) => ({ is: 'text', chunks: lines(material) }),
};

/** `record` says what a line holds; the first is the answer itself. */
function* lines({ bodies, links, events, cited, milestones, sources, ...answer }: Material): Generator<string> {
  yield line('answer', answer);
  for (const body of bodies) yield line('body', body);
  for (const link of links) yield line('succession', link);
  for (const event of events) yield line('event', event);
  for (const event of cited) yield line('cited', event);
  for (const milestone of milestones) yield line('milestone', milestone);
  for (const source of sources) yield line('source', source);
}

function line(record: string, data: object): string {
  return `${JSON.stringify({ record, ...data })}\n`;
}

import type { EventAnswer } from '../../machine/answers.ts';
import type { Sheet } from './csv.ts';

/** Events as a table of plain values, one row an event. */
export function eventSheet(events: readonly EventAnswer[]): Sheet {
  return {
    header: [
      'id',
      'type',
      'milestone',
      'date',
      'basis',
      'sentence',
      'sources',
      'because',
      'confidence',
      'public_from',
      'recorded',
    ],
    rows: events.map((event) => [
      event.id,
      event.type,
      event.milestone,
      event.date,
      event.basis,
      event.sentence,
      event.sources.map(({ source }) => source).join(';'),
      event.because.join(';'),
      event.confidence,
      event.publicFrom,
      event.recorded,
    ]),
  };
}

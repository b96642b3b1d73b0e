import type { Correspondence } from '../../machine/answers.ts';
import type { Sheet } from './csv.ts';

/** A correspondence as a table to join with: a row for each pair of bodies. */
export function correspondenceSheet({ rows }: Correspondence): Sheet {
  return {
    header: [
      'from_id',
      'from_name',
      'from_ods',
      'from_gss',
      'relation',
      'to_id',
      'to_name',
      'to_ods',
      'to_gss',
      'share',
      'share_of',
      'ambiguous',
      'existence',
      'events',
    ],
    rows: rows.map((row) => [
      row.from?.id,
      row.from?.name,
      row.from?.codes.ods,
      row.from?.codes.gss,
      row.relation,
      row.to?.id,
      row.to?.name,
      row.to?.codes.ods,
      row.to?.codes.gss,
      row.share?.share,
      row.share?.of,
      row.ambiguous ? 'yes' : 'no',
      row.existence,
      row.via.map(({ event }) => event).join(';'),
    ]),
  };
}

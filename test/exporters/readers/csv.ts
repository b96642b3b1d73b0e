import { parse } from 'csv-parse/sync';
import type { Reader, Recovered } from './index.ts';
import { textOf } from './index.ts';

/** Takes off the apostrophe that keeps a spreadsheet from reading a text as a formula. */
export function plainCell(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

/** Read by csv-parse. */
export const readCsv: Reader = (output) => {
  const rows: Record<string, string>[] = parse(textOf(output), { bom: true, columns: true });
  const facts: Recovered[] = [];
  for (const raw of rows) {
    const row = Object.fromEntries(Object.entries(raw).map(([name, cell]) => [name, plainCell(cell)]));
    const say = (record: string | undefined, field: string, value: string | undefined) => {
      if (value && record) facts.push({ record, field, value });
    };
    const list = (cell: string | undefined) => (cell ? cell.split('; ') : []);
    if ('event' in row) {
      const { event } = row;
      for (const [column, part] of [
        ['type', 'type'],
        ['milestone', 'milestone'],
        ['date', 'date'],
        ['basis', 'basis'],
        ['sentence', 'sentence'],
        ['sources', 'sources'],
        ['because', 'because'],
        ['dissent', 'dissent'],
        ['also_dated', 'alsoDated'],
        ['confidence', 'confidence'],
        ['public_from', 'publicFrom'],
        ['recorded', 'recorded'],
        ['note', 'note'],
      ] as const)
        say(event, `event.${part}`, row[column]);
      say(row.milestone, 'milestone.title', row.milestone_title);
      say(row.milestone, 'milestone.themes', row.themes);
    } else {
      const { id } = row;
      say(id, 'name.value', row.name);
      say(id, 'kind.value', row.kind);
      if (row.ods_code) say(id, 'code.value', `ods ${row.ods_code}`);
      if (row.gss_code) say(id, 'code.value', `gss ${row.gss_code}`);
      if (row.existence) {
        say(id, 'existence.value', 'exists');
        say(id, 'existence.from', row.from);
        say(id, 'existence.until', row.until || 'open');
        say(id, 'existence.certainty', row.existence);
        say(id, 'existence.events', [row.began_by, row.ended_by].filter(Boolean).join('; '));
      }
      for (const other of list(row.part_of)) say(id, 'relation.value', `part-of ${other}`);
      for (const relation of list(row.other_relations)) say(id, 'relation.value', relation);
      if (row.status) {
        const wave = row.status_wave ? `; ${row.status_wave}` : '';
        say(id, 'status.value', `${row.status}; ${row.status_title}${wave}`);
        say(id, 'status.from', row.status_since);
      }
    }
    say('answer', 'answer.edition', row.edition);
    const { published_by: publishedBy, recorded_by: recordedBy, dates } = row;
    say(
      'answer',
      'answer.clocks',
      JSON.stringify({ publishedBy: publishedBy || null, recordedBy: recordedBy || null, dates }),
    );
  }
  return facts;
};

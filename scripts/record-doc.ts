import { fileURLToPath } from 'node:url';
import type { Conflict, Counted } from '../src/machine/answers.ts';
import { openRecord } from '../src/machine/index.ts';
import { loadRecord } from '../src/record/load.ts';
import { dayFromCivil, isoDay } from '../src/time/day.ts';
import { dayInWords } from '../src/time/words.ts';
import { KINDS, kindNamed } from '../src/vocabulary/kinds.ts';

const FOLDER = fileURLToPath(new URL('../events', import.meta.url));
const FIRST_YEAR = 2000;

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
}

function table(head: readonly string[], rows: readonly (readonly string[])[], right = 0): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const rule = `| ${head.map((_, i) => (i > 0 && i <= right ? '---:' : '---')).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function counted({ certain, possible }: Counted): string {
  return possible > certain ? `${certain} to ${possible}` : String(certain);
}

/** What the record holds, in sections of Markdown: coverage, counts, sources, conflicts, divergences. */
export async function recordSections(): Promise<readonly string[]> {
  const record = await loadRecord(FOLDER);
  const lastYear = 2026;
  const machine = await openRecord({ folder: FOLDER, today: () => dayFromCivil(lastYear, 7, 1) });
  const years = Array.from({ length: lastYear - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i);
  const conflicts = machine.conflicts();
  const events = record.milestones.reduce((sum, { events: held }) => sum + held.length, 0);
  return [
    `${events.toLocaleString('en-GB')} events in ${record.milestones.length} milestones, resting on ${record.sources.size} sources.`,
    '## What is covered',
    'From when to when, and how completely, each kind of body and the holders of each status are covered. Outside these days an answer says “not covered”, never “none”.',
    table(
      ['What', 'From', 'Until', 'How completely', 'Note'],
      record.coverage.map(({ of, from, to, completeness, note }) => [
        kindNamed(of)?.plural ?? of,
        dayInWords(from),
        dayInWords(to - 1),
        completeness,
        note ?? '',
      ]),
    ),
    '## How many there were',
    'On 1 April of each year. “3 to 5” is how many there were surely and at most, where the dates are not known closely; a blank is a day that is not covered.',
    table(
      ['Year', ...KINDS.map((kind) => ('acronym' in kind ? kind.acronym : kind.plural))],
      years.map((year) => [
        String(year),
        ...KINDS.map((kind) => {
          const at = isoDay(dayFromCivil(year, 4, 1));
          const count = machine.count(kind.name, { at });
          return count.coverage.completeness === 'none' ? '' : counted(count);
        }),
      ]),
      KINDS.length,
    ),
    '## Where other sources say otherwise',
    'What another source says of an event, and why it is not followed. A ruling that holds for several events is told once, with the first.',
    conflictsTable(conflicts.filter(({ kind }) => kind === 'dissent')),
    '## Where we differ from an official file',
    'Declared in `events/divergences.yaml`; `stood check` says when one no longer differs.',
    table(
      ['Event of ours', 'The file', 'The file has', 'We have', 'Why', 'Ours rests on'],
      conflicts
        .filter(({ kind }) => kind === 'divergence')
        .map(({ event, source, official = '', ours = '', ruling, evidence = [] }) => [
          `\`${event.id}\``,
          `\`${source.source}\`${source.at === undefined ? '' : `, ${source.at}`}`,
          official,
          ours,
          ruling,
          evidence.map((each) => `\`${each.source}\``).join(', '),
        ]),
    ),
    '## Every source',
    table(
      ['Id', 'Title', 'Publisher', 'Kind', 'Published', 'Events'],
      machine
        .sources()
        .map(({ source, title, url, publisher, kind, published = '', events: cited }) => [
          `\`${source}\``,
          url === undefined
            ? title
            : `[${title.replaceAll(/[[\]]/g, '')}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`,
          publisher,
          kind,
          published,
          String(cited),
        ])
        .sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
    ),
  ];
}

function conflictsTable(conflicts: readonly Conflict[]): string {
  const groups = new Map<string, Conflict[]>();
  for (const conflict of conflicts) {
    const key = JSON.stringify([conflict.source.source, conflict.says, conflict.ruling]);
    groups.set(key, [...(groups.get(key) ?? []), conflict]);
  }
  return table(
    ['When', 'The record says', 'Another source says', 'Source', 'Ruling'],
    [...groups.values()].map((group) => {
      const { event, says, source, ruling } = group[0] as Conflict;
      const more = group.length > 1 ? ` (and ${group.length - 1} more alike)` : '';
      return [event.dateText, `${event.sentence}${more}`, says, `\`${source.source}\``, ruling];
    }),
  );
}

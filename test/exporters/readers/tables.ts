import type { Recovered } from './index.ts';

/** A row as read back: cells by the names of their columns. */
export type Row = Readonly<Record<string, string | number | null>>;

/** Every fact that a set of typed tables holds, from what another program read out of them. */
export function factsOfTables(rowsOf: (table: string) => readonly Row[]): Recovered[] {
  const facts: Recovered[] = [];
  const say = (record: unknown, field: string, value: unknown) => {
    if (value !== null && value !== undefined && value !== '')
      facts.push({ record: String(record), field, value: String(value) });
  };
  const grouped = (table: string, by: string) => {
    const groups = new Map<unknown, Row[]>();
    for (const row of rowsOf(table).toSorted((a, b) => Number(a.nth) - Number(b.nth)))
      groups.set(row[by], [...(groups.get(row[by]) ?? []), row]);
    return (key: unknown) => groups.get(key) ?? [];
  };
  const spells: readonly (readonly [table: string, what: string, value: (row: Row) => string])[] = [
    ['existences', 'existence', () => 'exists'],
    ['names', 'name', ({ name }) => String(name)],
    ['codes', 'code', ({ system, code }) => `${system} ${code}`],
    ['kinds', 'kind', ({ kind }) => String(kind)],
    ['relations', 'relation', ({ relation, other }) => `${relation} ${other}`],
    ['statuses', 'status', ({ status, title, wave }) => `${status}; ${title}${wave ? `; ${wave}` : ''}`],
  ];
  for (const [table, what, value] of spells)
    for (const row of rowsOf(table)) {
      say(row.body, `${what}.value`, value(row));
      say(row.body, `${what}.from`, row.from_edtf);
      say(row.body, `${what}.until`, row.until_edtf ?? 'open');
      say(row.body, `${what}.certainty`, row.certainty);
      say(row.body, `${what}.events`, [row.began_by, row.ended_by].filter(Boolean).join('; '));
    }
  const shares = grouped('shares', 'succession');
  for (const row of rowsOf('successions')) {
    const record = `${row.predecessor} > ${row.successor} by ${row.event}`;
    say(record, 'succession.from', row.predecessor);
    say(record, 'succession.to', row.successor);
    say(record, 'succession.how', row.how);
    say(record, 'succession.date', row.date_edtf);
    say(record, 'succession.event', row.event);
    const known = shares(row.id).map(({ share, of, basis }) => ({ share, of, ...(basis ? { basis } : {}) }));
    say(record, 'succession.shares', known.length > 0 ? JSON.stringify(known) : null);
  }
  const sources = grouped('event_sources', 'event');
  const causes = grouped('event_causes', 'event');
  const dissents = grouped('dissents', 'event');
  const others = grouped('other_dates', 'event');
  const list = (rows: readonly object[]) => (rows.length > 0 ? JSON.stringify(rows) : null);
  for (const row of rowsOf('events')) {
    const { id } = row;
    say(id, 'event.type', row.type);
    say(id, 'event.milestone', row.milestone);
    say(id, 'event.date', row.date_edtf);
    say(id, 'event.basis', row.basis);
    say(id, 'event.sentence', row.sentence);
    say(
      id,
      'event.sources',
      sources(id)
        .map(({ source, place }) => (place ? `${source}, ${place}` : source))
        .join('; '),
    );
    say(
      id,
      'event.because',
      causes(id)
        .map(({ cause }) => cause)
        .join('; '),
    );
    say(id, 'event.dissent', list(dissents(id).map(({ source, says, ruling }) => ({ source, says, ruling }))));
    say(
      id,
      'event.alsoDated',
      list(others(id).map(({ date_edtf: date, basis, note }) => ({ date, basis, ...(note ? { note } : {}) }))),
    );
    say(id, 'event.confidence', row.confidence);
    say(id, 'event.publicFrom', row.public_from);
    say(id, 'event.recorded', row.recorded);
    say(id, 'event.note', row.note);
  }
  for (const row of rowsOf('sources')) {
    for (const part of ['title', 'publisher', 'kind', 'url', 'accessed', 'licence', 'note'])
      say(row.id, `source.${part}`, row[part]);
    say(row.id, 'source.published', row.published_edtf);
  }
  const themes = grouped('milestone_themes', 'milestone');
  for (const row of rowsOf('milestones')) {
    say(row.id, 'milestone.title', row.title);
    say(row.id, 'milestone.summary', row.summary);
    say(
      row.id,
      'milestone.themes',
      themes(row.id)
        .map(({ theme }) => theme)
        .join('; '),
    );
  }
  const about = Object.fromEntries(rowsOf('about').map(({ name, value }) => [name, value as string]));
  const asked = (name: string) => about[name] ?? null;
  say('answer', 'answer.edition', asked('edition'));
  say(
    'answer',
    'answer.clocks',
    JSON.stringify({ publishedBy: asked('published_by'), recordedBy: asked('recorded_by'), dates: asked('dates') }),
  );
  say(
    'answer',
    'answer.selection',
    JSON.stringify({
      at: asked('at'),
      from: asked('from'),
      to: asked('to'),
      kinds: about.kinds?.split('; ') ?? null,
      partOf: asked('part_of'),
      milestone: asked('milestone'),
      theme: asked('theme'),
      subject: asked('subject'),
    }),
  );
  say(
    'answer',
    'answer.coverage',
    list(
      rowsOf('coverage').map(({ of, completeness, covered_from: from, covered_to: to, note }) => ({
        of,
        completeness,
        from,
        to,
        ...(note ? { note } : {}),
      })),
    ),
  );
  say(
    'answer',
    'answer.notes',
    rowsOf('notes')
      .toSorted((a, b) => Number(a.nth) - Number(b.nth))
      .map(({ note }) => note)
      .join('; '),
  );
  return facts;
}
